/* test_betweenness.c - some sources only, and samples that keep their word.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/t.h"

#include "engine/base/par.h"
#include "engine/metrics/betweenness.h"
#include "engine/metrics/metric.h"
#include "tests/unit/t_graphs.h"

#include <stdlib.h>

enum { SIZE = 120 };

/* Sum over sources s and all t of the share of shortest paths that pass v, by distances and counts
 * from every vertex: the definition, cubic. */
static void by_definition(const spil_csr *g, const uint8_t *is_source, double *value)
{
    static double paths[SIZE][SIZE];
    static spil_vid d[SIZE][SIZE], queue[SIZE];
    memset(d, 0xff, sizeof d);
    memset(paths, 0, sizeof paths);
    for (spil_vid s = 0; s < g->n; s++) {
        spil_vid end = 1;
        queue[0] = s;
        d[s][s] = 0;
        paths[s][s] = 1;
        for (spil_vid at = 0; at < end; at++)
            for (spil_eid i = g->row[queue[at]]; i < g->row[queue[at] + 1]; i++) {
                const spil_vid v = g->col[i];
                if (d[s][v] == SPIL_NO_VERTEX) {
                    d[s][v] = d[s][queue[at]] + 1;
                    queue[end++] = v;
                }
                if (d[s][v] == d[s][queue[at]] + 1)
                    paths[s][v] += paths[s][queue[at]];
            }
    }
    for (spil_vid v = 0; v < g->n; v++) {
        value[v] = 0;
        for (spil_vid s = 0; s < g->n; s++)
            for (spil_vid t = 0; t < g->n && is_source[s]; t++)
                if (s != v && t != v && s != t && d[s][t] != SPIL_NO_VERTEX &&
                    d[s][v] != SPIL_NO_VERTEX && d[s][v] + d[v][t] == d[s][t])
                    value[v] += paths[s][v] * paths[v][t] / paths[s][t];
    }
}

static void betweenness_from__some_sources_agrees_with_the_definition(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 160; seed++) {
        spil_err err;
        spil_csr *const g = t_graph_random(seed, SIZE);
        uint8_t is_source[SIZE];
        double value[SIZE], expected[SIZE];
        for (spil_vid v = 0; v < g->n; v++)
            is_source[v] = (v * 7 + seed) % 3 == 0;
        assert_ok(spil_betweenness_from(g, is_source, NULL, value, &err));
        by_definition(g, is_source, expected);
        for (spil_vid v = 0; v < g->n; v++)
            assert_close(value[v], expected[v], 1e-10);
        spil_csr_free(g);
    }
}

/* Largest difference from the exact values over the ordered pairs. */
static double gap(const spil_csr *g, const spil_sampling *how)
{
    spil_err err;
    double *exact = NULL, *value = NULL, worst = 0;
    uint64_t draws = 0;
    assert_ok(NEW_ARRAY(exact, g->n, &err));
    assert_ok(NEW_ARRAY(value, g->n, &err));
    assert_ok(spil_betweenness_from(g, NULL, NULL, exact, &err));
    assert_ok(spil_betweenness_sampled(g, how, value, &draws, &err));
    for (spil_vid v = 0; v < g->n; v++)
        worst = fmax(worst, fabs(value[v] - exact[v]));
    spil_free(exact);
    spil_free(value);
    return worst / ((double)g->n * (g->n - 1.0));
}

static void betweenness_sampled__keeps_its_error_in_95_of_100_runs(void **state)
{
    (void)state;
    spil_csr *const graphs[] = {t_graph_random(11 + 16 * 2, 600), t_graph_random(12 + 16 * 3, 600),
                                t_graph_random(15 + 16 * 4, 600), t_graph_grid(12, 12)};
    unsigned kept = 0;
    for (unsigned run = 0; run < 100; run++) {
        const spil_sampling how = {0.02, 0.9, run, NULL};
        kept += gap(graphs[run % 4], &how) <= how.error;
    }
    assert_true(kept >= 95);
    for (size_t i = 0; i < 4; i++)
        spil_csr_free(graphs[i]);
}

static void betweenness_sampled__is_exact_on_trees(void **state)
{
    (void)state;
    spil_csr *const g = t_graph_random(5 + 16 * 3, 500);
    assert_true(gap(g, &(spil_sampling){0.1, 0.9, 1, NULL}) < 1e-15);
    spil_csr_free(g);
}

static void betweenness_sampled__gives_the_same_bits_for_any_number_of_threads(void **state)
{
    (void)state;
    spil_err err;
    spil_csr *const g = t_graph_random(11 + 16 * 9, SIZE);
    const spil_sampling how = {0.05, 0.9, 3, NULL};
    double one[SIZE], many[SIZE];
    uint64_t draws = 0, draws_many = 0;
    spil_par_set_threads(1);
    assert_ok(spil_betweenness_sampled(g, &how, one, &draws, &err));
    spil_par_set_threads(3);
    assert_ok(spil_betweenness_sampled(g, &how, many, &draws_many, &err));
    spil_par_set_threads(0);
    assert_memory_equal(one, many, g->n * sizeof *one);
    assert_int_equal(draws, draws_many);
    spil_csr_free(g);
}

static void betweenness_metric__samples_when_exact_is_too_long_and_says_so(void **state)
{
    (void)state;
    spil_err err;
    spil_csr *const g = t_graph_clique(20);
    spil_metric_opts opts = SPIL_METRIC_OPTS_DEFAULTS;
    spil_metric_note note = {false, 0, 0};
    double value[20];
    assert_ok(spil_metric_find("betweenness")->run(g, &opts, value, &note, &err));
    assert_false(note.approximate);
    opts.exact_work = 100;
    assert_ok(spil_metric_find("betweenness")->run(g, &opts, value, &note, &err));
    assert_true(note.approximate && note.confidence == opts.confidence);
    assert_close(note.error, 0.002 * 190, 1e-12);
    spil_csr_free(g);
}

static void betweenness_sampled__refuses_odd_wishes(void **state)
{
    (void)state;
    spil_err err;
    spil_csr *const g = t_graph_clique(3);
    double value[3];
    uint64_t draws;
    const spil_sampling odd[] = {{0, 0.9, 1, NULL}, {0.1, 1, 1, NULL}, {(double)NAN, 0.5, 1, NULL}};
    for (size_t i = 0; i < 3; i++)
        assert_fails(spil_betweenness_sampled(g, &odd[i], value, &draws, &err), SPIL_RANGE,
                     "must be");
    spil_csr_free(g);
}

static spil_status sample_quietly(const spil_csr *g)
{
    double value[SIZE];
    uint64_t draws;
    return spil_betweenness_sampled(g, &(spil_sampling){0.2, 0.5, 1, NULL}, value, &draws, NULL);
}

static void betweenness_sampled__survives_lack_of_memory(void **state)
{
    (void)state;
    spil_csr *const g = t_graph_kite();
    assert_survives_no_memory(sample_quietly(g));
    spil_csr_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(betweenness_from__some_sources_agrees_with_the_definition),
        T(betweenness_sampled__keeps_its_error_in_95_of_100_runs),
        T(betweenness_sampled__is_exact_on_trees),
        T(betweenness_sampled__gives_the_same_bits_for_any_number_of_threads),
        T(betweenness_metric__samples_when_exact_is_too_long_and_says_so),
        T(betweenness_sampled__refuses_odd_wishes),
        T(betweenness_sampled__survives_lack_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
