/* test_loader_bods.c - statements of beneficial ownership. SPDX-License-Identifier:
 * GPL-3.0-or-later
 */
#include "tests/unit/t.h"
#include "tests/unit/t_case.h"

#define take_json(c, text) t_case_import_one((c), t_case_text((c), "x.json", text))
#define STATEMENT(record, status, type, details)                                                   \
    "{\"statementId\":\"s\",\"recordId\":\"" record "\",\"recordStatus\":\"" status                \
    "\",\"statementDate\":\"2021-02-03\",\"recordType\":\"" type "\",\"recordDetails\":{" details  \
    "}}"
#define PLACE "\"address\":\"Dorpsstraat 1, Ede\",\"postCode\":\"6711AB\""
#define COMPANY                                                                                    \
    STATEMENT("c1", "new", "entity",                                                               \
              "\"entityType\":{\"type\":\"registeredEntity\"},\"name\":\"Acme BV\","               \
              "\"alternateNames\":[\"Acme\"],\"jurisdiction\":{\"name\":\"NL\",\"code\":\"nl\"},"  \
              "\"foundingDate\":\"2010-01-02\",\"identifiers\":[{\"scheme\":\"NL-KVK\","           \
              "\"id\":\"12345678\"},{\"scheme\":\"XI-LEI\",\"id\":\"9\"}],"                        \
              "\"addresses\":[{\"type\":\"registered\"," PLACE ",\"country\":{\"code\":\"NL\"}}]")
#define PERSON(status, name)                                                                       \
    STATEMENT("p1", status, "person",                                                              \
              "\"personType\":\"knownPerson\",\"names\":[{\"fullName\":\"" name "\"},"             \
              "{\"givenName\":\"J.\",\"familyName\":\"Boer\"}],\"nationalities\":[{\"code\":"      \
              "\"NL\"}],\"birthDate\":\"1980\",\"identifiers\":[{\"id\":\"1\"}],"                  \
              "\"addresses\":[{" PLACE "}]")
#define INTERESTS                                                                                  \
    "\"subject\":\"c1\",\"interestedParty\":\"p1\",\"interests\":["                                \
    "{\"type\":\"shareholding\",\"share\":{\"minimum\":25,\"maximum\":50},\"directOrIndirect\":"   \
    "\"indirect\",\"beneficialOwnershipOrControl\":true,\"startDate\":\"2016-04-06\"},"            \
    "{\"type\":\"boardMember\"},{\"type\":\"votingRights\",\"share\":{\"exact\":51.5}}]"

static void bods_load__makes_parties_addresses_and_a_link_an_interest(void **state)
{
    t_case *const c = *state;
    t_case_assert_imported(
        c, take_json(c, STATEMENT("r1", "new", "relationship",
                                  INTERESTS) "\n" COMPANY "\n" PERSON("new", "Jan") "\n"));
    t_case_assert(
        c, "entity address address:Dorpsstraat 1, Ede, 6711AB 'Dorpsstraat 1, Ede' type 'address'\n"
           "address:Dorpsstraat 1, Ede, 6711AB.country = NL\n"
           "address:Dorpsstraat 1, Ede, 6711AB.postcode = 6711AB\n"
           "entity company c1 'Acme BV' type 'registeredEntity'\n"
           "c1.founded = 2010-01-02\nc1.identifier = XI-LEI:9\nc1.jurisdiction = nl\n"
           "c1.kvk = 12345678\nc1.name = Acme\n"
           "entity person p1 'Jan' type 'knownPerson'\np1.name = J. Boer\n"
           "link c1 -> address:Dorpsstraat 1, Ede, 6711AB registered_at 'registered' w 1 c 1 since "
           "'' until ''\n"
           "link p1 -> address:Dorpsstraat 1, Ede, 6711AB lives_at '' w 1 c 1 since '' until ''\n"
           "link p1 -> c1 directs 'boardMember' w 1 c 1 since '' until ''\n"
           "link p1 -> c1 shareholder_of 'shareholding 25-50 %, indirect, beneficial' w 1 c 1 "
           "since '2016-04-06' until ''\n"
           "link p1 -> c1 shareholder_of 'votingRights 51.5 %' w 1 c 1 since '' until ''\n"
           "drop x.json [nationalities] 1\ndrop x.json [birthDate] 1\n"
           "drop x.json [identifiers] 1\n");
    assert_string_equal(c->summary->files[0].loader, "bods");
}

static void bods_load__takes_the_last_statement_of_a_record(void **state)
{
    t_case *const c = *state;
    static const char *const parts[] = {
        "entity person p1 'Jan de Boer'",
        "link p1 -> c1 owns 'interest' w 1 c 1 since '' until '2021-02-03'\n"};
    t_case_assert_imported(
        c,
        take_json(
            c,
            "[" PERSON("new", "Jan") "," PERSON("updated", "Jan de Boer") "," COMPANY "," STATEMENT(
                "r1", "new", "relationship",
                INTERESTS) "," STATEMENT("r1", "closed", "relationship",
                                         "\"subject\":\"c1\",\"interestedParty\":\"p1\"") "]"));
    t_case_assert_parts(c, parts, 2);
    assert_int_equal(c->summary->files[0].rows, 5);
    assert_int_equal(c->summary->files[0].accepted, 5);
    assert_int_equal(c->summary->files[0].merged, 2);
    assert_int_equal(c->summary->files[0].links, 3);
    assert_string_equal(c->summary->files[0].note,
                        "2 statements are superseded by later ones of the same record");
}

static void reject(t_case *c, const char *text, const char *part)
{
    char whole[2400];
    (void)snprintf(whole, sizeof whole, "%s\n%s\n", COMPANY, text);
    t_case_assert_imported(c,
                           t_case_import_one(c, t_case_write(c, "x.json", whole, strlen(whole))));
    if (c->summary->files[0].rejected != 1)
        fail_msg("not rejected: %s", text);
    t_case_assert_parts(c, &part, 1);
}

static void bods_load__rejects_bad_statements_with_a_reason(void **state)
{
    t_case *const c = *state;
    reject(c, "{\"recordType\":\"entity\"}", "x.json:2 [recordId] missing or empty");
    reject(c, STATEMENT("x", "new", "thing", ""),
           "[recordType] 'thing' found, expected 'entity', 'person' or");
    reject(c, "{\"recordId\":\"x\",\"recordType\":\"entity\",\"recordDetails\":7}",
           "[recordDetails] a number found, expected an object");
    reject(c, STATEMENT("c1", "new", "person", ""),
           "'c1' is known as company, not as person; expected another key");
    reject(c, STATEMENT("r", "new", "relationship", "\"subject\":\"c1\""),
           "[interestedParty] missing or empty");
    reject(c,
           STATEMENT("r", "new", "relationship",
                     "\"subject\":\"c1\",\"interestedParty\":{\"reason\":\"unknown\"}"),
           "[interestedParty] nobody is named (unknown)");
    reject(c,
           STATEMENT("r", "new", "relationship", "\"subject\":\"c1\",\"interestedParty\":\"p9\""),
           "[interestedParty] no record 'p9' is in this file");
    reject(c,
           STATEMENT("r", "new", "relationship", "\"subject\":\"c1\",\"interestedParty\":\"c1\""),
           "loop: a record is linked to itself; expected two different records");
    reject(c,
           "{\"statementId\":\"s\",\"recordType\":\"relationship\",\"recordDetails\":"
           "{\"subject\":\"c1\",\"interestedParty\":\"address:Dorpsstraat 1, Ede, 6711AB\","
           "\"interests\":[{\"startDate\":\"2020-05\",\"endDate\":\"2019\"}]}}",
           "[endDate] '2019-01-01' is before the start, '2020-05-01'; expected that day or a later "
           "one");
}

static void bods_load__tells_older_versions(void **state)
{
    t_case *const c = *state;
    t_case_assert_refused(
        c,
        t_case_text(c, "a.json", "{\"statementID\":\"x\",\"statementType\":\"personStatement\"}"),
        SPIL_INPUT, "it looks like BODS 0.3 or older");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T_CASE(bods_load__makes_parties_addresses_and_a_link_an_interest),
        T_CASE(bods_load__takes_the_last_statement_of_a_record),
        T_CASE(bods_load__rejects_bad_statements_with_a_reason),
        T_CASE(bods_load__tells_older_versions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
