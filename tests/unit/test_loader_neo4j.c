/* test_loader_neo4j.c - exports of graph stores, as neo4j-admin takes them.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/unit/t.h"
#include "tests/unit/t_case.h"

#define PEOPLE                                                                                     \
    ":ID,surname,name,:LABEL\n1,Hamilton,Todd,Person\n2,Lineen,Sophronia,Officer\n3,,,Person\n"

static void neo4j_load__names_nodes_by_their_label_and_keeps_the_word(void **state)
{
    t_case *const c = *state;
    t_case_assert_imported(c, t_case_take(c, PEOPLE));
    t_case_assert(c, "entity person 1 'Todd Hamilton' type 'Person'\n"
                     "1.name = Todd\n1.surname = Hamilton\n"
                     "entity official 2 'Sophronia Lineen' type 'Officer'\n"
                     "2.name = Sophronia\n2.surname = Lineen\n"
                     "entity person 3 '' type 'Person'\n");
}

static void neo4j_load__turns_types_into_kinds_and_reads_weights(void **state)
{
    t_case *const c = *state;
    const char *const paths[] = {
        t_case_text(c, "r.csv",
                    ":START_ID,:END_ID,:TYPE,weight:double,rel_type,since:date\n"
                    "1,2,KNOWS_LW,2.5,x,2024-01-31\n1,3,FAMILY_REL,,SIBLING,\n"
                    "2,3,MENTORS,,,\n3,1,,,,\n"),
        t_case_text(c, "n.csv", PEOPLE)};
    t_case_assert_imported(c, t_case_import(c, paths, 2));
    static const char *const parts[] = {
        "link 1 -> 2 knows 'KNOWS_LW' w 2.5 c 1 since '2024-01-31' until ''\n",
        "link 1 -> 3 family 'FAMILY_REL' w 1 c 1 since '' until ''\n",
        "link 2 -> 3 related 'MENTORS' w 1 c 1 since '' until ''\n",
        "link 3 -> 1 related '' w 1 c 1 since '' until ''\n", "drop r.csv [rel_type] 2\n"};
    t_case_assert_parts(c, parts, sizeof parts / sizeof *parts);
}

static void neo4j_load__keeps_id_spaces_apart(void **state)
{
    t_case *const c = *state;
    const char *const paths[] = {
        t_case_text(c, "p.csv", "personId:ID(Person),name,:LABEL\n1,Jan,Person\n"),
        t_case_text(c, "c.csv", ":ID(Company){id-type:string},name,:LABEL\n1,Bouw,Company\n"),
        t_case_text(c, "r.csv", ":START_ID(Person),:END_ID(Company),:TYPE\n1,1,OWNS\n")};
    t_case_assert_imported(c, t_case_import(c, paths, 3));
    t_case_assert(c, "entity company Company:1 'Bouw' type 'Company'\nCompany:1.name = Bouw\n"
                     "entity person Person:1 'Jan' type 'Person'\nPerson:1.name = Jan\n"
                     "Person:1.personId = 1\n"
                     "link Person:1 -> Company:1 owns 'OWNS' w 1 c 1 since '' until ''\n");
}

static void neo4j_load__takes_the_first_label_it_knows_and_arrays(void **state)
{
    t_case *const c = *state;
    t_case_assert_imported(
        c,
        t_case_take(c, "id:ID,title,nicknames:string[],n:int[],:LABEL,x:IGNORE\n"
                       "7,Report,de Neus;Kale,1;2,Node;Vehicle;Person,secret\n8,Thing,,,Odd,\n"));
    t_case_assert(c, "entity vehicle 7 '' type 'Node;Vehicle;Person'\n"
                     "7.id = 7\n7.n = 1\n7.n = 2\n7.nicknames = Kale\n7.nicknames = de Neus\n"
                     "7.title = Report\n"
                     "entity other 8 'Thing' type 'Odd'\n8.id = 8\n8.title = Thing\n"
                     "drop x.csv [x:IGNORE] 1\n");
}

static void neo4j_load__rejects_rows_whose_values_are_not_of_their_type(void **state)
{
    t_case *const c = *state;
    t_case_assert_imported(c, t_case_take(c, ":ID,lat:double,n:int,b:boolean,d:date,a:int[]\n"
                                             "1,x,,,,\n2,,1.5,,,\n3,,,maybe,,\n4,,,,2024-13-01,\n"
                                             "5,,,,,1;x\n,,,,,\n7,1e3,-5,TRUE,2024-12-01,1;2\n"));
    static const char *const parts[] = {
        "x.csv:2 [lat:double] 'x' found, expected a number | 1,x,,,,\n",
        "x.csv:3 [n:int] '1.5' found, expected a whole number",
        "x.csv:4 [b:boolean] 'maybe' found, expected true or false",
        "x.csv:5 [d:date] '2024-13-01' found, expected a date",
        "x.csv:6 [a:int[]] 'x' found, expected a whole number",
        "x.csv:7 [:ID] empty, expected a value",
        "entity other 7 '' type ''\n"};
    t_case_assert_parts(c, parts, sizeof parts / sizeof *parts);
    assert_int_equal(c->summary->files[0].entities, 1);
}

static void neo4j_load__rejects_relationships_without_ends(void **state)
{
    t_case *const c = *state;
    const char *const paths[] = {
        t_case_text(c, "n.csv", PEOPLE),
        t_case_text(c, "r.csv", ":START_ID,:END_ID,:TYPE\n1,9,KNOWS\n,1,KNOWS\n1,1,KNOWS\n")};
    t_case_assert_imported(c, t_case_import(c, paths, 2));
    static const char *const parts[] = {
        "r.csv:2 [:END_ID] no entity has the key '9'", "r.csv:3 [:START_ID] empty",
        "r.csv:4 [:END_ID] loop: '1' is linked to itself; expected two different entities"};
    t_case_assert_parts(c, parts, 3);
    assert_int_equal(c->summary->files[1].links, 0);
}

static void neo4j_load__drops_traits_also_with_a_type(void **state)
{
    t_case *const c = *state;
    t_case_assert_imported(
        c, t_case_take(c, ":ID,age:int,nhs_no,name,:LABEL\n1,44,117-66,Todd,Person\n"));
    t_case_assert(c, "entity person 1 'Todd' type 'Person'\n1.name = Todd\n"
                     "drop x.csv [age:int] 1\ndrop x.csv [nhs_no] 1\n");
}

static void neo4j_load__refuses_headers_that_cannot_be_right(void **state)
{
    t_case *const c = *state;
    static const struct {
        const char *text, *part;
    } cases[] = {
        {":START_ID,:TYPE\n1,KNOWS\n", "column ':END_ID' is missing"},
        {"name,:LABEL\nJan,Person\n", "need a column ':ID'"},
        {":ID,x:foo\n1,2\n", "column 'x:foo': 'foo' is no type that Spil knows"},
        {":ID,b:ID\n1,2\n", "columns ':ID' and 'b:ID' are the same"},
        {"bsn:ID,name\n1,2\n", "column 'bsn:ID' cannot be a key: it is an identity number"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        t_case_assert_refused(c, t_case_write(c, "x.csv", cases[i].text, strlen(cases[i].text)),
                              SPIL_INPUT, cases[i].part);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T_CASE(neo4j_load__names_nodes_by_their_label_and_keeps_the_word),
        T_CASE(neo4j_load__turns_types_into_kinds_and_reads_weights),
        T_CASE(neo4j_load__keeps_id_spaces_apart),
        T_CASE(neo4j_load__takes_the_first_label_it_knows_and_arrays),
        T_CASE(neo4j_load__rejects_rows_whose_values_are_not_of_their_type),
        T_CASE(neo4j_load__rejects_relationships_without_ends),
        T_CASE(neo4j_load__drops_traits_also_with_a_type),
        T_CASE(neo4j_load__refuses_headers_that_cannot_be_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
