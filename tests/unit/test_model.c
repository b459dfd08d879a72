/* Barrier models: what ships is sound, and each fault is named with its place.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/barriers/model.h"
#include "engine/barriers/rule.h"
#include "engine/base/file.h"
#include "engine/base/str.h"
#include "t.h"

#include <stdlib.h>
#include <unistd.h>

static const char good[] = "id: small\n"                                       /* 1 */
                           "version: \"1\"\n"                                  /* 2 */
                           "reviewed_by: none\n"                               /* 3 */
                           "name: {nl: Klein, en: Small}\n"                    /* 4 */
                           "sources: [{id: own, text: Ours}]\n"                /* 5 */
                           "harm: 2\n"                                         /* 6 */
                           "prior: 0.1\n"                                      /* 7 */
                           "role_evidence: {lr: 10, lr_low: 5, lr_high: 20}\n" /* 8 */
                           "recovery: {horizon_days: 90, attempt_days: 30, reach: [0.5, 0.2]}\n"
                           "steps:\n"                                                      /* 10 */
                           "  - id: one\n"                                                 /* 11 */
                           "    name: {nl: Een, en: One}\n"                                /* 12 */
                           "    required: true\n"                                          /* 13 */
                           "    roles:\n"                                                  /* 14 */
                           "      - {id: doer, name: {nl: D, en: D}, kinds: [person],\n"   /* 15 */
                           "         needed: 1, facilitator: no, unseen: 0.5,\n"           /* 16 */
                           "         substitutability: 0.5}\n"                             /* 17 */
                           "    signals:\n"                                                /* 18 */
                           "      - {code: sign, name: {nl: S, en: S}, family: f,\n"       /* 19 */
                           "         applies_to: address, lr: 4, lr_low: 2, lr_high: 8,\n" /* 20 */
                           "         half_life_days: none, source: own}\n"                 /* 21 */
                           "    barriers:\n"                                               /* 22 */
                           "      - {id: stop, name: {nl: S, en: S}, partner: police,\n"   /* 23 */
                           "         basis: law, applies_to: [person, address],\n"         /* 24 */
                           "         effect: [2, 2], hours: 8, lead_days: 1}\n"            /* 25 */
                           "rules:\n"                                                      /* 26 */
                           "  - {id: r, rule: several_companies_director, step: one,\n"    /* 27 */
                           "     role: doer, probability: 0.5, at_least: 3,\n"             /* 28 */
                           "     reason: {nl: R, en: R}, off: true}\n";                    /* 29 */

static char *folder;

static void write_model(const char *name, const char *text)
{
    spil_err err = SPIL_ERR_INIT;
    char *path = NULL;
    assert_ok(spil_path_join(&path, folder, name, &err));
    assert_ok(spil_write_file(path, text, strlen(text), &err));
    spil_free(path);
}

/* The good model with the first `from` replaced. */
static char *changed(const char *from, const char *to)
{
    const char *const at = strstr(good, from);
    assert_non_null(at);
    spil_str text = SPIL_STR_INIT;
    spil_str_add_n(&text, good, (size_t)(at - good));
    spil_str_add(&text, to);
    spil_str_add(&text, at + strlen(from));
    return text.text;
}

static spil_status read_text(const char *text, spil_err *err)
{
    char *path = NULL;
    spil_model *model = NULL;
    write_model("m.yaml", text);
    spil_status rc = spil_path_join(&path, folder, "m.yaml", err);
    if (rc == SPIL_OK)
        rc = spil_model_read(&model, path, err);
    spil_model_free(model);
    spil_free(path);
    return rc;
}

static void assert_fault(const char *from, const char *to, const char *part)
{
    spil_err err = SPIL_ERR_INIT;
    char *const text = changed(from, to);
    assert_fails(read_text(text, &err), SPIL_INPUT, part);
    spil_free(text);
}

static void model_set_read__takes_each_model_that_ships(void **state)
{
    (void)state;
    spil_err err = SPIL_ERR_INIT;
    spil_model_set *set = NULL;
    assert_ok(spil_model_set_read(&set, "datasets/models", &err));
    assert_true(set->count >= 2);
    for (size_t m = 0; m < set->count; m++) {
        const spil_model *const model = set->models[m];
        assert_string_equal(model->reviewed_by, "none");
        for (size_t s = 0; s < model->step_count; s++) {
            assert_true(model->steps[s].signal_count >= 3);
            assert_true(model->steps[s].opportunity_count >= 1);
        }
    }
    spil_model_set_free(set);
}

static void model_read__fills_in_what_a_file_says_and_leaves_out(void **state)
{
    (void)state;
    spil_err err = SPIL_ERR_INIT;
    spil_model *model = NULL;
    char *path = NULL;
    write_model("m.yaml", good);
    assert_ok(spil_path_join(&path, folder, "m.yaml", &err));
    assert_ok(spil_model_read(&model, path, &err));
    const spil_model_step *const step = &model->steps[0];
    assert_string_equal(model->id, "small");
    assert_string_equal(model->names.nl, "Klein");
    assert_true(model->harm == 2 && model->prior == 0.1 && model->reach[1] == 0.2);
    assert_true(step->prior == 0.1 && step->given == 0.9); /* left out */
    assert_true(step->required);
    assert_int_equal(step->roles[0].kinds, 1U << SPIL_ENTITY_person);
    assert_int_equal(step->roles[0].needed, 1);
    assert_string_equal(step->roles[0].source, "");
    assert_true(isinf(step->signals[0].half_life_days));
    assert_true(step->signals[0].ratio.low == 2 && step->signals[0].ratio.high == 8);
    assert_string_equal(step->signals[0].source, "own");
    assert_int_equal(step->barriers[0].partner, SPIL_PARTNER_police);
    assert_true(step->barriers[0].effect_a == 2 && step->barriers[0].effect_b == 2);
    assert_int_equal(step->barriers[0].applies_to,
                     1U << SPIL_ENTITY_person | 1U << SPIL_ENTITY_address);
    assert_true(model->rules[0].off && model->rules[0].at_least == 3);
    assert_string_equal(model->rules[0].rule->name, "several_companies_director");
    assert_int_equal(model->rules[0].steps, 1); /* its own step */
    assert_int_equal(strlen(model->digest), 64);
    spil_model_free(model);
    spil_free(path);
}

/* What is assumed is doubted by a factor of two in the odds; what a file states stands. */
static void model_read__gives_assumed_chances_a_range(void **state)
{
    (void)state;
    spil_err err = SPIL_ERR_INIT;
    spil_model *model = NULL;
    char *path = NULL;
    assert_ok(spil_path_join(&path, folder, "m.yaml", &err));
    write_model("m.yaml", good);
    assert_ok(spil_model_read(&model, path, &err));
    assert_true(model->prior_range.low == 0.1 && model->prior_range.high == 0.1);
    assert_true(model->steps[0].given_range.low == 0.9); /* nobody said that it is assumed */
    spil_model_free(model);
    char *const text = changed("    required: true\n",
                               "    required: true\n    prior: 0.2\n    given: 0.8\n"
                               "    given_low: 0.5\n    given_high: 0.9\n    assumed: true\n");
    write_model("m.yaml", text);
    assert_ok(spil_model_read(&model, path, &err));
    const spil_model_step *const step = &model->steps[0];
    assert_close(step->prior_range.low, 0.125 / 1.125, 1e-15); /* odds 1/4: 1/8 to 1/2 */
    assert_close(step->prior_range.high, 0.5 / 1.5, 1e-15);
    assert_true(step->given_range.low == 0.5 && step->given_range.high == 0.9);
    spil_model_free(model);
    spil_free(text);
    spil_free(path);
    assert_fault("prior: 0.1", "prior: 0.1\nprior_low: 0.05",
                 "prior_low and prior_high are stated together or not at all");
    assert_fault("prior: 0.1", "prior: 0.1\nprior_low: 0.2\nprior_high: 0.3",
                 "prior 0.1 is not between prior_low 0.2 and prior_high 0.3");
}

static void model_read__names_place_and_fault(void **state)
{
    (void)state;
    assert_fault("harm: 2", "harmm: 2",
                 "m.yaml:6:1: unknown key 'harmm' in this model (did you mean 'harm'?)");
    assert_fault("version: \"1\"\n", "", "m.yaml:1:1: model 'small' lacks 'version'");
    assert_fault("prior: 0.1", "prior: 1.5", "m.yaml:7:8: 'prior' is 1.5; it lies between");
    assert_fault("harm: 2", "harm: much", "m.yaml:6:7: 'harm' is 'much', not a number");
    assert_fault("harm: 2", "harm: [2]", "'harm' is one value, not a list or block");
    assert_fault("unseen: 0.5", "unseen: -1",
                 "m.yaml:16:46: 'unseen' is -1; it lies between 0 and 1");
    assert_fault("lr_low: 2", "lr_low: 5", "m.yaml:20:46: lr_low 5 is above lr 4");
    assert_fault("lr_high: 8", "lr_high: 3", "lr_high 3 is below lr 4");
    assert_fault("lr: 4, lr_low: 2", "lr: 0.5, lr_low: 0.2", "lr 0.5 is below 1");
    assert_fault("partner: police", "partner: polise",
                 "unknown partner 'polise' (did you mean 'police'?)");
    assert_fault("kinds: [person]", "kinds: [persons]",
                 "m.yaml:15:50: unknown kind 'persons' (did you mean 'person'?)");
    assert_fault("facilitator: no", "facilitator: maybe", "it is no, aware, unaware or both");
    assert_fault("needed: 1", "needed: 1.5", "'needed' is a whole number");
    assert_fault("effect: [2, 2]", "effect: [2]", "'effect' is a list of two numbers");
    assert_fault("source: own", "source: others", "unknown source 'others'");
    assert_fault("step: one", "step: on", "m.yaml:27:53: unknown step 'on' (did you mean 'one'?)");
    assert_fault("role: doer", "role: dour", "unknown role 'dour' (did you mean 'doer'?)");
    assert_fault("rule: several_", "rule: some_", "unknown rule 'some_companies_director'");
    assert_fault("at_least: 3,", "", "rule 'r' lacks 'at_least'");
    assert_fault("id: small", "id: Small Model", "'id' is 'Small Model'; it has a-z");
    assert_fault("required: true", "required: false", "no step is required");
    assert_fault("required: true", "required: maybe", "it is true or false");
    assert_fault("required: true", "required: true\n    any_of: way",
                 "m.yaml:14:13: step 'one' is the only one with 'any_of: way'");
    assert_fault("required: true", "required: true\n    any_time: soon", "it is true or false");
    assert_fault("harm: 2", "harm: 2\nharm: 3",
                 "m.yaml:7:1: key 'harm' stands twice in this model");
    assert_fault("name: {nl: Klein, en: Small}", "name: {nl: Klein}",
                 "m.yaml:4:7: this name lacks 'en'");
    assert_fault("[{id: own, text: Ours}]", "[{id: own, text: Ours}, {id: own, text: More}]",
                 "source 'own' stands twice");
    assert_fault("prior: 0.1", "prior: 0.1 # next\n  - wrong", "not well-formed YAML");
    assert_fault("name: {nl: Klein, en: Small}", "name: &n {nl: Klein, en: Small}\nassumed: *n",
                 "anchors and aliases");
    assert_fault("applies_to: [person, address]", "applies_to: [person, event]",
                 "no barrier can be raised against the kind 'event'");
}

static void model_read__wants_a_barrier_at_each_step(void **state)
{
    (void)state;
    spil_err err = SPIL_ERR_INIT;
    char *const text = changed("    barriers:\n", "    barriers: []\n");
    char *const cut = strstr(text, "      - {id: stop");
    memmove(cut, strstr(text, "rules:"), strlen(strstr(text, "rules:")) + 1);
    assert_fails(read_text(text, &err), SPIL_INPUT,
                 "m.yaml:22:15: 'barriers' is empty; at least one barrier is needed");
    char *const none = strstr(text, "    barriers: []\n");
    memmove(none, strstr(text, "rules:"), strlen(strstr(text, "rules:")) + 1);
    assert_fails(read_text(text, &err), SPIL_INPUT, "m.yaml:11:5: step 'one' lacks 'barriers'");
    spil_free(text);
}

/* Steps one (required), then `more`, each with the same barrier. */
static void assert_steps_fault(const char *more, const char *part)
{
    spil_err err = SPIL_ERR_INIT;
    spil_str text = SPIL_STR_INIT;
    const char *const rules = strstr(good, "rules:\n");
    spil_str_add_n(&text, good, (size_t)(rules - good));
    spil_str_add(&text, more);
    assert_fails(read_text(text.text, &err), SPIL_INPUT, part);
    spil_str_free(&text);
}

#define STEP(id, required, more)                                                                   \
    "  - id: " id "\n    name: {nl: N, en: N}\n    required: " required "\n" more                  \
    "    barriers: [{id: stop, name: {nl: S, en: S}, partner: police, basis: law,\n"               \
    "      applies_to: [person], effect: [2, 2], hours: 8, lead_days: 1}]\n"

static void model_read__wants_ways_together_and_alike(void **state)
{
    (void)state;
    assert_steps_fault(STEP("two", "true", "    any_of: way\n") STEP("three", "true", "")
                           STEP("four", "true", "    any_of: way\n"),
                       "m.yaml:40:13: steps of 'any_of: way' stand apart; put 'four' beside 'two'");
    assert_steps_fault(STEP("two", "true", "    any_of: way\n")
                           STEP("three", "false", "    any_of: way\n"),
                       "m.yaml:34:15: steps 'two' and 'three' of 'any_of: way' are one required");
}

static void model_read__refuses_what_is_no_model_at_all(void **state)
{
    (void)state;
    spil_err err = SPIL_ERR_INIT;
    assert_fails(read_text("", &err), SPIL_INPUT, "m.yaml:1:1: the file is empty");
    assert_fails(read_text("just a text\n", &err), SPIL_INPUT,
                 "a model is a block of keys and values");
    assert_fails(read_text("a: 1\n---\nb: 2\n", &err), SPIL_INPUT, "a second document begins here");
    spil_str deep = SPIL_STR_INIT;
    for (int i = 0; i < 5000; i++)
        spil_str_add(&deep, "[");
    assert_fails(read_text(deep.text, &err), SPIL_INPUT, "nested deeper than the limit of 64");
    spil_str_free(&deep);
    spil_str large = SPIL_STR_INIT;
    while (large.length <= SPIL_MODEL_BYTES_MOST)
        spil_str_add(&large, "# a comment that goes on and on and on\n");
    assert_fails(read_text(large.text, &err), SPIL_LIMIT, "m.yaml");
    spil_str_free(&large);
    spil_model *model = NULL;
    assert_fails(spil_model_read(&model, "no/such.yaml", &err), SPIL_NOT_FOUND, "no/such.yaml");
}

static void model_faults__lists_them_all_in_order(void **state)
{
    (void)state;
    spil_err err = SPIL_ERR_INIT;
    char *const text = changed("harm: 2\nprior: 0.1", "harm: x\nprior: 7\ncolour: red");
    char *path = NULL, *faults = NULL;
    write_model("m.yaml", text);
    assert_fails(read_text(text, &err), SPIL_INPUT, "(and 2 more)");
    assert_ok(spil_path_join(&path, folder, "m.yaml", &err));
    assert_ok(spil_model_faults(&faults, path, &err));
    const char *const first = strstr(faults, ":6:7: 'harm'");
    const char *const second = strstr(faults, ":7:8: 'prior'");
    const char *const third = strstr(faults, ":8:1: unknown key 'colour'");
    assert_true(first && second && third && first < second && second < third);
    spil_free(faults);
    write_model("m.yaml", good);
    assert_ok(spil_model_faults(&faults, path, &err));
    assert_string_equal(faults, "");
    spil_free(faults);
    spil_free(path);
    spil_free(text);
}

static void model_set_read__refuses_one_id_in_two_files(void **state)
{
    (void)state;
    spil_err err = SPIL_ERR_INIT;
    spil_model_set *set = NULL;
    write_model("m.yaml", good);
    write_model("n.yaml", good);
    assert_fails(spil_model_set_read(&set, folder, &err), SPIL_INPUT,
                 "two files have one model id 'small'");
    char *path = NULL;
    assert_ok(spil_path_join(&path, folder, "n.yaml", &err));
    assert_int_equal(unlink(path), 0);
    assert_ok(spil_model_set_read(&set, folder, &err));
    assert_int_equal(set->count, 1);
    spil_model_set_free(set);
    spil_free(path);
    assert_fails(spil_model_set_read(&set, "tests/lint", &err), SPIL_NOT_FOUND, "no barrier model");
}

static spil_status read_and_free(const char *path)
{
    spil_model *model = NULL;
    const spil_status rc = spil_model_read(&model, path, NULL);
    spil_model_free(model);
    return rc;
}

static void model_read__survives_lack_of_memory(void **state)
{
    (void)state;
    assert_survives_no_memory(read_and_free("datasets/models/cannabis_cultivation.yaml"));
}

static void model_folder__is_found_from_the_program(void **state)
{
    (void)state;
    spil_err err = SPIL_ERR_INIT;
    char *found = NULL;
    assert_ok(spil_model_folder(&found, &err));
    assert_non_null(strstr(found, "datasets/models"));
    spil_free(found);
}

static int make_place(void **state)
{
    (void)state;
    char template[] = "/tmp/spil-test-model-XXXXXX";
    return mkdtemp(template) && spil_copy_text(&folder, template, NULL) == SPIL_OK ? 0 : -1;
}

static int remove_place(void **state)
{
    (void)state;
    char *path = NULL;
    if (spil_path_join(&path, folder, "m.yaml", NULL) == SPIL_OK)
        (void)unlink(path);
    spil_free(path);
    const int rc = rmdir(folder);
    spil_free(folder);
    return rc;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(model_set_read__takes_each_model_that_ships),
        T(model_read__fills_in_what_a_file_says_and_leaves_out),
        T(model_read__gives_assumed_chances_a_range),
        T(model_read__names_place_and_fault),
        T(model_read__wants_a_barrier_at_each_step),
        T(model_read__wants_ways_together_and_alike),
        T(model_read__refuses_what_is_no_model_at_all),
        T(model_faults__lists_them_all_in_order),
        T(model_set_read__refuses_one_id_in_two_files),
        T(model_read__survives_lack_of_memory),
        T(model_folder__is_found_from_the_program),
    };
    return cmocka_run_group_tests(tests, make_place, remove_place);
}
