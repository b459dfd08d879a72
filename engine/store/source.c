/* source.c - the files that came in, what was left out of them, and the digest of them all.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/base/digest.h"
#include "engine/base/str.h"
#include "engine/store/alias_join.h"
#include "engine/store/vet.h"
#include "engine/store/writer.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { LONGEST_RAW = 1000 };

spil_status spil_store_find_source(spil_store *store, const char *sha256, int64_t *id,
                                   spil_err *err)
{
    return DB_NUMBER(store, FIND_SOURCE, 0, id, err, DB_TEXT(sha256));
}

spil_status spil_store_add_source(spil_store *store, const spil_source *row, uint64_t bytes,
                                  int64_t *id, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(spil_db_must_write(store, err));
    TRY(DB_RUN(store, ADD_SOURCE, err, DB_TEXT(row->path), DB_TEXT(row->sha256), DB_INT(bytes),
               DB_TEXT(row->loader), DB_TEXT(row->options), DB_TEXT(row->grade),
               DB_TEXT(row->owner), DB_TEXT(row->basis), DB_TEXT(row->purpose),
               DB_DAY(row->keep_until), DB_INT(spil_db_now())));
    *id = spil_db_new_id(store);
    spil_vet_source_known(store, *id);
done:
    return rc;
}

spil_status spil_store_other_key(spil_store *store, const char *mark, char out[9], spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_cursor rows = {0};
    out[0] = '\0';
    TRY(DB_SELECT(&rows, store, OTHER_KEY, err, DB_TEXT(mark)));
    TRY(spil_db_next(&rows, err));
    if (rows.has_row)
        (void)snprintf(out, 9, "%s", spil_db_text(&rows, 0));
done:
    spil_db_close(&rows);
    return rc;
}

spil_status spil_store_count_source(spil_store *store, int64_t source, uint64_t rows,
                                    uint64_t accepted, uint64_t rejected, uint64_t merged,
                                    spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(spil_db_must_write(store, err));
    TRY(DB_RUN(store, COUNT_SOURCE, err, DB_INT(source), DB_INT(rows), DB_INT(accepted),
               DB_INT(rejected), DB_INT(merged)));
    if (spil_db_changes(store) != 1)
        rc = spil_fail(err, SPIL_NOT_FOUND, "%s: has no source %" PRId64, store->path, source);
done:
    return rc;
}

static spil_source_entry source_of(const spil_cursor *rows)
{
    return (spil_source_entry){.source = {.id = spil_db_int(rows, 0),
                                          .path = spil_db_text(rows, 1),
                                          .sha256 = spil_db_text(rows, 2),
                                          .loader = spil_db_text(rows, 3),
                                          .options = spil_db_text(rows, 4),
                                          .grade = spil_db_text(rows, 5),
                                          .owner = spil_db_text(rows, 6),
                                          .basis = spil_db_text(rows, 7),
                                          .purpose = spil_db_text(rows, 8),
                                          .keep_until = spil_db_day(rows, 9),
                                          .rows = (uint64_t)spil_db_int(rows, 10),
                                          .accepted = (uint64_t)spil_db_int(rows, 11),
                                          .rejected = (uint64_t)spil_db_int(rows, 12),
                                          .merged = (uint64_t)spil_db_int(rows, 13)},
                               .bytes = (uint64_t)spil_db_int(rows, 14),
                               .imported = spil_db_int(rows, 15)};
}

spil_status spil_store_each_source(spil_store *store,
                                   spil_status (*each)(const spil_source_entry *row, void *user,
                                                       spil_err *err),
                                   void *user, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_cursor rows = {0};
    TRY(DB_SELECT_ALL(&rows, store, EACH_SOURCE, err));
    for (;;) {
        TRY(spil_db_next(&rows, err));
        if (!rows.has_row)
            break;
        const spil_source_entry row = source_of(&rows);
        TRY(each(&row, user, err));
    }
done:
    spil_db_close(&rows);
    return rc;
}

/* ---- what was left out ---- */

/* Length of the text cut at LONGEST_RAW bytes, not inside a UTF-8 character. */
static size_t cut(const char *text)
{
    size_t length = strnlen(text, LONGEST_RAW + 1);
    if (length <= LONGEST_RAW)
        return length;
    length = LONGEST_RAW;
    while (length > LONGEST_RAW - 3 && ((unsigned char)text[length] & 0xc0) == 0x80)
        length--;
    return length;
}

spil_status spil_store_add_reject(spil_store *store, int64_t source, const spil_reject *row,
                                  spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(spil_db_must_write(store, err));
    TRY(spil_vet_source(store, source, err));
    spil_db_value raw = DB_TEXT(row->raw);
    raw.length = spil_db_length(cut(raw.as.bytes));
    TRY(DB_WRITE(store, ADD_REJECT, err, DB_INT(source), DB_INT(row->line), DB_TEXT(row->column),
                 DB_TEXT(row->reason), raw));
done:
    return rc;
}

spil_status spil_store_add_drop(spil_store *store, int64_t source, const spil_drop *row,
                                spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(spil_db_must_write(store, err));
    TRY(spil_vet_source(store, source, err));
    TRY(DB_RUN(store, ADD_DROPPED, err, DB_INT(source), DB_TEXT(row->column), DB_TEXT(row->reason),
               DB_INT(row->rows)));
done:
    return rc;
}

spil_status spil_store_each_reject(spil_store *store,
                                   spil_status (*each)(const spil_reject *row, void *user,
                                                       spil_err *err),
                                   void *user, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_cursor rows = {0};
    TRY(DB_SELECT_ALL(&rows, store, ALL_REJECTS, err));
    for (;;) {
        TRY(spil_db_next(&rows, err));
        if (!rows.has_row)
            break;
        const spil_reject row = {.path = spil_db_text(&rows, 0),
                                 .line = (uint64_t)spil_db_int(&rows, 1),
                                 .column = spil_db_text(&rows, 2),
                                 .reason = spil_db_text(&rows, 3),
                                 .raw = spil_db_text(&rows, 4)};
        TRY(each(&row, user, err));
    }
done:
    spil_db_close(&rows);
    return rc;
}

spil_status spil_store_each_drop(spil_store *store,
                                 spil_status (*each)(const spil_drop *row, void *user,
                                                     spil_err *err),
                                 void *user, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_cursor rows = {0};
    TRY(DB_SELECT_ALL(&rows, store, ALL_DROPPED, err));
    for (;;) {
        TRY(spil_db_next(&rows, err));
        if (!rows.has_row)
            break;
        const spil_drop row = {.path = spil_db_text(&rows, 0),
                               .column = spil_db_text(&rows, 1),
                               .reason = spil_db_text(&rows, 2),
                               .rows = (uint64_t)spil_db_int(&rows, 3)};
        TRY(each(&row, user, err));
    }
done:
    spil_db_close(&rows);
    return rc;
}

/* ---- digest ---- */

/* By digest of the file, so the order of import does not show. The counts are in it because a row
 * may have been refused for what was, or was not, in the store before. */
spil_status spil_store_input_digest(spil_store *store, char out[65], spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_cursor rows = {0};
    spil_str counts = SPIL_STR_INIT;
    spil_digest digest;
    spil_digest_begin(&digest);
    TRY(DB_SELECT_ALL(&rows, store, ALL_SOURCES, err));
    for (;;) {
        TRY(spil_db_next(&rows, err));
        if (!rows.has_row)
            break;
        spil_digest_add_text(&digest, spil_db_text(&rows, 2)); /* sha256 */
        spil_digest_add_text(&digest, spil_db_text(&rows, 3)); /* loader */
        spil_digest_add_text(&digest, spil_db_text(&rows, 4)); /* options */
        spil_digest_add_text(&digest, spil_db_text(&rows, 5)); /* grade */
        spil_str_clear(&counts);
        spil_str_addf(&counts, "%" PRId64 " %" PRId64 " %" PRId64, spil_db_int(&rows, 11),
                      spil_db_int(&rows, 12), spil_db_int(&rows, 13));
        TRY(spil_str_status(&counts, err));
        spil_digest_add_text(&digest, spil_str_text(&counts));
    }
    TRY(spil_alias_digest(store, &digest, err));
    spil_digest_end(&digest, out);
done:
    spil_db_close(&rows);
    spil_str_free(&counts);
    return rc;
}
