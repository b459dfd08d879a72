/* test_keyplayer.c - sets chosen together: against all sets of small networks, and the figures that
 * an independent program gave. SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/t.h"

#include "engine/base/par.h"
#include "engine/interventions/dismantle.h"
#include "engine/interventions/keyplayer.h"
#include "engine/interventions/removal.h"
#include "tests/unit/t_graphs.h"

#include <stdlib.h>

#define DATA "../shared/data/montagna/"

/* Zachary 1977, members 1..34 as 0..33. */
static spil_csr *karate(void)
{
    static const spil_vid pairs[] = {
        0,  1,  0,  2,  0,  3,  0,  4,  0,  5,  0,  6,  0,  7,  0,  8,  0,  10, 0,  11, 0,  12, 0,
        13, 0,  17, 0,  19, 0,  21, 0,  31, 1,  2,  1,  3,  1,  7,  1,  13, 1,  17, 1,  19, 1,  21,
        1,  30, 2,  3,  2,  7,  2,  8,  2,  9,  2,  13, 2,  27, 2,  28, 2,  32, 3,  7,  3,  12, 3,
        13, 4,  6,  4,  10, 5,  6,  5,  10, 5,  16, 6,  16, 8,  30, 8,  32, 8,  33, 9,  33, 13, 33,
        14, 32, 14, 33, 15, 32, 15, 33, 18, 32, 18, 33, 19, 33, 20, 32, 20, 33, 22, 32, 22, 33, 23,
        25, 23, 27, 23, 29, 23, 32, 23, 33, 24, 25, 24, 27, 24, 31, 25, 31, 26, 29, 26, 33, 27, 33,
        28, 31, 28, 33, 29, 32, 29, 33, 30, 32, 30, 33, 31, 32, 31, 33, 32, 33};
    return t_graph_pairs(34, sizeof pairs / sizeof pairs[0] / 2, pairs);
}

static double found(const spil_csr *g, spil_kp_goal goal, unsigned reach, size_t k, spil_vid *set)
{
    spil_err err;
    spil_kp_opts opts = SPIL_KP_OPTS_DEFAULTS;
    double value = 0, again = 0;
    opts.goal = goal;
    opts.reach = reach;
    assert_ok(spil_keyplayers_find(g, &opts, k, set, &value, NULL, &err));
    assert_ok(spil_keyplayers_value(g, &opts, set, k, &again, &err));
    assert_close(value, again, 1e-12);
    return value;
}

static bool holds(const spil_vid *set, size_t k, spil_vid v)
{
    for (size_t i = 0; i < k; i++)
        if (set[i] == v)
            return true;
    return false;
}

/* ---- figures ---- */

static void keyplayers__of_the_kite_are_as_computed_elsewhere(void **state)
{
    (void)state;
    spil_err err;
    spil_csr *const g = t_graph_kite();
    spil_kp_opts opts = SPIL_KP_OPTS_DEFAULTS;
    double value;
    opts.goal = SPIL_KP_DISTANCE;
    assert_ok(spil_keyplayers_value(g, &opts, NULL, 0, &value, &err));
    assert_close(value, 0.353704, 1e-6);
    assert_ok(spil_keyplayers_value(g, &opts, (spil_vid[]){7}, 1, &value, &err));
    assert_close(value, 0.486111, 1e-6);
    opts.goal = SPIL_KP_FRAGMENTATION;
    assert_ok(spil_keyplayers_value(g, &opts, (spil_vid[]){7}, 1, &value, &err));
    assert_close(value, 0.388889, 1e-6);
    assert_ok(spil_keyplayers_value(g, &opts, (spil_vid[]){8}, 1, &value, &err));
    assert_close(value, 0.222222, 1e-6);
    assert_ok(spil_keyplayers_value(g, &opts, (spil_vid[]){3}, 1, &value, &err));
    assert_close(value, 0, 1e-12); /* the one with most links holds nothing together */
    spil_csr_free(g);
}

static void keyplayers__of_the_karate_club_are_as_computed_elsewhere(void **state)
{
    (void)state;
    spil_err err;
    spil_csr *const g = karate();
    spil_vid set[3];
    spil_kp_opts opts = SPIL_KP_OPTS_DEFAULTS;
    double value;
    assert_int_equal(g->m, 78);
    opts.goal = SPIL_KP_DISTANCE;
    assert_ok(spil_keyplayers_value(g, &opts, NULL, 0, &value, &err));
    assert_close(value, 0.507992, 1e-6);
    assert_close(found(g, SPIL_KP_FRAGMENTATION, 1, 1, set), 0.316288, 1e-6);
    assert_int_equal(set[0], 0);
    assert_close(found(g, SPIL_KP_FRAGMENTATION, 1, 2, set), 0.423387, 1e-6);
    assert_true(holds(set, 2, 0) && holds(set, 2, 1));
    assert_close(found(g, SPIL_KP_FRAGMENTATION, 1, 3, set), 0.569892, 1e-6);
    assert_true(holds(set, 3, 0) && holds(set, 3, 32) && holds(set, 3, 33));
    spil_csr_free(g);
}

static spil_csr *montagna(void)
{
    spil_csr *const g = t_graph_read(DATA "meetings_edgelist.tsv");
    if (!g) {
        print_message("SKIPPED: there is no " DATA "meetings_edgelist.tsv\n");
        skip();
    }
    return g;
}

static void keyplayers__of_montagna_are_as_computed_elsewhere(void **state)
{
    (void)state;
    spil_csr *const g = montagna();
    spil_vid set[3];
    assert_close(found(g, SPIL_KP_FRAGMENTATION, 1, 1, set), 0.275556, 1e-6);
    assert_int_equal(set[0], 68); /* not 18, which has the highest betweenness */
    assert_close(found(g, SPIL_KP_FRAGMENTATION, 1, 2, set), 0.493713, 1e-6);
    assert_true(holds(set, 2, 18) && holds(set, 2, 25));
    assert_close(found(g, SPIL_KP_FRAGMENTATION, 1, 3, set), 0.652009, 1e-6);
    assert_true(holds(set, 3, 18) && holds(set, 3, 22) && holds(set, 3, 25));
    assert_close(found(g, SPIL_KP_DISTANCE, 1, 1, set), 0.738014, 1e-6);
    assert_int_equal(set[0], 18);
    assert_close(found(g, SPIL_KP_DISTANCE, 1, 2, set), 0.809968, 1e-6);
    assert_true(holds(set, 2, 18) && holds(set, 2, 25));
    static const double one[] = {25, 40, 52}, two[] = {68, 81, 85};
    for (size_t k = 1; k <= 3; k++) {
        assert_close(found(g, SPIL_KP_REACH, 1, k, set), one[k - 1], 1e-12);
        assert_close(found(g, SPIL_KP_REACH, 2, k, set), two[k - 1], 1e-12);
    }
    spil_csr_free(g);
}

/* ---- all sets ---- */

static double best_of_all(const spil_csr *g, const spil_kp_opts *opts, size_t k, spil_vid *set,
                          size_t at, spil_vid first)
{
    spil_err err;
    double best = -1, value = 0;
    if (at == k) {
        assert_ok(spil_keyplayers_value(g, opts, set, k, &value, &err));
        return value;
    }
    for (spil_vid v = first; v < g->n; v++) {
        set[at] = v;
        value = best_of_all(g, opts, k, set, at + 1, v + 1);
        best = value > best ? value : best;
    }
    return best;
}

/* Trying all is the optimum; greedy with exchange and greedy alone beside it, as a table. */
static void keyplayers__equal_the_best_of_all_sets_on_small_networks(void **state)
{
    (void)state;
    spil_err err;
    static const char *const names[] = {"fragmentation", "distance", "reach"};
    print_message("%-14s %6s %22s %22s\n", "goal", "cases", "short: greedy", "with exchange");
    for (int goal = SPIL_KP_FRAGMENTATION; goal <= SPIL_KP_REACH; goal++) {
        size_t cases = 0, short_of[2] = {0, 0};
        double worst[2] = {1, 1};
        for (uint64_t seed = 0; seed < 96; seed++) {
            spil_csr *const g = t_graph_random(seed, 14);
            for (size_t k = 1; k <= 3 && k < g->n; k++, cases++) {
                spil_kp_opts opts = SPIL_KP_OPTS_DEFAULTS;
                spil_vid set[3];
                double value = 0;
                opts.goal = (spil_kp_goal)goal;
                const double best = best_of_all(g, &opts, k, set, 0, 0);
                assert_close(found(g, opts.goal, 1, k, set), best, 1e-12);
                opts.budget = 0;
                for (int exchange = 0; exchange < 2; exchange++) {
                    bool exact = true;
                    opts.exchange = exchange;
                    assert_ok(spil_keyplayers_find(g, &opts, k, set, &value, &exact, &err));
                    assert_false(exact);
                    assert_true(value <= best + 1e-12);
                    short_of[exchange] += value < best - 1e-9;
                    if (best > 0)
                        worst[exchange] = fmin(worst[exchange], value / best);
                }
            }
            spil_csr_free(g);
        }
        print_message("%-14s %6zu %9zu (worst %.3f) %9zu (worst %.3f)\n", names[goal], cases,
                      short_of[0], worst[0], short_of[1], worst[1]);
        assert_true(short_of[1] * 50 <= cases); /* 98% */
        assert_true(short_of[1] <= short_of[0]);
        assert_true(worst[1] >= 0.9);
    }
}

static void keyplayers__with_exchange_find_those_of_montagna_too(void **state)
{
    (void)state;
    spil_err err;
    spil_csr *const g = montagna();
    spil_vid set[3];
    static const double best[] = {0.275556, 0.493713, 0.652009};
    for (size_t k = 1; k <= 3; k++) {
        spil_kp_opts opts = SPIL_KP_OPTS_DEFAULTS;
        double value = 0;
        opts.budget = 0;
        assert_ok(spil_keyplayers_find(g, &opts, k, set, &value, NULL, &err));
        assert_close(value, best[k - 1], 1e-6);
    }
    spil_csr_free(g);
}

static void keyplayers__refuse_a_set_of_nobody_or_of_all(void **state)
{
    (void)state;
    spil_err err;
    spil_csr *const g = t_graph_path(4);
    spil_vid set[4];
    double value;
    const spil_kp_opts opts = SPIL_KP_OPTS_DEFAULTS;
    assert_fails(spil_keyplayers_find(g, &opts, 0, set, &value, NULL, &err), SPIL_RANGE,
                 "0 key players");
    assert_fails(spil_keyplayers_find(g, &opts, 4, set, &value, NULL, &err), SPIL_RANGE,
                 "4 vertices");
    spil_csr_free(g);
}

static void keyplayers__survive_every_failed_allocation(void **state)
{
    (void)state;
    spil_csr *const g = t_graph_kite();
    spil_vid set[2];
    double value;
    for (int goal = SPIL_KP_FRAGMENTATION; goal <= SPIL_KP_REACH; goal++) {
        spil_kp_opts opts = SPIL_KP_OPTS_DEFAULTS;
        opts.goal = (spil_kp_goal)goal;
        opts.restarts = 1;
        opts.budget = 0;
        assert_survives_no_memory(spil_keyplayers_find(g, &opts, 2, set, &value, NULL, NULL));
    }
    spil_csr_free(g);
}

/* ---- dismantling ---- */

static spil_vid largest_without(const spil_csr *g, const spil_vid *set, size_t count)
{
    spil_err err;
    spil_curve *curve = NULL;
    assert_ok(spil_curve_measure(&curve, g, set, count, count > 0 ? count : 1, false, NULL, &err));
    const spil_vid largest = curve->points[curve->count - 1].largest;
    spil_curve_free(curve);
    return largest;
}

static void dismantle__leaves_nothing_over_the_limit_and_nobody_to_spare(void **state)
{
    (void)state;
    spil_err err;
    const spil_strategy_opts opts = SPIL_STRATEGY_OPTS_DEFAULTS;
    for (uint64_t seed = 0; seed < 160; seed++) {
        spil_csr *const g = t_graph_random(seed, 60);
        spil_vid *const set = malloc((g->n + 1) * sizeof *set);
        const spil_vid limit = 1 + (spil_vid)(seed % 7);
        for (int m = 0; m < SPIL_DISMANTLERS; m++) {
            size_t count = 0;
            assert_ok(spil_dismantle(g, (spil_dismantler)m, limit, &opts, set, &count, &err));
            assert_true(largest_without(g, set, count) <= limit);
            for (size_t i = 0; i < count; i++) { /* put one back: over the limit */
                const spil_vid kept = set[i];
                set[i] = set[count - 1];
                assert_true(largest_without(g, set, count - 1) > limit);
                set[i] = kept;
            }
        }
        free(set);
        spil_csr_free(g);
    }
}

static void dismantle__cuts_a_row_of_cliques_at_its_middle(void **state)
{
    (void)state;
    spil_err err;
    /* Six cliques of five in a row, joined by single links. */
    spil_arc arcs[6 * 10 + 5];
    size_t count = 0, size = 0;
    for (spil_vid c = 0; c < 6; c++) {
        for (spil_vid i = 0; i < 5; i++)
            for (spil_vid j = i + 1; j < 5; j++)
                arcs[count++] = (spil_arc){5 * c + i, 5 * c + j, 1};
        if (c > 0)
            arcs[count++] = (spil_arc){5 * c - 1, 5 * c, 1};
    }
    spil_csr *g = NULL;
    spil_vid set[30];
    const spil_strategy_opts opts = SPIL_STRATEGY_OPTS_DEFAULTS;
    assert_ok(spil_csr_build(&g, 30, arcs, count, 0, &err));
    assert_ok(spil_dismantle(g, SPIL_BY_GND, 15, &opts, set, &size, &err));
    assert_int_equal(size, 1); /* an end of the middle joint */
    assert_true(largest_without(g, set, size) <= 15);
    spil_csr_free(g);
}

static void dismantle__limit_is_strictly_under_the_share(void **state)
{
    (void)state;
    assert_int_equal(spil_dismantle_limit(1000, 0.01), 9);
    assert_int_equal(spil_dismantle_limit(1001, 0.01), 10);
    assert_int_equal(spil_dismantle_limit(50, 0.01), 1);
}

static void dismantle__best_is_no_larger_than_any_on_montagna(void **state)
{
    (void)state;
    spil_err err;
    spil_csr *const g = montagna();
    spil_vid set[101];
    const spil_strategy_opts opts = SPIL_STRATEGY_OPTS_DEFAULTS;
    spil_dismantler method;
    size_t best = 0, size = 0;
    for (spil_vid limit = 1; limit < 40; limit += 3) {
        assert_ok(spil_dismantle_best(g, limit, &opts, set, &best, &method, &err));
        assert_true(largest_without(g, set, best) <= limit);
        for (int m = 0; m < SPIL_DISMANTLERS; m++) {
            assert_ok(spil_dismantle(g, (spil_dismantler)m, limit, &opts, set, &size, &err));
            assert_true(best <= size);
        }
    }
    spil_csr_free(g);
}

static void degree_order__equals_scoring_again_after_each_removal(void **state)
{
    (void)state;
    spil_err err;
    const spil_strategy_opts opts = SPIL_STRATEGY_OPTS_DEFAULTS;
    spil_ranking ranking;
    assert_ok(spil_ranking_find(&ranking, "degree", &err));
    for (uint64_t seed = 0; seed < 96; seed++) {
        spil_csr *const g = t_graph_random(seed, 50);
        spil_vid *const a = malloc((g->n + 1) * sizeof *a), *const b =
                                                                malloc((g->n + 1) * sizeof *b);
        size_t count = 0;
        assert_ok(spil_degree_order(g, NULL, &opts, a, &count, &err));
        assert_int_equal(count, g->n);
        assert_ok(spil_ranking_order(&ranking, g, &opts, g->n, b, &err));
        assert_memory_equal(a, b, g->n * sizeof *a);
        free(a);
        free(b);
        spil_csr_free(g);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(keyplayers__of_the_kite_are_as_computed_elsewhere),
        T(keyplayers__of_the_karate_club_are_as_computed_elsewhere),
        T(keyplayers__of_montagna_are_as_computed_elsewhere),
        T(keyplayers__equal_the_best_of_all_sets_on_small_networks),
        T(keyplayers__with_exchange_find_those_of_montagna_too),
        T(keyplayers__refuse_a_set_of_nobody_or_of_all),
        T(keyplayers__survive_every_failed_allocation),
        T(dismantle__leaves_nothing_over_the_limit_and_nobody_to_spare),
        T(dismantle__cuts_a_row_of_cliques_at_its_middle),
        T(dismantle__limit_is_strictly_under_the_share),
        T(dismantle__best_is_no_larger_than_any_on_montagna),
        T(degree_order__equals_scoring_again_after_each_removal),
    };
    spil_par_set_threads(1); /* thousands of tiny runs: threads would only wait */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
