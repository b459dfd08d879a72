/* test_loader.c - imports as a whole: order, repetition, refusal, stopping, memory.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "loaders/limits.h"
#include "tests/unit/t.h"
#include "tests/unit/t_case.h"

#include <zlib.h>

#define PERSONS "id,name\nP1,Jan\nP2,Piet\n"
#define LINKS "from,to,kind\nP1,P2,met\n"

static void import__takes_entities_before_links_and_links_before_signals(void **state)
{
    t_case *const c = *state;
    const char *const paths[] = {t_case_text(c, "a.csv", "entity,code\nP1,cash\n"),
                                 t_case_text(c, "b.csv", LINKS), t_case_text(c, "c.csv", PERSONS)};
    t_case_assert_imported(c, t_case_import(c, paths, 3));
    assert_int_equal(c->summary->count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(c->summary->files[i].path, paths[2 - i]);
        assert_int_equal(c->summary->files[i].rejected, 0);
    }
}

static void import__notices_the_same_bytes(void **state)
{
    t_case *const c = *state;
    t_case_assert_imported(c, t_case_take(c, PERSONS));
    assert_false(c->summary->files[0].already);
    char *const before = t_case_dump(c);
    t_case_assert_imported(c, t_case_import_one(c, t_case_text(c, "other-name.csv", PERSONS)));
    assert_true(c->summary->files[0].already);
    assert_int_equal(c->summary->files[0].rows, 0);
    t_case_assert(c, before);
    spil_free(before);
}

static void import__looks_at_all_files_before_it_takes_the_first(void **state)
{
    t_case *const c = *state;
    const char *const paths[] = {t_case_text(c, "good.csv", PERSONS),
                                 t_case_text(c, "bad.csv", "x,y\nq,w\n")};
    assert_int_equal(t_case_import(c, paths, 2), SPIL_INPUT);
    assert_int_equal(c->summary->count, 0);
    assert_non_null(strstr(c->err.msg, "bad.csv:1: no loader knows this header: 'x,y'"));
    t_case_assert(c, "");
}

static void import__refuses_what_is_no_table_and_leaves_the_store_as_it_was(void **state)
{
    t_case *const c = *state;
    t_case_assert_imported(c, t_case_import_one(c, t_case_text(c, "p.csv", PERSONS)));
    t_case_assert_refused(c, t_case_text(c, "x.csv", ""), SPIL_INPUT, "x.csv: the file is empty");
    t_case_assert_refused(c,
                          t_case_text(c, "x.csv",
                                      "\x7f"
                                      "ELF\0\0\0"),
                          SPIL_INPUT, "x.csv: this is a binary file");
    t_case_assert_refused(c, t_case_text(c, "x.csv", "id,\"name\nP1,x\n"), SPIL_INPUT,
                          "x.csv:1: the header cannot be read: a quote");
    t_case_assert_refused(c, "no/such.csv", SPIL_NOT_FOUND, "no/such.csv: no such file");
    t_case_assert_refused(c, c->folder, SPIL_INPUT, "this is a folder");
}

static void import__refuses_a_truncated_gzip_after_many_rows(void **state)
{
    t_case *const c = *state;
    char path[128];
    (void)snprintf(path, sizeof path, "%s/x.csv.gz", c->folder);
    const gzFile file = gzopen(path, "wb");
    assert_true(gzprintf(file, "id,name\n") > 0);
    for (unsigned i = 0; i < 50000; i++)
        assert_true(gzprintf(file, "P%u,name %u\n", i, i * 2654435761U) > 0);
    assert_int_equal(gzclose(file), Z_OK);
    static char bytes[1 << 20];
    FILE *const packed = fopen(path, "rb");
    const size_t length = fread(bytes, 1, sizeof bytes, packed);
    (void)fclose(packed);
    t_case_assert_refused(c, t_case_write(c, "cut.csv.gz", bytes, length - 1000), SPIL_INPUT,
                          "cut.csv.gz: the gzip file is truncated");
    t_case_assert_imported(c, t_case_import_one(c, path)); /* the next command works */
    assert_int_equal(c->summary->files[0].entities, 50000);
}

static void import__rejects_a_field_of_a_megabyte_and_takes_the_rest(void **state)
{
    t_case *const c = *state;
    static char text[(1 << 20) + 64] = "id,name\nP1,";
    const size_t head = strlen(text);
    memset(text + head, 'x', 1000000);
    memcpy(text + head + 1000000, "\nP2,Piet\n", 9);
    t_case_assert_imported(c, t_case_import_one(c, t_case_write(c, "x.csv", text, strlen(text))));
    assert_int_equal(c->summary->files[0].accepted, 1);
    static const char *const parts[] = {"reject x.csv:2 [name] a value of more than 65536 bytes",
                                        "entity person P2 'Piet'"};
    t_case_assert_parts(c, parts, 2);
}

static void import__stops_on_request_and_undoes_the_file(void **state)
{
    t_case *const c = *state;
    const char *const path = t_case_text(c, "x.csv", PERSONS);
    spil_request_stop();
    assert_int_equal(t_case_import_one(c, path), SPIL_CANCELLED);
    spil_clear_stop();
    t_case_assert(c, "");
}

static void stop_at_first_show(const char *label, uint64_t done, uint64_t total, void *user)
{
    (void)done;
    (void)total;
    (void)user;
    if (label)
        spil_request_stop();
}

static void import__stops_in_the_middle_and_undoes_the_file(void **state)
{
    t_case *const c = *state;
    spil_progress progress = {.show = stop_at_first_show};
    c->opts.progress = &progress;
    assert_int_equal(t_case_take(c, PERSONS), SPIL_CANCELLED);
    spil_clear_stop();
    assert_int_equal(c->summary->count, 0);
    t_case_assert(c, "");
}

static void import__says_when_there_are_no_rows_and_what_charset_it_read(void **state)
{
    t_case *const c = *state;
    t_case_assert_imported(c, t_case_take(c, "id,name\n"));
    assert_string_equal(c->summary->files[0].note, "a header and no rows");
    t_case_assert_imported(c, t_case_take(c, "id;name\n1;Ren\xe9\n"));
    assert_string_equal(c->summary->files[0].note, "read as Windows-1252");
    static const char *const parts[] = {"entity person 1 'Ren\xc3\xa9'"};
    t_case_assert_parts(c, parts, 1);
}

static void import__says_which_loaders_there_are(void **state)
{
    t_case *const c = *state;
    c->opts.loader = "nosuch";
    assert_int_equal(t_case_take(c, PERSONS), SPIL_USAGE);
    assert_non_null(strstr(c->err.msg, "no loader 'nosuch'; there are "));
    assert_true(spil_loader_count() >= 3);
    for (size_t i = 0; i < spil_loader_count(); i++) {
        assert_non_null(strstr(c->err.msg, spil_loader_describe(i).name));
        assert_true(strlen(spil_loader_describe(i).summary) > 10);
    }
}

/* ---- grades ---- */

static void grade_confidence__is_the_product_and_falls_with_the_code(void **state)
{
    (void)state;
    spil_err err;
    double confidence, before = 2;
    assert_ok(spil_grade_confidence("B2", &confidence, &err));
    assert_close(confidence, 0.765, 1e-12);
    assert_ok(spil_grade_confidence("f6", &confidence, &err));
    assert_close(confidence, 0.25, 1e-12);
    for (char letter = 'A'; letter <= 'E'; letter++) {
        const char grade[3] = {letter, '1', '\0'};
        assert_ok(spil_grade_confidence(grade, &confidence, &err));
        assert_true(confidence < before);
        before = confidence;
    }
    static const char *const wrong[] = {"", "B", "2B", "G1", "A7", "B22", "\xc3\xa9"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_fails(spil_grade_confidence(wrong[i], &confidence, &err), SPIL_INPUT, "is no grade");
}

/* ---- memory ---- */

static const char *const sample_texts[] = {
    "id,name,age\nP1,Jan,4\nP2,\"Piet\",\n,x,1\nP3\n",
    "from,to,kind\nP1,P2,met\nP1,P9,met\n",
    "entity,code\nP1,cash\n",
    ":ID(x),name,a:int[],:LABEL\n1,Todd,1;2,Person\n2,,x,Crime\n",
    ":START_ID(x),:END_ID(x),:TYPE\n1,9,KNOWS\n",
    "1 2 3\n2 1 4\n3 3 1\n"};

enum { SAMPLES = sizeof sample_texts / sizeof *sample_texts };

/* A fresh store each time, so that every try walks the same way; only the import counts. */
static void import__survives_no_memory(void **state)
{
    (void)state;
    for (int64_t k = 1;; k++) {
        t_case c;
        t_case_open(&c);
        const char *paths[SAMPLES];
        for (size_t i = 0; i < SAMPLES; i++) {
            const char name[2] = {(char)('a' + i), '\0'};
            paths[i] = t_case_write(&c, name, sample_texts[i], strlen(sample_texts[i]));
        }
        spil_mem_fail_after(k);
        const spil_status rc = t_case_import(&c, paths, SAMPLES);
        spil_mem_fail_after(0);
        t_case_close(&c);
        if (rc == SPIL_OK)
            break;
        assert_int_equal(rc, SPIL_NO_MEMORY);
        assert_true(k < 100000);
    }
    assert_int_equal(spil_mem_live(), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T_CASE(import__takes_entities_before_links_and_links_before_signals),
        T_CASE(import__notices_the_same_bytes),
        T_CASE(import__looks_at_all_files_before_it_takes_the_first),
        T_CASE(import__refuses_what_is_no_table_and_leaves_the_store_as_it_was),
        T_CASE(import__refuses_a_truncated_gzip_after_many_rows),
        T_CASE(import__rejects_a_field_of_a_megabyte_and_takes_the_rest),
        T_CASE(import__stops_on_request_and_undoes_the_file),
        T_CASE(import__stops_in_the_middle_and_undoes_the_file),
        T_CASE(import__says_when_there_are_no_rows_and_what_charset_it_read),
        T_CASE(import__says_which_loaders_there_are),
        T(grade_confidence__is_the_product_and_falls_with_the_code),
        T(import__survives_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
