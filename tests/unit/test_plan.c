/* Whose the result is, and how good a list can be: by hand, and against all there are.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/t.h"

#include "engine/base/rng.h"
#include "engine/interventions/credit.h"
#include "engine/interventions/optimum.h"

#include <math.h>

enum { DRAWS = 4, MOST = 40 };

/* A case of so many actions on two chains, drawn anew for each number. */
typedef struct random_case {
    double value[2][DRAWS], draw[MOST][DRAWS];
    spil_choice choices[MOST];
    const double *chains[2];
    size_t count;
} random_case;

static random_case *make_case(uint64_t number, size_t count, unsigned partners)
{
    static random_case c;
    spil_rng rng = spil_rng_stream(11, number);
    c.count = count;
    for (size_t k = 0; k < 2; k++) {
        c.chains[k] = c.value[k];
        for (size_t b = 0; b < DRAWS; b++)
            c.value[k][b] = spil_rng_unit(&rng);
    }
    for (size_t i = 0; i < count; i++) {
        const size_t chain = spil_rng_below(&rng, 2);
        const uint32_t partner = (uint32_t)spil_rng_below(&rng, partners);
        const uint32_t group = (uint32_t)spil_rng_below(&rng, 5);
        const double hours = 1 + (double)spil_rng_below(&rng, 9);
        for (size_t b = 0; b < DRAWS; b++)
            c.draw[i][b] = c.value[chain][b] * spil_rng_unit(&rng);
        c.choices[i] = (spil_choice){.hours = hours,
                                     .partner = (spil_partner)partner,
                                     .chain = chain,
                                     .draw = c.draw[i],
                                     .exclusive = group < 3 ? group : UINT32_MAX};
    }
    return &c;
}

/* What the actions of the set achieve together. */
static double worth(const random_case *c, uint64_t set)
{
    double sum = 0;
    for (size_t k = 0; k < 2; k++)
        for (size_t b = 0; b < DRAWS; b++) {
            double left = 1;
            for (size_t i = 0; i < c->count; i++)
                if ((set >> i & 1) && c->choices[i].chain == k && c->value[k][b] > 0)
                    left *= 1 - c->draw[i][b] / c->value[k][b];
            sum += c->value[k][b] * (1 - left);
        }
    return sum / DRAWS;
}

/* ---- credit ---- */

static spil_credit divide(const random_case *c, const size_t *chosen, size_t count)
{
    spil_err err;
    spil_credit credit;
    assert_ok(spil_credit_divide(&credit, c->choices, chosen, count, c->chains, 2, DRAWS, 5, &err));
    return credit;
}

/* V = 1. Two partners who each take away half: alone 0.5, together 0.75. Each order gives the first
 * 0.5 and the second 0.25, so each has 0.375. A third whose action does nothing has 0. */
static void credit_divide__is_as_on_paper(void **state)
{
    (void)state;
    spil_err err;
    spil_credit credit;
    const double value[] = {1}, half[] = {0.5}, none[] = {0};
    const double *const chains[] = {value};
    const spil_choice choices[] = {{10, SPIL_PARTNER_police, 0, half, UINT32_MAX, 0},
                                   {10, SPIL_PARTNER_bank, 0, half, UINT32_MAX, 0},
                                   {10, SPIL_PARTNER_notary, 0, none, UINT32_MAX, 0}};
    const size_t chosen[] = {0, 1, 2};
    assert_ok(spil_credit_divide(&credit, choices, chosen, 3, chains, 1, 1, 5, &err));
    assert_true(credit.exact);
    assert_close(credit.gain, 0.75, 1e-15);
    assert_close(credit.share[SPIL_PARTNER_police], 0.375, 1e-15);
    assert_close(credit.share[SPIL_PARTNER_bank], 0.375, 1e-15);
    assert_close(credit.share[SPIL_PARTNER_notary], 0, 1e-15);
    assert_close(credit.share[SPIL_PARTNER_customs], 0, 0);
}

/* Over all 24 orders of four partners, as the value is defined. */
static void assert_as_defined(const random_case *c, const spil_credit *credit)
{
    double share[4] = {0};
    unsigned order[4];
    size_t orders = 0;
    for (unsigned code = 0; code < 256; code++) {
        unsigned seen = 0;
        for (unsigned i = 0; i < 4; i++) {
            order[i] = code >> (2 * i) & 3;
            seen |= 1u << order[i];
        }
        if (seen != 15)
            continue;
        orders++;
        uint64_t set = 0;
        double before = 0;
        for (unsigned i = 0; i < 4; i++) {
            for (size_t a = 0; a < c->count; a++)
                if ((unsigned)c->choices[a].partner == order[i])
                    set |= (uint64_t)1 << a;
            share[order[i]] += worth(c, set) - before;
            before = worth(c, set);
        }
    }
    assert_int_equal(orders, 24);
    for (unsigned p = 0; p < 4; p++)
        assert_close(credit->share[p], share[p] / 24, 1e-12);
}

static void credit_divide__is_the_mean_over_all_orders_and_adds_up(void **state)
{
    (void)state;
    for (uint64_t n = 0; n < 30; n++) {
        const random_case *const c = make_case(n, 12, 4);
        size_t chosen[MOST];
        for (size_t i = 0; i < c->count; i++)
            chosen[i] = i;
        const spil_credit credit = divide(c, chosen, c->count);
        double sum = 0;
        for (size_t p = 0; p < SPIL_PARTNER_COUNT; p++)
            sum += credit.share[p];
        assert_close(sum, credit.gain, 1e-12);
        assert_close(credit.gain, worth(c, ((uint64_t)1 << c->count) - 1), 1e-12);
        assert_as_defined(c, &credit);
    }
}

/* Fourteen partners with the same action: equals, each a fourteenth of the whole. */
static void credit_divide__samples_beyond_twelve_partners_and_tells_the_error(void **state)
{
    (void)state;
    spil_err err;
    spil_credit credit;
    const double value[] = {1}, some[] = {0.2};
    const double *const chains[] = {value};
    spil_choice choices[14];
    size_t chosen[14];
    const double each = (1 - pow(0.8, 14)) / 14;
    for (size_t i = 0; i < 14; i++) {
        choices[i] = (spil_choice){1, (spil_partner)i, 0, some, UINT32_MAX, 0};
        chosen[i] = i;
    }
    assert_ok(spil_credit_divide(&credit, choices, chosen, 14, chains, 1, 1, 5, &err));
    assert_false(credit.exact);
    double sum = 0;
    for (size_t p = 0; p < 14; p++) {
        sum += credit.share[p];
        assert_true(credit.error[p] > 0 && credit.error[p] < 0.01);
        assert_close(credit.share[p], each, 2 * credit.error[p]);
    }
    assert_close(sum, credit.gain, 1e-9);
}

/* ---- the best list ---- */

static bool feasible(const random_case *c, uint64_t set, const spil_list_opts *opts)
{
    double hours[SPIL_PARTNER_COUNT] = {0};
    size_t length = 0;
    for (size_t i = 0; i < c->count; i++) {
        if (!(set >> i & 1))
            continue;
        length++;
        hours[c->choices[i].partner] += c->choices[i].hours;
        for (size_t k = 0; k < i; k++)
            if ((set >> k & 1) && c->choices[k].exclusive != UINT32_MAX &&
                c->choices[k].exclusive == c->choices[i].exclusive)
                return false;
    }
    for (size_t p = 0; p < SPIL_PARTNER_COUNT; p++)
        if (hours[p] > opts->hours[p])
            return false;
    return length <= opts->top;
}

static double best_of_all(const random_case *c, const spil_list_opts *opts)
{
    double best = 0;
    for (uint64_t set = 0; set < (uint64_t)1 << c->count; set++)
        if (feasible(c, set, opts))
            best = fmax(best, worth(c, set));
    return best;
}

static spil_list_opts some_hours(uint64_t number)
{
    spil_list_opts opts = {.top = 3 + number % 4};
    for (size_t p = 0; p < SPIL_PARTNER_COUNT; p++)
        opts.hours[p] = p == 2 ? HUGE_VAL : 6 + (double)(number % 7);
    return opts;
}

static void optimum_find__is_the_best_of_all_lists(void **state)
{
    (void)state;
    spil_err err;
    for (uint64_t n = 0; n < 30; n++) {
        const random_case *const c = make_case(100 + n, 10, 3);
        const spil_list_opts opts = some_hours(n);
        spil_optimum *best = NULL;
        spil_target_list *list = NULL;
        double bound = 0;
        uint64_t set = 0;
        assert_ok(
            spil_optimum_find(&best, c->choices, c->count, c->chains, 2, DRAWS, &opts, 60, &err));
        for (size_t i = 0; i < best->count; i++)
            set |= (uint64_t)1 << best->chosen[i];
        assert_true(feasible(c, set, &opts));
        assert_close(best->gain, worth(c, set), 1e-9);
        assert_close(best->gain, best_of_all(c, &opts), 1e-9);
        assert_close(best->bound, best->gain, 1e-9);
        assert_ok(spil_targets_choose(&list, c->choices, c->count, c->chains, 2, DRAWS, &opts, NULL,
                                      &err));
        assert_true(list->gain <= best->gain + 1e-9);
        assert_ok(spil_optimum_bound(&bound, c->choices, c->count, c->chains, 2, DRAWS, &opts, NULL,
                                     0, 60, &err));
        assert_true(bound >= best->gain - 1e-9);
        spil_target_list_free(list);
        spil_optimum_free(best);
    }
}

static void optimum_find__says_what_is_too_large_and_takes_nothing_at_all(void **state)
{
    (void)state;
    spil_err err;
    spil_optimum *best = NULL;
    double bound = 1;
    const random_case *const c = make_case(7, MOST, 3);
    const spil_list_opts opts = some_hours(1);
    assert_fails(
        spil_optimum_find(&best, c->choices, c->count, c->chains, 2, DRAWS, &opts, 1, &err),
        SPIL_LIMIT, "exactly up to 14");
    assert_null(best);
    assert_ok(spil_optimum_find(&best, c->choices, 0, c->chains, 2, DRAWS, &opts, 1, &err));
    assert_int_equal(best->count, 0);
    assert_close(best->gain, 0, 0);
    spil_optimum_free(best);
    assert_ok(
        spil_optimum_bound(&bound, c->choices, 0, c->chains, 2, DRAWS, &opts, NULL, 0, 60, &err));
    assert_close(bound, 0, 0);
}

static spil_status find_and_free(const random_case *c, const spil_list_opts *opts)
{
    spil_optimum *best = NULL;
    spil_status rc =
        spil_optimum_find(&best, c->choices, c->count, c->chains, 2, DRAWS, opts, 60, NULL);
    spil_optimum_free(best);
    return rc;
}

static void optimum_find__survives_every_failed_allocation(void **state)
{
    (void)state;
    const random_case *const c = make_case(3, 6, 3);
    const spil_list_opts opts = some_hours(2);
    assert_survives_no_memory(find_and_free(c, &opts));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(credit_divide__is_as_on_paper),
        T(credit_divide__is_the_mean_over_all_orders_and_adds_up),
        T(credit_divide__samples_beyond_twelve_partners_and_tells_the_error),
        T(optimum_find__is_the_best_of_all_lists),
        T(optimum_find__says_what_is_too_large_and_takes_nothing_at_all),
        T(optimum_find__survives_every_failed_allocation),
    };
    return cmocka_run_group_tests_name("plan", tests, NULL, NULL);
}
