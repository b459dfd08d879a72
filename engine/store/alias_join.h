/* alias_join.h - merged entities as one, while the facts are loaded. For the files of this folder
 * alone. SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_STORE_ALIAS_JOIN_H
#define SPIL_STORE_ALIAS_JOIN_H

#include "engine/base/digest.h"
#include "engine/store/idmap.h"
#include "engine/store/store.h"

/* facts: sources and entities were added, nothing else. Leaves one entity for each cluster: the
 * smallest key, the longest label and type (ties: the smaller text), the first origin; adds the
 * members. *place (caller: spil_free) says where the entity at each position as added has gone;
 * NULL when nothing is merged. Nothing of it depends on the order of import. */
spil_status spil_alias_join(spil_facts *facts, spil_store *store, const spil_idmap *entities,
                            uint32_t **place, spil_err *err) SPIL_CHECKED;

/* Adds who was merged with whom, by key; nothing where nobody was. */
spil_status spil_alias_digest(spil_store *store, spil_digest *digest, spil_err *err) SPIL_CHECKED;

#endif
