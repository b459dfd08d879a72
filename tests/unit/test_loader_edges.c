/* test_loader_edges.c - plain lists of pairs. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/base/str.h"
#include "loaders/pair_join.h"
#include "tests/unit/t.h"
#include "tests/unit/t_case.h"

#define ENDS "entity person 1 '' type ''\nentity person 2 '' type ''\n"

static void edges_load__takes_lists_with_and_without_header(void **state)
{
    (void)state;
    static const char *const texts[] = {"from,to,weight\n1,2,3\n",
                                        "target;x;weight;source\n2;y;3;1\n",
                                        "1\t2\t3\n",
                                        "  1  2   3\n",
                                        "\"1\",\"2\",\"3\"\n",
                                        "# ego alter\n1 2 3\n",
                                        "1;2;3,0\n",
                                        "Source Target Weight\r\n1 2 3\r\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        t_case c;
        t_case_open(&c);
        t_case_assert_imported(
            &c, t_case_import_one(&c, t_case_write(&c, "x", texts[i], strlen(texts[i]))));
        static const char *const parts[] = {ENDS
                                            "link 1 -> 2 related '' w 3 c 1 since '' until ''\n"};
        t_case_assert_parts(&c, parts, 1);
        assert_int_equal(c.summary->files[0].links, 1);
        assert_string_equal(c.summary->files[0].loader, "edges");
        t_case_close(&c);
    }
}

static void edges_load__joins_a_pair_that_stands_twice_by_the_rule(void **state)
{
    (void)state;
    static const struct {
        spil_merge rule;
        const char *weight, *note;
    } cases[] = {{SPIL_MERGE_LAST, "w 2 ", "the last weight is kept"},
                 {SPIL_MERGE_FIRST, "w 5 ", "the first weight is kept"},
                 {SPIL_MERGE_SUM, "w 14 ", "the weights are added up"},
                 {SPIL_MERGE_MAX, "w 7 ", "the largest weight is kept"}};
    for (size_t i = 0; i < 4; i++) {
        t_case c;
        t_case_open(&c);
        c.opts.merge = cases[i].rule;
        c.opts.link_kind = SPIL_LINK_met;
        t_case_assert_imported(&c, t_case_take(&c, "1,2,5\n2,1,7\n3,1,1\n1,2,2\n1,3,1\n"));
        const spil_import_file *const file = &c.summary->files[0];
        assert_int_equal(file->links, 2);
        assert_int_equal(file->merged, 3);
        assert_int_equal(file->accepted, 5);
        assert_non_null(
            strstr(file->note, "pairs that stood more than once: 2, with another weight: 1; "));
        assert_non_null(strstr(file->note, cases[i].note));
        char link[64];
        (void)snprintf(link, sizeof link, "link 1 -> 2 met '' %s", cases[i].weight);
        t_case_assert_parts(&c, (const char *const[]){link, "link 3 -> 1 met '' w "}, 2);
        t_case_close(&c);
    }
}

static void edges_load__rejects_loops_and_bad_weights(void **state)
{
    t_case *const c = *state;
    t_case_assert_imported(c, t_case_take(c, "1 2 1\n3 3 1\n1 4 0\n1 5 x\n1 6\n1 7 -2\n"));
    static const char *const parts[] = {
        "x.csv:2 [2] loop: '3' is linked to itself; expected two different entities | 3 3 1\n",
        "x.csv:3 [3] a weight of 0", "x.csv:4 [3] 'x' is no number",
        "x.csv:5 [] 2 values in the row, expected 3", "x.csv:6 [3] a weight of -2, expected"};
    t_case_assert_parts(c, parts, sizeof parts / sizeof *parts);
    assert_int_equal(c->summary->files[0].entities, 2); /* bad rows make none */
}

static void edges_load__joins_ends_that_are_known_whatever_they_are(void **state)
{
    t_case *const c = *state;
    const char *const paths[] = {t_case_text(c, "e.csv", "from,to\n1,2\n1,9\n"),
                                 t_case_text(c, "n.csv", "id,name,kvk\n1,Bouw,7\n2,Sloop,8\n")};
    t_case_assert_imported(c, t_case_import(c, paths, 2));
    static const char *const parts[] = {"entity company 1 'Bouw'", "entity person 9 ''"};
    t_case_assert_parts(c, parts, 2);
}

static void edges_recognise__wants_numbers_or_a_header_unless_it_is_named(void **state)
{
    t_case *const c = *state;
    const char *const path = t_case_text(c, "x.csv", "Jan Piet\nPiet Klaas\n");
    t_case_assert_refused(c, path, SPIL_INPUT, "no loader knows this header: 'Jan,Piet'");
    c->opts.loader = "edges";
    t_case_assert_imported(c, t_case_import_one(c, path));
    assert_int_equal(c->summary->files[0].links, 2);
    assert_non_null(strstr(c->summary->files[0].note, "no header: the first row is a pair"));
    t_case_assert_imported(c, t_case_import_one(c, t_case_text(c, "z.csv", "from to 2\nto x 1\n")));
    assert_int_equal(c->summary->files[0].links, 2); /* no header names a number */
    t_case_assert_refused(c, t_case_text(c, "y.csv", "a1,b1,c1,d1\n"), SPIL_INPUT,
                          "an edge list has two columns");
}

static void edges_load__finds_every_pair_again_however_many_stand_between(void **state)
{
    t_case *const c = *state;
    spil_str text = SPIL_STR_INIT;
    for (int round = 0; round < 2; round++)
        for (int a = 1; a <= 60; a++)
            for (int b = 1; b <= 60; b++)
                if (a < b || (round && b < a))
                    spil_str_addf(&text, "%d %d 1\n", a, b);
    c->opts.merge = SPIL_MERGE_SUM;
    t_case_assert_imported(
        c, t_case_import_one(c, t_case_write(c, "x.csv", spil_str_text(&text), text.length)));
    const spil_import_file *const file = &c->summary->files[0];
    assert_int_equal(file->links, 60 * 59 / 2);
    assert_int_equal(file->merged, 60 * 59);
    assert_non_null(
        strstr(file->note, "pairs that stood more than once: 1770, with another weight: 0"));
    t_case_assert_parts(
        c,
        (const char *const[]){"link 1 -> 2 related '' w 3 c 1", "link 59 -> 60 related '' w 3 c 1"},
        2);
    spil_str_free(&text);
}

static void pair_join_add__tells_when_a_pair_is_complete(void **state)
{
    (void)state;
    spil_pair_join pairs = {.rule = SPIL_MERGE_MAX};
    spil_pair_row done = {0};
    assert_false(spil_pair_join_finish(&pairs, &done));
    assert_false(spil_pair_join_add(&pairs, &(spil_pair_row){1, 2, 5, 10}, &done));
    assert_false(spil_pair_join_add(&pairs, &(spil_pair_row){2, 1, 7, 11}, &done));
    assert_false(spil_pair_join_add(&pairs, &(spil_pair_row){1, 2, 7, 12}, &done));
    assert_true(spil_pair_join_add(&pairs, &(spil_pair_row){3, 1, 1, 13}, &done));
    assert_int_equal(done.from, 1);
    assert_int_equal(done.to, 2);
    assert_close(done.weight, 7, 0);
    assert_int_equal(done.line, 11); /* the first with the largest weight */
    assert_true(spil_pair_join_finish(&pairs, &done));
    assert_int_equal(done.line, 13);
    assert_int_equal(pairs.pairs, 2);
    assert_int_equal(pairs.again, 1);
    assert_int_equal(pairs.unequal, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(edges_load__takes_lists_with_and_without_header),
        T(edges_load__joins_a_pair_that_stands_twice_by_the_rule),
        T_CASE(edges_load__rejects_loops_and_bad_weights),
        T_CASE(edges_load__joins_ends_that_are_known_whatever_they_are),
        T_CASE(edges_recognise__wants_numbers_or_a_header_unless_it_is_named),
        T_CASE(edges_load__finds_every_pair_again_however_many_stand_between),
        T(pair_join_add__tells_when_a_pair_is_complete),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
