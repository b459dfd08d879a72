/* test_loader_native.c - native tables: good rows in, bad rows told. SPDX-License-Identifier:
 * GPL-3.0-or-later
 */
#include "tests/unit/t.h"
#include "tests/unit/t_case.h"

#define TWO_PERSONS "id,name\nP1,Jan\nP2,Piet\n"

static void with_persons(t_case *c)
{
    t_case_assert_imported(c, t_case_import_one(c, t_case_text(c, "persons.csv", TWO_PERSONS)));
}

/* ---- good rows ---- */

static void native_load__keeps_other_columns_as_attributes(void **state)
{
    t_case *const c = *state;
    t_case_assert_imported(c, t_case_take(c, "ID;Name;Country of residence;Municipality\n"
                                             "P1;\"Vries, Jan de\";NL;Ede\nP2;;;\n"));
    t_case_assert(c, "entity person P1 'Vries, Jan de' type ''\n"
                     "P1.country_of_residence = NL\nP1.municipality = Ede\n"
                     "entity person P2 '' type ''\n");
}

static void native_load__names_addresses_and_companies(void **state)
{
    t_case *const c = *state;
    const char *const paths[] = {t_case_text(c, "a.csv",
                                             "id,street,number,postcode,city,lat,lon,use\n"
                                             "A1,Dorpsstraat,12,1234 AB,Ede,52.1,5.6,barn\n"),
                                 t_case_text(c, "b.csv", "id,name,kvk\nC1,Bouw B.V.,12345678\n"),
                                 t_case_text(c, "c.csv", "id,kind,name\nT1,phone,0612\n")};
    t_case_assert_imported(c, t_case_import(c, paths, 3));
    t_case_assert(c, "entity address A1 'Dorpsstraat 12, Ede' type ''\n"
                     "A1.city = Ede\nA1.lat = 52.1\nA1.lon = 5.6\nA1.number = 12\n"
                     "A1.postcode = 1234 AB\nA1.street = Dorpsstraat\nA1.use = barn\n"
                     "entity company C1 'Bouw B.V.' type ''\nC1.kvk = 12345678\n"
                     "entity phone T1 '0612' type ''\n");
}

static void native_load__reads_links_with_weight_confidence_and_dates(void **state)
{
    t_case *const c = *state;
    with_persons(c);
    t_case_assert_imported(c, t_case_take(c, "from;to;kind;weight;confidence;grade;since;until\n"
                                             "P1;P2;met;1,5;;;31-12-2023;2024-01-31\n"
                                             "P2;P1;called;;0,25;B2;;\n"
                                             "P2;P1;knows;;;B2;20240131;31/1/2024\n"));
    t_case_assert(c, "entity person P1 'Jan' type ''\nentity person P2 'Piet' type ''\n"
                     "link P1 -> P2 met '' w 1.5 c 1 since '2023-12-31' until '2024-01-31'\n"
                     "link P2 -> P1 called '' w 1 c 0.25 since '' until ''\n"
                     "link P2 -> P1 knows '' w 1 c 0.765 since '2024-01-31' until '2024-01-31'\n");
}

static void native_load__reads_roles_and_signals_under_the_grade_of_the_source(void **state)
{
    t_case *const c = *state;
    with_persons(c);
    c->opts.grade = "b2";
    const char *const paths[] = {
        t_case_text(c, "r.csv",
                    "entity,model,step,role,confidence\nP1,weed,grow,grower,\n"
                    "P2,weed,grow,grower,0.5\n"),
        t_case_text(c, "s.csv",
                    "entity,code,strength,date,grade\nP1,cash,0.5,2024-01-31,A1\n"
                    "P2,cash,,,\n")};
    t_case_assert_imported(c, t_case_import(c, paths, 2));
    t_case_assert(c, "entity person P1 'Jan' type ''\nentity person P2 'Piet' type ''\n"
                     "role P1 weed/grow/grower c 0.765\nrole P2 weed/grow/grower c 0.5\n"
                     "signal P1 cash s 0.5 c 0.99 2024-01-31\nsignal P2 cash s 1 c 0.765 \n");
}

static void native_load__takes_a_list_of_names_as_the_kind_that_was_asked(void **state)
{
    t_case *const c = *state;
    c->opts.entity_kind = SPIL_ENTITY_company;
    t_case_assert_imported(c, t_case_take(c, "\"id\",\"name\"\n0,\"Bill\"\n"));
    t_case_assert(c, "entity company 0 'Bill' type ''\n");
}

/* ---- bad rows ---- */

static void native_load__rejects_bad_persons_with_line_and_column(void **state)
{
    t_case *const c = *state;
    t_case_assert_imported(c, t_case_take(c, "id,name\n,Jan\nP1\nP2,a,b\nP3,ok,\n\"P\n4\",x\n"));
    assert_int_equal(c->summary->files[0].rows, 5);
    assert_int_equal(c->summary->files[0].accepted, 1);
    assert_int_equal(c->summary->files[0].rejected, 4);
    t_case_assert(c, "entity person P3 'ok' type ''\n"
                     "reject x.csv:2 [id] empty, expected a value | ,Jan\n"
                     "reject x.csv:3 [] 1 values in the row, expected 2 | P1\n"
                     "reject x.csv:4 [] 3 values in the row, expected 2 | P2,a,b\n"
                     "reject x.csv:6 [id] a control character or line end in a key; expected plain "
                     "text | \"P\n4\",x\n");
}

static void native_load__rejects_a_key_that_is_another_kind(void **state)
{
    t_case *const c = *state;
    with_persons(c);
    t_case_assert_imported(c, t_case_take(c, "id,name,kvk\nP1,Bouw,1\n"));
    t_case_assert(c, "entity person P1 'Jan' type ''\nentity person P2 'Piet' type ''\n"
                     "reject x.csv:2 [id] 'P1' is known as person, not as company; expected "
                     "another key | P1,Bouw,1\n");
}

static void native_load__rejects_bad_places(void **state)
{
    t_case *const c = *state;
    t_case_assert_imported(c, t_case_take(c, "id,street,lat,lon\nA1,x,91,0\nA2,x,5,\"1,5\"\n"));
    t_case_assert(c, "reject x.csv:2 [lat] '91' is outside the range -90 to 90 | A1,x,91,0\n"
                     "reject x.csv:3 [lon] '1,5' is no number; expected one from -180 to 180 (a "
                     "decimal comma is understood "
                     "where ; separates, or with --decimal comma) | A2,x,5,\"1,5\"\n");
}

static void native_load__reads_a_thousand_as_its_column_writes_numbers(void **state)
{
    static const struct {
        const char *rows, *part;
    } cases[] = {
        /* evidence may come later in the file, and of its own column alone */
        {"P1;P2;met;1.234\nP1;P2;met;0,5\n", "met '' w 1234 c 1"},
        {"P1;P2;met;1.234\nP1;P2;met;0.5\n", "met '' w 1.234 c 1"},
        {"P1;P2;met;1,234\nP1;P2;met;5\n", "met '' w 1.234 c 1"},
        {"P1;P2;met;1,234\nP1;P2;met;0.5\n", "met '' w 1234 c 1"},
        {"P1;P2;met;1.234\nP1;P2;met;5\n", "[weight] '1.234' can be a thousand and more"},
        {"P1;P2;met;1.234\nP1;P2;met;0,5\nP1;P2;met;0.5\n", "are written in both ways"},
        {"P1;P2;met;1.234,5\n", "w 1234.5 c 1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        t_case c;
        char text[200];
        t_case_open(&c);
        with_persons(&c);
        (void)snprintf(text, sizeof text, "from;to;kind;weight\n%s", cases[i].rows);
        t_case_assert_imported(
            &c, t_case_import_one(&c, t_case_write(&c, "x.csv", text, strlen(text))));
        t_case_assert_parts(&c, &cases[i].part, 1);
        t_case_close(&c);
    }
    t_case *const c = *state;
    static const char *const parts[] = {"w 1 c 1 since", "w 1 c 0.125 since"};
    with_persons(c); /* the range tells: no confidence is a thousand */
    t_case_assert_imported(c, t_case_take(c, "from;to;kind;confidence\nP1;P2;met;1.000\n"
                                             "P1;P2;met;0.125\n"));
    t_case_assert_parts(c, parts, 2);
}

static void native_load__keeps_what_else_is_said_of_a_link(void **state)
{
    t_case *const c = *state;
    with_persons(c);
    t_case_assert_imported(
        c, t_case_take(c, "from,to,kind,Amount,currency,nationaliteit\nP1,P2,paid,12.50,EUR,x\n"
                          "P2,P1,paid,,,\nP1,P1,paid,9,EUR,\nP2,P1,met,,USD,\n"));
    t_case_assert(c, "entity person P1 'Jan' type ''\nentity person P2 'Piet' type ''\n"
                     "link P1 -> P2 paid '' w 1 c 1 since '' until ''\n"
                     "  amount = 12.50\n  currency = EUR\n"
                     "link P2 -> P1 met '' w 1 c 1 since '' until ''\n  currency = USD\n"
                     "link P2 -> P1 paid '' w 1 c 1 since '' until ''\n"
                     "reject x.csv:4 [to] loop: 'P1' is linked to itself; expected two different "
                     "entities | P1,P1,paid,9,EUR,"
                     "[dropped]\n"
                     "drop x.csv [nationaliteit] 1\n");
}

static void native_load__rejects_each_kind_of_bad_link(void **state)
{
    t_case *const c = *state;
    with_persons(c);
    t_case_assert_imported(
        c, t_case_take(c, "from,to,kind,weight,confidence,since,until\n"
                          "P1,P9,met,,,,\nP9,P1,met,,,,\nP1,P1,met,,,,\n"
                          "P1,P2,Met,,,,\nP1,P2,met,0,,,\nP1,P2,met,-1,,,\n"
                          "P1,P2,met,x,,,\nP1,P2,met,,1.5,,\nP1,P2,met,,,31-02-2024,\n"
                          "P1,P2,met,,,2024-02-01,2024-01-01\nP1,P2,met,nan,,,\n"));
    static const char *const expected[] = {
        "x.csv:2 [to] no entity has the key 'P9'",
        "x.csv:3 [from] no entity has the key 'P9'",
        "x.csv:4 [to] loop: 'P1' is linked to itself; expected two different entities",
        "x.csv:5 [kind] 'Met' is no kind of link; expected one of lives_at, ",
        "x.csv:6 [weight] a weight of 0, expected a number above 0",
        "x.csv:7 [weight] a weight of -1, expected a number above 0",
        "x.csv:8 [weight] 'x' is no number",
        "x.csv:9 [confidence] '1.5' is outside the range 0 to 1",
        "x.csv:10 [since] '31-02-2024' is no date that exists; expected 2024-12-31",
        "x.csv:11 [until] '2024-01-01' is before the start, '2024-02-01'; expected that day or",
        "x.csv:12 [weight] 'nan' is no number"};
    t_case_assert_parts(c, expected, sizeof expected / sizeof *expected);
    assert_int_equal(c->summary->files[0].links, 0);
    assert_int_equal(c->summary->files[0].rejected, 11);
}

static void native_load__rejects_bad_roles_signals_and_kinds(void **state)
{
    t_case *const c = *state;
    with_persons(c);
    const char *const paths[] = {
        t_case_text(c, "r.csv", "entity,model,step,role\nP1,m,,r\nP9,m,s,r\n"),
        t_case_text(c, "s.csv", "entity,code,strength,grade\nP1,,1,\nP1,x,2,\nP1,x,1,G9\n"),
        t_case_text(c, "e.csv", "id,kind\nX1,horse\n")};
    t_case_assert_imported(c, t_case_import(c, paths, 3));
    static const char *const expected[] = {"r.csv:2 [step] empty",
                                           "r.csv:3 [entity] no entity has the key 'P9'",
                                           "s.csv:2 [code] empty",
                                           "s.csv:3 [strength] '2' is outside",
                                           "s.csv:4 [grade] 'G9' is no grade",
                                           "e.csv:2 [kind] 'horse' is no kind of entity"};
    t_case_assert_parts(c, expected, sizeof expected / sizeof *expected);
}

static void native_load__shows_bytes_that_are_no_text(void **state)
{
    t_case *const c = *state;
    t_case_assert_imported(c, t_case_take(c, "id,name\nP1,\xc3\xa9\xc3\xa9\nP2,\xff\n\0,x\n"));
    t_case_assert(c, "entity person P1 '\xc3\xa9\xc3\xa9' type ''\n"
                     "reject x.csv:3 [] bytes that are no text in the character set of this file "
                     "(\\x.. in the raw text); expected text | P2,\\xff\n"
                     "reject x.csv:4 [] a zero byte (NUL) stands in the row; expected text | "
                     "\\x00,x\n");
}

/* ---- traits ---- */

static void native_load__drops_traits_and_counts_them(void **state)
{
    t_case *const c = *state;
    t_case_assert_imported(
        c, t_case_take(c, "id,name,Geboorte_Datum,BSN,municipality\n"
                          "P1,Jan,1980-01-31,123456782,Ede\nP2,Piet,,111222333,\n"));
    t_case_assert(c, "entity person P1 'Jan' type ''\nP1.municipality = Ede\n"
                     "entity person P2 'Piet' type ''\n"
                     "drop x.csv [Geboorte_Datum] 1\ndrop x.csv [BSN] 2\n");
    assert_int_equal(c->summary->files[0].dropped_columns, 2);
}

static void native_load__blots_traits_out_of_rejected_rows(void **state)
{
    t_case *const c = *state;
    t_case_assert_imported(c,
                           t_case_take(c, "id,name,nationality\n,Jan,secret\nP1,Jan,secret,secret\n"
                                          "P2,\"Jan,secret\n"));
    t_case_assert(c, "reject x.csv:2 [id] empty, expected a value | ,Jan,[dropped]\n"
                     "reject x.csv:3 [] 4 values in the row, expected 3 | "
                     "(not kept: this file has columns that Spil may not keep)\n"
                     "reject x.csv:4 [name] a quote (\") is opened here and not closed within the "
                     "lines that a value may span (64); expected a closing quote | "
                     "(not kept: this file has columns that Spil may not keep)\n"
                     "drop x.csv [nationality] 1\n");
}

/* ---- refused whole ---- */

static void native_load__refuses_a_header_that_lacks_a_column(void **state)
{
    t_case *const c = *state;
    static const struct {
        const char *header, *part;
    } cases[] = {
        {"name,municipality\nJan,Ede\n", "looks like the native table 'persons', but column 'id'"},
        {"id,municipality\nP1,Ede\n", "'persons', but column 'name' is missing"},
        {"name,kvk\nBouw,1\n", "'companies', but column 'id' is missing"},
        {"from,kind\nP1,met\n", "'links', but column 'to' is missing"},
        {"entity,model,step\nP1,m,s\n", "'roles', but column 'role' is missing"},
        {"id,name,name\nP1,a,b\n", "column 'name' stands twice"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *const path = t_case_write(c, "x.csv", cases[i].header, strlen(cases[i].header));
        t_case_assert_refused(c, path, SPIL_INPUT, cases[i].part);
        assert_non_null(strstr(c->err.msg, "x.csv:1: "));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T_CASE(native_load__keeps_other_columns_as_attributes),
        T_CASE(native_load__names_addresses_and_companies),
        T_CASE(native_load__reads_links_with_weight_confidence_and_dates),
        T_CASE(native_load__reads_roles_and_signals_under_the_grade_of_the_source),
        T_CASE(native_load__takes_a_list_of_names_as_the_kind_that_was_asked),
        T_CASE(native_load__rejects_bad_persons_with_line_and_column),
        T_CASE(native_load__rejects_a_key_that_is_another_kind),
        T_CASE(native_load__rejects_bad_places),
        T_CASE(native_load__reads_a_thousand_as_its_column_writes_numbers),
        T_CASE(native_load__keeps_what_else_is_said_of_a_link),
        T_CASE(native_load__rejects_each_kind_of_bad_link),
        T_CASE(native_load__rejects_bad_roles_signals_and_kinds),
        T_CASE(native_load__shows_bytes_that_are_no_text),
        T_CASE(native_load__drops_traits_and_counts_them),
        T_CASE(native_load__blots_traits_out_of_rejected_rows),
        T_CASE(native_load__refuses_a_header_that_lacks_a_column),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
