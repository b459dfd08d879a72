/* Draws and quantiles against closed forms. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/stats/draw.h"
#include "engine/stats/quantile.h"
#include "t.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <stdlib.h>

enum { MANY = 200000 };
static double values[MANY], scratch[MANY];

static void draw_normal__has_mean_zero_and_variance_one(void **state)
{
    (void)state;
    spil_rng rng = spil_rng_stream(1, 2);
    double sum = 0, squares = 0;
    for (int i = 0; i < MANY; i++) {
        const double z = spil_draw_normal(&rng);
        sum += z;
        squares += z * z;
    }
    assert_true(fabs(sum / MANY) < 0.01); /* 4.5 standard errors */
    assert_true(fabs(squares / MANY - 1) < 0.0143);
}

static void draw_beta__has_the_mean_and_variance_of_beta(void **state)
{
    (void)state;
    spil_rng rng = spil_rng_stream(3, 4);
    double sum = 0, squares = 0;
    for (int i = 0; i < MANY; i++) {
        const double x = spil_draw_beta(&rng, 8, 4);
        assert_true(x >= 0 && x <= 1);
        sum += x;
        squares += x * x;
    }
    const double mean = sum / MANY;
    assert_true(fabs(mean - 8.0 / 12) < 0.0014); /* ab, 12 and 13 */
    assert_true(fabs(squares / MANY - mean * mean - 32.0 / (144 * 13)) < 3e-4);
}

static void draw_log_ratio__meets_its_three_points(void **state)
{
    (void)state;
    spil_rng rng = spil_rng_stream(5, 6);
    for (int i = 0; i < MANY; i++)
        values[i] = spil_draw_log_ratio(&rng, 10, 2, 20);
    const spil_spread spread = spil_spread_of(values, MANY, scratch);
    assert_true(fabs(exp(spread.p5) - 2) < 0.06);
    assert_true(fabs(exp(spread.p50) - 10) < 0.12);
    assert_true(fabs(exp(spread.p95) - 20) < 0.25);
}

static void draw_chance__meets_its_three_points(void **state)
{
    (void)state;
    spil_rng rng = spil_rng_stream(7, 8);
    for (int i = 0; i < MANY; i++)
        values[i] = spil_draw_chance(&rng, 0.2, 0.1, 0.6);
    const spil_spread spread = spil_spread_of(values, MANY, scratch);
    assert_true(fabs(spread.p5 - 0.1) < 0.003);
    assert_true(fabs(spread.p50 - 0.2) < 0.003);
    assert_true(fabs(spread.p95 - 0.6) < 0.01);
    assert_true(spil_draw_chance(&rng, 0.3, 0.3, 0.3) == 0.3);
}

static void draw_log_ratio__is_the_middle_when_there_is_no_width(void **state)
{
    (void)state;
    spil_rng rng = spil_rng_stream(7, 8);
    for (int i = 0; i < 100; i++)
        assert_close(spil_draw_log_ratio(&rng, 10, 10, 10), log(10), 1e-15);
}

static void unit_at__is_uniform_and_without_memory(void **state)
{
    (void)state;
    int bins[10] = {0};
    double together = 0;
    for (uint64_t draw = 0; draw < MANY; draw++) {
        const double u = spil_unit_at(42, draw);
        bins[(int)(u * 10)]++;
        together += (u - 0.5) * (spil_unit_at(43, draw) - 0.5);
    }
    for (int i = 0; i < 10; i++)
        assert_true(abs(bins[i] - MANY / 10) < 600); /* 4.5 standard deviations */
    assert_true(fabs(together / MANY) < 0.001);
    assert_true(spil_unit_at(42, 7) == spil_unit_at(42, 7));
}

static void key__depends_on_text_and_order(void **state)
{
    (void)state;
    assert_true(spil_key_text("ab") != spil_key_text("ba"));
    assert_true(spil_key_join(1, 2) != spil_key_join(2, 1));
    assert_true(spil_key_join(0, 0) != spil_key_join(0, 1));
}

static void spread__of_1_to_101_is_6_51_96(void **state)
{
    (void)state;
    for (int i = 0; i < 101; i++)
        values[i] = (double)((i * 37) % 101 + 1);
    const spil_spread spread = spil_spread_of(values, 101, scratch);
    assert_close(spread.p5, 6, 1e-12);
    assert_close(spread.p50, 51, 1e-12);
    assert_close(spread.p95, 96, 1e-12);
    assert_close(spread.mean, 51, 1e-12);
    assert_true(values[1] == 38); /* left as it was */
    const spil_spread one = spil_spread_of(values, 1, scratch);
    assert_true(one.p5 == 1 && one.p50 == 1 && one.p95 == 1 && one.mean == 1);
}

/* To the bit, whatever the order and however many are equal. */
static void spread__is_that_of_the_sorted_values(void **state)
{
    (void)state;
    spil_rng rng = spil_rng_stream(8, 8);
    double sorted[2000];
    for (size_t count = 1; count <= 2000; count += count < 300 ? 1 : 97) {
        const uint64_t different = 1 + spil_rng_below(&rng, 2 * count);
        for (size_t i = 0; i < count; i++)
            values[i] = sorted[i] = (double)spil_rng_below(&rng, different) / 7;
        gsl_sort(sorted, 1, count);
        const spil_spread spread = spil_spread_of(values, count, scratch);
        assert_true(spread.p5 == gsl_stats_quantile_from_sorted_data(sorted, 1, count, 0.05));
        assert_true(spread.p50 == gsl_stats_quantile_from_sorted_data(sorted, 1, count, 0.5));
        assert_true(spread.p95 == gsl_stats_quantile_from_sorted_data(sorted, 1, count, 0.95));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(draw_normal__has_mean_zero_and_variance_one),
        T(draw_beta__has_the_mean_and_variance_of_beta),
        T(draw_log_ratio__meets_its_three_points),
        T(draw_chance__meets_its_three_points),
        T(draw_log_ratio__is_the_middle_when_there_is_no_width),
        T(unit_at__is_uniform_and_without_memory),
        T(key__depends_on_text_and_order),
        T(spread__of_1_to_101_is_6_51_96),
        T(spread__is_that_of_the_sorted_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
