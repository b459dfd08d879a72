/* test_intake_watch.c - numbers of citizens in a column that does not say so: the file is refused.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/base/str.h"
#include "tests/unit/t.h"
#include "tests/unit/t_case.h"

#include <string.h>

/* The n-th number of nine digits that passes the eleven test. */
static unsigned citizen_number(unsigned n)
{
    for (unsigned number = 100000000;; number++) {
        unsigned sum = 0, rest = number / 10;
        for (unsigned weight = 2; weight <= 9; weight++, rest /= 10)
            sum += weight * (rest % 10);
        if ((sum + 10 * (number % 10)) % 11 == 0 && n-- == 0) /* -1 is 10 among elevens */
            return number;
    }
}

/* "id,name,<column>" and rows; every bad-th number has another last digit. */
static const char *write_rows(t_case *c, const char *column, unsigned rows, unsigned different,
                              unsigned bad)
{
    spil_str text = SPIL_STR_INIT;
    spil_str_addf(&text, "id,name,%s\n", column);
    for (unsigned i = 0; i < rows; i++) {
        const unsigned number = citizen_number(i % different), digit = number % 10;
        const bool wrong = bad > 0 && i % bad == bad - 1;
        spil_str_addf(&text, "P%u,Jan,%09u\n", i,
                      wrong ? number - digit + (digit + 1) % 10 : number);
    }
    const char *const path = t_case_write(c, "x.csv", spil_str_text(&text), text.length);
    spil_str_free(&text);
    return path;
}

static void intake_watch__refuses_a_column_full_of_numbers_of_citizens(void **state)
{
    t_case *const c = *state;
    static const struct {
        unsigned rows, different, bad;
        const char *part;
    } cases[] = {
        {8, 8, 0, "column 'kenmerk': 8 of its first 8 values pass the eleven test"},
        {100, 50, 10, "column 'kenmerk': 90 of its first 100 values"},
        {500, 500, 0, "column 'kenmerk': 200 of its first 200 values"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        t_case_assert_refused(
            c, write_rows(c, "kenmerk", cases[i].rows, cases[i].different, cases[i].bad),
            SPIL_INPUT, cases[i].part);
}

static void intake_watch__refuses_them_as_keys_too(void **state)
{
    t_case *const c = *state;
    char text[400] = "id,name\n";
    for (unsigned i = 0; i < 8; i++)
        (void)snprintf(text + strlen(text), sizeof text - strlen(text), "%u,Jan\n",
                       citizen_number(i));
    t_case_assert_refused(c, t_case_write(c, "x.csv", text, strlen(text)), SPIL_INPUT,
                          "column 'id': 8 of its first 8 values");
}

static void intake_watch__lets_in_what_may_be_chance_or_is_an_organisation(void **state)
{
    t_case *const c = *state;
    static const struct {
        const char *column;
        unsigned rows, different, bad;
    } cases[] = {{"kenmerk", 7, 7, 0},
                 {"kenmerk", 100, 7, 0}, /* the same few again */
                 {"kenmerk", 100, 50, 5},
                 {"RSIN", 100, 50, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        t_case_assert_imported(c,
                               t_case_import_one(c, write_rows(c, cases[i].column, cases[i].rows,
                                                               cases[i].different, cases[i].bad)));
        assert_int_equal(c->summary->files[0].rejected, 0);
    }
}

static void intake_watch__leaves_columns_that_are_dropped_alone(void **state)
{
    t_case *const c = *state;
    t_case_assert_imported(c, t_case_import_one(c, write_rows(c, "BSN", 20, 20, 0)));
    assert_int_equal(c->summary->files[0].dropped_columns, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T_CASE(intake_watch__refuses_a_column_full_of_numbers_of_citizens),
        T_CASE(intake_watch__refuses_them_as_keys_too),
        T_CASE(intake_watch__lets_in_what_may_be_chance_or_is_an_organisation),
        T_CASE(intake_watch__leaves_columns_that_are_dropped_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
