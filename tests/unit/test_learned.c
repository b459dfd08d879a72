/* test_learned.c - learned effects in the place of a model's: engine/run/learned.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/t.h"

#include "engine/run/learned.h"

#define TWO "tests/data/models/two_steps.yaml"

/* A set of the one model, whose first step has `close`, [8, 2]. */
static spil_model_set *open_set(void)
{
    spil_err err;
    spil_model_set *set = NULL;
    assert_ok(NEW(set, &err));
    assert_ok(NEW_ARRAY(set->models, 1, &err));
    assert_ok(spil_model_read(&set->models[0], TWO, &err));
    set->count = 1;
    return set;
}

static spil_learned learned_of(const spil_model_set *set, uint32_t works, uint32_t fails)
{
    return (spil_learned){.model = set->models[0]->id,
                          .step = set->models[0]->steps[0].id,
                          .barrier = "close",
                          .prior_a = 8,
                          .prior_b = 2,
                          .works = works,
                          .fails = fails,
                          .from = "12 results in \"case\".db"};
}

static spil_model_barrier *close_of(const spil_model_set *set)
{
    return &set->models[0]->steps[0].barriers[0];
}

static void learned_apply__adds_results_and_ends_the_assumption(void **state)
{
    (void)state;
    spil_err err;
    spil_model_set *const set = open_set();
    spil_learned few = learned_of(set, 3, 6);
    close_of(set)->assumed = true;
    assert_ok(spil_learned_apply(set, &few, 1, &err));
    assert_close(close_of(set)->effect_a, 11, 0);
    assert_close(close_of(set)->effect_b, 8, 0);
    assert_string_equal(close_of(set)->learned, few.from);
    assert_true(close_of(set)->assumed); /* nine results against a prior of ten */
    close_of(set)->effect_a = 8;
    close_of(set)->effect_b = 2;
    few.fails = 7;
    assert_ok(spil_learned_apply(set, &few, 1, &err));
    assert_false(close_of(set)->assumed);
    spil_model_set_free(set);
}

static void learned_apply__refuses_what_was_learned_from_other_numbers(void **state)
{
    (void)state;
    spil_err err;
    spil_model_set *const set = open_set();
    spil_learned l = learned_of(set, 1, 1);
    l.prior_a = 9;
    assert_fails(spil_learned_apply(set, &l, 1, &err), SPIL_INPUT, "expected [9, 2]");
    l = learned_of(set, 1, 1);
    l.barrier = "sing";
    assert_fails(spil_learned_apply(set, &l, 1, &err), SPIL_INPUT, "no barrier 'sing'");
    assert_close(close_of(set)->effect_a, 8, 0);
    spil_model_set_free(set);
}

static void learned_again__is_what_was_written(void **state)
{
    (void)state;
    spil_err err;
    spil_model_set *const set = open_set();
    const spil_learned l = learned_of(set, 30, 12);
    spil_str options = SPIL_STR_INIT;
    spil_str_add(&options, "{\"seed\": 1");
    spil_learned_write(&l, 1, &options);
    spil_str_add(&options, "}");
    assert_ok(spil_learned_again(set, spil_str_text(&options), &err));
    assert_close(close_of(set)->effect_a, 38, 0);
    assert_close(close_of(set)->effect_b, 14, 0);
    assert_ok(spil_learned_again(set, "{\"seed\": 1}", &err));
    assert_ok(spil_learned_again(set, "", &err));
    assert_close(close_of(set)->effect_a, 38, 0);
    assert_fails(spil_learned_again(set, "{\"learned\": [{\"model\": 3}]}", &err), SPIL_INPUT,
                 "cannot be read");
    assert_fails(spil_learned_again(set, "{", &err), SPIL_INPUT, "no JSON");
    spil_str_free(&options);
    spil_model_set_free(set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(learned_apply__adds_results_and_ends_the_assumption),
        T(learned_apply__refuses_what_was_learned_from_other_numbers),
        T(learned_again__is_what_was_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
