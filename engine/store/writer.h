/* writer.h - the rows of an import go to SQLite in a thread of their own, many to a statement.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading and checking rows takes about as long as storing them, so they run side by side:
 *
 *     import   add add add ... [batch full] --> queue --> [thread: 32 rows a statement] SQLite
 *
 * A batch has a lane for each table; rows of one table keep their order. The connection belongs to
 * the thread while anything is under way and to the caller after spil_writer_drain; every statement
 * that is run by name (db.h) drains first, so the files of this folder see what they wrote. A
 * failure in the thread comes out of the next drain or full batch, at the latest of the commit,
 * and the transaction is rolled back. Only between spil_store_begin_import and its end; what is
 * stored is the same as without.
 */
#ifndef SPIL_STORE_WRITER_H
#define SPIL_STORE_WRITER_H

#include "engine/store/db.h"

/* Runs the statement some time, or at once outside an import. Texts are copied. For the statements
 * that writer.c has a lane for; behind the values of a new entity or link stands its id, which is
 * one more than that of the last one. */
spil_status spil_writer_add(spil_store *store, spil_stmt which, const spil_db_value *values,
                            size_t count, spil_err *err) SPIL_CHECKED;
#define DB_WRITE(store, name, err, ...)                                                            \
    spil_writer_add((store), SPIL_STMT_##name, (const spil_db_value[]){__VA_ARGS__},               \
                    sizeof((const spil_db_value[]){__VA_ARGS__}) / sizeof(spil_db_value), (err))

/* All is written, or why not. */
spil_status spil_writer_drain(spil_store *store, spil_err *err) SPIL_CHECKED;
/* Ends the thread; what is still under way is dropped. No-op when there is none. */
void spil_writer_end(spil_store *store);

#endif
