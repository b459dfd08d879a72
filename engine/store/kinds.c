/* kinds.c - see kinds.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/store/kinds.h"

#include <assert.h>
#include <string.h>

static const spil_kind_info entity_kinds[] = {
#define ENTITY(name, en, nl, analysed, target) {#name, en, nl, analysed, target},
#include "engine/store/kinds.def"
#undef ENTITY
};

static const spil_kind_info link_kinds[] = {
#define LINK(name, en, nl) {#name, en, nl, false, false},
#include "engine/store/kinds.def"
#undef LINK
};

const spil_kind_info *spil_entity_kind_info(spil_entity_kind kind)
{
    assert(kind < SPIL_ENTITY_KIND_COUNT);
    return &entity_kinds[kind];
}

const spil_kind_info *spil_link_kind_info(spil_link_kind kind)
{
    assert(kind < SPIL_LINK_KIND_COUNT);
    return &link_kinds[kind];
}

/* Number of the kind with this name, or count when there is none. */
static unsigned find(const spil_kind_info *kinds, unsigned count, const char *name)
{
    unsigned k = 0;
    while (k < count && (*kinds[k].name != *name || strcmp(kinds[k].name, name) != 0))
        k++;
    return k;
}

bool spil_entity_kind_find(const char *name, spil_entity_kind *out)
{
    const unsigned k = find(entity_kinds, SPIL_ENTITY_KIND_COUNT, name);
    if (k == SPIL_ENTITY_KIND_COUNT)
        return false;
    *out = (spil_entity_kind)k;
    return true;
}

bool spil_link_kind_find(const char *name, spil_link_kind *out)
{
    const unsigned k = find(link_kinds, SPIL_LINK_KIND_COUNT, name);
    if (k == SPIL_LINK_KIND_COUNT)
        return false;
    *out = (spil_link_kind)k;
    return true;
}
