/* t_store.h - a case store in a folder of its own for each test. SPDX-License-Identifier:
 * GPL-3.0-or-later */
#ifndef SPIL_TESTS_T_STORE_H
#define SPIL_TESTS_T_STORE_H

#include "engine/store/store.h"

typedef struct t_store {
    char folder[64], path[96];
    spil_store *store; /* open for writing */
} t_store;

/* cmocka set-up and tear-down: *state is a t_store with a fresh store, open for writing. */
int t_store_setup(void **state);
int t_store_teardown(void **state);
/* Closes and opens again. */
void t_store_reopen(t_store *t, spil_store_mode mode);

/* In a transaction: a source named name, digest made from it. */
int64_t t_add_source(spil_store *store, const char *name);
int64_t t_put(spil_store *store, spil_entity_kind kind, const char *key, const char *label,
              int64_t source, uint64_t line);
void t_link(spil_store *store, int64_t from, int64_t to, double weight, int64_t source,
            uint64_t line);
/* One number that a query gives, asked over a connection of its own. */
int64_t t_query(const char *path, const char *sql);
/* Runs SQL over a connection of its own, as somebody with a shell would. */
void t_sql(const char *path, const char *sql);

#define T_STORE(name) cmocka_unit_test_setup_teardown(name, t_store_setup, t_store_teardown)

#endif
