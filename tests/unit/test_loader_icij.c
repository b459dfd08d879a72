/* test_loader_icij.c - the tables of Offshore Leaks. SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/t.h"
#include "tests/unit/t_case.h"

#define ENTITIES                                                                                   \
    "node_id,name,original_name,former_name,jurisdiction,jurisdiction_description,company_type,"   \
    "address,internal_id,incorporation_date,inactivation_date,struck_off_date,dorm_date,status,"   \
    "service_provider,ibcRUC,country_codes,countries,sourceID,valid_until,note\n"                  \
    "10000001,\"TIANSHENG CO., LTD.\",,,SAM,Samoa,,,,23-MAR-2006,,,,Defaulted,,25221,HKG,"         \
    "Hong Kong,Panama Papers,,\n"
#define OFFICERS                                                                                   \
    "node_id,name,countries,country_codes,sourceID,valid_until,note\n"                             \
    "12000001,KIM SOO IN,,,Panama Papers,,\n12000002,Tian Yuan Holdings S.A.,,,Panama Papers,,\n"  \
    "12000003,EL PORTADOR,,,Panama Papers,,\n,NOBODY,,,Panama Papers,,\n"
#define ADDRESSES                                                                                  \
    "node_id,address,name,countries,country_codes,sourceID,valid_until,note\n"                     \
    "24000001,\"SHIRLEY STS, NASSAU\",,Bahamas,BHS,Bahamas Leaks,,\n"
#define INTERMEDIARIES                                                                             \
    "node_id,name,status,internal_id,address,countries,country_codes,sourceID,valid_until,note\n"  \
    "11000001,\"PAPAGEORGE, MR.\",ACTIVE,10001,,South Africa,ZAF,Panama Papers,,\n"
#define RELATIONSHIPS                                                                              \
    "node_id_start,node_id_end,rel_type,link,status,start_date,end_date,sourceID\n"                \
    "12000001,10000001,officer_of,shareholder of,,23-MAR-2006,18-FEB-2013,Panama Papers\n"         \
    "12000002,10000001,officer_of,Director (of),,,,Panama Papers\n"                                \
    "12000001,24000001,registered_address,registered address,,,,Panama Papers\n"                   \
    "10000001,24000001,registered_address,,,,,Panama Papers\n"                                     \
    "11000001,10000001,intermediary_of,intermediary of,,,,Panama Papers\n"                         \
    "12000001,12000002,same_name_as,same name as,,,,Panama Papers\n"                               \
    "99,10000001,officer_of,,,,,Panama Papers\n10000001,10000001,similar,,,,,Panama Papers\n"      \
    "12000001,10000001,officer_of,,,2013-01-01,2012-01-01,Panama Papers\n"

static void icij_load__knows_the_tables_by_their_columns(void **state)
{
    t_case *const c = *state;
    const char *const paths[] = {
        t_case_text(c, "r.csv", RELATIONSHIPS), t_case_text(c, "o.csv", OFFICERS),
        t_case_text(c, "e.csv", ENTITIES), t_case_text(c, "a.csv", ADDRESSES),
        t_case_text(c, "i.csv", INTERMEDIARIES)};
    static const char *const parts[] = {
        "entity company icij-10000001 'TIANSHENG CO., LTD.' type 'Entity'\n",
        "icij-10000001.founded = 2006-03-23\n",
        "icij-10000001.ibcRUC = 25221\n",
        "entity company icij-11000001 'PAPAGEORGE, MR.' type 'Intermediary'\n",
        "entity person icij-12000001 'KIM SOO IN' type 'Officer'\n",
        "entity company icij-12000002 'Tian Yuan Holdings S.A.' type 'Officer'\n",
        "entity other icij-12000003 'EL PORTADOR' type 'Officer'\n",
        "entity address icij-24000001 'SHIRLEY STS, NASSAU' type 'Address'\n",
        ("link icij-12000001 -> icij-10000001 shareholder_of 'shareholder of' w 1 c 1 since "
         "'2006-03-23' until '2013-02-18'\n"),
        "link icij-12000002 -> icij-10000001 directs 'Director (of)' w",
        "link icij-12000001 -> icij-24000001 lives_at 'registered address' w",
        "link icij-10000001 -> icij-24000001 registered_at 'registered_address' w",
        "link icij-11000001 -> icij-10000001 related 'intermediary of' w",
        "link icij-12000001 -> icij-12000002 related 'same name as' w",
        "reject o.csv:5 [node_id] empty, expected a value",
        "reject r.csv:8 [node_id_start] no node has this id; expected one of this import",
        "reject r.csv:9 [node_id_end] loop: ",
        "reject r.csv:10 [end_date] '2012-01-01' is before the start",
        "drop r.csv [sourceID] 9\n"};
    t_case_assert_imported(c, t_case_import(c, paths, 5));
    t_case_assert_parts(c, parts, sizeof parts / sizeof *parts);
    for (size_t i = 0; i < 5; i++)
        assert_string_equal(c->summary->files[i].loader, "icij");
    assert_int_equal(c->summary->files[4].links, 6);
}

static void icij_load__refuses_a_table_that_lacks_columns(void **state)
{
    t_case *const c = *state;
    t_case_assert_refused(c, t_case_text(c, "x.csv", "node_id,note\n1,x\n"), SPIL_INPUT,
                          "it looks like a table of Offshore Leaks");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T_CASE(icij_load__knows_the_tables_by_their_columns),
        T_CASE(icij_load__refuses_a_table_that_lacks_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
