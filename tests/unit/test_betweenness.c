/* test_betweenness.c - some sources only, and samples that keep their word.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/t.h"

#include "engine/base/par.h"
#include "engine/base/rng.h"
#include "engine/graph/igraph_view.h"
#include "engine/metrics/betweenness.h"
#include "engine/metrics/block_draws.h"
#include "engine/metrics/brandes.h"
#include "engine/metrics/hubs.h"
#include "engine/metrics/metric.h"
#include "engine/metrics/twins.h"
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

/* ---- twins ---- */

/* A random graph each of whose vertices is there one to four times, apart or linked. */
static spil_csr *with_twins(uint64_t seed)
{
    spil_err err;
    spil_csr *const g = t_graph_random(seed, 28), *out = NULL;
    spil_rng rng = spil_rng_stream(7, seed);
    spil_arc arcs[30 * 30 * 16 / 2 + 30 * 6];
    spil_vid first[30 + 1], n = 0;
    size_t count = 0;
    bool linked[30];
    assert_true(g->n <= 30);
    for (spil_vid v = 0; v < g->n; v++) {
        first[v] = n;
        n += 1 + (spil_vid)spil_rng_below(&rng, 4);
        linked[v] = spil_rng_below(&rng, 2) == 0;
    }
    first[g->n] = n;
    for (spil_vid v = 0; v < g->n; v++)
        for (spil_vid a = first[v]; a < first[v + 1]; a++) {
            for (spil_vid b = a + 1; b < first[v + 1] && linked[v]; b++)
                arcs[count++] = (spil_arc){a, b, 1};
            for (spil_eid i = g->row[v]; i < g->row[v + 1] && g->col[i] < v; i++)
                for (spil_vid b = first[g->col[i]]; b < first[g->col[i] + 1]; b++)
                    arcs[count++] = (spil_arc){a, b, 1};
        }
    assert_true(count <= sizeof arcs / sizeof *arcs);
    assert_ok(spil_csr_build(&out, n, arcs, count, 0, &err));
    spil_csr_free(g);
    return out;
}

static void betweenness__of_twins_agrees_with_the_definition_and_igraph(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 1000; seed++) {
        spil_err err;
        spil_csr *const g = with_twins(seed);
        spil_igraph *graph = NULL;
        uint8_t is_source[SIZE];
        double value[SIZE], expected[SIZE];
        assert_true(g->n <= SIZE);
        for (spil_vid v = 0; v < g->n; v++)
            is_source[v] = (v * 7 + seed) % 3 == 0;
        if (seed < 100) {
            assert_ok(spil_betweenness_from(g, is_source, NULL, value, &err));
            by_definition(g, is_source, expected);
            for (spil_vid v = 0; v < g->n; v++)
                assert_close(value[v], expected[v], 1e-10);
        }
        assert_ok(spil_betweenness_from(g, NULL, NULL, value, &err));
        assert_ok(spil_igraph_new(&graph, g, &err));
        if (g->n > 0)
            assert_ok(spil_igraph_metric_run(graph, SPIL_IGRAPH_BETWEENNESS, expected, &err));
        for (spil_vid v = 0; v < g->n; v++)
            assert_close(value[v] / 2, expected[v], 1e-9);
        spil_igraph_free(graph);
        spil_csr_free(g);
    }
}

static void twins__of_both_kinds_become_one(void **state)
{
    (void)state;
    /* 0 1 2 apart, each linked with 3 and 4, which are linked twins but for 5; 6 closes the block;
     * 7 and 8 are linked twins between 5 and 6. */
    spil_err err;
    spil_csr *const g =
        t_graph_pairs(9, 15, (spil_vid[]){0, 3, 0, 4, 1, 3, 1, 4, 2, 3, 2, 4, 3, 4, 3,
                                          5, 5, 6, 6, 4, 7, 5, 7, 6, 8, 5, 8, 6, 7, 8});
    spil_parts *parts = NULL;
    spil_twins twins;
    assert_ok(spil_parts_split(&parts, g, NULL, &err));
    assert_int_equal(parts->part[0].n, 9);
    assert_ok(spil_twins_merge(&twins, &parts->part[0], &err));
    assert_int_equal(twins.part.n, 6);
    for (spil_vid x = 0; x < 9; x++) {
        const spil_vid v = parts->part[0].name[x], class = twins.of[x];
        assert_close(twins.copies[class], v < 3 ? 3 : v > 6 ? 2 : 1, 1e-15);
        assert_close(twins.target[class], twins.copies[class], 1e-15);
        assert_close(twins.between[class], v == 3 || v == 4 ? 3 : 0, 1e-15); /* 6 pairs, halved */
    }
    spil_twins_release(&twins);
    spil_parts_free(parts);
    spil_csr_free(g);
}

static void twins__agree_with_counts_of_any_size(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 64; seed++) {
        spil_err err;
        spil_csr *const g = with_twins(seed);
        spil_parts *parts = NULL;
        assert_ok(spil_parts_split(&parts, g, NULL, &err));
        for (uint32_t k = 0; k < parts->count; k++) {
            spil_twins twins;
            spil_brandes *memory = NULL;
            double lanes[SIZE], wide[SIZE];
            assert_ok(spil_twins_merge(&twins, &parts->part[k], &err));
            const spil_vid n = twins.part.n;
            const spil_vid some[] = {0, n > 1 ? n - 1 : 0};
            assert_ok(spil_brandes_new(&memory, n, &err));
            assert_ok(spil_brandes_batch(memory, &twins.part, some, n > 1 ? 2 : 1, lanes, &err));
            assert_ok(spil_brandes_wide(&twins.part, some, n > 1 ? 2 : 1, wide, &err));
            for (spil_vid x = 0; x < n; x++)
                assert_close(lanes[x], wide[x], 1e-12);
            spil_brandes_free(memory);
            spil_twins_release(&twins);
        }
        spil_parts_free(parts);
        spil_csr_free(g);
    }
}

/* ---- samples ---- */

/* Both split the graph into blocks: the same blocks, weights and joints. */
static void block_draws__split_as_the_parts_do(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 96; seed++) {
        spil_err err;
        spil_csr *const g = t_graph_random(seed, 70);
        double joints[SIZE] = {0}, expected[SIZE] = {0}, pairs = 0, hangs = 0, drawn = 0;
        spil_parts *parts = NULL;
        spil_block_draws *draws = NULL;
        spil_rng rng = spil_rng_stream(seed, 0);
        assert_ok(spil_parts_split(&parts, g, NULL, &err));
        assert_ok(spil_block_draws_new(&draws, g, joints, &err));
        spil_parts_add_joints(parts, expected);
        assert_memory_equal(joints, expected, g->n * sizeof *joints);
        assert_int_equal(draws->count, parts->count);
        for (uint32_t k = 0; k < parts->count; k++) {
            double sum = 0, squares = 0;
            for (spil_vid x = 0; x < parts->part[k].n; x++) {
                sum += parts->part[k].target[x];
                squares += parts->part[k].target[x] * parts->part[k].target[x];
            }
            pairs += sum * sum - squares;
            hangs += sum;
        }
        assert_true(draws->pairs == pairs);
        for (uint32_t k = 0; k < draws->count; k++)
            drawn += draws->until[draws->first[k + 1] - 1];
        assert_true(drawn == hangs);
        if (draws->count > 0)
            assert_int_equal(draws->first[draws->largest + 1] - draws->first[draws->largest],
                             parts->part[0].n);
        for (unsigned i = 0; i < 20 && draws->count > 0; i++) {
            spil_vid a = 0, b = 0;
            bool has_a = false, has_b = false;
            const uint32_t k = spil_block_draw(draws, &rng, &a, &b);
            for (spil_vid j = draws->first[k]; j < draws->first[k + 1]; j++) {
                has_a = has_a || draws->member[j] == a;
                has_b = has_b || draws->member[j] == b;
            }
            assert_true(a != b && has_a && has_b);
        }
        spil_block_draws_free(draws);
        spil_parts_free(parts);
        spil_csr_free(g);
    }
}

/* The ranks that are said to be sure stand in their true order above all others, and the ten
 * largest are as near as is said. */
static void check_what_is_sure(const double *value, const double *exact, spil_vid n,
                               const spil_sampled *got)
{
    static bool taken[4096];
    double last = (double)INFINITY;
    memset(taken, 0, sizeof taken);
    for (uint32_t rank = 0; rank < got->ranks || rank < 10; rank++) {
        spil_vid best = 0;
        for (spil_vid v = 0; v < n; v++)
            if (taken[best] || (!taken[v] && value[v] > value[best]))
                best = v;
        taken[best] = true;
        if (rank < 10 && rank < n && got->draws > 0)
            assert_true(fabs(value[best] - exact[best]) <= got->top_error * value[best] + 1e-9);
        for (spil_vid v = 0; v < n && rank < got->ranks; v++)
            assert_true(taken[v] || exact[v] <= exact[best] + 1e-9);
        if (rank < got->ranks)
            assert_true(exact[best] <= last + 1e-9);
        last = exact[best];
    }
}

/* Largest difference from the exact values over the ordered pairs. */
static double gap_from(const spil_csr *g, const double *exact, const spil_sampling *how)
{
    spil_err err;
    double *value = NULL, worst = 0;
    spil_sampled got = {0};
    assert_ok(NEW_ARRAY(value, g->n, &err));
    assert_ok(spil_betweenness_sampled(g, how, value, &got, &err));
    for (spil_vid v = 0; v < g->n; v++)
        worst = fmax(worst, fabs(value[v] - exact[v]));
    if (worst <= how->error * g->n * (g->n - 1.0))
        check_what_is_sure(value, exact, g->n, &got);
    spil_free(value);
    return worst / ((double)g->n * (g->n - 1.0));
}

static double *exact_of(const spil_csr *g)
{
    spil_err err;
    double *exact = NULL;
    assert_ok(NEW_ARRAY(exact, g->n, &err));
    assert_ok(spil_betweenness_from(g, NULL, NULL, exact, &err));
    return exact;
}

static double gap(const spil_csr *g, const spil_sampling *how)
{
    double *const exact = exact_of(g), difference = gap_from(g, exact, how);
    spil_free(exact);
    return difference;
}

static void betweenness_sampled__keeps_its_error_in_95_of_100_runs(void **state)
{
    (void)state;
    spil_csr *const graphs[] = {t_graph_random(11 + 16 * 2, 400), t_graph_random(12 + 16 * 3, 400),
                                t_graph_random(15 + 16 * 4, 400), t_graph_grid(12, 12)};
    double *const exact[] = {exact_of(graphs[0]), exact_of(graphs[1]), exact_of(graphs[2]),
                             exact_of(graphs[3])};
    unsigned kept = 0;
    for (unsigned run = 0; run < 100; run++) {
        const spil_sampling how = {0.02, 0.9, run, NULL};
        kept += gap_from(graphs[run % 4], exact[run % 4], &how) <= how.error;
    }
    assert_true(kept >= 95);
    for (size_t i = 0; i < 4; i++) {
        spil_csr_free(graphs[i]);
        spil_free(exact[i]);
    }
}

static void betweenness_sampled__is_exact_on_trees(void **state)
{
    (void)state;
    spil_csr *const g = t_graph_random(5 + 16 * 3, 500);
    assert_true(gap(g, &(spil_sampling){0.1, 0.9, 1, NULL}) < 1e-15);
    spil_csr_free(g);
}

/* A ring of k diamonds, one path in two ways each: 2^(k/2) shortest paths between opposite ends.
 */
static spil_csr *ring_of_diamonds(spil_vid k)
{
    spil_err err;
    spil_vid *pairs = NULL;
    size_t count = 0;
    assert_ok(NEW_ARRAY(pairs, 8 * (size_t)k, &err));
    for (spil_vid i = 0; i < k; i++)
        for (spil_vid side = 1; side <= 2; side++) {
            pairs[2 * count] = 3 * i;
            pairs[2 * count++ + 1] = 3 * i + side;
            pairs[2 * count] = 3 * i + side;
            pairs[2 * count++ + 1] = 3 * ((i + 1) % k);
        }
    spil_csr *const g = t_graph_pairs(3 * k, count, pairs);
    spil_free(pairs);
    return g;
}

static void betweenness_sampled__bears_more_paths_than_a_double_holds(void **state)
{
    (void)state;
    spil_csr *const g = ring_of_diamonds(2200); /* 2^1100 paths between opposite ends */
    spil_err err;
    double *value = NULL;
    spil_sampled got = {0};
    assert_ok(NEW_ARRAY(value, g->n, &err));
    assert_ok(spil_betweenness_sampled(g, &(spil_sampling){0.15, 0.9, 1, NULL}, value, &got, &err));
    const double pairs = g->n * (g->n - 1.0);
    for (spil_vid v = 0; v < g->n; v++) /* by symmetry near 1/4 at joints, half that at sides */
        assert_true(fabs(value[v] / pairs - (v % 3 == 0 ? 0.25 : 0.125)) <= 0.15);
    spil_free(value);
    spil_csr_free(g);
}

/* Hubs of hubs: 3 that share 40 of their 60 neighbours, which form a ring; so some paths hold no
 * hub, some one, some two. */
static spil_csr *hubs_on_a_ring(void)
{
    spil_vid pairs[1200];
    size_t count = 0;
    for (spil_vid i = 0; i < 120; i++) {
        pairs[2 * count] = 3 + i;
        pairs[2 * count++ + 1] = 3 + (i + 1) % 120;
        for (spil_vid hub = 0; hub < 3; hub++)
            if ((i + 40 * hub) % 120 < 60 && i % 2 == 0) {
                pairs[2 * count] = hub;
                pairs[2 * count++ + 1] = 3 + i;
            }
    }
    return t_graph_pairs(123, count, pairs);
}

static void betweenness_sampled__is_as_near_by_way_of_hubs(void **state)
{
    (void)state;
    spil_err err;
    spil_csr *const g = hubs_on_a_ring();
    spil_parts *parts = NULL;
    spil_hubs *hubs = NULL;
    assert_ok(spil_parts_split(&parts, g, NULL, &err));
    assert_ok(spil_hubs_new(&hubs, g, parts->part[0].name, parts->part[0].n, &err));
    assert_int_equal(hubs->count, 3);
    unsigned kept = 0;
    for (unsigned run = 0; run < 20; run++)
        kept += gap(g, &(spil_sampling){0.01, 0.9, run, NULL}) <= 0.01;
    assert_true(kept >= 19);
    spil_hubs_free(hubs);
    spil_parts_free(parts);
    spil_csr_free(g);
}

static void betweenness_sampled__gives_the_same_bits_for_any_number_of_threads(void **state)
{
    (void)state;
    spil_err err;
    spil_csr *const g = t_graph_random(11 + 16 * 9, SIZE);
    const spil_sampling how = {0.05, 0.9, 3, NULL};
    double one[SIZE], many[SIZE];
    spil_sampled draws = {0}, draws_many = {0};
    spil_par_set_threads(1);
    assert_ok(spil_betweenness_sampled(g, &how, one, &draws, &err));
    spil_par_set_threads(3);
    assert_ok(spil_betweenness_sampled(g, &how, many, &draws_many, &err));
    spil_par_set_threads(0);
    assert_memory_equal(one, many, g->n * sizeof *one);
    assert_memory_equal(&draws, &draws_many, sizeof draws);
    spil_csr_free(g);
}

static void betweenness_metric__samples_when_exact_is_too_long_and_says_so(void **state)
{
    (void)state;
    spil_err err;
    spil_csr *const g = t_graph_clique(20);
    spil_metric_opts opts = SPIL_METRIC_OPTS_DEFAULTS;
    spil_metric_note note = {0};
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
    spil_sampled draws;
    const spil_sampling odd[] = {{0, 0.9, 1, NULL}, {0.1, 1, 1, NULL}, {(double)NAN, 0.5, 1, NULL}};
    for (size_t i = 0; i < 3; i++)
        assert_fails(spil_betweenness_sampled(g, &odd[i], value, &draws, &err), SPIL_RANGE,
                     "must be");
    spil_csr_free(g);
}

static spil_status sample_quietly(const spil_csr *g)
{
    double value[SIZE];
    spil_sampled draws;
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
        T(betweenness__of_twins_agrees_with_the_definition_and_igraph),
        T(twins__of_both_kinds_become_one),
        T(twins__agree_with_counts_of_any_size),
        T(block_draws__split_as_the_parts_do),
        T(betweenness_sampled__keeps_its_error_in_95_of_100_runs),
        T(betweenness_sampled__is_exact_on_trees),
        T(betweenness_sampled__bears_more_paths_than_a_double_holds),
        T(betweenness_sampled__is_as_near_by_way_of_hubs),
        T(betweenness_sampled__gives_the_same_bits_for_any_number_of_threads),
        T(betweenness_metric__samples_when_exact_is_too_long_and_says_so),
        T(betweenness_sampled__refuses_odd_wishes),
        T(betweenness_sampled__survives_lack_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
