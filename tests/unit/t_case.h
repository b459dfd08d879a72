/* t_case.h - a case in a folder of its own, for tests of loaders. SPDX-License-Identifier:
 * GPL-3.0-or-later
 */
#ifndef SPIL_TESTS_T_CASE_H
#define SPIL_TESTS_T_CASE_H

#include "loaders/loader.h"

typedef struct t_case {
    char folder[64];
    char store_path[96];
    spil_store *store;
    spil_import_summary *summary; /* of the last import */
    spil_import_opts opts;
    spil_err err; /* of the last import */
} t_case;

/* cmocka set-up and tear-down: *state is an open t_case. */
int t_case_setup(void **state);
int t_case_teardown(void **state);
#define T_CASE(name) cmocka_unit_test_setup_teardown(name, t_case_setup, t_case_teardown)

/* Makes the folder and an empty store; stops the test when it cannot. */
void t_case_open(t_case *c);
void t_case_close(t_case *c); /* removes the folder too */

/* "<folder>/<name>" with these bytes; the path is borrowed until the next 15 calls. */
const char *t_case_write(t_case *c, const char *name, const void *bytes, size_t length);
#define t_case_text(c, name, text) t_case_write((c), (name), (text), sizeof(text) - 1)

/* Imports with c->opts. */
spil_status t_case_import(t_case *c, const char *const *paths, size_t count);
spil_status t_case_import_one(t_case *c, const char *path);
/* Writes and imports one file named "x.csv". */
#define t_case_take(c, text) t_case_import_one((c), t_case_text((c), "x.csv", text))

/* All that is in the store, a line each, in the order of facts.h:
 *     entity person P1 'Jan' type ''    |    P1.municipality = Ede
 *     link P1 -> A1 lives_at '' w 1 c 0.765 since 2024-01-31 until ''
 *     role P1 model/step/role c 1       |    signal A1 code s 1 c 1 2024-01-31
 *     reject x.csv:3 [id] reason | raw  |    drop x.csv [age] 2
 * Folders are cut off. Caller: spil_free. */
char *t_case_dump(t_case *c);
/* The dump, compared; or one that holds every line of parts. */
void t_case_assert(t_case *c, const char *expected);
void t_case_assert_parts(t_case *c, const char *const *parts, size_t count);
/* The import went well; else its message is shown. */
void t_case_assert_imported(t_case *c, spil_status rc);
/* The import failed so, with a message that holds part, and the store is as it was before. */
void t_case_assert_refused(t_case *c, const char *path, spil_status status, const char *part);

#endif
