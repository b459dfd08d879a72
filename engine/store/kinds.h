/* kinds.h - entity and link kinds (kinds.def) as numbers, names and words.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_STORE_KINDS_H
#define SPIL_STORE_KINDS_H

#include "engine/base/err.h"

typedef enum spil_entity_kind {
#define ENTITY(name, en, nl, analysed, target) SPIL_ENTITY_##name,
#include "engine/store/kinds.def"
#undef ENTITY
    SPIL_ENTITY_KIND_COUNT
} spil_entity_kind;

typedef enum spil_link_kind {
#define LINK(name, en, nl) SPIL_LINK_##name,
#include "engine/store/kinds.def"
#undef LINK
    SPIL_LINK_KIND_COUNT
} spil_link_kind;

typedef struct spil_kind_info {
    const char *name, *en, *nl;
    bool analysed, target; /* links: both false */
} spil_kind_info;

const spil_kind_info *spil_entity_kind_info(spil_entity_kind kind);
const spil_kind_info *spil_link_kind_info(spil_link_kind kind);
/* By name, exactly as in kinds.def; false when there is none. */
bool spil_entity_kind_find(const char *name, spil_entity_kind *out);
bool spil_link_kind_find(const char *name, spil_link_kind *out);

#endif
