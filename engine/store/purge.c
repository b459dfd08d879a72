/* purge.c - what has expired goes, without a trace in the file. See upkeep.h.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Without foreign keys row by row, because deleting an entity would look through all links for it;
 * the whole store is checked for broken references before the commit instead. secure_delete
 * overwrites what is freed, VACUUM leaves no free page, and the WAL is folded in and emptied.
 */
#include "engine/base/str.h"
#include "engine/store/db.h"
#include "engine/store/hubs.h"
#include "engine/store/upkeep.h"

#include <inttypes.h>

static const char purge_text[] =
#include "engine/store/purge.sql.inc"
    ;

/* Fills temp.expired and begins the audit entry with the digests of what goes. */
static spil_status list_expired(spil_store *store, spil_day before, spil_str *digests,
                                uint64_t *count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_cursor rows = {0};
    TRY(spil_db_exec(store,
                     "DROP TABLE IF EXISTS temp.expired;"
                     "CREATE TEMP TABLE expired (source INTEGER PRIMARY KEY)",
                     err));
    TRY(DB_RUN(store, EXPIRE, err, DB_INT(before)));
    TRY(DB_SELECT_ALL(&rows, store, EXPIRED_DIGESTS, err));
    for (*count = 0;; ++*count) {
        TRY(spil_db_next(&rows, err));
        if (!rows.has_row)
            break;
        spil_str_addf(digests, " %s", spil_db_text(&rows, 0));
    }
    TRY(spil_str_status(digests, err));
done:
    spil_db_close(&rows);
    return rc;
}

static spil_purged difference(const spil_store_counts *before, const spil_store_counts *after)
{
    return (spil_purged){.sources = before->sources - after->sources,
                         .entities = before->entities - after->entities,
                         .attributes = before->attributes - after->attributes,
                         .links = before->links - after->links,
                         .roles = before->roles - after->roles,
                         .signals = before->signals - after->signals,
                         .rejects = before->rejects - after->rejects,
                         .runs = before->runs - after->runs,
                         .decisions = before->decisions - after->decisions};
}

static spil_status write_entry(spil_store *store, const spil_purged *gone, spil_day before,
                               const spil_str *digests, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_str detail = SPIL_STR_INIT;
    char day[16];
    spil_format_day(before, day);
    spil_str_addf(&detail,
                  "expired before %s: %" PRIu64 " sources, %" PRIu64 " entities, %" PRIu64
                  " attributes, %" PRIu64 " links, %" PRIu64 " roles, %" PRIu64 " signals, %" PRIu64
                  " rejects, %" PRIu64 " runs, %" PRIu64 " decisions; digests:%s",
                  day, gone->sources, gone->entities, gone->attributes, gone->links, gone->roles,
                  gone->signals, gone->rejects, gone->runs, gone->decisions,
                  spil_str_text(digests));
    TRY(spil_str_status(&detail, err));
    TRY(spil_store_audit(store, "purge", spil_str_text(&detail), err));
done:
    spil_str_free(&detail);
    return rc;
}

/* Inside the transaction. */
static spil_status take_out(spil_store *store, spil_day before, spil_purged *out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_store_counts was, is;
    spil_str digests = SPIL_STR_INIT;
    uint64_t expired = 0;
    int64_t broken = 0;
    *out = (spil_purged){0};
    TRY(list_expired(store, before, &digests, &expired, err));
    if (expired == 0)
        goto done;
    TRY(spil_store_info(&was, store, err));
    TRY(spil_db_exec(store, purge_text, err));
    spil_hubs_forget(store); /* links went behind its back */
    TRY(spil_store_flag_hubs(store, err));
    TRY(spil_store_info(&is, store, err));
    *out = difference(&was, &is);
    TRY(write_entry(store, out, before, &digests, err));
    TRY(spil_db_number(store, SPIL_STMT_FOREIGN_KEY_CHECK, NULL, 0, 0, &broken, err));
    if (broken > 0)
        rc = spil_fail(err, SPIL_DB, "%s: purging would break %" PRId64 " references", store->path,
                       broken);
done:
    spil_str_free(&digests);
    return rc;
}

static spil_status rebuild(spil_store *store, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_err why = SPIL_ERR_INIT;
    int64_t busy = 0;
    TRY(spil_db_exec(store, "DROP TABLE IF EXISTS temp.expired", &why));
    TRY(spil_db_exec(store, "VACUUM", &why));
    TRY(spil_db_number(store, SPIL_STMT_EMPTY_WAL, NULL, 0, 0, &busy, &why));
    if (busy)
        rc = spil_fail(&why, SPIL_LOCKED, "%s: another program is reading it", store->path);
done:
    if (rc != SPIL_OK)
        return spil_fail(err, rc,
                         "%s; what expired is gone, but the file still has to be rebuilt: purge "
                         "again",
                         why.msg);
    return SPIL_OK;
}

spil_status spil_store_purge(spil_purged *out, spil_store *store, spil_day before, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_purged gone = {0};
    TRY(spil_store_begin_import(store, err));
    rc = spil_db_exec(store, "PRAGMA secure_delete = ON", err);
    if (rc == SPIL_OK)
        rc = take_out(store, before, &gone, err);
    if (rc == SPIL_OK)
        rc = spil_store_commit(store, err);
    spil_store_rollback(store);
    TRY(rc);
    spil_store_forget_keys(store);
    TRY(rebuild(store, err));
    *out = gone;
done:
    return rc;
}
