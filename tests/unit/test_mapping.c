/* test_mapping.c - what somebody's columns mean, in a file. SPDX-License-Identifier:
 * GPL-3.0-or-later
 */
#include "loaders/mapping.h"
#include "tests/unit/t.h"
#include "tests/unit/t_case.h"

#define PERSONS_MAPPING                                                                            \
    "# a comment\nkind: persons\ncolumns:\n  id: Subjectnummer\n  name: \"Volledige naam\"\n"      \
    "constants:\n  municipality: Ede\n"

static void mapping_load__renames_columns_and_adds_constants(void **state)
{
    t_case *const c = *state;
    c->opts.mapping = t_case_text(c, "m.yaml", PERSONS_MAPPING);
    t_case_assert_imported(c, t_case_take(c, "Volledige naam;Subjectnummer;name;Leeftijd\n"
                                             "Jan;7;alias;44\n;;x;\n"));
    t_case_assert(c, "entity person 7 'Jan' type ''\n7.municipality = Ede\n7.name = alias\n"
                     "reject x.csv:3 [Subjectnummer] empty, expected a value | ;;x;[dropped]\n"
                     "drop x.csv [Leeftijd] 1\n");
}

static void mapping_load__makes_links_of_one_kind(void **state)
{
    t_case *const c = *state;
    t_case_assert_imported(
        c, t_case_import_one(c, t_case_text(c, "p.csv", "id,name\n1,Jan\n2,Piet\n")));
    c->opts.mapping = t_case_text(c, "m.yaml",
                                  "kind: links\ncolumns: {from: A, to: B, weight: Keer}\n"
                                  "constants: {kind: called}\n");
    t_case_assert_imported(c, t_case_take(c, "Keer,A,B,Rest\n3,1,2,x\n"));
    static const char *const parts[] = {"link 1 -> 2 called '' w 3 ", "drop x.csv [Rest] 1"};
    t_case_assert_parts(c, parts, 2);
}

static void mapping_read__names_file_and_line_of_each_fault(void **state)
{
    (void)state;
    static const struct {
        const char *text, *part;
    } cases[] = {
        {"", "m.yaml:1:1: the file is empty"},
        {"- a\n", "m.yaml:1:1: a mapping is a block of keys and values"},
        {"kind: persons\n", "m.yaml:1:1: this mapping lacks 'columns'"},
        {"columns: {id: A}\n", "this mapping makes nothing: it lacks 'entities'"},
        {"kind: horses\n", "m.yaml:1:7: 'kind' is 'horses'; it is one of persons, addresses"},
        {"kind: persons\ncolumn:\n  id: A\n",
         "m.yaml:2:1: unknown key 'column' in this mapping (did"},
        {"kind: persons\nkind: links\n", "m.yaml:2:1: key 'kind' stands twice"},
        {"kind: persons\ncolumns: x\n", "m.yaml:2:10: 'columns' is a block of 1 to"},
        {"kind: persons\ncolumns:\n  id: {A: b}\n", "m.yaml:3:7: 'id' is one value"},
        {"kind: persons\ncolumns:\n  id: A\n  id: B\n", "m.yaml:4:3: this stands twice: 'id'"},
        {"kind: persons\ncolumns: {id: A, name: N}\nconstants:\n  id: B\n",
         "m.yaml:4:3: this stands twice: 'id'"},
        {"kind: persons\ncolumns:\n  id: BSN\n  name: N\n", "'BSN' is an identity number"},
        {"kind: persons\ncolumns:\n  age: A\n",
         "m.yaml:3:3: 'age': 'A' is age and may not come in"},
        {"kind: persons\ncolumns:\n  id: A\n  x: Nationaliteit\n",
         "m.yaml:4:3: 'x': 'Nationaliteit'"},
        {"kind: \"persons\n", "not well-formed YAML"},
        {"kind: persons\ncolumns:\n\tid: A\n", "m.yaml:3:1: not well-formed YAML"},
        {"kind: links\ncolumns: {from: A, to: B}\n", "m.yaml:1: kind 'links' needs 'kind'"},
        {"kind: addresses\ncolumns: {id: A}\n", "needs 'street' or 'postcode'"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        spil_err err;
        spil_mapping *mapping = NULL;
        assert_fails(spil_mapping_read_memory(&mapping, "m.yaml", cases[i].text,
                                              strlen(cases[i].text), &err),
                     SPIL_INPUT, cases[i].part);
        assert_null(mapping);
    }
}

static void mapping_load__says_what_does_not_fit_the_file(void **state)
{
    t_case *const c = *state;
    c->opts.mapping = t_case_text(c, "m.yaml", PERSONS_MAPPING);
    t_case_assert_refused(c, t_case_text(c, "x.csv", "Subjectnummer,Naam\n1,Jan\n"), SPIL_INPUT,
                          "m.yaml:5: column 'Volledige naam' stands nowhere in the header of ");
    t_case_assert_refused(c, t_case_text(c, "x.csv", "Subjectnummer,Subjectnummer\n1,Jan\n"),
                          SPIL_INPUT, "m.yaml:4: column 'Subjectnummer' stands twice");
    c->opts.mapping = t_case_text(c, "n.yaml", "kind: links\ncolumns:\n  from: A\n  to: B\n");
    t_case_assert_refused(c, t_case_text(c, "x.csv", "A,B\n1,2\n"), SPIL_INPUT,
                          "kind 'links' needs 'kind', which stands neither under columns");
    c->opts.mapping = t_case_text(c, "m.yaml", PERSONS_MAPPING);
    c->opts.loader = "edges";
    t_case_assert_refused(c, t_case_text(c, "x.csv", "A,B\n1,2\n"), SPIL_USAGE,
                          "does not go with loader 'edges'");
}

static spil_status read_sample(void)
{
    spil_mapping *mapping = NULL;
    const spil_status rc = spil_mapping_read_memory(&mapping, "m.yaml", PERSONS_MAPPING,
                                                    sizeof PERSONS_MAPPING - 1, NULL);
    spil_mapping_free(mapping);
    return rc;
}

static void mapping_read__survives_no_memory(void **state)
{
    (void)state;
    assert_survives_no_memory(read_sample());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T_CASE(mapping_load__renames_columns_and_adds_constants),
        T_CASE(mapping_load__makes_links_of_one_kind),
        T(mapping_read__names_file_and_line_of_each_fault),
        T_CASE(mapping_load__says_what_does_not_fit_the_file),
        T(mapping_read__survives_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
