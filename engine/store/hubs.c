/* hubs.c - see hubs.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/store/hubs.h"

#include "engine/store/writer.h"

#include <string.h>

enum { FIRST_COUNTS = 1 << 10 };
static const int64_t largest = (int64_t)1 << 31; /* ids above are not counted: 8 GiB */

static const char flag_text[] =
#include "engine/store/hubs.sql.inc"
    ;

static const uint32_t most_of[SPIL_ENTITY_KIND_COUNT] = {
#define HUB(kind, most) [SPIL_ENTITY_##kind] = most,
#include "engine/store/hubs.def"
#undef HUB
};

uint32_t spil_hub_most(spil_entity_kind kind)
{
    return most_of[kind] ? most_of[kind] : UINT32_MAX;
}

/* ---- counting ends ---- */

void spil_hubs_forget(spil_store *store)
{
    spil_free(store->ends);
    store->ends = NULL;
    store->end_room = 0;
    store->ends_known = false;
}

static spil_status count_end(spil_store *store, int64_t id, spil_err *err)
{
    if (id <= 0 || id >= largest)
        return SPIL_OK;
    if ((size_t)id >= store->end_room) {
        size_t room = store->end_room ? store->end_room : FIRST_COUNTS;
        while (room <= (size_t)id)
            room *= 2;
        const spil_status rc = RESIZE_ARRAY(store->ends, room, err);
        if (rc != SPIL_OK)
            return rc;
        memset(store->ends + store->end_room, 0, (room - store->end_room) * sizeof *store->ends);
        store->end_room = room;
    }
    store->ends[id] += store->ends[id] < UINT32_MAX;
    return SPIL_OK;
}

spil_status spil_hubs_count(spil_store *store, int64_t from, int64_t to, spil_err *err)
{
    if (!store->ends_known)
        return SPIL_OK; /* flag reads them all */
    const spil_status rc = count_end(store, from, err);
    return rc == SPIL_OK ? count_end(store, to, err) : rc;
}

static spil_status read_ends(spil_store *store, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_cursor rows = {0};
    spil_hubs_forget(store);
    TRY(DB_SELECT_ALL(&rows, store, LINK_ENDS, err));
    for (;;) {
        TRY(spil_db_next(&rows, err));
        if (!rows.has_row)
            break;
        TRY(count_end(store, spil_db_int(&rows, 0), err));
        TRY(count_end(store, spil_db_int(&rows, 1), err));
    }
    store->ends_known = true;
done:
    spil_db_close(&rows);
    if (rc != SPIL_OK)
        spil_hubs_forget(store);
    return rc;
}

/* ---- flagging ---- */

static spil_status list_limits(spil_store *store, uint32_t *smallest, spil_err *err)
{
    spil_status rc = SPIL_OK;
    *smallest = UINT32_MAX;
    for (int k = 0; k < SPIL_ENTITY_KIND_COUNT; k++) {
        const spil_kind_info *const kind = spil_entity_kind_info((spil_entity_kind)k);
        const uint32_t most = spil_hub_most((spil_entity_kind)k);
        if (!kind->analysed)
            continue;
        TRY(DB_RUN(store, ADD_HUB_LIMIT, err, DB_TEXT(kind->name), DB_INT(most)));
        *smallest = most < *smallest ? most : *smallest;
    }
done:
    return rc;
}

static spil_status list_candidates(spil_store *store, uint32_t smallest, bool *any, spil_err *err)
{
    spil_status rc = SPIL_OK;
    *any = false;
    for (size_t id = 0; id < store->end_room; id++) {
        if (store->ends[id] <= smallest)
            continue;
        *any = true;
        TRY(DB_RUN(store, ADD_HUB_CANDIDATE, err, DB_INT(id), DB_INT(store->ends[id])));
    }
done:
    return rc;
}

/* Merged entities may be a hub together, however few links each of them has. */
static spil_status list_merged(spil_store *store, bool *any, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_cursor rows = {0};
    TRY(DB_SELECT_ALL(&rows, store, ALL_ALIASES, err));
    for (;;) {
        TRY(spil_db_next(&rows, err));
        if (!rows.has_row)
            break;
        const int64_t id = spil_db_int(&rows, 0);
        if (id <= 0 || (size_t)id >= store->end_room || store->ends[id] == 0)
            continue;
        *any = true;
        TRY(DB_RUN(store, ADD_HUB_CANDIDATE, err, DB_INT(id), DB_INT(store->ends[id])));
    }
done:
    spil_db_close(&rows);
    return rc;
}

spil_status spil_store_flag_hubs(spil_store *store, spil_err *err)
{
    spil_status rc = SPIL_OK;
    uint32_t smallest = 0;
    bool any = false;
    TRY(spil_db_must_write(store, err));
    TRY(spil_writer_drain(store, err));
    if (!store->ends_known)
        TRY(read_ends(store, err));
    TRY(spil_db_exec(
        store,
        "CREATE TEMP TABLE IF NOT EXISTS hub_limit (kind TEXT PRIMARY KEY, most INTEGER);"
        "CREATE TEMP TABLE IF NOT EXISTS candidate (entity INTEGER PRIMARY KEY, links "
        "INTEGER, one INTEGER);"
        "DELETE FROM temp.hub_limit; DELETE FROM temp.candidate",
        err));
    TRY(list_limits(store, &smallest, err));
    TRY(list_candidates(store, smallest, &any, err));
    TRY(list_merged(store, &any, err));
    rc = spil_db_exec(store, any ? flag_text : "DELETE FROM hub", err);
done:
    return rc;
}

spil_status spil_store_each_hub(spil_store *store,
                                spil_status (*each)(const spil_hub *row, void *user, spil_err *err),
                                void *user, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_cursor rows = {0};
    TRY(DB_SELECT_ALL(&rows, store, ALL_HUBS, err));
    for (;;) {
        TRY(spil_db_next(&rows, err));
        if (!rows.has_row)
            break;
        spil_hub row = {.key = spil_db_text(&rows, 1),
                        .label = spil_db_text(&rows, 2),
                        .degree = (uint64_t)spil_db_int(&rows, 3),
                        .most = (uint64_t)spil_db_int(&rows, 4)};
        if (!spil_entity_kind_find(spil_db_text(&rows, 0), &row.kind)) {
            rc = spil_fail(err, SPIL_DB, "%s: entity '%s' is of an unknown kind", store->path,
                           row.key);
            goto done;
        }
        TRY(each(&row, user, err));
    }
done:
    spil_db_close(&rows);
    return rc;
}
