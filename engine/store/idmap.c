/* idmap.c - see idmap.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/store/idmap.h"

#include <stdlib.h>
#include <string.h>

typedef struct spil_idmap_pair pair;

static int64_t id_at(const int64_t *ids, size_t stride, size_t i)
{
    int64_t id;
    memcpy(&id, (const char *)ids + i * stride, sizeof id);
    return id;
}

static int order_pairs(const void *left, const void *right)
{
    const pair *const a = left, *const b = right;
    return (a->id > b->id) - (a->id < b->id);
}

static spil_status build_table(spil_idmap *map, const int64_t *ids, size_t stride, spil_err *err)
{
    const spil_status rc = NEW_ARRAY(map->table, map->table_count, err);
    if (rc != SPIL_OK)
        return rc;
    memset(map->table, 0xff, map->table_count * sizeof *map->table);
    for (size_t i = 0; i < map->count; i++)
        map->table[id_at(ids, stride, i)] = (uint32_t)i;
    return SPIL_OK;
}

static spil_status build_pairs(spil_idmap *map, const int64_t *ids, size_t stride, spil_err *err)
{
    const spil_status rc = NEW_ARRAY(map->pairs, map->count, err);
    if (rc != SPIL_OK)
        return rc;
    for (size_t i = 0; i < map->count; i++)
        map->pairs[i] = (pair){id_at(ids, stride, i), (uint32_t)i};
    qsort(map->pairs, map->count, sizeof *map->pairs, order_pairs);
    return SPIL_OK;
}

spil_status spil_idmap_build(spil_idmap *out, const int64_t *ids, size_t stride, size_t count,
                             spil_err *err)
{
    spil_idmap map = {.count = count};
    int64_t largest = 0;
    for (size_t i = 0; i < count; i++)
        if (id_at(ids, stride, i) > largest)
            largest = id_at(ids, stride, i);
    map.table_count = (uint64_t)largest < count * 4 + 1024 ? (size_t)largest + 1 : 0;
    const spil_status rc =
        map.table_count ? build_table(&map, ids, stride, err) : build_pairs(&map, ids, stride, err);
    if (rc == SPIL_OK)
        *out = map;
    return rc;
}

uint32_t spil_idmap_get(const spil_idmap *map, int64_t id)
{
    if (map->table)
        return id > 0 && (uint64_t)id < map->table_count ? map->table[id] : SPIL_NO_POSITION;
    const pair wanted = {id, 0};
    const pair *const found =
        map->count ? bsearch(&wanted, map->pairs, map->count, sizeof *map->pairs, order_pairs)
                   : NULL;
    return found ? found->position : SPIL_NO_POSITION;
}

void spil_idmap_free(spil_idmap *map)
{
    spil_free(map->table);
    spil_free(map->pairs);
    *map = (spil_idmap){0};
}
