/* Stores of every version ever released open, and end at the same tables. SPDX-License-Identifier:
 * GPL-3.0-or-later */
#include "tests/unit/t.h"

#include "engine/base/file.h"
#include "engine/store/db.h"
#include "engine/store/results.h"
#include "engine/store/schema.h"
#include "tests/unit/t_store.h"

#include <unistd.h>

/* Replaces the store by the stored one. */
static void put_fixture(t_store *t, const char *sql_path)
{
    spil_err err = SPIL_ERR_INIT;
    char *sql = NULL;
    size_t length = 0;
    spil_store_close(t->store);
    t->store = NULL;
    assert_int_equal(unlink(t->path), 0);
    assert_ok(spil_read_file(&sql, &length, sql_path, 1 << 20, &err));
    t_sql(t->path, sql);
    spil_free(sql);
}

static void store_open__takes_a_version_1_store(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    spil_facts *facts = NULL;
    spil_results *results = NULL;
    int64_t list = 0;
    put_fixture(t, "tests/data/store-v1.sql");
    t_store_reopen(t, SPIL_STORE_READ);
    assert_int_equal(t_query(t->path, "PRAGMA user_version"), spil_schema_version());
    assert_ok(spil_store_load_facts(&facts, t->store, &err));
    assert_int_equal(facts->entity_count, 3);
    assert_int_equal(facts->link_count, 2);
    assert_string_equal(facts->entities[1].label, "Jan de Vries");
    assert_string_equal(spil_facts_attribute(facts, 0, "use"), "barn");
    assert_ok(spil_store_find_run(t->store, "targets", &list, &err));
    assert_ok(spil_results_load(&results, t->store, list, facts, SPIL_RESULTS_ALL, &err));
    assert_int_equal(results->target_count, 1);
    assert_string_equal(results->targets[0].status, "accepted");
    assert_string_equal(results->actions[results->targets[0].action].barrier, "closure");
    assert_int_equal(results->contributions[0].refers, SPIL_REFERENCE_ROLE);
    assert_close(results->scores[0].draw[1], 0.5, 0);
    assert_ok(spil_store_audit_verify(t->store, &err));
    spil_results_free(results);
    spil_facts_free(facts);
}

/* What the tables are made of, as one text a store: columns, keys, indices. */
static void assert_same_tables(const char *path, const char *other)
{
    char sql[2048];
    (void)snprintf(
        sql, sizeof sql,
        "ATTACH '%s' AS other;"
        "CREATE TEMP VIEW a AS SELECT m.name, x.cid, x.name, x.type, x.\"notnull\", x.dflt_value,"
        " x.pk FROM main.sqlite_schema m, pragma_table_xinfo(m.name, 'main') x;"
        "CREATE TEMP VIEW b AS SELECT m.name, x.cid, x.name, x.type, x.\"notnull\", x.dflt_value,"
        " x.pk FROM other.sqlite_schema m, pragma_table_xinfo(m.name, 'other') x;"
        "CREATE TEMP TABLE differs (n INTEGER CHECK (n = 0));"
        "INSERT INTO differs SELECT count(*) FROM (SELECT * FROM a EXCEPT SELECT * FROM b);"
        "INSERT INTO differs SELECT count(*) FROM (SELECT * FROM b EXCEPT SELECT * FROM a);"
        "INSERT INTO differs SELECT count(*) FROM (SELECT type, name, tbl_name FROM"
        " main.sqlite_schema EXCEPT SELECT type, name, tbl_name FROM other.sqlite_schema);"
        "INSERT INTO differs SELECT count(*) FROM (SELECT type, name, tbl_name FROM"
        " other.sqlite_schema EXCEPT SELECT type, name, tbl_name FROM main.sqlite_schema);",
        other);
    t_sql(path, sql);
}

static void store_open__leads_an_old_store_to_the_tables_of_a_new_one(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    char fresh[128];
    (void)snprintf(fresh, sizeof fresh, "%s/other.db", t->folder);
    assert_ok(spil_store_create(fresh, &err));
    put_fixture(t, "tests/data/store-v1.sql");
    t_store_reopen(t, SPIL_STORE_WRITE);
    assert_same_tables(t->path, fresh);
}

static const spil_migration steps[] = {
    {1001, "ALTER TABLE source ADD COLUMN colour TEXT NOT NULL DEFAULT 'blue'"},
    {1002, "CREATE TABLE shade (id INTEGER PRIMARY KEY, source INTEGER REFERENCES source) STRICT;"
           "INSERT INTO shade (source) SELECT id FROM source"},
};

static void schema_migrate__runs_each_step_once(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    assert_ok(spil_store_begin(t->store, &err));
    (void)t_add_source(t->store, "a.csv");
    assert_ok(spil_store_commit(t->store, &err));
    assert_ok(spil_schema_migrate(t->store, steps, 2, &err));
    assert_ok(spil_schema_migrate(t->store, steps, 2, &err)); /* as a second program would */
    assert_int_equal(t_query(t->path, "PRAGMA user_version"), 1002);
    assert_int_equal(t_query(t->path, "SELECT colour = 'blue' FROM source"), 1);
    assert_int_equal(t_query(t->path, "SELECT count(*) FROM shade"), 1);
}

static void schema_migrate__leaves_the_old_store_when_a_step_fails(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    const spil_migration wrong[] = {steps[0], {1002, "CREATE TABLE source (id)"}};
    const spil_migration breaks[] = {
        {1001,
         "PRAGMA defer_foreign_keys = ON;"
         "INSERT INTO attribute (entity, name, value, source, line) VALUES (7, '', '', 7, 1)"}};
    assert_fails(spil_schema_migrate(t->store, wrong, 2, &err), SPIL_DB, "already exists");
    assert_int_equal(t_query(t->path, "PRAGMA user_version"), spil_schema_version());
    assert_int_equal(
        t_query(t->path, "SELECT count(*) FROM pragma_table_info('source') WHERE name = 'colour'"),
        0);
    assert_fails(spil_schema_migrate(t->store, breaks, 1, &err), SPIL_DB, "break 2 references");
    assert_int_equal(t_query(t->path, "SELECT count(*) FROM attribute"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T_STORE(store_open__takes_a_version_1_store),
        T_STORE(store_open__leads_an_old_store_to_the_tables_of_a_new_one),
        T_STORE(schema_migrate__runs_each_step_once),
        T_STORE(schema_migrate__leaves_the_old_store_when_a_step_fails),
    };
    return cmocka_run_group_tests_name("store_migrate", tests, NULL, NULL);
}
