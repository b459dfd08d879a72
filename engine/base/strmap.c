/* strmap.c - see strmap.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/base/strmap.h"

#include "engine/base/mem.h"

#include <string.h>

typedef struct entry entry;

/* uthash allocates its own tables; a failure there must come back as a status, not as exit(). */
#define HASH_NONFATAL_OOM 1
#define uthash_nonfatal_oom(element) ((element)->lost = true)
#include <uthash.h>

struct entry {
    UT_hash_handle hh;
    int64_t value;
    bool lost;
    char key[];
};

struct spil_strmap {
    entry *head;
};

spil_status spil_strmap_new(spil_strmap **out, spil_err *err)
{
    return NEW(*out, err);
}

void spil_strmap_free(spil_strmap *map)
{
    if (!map)
        return;
    entry *each, *next;
    HASH_ITER(hh, map->head, each, next)
    {
        HASH_DEL(map->head, each);
        spil_free(each);
    }
    spil_free(map);
}

static entry *find(const spil_strmap *map, const char *key)
{
    entry *found = NULL;
    HASH_FIND_STR(map->head, key, found);
    return found;
}

spil_status spil_strmap_put(spil_strmap *map, const char *key, int64_t value, spil_err *err)
{
    entry *each = find(map, key);
    if (each) {
        each->value = value;
        return SPIL_OK;
    }
    const size_t bytes = strlen(key) + 1;
    void *raw = NULL;
    const spil_status rc = spil_alloc(&raw, 1, sizeof(entry) + bytes, err);
    if (rc != SPIL_OK)
        return rc;
    each = raw;
    each->value = value;
    memcpy(each->key, key, bytes);
    HASH_ADD_STR(map->head, key, each);
    if (each->lost) {
        spil_free(each);
        return spil_fail(err, SPIL_NO_MEMORY, "out of memory: a table of %zu texts",
                         spil_strmap_count(map));
    }
    return SPIL_OK;
}

bool spil_strmap_get(const spil_strmap *map, const char *key, int64_t *value)
{
    const entry *const found = find(map, key);
    if (found)
        *value = found->value;
    return found != NULL;
}

size_t spil_strmap_count(const spil_strmap *map)
{
    return HASH_COUNT(map->head);
}
