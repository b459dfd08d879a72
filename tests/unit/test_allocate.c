/* test_allocate.c - a budget over regions, and where suspects come from: allocate.h, origin.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/t.h"

#include "engine/base/rng.h"
#include "engine/interventions/allocate.h"
#include "engine/interventions/origin.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>

/* Harm 8 and 2, half of either prevented by 10 hours, as many inhabitants. */
static const spil_allocate_region pair[2] = {
    {.name = "a", .inhabitants = 100, .harm = {8, 4, 16}, .half = {10, 10, 10}, .reach = 1},
    {.name = "b", .inhabitants = 100, .harm = {2, 1, 4}, .half = {10, 10, 10}, .reach = 1}};

static void allocate_prevented__halves_what_is_left(void **state)
{
    (void)state;
    assert_close(spil_allocate_prevented(&pair[0], 0), 0, 0);
    assert_close(spil_allocate_prevented(&pair[0], 10), 4, 1e-12);
    assert_close(spil_allocate_prevented(&pair[0], 20), 6, 1e-12);
    spil_allocate_region half = pair[0];
    half.reach = 0.5;
    assert_close(spil_allocate_prevented(&half, 20), 3, 1e-12);
    /* the slope, by a small step */
    const double step = 1e-5;
    assert_close(spil_allocate_marginal(&pair[0], 7),
                 (spil_allocate_prevented(&pair[0], 7 + step) -
                  spil_allocate_prevented(&pair[0], 7 - step)) /
                     (2 * step),
                 1e-7);
}

/* Equal marginal effects: 8 x 2^(-x/10) = 2 x 2^(-y/10), so x = y + 20 as soon as y > 0. */
static void allocate_effect__is_what_the_hand_finds(void **state)
{
    (void)state;
    spil_err err;
    static const double budgets[] = {0, 10, 20, 30, 60};
    static const double expected[][2] = {{0, 0}, {10, 0}, {20, 0}, {25, 5}, {40, 20}};
    for (size_t i = 0; i < sizeof budgets / sizeof *budgets; i++) {
        double hours[2];
        assert_ok(spil_allocate(hours, pair, 2, budgets[i], SPIL_ALLOCATE_EFFECT, &err));
        assert_close(hours[0], expected[i][0], 1e-9);
        assert_close(hours[1], expected[i][1], 1e-9);
    }
}

static void allocate_by_key__follows_the_key(void **state)
{
    (void)state;
    spil_err err;
    double hours[2];
    assert_ok(spil_allocate(hours, pair, 2, 20, SPIL_ALLOCATE_INHABITANTS, &err));
    assert_close(hours[0], 10, 1e-12);
    assert_close(hours[1], 10, 1e-12);
    assert_ok(spil_allocate(hours, pair, 2, 20, SPIL_ALLOCATE_RISK, &err));
    assert_close(hours[0], 16, 1e-12);
    assert_close(hours[1], 4, 1e-12);
    const spil_allocate_region empty = {.name = "x", .harm = {1, 1, 1}, .half = {1, 1, 1}};
    assert_fails(spil_allocate(hours, &empty, 1, 1, SPIL_ALLOCATE_INHABITANTS, &err), SPIL_RANGE,
                 "inhabitants above 0");
}

/* By inhabitants: half of 8 and half of 2; by effect: three quarters of 8. */
static void allocate_look__prices_the_division_by_inhabitants(void **state)
{
    (void)state;
    spil_err err;
    double hours[SPIL_ALLOCATE_KEYS][2];
    double *const each[SPIL_ALLOCATE_KEYS] = {hours[0], hours[1], hours[2]};
    spil_allocate_outcome out, again;
    for (int k = 0; k < SPIL_ALLOCATE_KEYS; k++)
        assert_ok(spil_allocate(each[k], pair, 2, 20, (spil_allocate_key)k, &err));
    assert_ok(spil_allocate_look(&out, pair, 2, each, 2000, 3, &err));
    assert_close(out.prevented[SPIL_ALLOCATE_INHABITANTS], 5, 1e-12);
    assert_close(out.prevented[SPIL_ALLOCATE_EFFECT], 6, 1e-12);
    assert_close(out.price[SPIL_ALLOCATE_INHABITANTS], 1.0 / 6, 1e-12);
    assert_close(out.price[SPIL_ALLOCATE_EFFECT], 0, 0);
    assert_close(out.least_marginal, 2 * M_LN2 / 10, 1e-9);
    /* only a gets hours: the draws are 6/8 of the draws of its harm, 4 to 16 in 90% */
    assert_close(out.drawn[SPIL_ALLOCATE_EFFECT].p5, 3, 0.1);
    assert_close(out.drawn[SPIL_ALLOCATE_EFFECT].p95, 12, 0.1);
    assert_true(out.price_drawn[SPIL_ALLOCATE_INHABITANTS].p5 < 1.0 / 6);
    assert_true(out.price_drawn[SPIL_ALLOCATE_INHABITANTS].p95 > 1.0 / 6);
    assert_ok(spil_allocate_look(&again, pair, 2, each, 2000, 3, &err));
    assert_memory_equal(&again, &out, sizeof out);
}

enum { MANY = 12, STEPS = 20000 };

static void random_regions(spil_allocate_region *regions, uint64_t set)
{
    static const char *const names[MANY] = {"a", "b", "c", "d", "e", "f",
                                            "g", "h", "i", "j", "k", "l"};
    spil_rng rng = spil_rng_stream(5, set);
    for (size_t i = 0; i < MANY; i++) {
        const double harm = 0.1 + 10 * spil_rng_unit(&rng);
        const double half = 1 + 100 * spil_rng_unit(&rng);
        const double reach = 0.1 + 0.9 * spil_rng_unit(&rng);
        regions[i] = (spil_allocate_region){.name = names[i],
                                            .inhabitants = 1 + (double)i,
                                            .harm = {harm, harm, harm},
                                            .half = {half, half, half},
                                            .reach = reach};
    }
}

static double total(const spil_allocate_region *regions, const double *hours)
{
    double sum = 0;
    for (size_t i = 0; i < MANY; i++)
        sum += spil_allocate_prevented(&regions[i], hours[i]);
    return sum;
}

/* The slow way: the next small step to the region where it prevents most. */
static void allocate_effect__agrees_with_greedy_steps(void **state)
{
    (void)state;
    spil_err err;
    for (uint64_t set = 0; set < 6; set++) {
        spil_allocate_region regions[MANY];
        double exact[MANY], greedy[MANY] = {0}, used = 0;
        const double budget = 20 + 60 * (double)set, step = budget / STEPS;
        random_regions(regions, set);
        assert_ok(spil_allocate(exact, regions, MANY, budget, SPIL_ALLOCATE_EFFECT, &err));
        for (size_t s = 0; s < STEPS; s++) {
            size_t best = 0;
            for (size_t i = 1; i < MANY; i++)
                if (spil_allocate_marginal(&regions[i], greedy[i]) >
                    spil_allocate_marginal(&regions[best], greedy[best]))
                    best = i;
            greedy[best] += step;
        }
        for (size_t i = 0; i < MANY; i++) {
            used += exact[i];
            assert_true(fabs(exact[i] - greedy[i]) <= MANY * step);
        }
        assert_close(used, budget, 1e-9);
        assert_true(total(regions, exact) >= total(regions, greedy) - 1e-12);
    }
}

static spil_status allocate_once(void)
{
    spil_err err = SPIL_ERR_INIT;
    double hours[SPIL_ALLOCATE_KEYS][2] = {{0}};
    double *const each[SPIL_ALLOCATE_KEYS] = {hours[0], hours[1], hours[2]};
    spil_allocate_outcome out;
    const spil_status rc =
        spil_allocate(each[SPIL_ALLOCATE_EFFECT], pair, 2, 20, SPIL_ALLOCATE_EFFECT, &err);
    return rc == SPIL_OK ? spil_allocate_look(&out, pair, 2, each, 20, 1, &err) : rc;
}

static void allocate__survives_no_memory(void **state)
{
    (void)state;
    assert_survives_no_memory(allocate_once());
}

/* ---- where suspects come from ---- */

static void origins__are_bounds_and_never_points(void **state)
{
    (void)state;
    const uint64_t count[SPIL_HOME_COUNT] = {40, 10, 6, 24};
    const spil_homes o = spil_homes_of(count);
    assert_int_equal(o.total_least, 80);
    assert_int_equal(o.total_most, 80);
    assert_false(o.small);
    /* nobody of the unknown abroad: 6 of 80; all of them: 30 of 80 */
    assert_close(o.none_abroad.low, gsl_cdf_beta_Pinv(0.05, 6.5, 74.5), 1e-12);
    assert_close(o.none_abroad.high, gsl_cdf_beta_Pinv(0.95, 6.5, 74.5), 1e-9);
    assert_close(o.all_abroad.low, gsl_cdf_beta_Pinv(0.05, 30.5, 50.5), 1e-12);
    assert_close(o.all_abroad.high, gsl_cdf_beta_Pinv(0.95, 30.5, 50.5), 1e-9);
    assert_true(o.none_abroad.low < 6.0 / 80 && o.none_abroad.high > 6.0 / 80);
    assert_true(o.all_abroad.low < 30.0 / 80 && o.all_abroad.high > 30.0 / 80);
    for (int k = 0; k < SPIL_HOME_COUNT; k++)
        assert_true(o.share[k].low < o.share[k].high);
}

static void origins__nothing_gives_a_small_count_away(void **state)
{
    (void)state;
    const uint64_t none[SPIL_HOME_COUNT] = {400, 100, 60, 0};
    const spil_homes first = spil_homes_of(none);
    assert_true(first.small);
    assert_int_equal(first.least[SPIL_HOME_UNKNOWN], 0);
    assert_int_equal(first.most[SPIL_HOME_UNKNOWN], 4);
    for (uint64_t few = 1; few < SPIL_HOME_FEWEST; few++) {
        const uint64_t count[SPIL_HOME_COUNT] = {400, 100, 60, few};
        const spil_homes o = spil_homes_of(count);
        for (int k = 0; k < SPIL_HOME_COUNT; k++) {
            assert_int_equal(o.most[k], first.most[k]);
            assert_true(o.share[k].low == first.share[k].low);
            assert_true(o.share[k].high == first.share[k].high);
        }
        assert_int_equal(o.total_most, first.total_most);
        assert_true(o.all_abroad.high == first.all_abroad.high);
    }
    const uint64_t five[SPIL_HOME_COUNT] = {400, 100, 60, 5};
    assert_int_equal(spil_homes_of(five).least[SPIL_HOME_UNKNOWN], 5);
    assert_false(spil_homes_of(five).small);
}

static void origins__of_nobody_say_nothing(void **state)
{
    (void)state;
    const uint64_t count[SPIL_HOME_COUNT] = {0};
    const spil_homes o = spil_homes_of(count);
    assert_true(o.small);
    for (int k = 0; k < SPIL_HOME_COUNT; k++) {
        assert_close(o.share[k].low, 0, 0);
        assert_close(o.share[k].high, 1, 0);
    }
}

static void add_person(spil_facts *facts, uint32_t e, const char *key, const char *country,
                       const char *municipality)
{
    spil_err err;
    assert_ok(
        spil_facts_add_entity(facts, &(spil_entity){.kind = SPIL_ENTITY_person, .key = key}, &err));
    if (country)
        assert_ok(spil_facts_add_attribute(
            facts, &(spil_attribute){.entity = e, .name = "country_of_residence", .value = country},
            &err));
    if (municipality)
        assert_ok(spil_facts_add_attribute(
            facts, &(spil_attribute){.entity = e, .name = "municipality", .value = municipality},
            &err));
}

static void add_role(spil_facts *facts, uint32_t e)
{
    spil_err err;
    assert_ok(spil_facts_add_role(
        facts, &(spil_role){.entity = e, .model = "m", .step = "s", .role = "r", .confidence = 1},
        &err));
}

static void homes_count__looks_at_suspects_and_their_recorded_home_alone(void **state)
{
    (void)state;
    spil_err err;
    spil_facts *facts = NULL;
    uint64_t count[SPIL_HOME_COUNT];
    assert_ok(spil_facts_new(&facts, &err));
    assert_ok(spil_facts_add_source(facts, &(spil_source){.path = "x", .sha256 = "0"}, &err));
    add_person(facts, 0, "P0", "nederland", "ede");
    add_person(facts, 1, "P1", NULL, "Ede");
    add_person(facts, 2, "P2", "NL", "Breda");
    add_person(facts, 3, "P3", "BE", "Ede"); /* a recorded country speaks first */
    add_person(facts, 4, "P4", "NL", NULL);
    add_person(facts, 5, "P5", NULL, NULL);
    add_person(facts, 6, "P6", "NL", "Ede"); /* no suspect */
    for (uint32_t e = 0; e < 5; e++)
        add_role(facts, e);
    assert_ok(spil_facts_add_link(
        facts,
        &(spil_link){
            .from = 5, .to = 0, .kind = SPIL_LINK_co_suspect, .weight = 1, .confidence = 1},
        &err));
    assert_ok(spil_facts_add_link(
        facts,
        &(spil_link){.from = 6, .to = 0, .kind = SPIL_LINK_met, .weight = 1, .confidence = 1},
        &err));
    assert_ok(spil_facts_finish(facts, &err));
    assert_ok(spil_homes_count(count, facts, "Ede", "NL", &err));
    assert_int_equal(count[SPIL_HOME_SAME], 2);
    assert_int_equal(count[SPIL_HOME_ELSEWHERE], 1);
    assert_int_equal(count[SPIL_HOME_ABROAD], 1);
    assert_int_equal(count[SPIL_HOME_UNKNOWN], 2);
    assert_ok(spil_homes_count(count, facts, "Ede", "BE", &err));
    assert_int_equal(count[SPIL_HOME_SAME], 2); /* P1 and P3 */
    assert_int_equal(count[SPIL_HOME_ABROAD], 3);
    spil_facts_free(facts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(allocate_prevented__halves_what_is_left),
        T(allocate_effect__is_what_the_hand_finds),
        T(allocate_by_key__follows_the_key),
        T(allocate_look__prices_the_division_by_inhabitants),
        T(allocate_effect__agrees_with_greedy_steps),
        T(allocate__survives_no_memory),
        T(origins__are_bounds_and_never_points),
        T(origins__nothing_gives_a_small_count_away),
        T(origins__of_nobody_say_nothing),
        T(homes_count__looks_at_suspects_and_their_recorded_home_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
