/* test_proportion.c - exact intervals of a counted share. SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/unit/t.h"

#include "engine/base/rng.h"
#include "engine/stats/proportion.h"

/* Published values: Clopper & Pearson 1934 and any table of them. */
static void proportion_of__gives_the_known_limits(void **state)
{
    (void)state;
    const struct {
        uint64_t hits, draws;
        double chance, low, high;
    } known[] = {
        {0, 10, 0.05, 0, 0.30849710781876},
        {10, 10, 0.05, 0.69150289218124, 1},
        {1, 10, 0.05, 0.00252857854446, 0.44501611702070},
        {5, 10, 0.05, 0.18708602844739, 0.81291397155261},
        {10, 100, 0.05, 0.04900468971974, 0.17622259774017},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const spil_proportion p =
            spil_proportion_of(known[i].hits, known[i].draws, known[i].chance);
        assert_close(p.low + 1, known[i].low + 1, 1e-9);
        assert_close(p.high + 1, known[i].high + 1, 1e-9);
    }
}

static void proportion_within__agrees_with_the_interval(void **state)
{
    (void)state;
    spil_rng rng = spil_rng_stream(7, 0);
    for (int i = 0; i < 2000; i++) {
        const uint64_t draws = 1 + spil_rng_below(&rng, 3000);
        const uint64_t hits = spil_rng_below(&rng, draws + 1);
        const double chance = 0.001 + 0.2 * spil_rng_unit(&rng);
        const double error = 0.001 + 0.2 * spil_rng_unit(&rng);
        const double share = (double)hits / (double)draws;
        const spil_proportion p = spil_proportion_of(hits, draws, chance);
        const double widest = fmax(share - p.low, p.high - share);
        assert_true(p.low <= share && share <= p.high);
        if (fabs(widest - error) > 1e-9)
            assert_int_equal(spil_proportion_within(hits, draws, error, chance), widest < error);
    }
}

/* A million draws: near the normal, and no overflow on the way. */
static void proportion_of__bears_many_draws(void **state)
{
    (void)state;
    const spil_proportion p = spil_proportion_of(500000, 1000000, 0.05);
    assert_close(p.high - 0.5, 1.959964 * 0.0005, 2e-3);
    assert_close(0.5 - p.low, 1.959964 * 0.0005, 2e-3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(proportion_of__gives_the_known_limits),
        T(proportion_within__agrees_with_the_interval),
        T(proportion_of__bears_many_draws),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
