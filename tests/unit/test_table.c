/* test_table.c - rows and columns as people and programs read them.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/unit/t.h"

#include "engine/run/table.h"

static const spil_table_column columns[] = {
    {.name = "key"},
    {.name = "name", .label = "who", .shown = SPIL_SHOWN_PEOPLE, .places = 8},
    {.name = "hours", .unit = "h", .kind = SPIL_COLUMN_WHOLE},
    {.name = "share", .kind = SPIL_COLUMN_REAL, .places = 2},
};

static void add(spil_table *table, const char *key, const char *name, double hours, double share)
{
    spil_table_row(table);
    spil_table_text(table, key);
    spil_table_text(table, name);
    spil_table_number(table, hours);
    spil_table_number(table, share);
}

static void check(const spil_table *table, spil_table_format format, const char *expected)
{
    spil_err err = SPIL_ERR_INIT;
    spil_str text = SPIL_STR_INIT;
    assert_ok(spil_table_write(table, format, &text, &err));
    assert_string_equal(spil_str_text(&text), expected);
    spil_str_free(&text);
}

static spil_table *new_table(void)
{
    spil_err err = SPIL_ERR_INIT;
    spil_table *table = NULL;
    assert_ok(spil_table_new(&table, columns, sizeof columns / sizeof *columns, &err));
    return table;
}

static void table_write__aligns_texts_left_and_numbers_right(void **state)
{
    (void)state;
    spil_table *const table = new_table();
    add(table, "P2", "An", 8, 0.5);
    add(table, "P10", "Bé", 120, 1.0 / 3);
    check(table, SPIL_FORMAT_TABLE,
          "key  who  hours (h)  share\n"
          "P2   An           8   0.50\n"
          "P10  Bé         120   0.33\n");
    spil_table_free(table);
}

static void table_write__cuts_long_texts_and_counts_what_a_terminal_shows(void **state)
{
    (void)state;
    spil_table *const table = new_table();
    add(table, "P1", "Bartholomeus", 1, 0);
    add(table, "P2", "éééééééé", 1, 0);   /* eight places, sixteen bytes */
    add(table, "P3", "王小明王小", 1, 0); /* ten places */
    check(table, SPIL_FORMAT_TABLE,
          "key  who       hours (h)  share\n"
          "P1   Barth...          1   0.00\n"
          "P2   éééééééé          1   0.00\n"
          "P3   王小...           1   0.00\n");
    spil_table_free(table);
}

static void table_write__keeps_control_characters_off_the_terminal(void **state)
{
    (void)state;
    spil_table *const table = new_table();
    add(table, "a\033[2J", "x\ny\xff\u202e", 1, 0);
    check(table, SPIL_FORMAT_TABLE,
          "key    who    hours (h)  share\n"
          "a?[2J  x?y??          1   0.00\n");
    spil_table_free(table);
}

static void table_write__shows_what_has_no_value(void **state)
{
    (void)state;
    spil_table *const table = new_table();
    add(table, NULL, NULL, (double)NAN, HUGE_VAL);
    check(table, SPIL_FORMAT_TABLE,
          "key  who  hours (h)  share\n"
          "-    -            -      -\n");
    check(table, SPIL_FORMAT_CSV, "key,hours,share\n,,\n");
    check(table, SPIL_FORMAT_JSON, "[\n  {\"key\": null, \"hours\": null, \"share\": null}\n]");
    spil_table_free(table);
}

static void table_write__quotes_csv_and_json(void **state)
{
    (void)state;
    spil_table *const table = new_table();
    add(table, "a,\"b\"\n", "", 1e15, 1847.28041);
    check(table, SPIL_FORMAT_CSV,
          "key,hours,share\n\"a,\"\"b\"\"\n\",1000000000000000,1847.28041\n");
    check(table, SPIL_FORMAT_JSON,
          "[\n  {\"key\": \"a,\\\"b\\\"\\u000a\", \"hours\": 1000000000000000, "
          "\"share\": 1847.28041}\n]");
    spil_table_free(table);
}

static void table_write__leaves_an_empty_table_valid(void **state)
{
    (void)state;
    spil_table *const table = new_table();
    check(table, SPIL_FORMAT_CSV, "key,hours,share\n");
    check(table, SPIL_FORMAT_JSON, "[]");
    spil_table_free(table);
}

static void add_json_text__replaces_bytes_that_are_no_utf8(void **state)
{
    (void)state;
    spil_str text = SPIL_STR_INIT;
    spil_add_json_text(&text, "caf\xe9/\\\t");
    assert_string_equal(spil_str_text(&text), "\"caf\\ufffd/\\\\\\u0009\"");
    spil_str_free(&text);
}

static spil_status build(spil_table_format format)
{
    spil_err err = SPIL_ERR_INIT;
    spil_status rc = SPIL_OK;
    spil_table *table = NULL;
    spil_str text = SPIL_STR_INIT;
    TRY(spil_table_new(&table, columns, sizeof columns / sizeof *columns, &err));
    for (int i = 0; i < 40; i++)
        add(table, "key of some length", "name", i, 0.5 * i);
    rc = spil_table_write(table, format, &text, &err);
done:
    spil_str_free(&text);
    spil_table_free(table);
    return rc;
}

static void table__survives_no_memory(void **state)
{
    (void)state;
    assert_survives_no_memory(build(SPIL_FORMAT_TABLE));
    assert_survives_no_memory(build(SPIL_FORMAT_CSV));
    assert_survives_no_memory(build(SPIL_FORMAT_JSON));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(table_write__aligns_texts_left_and_numbers_right),
        T(table_write__cuts_long_texts_and_counts_what_a_terminal_shows),
        T(table_write__keeps_control_characters_off_the_terminal),
        T(table_write__shows_what_has_no_value),
        T(table_write__quotes_csv_and_json),
        T(table_write__leaves_an_empty_table_valid),
        T(add_json_text__replaces_bytes_that_are_no_utf8),
        T(table__survives_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
