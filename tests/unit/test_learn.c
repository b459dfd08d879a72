/* test_learn.c - what was done and what it teaches: engine/interventions/learn.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/t.h"

#include "engine/base/rng.h"
#include "engine/interventions/learn.h"
#include "engine/stats/draw.h"
#include "engine/stats/proportion.h"

static void learn_beta_interval__matches_closed_forms(void **state)
{
    (void)state;
    const spil_interval flat = spil_beta_interval(1, 1, 0.9), ramp = spil_beta_interval(2, 1, 0.9);
    assert_close(flat.mean, 0.5, 1e-12);
    assert_close(flat.low, 0.05, 1e-9);
    assert_close(flat.high, 0.95, 1e-9);
    assert_close(ramp.mean, 2.0 / 3, 1e-12);
    assert_close(ramp.low, sqrt(0.05), 1e-9); /* the distribution function is x^2 */
    assert_close(ramp.high, sqrt(0.95), 1e-9);
}

static void learn_holm__is_what_the_hand_finds(void **state)
{
    (void)state;
    spil_err err;
    double p[] = {0.01, 0.04, 0.03, 0.005};
    assert_ok(spil_holm(p, 4, &err));
    assert_close(p[0], 0.03, 1e-12);
    assert_close(p[1], 0.06, 1e-12); /* 0.04 alone, but not below the one before it */
    assert_close(p[2], 0.06, 1e-12);
    assert_close(p[3], 0.02, 1e-12);
    double large[] = {0.9, 0.8};
    assert_ok(spil_holm(large, 2, &err));
    assert_close(large[0], 1, 0);
    assert_close(large[1], 1, 0);
}

static void learn_practices__adds_what_was_seen_to_the_prior(void **state)
{
    (void)state;
    spil_err err;
    spil_practice each = {.prior_a = 8, .prior_b = 3, .works = 2, .fails = 1};
    assert_ok(spil_learn_practices(&each, 1, &err));
    assert_close(each.prior.mean, 8.0 / 11, 1e-12);
    assert_close(each.posterior.mean, 10.0 / 14, 1e-12);
    assert_true(each.posterior.high - each.posterior.low < each.prior.high - each.prior.low);
    assert_int_equal(each.finding, SPIL_FINDING_FEW);
    assert_true(isnan(each.adjusted) && isnan(each.over.low));
}

static void learn_practices__parts_the_good_from_the_bad(void **state)
{
    (void)state;
    spil_err err;
    spil_practice all[] = {{.prior_a = 1, .prior_b = 1, .works = 5, .fails = 0},
                           {.prior_a = 1, .prior_b = 1, .works = 0, .fails = 5}};
    assert_ok(spil_learn_practices(all, 2, &err));
    /* 1 of the 252 ways to pick five of ten; twice for both sides; twice for two that are judged */
    assert_close(all[0].adjusted, 4.0 / 252, 1e-9);
    assert_close(all[1].adjusted, 4.0 / 252, 1e-9);
    assert_close(all[0].over.mean, 1, 1e-12);
    assert_close(all[1].over.mean, -1, 1e-12);
    /* both intervals reach from a rate at its end inwards: MOVER adds the two as legs */
    const spil_interval end = spil_beta_interval(5.5, 0.5, 0.975);
    assert_close(all[0].over.low, 1 - sqrt(2) * (1 - end.low), 1e-9);
    assert_int_equal(all[0].finding, SPIL_FINDING_BEST);
    assert_int_equal(all[1].finding, SPIL_FINDING_WORSE);
}

static void learn_practices__four_results_are_too_few(void **state)
{
    (void)state;
    spil_err err;
    spil_practice all[] = {{.prior_a = 1, .prior_b = 1, .works = 4, .fails = 0},
                           {.prior_a = 1, .prior_b = 1, .works = 1, .fails = 40}};
    assert_ok(spil_learn_practices(all, 2, &err));
    assert_int_equal(all[0].finding, SPIL_FINDING_FEW);
    assert_int_equal(all[1].finding, SPIL_FINDING_FEW); /* nothing to hold it against */
}

static uint32_t successes(spil_rng *rng, uint32_t tries, double chance)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < tries; i++)
        count += spil_rng_unit(rng) < chance;
    return count;
}

enum { SETS = 400, EACH = 8 };

/* True when so many of SETS do not speak against a share of SPIL_LEARN_ALPHA at most. */
static bool at_most_alpha(size_t sets)
{
    return spil_proportion_of(sets, SETS, 0.01).low <= SPIL_LEARN_ALPHA;
}

static void learn_practices__hardly_promotes_where_all_are_alike(void **state)
{
    (void)state;
    spil_err err;
    size_t sets = 0;
    for (uint64_t s = 0; s < SETS; s++) {
        spil_rng rng = spil_rng_stream(7, s);
        spil_practice all[EACH] = {{0}};
        bool any = false;
        const double chance = 0.1 + 0.8 * spil_rng_unit(&rng);
        for (size_t i = 0; i < EACH; i++) {
            const uint32_t tries = 5 + (uint32_t)spil_rng_below(&rng, 40);
            const uint32_t works = successes(&rng, tries, chance);
            all[i] =
                (spil_practice){.prior_a = 1, .prior_b = 1, .works = works, .fails = tries - works};
        }
        assert_ok(spil_learn_practices(all, EACH, &err));
        for (size_t i = 0; i < EACH; i++)
            any = any || all[i].finding == SPIL_FINDING_BEST;
        sets += any;
    }
    print_message("instruments alike: a promotion in %zu of %d sets\n", sets, SETS);
    assert_true(at_most_alpha(sets));
}

/* Changes of EACH practices in regions of two sorts of spread; `effect` of the first one. Sets the
 * practices found best as bits. */
static unsigned found(uint64_t set, double effect, size_t treated, size_t control)
{
    spil_err err;
    spil_rng rng = spil_rng_stream(11, set);
    double change[EACH][80];
    spil_comparison all[EACH] = {{0}};
    unsigned bits = 0;
    assert_true(treated + control <= 80);
    for (size_t i = 0; i < EACH; i++) {
        for (size_t r = 0; r < treated + control; r++) {
            const double wide = r < treated ? 2 : 1;
            change[i][r] = wide * spil_draw_normal(&rng);
            if (i == 0 && r < treated)
                change[i][r] += effect;
        }
        all[i] = (spil_comparison){.treated = change[i],
                                   .control = change[i] + treated,
                                   .treated_count = treated,
                                   .control_count = control};
    }
    assert_ok(
        spil_learn_compare(all, EACH, &(spil_compare_opts){.resamples = 499, .seed = set}, &err));
    for (size_t i = 0; i < EACH; i++)
        bits |= (all[i].finding == SPIL_FINDING_BEST ? 1u : 0u) << i;
    return bits;
}

static void learn_compare__hardly_promotes_where_there_is_no_effect(void **state)
{
    (void)state;
    size_t sets = 0, strong = 0;
    for (uint64_t s = 0; s < SETS; s++)
        sets += found(s, 0, 6, 9) != 0;
    for (uint64_t s = 0; s < 20; s++)
        strong += found(s, -3, 30, 30) & 1u;
    print_message("no effect: a promotion in %zu of %d sets; a strong one found in %zu of 20\n",
                  sets, SETS, strong);
    assert_true(at_most_alpha(sets));
    assert_true(strong >= 18);
}

static void learn_compare__is_the_difference_of_differences(void **state)
{
    (void)state;
    spil_err err;
    const double with[] = {-2, -4, -3, -2, -4, -3}, without[] = {1, 0, -1, 1, 0, -1};
    spil_comparison c = {
        .treated = with, .control = without, .treated_count = 6, .control_count = 6};
    const spil_compare_opts opts = SPIL_COMPARE_OPTS_DEFAULTS;
    assert_ok(spil_learn_compare(&c, 1, &opts, &err));
    assert_close(c.difference.mean, -3, 1e-12);
    assert_true(c.difference.low < -3 && c.difference.high > -3 && c.difference.high < 0);
    /* of the 924 ways to pick six of twelve two part them as far */
    assert_true(c.adjusted < 0.01);
    assert_int_equal(c.finding, SPIL_FINDING_BEST);
    spil_comparison swapped = {
        .treated = without, .control = with, .treated_count = 6, .control_count = 6};
    assert_ok(spil_learn_compare(&swapped, 1, &opts, &err));
    assert_close(swapped.difference.mean, 3, 1e-12);
    assert_int_equal(swapped.finding, SPIL_FINDING_WORSE);
    spil_comparison again = c;
    assert_ok(spil_learn_compare(&again, 1, &opts, &err));
    assert_memory_equal(&again.difference, &c.difference, sizeof c.difference);
}

static void learn_compare__says_when_there_is_too_little(void **state)
{
    (void)state;
    spil_err err;
    const double x[] = {-9, -8, -9, -7, -9, -8}, same[] = {1, 1, 1, 1, 1, 1};
    const spil_compare_opts opts = {.resamples = 99, .seed = 1};
    spil_comparison all[] = {
        {.treated = x, .control = same, .treated_count = 4, .control_count = 6},
        {.treated = same, .control = same, .treated_count = 6, .control_count = 6},
        {.treated = x, .control = NULL, .treated_count = 6, .control_count = 0}};
    assert_ok(spil_learn_compare(all, 3, &opts, &err));
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(all[i].finding, SPIL_FINDING_FEW);
        assert_true(isnan(all[i].difference.low));
    }
    assert_close(all[0].difference.mean, -9.25, 1e-12);
    assert_true(isnan(all[2].difference.mean));
}

static spil_status compare_once(void)
{
    spil_err err = SPIL_ERR_INIT;
    const double x[] = {1, 2, 3, 4, 5}, y[] = {2, 3, 4, 5, 7};
    spil_comparison c = {.treated = x, .control = y, .treated_count = 5, .control_count = 5};
    return spil_learn_compare(&c, 1, &(spil_compare_opts){.resamples = 99, .seed = 1}, &err);
}

static void learn_compare__survives_no_memory(void **state)
{
    (void)state;
    assert_survives_no_memory(compare_once());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(learn_beta_interval__matches_closed_forms),
        T(learn_holm__is_what_the_hand_finds),
        T(learn_practices__adds_what_was_seen_to_the_prior),
        T(learn_practices__parts_the_good_from_the_bad),
        T(learn_practices__four_results_are_too_few),
        T(learn_practices__hardly_promotes_where_all_are_alike),
        T(learn_compare__hardly_promotes_where_there_is_no_effect),
        T(learn_compare__is_the_difference_of_differences),
        T(learn_compare__says_when_there_is_too_little),
        T(learn_compare__survives_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
