/* A partner's files hold what was opened to it, and nothing else. SPDX-License-Identifier:
 * GPL-3.0-or-later */
#include "tests/unit/t.h"

#include "engine/base/file.h"
#include "reports/partner_list.h"
#include "tests/unit/t_result.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ALL_FIELDS (((uint32_t)1 << SPIL_FIELD_COUNT) - 1)
#define ALL_KINDS (((spil_kind_mask)1 << SPIL_ENTITY_KIND_COUNT) - 1)

static spil_err err;
static char key_path[] = "/tmp/spil-key-XXXXXX";
static spil_secret *secret;

/* ---- a result whose every value can be told from every other ---- */

static spil_result_entity entity;
static spil_result_model model;
static spil_result_source sources[2];
static spil_result_reason reasons[2];
static spil_result_target target;

static spil_result marked(spil_partner partner)
{
    spil_result result = t_result();
    entity = (spil_result_entity){
        .key = "Qkey", .name = "Qname", .type = "", .kind = SPIL_ENTITY_vehicle, .origin = {0, 5}};
    model = result.models[0];
    model.names = (spil_names){"Qcrime", "Qcrime"};
    sources[0] = (spil_result_source){.name = "Qfile",
                                      .owner = "police",
                                      .sha256 = "",
                                      .loader = "",
                                      .options = "",
                                      .grade = "",
                                      .basis = "",
                                      .purpose = ""};
    sources[1] = sources[0];
    sources[1].name = "Qother";
    sources[1].owner = "tax";
    reasons[0] = (spil_result_reason){.kind = SPIL_FACT_SIGNAL,
                                      .code = "q",
                                      .names = {"Qreason", "Qreason"},
                                      .step_names = {"Qstep", "Qstep"},
                                      .detail = "",
                                      .strength = 0.5,
                                      .confidence = 0.5,
                                      .date = SPIL_NO_DAY,
                                      .has_origin = true,
                                      .origin = {0, 7}};
    reasons[1] = reasons[0];
    reasons[1].names = (spil_names){"Qsecond", "Qsecond"};
    reasons[1].origin = (spil_origin){1, 8};
    target = (spil_result_target){.status = SPIL_TARGET_ACCEPTED,
                                  .rank = 4,
                                  .community = SPIL_NOT_SHOWN,
                                  .community_number = 98765,
                                  .step_id = "q",
                                  .step_names = {"Qstep", "Qstep"},
                                  .barrier = {.id = "q",
                                              .basis = "Qbasis",
                                              .names = {"Qaction", "Qaction"},
                                              .partner = partner,
                                              .hours = 77231,
                                              .lead_days = 66123},
                                  .effect = 0.314,
                                  .marginal = 0.271,
                                  .stability = 0.161,
                                  .reasons = reasons,
                                  .reason_count = 2};
    result.possible = 1;
    result.entities = &entity;
    result.models = &model;
    result.sources = sources;
    result.targets = &target;
    result.entity_count = result.model_count = result.target_count = 1;
    result.source_count = 2;
    result.community_count = 0;
    return result;
}

/* What a field alone brings into the files; in csv, workbook and page. */
static const char *const marks[SPIL_FIELD_COUNT][3] = {
    [SPIL_FIELD_order] = {"\norder,", ">No.<", ">No.<"},
    [SPIL_FIELD_target] = {"Qname", "Qname", "Qname"},
    [SPIL_FIELD_key] = {"Qkey", "Qkey", "Qkey"},
    [SPIL_FIELD_kind] = {"vehicle", "vehicle", "vehicle"},
    [SPIL_FIELD_action] = {"Qaction", "Qaction", "Qaction"},
    [SPIL_FIELD_basis] = {"Qbasis", "Qbasis", "Qbasis"},
    [SPIL_FIELD_hours] = {"77231", "77231", "77,231"},
    [SPIL_FIELD_lead_days] = {"66123", "66123", "66,123"},
    [SPIL_FIELD_works] = {"0.314", "0.314", ">31%<"},
    [SPIL_FIELD_crime] = {"Qcrime", "Qcrime", "Qcrime"},
    [SPIL_FIELD_step] = {"Qstep", "Qstep", "Qstep"},
    [SPIL_FIELD_community] = {"N-", "N-", "N-"},
    [SPIL_FIELD_gain] = {"0.271", "0.271", ">27%<"},
    [SPIL_FIELD_stability] = {"0.161", "0.161", ">16%<"},
    [SPIL_FIELD_reasons] = {"Qreason", "Qreason", "Qreason"},
    [SPIL_FIELD_status] = {"accepted", ">accepted<", ">accepted<"},
};

static spil_disclosed open_to(spil_partner partner, uint32_t fields)
{
    return (spil_disclosed){.partner = partner,
                            .recipient = "somebody",
                            .purpose = "a purpose",
                            .basis = "a basis",
                            .fields = fields,
                            .kinds = ALL_KINDS,
                            .all_owners = true,
                            .keep_days = 30};
}

static spil_partner_list *list_of(const spil_result *result, const spil_disclosed *to,
                                  bool proposed)
{
    const spil_partner_opts opts = {.proposed = proposed, .secret = secret, .made = 20000};
    spil_partner_list *list = NULL;
    assert_ok(spil_partner_list_make(&list, result, to, SPIL_LANG_EN, &opts, &err));
    return list;
}

/* All of the file as text, a workbook with all its parts unpacked. Caller: spil_str_free. */
static spil_str text_of(const spil_partner_list *list, size_t file)
{
    spil_str bytes = SPIL_STR_INIT, out = SPIL_STR_INIT;
    assert_ok(spil_partner_files[file].write(list, SPIL_LANG_EN, &bytes, &err));
    if (!strstr(spil_partner_files[file].name, ".xlsx"))
        return bytes;
    char path[] = "/tmp/spil-book-XXXXXX", command[80], chunk[4096];
    const int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes.text, bytes.length), bytes.length);
    assert_int_equal(close(fd), 0);
    (void)snprintf(command, sizeof command, "unzip -p %s", path);
    FILE *const pipe = popen(command, "r");
    assert_non_null(pipe);
    for (size_t got; (got = fread(chunk, 1, sizeof chunk, pipe)) > 0;)
        spil_str_add_n(&out, chunk, got);
    assert_int_equal(pclose(pipe), 0);
    assert_int_equal(unlink(path), 0);
    spil_str_free(&bytes);
    return out;
}

static void assert_field(const spil_partner_list *list, spil_partner_field field, bool there)
{
    for (size_t f = 0; f < spil_partner_file_count; f++) {
        spil_str text = text_of(list, f);
        const bool found = strstr(spil_str_text(&text), marks[field][f]) != NULL;
        if (found != there)
            fail_msg("%s of %s: field %s is %s", spil_partner_files[f].name,
                     spil_partner_id(list->to->partner), spil_partner_field_id(field),
                     found ? "in it, though closed" : "missing, though open");
        spil_str_free(&text);
    }
}

static void partner_files__hold_no_field_that_is_closed_to_that_partner(void **state)
{
    (void)state;
    for (unsigned p = 0; p < SPIL_PARTNER_COUNT; p++) {
        const spil_result result = marked((spil_partner)p);
        for (unsigned f = 0; f < SPIL_FIELD_COUNT; f++) {
            uint32_t fields = ALL_FIELDS & ~((uint32_t)1 << f);
            if (f == SPIL_FIELD_step) /* reasons name the step: the file opens both or neither */
                fields &= ~((uint32_t)1 << SPIL_FIELD_reasons);
            const spil_disclosed to = open_to((spil_partner)p, fields);
            spil_partner_list *const list = list_of(&result, &to, false);
            assert_int_equal(list->row_count, 1);
            assert_field(list, (spil_partner_field)f, false);
            spil_partner_list_free(list);
        }
    }
}

static void partner_files__hold_every_field_that_is_open(void **state)
{
    (void)state;
    const spil_result result = marked(SPIL_PARTNER_police);
    const spil_disclosed to = open_to(SPIL_PARTNER_police, ALL_FIELDS);
    spil_partner_list *const list = list_of(&result, &to, false);
    for (unsigned f = 0; f < SPIL_FIELD_COUNT; f++)
        assert_field(list, (spil_partner_field)f, true);
    spil_partner_list_free(list);
}

static void assert_nowhere(const spil_partner_list *list, const char *text)
{
    for (size_t f = 0; f < spil_partner_file_count; f++) {
        spil_str all = text_of(list, f);
        if (strstr(spil_str_text(&all), text))
            fail_msg("%s holds '%s'", spil_partner_files[f].name, text);
        spil_str_free(&all);
    }
}

static void partner_list__names_nobody_of_a_closed_kind_or_source(void **state)
{
    (void)state;
    const spil_result result = marked(SPIL_PARTNER_bank);
    spil_disclosed to = open_to(SPIL_PARTNER_bank, ALL_FIELDS);
    to.kinds = (spil_kind_mask)1 << SPIL_ENTITY_person;
    spil_partner_list *list = list_of(&result, &to, false);
    assert_int_equal(list->pseudonyms, 1);
    assert_nowhere(list, "Qname");
    assert_nowhere(list, "Qkey");
    spil_partner_list_free(list);
    to.kinds = ALL_KINDS;
    to.all_owners = false;
    to.owners = "\ntax\nchamber of commerce\n";
    list = list_of(&result, &to, false);
    assert_int_equal(list->pseudonyms, 1); /* its row came from the police */
    assert_nowhere(list, "Qname");
    assert_nowhere(list, "Qkey");
    assert_nowhere(list, "Qfile");
    assert_nowhere(list, "Qreason");
    assert_int_equal(list->held_back, 1);
    spil_str page = text_of(list, 2);
    assert_non_null(strstr(page.text, "Qsecond")); /* what the tax authority told */
    assert_non_null(strstr(page.text, "1 more that rest on records not shared"));
    spil_str_free(&page);
    spil_partner_list_free(list);
    to.owners = "\ntaxi\npoli\n"; /* no part of a name opens it */
    list = list_of(&result, &to, false);
    assert_int_equal(list->held_back, 2);
    spil_partner_list_free(list);
}

static const char *target_cell(const spil_partner_list *list)
{
    for (size_t c = 0; c < list->column_count; c++)
        if (list->columns[c] == SPIL_FIELD_target)
            return list->cells[c].text;
    return NULL;
}

static void pseudonyms__are_the_same_for_a_partner_and_differ_between_two(void **state)
{
    (void)state;
    char first[32];
    spil_disclosed to = open_to(SPIL_PARTNER_bank, ALL_FIELDS);
    to.kinds = 0;
    spil_result result = marked(SPIL_PARTNER_bank);
    spil_partner_list *list = list_of(&result, &to, false);
    (void)snprintf(first, sizeof first, "%s", target_cell(list));
    assert_int_equal(strlen(first), 14);
    assert_true(first[0] == 'X' && first[1] == '-');
    spil_partner_list_free(list);
    list = list_of(&result, &to, false);
    assert_string_equal(target_cell(list), first);
    spil_partner_list_free(list);
    result = marked(SPIL_PARTNER_notary);
    to.partner = SPIL_PARTNER_notary;
    list = list_of(&result, &to, false);
    assert_string_not_equal(target_cell(list), first);
    spil_partner_list_free(list);
}

static void partner_list__holds_what_was_accepted_alone(void **state)
{
    (void)state;
    static const struct {
        spil_result_status status;
        bool with_proposed;
        size_t rows, proposed;
    } cases[] = {{SPIL_TARGET_ACCEPTED, false, 1, 0}, {SPIL_TARGET_PROPOSED, false, 0, 0},
                 {SPIL_TARGET_PROPOSED, true, 1, 1},  {SPIL_TARGET_HELD, true, 0, 0},
                 {SPIL_TARGET_REJECTED, true, 0, 0},  {SPIL_TARGET_ACCEPTED, true, 1, 0}};
    const spil_result result = marked(SPIL_PARTNER_police);
    const spil_disclosed to = open_to(SPIL_PARTNER_police, ALL_FIELDS);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        target.status = cases[i].status;
        spil_partner_list *const list = list_of(&result, &to, cases[i].with_proposed);
        assert_int_equal(list->row_count, cases[i].rows);
        assert_int_equal(list->proposed, cases[i].proposed);
        for (size_t f = 0; f < spil_partner_file_count; f++) {
            spil_str text = text_of(list, f);
            assert_int_equal(strstr(text.text, "PROPOSED: nobody") != NULL, cases[i].proposed > 0);
            assert_non_null(strstr(text.text, "Recipient: somebody"));
            assert_non_null(strstr(text.text, "To be destroyed by: 2024-11-03"));
            spil_str_free(&text);
        }
        spil_partner_list_free(list);
    }
}

static void partner_list__leaves_the_work_of_others_out(void **state)
{
    (void)state;
    const spil_result result = marked(SPIL_PARTNER_police);
    const spil_disclosed to = open_to(SPIL_PARTNER_municipality, ALL_FIELDS);
    spil_partner_list *const list = list_of(&result, &to, true);
    assert_int_equal(list->row_count, 0);
    assert_nowhere(list, "Q");
    spil_partner_list_free(list);
}

static void partner_files__show_a_nasty_name_as_text(void **state)
{
    (void)state;
    const spil_result result = marked(SPIL_PARTNER_police);
    const spil_disclosed to = open_to(SPIL_PARTNER_police, ALL_FIELDS);
    entity.name = T_SCRIPT_NAME;
    entity.key = T_FORMULA_NAME;
    spil_partner_list *const list = list_of(&result, &to, false);
    spil_str csv = text_of(list, 0), book = text_of(list, 1), page = text_of(list, 2);
    assert_non_null(strstr(csv.text, "\"'=HYPERLINK"));
    assert_null(strstr(book.text, "<f>"));
    assert_null(strstr(book.text, "hyperlink "));
    assert_null(strstr(page.text, "<script"));
    assert_null(strstr(page.text, "<img"));
    spil_str_free(&csv);
    spil_str_free(&book);
    spil_str_free(&page);
    spil_partner_list_free(list);
}

static spil_status make_and_free(const spil_result *result, const spil_disclosed *to)
{
    const spil_partner_opts opts = {.secret = secret, .made = 20000};
    spil_partner_list *list = NULL;
    const spil_status rc = spil_partner_list_make(&list, result, to, SPIL_LANG_NL, &opts, NULL);
    spil_partner_list_free(list);
    return rc;
}

static void partner_list__survives_every_failed_allocation(void **state)
{
    (void)state;
    const spil_result result = marked(SPIL_PARTNER_police);
    const spil_disclosed to = open_to(SPIL_PARTNER_police, ALL_FIELDS);
    assert_survives_no_memory(make_and_free(&result, &to));
}

static int make_key(void **state)
{
    (void)state;
    const int fd = mkstemp(key_path);
    if (fd < 0 || close(fd) != 0 || unlink(key_path) != 0)
        return -1;
    return spil_secret_make(key_path, &err) == SPIL_OK &&
                   spil_secret_read(&secret, key_path, &err) == SPIL_OK
               ? 0
               : -1;
}

static int drop_key(void **state)
{
    (void)state;
    spil_secret_free(secret);
    return unlink(key_path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(partner_files__hold_no_field_that_is_closed_to_that_partner),
        T(partner_files__hold_every_field_that_is_open),
        T(partner_list__names_nobody_of_a_closed_kind_or_source),
        T(pseudonyms__are_the_same_for_a_partner_and_differ_between_two),
        T(partner_list__holds_what_was_accepted_alone),
        T(partner_list__leaves_the_work_of_others_out),
        T(partner_files__show_a_nasty_name_as_text),
        T(partner_list__survives_every_failed_allocation),
    };
    return cmocka_run_group_tests_name("partner_list", tests, make_key, drop_key);
}
