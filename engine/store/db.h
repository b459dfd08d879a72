/* db.h - SQLite behind the store's files: statements by name, typed values, one way to fail.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For the files of this folder alone. A statement is prepared when it is first used and kept; all
 * values are bound. Reading:
 *
 *     spil_cursor rows = {0};
 *     TRY(DB_SELECT(&rows, store, FIND_ENTITY, err, DB_TEXT(key)));
 *     while ((rc = spil_db_next(&rows, err)) == SPIL_OK && rows.has_row)
 *         ... spil_db_int(&rows, 0) ...
 *     done: spil_db_close(&rows);
 */
#ifndef SPIL_STORE_DB_H
#define SPIL_STORE_DB_H

#include "engine/store/key_cache.h"
#include "engine/store/store.h"

#include <sqlite3.h>

enum { SPIL_APPLICATION_ID = 0x5350494C /* "SPIL" */, SPIL_PATIENCE_MS = 30000 };

typedef enum spil_stmt {
#define STMT(name, sql) SPIL_STMT_##name,
#include "engine/store/statements.def"
#undef STMT
    SPIL_STMT_COUNT
} spil_stmt;

typedef struct spil_writer spil_writer;

struct spil_store {
    sqlite3 *db;
    char *path;
    spil_store_mode mode;
    unsigned patience_ms, waited_ms;
    bool writing;   /* between begin and commit or rollback */
    bool importing; /* references and ranges are checked before rows come to SQLite (vet.h) */
    bool unchecked; /* SQLite was told not to check ranges */
    sqlite3_stmt *statements[SPIL_STMT_COUNT];
    spil_key_cache *keys;           /* entities by key */
    uint32_t misses;                /* of keys, in this transaction */
    int64_t next_entity, next_link; /* ids of the next new ones; 0: to be asked */
    spil_writer *writer;            /* writer.h; NULL: no thread */
    bool under_way;                 /* rows that were given to it may not be stored yet */
    bool journal_chosen;            /* by choose_journal in store.c */
    int64_t data_version;           /* of the file when keys was last right */
    uint64_t *known;                /* vet.h: bit i: entity i is there */
    size_t known_words;
    int64_t known_source;
    uint32_t *ends; /* hubs.h: ends[i]: of so many links entity i is an end */
    size_t end_room;
    bool ends_known;
};

/* ---- values ---- */

typedef struct spil_db_value {
    enum {
        SPIL_DB_NULL,
        SPIL_DB_INT,
        SPIL_DB_REAL,
        SPIL_DB_TEXT,
        SPIL_DB_WORD, /* a text that is never changed nor freed */
        SPIL_DB_BLOB
    } type;
    uint32_t length; /* SQLite takes no value of a gigabyte */
    union {
        int64_t integer;
        double real;
        const void *bytes;
    } as;
} spil_db_value;

_Static_assert(sizeof(spil_db_value) == 16, "an import copies several a row");

#define DB_INT(value)                                                                              \
    (spil_db_value)                                                                                \
    {                                                                                              \
        .type = SPIL_DB_INT, .as.integer = (int64_t)(value)                                        \
    }
#define DB_REAL(value)                                                                             \
    (spil_db_value)                                                                                \
    {                                                                                              \
        .type = SPIL_DB_REAL, .as.real = (value)                                                   \
    }
#define DB_TEXT(value) spil_db_text_value(value)
#define DB_WORD(value) spil_db_word_value(value)
#define DB_DAY(value) spil_db_day_value(value)
#define DB_ID(value) spil_db_id_value(value)
#define DB_BLOB(pointer, size)                                                                     \
    (spil_db_value)                                                                                \
    {                                                                                              \
        .type = (pointer) ? SPIL_DB_BLOB : SPIL_DB_NULL, .as.bytes = (pointer),                    \
        .length = spil_db_length(size)                                                             \
    }

uint32_t spil_db_length(size_t bytes);              /* more than SQLite takes stays more */
spil_db_value spil_db_text_value(const char *text); /* NULL counts as "" */
spil_db_value spil_db_word_value(const char *text); /* static */
spil_db_value spil_db_day_value(spil_day day);      /* SPIL_NO_DAY is NULL */
spil_db_value spil_db_id_value(int64_t id);         /* 0 is NULL */

/* ---- running ---- */

/* A statement without rows. DB_RUN(store, NAME, err, values ...) */
spil_status spil_db_run(spil_store *store, spil_stmt which, const spil_db_value *values,
                        size_t count, spil_err *err) SPIL_CHECKED;
#define DB_RUN(store, name, err, ...)                                                              \
    spil_db_run((store), SPIL_STMT_##name, (const spil_db_value[]){__VA_ARGS__},                   \
                sizeof((const spil_db_value[]){__VA_ARGS__}) / sizeof(spil_db_value), (err))

typedef struct spil_cursor {
    spil_store *store;
    sqlite3_stmt *statement; /* NULL: closed */
    bool has_row;
} spil_cursor;

/* Binds; the first row comes with next. */
spil_status spil_db_select(spil_cursor *out, spil_store *store, spil_stmt which,
                           const spil_db_value *values, size_t count, spil_err *err) SPIL_CHECKED;
#define DB_SELECT(cursor, store, name, err, ...)                                                   \
    spil_db_select((cursor), (store), SPIL_STMT_##name, (const spil_db_value[]){__VA_ARGS__},      \
                   sizeof((const spil_db_value[]){__VA_ARGS__}) / sizeof(spil_db_value), (err))
/* A select without values. */
#define DB_SELECT_ALL(cursor, store, name, err)                                                    \
    spil_db_select((cursor), (store), SPIL_STMT_##name, NULL, 0, (err))
spil_status spil_db_next(spil_cursor *cursor, spil_err *err) SPIL_CHECKED;
void spil_db_close(spil_cursor *cursor); /* closed already: no-op */

/* Columns of the row. Texts are borrowed until the next call on the cursor, never NULL. */
int64_t spil_db_int(const spil_cursor *cursor, int column);
double spil_db_real(const spil_cursor *cursor, int column); /* NULL is NaN */
const char *spil_db_text(const spil_cursor *cursor, int column);
spil_day spil_db_day(const spil_cursor *cursor, int column);

/* First column of the first row, or `none` when there is no row. */
spil_status spil_db_number(spil_store *store, spil_stmt which, const spil_db_value *values,
                           size_t count, int64_t none, int64_t *out, spil_err *err) SPIL_CHECKED;
#define DB_NUMBER(store, name, none, out, err, ...)                                                \
    spil_db_number((store), SPIL_STMT_##name, (const spil_db_value[]){__VA_ARGS__},                \
                   sizeof((const spil_db_value[]){__VA_ARGS__}) / sizeof(spil_db_value), (none),   \
                   (out), (err))

/* Ids of a table are given by us, so that a new row can be named before it is stored: *next is
 * asked of the table (its largest id) when it is 0. */
spil_status spil_db_next_id(spil_store *store, spil_stmt largest, int64_t *next,
                            spil_err *err) SPIL_CHECKED;

/* For the thread of writer.h, which owns the connection while rows are under way: without draining
 * and without waiting. Values are those of one row or, of a statement prepared for several rows,
 * of all of them. */
const char *spil_db_statement_text(spil_stmt which);
spil_status spil_db_prepare(spil_store *store, const char *sql, sqlite3_stmt **out,
                            spil_err *err) SPIL_CHECKED;
spil_status spil_db_bind(spil_store *store, sqlite3_stmt *statement, size_t place,
                         const spil_db_value *value,
                         spil_err *err) SPIL_CHECKED; /* place: from 0 */
spil_status spil_db_step_bound(spil_store *store, sqlite3_stmt *statement,
                               spil_err *err) SPIL_CHECKED;
spil_status spil_db_step(spil_store *store, spil_stmt which, const spil_db_value *values,
                         size_t count, spil_err *err) SPIL_CHECKED;

/* Text of our own (schema, pragma), no values. */
spil_status spil_db_exec(spil_store *store, const char *sql, spil_err *err) SPIL_CHECKED;

/* ---- failing ---- */

/* SQLite's last failure in our words: LOCKED, NO_MEMORY, IO, INPUT (no such file format) or DB. */
spil_status spil_db_fail(spil_store *store, int code, spil_err *err);
/* SPIL_DB outside a transaction: SQLite ends one by itself when the disk is full. */
spil_status spil_db_must_write(const spil_store *store, spil_err *err) SPIL_CHECKED;

/* Rows that the last statement changed, and the id of the row that it added. */
int64_t spil_db_changes(const spil_store *store);
int64_t spil_db_new_id(const spil_store *store);

/* The keys in memory are no longer those of the file. */
void spil_store_forget_keys(spil_store *store);

/* One view of the file for several selects; inside a transaction that is given already. */
spil_status spil_db_begin_read(spil_store *store, bool *began, spil_err *err) SPIL_CHECKED;
void spil_db_end_read(spil_store *store, bool began);

int64_t spil_db_now(void); /* microseconds UTC */

#endif
