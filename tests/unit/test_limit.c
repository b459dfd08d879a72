/* Money, must and must-not, one after another, apart: the greedy list and the best list against all
 * lists there are. SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/t.h"

#include "engine/base/rng.h"
#include "engine/interventions/limit.h"
#include "engine/interventions/optimum.h"

#include <math.h>
#include <string.h>

enum { DRAWS = 4, COUNT = 11, CASES = 60 };

/* Eleven actions on two chains, two partners, money, and one limit of each kind. */
typedef struct limited {
    double value[2][DRAWS], draw[COUNT][DRAWS];
    spil_choice choices[COUNT];
    const double *chains[2];
    uint32_t member[8][3];
    spil_limit limits[5];
    spil_list_opts opts;
} limited;

/* Three different actions, ascending. */
static void draw_members(uint32_t *out, spil_rng *rng)
{
    for (size_t i = 0; i < 3;) {
        out[i] = (uint32_t)spil_rng_below(rng, COUNT);
        bool again = false;
        for (size_t k = 0; k < i; k++)
            again = again || out[k] == out[i];
        i += !again;
    }
    for (size_t i = 0; i < 3; i++)
        for (size_t k = 0; k < i; k++)
            if (out[k] > out[i]) {
                const uint32_t swap = out[k];
                out[k] = out[i];
                out[i] = swap;
            }
}

static limited *make_case(uint64_t number)
{
    static limited c;
    spil_rng rng = spil_rng_stream(21, number);
    for (size_t k = 0; k < 2; k++) {
        c.chains[k] = c.value[k];
        for (size_t b = 0; b < DRAWS; b++)
            c.value[k][b] = spil_rng_unit(&rng);
    }
    for (size_t i = 0; i < COUNT; i++) {
        const size_t chain = spil_rng_below(&rng, 2);
        const uint32_t partner = (uint32_t)spil_rng_below(&rng, 2);
        const uint32_t group = (uint32_t)spil_rng_below(&rng, 6);
        const double hours = 1 + (double)spil_rng_below(&rng, 9);
        const double cost = 100 * (double)spil_rng_below(&rng, 6);
        for (size_t b = 0; b < DRAWS; b++)
            c.draw[i][b] = c.value[chain][b] * spil_rng_unit(&rng);
        c.choices[i] = (spil_choice){.hours = hours,
                                     .partner = (spil_partner)partner,
                                     .chain = chain,
                                     .draw = c.draw[i],
                                     .exclusive = group < 2 ? group : UINT32_MAX,
                                     .cost = cost};
    }
    for (size_t m = 0; m < 8; m++)
        draw_members(c.member[m], &rng);
    c.limits[0] = (spil_limit){SPIL_LIMIT_MOST, c.member[0], NULL, 3, 0, 1, NULL};
    c.limits[1] = (spil_limit){SPIL_LIMIT_MUST, c.member[1], NULL, 2, 0, 0, NULL};
    c.limits[2] = (spil_limit){SPIL_LIMIT_AFTER, c.member[2], c.member[3], 3, 1, 0, NULL};
    c.limits[3] = (spil_limit){SPIL_LIMIT_APART, c.member[4], c.member[5], 1, 2, 0, NULL};
    c.limits[4] = (spil_limit){SPIL_LIMIT_MOST, c.member[6], NULL, 1, 0, 0, NULL};
    c.opts = (spil_list_opts){
        .top = 3 + number % 3, .budget = 600 + 100 * (double)(number % 5), .limits = c.limits};
    c.opts.limit_count = 5;
    for (size_t p = 0; p < SPIL_PARTNER_COUNT; p++)
        c.opts.hours[p] = 8 + (double)(number % 7);
    return &c;
}

/* ---- every list there is, checked word by word ---- */

static double worth(const limited *c, uint32_t set)
{
    double sum = 0;
    for (size_t k = 0; k < 2; k++)
        for (size_t b = 0; b < DRAWS; b++) {
            double left = 1;
            for (size_t i = 0; i < COUNT; i++)
                if ((set >> i & 1) && c->choices[i].chain == k)
                    left *= 1 - c->draw[i][b] / c->value[k][b];
            sum += c->value[k][b] * (1 - left);
        }
    return sum / DRAWS;
}

static size_t held(const uint32_t *members, size_t count, uint32_t set)
{
    size_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += set >> members[i] & 1;
    return sum;
}

static bool is_met(const spil_limit *limit, uint32_t set)
{
    const size_t of = held(limit->of, limit->of_count, set),
                 by = held(limit->by, limit->by_count, set);
    switch (limit->kind) {
    case SPIL_LIMIT_MOST:
        return of <= limit->most;
    case SPIL_LIMIT_MUST:
        return of > 0;
    case SPIL_LIMIT_AFTER:
        return of == 0 || by > 0;
    case SPIL_LIMIT_APART:
    default:
        break;
    }
    for (size_t i = 0; i < limit->of_count; i++)
        for (size_t k = 0; k < limit->by_count; k++)
            if (limit->of[i] != limit->by[k] && (set >> limit->of[i] & 1) &&
                (set >> limit->by[k] & 1))
                return false;
    return true;
}

static bool feasible(const limited *c, uint32_t set)
{
    double hours[SPIL_PARTNER_COUNT] = {0}, money = 0;
    size_t length = 0, groups[2] = {0};
    for (size_t i = 0; i < COUNT; i++) {
        if (!(set >> i & 1))
            continue;
        length++;
        hours[c->choices[i].partner] += c->choices[i].hours;
        money += c->choices[i].cost;
        if (c->choices[i].exclusive != UINT32_MAX && ++groups[c->choices[i].exclusive] > 1)
            return false;
    }
    for (size_t p = 0; p < SPIL_PARTNER_COUNT; p++)
        if (hours[p] > c->opts.hours[p])
            return false;
    for (size_t k = 0; k < c->opts.limit_count; k++)
        if (!is_met(&c->opts.limits[k], set))
            return false;
    return length <= c->opts.top && money <= c->opts.budget;
}

/* -1: there is no list. */
static double best_of_all(const limited *c)
{
    double best = -1;
    for (uint32_t set = 0; set < 1U << COUNT; set++)
        if (feasible(c, set))
            best = fmax(best, worth(c, set));
    return best;
}

/* ---- cases ---- */

static double assert_optimum(const limited *c)
{
    spil_err err;
    spil_optimum *best = NULL;
    uint32_t set = 0;
    assert_ok(spil_optimum_find(&best, c->choices, COUNT, c->chains, 2, DRAWS, &c->opts, 60, &err));
    for (size_t i = 0; i < best->count; i++)
        set |= 1U << best->chosen[i];
    assert_true(feasible(c, set));
    assert_close(best->gain, worth(c, set), 1e-9);
    assert_close(best->gain, best_of_all(c), 1e-9);
    const double gain = best->gain;
    spil_optimum_free(best);
    return gain;
}

/* Its gain; the limit with and without it holds. */
static double assert_greedy(const limited *c, double best)
{
    spil_err err;
    spil_target_list *list = NULL;
    uint32_t set = 0;
    size_t chosen[COUNT];
    double plain = 0, sharp = 0;
    assert_ok(
        spil_targets_choose(&list, c->choices, COUNT, c->chains, 2, DRAWS, &c->opts, NULL, &err));
    for (size_t i = 0; i < list->count; i++) {
        chosen[i] = list->targets[i].choice;
        set |= 1U << chosen[i];
    }
    assert_true(feasible(c, set));
    assert_close(list->gain, worth(c, set), 1e-9);
    assert_true(list->gain <= best + 1e-9);
    assert_ok(spil_optimum_bound(&plain, c->choices, COUNT, c->chains, 2, DRAWS, &c->opts, NULL, 0,
                                 60, &err));
    assert_ok(spil_optimum_bound(&sharp, c->choices, COUNT, c->chains, 2, DRAWS, &c->opts, chosen,
                                 list->count, 60, &err));
    assert_true(sharp >= best - 1e-9 && sharp <= plain + 1e-9);
    const double gain = list->gain;
    spil_target_list_free(list);
    return gain;
}

static void targets_choose__keeps_every_limit_and_is_near_the_best_of_all_lists(void **state)
{
    (void)state;
    size_t none = 0, short_of = 0;
    double least = 1, sum = 0;
    for (uint64_t n = 0; n < CASES; n++) {
        limited *const c = make_case(n);
        const double best = best_of_all(c);
        spil_target_list *list = NULL;
        spil_err err;
        if (best < 0) {
            none++;
            assert_fails(spil_targets_choose(&list, c->choices, COUNT, c->chains, 2, DRAWS,
                                             &c->opts, NULL, &err),
                         SPIL_INPUT, "no list within the hours");
            assert_null(list);
            continue;
        }
        assert_close(assert_optimum(c), best, 1e-9);
        const double share = assert_greedy(c, best) / best;
        least = fmin(least, share);
        sum += share;
        short_of += share < 1 - 1e-9;
    }
    printf("of %d cases %zu have no list; greedy short of the best in %zu, mean %.3f, least %.3f\n",
           CASES, none, short_of, sum / (double)(CASES - none), least);
    assert_true(none > 0 && none < CASES / 3);
    assert_true(sum / (double)(CASES - none) > 0.95 && least > 0.5);
}

/* A waits for B, which brings nothing by itself; A with B is worth more an hour than C. */
static void targets_choose__takes_what_an_action_waits_for_before_it(void **state)
{
    (void)state;
    spil_err err;
    const double value[] = {1}, much[] = {0.8}, some[] = {0.1}, none[] = {0};
    const double *const chains[] = {value};
    const uint32_t a = 0, b = 1;
    const spil_choice choices[] = {{10, SPIL_PARTNER_police, 0, much, UINT32_MAX, 0},
                                   {10, SPIL_PARTNER_police, 0, none, UINT32_MAX, 0},
                                   {10, SPIL_PARTNER_police, 0, some, UINT32_MAX, 0}};
    const spil_limit after = {SPIL_LIMIT_AFTER, &a, &b, 1, 1, 0, NULL};
    spil_list_opts opts = {.top = 3, .budget = HUGE_VAL, .limits = &after, .limit_count = 1};
    spil_target_list *list = NULL;
    for (size_t p = 0; p < SPIL_PARTNER_COUNT; p++)
        opts.hours[p] = 20;
    assert_ok(spil_targets_choose(&list, choices, 3, chains, 1, 1, &opts, NULL, &err));
    assert_int_equal(list->count, 2);
    assert_int_equal(list->targets[0].choice, b);
    assert_int_equal(list->targets[1].choice, a);
    assert_close(list->gain, 0.8, 1e-12);
    spil_target_list_free(list);
    opts.hours[SPIL_PARTNER_police] = 15; /* not enough for both: C alone */
    assert_ok(spil_targets_choose(&list, choices, 3, chains, 1, 1, &opts, NULL, &err));
    assert_int_equal(list->count, 1);
    assert_int_equal(list->targets[0].choice, 2);
    spil_target_list_free(list);
}

static void targets_choose__spends_no_more_than_there_is(void **state)
{
    (void)state;
    spil_err err;
    const double value[] = {1}, half[] = {0.5}, less[] = {0.4};
    const double *const chains[] = {value};
    const spil_choice choices[] = {{10, SPIL_PARTNER_police, 0, half, UINT32_MAX, 900},
                                   {10, SPIL_PARTNER_bank, 0, less, UINT32_MAX, 500},
                                   {10, SPIL_PARTNER_bank, 0, less, UINT32_MAX, 500}};
    spil_list_opts opts = {.top = 3, .budget = 1000};
    spil_target_list *list = NULL;
    for (size_t p = 0; p < SPIL_PARTNER_COUNT; p++)
        opts.hours[p] = HUGE_VAL;
    assert_ok(spil_targets_choose(&list, choices, 3, chains, 1, 1, &opts, NULL, &err));
    assert_int_equal(list->count, 2);
    assert_close(list->gain, 0.64, 1e-12);
    assert_close(list->money_used, 1000, 0);
    spil_target_list_free(list);
}

static spil_status choose_and_free(const limited *c)
{
    spil_target_list *list = NULL;
    const spil_status rc =
        spil_targets_choose(&list, c->choices, COUNT, c->chains, 2, DRAWS, &c->opts, NULL, NULL);
    spil_target_list_free(list);
    return rc;
}

static spil_status optimum_and_free(const limited *c)
{
    spil_optimum *best = NULL;
    spil_status rc =
        spil_optimum_find(&best, c->choices, COUNT, c->chains, 2, DRAWS, &c->opts, 60, NULL);
    spil_optimum_free(best);
    return rc;
}

static spil_status bound_and_free(const limited *c)
{
    double bound;
    const size_t list[] = {0, 1};
    return spil_optimum_bound(&bound, c->choices, COUNT, c->chains, 2, DRAWS, &c->opts, list, 2, 60,
                              NULL);
}

static void choosing__survives_every_failed_allocation(void **state)
{
    (void)state;
    uint64_t n = 0;
    while (best_of_all(make_case(n)) < 0)
        n++;
    const limited *const c = make_case(n);
    assert_survives_no_memory(choose_and_free(c));
    assert_survives_no_memory(optimum_and_free(c));
    assert_survives_no_memory(bound_and_free(c));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(targets_choose__keeps_every_limit_and_is_near_the_best_of_all_lists),
        T(targets_choose__takes_what_an_action_waits_for_before_it),
        T(targets_choose__spends_no_more_than_there_is),
        T(choosing__survives_every_failed_allocation),
    };
    return cmocka_run_group_tests_name("limit", tests, NULL, NULL);
}
