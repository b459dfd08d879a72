/* db.c - see db.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/store/db.h"
#include "engine/store/writer.h"

#include "engine/base/progress.h"

#include <assert.h>
#include <math.h>
#include <string.h>
#include <time.h>

static const char *const statement_texts[] = {
#define STMT(name, sql) sql,
#include "engine/store/statements.def"
#undef STMT
};

/* ---- failing ---- */

spil_status spil_db_fail(spil_store *store, int code, spil_err *err)
{
    const char *const path = store->path;
    switch (code & 0xff) { /* the primary code of an extended one */
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        if (spil_stop_requested())
            return spil_check_stop(err);
        return spil_fail(err, SPIL_LOCKED, "%s: another program is working on it (waited %u s)",
                         path, store->patience_ms / 1000);
    case SQLITE_NOMEM:
        return spil_fail(err, SPIL_NO_MEMORY, "%s: out of memory", path);
    case SQLITE_FULL:
        return spil_fail(err, SPIL_IO, "%s: no space left on the disk", path);
    case SQLITE_READONLY:
        return spil_fail(err, SPIL_IO, "%s: may not be written", path);
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return spil_fail(err, SPIL_IO, "%s: cannot be opened", path);
    case SQLITE_IOERR:
        return spil_fail(err, SPIL_IO, "%s: %s", path, sqlite3_errmsg(store->db));
    case SQLITE_NOTADB:
        return spil_fail(err, SPIL_INPUT, "%s: is no case store", path);
    case SQLITE_CORRUPT:
        return spil_fail(err, SPIL_DB, "%s: is damaged (%s)", path, sqlite3_errmsg(store->db));
    case SQLITE_TOOBIG:
        return spil_fail(err, SPIL_LIMIT, "%s: a value is too large", path);
    default:
        return spil_fail(err, SPIL_DB, "%s: %s", path, sqlite3_errmsg(store->db));
    }
}

spil_status spil_db_must_write(const spil_store *store, spil_err *err)
{
    if (store->writing && (store->under_way || !sqlite3_get_autocommit(store->db)))
        return SPIL_OK; /* a failure of rows that are under way is told when they are drained */
    return spil_fail(err, SPIL_DB, "%s: nothing may be written outside a transaction", store->path);
}

int64_t spil_db_now(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t spil_db_changes(const spil_store *store)
{
    return sqlite3_changes64(store->db);
}

int64_t spil_db_new_id(const spil_store *store)
{
    return sqlite3_last_insert_rowid(store->db);
}

/* ---- values ---- */

uint32_t spil_db_length(size_t bytes)
{
    return bytes < UINT32_MAX ? (uint32_t)bytes : UINT32_MAX;
}

spil_db_value spil_db_word_value(const char *text)
{
    return (spil_db_value){
        .type = SPIL_DB_WORD, .as.bytes = text, .length = spil_db_length(strlen(text))};
}

spil_db_value spil_db_text_value(const char *text)
{
    if (!text || *text == '\0')
        return (spil_db_value){.type = SPIL_DB_WORD, .as.bytes = "", .length = 0};
    return (spil_db_value){
        .type = SPIL_DB_TEXT, .as.bytes = text, .length = spil_db_length(strlen(text))};
}

spil_db_value spil_db_day_value(spil_day day)
{
    return day == SPIL_NO_DAY ? (spil_db_value){.type = SPIL_DB_NULL} : DB_INT(day);
}

spil_db_value spil_db_id_value(int64_t id)
{
    return id == 0 ? (spil_db_value){.type = SPIL_DB_NULL} : DB_INT(id);
}

/* The caller's bytes outlive the step, so SQLite need not copy them. */
static int bind(sqlite3_stmt *statement, int place, const spil_db_value *value)
{
    switch (value->type) {
    case SPIL_DB_INT:
        return sqlite3_bind_int64(statement, place, value->as.integer);
    case SPIL_DB_REAL: /* NaN becomes NULL there */
        return sqlite3_bind_double(statement, place, value->as.real);
    case SPIL_DB_TEXT:
    case SPIL_DB_WORD:
        return sqlite3_bind_text64(statement, place, value->as.bytes, value->length, SQLITE_STATIC,
                                   SQLITE_UTF8);
    case SPIL_DB_BLOB:
        return sqlite3_bind_blob64(statement, place, value->as.bytes, value->length, SQLITE_STATIC);
    case SPIL_DB_NULL:
    default:
        return sqlite3_bind_null(statement, place);
    }
}

/* ---- running ---- */

const char *spil_db_statement_text(spil_stmt which)
{
    return statement_texts[which];
}

spil_status spil_db_prepare(spil_store *store, const char *sql, sqlite3_stmt **out, spil_err *err)
{
    const int code = sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, out, NULL);
    return code == SQLITE_OK ? SPIL_OK : spil_db_fail(store, code, err);
}

spil_status spil_db_bind(spil_store *store, sqlite3_stmt *statement, size_t place,
                         const spil_db_value *value, spil_err *err)
{
    const int code = bind(statement, (int)place + 1, value);
    return code == SQLITE_OK ? SPIL_OK : spil_db_fail(store, code, err);
}

static spil_status bind_all(spil_store *store, sqlite3_stmt *statement, const spil_db_value *values,
                            size_t count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    assert(!sqlite3_stmt_busy(statement));
    assert((size_t)sqlite3_bind_parameter_count(statement) == count);
    for (size_t i = 0; i < count; i++)
        TRY(spil_db_bind(store, statement, i, &values[i], err));
done:
    return rc;
}

spil_status spil_db_step_bound(spil_store *store, sqlite3_stmt *statement, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const int code = sqlite3_step(statement);
    assert(code != SQLITE_ROW);
    if (code != SQLITE_DONE)
        rc = spil_db_fail(store, code, err);
    (void)sqlite3_reset(statement); /* says again what step said */
    return rc;
}

spil_status spil_db_step(spil_store *store, spil_stmt which, const spil_db_value *values,
                         size_t count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    sqlite3_stmt **const kept = &store->statements[which];
    if (!*kept)
        rc = spil_db_prepare(store, statement_texts[which], kept, err);
    if (rc == SPIL_OK)
        rc = bind_all(store, *kept, values, count, err);
    return rc == SPIL_OK ? spil_db_step_bound(store, *kept, err) : rc;
}

/* The connection is the caller's, and another program is waited for. */
static spil_status take_turn(spil_store *store, spil_err *err)
{
    const spil_status rc = spil_writer_drain(store, err);
    if (rc == SPIL_OK)
        store->waited_ms = 0;
    return rc;
}

spil_status spil_db_run(spil_store *store, spil_stmt which, const spil_db_value *values,
                        size_t count, spil_err *err)
{
    const spil_status rc = take_turn(store, err);
    return rc == SPIL_OK ? spil_db_step(store, which, values, count, err) : rc;
}

spil_status spil_db_select(spil_cursor *out, spil_store *store, spil_stmt which,
                           const spil_db_value *values, size_t count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    sqlite3_stmt **const kept = &store->statements[which];
    TRY(take_turn(store, err));
    if (!*kept)
        TRY(spil_db_prepare(store, statement_texts[which], kept, err));
    TRY(bind_all(store, *kept, values, count, err));
    *out = (spil_cursor){store, *kept, false};
done:
    return rc;
}

spil_status spil_db_next(spil_cursor *cursor, spil_err *err)
{
    const int code = sqlite3_step(cursor->statement);
    cursor->has_row = code == SQLITE_ROW;
    if (code == SQLITE_ROW || code == SQLITE_DONE)
        return SPIL_OK;
    return spil_db_fail(cursor->store, code, err);
}

void spil_db_close(spil_cursor *cursor)
{
    if (cursor->statement)
        (void)sqlite3_reset(cursor->statement);
    cursor->statement = NULL;
    cursor->has_row = false;
}

int64_t spil_db_int(const spil_cursor *cursor, int column)
{
    return sqlite3_column_int64(cursor->statement, column);
}

double spil_db_real(const spil_cursor *cursor, int column)
{
    if (sqlite3_column_type(cursor->statement, column) == SQLITE_NULL)
        return (double)NAN;
    return sqlite3_column_double(cursor->statement, column);
}

const char *spil_db_text(const spil_cursor *cursor, int column)
{
    const unsigned char *const text = sqlite3_column_text(cursor->statement, column);
    return text ? (const char *)text : "";
}

spil_day spil_db_day(const spil_cursor *cursor, int column)
{
    if (sqlite3_column_type(cursor->statement, column) == SQLITE_NULL)
        return SPIL_NO_DAY;
    return (spil_day)sqlite3_column_int64(cursor->statement, column);
}

spil_status spil_db_number(spil_store *store, spil_stmt which, const spil_db_value *values,
                           size_t count, int64_t none, int64_t *out, spil_err *err)
{
    spil_cursor rows = {0};
    spil_status rc = SPIL_OK;
    TRY(spil_db_select(&rows, store, which, values, count, err));
    TRY(spil_db_next(&rows, err));
    *out = rows.has_row ? spil_db_int(&rows, 0) : none;
done:
    spil_db_close(&rows);
    return rc;
}

spil_status spil_db_next_id(spil_store *store, spil_stmt largest, int64_t *next, spil_err *err)
{
    int64_t last = 0;
    if (*next != 0)
        return SPIL_OK;
    const spil_status rc = spil_db_number(store, largest, NULL, 0, 0, &last, err);
    if (rc != SPIL_OK)
        return rc;
    if (last < 0 || last == INT64_MAX)
        return spil_fail(err, SPIL_DB, "%s: is out of numbers for rows", store->path);
    *next = last + 1;
    return SPIL_OK;
}

spil_status spil_db_exec(spil_store *store, const char *sql, spil_err *err)
{
    const spil_status rc = take_turn(store, err);
    if (rc != SPIL_OK)
        return rc;
    const int code = sqlite3_exec(store->db, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? SPIL_OK : spil_db_fail(store, code, err);
}

spil_status spil_db_begin_read(spil_store *store, bool *began, spil_err *err)
{
    *began = false;
    if (!sqlite3_get_autocommit(store->db))
        return SPIL_OK;
    const spil_status rc = spil_db_run(store, SPIL_STMT_BEGIN_READ, NULL, 0, err);
    *began = rc == SPIL_OK;
    return rc;
}

void spil_db_end_read(spil_store *store, bool began)
{
    if (began && !sqlite3_get_autocommit(store->db))
        (void)sqlite3_exec(store->db, "COMMIT", NULL, NULL, NULL); /* nothing was written */
}
