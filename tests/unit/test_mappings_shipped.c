/* test_mappings_shipped.c - the mappings that ship, each on an invented export, and guesses at
 * these. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an import of tests/data/mappings/<name>.csv makes stands in <name>.txt beside it; with
 * UPDATE=1 in the environment the program writes these anew, for a person to look at.
 */
#include "engine/base/file.h"
#include "engine/base/secret.h"
#include "loaders/mapping.h"
#include "loaders/preview.h"
#include "loaders/suggest.h"
#include "tests/unit/t.h"
#include "tests/unit/t_case.h"

#include <stdlib.h>

static const char *const names[] = {"brp", "kadaster", "kvk", "permits", "suspects"};
enum { NAME_COUNT = sizeof names / sizeof *names };

static const char *path_of(const char *folder, const char *name, const char *end)
{
    static char paths[8][96];
    static size_t next;
    char *const path = paths[next++ % 8];
    (void)snprintf(path, sizeof paths[0], "%s/%s.%s", folder, name, end);
    return path;
}

static void compare(t_case *c, const char *expected_path)
{
    spil_err err;
    char *const found = t_case_dump(c), *expected = NULL;
    size_t length = 0;
    if (getenv("UPDATE"))
        assert_ok(spil_write_file(expected_path, found, strlen(found), &err));
    assert_ok(spil_read_file(&expected, &length, expected_path, (size_t)1 << 20, &err));
    assert_string_equal(found, expected);
    spil_free(found);
    spil_free(expected);
}

static void mappings__make_of_the_examples_what_they_should(void **state)
{
    (void)state;
    for (size_t i = 0; i < NAME_COUNT; i++) {
        t_case c;
        t_case_open(&c);
        c.opts.mapping = path_of("datasets/mappings", names[i], "yaml");
        t_case_assert_imported(
            &c, t_case_import_one(&c, path_of("tests/data/mappings", names[i], "csv")));
        compare(&c, path_of("tests/data/mappings", names[i], "txt"));
        t_case_close(&c);
    }
}

/* One case from all five: the same address and company come from several of them. */
static void mappings__meet_in_the_same_entities(void **state)
{
    t_case *const c = *state;
    uint64_t together = 0, apart = 0;
    for (size_t i = 0; i < NAME_COUNT; i++) {
        t_case alone;
        t_case_open(&alone);
        alone.opts.mapping = c->opts.mapping = path_of("datasets/mappings", names[i], "yaml");
        const char *const path = path_of("tests/data/mappings", names[i], "csv");
        t_case_assert_imported(c, t_case_import_one(c, path));
        t_case_assert_imported(&alone, t_case_import_one(&alone, path));
        together += c->summary->files[0].entities;
        apart += alone.summary->files[0].entities;
        t_case_close(&alone);
    }
    /* two addresses stand in all five, two companies in two of them: 2 x 4 + 2 */
    assert_int_equal(apart - together, 10);
    static const char *const parts[] = {
        "brp:1 -> adr:1234AB:12A lives_at", "kvk:01234567 -> adr:1234AB:12A registered_at",
        "kvk:23456789 -> adr:1234AB:12A owns", "incident:2024001 -> adr:1234AB:12A occurred_at",
        "kvk:34567890 -> permit:Z-1 party_to"};
    t_case_assert_parts(c, parts, 5);
}

static void mappings__hash_numbers_and_dates_under_a_key(void **state)
{
    t_case *const c = *state;
    spil_err err;
    char key[160];
    (void)snprintf(key, sizeof key, "%s/a.key", c->folder);
    assert_ok(spil_secret_make(key, &err));
    c->opts.key = key;
    static const char *const with_hash[] = {"brp", "kvk", "kadaster", "suspects"};
    for (size_t i = 0; i < 4; i++) {
        c->opts.mapping = path_of("datasets/mappings", with_hash[i], "yaml");
        t_case_assert_imported(
            c, t_case_import_one(c, path_of("tests/data/mappings", with_hash[i], "csv")));
    }
    /* the same date of birth from four sources is the same hash */
    char *const dump = t_case_dump(c);
    static const char *const persons[] = {
        "brp:1.birth_hash = ", "kvk:01234567/jandevries.birth_hash = ",
        "parcel:pfd00c5/jandevries.birth_hash = ", "police:S1.birth_hash = "};
    const char *first = NULL;
    for (size_t i = 0; i < 4; i++) {
        const char *const at = strstr(dump, persons[i]);
        if (!at)
            fail_msg("'%s' is missing in\n%s", persons[i], dump);
        const char *const hash = at + strlen(persons[i]);
        first = first ? first : hash;
        assert_memory_equal(hash, first, 32);
    }
    assert_non_null(strstr(dump, "brp:1.bsn_hash = "));
    assert_null(strstr(dump, "111222333"));
    assert_null(strstr(dump, "1970"));
    spil_free(dump);
}

/* ---- guesses ---- */

static spil_status count_rows(const spil_preview_row *row, void *user, spil_err *err)
{
    (void)row;
    (void)err;
    ++*(size_t *)user;
    return SPIL_OK;
}

static spil_mapping *guess(const char *path, spil_str *text)
{
    spil_err err;
    spil_mapping *mapping = NULL;
    assert_ok(spil_mapping_suggest(text, path, &err));
    assert_ok(spil_mapping_read_memory(&mapping, "guess.yaml", text->text, text->length, &err));
    return mapping;
}

static void mapping_suggest__can_be_used_as_it_stands_and_shows_no_values(void **state)
{
    (void)state;
    static const char *const values[] = {"Vries",       "Berg",   "111222333",    "1970",
                                         "Dorpsstraat", "4321",   "Bestuurders|", "12345678",
                                         "AB-12",       "2024001"};
    for (size_t i = 0; i < NAME_COUNT; i++) {
        spil_err err;
        spil_str text = SPIL_STR_INIT;
        spil_preview_counts counts;
        size_t seen = 0;
        const spil_import_opts opts = SPIL_IMPORT_OPTS_DEFAULTS;
        const char *const path = path_of("tests/data/mappings", names[i], "csv");
        spil_mapping *const mapping = guess(path, &text);
        assert_ok(
            spil_mapping_preview(mapping, path, &opts, 100, count_rows, &seen, &counts, &err));
        assert_true(counts.rows >= 3);
        assert_true(counts.entities >= 3);
        assert_true(counts.links >= 1);
        for (size_t v = 0; v < sizeof values / sizeof *values; v++)
            if (strstr(text.text, values[v]))
                fail_msg("'%s' of %s stands in the guess", values[v], path);
        spil_mapping_free(mapping);
        spil_str_free(&text);
    }
}

static void mapping_suggest__knows_numbers_of_citizens_by_the_eleven_test(void **state)
{
    t_case *const c = *state;
    spil_str text = SPIL_STR_INIT;
    /* nine numbers that pass; the name of the column says nothing */
    const char *const path =
        t_case_text(c, "x.csv",
                    "Kolom1,Naam\n111222333,a\n123456782,b\n012345672,c\n111222333,d\n"
                    "123456782,e\n012345672,f\n111222333,g\n123456782,h\n012345672,i\n");
    spil_mapping *const mapping = guess(path, &text);
    assert_non_null(
        strstr(text.text, "bsn: \"Kolom1\"   # citizen service number (by its values)"));
    assert_non_null(strstr(text.text, "bsn: \"<bsn>\"   # kept as keyed hash alone"));
    spil_mapping_free(mapping);
    spil_str_free(&text);
}

static void assert_says(const spil_str *text, const char *const *parts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!strstr(text->text, parts[i]))
            fail_msg("'%s' does not stand in:\n%s", parts[i], text->text);
}

static void mapping_suggest__makes_sense_of_a_messy_export(void **state)
{
    t_case *const c = *state;
    spil_str text = SPIL_STR_INIT;
    static const char *const parts[] = {
        "id: \"kvk:<chamber_number|chamber_number>\"", /* one in three is none: its row goes */
        "'Bestuurder 2' is not used: 1 of 3 rows filled, 1 different; like 'Bestuurder 1' "
        "(directors)",
        "founded: \"Oprichting\"   # first day of a company: 3 of 3 rows filled, 3 different, 3 "
        "are dates\n",
        "phone: \"Tel.nr\"", "- {from: company, to: phone, kind: uses}"};
    const char *const path = t_case_text(
        c, "x.csv",
        "KvK-nr;Naam;Oprichting;Bestuurder 1;Bestuurder 2;Tel.nr\n1234567;A;20150131;J. "
        "Bos;;06-1\n12345678;B;20160229;K. Vos;L. Mos;06-2\nkapot;C;20170331;M. Los;;06-3\n");
    spil_mapping_free(guess(path, &text));
    assert_says(&text, parts, sizeof parts / sizeof *parts);
    spil_str_free(&text);
}

static void mapping_suggest__says_in_which_order_dates_are(void **state)
{
    t_case *const c = *state;
    spil_str text = SPIL_STR_INIT;
    const char *const path = t_case_text(c, "x.csv", "Naam,Datum\na,12/31/2024\nb,1/2/2024\n");
    spil_mapping *const mapping = guess(path, &text);
    assert_int_equal(mapping->dates.order, SPIL_MONTH_FIRST);
    spil_mapping_free(mapping);
    spil_str_free(&text);
}

static void mapping_suggest__writes_odd_names_so_that_they_can_be_read(void **state)
{
    t_case *const c = *state;
    spil_str text = SPIL_STR_INIT;
    const char *const path =
        t_case_text(c, "x.csv", "\"a \"\"b\"\": <c> | d?\",\"#x: y\"\n1,2\n3,4\n");
    spil_mapping *const mapping = guess(path, &text);
    assert_int_equal(mapping->entity_count, 1);
    spil_mapping_free(mapping);
    spil_str_free(&text);
    spil_err err;
    assert_fails(spil_mapping_suggest(&text, "/nowhere/x.csv", &err), SPIL_NOT_FOUND, "nowhere");
    spil_str_free(&text);
}

static spil_status guess_without_memory(void)
{
    spil_str text = SPIL_STR_INIT;
    static const char bytes[] = "KvK,Bestuurders,PC\n12345678,A|B,1234AB\n23456789,C,1234AC\n";
    const spil_status rc =
        spil_mapping_suggest_memory(&text, "x.csv", bytes, sizeof bytes - 1, NULL);
    spil_str_free(&text);
    return rc;
}

static void mapping_suggest__survives_no_memory(void **state)
{
    (void)state;
    assert_survives_no_memory(guess_without_memory());
}

static spil_status preview_without_memory(void)
{
    size_t seen = 0;
    spil_mapping *mapping = NULL;
    spil_preview_counts counts;
    const spil_import_opts opts = SPIL_IMPORT_OPTS_DEFAULTS;
    spil_status rc = spil_mapping_read(&mapping, "datasets/mappings/kvk.yaml", NULL);
    if (rc == SPIL_OK)
        rc = spil_mapping_preview(mapping, "tests/data/mappings/kvk.csv", &opts, 10, count_rows,
                                  &seen, &counts, NULL);
    spil_mapping_free(mapping);
    return rc;
}

static void mapping_preview__survives_no_memory(void **state)
{
    (void)state;
    assert_survives_no_memory(preview_without_memory());
}

static void mapping_find__knows_those_that_ship(void **state)
{
    (void)state;
    spil_err err;
    char *path = NULL;
    spil_mapping_names all = {0};
    assert_ok(spil_mapping_list(&all, &err));
    assert_int_equal(all.count, NAME_COUNT);
    for (size_t i = 0; i < NAME_COUNT; i++)
        assert_string_equal(all.items[i], names[i]);
    spil_mapping_names_free(&all);
    assert_ok(spil_mapping_find(&path, "kvk", &err));
    assert_string_equal(spil_path_name(path), "kvk.yaml");
    spil_free(path);
    path = NULL;
    assert_fails(spil_mapping_find(&path, "kvkk", &err), SPIL_NOT_FOUND,
                 "those that do: brp, kadaster, kvk, permits, suspects");
    assert_null(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(mappings__make_of_the_examples_what_they_should),
        T_CASE(mappings__meet_in_the_same_entities),
        T_CASE(mappings__hash_numbers_and_dates_under_a_key),
        T(mapping_suggest__can_be_used_as_it_stands_and_shows_no_values),
        T_CASE(mapping_suggest__knows_numbers_of_citizens_by_the_eleven_test),
        T_CASE(mapping_suggest__makes_sense_of_a_messy_export),
        T_CASE(mapping_suggest__says_in_which_order_dates_are),
        T_CASE(mapping_suggest__writes_odd_names_so_that_they_can_be_read),
        T(mapping_suggest__survives_no_memory),
        T(mapping_preview__survives_no_memory),
        T(mapping_find__knows_those_that_ship),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
