/* idmap.h - row ids of the store to positions in an array. SPDX-License-Identifier:
 * GPL-3.0-or-later
 *
 * Ids are nearly without gaps as a rule: then a plain table answers; else a sorted list of pairs.
 */
#ifndef SPIL_STORE_IDMAP_H
#define SPIL_STORE_IDMAP_H

#include "engine/base/mem.h"

#define SPIL_NO_POSITION UINT32_MAX

typedef struct spil_idmap {
    uint32_t *table; /* table[id], or NULL */
    struct spil_idmap_pair {
        int64_t id;
        uint32_t position;
    } * pairs; /* by id */
    size_t count, table_count;
} spil_idmap;

/* The id of item i stands at ids + i * stride. count < 2^32 - 1; ids are > 0 and differ. */
spil_status spil_idmap_build(spil_idmap *out, const int64_t *ids, size_t stride, size_t count,
                             spil_err *err) SPIL_CHECKED;
uint32_t spil_idmap_get(const spil_idmap *map, int64_t id); /* or SPIL_NO_POSITION */
void spil_idmap_free(spil_idmap *map);

#endif
