/* test_dutch.c - postcodes, house numbers, register numbers and names as Dutch exports write them.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "loaders/dutch.h"
#include "loaders/person_name.h"
#include "tests/unit/t.h"

typedef struct text_case {
    const char *text, *expected; /* NULL: it is no such thing */
} text_case;

#define CHECK(reader, room, cases)                                                                 \
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {                                    \
        char out[room] = "untouched";                                                              \
        const bool is = reader(cases[i].text, out);                                                \
        if (is != (cases[i].expected != NULL) ||                                                   \
            strcmp(out, is ? cases[i].expected : "untouched") != 0)                                \
            fail_msg("'%s' reads as '%s'", cases[i].text, out);                                    \
    }

static void dutch_postcode__has_one_form(void **state)
{
    (void)state;
    static const text_case cases[] = {
        {"1234AB", "1234AB"},
        {"1234 ab", "1234AB"},
        {" 1234  Ab ", "1234AB"},
        {"1234\xc2\xa0"
         "ab",
         "1234AB"},
        {"0234AB", NULL},
        {"1234SS", NULL},
        {"1234", NULL},
        {"1234ABC", NULL},
        {"123 4AB", NULL},
        {"B-1000", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char out[8] = "-";
        const bool is = spil_dutch_postcode(cases[i].text, out);
        if (is != (cases[i].expected != NULL) || strcmp(out, is ? cases[i].expected : "-") != 0)
            fail_msg("'%s' reads as '%s'", cases[i].text, out);
    }
}

static void dutch_numbers__get_their_leading_zeros_back(void **state)
{
    (void)state;
    static const text_case chamber[] = {{"12345678", "12345678"},    {"1234567", "01234567"},
                                        {" 12.345.678", "12345678"}, {"123456", NULL},
                                        {"123456789", NULL},         {"1234567a", NULL},
                                        {"00000000", NULL},          {"", NULL}};
    static const text_case branch[] = {{"000012345678", "000012345678"},
                                       {"12345678", "000012345678"},
                                       {"1234", NULL},
                                       {"0000123456789", NULL}};
    CHECK(spil_dutch_chamber_number, 16, chamber)
    CHECK(spil_dutch_branch_number, 16, branch)
}

static void dutch_phone__has_one_form(void **state)
{
    (void)state;
    static const text_case cases[] = {{"06-12345678", "+31612345678"},
                                      {"06 1234 5678", "+31612345678"},
                                      {" 0031 6 12345678", "+31612345678"},
                                      {"06\xc2\xa0-12345678", "+31612345678"},
                                      {"+31 (0)6 12345678", "+31612345678"},
                                      {"+31 06 12345678", "+31612345678"},
                                      {"(+31) 6 12345678", "+31612345678"},
                                      {"31612345678", "+31612345678"},
                                      {"612345678", "+31612345678"},
                                      {"(020) 123.45.67", "+31201234567"},
                                      {"0318/123456", "+31318123456"},
                                      {"0031318123456", "+31318123456"},
                                      {"+32 475 12 34 56", "+32475123456"},
                                      {"0049 30 1234567", "+49301234567"},
                                      {"201234567", NULL}, /* a number of another country? */
                                      {"0800-1234", NULL},
                                      {"0900-1234567", NULL},
                                      {"112", NULL},
                                      {"+31 6 1234567", NULL},
                                      {"+31 6 123456789", NULL},
                                      {"06-1234567", NULL},
                                      {"0012", NULL},
                                      {"+0612345678", NULL},
                                      {"06-1234xxxx", NULL},
                                      {"06-12345678 / 020-1234567", NULL},
                                      {"+1234567890123456", NULL},
                                      {"123456789012345678901234567890", NULL},
                                      {"+", NULL},
                                      {"", NULL}};
    CHECK(spil_dutch_phone, 24, cases)
}

static void dutch_citizen_number__passes_the_eleven_test_or_is_none(void **state)
{
    (void)state;
    static const text_case cases[] = {
        {"111222333", "111222333"}, {"123456782", "123456782"}, {"1112.22.333", "111222333"},
        {"12345672", "012345672"},  {"123456789", NULL},        {"111222334", NULL},
        {"000000000", NULL},        {"1112223330", NULL},       {"1234567", NULL},
        {"11122233x", NULL}};
    CHECK(spil_dutch_citizen_number, 16, cases)
    /* any one wrong digit, and any swap of two unequal neighbours, is seen */
    char out[16];
    for (int i = 0; i < 9; i++)
        for (char c = '0'; c <= '9'; c++) {
            char text[] = "123456782";
            if (text[i] == c)
                continue;
            text[i] = c;
            assert_false(spil_dutch_citizen_number(text, out));
        }
    for (int i = 0; i < 8; i++) {
        char text[] = "123456782";
        const char c = text[i];
        text[i] = text[i + 1];
        text[i + 1] = c;
        if (i < 7) /* the last weight is -1, not 1: 2 and -1 differ by 3, all others by 1 */
            assert_false(spil_dutch_citizen_number(text, out));
    }
}

static void dutch_house_number__is_split_into_parts(void **state)
{
    (void)state;
    static const text_case cases[] = {
        {"12", "12||"},
        {"12a", "12|A|"},
        {"12 A", "12|A|"},
        {"12-2", "12||2"},
        {"12a-2", "12|A|2"},
        {"12 a 2", "12|A|2"},
        {"12A2", "12|A|2"},
        {"12 bis", "12||BIS"},
        {"12-III", "12||III"},
        {"12 hs", "12||HS"},
        {"0012", "12||"},
        {"12/14", "12||14"},
        {"12 A bis", "12|A|BIS"},
        {"12 t/o", "12|T|O"},
        {"a12", NULL},
        {"", NULL},
        {"123456", NULL},
        {"12 (achter)", NULL},
        {"12-1 hoog", "12||1HOOG"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        spil_house_number out;
        char text[64] = "none";
        if (spil_dutch_house_number(cases[i].text, &out))
            (void)snprintf(text, sizeof text, "%s|%s|%s", out.number, out.letter, out.addition);
        if (strcmp(text, cases[i].expected ? cases[i].expected : "none") != 0)
            fail_msg("'%s' reads as %s", cases[i].text, text);
    }
    char text[40];
    spil_dutch_house_number_text(&(spil_house_number){"12", "A", "2"}, text);
    assert_string_equal(text, "12A-2");
}

static void dutch_address_line__is_taken_apart(void **state)
{
    (void)state;
    static const text_case cases[] = {
        {"Dorpsstraat 12 a, 1234 ab Ede", "Dorpsstraat|12 a|1234AB|Ede"},
        {"Dorpsstraat 12", "Dorpsstraat|12||"},
        {"Dorpsstraat 12-2, Ede", "Dorpsstraat|12-2||Ede"},
        {"Plein 1944 12, 6511JS Nijmegen", "Plein 1944|12|6511JS|Nijmegen"},
        {"Dorpsstraat 12 2", "Dorpsstraat|12 2||"},
        {"1e Dorpsstraat 3 bis", "1e Dorpsstraat|3 bis||"},
        {"Dorpsstraat 12 1234AB", "Dorpsstraat|12|1234AB|"},
        {"Dorpsstraat", NULL},
        {"12", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        spil_address_line a;
        char text[400] = "none";
        if (spil_dutch_address_line(cases[i].text, &a))
            (void)snprintf(text, sizeof text, "%s|%s|%s|%s", a.street, a.number, a.postcode,
                           a.city);
        if (strcmp(text, cases[i].expected ? cases[i].expected : "none") != 0)
            fail_msg("'%s' reads as %s", cases[i].text, text);
    }
}

static void person_name__is_the_same_from_every_form(void **state)
{
    (void)state;
    static const struct {
        spil_name_parts parts;
        const char *expected;
    } cases[] = {
        {{.full = "Vries, Jan de"}, "Jan||de|Vries"},
        {{.full = "Vries, de, Jan"}, "Jan||de|Vries"},
        {{.full = "Vries de, Jan"}, "Jan||de|Vries"},
        {{.full = "de Vries, Jan"}, "Jan||de|Vries"},
        {{.full = "Jan de Vries"}, "Jan||de|Vries"},
        {{.full = "J.P. van den Berg"}, "|J.P.|van den|Berg"},
        {{.full = "J P van den Berg"}, "|J.P.|van den|Berg"},
        {{.full = "Berg, JP van den"}, "|J.P.|van den|Berg"},
        {{.full = "Jan van 't Hof"}, "Jan||van 't|Hof"},
        {{.full = "\xe2\x80\x99t Hart, Maarten"}, "Maarten||\xe2\x80\x99t|Hart"},
        {{.full = "ten Brink, A."}, "|A.|ten|Brink"},
        {{.full = "Jansen"}, "|||Jansen"},
        {{.full = "Piet Jansen"}, "Piet|||Jansen"},
        {{.full = "Vries-Jansen, A.B. de"}, "|A.B.|de|Vries-Jansen"},
        {{.full = "De Wit"}, "||De|Wit"},
        {{.surname = "Vries", .prefix = "de", .given = "Jan Piet", .initials = "JP"},
         "Jan Piet|J.P.|de|Vries"},
        {{.surname = "Vries, de", .initials = "J P"}, "|J.P.|de|Vries"},
        {{.surname = "van der Meer", .initials = "Th.A"}, "|Th.A.|van der|Meer"},
        {{.surname = "Meer", .given = "J."}, "|J.||Meer"},
        {{.surname = "Meer", .initials = "Jan"}, "|J.||Meer"},
        {{.full = ""}, "|||"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        spil_person_name n;
        char text[600] = "";
        assert_true(spil_person_name_read(&cases[i].parts, &n));
        (void)snprintf(text, sizeof text, "%s|%s|%s|%s", n.given, n.initials, n.prefix, n.surname);
        if (strcmp(text, cases[i].expected) != 0)
            fail_msg("%zu: %s, expected %s", i, text, cases[i].expected);
    }
}

static void person_name__is_shown_as_it_is_said(void **state)
{
    (void)state;
    spil_person_name n;
    char text[4 * SPIL_NAME_ROOM];
    assert_true(spil_person_name_read(&(spil_name_parts){.full = "Vries, Jan de"}, &n));
    spil_person_name_text(&n, text);
    assert_string_equal(text, "Jan de Vries");
    assert_true(spil_person_name_read(&(spil_name_parts){.full = "Berg, J.P. van den"}, &n));
    spil_person_name_text(&n, text);
    assert_string_equal(text, "J.P. van den Berg");
    char longest[400];
    memset(longest, 'a', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    assert_false(spil_person_name_read(&(spil_name_parts){.full = longest}, &n));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(dutch_postcode__has_one_form),
        T(dutch_numbers__get_their_leading_zeros_back),
        T(dutch_phone__has_one_form),
        T(dutch_citizen_number__passes_the_eleven_test_or_is_none),
        T(dutch_house_number__is_split_into_parts),
        T(dutch_address_line__is_taken_apart),
        T(person_name__is_the_same_from_every_form),
        T(person_name__is_shown_as_it_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
