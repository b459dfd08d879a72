/* test_loader_ftm.c - entities of FollowTheMoney. SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/t.h"
#include "tests/unit/t_case.h"

#define take_json(c, text) t_case_import_one((c), t_case_text((c), "x.json", text))

#define PERSON                                                                                     \
    "{\"id\":\"p1\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Jan de Boer\",\"Jantje\"],"  \
    "\"nationality\":[\"nl\"],\"birthDate\":[\"1980-01-02\"],\"religion\":[],"                     \
    "\"country\":[\"nl\"],\"idNumber\":[\"123\"],\"addressEntity\":[\"a1\"]}}\n"
#define COMPANY                                                                                    \
    "{\"id\":\"c1\",\"schema\":\"Company\",\"properties\":{\"name\":[\"Acme BV\"],"                \
    "\"incorporationDate\":\"2019-02-03\",\"addressEntity\":[\"a1\",\"a9\"]}}\n"
#define ADDRESS                                                                                    \
    "{\"id\":\"a1\",\"schema\":\"Address\",\"properties\":{\"street\":[\"Dorpsstraat 1\"],"        \
    "\"postalCode\":[\"6711AB\"],\"city\":[\"Ede\"],\"latitude\":[52.5]}}\n"
#define OWNERSHIP                                                                                  \
    "{\"id\":\"o1\",\"schema\":\"Ownership\",\"properties\":{\"owner\":[\"p1\"],"                  \
    "\"asset\":[\"c1\"],\"percentage\":[\"60\"],\"startDate\":[\"2020-05\"],"                      \
    "\"endDate\":[\"2021\"],\"sharesCount\":[\"12\"]}}\n"

static void ftm_load__makes_entities_attributes_and_links_in_any_order(void **state)
{
    t_case *const c = *state;
    t_case_assert_imported(c, take_json(c, OWNERSHIP PERSON COMPANY ADDRESS));
    t_case_assert(
        c, "entity address a1 'Dorpsstraat 1, 6711AB, Ede' type 'Address'\n"
           "a1.city = Ede\na1.lat = 52.5\na1.postcode = 6711AB\na1.street = Dorpsstraat 1\n"
           "entity company c1 'Acme BV' type 'Company'\n"
           "c1.addressEntity = a9\nc1.founded = 2019-02-03\n"
           "entity person p1 'Jan de Boer' type 'Person'\np1.name = Jantje\n"
           "link c1 -> a1 registered_at 'addressEntity' w 1 c 1 since '' until ''\n"
           "link p1 -> a1 lives_at 'addressEntity' w 1 c 1 since '' until ''\n"
           "link p1 -> c1 owns 'Ownership 60 %' w 1 c 1 since '2020-05-01' until '2021-01-01'\n"
           "  sharesCount = 12\n"
           "drop x.json [nationality] 1\ndrop x.json [birthDate] 1\ndrop x.json [idNumber] 1\n"
           "drop x.json [country] 1\n");
    assert_int_equal(c->summary->files[0].rows, 4);
    assert_int_equal(c->summary->files[0].accepted, 4);
    assert_string_equal(c->summary->files[0].loader, "ftm");
    assert_non_null(
        strstr(c->summary->files[0].note, "references to entities that are in no file: 1"));
}

#define EDGE(schema, a, b)                                                                         \
    "{\"id\":\"e\",\"schema\":\"" schema "\",\"properties\":{\"" a "\":[\"p1\"],\"" b              \
    "\":\"c1\",\"role\":[\"lid\"],\"relationship\":[\"broer\"]}}\n"

static void ftm_load__knows_each_schema_that_links(void **state)
{
    t_case *const c = *state;
    static const char *const parts[] = {"link p1 -> c1 directs 'Directorship lid'",
                                        "link p1 -> c1 related 'Membership lid'",
                                        "link p1 -> c1 works_for 'Employment lid'",
                                        "link p1 -> c1 family 'Family broer'",
                                        "link p1 -> c1 knows 'Associate broer'",
                                        "link p1 -> c1 related 'UnknownLink lid'",
                                        "link p1 -> c1 paid 'Payment'"};
    t_case_assert_imported(
        c, take_json(c, PERSON COMPANY EDGE("Directorship", "director", "organization")
                            EDGE("Membership", "member", "organization")
                                EDGE("Employment", "employee", "employer")
                                    EDGE("Family", "person", "relative")
                                        EDGE("Associate", "person", "associate")
                                            EDGE("UnknownLink", "subject", "object")
                                                EDGE("Payment", "payer", "beneficiary")));
    t_case_assert_parts(c, parts, sizeof parts / sizeof *parts);
}

static void ftm_load__knows_vehicles_and_accounts(void **state)
{
    t_case *const c = *state;
    static const char *const parts[] = {
        "entity vehicle v1 'AB-12-CD' type 'Vehicle'", "entity account b1 'NL91ABNA0417164300'",
        "v1.model = Golf", "link p1 -> v1 owns 'owner'", "link p1 -> b1 owns 'Ownership'"};
    t_case_assert_imported(
        c, take_json(c, "[" /* an array is the same */
                        "{\"id\":\"v1\",\"schema\":\"Vehicle\",\"properties\":{"
                        "\"registrationNumber\":[\"AB-12-CD\"],\"model\":[\"Golf\"],"
                        "\"owner\":[\"p1\"]}},"
                        "{\"id\":\"b1\",\"schema\":\"BankAccount\",\"properties\":{"
                        "\"iban\":[\"NL91ABNA0417164300\"]}},\n"
                        "{\"id\":\"o\",\"schema\":\"Ownership\",\"properties\":{"
                        "\"owner\":\"p1\",\"asset\":\"b1\"}}," PERSON "]"));
    t_case_assert_parts(c, parts, sizeof parts / sizeof *parts);
}

/* Each bad object alone, behind a good one. */
static void reject(t_case *c, const char *text, const char *part)
{
    char whole[1200];
    (void)snprintf(whole, sizeof whole, "%s%s\n", PERSON, text);
    t_case_assert_imported(c,
                           t_case_import_one(c, t_case_write(c, "x.json", whole, strlen(whole))));
    if (c->summary->files[0].rejected != 1)
        fail_msg("not rejected: %s", text);
    t_case_assert_parts(c, &part, 1);
}

static void ftm_load__rejects_bad_objects_with_a_reason(void **state)
{
    t_case *const c = *state;
    reject(c, "{\"id\":\"x\"", "x.json:2 [] no JSON: ");
    reject(c, "[7]", "[] an array found, expected an object");
    reject(c, "{\"id\":\"x\",\"id\":\"y\",\"schema\":\"Person\"}", "duplicate object key");
    reject(c, "{\"id\":\"x\"}", "[schema] missing or empty");
    reject(c, "{\"schema\":\"Person\"}", "[id] missing or empty");
    reject(c, "{\"id\":\"x\",\"schema\":\"Passport\"}", "[schema] 'Passport' is no schema");
    reject(c, "{\"id\":\"x\",\"schema\":\"Person\",\"properties\":[]}",
           "[properties] an array found, expected an");
    reject(c, "{\"id\":\"p1\",\"schema\":\"Company\"}",
           "'p1' is known as person, not as company; expected another key");
    reject(c, "{\"id\":\"x\",\"schema\":\"Ownership\",\"properties\":{\"owner\":\"p1\"}}",
           "missing or empty, expected a key");
    reject(c,
           "{\"id\":\"x\",\"schema\":\"Family\",\"properties\":"
           "{\"person\":\"p1\",\"relative\":\"p2\",\"religion\":\"r\"}}",
           "[relative] no entity has the key 'p2'; expected one of this file or of an earlier one "
           "| {\"id\":\"x\",\"schema\":\"Family\",\"properties\":"
           "{\"person\":\"p1\",\"relative\":\"p2\"}}");
    reject(c,
           "{\"id\":\"x\",\"schema\":\"Family\",\"properties\":"
           "{\"person\":\"p1\",\"relative\":\"p1\"}}",
           "loop: 'p1' is linked to itself; expected two different entities");
    reject(c,
           "{\"id\":\"x\",\"schema\":\"Family\",\"properties\":"
           "{\"person\":\"p1\",\"relative\":\"p1\",\"startDate\":\"2020-02-31\"}}",
           "'2020-02-31' is no date that exists");
    reject(c,
           "{\"id\":\"x\",\"schema\":\"Family\",\"properties\":{\"person\":\"p1\","
           "\"relative\":\"p1\",\"startDate\":\"2020\",\"endDate\":\"2019\"}}",
           "[endDate] '2019-01-01' is before the start");
}

static void ftm_load__stands_deep_nesting_and_long_lines(void **state)
{
    t_case *const c = *state;
    enum { DEEP = 100000, LONG = 3 << 20 };
    static char text[LONG + 1000];
    const size_t head = (size_t)snprintf(text, sizeof text, "%s{\"id\":\"x\",\"y\":", PERSON);
    memset(text + head, '[', DEEP);
    t_case_assert_imported(c, t_case_import_one(c, t_case_write(c, "d.json", text, head + DEEP)));
    static const char *const deep[] = {
        "d.json:2 [] brackets are nested deeper than the limit of 32"};
    t_case_assert_parts(c, deep, 1);
    memset(text + head, ' ', LONG);
    t_case_assert_imported(c, t_case_import_one(c, t_case_write(c, "l.json", text, head + LONG)));
    static const char *const too_long[] = {
        "l.json:2 [] more than the limit of 1 MiB for one object"};
    t_case_assert_parts(c, too_long, 1);
    memset(text, '[', DEEP);
    t_case_assert_refused(c, t_case_write(c, "a.json", text, DEEP), SPIL_INPUT,
                          "this is JSON, but not what a loader knows");
}

static void ftm_load__refuses_an_array_that_was_cut_off(void **state)
{
    t_case *const c = *state;
    t_case_assert_refused(c, t_case_text(c, "a.json", "[" PERSON ",{\"id\":\"x"), SPIL_INPUT,
                          "a.json:2: the JSON array ends in the middle of a value");
    t_case_assert_refused(c, t_case_text(c, "b.json", "[" PERSON " " PERSON "]"), SPIL_INPUT,
                          "b.json:2: ',' or ']' expected");
    t_case_assert_refused(c, t_case_text(c, "c.json", "[" PERSON "] 7"), SPIL_INPUT,
                          "c.json:2: something follows the end");
}

static void ftm_load__refuses_what_is_no_ftm(void **state)
{
    t_case *const c = *state;
    t_case_assert_refused(c, t_case_text(c, "a.json", "{\"a\": 1}\n"), SPIL_INPUT,
                          "a.json: this is JSON, but not what a loader knows");
    c->opts.loader = "ftm";
    t_case_assert_refused(c, t_case_text(c, "a.csv", "a,b\n"), SPIL_INPUT,
                          "a.csv: this is a table, and loader 'ftm' reads JSON");
    c->opts.loader = "edges";
    t_case_assert_refused(c, t_case_text(c, "a.json", PERSON), SPIL_INPUT,
                          "a.json: this is JSON, and loader 'edges' reads a table");
}

static void ftm_load__leaves_nothing_in_memory_whichever_allocation_fails(void **state)
{
    t_case *const c = *state;
    const char *const path = t_case_text(c, "x.json", OWNERSHIP PERSON COMPANY ADDRESS "{\n");
    const int64_t live = spil_mem_live();
    spil_status rc = SPIL_NO_MEMORY;
    for (int64_t k = 1; rc != SPIL_OK && k < 5000; k++) {
        spil_mem_fail_after(k);
        rc = t_case_import_one(c, path);
        spil_mem_fail_after(0);
        if (rc != SPIL_OK) {
            assert_int_equal(rc, SPIL_NO_MEMORY);
            spil_import_summary_free(c->summary);
            c->summary = NULL;
            if (!c->store || spil_mem_live() < live)
                fail_msg("freed too much at %lld", (long long)k);
        }
    }
    assert_int_equal(rc, SPIL_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T_CASE(ftm_load__makes_entities_attributes_and_links_in_any_order),
        T_CASE(ftm_load__knows_each_schema_that_links),
        T_CASE(ftm_load__knows_vehicles_and_accounts),
        T_CASE(ftm_load__rejects_bad_objects_with_a_reason),
        T_CASE(ftm_load__stands_deep_nesting_and_long_lines),
        T_CASE(ftm_load__refuses_an_array_that_was_cut_off),
        T_CASE(ftm_load__refuses_what_is_no_ftm),
        T_CASE(ftm_load__leaves_nothing_in_memory_whichever_allocation_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
