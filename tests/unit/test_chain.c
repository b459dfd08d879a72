/* Chains with steps that are ways to one end, worked out on paper.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/barriers/chain.h"
#include "engine/barriers/memo.h"
#include "engine/base/rng.h"
#include "t.h"
#include "t_hand.h"

#include <stdlib.h>
#include <string.h>

#define WAYS "tests/data/models/ways.yaml"
enum { BEGIN, ROAD, WATER };

/* R = 0.2 (no evidence moves it). Begin: 0.5 x 0.5 = 0.25.
 * One of two ways: 1 - (1 - 0.5 x 0.6) (1 - 0.4 x 0.5) = 1 - 0.7 x 0.8 = 0.44.
 * Chain = 0.2 x 0.25 x 0.44 = 0.022.
 */
static void chain_value__of_ways_needs_one_of_them(void **state)
{
    (void)state;
    t_hand *const c = t_hand_new(WAYS);
    const spil_model *const model = c->models->models[0];
    const spil_case shape = {.model = model}; /* column 0: the prior of the process */
    spil_step_terms terms[3] = {{1, 0.5, 0.5, 0.5}, {1, 0.5, 0.5, 0.6}, {1, 0.4, 0.4, 0.5}};
    assert_int_equal(model->steps[BEGIN].group, SPIL_NO_GROUP);
    assert_int_equal(model->steps[ROAD].group, model->steps[WATER].group);
    assert_false(model->steps[ROAD].any_time);
    assert_true(model->steps[WATER].any_time);
    assert_close(spil_chain_value(&shape, &model->prior, terms), 0.022, 1e-15);
    terms[WATER].filled = 0; /* one way is closed: the other is left, 0.5 x 0.6 */
    assert_close(spil_chain_value(&shape, &model->prior, terms), 0.2 * 0.25 * 0.3, 1e-15);
    terms[ROAD].filled = 0;
    assert_close(spil_chain_value(&shape, &model->prior, terms), 0, 0);
    t_hand_free(c);
}

static void chain_value__leaves_ways_that_are_optional_out(void **state)
{
    (void)state;
    t_hand *const c = t_hand_new(WAYS);
    spil_model *const model = c->models->models[0];
    const spil_case shape = {.model = model};
    const spil_step_terms terms[3] = {{1, 0.5, 0.5, 0.5}, {1, 0.5, 0.5, 0}, {1, 0.4, 0.4, 0}};
    model->steps[ROAD].required = model->steps[WATER].required = false;
    assert_close(spil_chain_value(&shape, &model->prior, terms), 0.2 * 0.25, 1e-15);
    t_hand_free(c);
}

/* P1 begins (q 0.9), P2 drives (0.4) and P3 sails (0.3), all surely linked. R moves by the roles'
 * evidence: each L = 10^q, a = b = 0.5 or 0.4, so that a factor is 1 and R stays 0.2.
 *     begin: L = 10^0.9, given = L / (L + 1) = 0.888184..., filled = 0.9 + 0.1 x 0.5 = 0.95
 *     road:  L = 10^0.4, given = L / (L + 1) = 0.715253..., filled = 0.4
 *     water: L = 10^0.3, given = 0.4 L / (0.4 L + 0.6) = 0.570850..., filled = 0.3
 * Without the driver the way over water is left: the fall is
 *     0.2 x 0.888184 x 0.95 x (w - 0.570850 x 0.3), w = 1 - (1 - 0.286101) (1 - 0.171255)
 */
static void score__of_ways_names_the_link_with_the_fewest_stand_ins(void **state)
{
    (void)state;
    t_hand *const c = t_hand_new(WAYS);
    t_hand_link(c, "P1", SPIL_LINK_knows, "P2", 1);
    t_hand_link(c, "P1", SPIL_LINK_knows, "P3", 1);
    t_hand_role(c, "P1", "ways", "begin", "first", 0.9);
    t_hand_role(c, "P2", "ways", "by_road", "driver", 0.4);
    t_hand_role(c, "P3", "ways", "by_water", "skipper", 0.3);
    t_hand_ready(c);
    spil_scores *const scores = t_hand_score(c, 3, 1);
    const spil_score *const score = &scores->scores[0];
    const double begin = pow(10, 0.9) / (pow(10, 0.9) + 1) * 0.95;
    const double road = pow(10, 0.4) / (pow(10, 0.4) + 1) * 0.4;
    const double water = 0.4 * pow(10, 0.3) / (0.4 * pow(10, 0.3) + 0.6) * 0.3;
    const double both = 1 - (1 - road) * (1 - water);
    assert_close(score->process.mean, 0.2, 1e-12);
    assert_close(score->chain.mean, 0.2 * begin * both, 1e-12);
    /* the driver's fact is evidence and seat: both go, and `given` falls back to 0.5; no seat */
    assert_close(t_hand_entity_score(c, score, "P2")->fall.mean, 0.2 * begin * (both - water),
                 1e-12);
    /* 0.4 + 0.3 stand in for the ways together, 0.9 for the beginning */
    assert_true(score->steps[ROAD].weakest);
    assert_false(score->steps[BEGIN].weakest || score->steps[WATER].weakest);
    spil_scores_free(scores);
    t_hand_free(c);
}

/* 0.4 and 0.3 apart would be the weakest; 0.8 + 0.3 together are not, beside 0.9. */
static void score__counts_ways_as_one_link(void **state)
{
    (void)state;
    t_hand *const c = t_hand_new(WAYS);
    t_hand_link(c, "P1", SPIL_LINK_knows, "P2", 1);
    t_hand_link(c, "P1", SPIL_LINK_knows, "P3", 1);
    t_hand_role(c, "P1", "ways", "begin", "first", 0.9);
    t_hand_role(c, "P2", "ways", "by_road", "driver", 0.8);
    t_hand_role(c, "P3", "ways", "by_water", "skipper", 0.3);
    t_hand_ready(c);
    spil_scores *const scores = t_hand_score(c, 3, 1);
    assert_true(scores->scores[0].steps[BEGIN].weakest);
    spil_scores_free(scores);
    t_hand_free(c);
}

/* Facts of all kinds and chances: n evidence and n seats of each step; entity i has one of each. */
static void make_facts(const spil_columns *columns, spil_fact *facts, uint32_t n)
{
    spil_rng rng = spil_rng_stream(4, n);
    for (uint32_t i = 0; i < 3 * n; i++)
        facts[i] = (spil_fact){.step = i / n,
                               .entity = i % n,
                               .family = i % 3,
                               .column = spil_column_role(columns, 0),
                               .role = i % 2 ? 0 : SPIL_NO_SEAT,
                               .weight = spil_rng_unit(&rng),
                               .q = spil_rng_unit(&rng)};
}

/* The chain without some facts, all steps worked out anew. */
static double slow_value(const spil_case *c, const double *number, const uint8_t *off)
{
    spil_step_terms terms[3];
    for (size_t s = 0; s < 3; s++)
        terms[s] = spil_chain_step(c, s, number, off);
    return spil_chain_value(c, number, terms);
}

/* n facts a step: few, so that patterns come back, and more than a pattern holds. */
static void compare_memo(const spil_columns *columns, uint32_t n)
{
    enum { MOST = 3 * 50, DRAWS = 40, SETS = 40 };
    spil_err err = SPIL_ERR_INIT;
    spil_fact facts[MOST];
    uint8_t off[MOST], gone_off[MOST];
    double *const number = calloc(DRAWS * columns->count, sizeof *number);
    spil_case *c;
    spil_memo *memo;
    spil_rng rng = spil_rng_stream(9, n);
    make_facts(columns, facts, n);
    for (size_t i = 0; i < DRAWS * columns->count; i++)
        number[i] = 0.1 + 0.8 * spil_rng_unit(&rng);
    assert_ok(spil_case_new(&c, columns, facts, 3 * n, &err));
    assert_ok(spil_memo_new(&memo, c, &err));
    for (size_t b = 0; b < DRAWS; b++) {
        const double *const row = number + b * columns->count;
        for (uint32_t f = 0; f < 3 * n; f++)
            off[f] = spil_rng_below(&rng, 4) ? SPIL_COUNTS : SPIL_ABSENT;
        spil_memo_draw(memo, b, row, off);
        for (size_t k = 0; k < SETS; k++) {
            uint32_t gone[MOST];
            size_t count = 0;
            memcpy(gone_off, off, sizeof off);
            for (uint32_t f = 0; f < 3 * n; f++)
                if (off[f] == SPIL_COUNTS && spil_rng_below(&rng, n) == 0) {
                    gone[count++] = f;
                    gone_off[f] = SPIL_TAKEN_OUT;
                }
            assert_true(spil_memo_value_without(memo, gone, count) == slow_value(c, row, gone_off));
        }
        for (size_t s = 0; s < 3; s++)
            assert_true(spil_memo_roles(memo, s)[0].held == spil_chain_role(c, s, 0, off).held);
    }
    spil_memo_free(memo);
    spil_case_free(c);
    free(number);
}

static void memo__gives_the_bits_of_the_chain(void **state)
{
    (void)state;
    spil_err err = SPIL_ERR_INIT;
    spil_columns *columns;
    t_hand *const c = t_hand_new(WAYS);
    assert_ok(spil_columns_new(&columns, c->models, &err));
    compare_memo(columns, 2);
    compare_memo(columns, 5);
    compare_memo(columns, 50);
    spil_columns_free(columns);
    t_hand_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(chain_value__of_ways_needs_one_of_them),
        T(chain_value__leaves_ways_that_are_optional_out),
        T(score__of_ways_names_the_link_with_the_fewest_stand_ins),
        T(score__counts_ways_as_one_link),
        T(memo__gives_the_bits_of_the_chain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
