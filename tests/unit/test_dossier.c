/* What is known of some entities, as tables and files. SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/t.h"

#include "engine/store/alias.h"
#include "reports/dossier.h"
#include "tests/unit/t_result.h"
#include "tests/unit/t_store.h"

static spil_err err;

/* p1 directs c1 and met p2; p3 is the same as p1; two files of one name. */
static void fill(spil_store *store)
{
    assert_ok(spil_store_begin(store, &err));
    const int64_t one = t_add_source(store, "/secret/east/people.csv");
    const int64_t two = t_add_source(store, "/secret/west/people.csv");
    const int64_t p1 = t_put(store, SPIL_ENTITY_person, "p1", T_SCRIPT_NAME, one, 2);
    const int64_t p2 = t_put(store, SPIL_ENTITY_person, "p2", T_TURNED_NAME, one, 3);
    const int64_t p3 = t_put(store, SPIL_ENTITY_person, "p3", "Jan", two, 4);
    const int64_t c1 = t_put(store, SPIL_ENTITY_company, "c1", T_FORMULA_NAME, one, 5);
    const spil_new_link links[] = {
        {p1, c1, SPIL_LINK_directs, "boss", 1, 0.9, 300, 400, one, 6, NULL, 0},
        {p2, p3, SPIL_LINK_met, "", 2, 0.5, SPIL_NO_DAY, SPIL_NO_DAY, two, 7, NULL, 0}};
    for (size_t i = 0; i < 2; i++)
        assert_ok(spil_store_add_link(store, &links[i], &err));
    assert_ok(spil_store_add_attribute(store, p1, "bsn_hash", "c0ffee", one, 2, &err));
    assert_ok(spil_store_add_attribute(store, p1, "birth_hash", "c0ffee", one, 2, &err));
    assert_ok(spil_store_add_attribute(store, p3, "seen", "1970-06-01", two, 4, &err));
    const spil_new_signal sign = {p1, "sign", 0.5, 0.8, 350, one, 8};
    assert_ok(spil_store_add_signal(store, &sign, &err));
    const spil_new_role role = {p3, "no_model", "one", "doer", 0.9, two, 9};
    assert_ok(spil_store_add_role(store, &role, &err));
    const spil_resolution_row row = {"{}", "{}", "1"};
    const spil_alias same[] = {{p1, p1, p3, "name=equal", 9, 0.99},
                               {p3, p1, p1, "name=equal", 9, 0.99}};
    assert_ok(spil_store_put_aliases(store, &row, same, 2, &err));
    assert_ok(spil_store_commit(store, &err));
}

typedef struct made {
    spil_dossier dossier;
    spil_dossier_tables *tables;
} made;

static spil_status make(made *out, spil_store *store, const char *const *keys, size_t count,
                        spil_lang lang)
{
    spil_status rc = SPIL_OK;
    TRY(spil_dossier_load(&out->dossier, store, NULL, &err));
    TRY(spil_dossier_room(&out->dossier, count, &err));
    for (size_t i = 0; i < count; i++)
        TRY(spil_dossier_add(&out->dossier, keys[i], &err));
    rc = spil_dossier_tables_make(&out->tables, &out->dossier, lang, "Ann", &err);
done:
    return rc;
}

static void clear(made *m)
{
    spil_dossier_tables_free(m->tables);
    spil_dossier_clear(&m->dossier);
}

static const spil_dossier_table *table_of(const made *m, const char *name)
{
    for (size_t i = 0; i < m->tables->table_count; i++)
        if (strcmp(m->tables->tables[i].name, name) == 0)
            return &m->tables->tables[i];
    fail_msg("no table '%s'", name);
    return NULL;
}

static const spil_dossier_cell *cell_of(const spil_dossier_table *table, size_t row,
                                        const char *name)
{
    for (size_t c = 0; c < table->column_count; c++)
        if (strcmp(table->columns[c].name, name) == 0)
            return &table->cells.items[row * table->column_count + c];
    fail_msg("no column '%s'", name);
    return NULL;
}

static size_t rows_of(const spil_dossier_table *table, size_t subject)
{
    return table->row_of[subject + 1] - table->row_of[subject];
}

/* A merged key finds the whole, once; links of either record are links of both. */
static void dossier__holds_merged_records_as_one(void **state)
{
    t_store *const t = *state;
    static const char *const keys[] = {"p3", "p1", "c1"};
    made m = {0};
    fill(t->store);
    assert_ok(make(&m, t->store, keys, 3, SPIL_LANG_EN));
    assert_int_equal(m.tables->subject_count, 2);
    assert_string_equal(m.tables->subjects[0].key, "p1");
    assert_int_equal(rows_of(table_of(&m, "records"), 0), 2);
    const spil_dossier_table *const links = table_of(&m, "links");
    assert_int_equal(rows_of(links, 0), 2);
    assert_string_equal(cell_of(links, 0, "direction")->text, "from here");
    assert_string_equal(cell_of(links, 0, "other_key")->text, "c1");
    assert_string_equal(cell_of(links, 1, "direction")->text, "to here");
    assert_string_equal(cell_of(links, 1, "other_key")->text, "p2");
    assert_int_equal(rows_of(links, 1), 1);
    assert_string_equal(cell_of(links, 2, "other_key")->text, "p1");
    /* no model knows it: ids stand */
    assert_string_equal(cell_of(table_of(&m, "roles"), 0, "model")->text, "no_model");
    assert_false(m.tables->has_run);
    clear(&m);
}

static void dossier__tells_files_of_one_name_apart_and_no_folder(void **state)
{
    t_store *const t = *state;
    static const char *const keys[] = {"p1"};
    made m = {0};
    fill(t->store);
    assert_ok(make(&m, t->store, keys, 1, SPIL_LANG_EN));
    const spil_dossier_table *const sources = table_of(&m, "sources");
    assert_int_equal(rows_of(sources, 0), 2);
    const char *const first = cell_of(sources, 0, "file")->text;
    const char *const second = cell_of(sources, 1, "file")->text;
    assert_string_not_equal(first, second);
    assert_memory_equal(first, "people.csv (", 12);
    spil_str page = SPIL_STR_INIT;
    assert_ok(spil_dossier_html(m.tables, SPIL_LANG_EN, &page, &err));
    assert_null(strstr(page.text, "/secret"));
    spil_str_free(&page);
    clear(&m);
}

static void dossier__puts_what_has_a_date_in_order(void **state)
{
    t_store *const t = *state;
    static const char *const keys[] = {"p1"};
    static const spil_day days[] = {151, 300, 350, 400}; /* seen, begin, signal, end */
    made m = {0};
    fill(t->store);
    assert_ok(make(&m, t->store, keys, 1, SPIL_LANG_NL));
    const spil_dossier_table *const line = table_of(&m, "timeline");
    assert_int_equal(rows_of(line, 0), 4);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(cell_of(line, i, "date")->day, days[i]);
    assert_string_equal(cell_of(line, 0, "what")->text, "seen");
    assert_string_equal(cell_of(line, 1, "event")->text, "verband begint");
    clear(&m);
}

static void dossier_files__show_no_hash_and_run_no_name(void **state)
{
    t_store *const t = *state;
    static const char *const keys[] = {"p1", "p2", "c1"};
    made m = {0};
    spil_str page = SPIL_STR_INIT, json = SPIL_STR_INIT;
    fill(t->store);
    assert_ok(make(&m, t->store, keys, 3, SPIL_LANG_NL));
    assert_ok(spil_dossier_html(m.tables, SPIL_LANG_NL, &page, &err));
    assert_ok(spil_dossier_json(m.tables, SPIL_LANG_NL, &json, &err));
    assert_null(strstr(page.text, "c0ffee"));
    assert_null(strstr(json.text, "c0ffee"));
    assert_null(strstr(json.text, "_hash"));
    assert_null(strstr(page.text, "<img"));
    assert_null(strstr(page.text, "<script"));
    assert_null(strstr(page.text, T_TURNED_NAME));
    assert_non_null(strstr(page.text, "&lt;/script&gt;&lt;img"));
    assert_non_null(strstr(page.text, "Uitgegeven door"));
    spil_str_free(&page);
    spil_str_free(&json);
    clear(&m);
}

static void dossier_add__does_not_know_every_key(void **state)
{
    t_store *const t = *state;
    static const char *const keys[] = {"p9"};
    made m = {0};
    fill(t->store);
    assert_int_equal(make(&m, t->store, keys, 1, SPIL_LANG_EN), SPIL_NOT_FOUND);
    clear(&m);
}

static spil_status make_once(spil_store *store, spil_lang lang)
{
    static const char *const keys[] = {"p1", "c1"};
    spil_status rc = SPIL_OK;
    made m = {0};
    spil_str page = SPIL_STR_INIT;
    err = (spil_err)SPIL_ERR_INIT;
    TRY(make(&m, store, keys, 2, lang));
    rc = spil_dossier_html(m.tables, lang, &page, &err);
done:
    spil_str_free(&page);
    clear(&m);
    return rc;
}

static void dossier__survives_no_memory(void **state)
{
    t_store *const t = *state;
    fill(t->store);
    setenv("SPIL_MODELS", "tests/data/models", 1); /* a small one */
    assert_survives_no_memory(make_once(t->store, SPIL_LANG_NL));
    unsetenv("SPIL_MODELS");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T_STORE(dossier__holds_merged_records_as_one),
        T_STORE(dossier__tells_files_of_one_name_apart_and_no_folder),
        T_STORE(dossier__puts_what_has_a_date_in_order),
        T_STORE(dossier_files__show_no_hash_and_run_no_name),
        T_STORE(dossier_add__does_not_know_every_key),
        T_STORE(dossier__survives_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
