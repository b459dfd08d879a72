/* test_measures.c - ranking, calibration, agreement, bootstrap, against numbers worked out by hand.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/unit/t.h"

#include "engine/base/rng.h"
#include "engine/stats/agreement.h"
#include "engine/stats/bootstrap.h"
#include "engine/stats/calibration.h"
#include "engine/stats/ranking.h"

/* Order: yes no yes no. AP = (1/1 + 2/3) / 2 = 5/6; pairs in order: 2 + 1 of 4. */
static void ranking__of_four_is_what_the_book_says(void **state)
{
    (void)state;
    spil_err err;
    const double score[] = {0.2, 0.9, 0.5, 0.7};
    const bool relevant[] = {false, true, true, false};
    spil_ranking r;
    assert_ok(spil_ranking_of(&r, score, relevant, 4, 3, &err));
    assert_close(r.precision, 2.0 / 3, 1e-15);
    assert_close(r.average_precision, 5.0 / 6, 1e-15);
    assert_close(r.roc_area, 0.75, 1e-15);
}

/* Two yes and one no tie: ranks {1,2}, {1,3}, {2,3} with the same chance; AP = (1 + 1)/2, (1 +
 * 2/3)/2, (1/2 + 2/3)/2, on average (1 + 5/6 + 7/12)/3 = 29/36. */
static void ranking__of_ties_is_the_mean_over_their_orders(void **state)
{
    (void)state;
    spil_err err;
    const double score[] = {1, 1, 1};
    const bool relevant[] = {false, true, true};
    spil_ranking r;
    assert_ok(spil_ranking_of(&r, score, relevant, 3, 1, &err));
    assert_close(r.precision, 2.0 / 3, 1e-15);
    assert_close(r.average_precision, 29.0 / 36, 1e-15);
    assert_close(r.roc_area, 0.5, 1e-15);
}

/* Oracle: break the ties in many random ways and average. */
static void ranking__agrees_with_random_orders_of_the_ties(void **state)
{
    (void)state;
    spil_err err;
    enum { COUNT = 12, ORDERS = 20000 };
    spil_rng rng = spil_rng_stream(3, 0);
    double score[COUNT], broken[COUNT];
    bool relevant[COUNT];
    for (int i = 0; i < COUNT; i++) {
        score[i] = (double)spil_rng_below(&rng, 4);
        relevant[i] = i % 3 == 0;
    }
    spil_ranking exact, one, sum = {0, 0, 0};
    assert_ok(spil_ranking_of(&exact, score, relevant, COUNT, 5, &err));
    for (int o = 0; o < ORDERS; o++) {
        for (int i = 0; i < COUNT; i++)
            broken[i] = score[i] + 0.5 * spil_rng_unit(&rng);
        assert_ok(spil_ranking_of(&one, broken, relevant, COUNT, 5, &err));
        sum.precision += one.precision / ORDERS;
        sum.average_precision += one.average_precision / ORDERS;
        sum.roc_area += one.roc_area / ORDERS;
    }
    assert_close(sum.precision, exact.precision, 0.006);
    assert_close(sum.average_precision, exact.average_precision, 0.006);
    assert_close(sum.roc_area, exact.roc_area, 0.006);
}

static void ranking__without_relevant_ones_is_not_a_number(void **state)
{
    (void)state;
    spil_err err;
    const double score[] = {1, 2};
    const bool none[] = {false, false};
    spil_ranking r;
    assert_ok(spil_ranking_of(&r, score, none, 2, 9, &err));
    assert_close(r.precision, 0, 0);
    assert_true(isnan(r.average_precision) && isnan(r.roc_area));
}

static void top_overlap__counts_the_shared(void **state)
{
    (void)state;
    spil_err err;
    const double a[] = {5, 4, 3, 2, 1}, b[] = {1, 5, 4, 3, 2};
    double overlap;
    assert_ok(spil_top_overlap(&overlap, a, b, 5, 3, &err)); /* {0,1,2} and {1,2,3} */
    assert_close(overlap, 2.0 / 3, 1e-15);
    assert_ok(spil_top_overlap(&overlap, a, b, 5, 5, &err));
    assert_close(overlap, 1, 0);
}

/* 0.15 no, 0.15 yes, 0.95 yes, 1 yes: bins |0.15 - 0.5| x 2/4 + |0.975 - 1| x 2/4 = 0.1875. */
static void calibration__of_four_is_what_the_book_says(void **state)
{
    (void)state;
    const double chance[] = {0.15, 0.15, 0.95, 1};
    const bool happened[] = {false, true, true, true};
    const spil_calibration c = spil_calibration_of(chance, happened, 4);
    assert_close(c.error, 0.1875, 1e-12);
    assert_close(c.brier, (0.0225 + 0.7225 + 0.0025) / 4, 1e-12);
    assert_int_equal(c.bin[1].count, 2);
    assert_close(c.bin[1].happened, 0.5, 1e-15);
    assert_int_equal(c.bin[9].count, 2);
    assert_true(isnan(spil_calibration_of(chance, happened, 0).error));
}

/* Six things, {0,0,0,1,1,1} and {0,0,1,1,2,2}. MI = 2/6 ln 2 + 2/6 ln 2 = 0.462098; each of the six
 * terms of EMI has a = 3, b = 2, n = 6: n_ij = 1 with chance 3/5 gives 1/6 ln 1 = 0, n_ij = 2 with
 * chance 1/5 gives 2/6 ln 2; EMI = 6 x 1/5 x 2/6 ln 2 = 0.277259. H = ln 2 and ln 3, middle
 * 0.895880. AMI = 0.184839 / 0.618621 = 0.298792. */
static void agreement__of_six_is_what_the_book_says(void **state)
{
    (void)state;
    spil_err err;
    const uint32_t a[] = {0, 0, 0, 1, 1, 1}, b[] = {0, 0, 1, 1, 2, 2};
    double ami, back;
    assert_ok(spil_adjusted_information(&ami, a, b, 6, &err));
    const double ln2 = log(2), middle = (ln2 + log(3)) / 2;
    assert_close(ami, (2.0 / 3 - 0.4) * ln2 / (middle - 0.4 * ln2), 1e-12);
    assert_ok(spil_adjusted_information(&back, b, a, 6, &err));
    assert_close(back, ami, 1e-12);
}

static void agreement__is_one_for_other_names_and_nought_for_chance(void **state)
{
    (void)state;
    spil_err err;
    enum { COUNT = 3000 };
    static uint32_t a[COUNT], renamed[COUNT], other[COUNT];
    spil_rng rng = spil_rng_stream(9, 1);
    for (int i = 0; i < COUNT; i++) {
        a[i] = (uint32_t)spil_rng_below(&rng, 40);
        renamed[i] = 2 * a[i] + 7;
        other[i] = (uint32_t)spil_rng_below(&rng, 60);
    }
    double ami;
    assert_ok(spil_adjusted_information(&ami, a, renamed, COUNT, &err));
    assert_close(ami, 1, 1e-12);
    assert_ok(spil_adjusted_information(&ami, a, other, COUNT, &err));
    assert_close(ami, 0, 0.02);
}

static void agreement__refuses_a_label_out_of_range(void **state)
{
    (void)state;
    spil_err err;
    const uint32_t a[] = {0, 5}, b[] = {0, 1};
    double ami;
    assert_fails(spil_adjusted_information(&ami, a, b, 2, &err), SPIL_RANGE, "item 1");
}

/* Of 400 uniform draws the mean has a standard error of 0.2887/20 = 0.0144. */
static void bootstrap__gives_the_textbook_interval_of_a_mean(void **state)
{
    (void)state;
    spil_err err;
    double value[400];
    spil_rng rng = spil_rng_stream(1, 4);
    for (int i = 0; i < 400; i++)
        value[i] = spil_rng_unit(&rng);
    spil_interval a, b;
    assert_ok(spil_bootstrap_mean(&a, value, 400, 4000, 7, &err));
    assert_ok(spil_bootstrap_mean(&b, value, 400, 4000, 7, &err));
    assert_close(a.low, b.low, 0);
    assert_close(a.high - a.low, 2 * 1.96 * 0.0144, 0.004);
    assert_true(a.low < a.mean && a.mean < a.high);
    assert_ok(spil_bootstrap_mean(&a, value, 1, 100, 7, &err)); /* one value: no width */
    assert_close(a.high - a.low, 0, 0);
}

static spil_status all_once(void)
{
    spil_status rc = SPIL_OK;
    const double score[] = {1, 2, 2};
    const bool relevant[] = {true, false, true};
    const uint32_t label[] = {0, 1, 1};
    spil_ranking ranking;
    spil_interval interval;
    double value;
    TRY(spil_ranking_of(&ranking, score, relevant, 3, 2, NULL));
    TRY(spil_top_overlap(&value, score, score, 3, 2, NULL));
    TRY(spil_adjusted_information(&value, label, label, 3, NULL));
    TRY(spil_bootstrap_mean(&interval, score, 3, 10, 1, NULL));
done:
    return rc;
}

static void measures__survive_no_memory(void **state)
{
    (void)state;
    assert_survives_no_memory(all_once());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(ranking__of_four_is_what_the_book_says),
        T(ranking__of_ties_is_the_mean_over_their_orders),
        T(ranking__agrees_with_random_orders_of_the_ties),
        T(ranking__without_relevant_ones_is_not_a_number),
        T(top_overlap__counts_the_shared),
        T(calibration__of_four_is_what_the_book_says),
        T(agreement__of_six_is_what_the_book_says),
        T(agreement__is_one_for_other_names_and_nought_for_chance),
        T(agreement__refuses_a_label_out_of_range),
        T(bootstrap__gives_the_textbook_interval_of_a_mean),
        T(measures__survive_no_memory),
    };
    return cmocka_run_group_tests_name("measures", tests, NULL, NULL);
}
