/* test_kendall.c - agreement of two orders. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/base/rng.h"
#include "engine/stats/kendall.h"
#include "tests/unit/t.h"

static spil_err err;

static double tau(const double *a, const double *b, size_t count)
{
    double value = 0;
    assert_ok(spil_kendall_tau_b(&value, a, b, count, &err));
    return value;
}

/* The definition: every pair. */
static double slow_tau(const double *a, const double *b, size_t count)
{
    double same = 0, in_a = 0, in_b = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < i; j++) {
            const int p = (a[i] > a[j]) - (a[i] < a[j]), q = (b[i] > b[j]) - (b[i] < b[j]);
            same += p * q;
            in_a += p != 0;
            in_b += q != 0;
        }
    return same / (sqrt(in_a) * sqrt(in_b));
}

static void kendall__knows_the_same_the_reverse_and_no_order(void **state)
{
    (void)state;
    const double up[] = {1, 2, 3, 4}, down[] = {9, 7, 5, 1}, flat[] = {3, 3, 3, 3};
    assert_close(tau(up, up, 4), 1, 1e-15);
    assert_close(tau(up, down, 4), -1, 1e-15);
    assert_true(isnan(tau(up, flat, 4)));
    assert_true(isnan(tau(up, up, 1)));
    assert_true(isnan(tau(up, up, 0)));
}

/* Worked out by hand: of six pairs a parts five, b five; four agree, none the other way round. */
static void kendall__counts_ties_as_b_does(void **state)
{
    (void)state;
    const double a[] = {1, 1, 2, 3}, b[] = {1, 2, 3, 3};
    assert_close(tau(a, b, 4), 4.0 / 5, 1e-15);
}

static void kendall__agrees_with_every_pair_on_random_orders(void **state)
{
    (void)state;
    enum { MOST = 60 };
    double a[MOST], b[MOST];
    spil_rng rng = spil_rng_stream(7, 1);
    for (int round = 0; round < 300; round++) {
        const size_t count = 2 + spil_rng_below(&rng, MOST - 1);
        const uint64_t values = 1 + spil_rng_below(&rng, 20); /* few values: many ties */
        for (size_t i = 0; i < count; i++) {
            a[i] = (double)spil_rng_below(&rng, values);
            b[i] = (double)spil_rng_below(&rng, values);
        }
        const double expected = slow_tau(a, b, count);
        if (isnan(expected))
            assert_true(isnan(tau(a, b, count)));
        else
            assert_close(tau(a, b, count), expected, 1e-12);
    }
}

static spil_status once(void)
{
    const double a[] = {1, 2, 3}, b[] = {3, 1, 2};
    double value;
    return spil_kendall_tau_b(&value, a, b, 3, NULL);
}

static void kendall__survives_every_failed_allocation(void **state)
{
    (void)state;
    assert_survives_no_memory(once());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(kendall__knows_the_same_the_reverse_and_no_order),
        T(kendall__counts_ties_as_b_does),
        T(kendall__agrees_with_every_pair_on_random_orders),
        T(kendall__survives_every_failed_allocation),
    };
    return cmocka_run_group_tests_name("kendall", tests, NULL, NULL);
}
