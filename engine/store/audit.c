/* audit.c - what was done, as a chain: each entry holds the hash of the one before.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * hash = SHA-256(number, time, action, detail, previous), each as text with its closing NUL; the
 * first previous is 64 zeros. A changed, inserted or removed entry breaks the chain. Entries cut
 * off at the end do not show: whoever minds notes the last hash elsewhere.
 */
#include "engine/base/digest.h"
#include "engine/store/db.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char first_previous[SPIL_DIGEST_TEXT] =
    "0000000000000000000000000000000000000000000000000000000000000000";

typedef struct entry {
    int64_t number, time;
    const char *action, *detail, *previous;
} entry;

static void hash_entry(const entry *row, char out[SPIL_DIGEST_TEXT])
{
    char text[32];
    spil_digest digest;
    spil_digest_begin(&digest);
    (void)snprintf(text, sizeof text, "%" PRId64, row->number);
    spil_digest_add_text(&digest, text);
    (void)snprintf(text, sizeof text, "%" PRId64, row->time);
    spil_digest_add_text(&digest, text);
    spil_digest_add_text(&digest, row->action);
    spil_digest_add_text(&digest, row->detail);
    spil_digest_add_text(&digest, row->previous);
    spil_digest_end(&digest, out);
}

spil_status spil_store_audit(spil_store *store, const char *action, const char *detail,
                             spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_cursor rows = {0};
    char previous[SPIL_DIGEST_TEXT], hash[SPIL_DIGEST_TEXT];
    entry row = {1, spil_db_now(), action, detail ? detail : "", previous};
    TRY(spil_db_must_write(store, err));
    memcpy(previous, first_previous, sizeof previous);
    TRY(DB_SELECT_ALL(&rows, store, LAST_AUDIT, err));
    TRY(spil_db_next(&rows, err));
    if (rows.has_row) {
        row.number = spil_db_int(&rows, 0) + 1;
        (void)snprintf(previous, sizeof previous, "%s", spil_db_text(&rows, 1));
    }
    hash_entry(&row, hash);
    TRY(DB_RUN(store, ADD_AUDIT, err, DB_INT(row.number), DB_INT(row.time), DB_TEXT(row.action),
               DB_TEXT(row.detail), DB_TEXT(previous), DB_TEXT(hash)));
done:
    spil_db_close(&rows);
    return rc;
}

spil_status spil_store_audit_verify(spil_store *store, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_cursor rows = {0};
    char previous[SPIL_DIGEST_TEXT], hash[SPIL_DIGEST_TEXT];
    memcpy(previous, first_previous, sizeof previous);
    TRY(DB_SELECT_ALL(&rows, store, ALL_AUDIT, err));
    for (int64_t number = 1;; number++) {
        TRY(spil_db_next(&rows, err));
        if (!rows.has_row)
            break;
        const entry row = {spil_db_int(&rows, 0), spil_db_int(&rows, 1), spil_db_text(&rows, 2),
                           spil_db_text(&rows, 3), spil_db_text(&rows, 4)};
        hash_entry(&row, hash);
        if (row.number != number || strcmp(row.previous, previous) != 0 ||
            strcmp(spil_db_text(&rows, 5), hash) != 0) {
            rc = spil_fail(err, SPIL_INPUT, "%s: audit entry %" PRId64 " does not fit the chain",
                           store->path, number);
            goto done;
        }
        memcpy(previous, hash, sizeof previous);
    }
done:
    spil_db_close(&rows);
    return rc;
}

spil_status spil_store_each_audit(spil_store *store,
                                  spil_status (*each)(const spil_audit_entry *row, void *user,
                                                      spil_err *err),
                                  void *user, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_cursor rows = {0};
    TRY(DB_SELECT_ALL(&rows, store, ALL_AUDIT, err));
    for (;;) {
        TRY(spil_db_next(&rows, err));
        if (!rows.has_row)
            break;
        const spil_audit_entry row = {spil_db_int(&rows, 0), spil_db_int(&rows, 1),
                                      spil_db_text(&rows, 2), spil_db_text(&rows, 3),
                                      spil_db_text(&rows, 5)};
        TRY(each(&row, user, err));
    }
done:
    spil_db_close(&rows);
    return rc;
}
