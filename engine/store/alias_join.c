/* alias_join.c - see alias_join.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/store/alias_join.h"

#include "engine/base/vec.h"
#include "engine/store/db.h"

#include <stdlib.h>
#include <string.h>

/* ---- loading as one ---- */

/* An entity of a cluster, by its position as added. */
typedef struct member {
    int64_t cluster;
    uint32_t position;
} member;

typedef SPIL_VEC(member) member_list;

static spil_status read_members(member_list *out, spil_store *store, const spil_idmap *entities,
                                spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_cursor rows = {0};
    TRY(DB_SELECT_ALL(&rows, store, ALL_ALIASES, err));
    for (;;) {
        TRY(spil_db_next(&rows, err));
        if (!rows.has_row)
            break;
        const member it = {spil_db_int(&rows, 1), spil_idmap_get(entities, spil_db_int(&rows, 0))};
        if (it.position == SPIL_NO_POSITION) {
            rc = spil_fail(err, SPIL_DB, "%s: a merge names an entity that is not there",
                           store->path);
            goto done;
        }
        TRY(VEC_PUSH(*out, it, err));
    }
done:
    spil_db_close(&rows);
    return rc;
}

/* Longer, then smaller. */
static const char *better(const char *a, const char *b)
{
    const size_t la = strlen(a), lb = strlen(b);
    if (la != lb)
        return la > lb ? a : b;
    return strcmp(a, b) <= 0 ? a : b;
}

/* Makes one entity of the cluster, at the place of its smallest key. */
static spil_status join_cluster(spil_facts *facts, const member *members, size_t count,
                                uint32_t *place, const char *path, spil_err *err)
{
    spil_status rc = SPIL_OK;
    uint32_t first = members[0].position;
    for (size_t i = 1; i < count; i++)
        if (spil_compare_natural(facts->entities[members[i].position].key,
                                 facts->entities[first].key) < 0)
            first = members[i].position;
    spil_entity one = facts->entities[first];
    for (size_t i = 0; i < count; i++) {
        const spil_entity *const it = &facts->entities[members[i].position];
        if (it->kind != one.kind) {
            rc = spil_fail(err, SPIL_DB, "%s: '%s' and '%s' are merged, but of different kinds",
                           path, one.key, it->key);
            goto done;
        }
        const spil_member row = {it->id, first, it->key, it->label, it->type, it->origin};
        TRY(spil_facts_add_member(facts, &row, err));
        one.label = better(one.label, it->label);
        one.type = better(one.type, it->type);
        if (it->origin.source < one.origin.source ||
            (it->origin.source == one.origin.source && it->origin.line < one.origin.line))
            one.origin = it->origin;
        place[members[i].position] = first;
    }
    facts->entities[first] = one;
done:
    return rc;
}

/* Takes out the entities that stand at another's place, and renumbers. */
static spil_status close_ranks(spil_facts *facts, uint32_t *place, spil_err *err)
{
    spil_status rc = SPIL_OK;
    uint32_t *moved = NULL, count = 0;
    TRY(NEW_ARRAY(moved, facts->entity_count, err));
    for (uint32_t i = 0; i < facts->entity_count; i++)
        if (place[i] == i) {
            moved[i] = count;
            facts->entities[count++] = facts->entities[i];
        }
    for (uint32_t i = 0; i < facts->entity_count; i++)
        place[i] = moved[place[i]];
    for (size_t i = 0; i < facts->member_count; i++)
        facts->members[i].entity = moved[facts->members[i].entity];
    facts->entity_count = count;
done:
    spil_free(moved);
    return rc;
}

spil_status spil_alias_join(spil_facts *facts, spil_store *store, const spil_idmap *entities,
                            uint32_t **place, spil_err *err)
{
    spil_status rc = SPIL_OK;
    member_list members = {0};
    uint32_t *to = NULL;
    TRY(read_members(&members, store, entities, err));
    if (members.count == 0)
        goto done;
    TRY(NEW_ARRAY(to, facts->entity_count, err));
    for (uint32_t i = 0; i < facts->entity_count; i++)
        to[i] = i;
    for (size_t i = 0, end; i < members.count; i = end) {
        for (end = i + 1; end < members.count; end++)
            if (members.items[end].cluster != members.items[i].cluster)
                break;
        if (end - i > 1)
            TRY(join_cluster(facts, members.items + i, end - i, to, store->path, err));
    }
    TRY(close_ranks(facts, to, err));
    *place = to;
    to = NULL;
done:
    spil_free(members.items);
    spil_free(to);
    return rc;
}

/* ---- digest ---- */

typedef struct merged_key {
    int64_t cluster;
    const char *key, *first; /* first: the smallest key of the cluster */
} merged_key;

typedef SPIL_VEC(merged_key) key_list;

static int by_cluster(const void *left, const void *right)
{
    const merged_key *const a = left, *const b = right;
    if (a->cluster != b->cluster)
        return a->cluster < b->cluster ? -1 : 1;
    return strcmp(a->key, b->key);
}

static int by_first(const void *left, const void *right)
{
    const merged_key *const a = left, *const b = right;
    const int order = strcmp(a->first, b->first);
    return order ? order : strcmp(a->key, b->key);
}

static spil_status read_keys(key_list *out, spil_arena *arena, spil_store *store, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_cursor rows = {0};
    TRY(DB_SELECT_ALL(&rows, store, MERGED_KEYS, err));
    for (;;) {
        TRY(spil_db_next(&rows, err));
        if (!rows.has_row)
            break;
        merged_key it = {.cluster = spil_db_int(&rows, 0)};
        const char *const key = spil_db_text(&rows, 1);
        TRY(spil_arena_text(arena, &it.key, key, strlen(key), err));
        TRY(VEC_PUSH(*out, it, err));
    }
done:
    spil_db_close(&rows);
    return rc;
}

spil_status spil_alias_digest(spil_store *store, spil_digest *digest, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_arena *arena = NULL;
    key_list keys = {0};
    TRY(spil_arena_new(&arena, err));
    TRY(read_keys(&keys, arena, store, err));
    if (keys.count == 0)
        goto done;
    qsort(keys.items, keys.count, sizeof *keys.items, by_cluster);
    for (size_t i = 0; i < keys.count; i++)
        keys.items[i].first = i > 0 && keys.items[i].cluster == keys.items[i - 1].cluster
                                  ? keys.items[i - 1].first
                                  : keys.items[i].key;
    qsort(keys.items, keys.count, sizeof *keys.items, by_first);
    for (size_t i = 0; i < keys.count; i++) {
        spil_digest_add_text(digest, keys.items[i].first);
        spil_digest_add_text(digest, keys.items[i].key);
    }
done:
    spil_free(keys.items);
    spil_arena_free(arena);
    return rc;
}
