/* t_store.c - see t_store.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/t.h"

#include "engine/base/digest.h"
#include "tests/unit/t_store.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

int t_store_setup(void **state)
{
    spil_err err = SPIL_ERR_INIT;
    t_store *t = NULL;
    if (NEW(t, &err) != SPIL_OK)
        return -1;
    const char *const tmp = getenv("TMPDIR");
    (void)snprintf(t->folder, sizeof t->folder, "%s/spil-store-XXXXXX",
                   tmp && strlen(tmp) < 40 ? tmp : "/tmp");
    if (!mkdtemp(t->folder))
        return -1;
    (void)snprintf(t->path, sizeof t->path, "%s/case.db", t->folder);
    if (spil_store_create(t->path, &err) != SPIL_OK ||
        spil_store_open(&t->store, t->path, SPIL_STORE_WRITE, &err) != SPIL_OK) {
        fprintf(stderr, "%s\n", err.msg);
        return -1;
    }
    *state = t;
    return 0;
}

int t_store_teardown(void **state)
{
    static const char *const names[] = {"case.db", "case.db-wal", "case.db-shm", "other.db"};
    t_store *const t = *state;
    spil_store_close(t->store);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char path[128];
        (void)snprintf(path, sizeof path, "%s/%s", t->folder, names[i]);
        (void)unlink(path);
    }
    const int left = rmdir(t->folder); /* fails when the store left something behind */
    spil_free(t);
    return left;
}

void t_store_reopen(t_store *t, spil_store_mode mode)
{
    spil_err err = SPIL_ERR_INIT;
    spil_store_close(t->store);
    t->store = NULL;
    assert_ok(spil_store_open(&t->store, t->path, mode, &err));
}

int64_t t_add_source(spil_store *store, const char *name)
{
    spil_err err = SPIL_ERR_INIT;
    char sha256[SPIL_DIGEST_TEXT];
    spil_digest digest;
    int64_t id = 0;
    spil_digest_begin(&digest);
    spil_digest_add_text(&digest, name);
    spil_digest_end(&digest, sha256);
    const spil_source row = {.path = name,
                             .sha256 = sha256,
                             .loader = "links",
                             .options = "{}",
                             .grade = "B2",
                             .owner = "police",
                             .basis = "Wpg art. 8",
                             .purpose = "test",
                             .keep_until = 20000};
    assert_ok(spil_store_add_source(store, &row, 100, &id, &err));
    return id;
}

int64_t t_put(spil_store *store, spil_entity_kind kind, const char *key, const char *label,
              int64_t source, uint64_t line)
{
    spil_err err = SPIL_ERR_INIT;
    int64_t id = 0;
    bool created = false;
    const spil_new_entity row = {kind, key, label, NULL, source, line};
    assert_ok(spil_store_put_entity(store, &row, &id, &created, &err));
    return id;
}

void t_link(spil_store *store, int64_t from, int64_t to, double weight, int64_t source,
            uint64_t line)
{
    spil_err err = SPIL_ERR_INIT;
    const spil_new_link row = {.from = from,
                               .to = to,
                               .kind = SPIL_LINK_met,
                               .type = "MET",
                               .weight = weight,
                               .confidence = 0.5,
                               .since = SPIL_NO_DAY,
                               .until = SPIL_NO_DAY,
                               .source = source,
                               .line = line};
    assert_ok(spil_store_add_link(store, &row, &err));
}

int64_t t_query(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    const int64_t value = sqlite3_column_int64(statement, 0);
    (void)sqlite3_finalize(statement);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    return value;
}

void t_sql(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}
