/* Ranks over draws: beside a full run a draw. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/metrics/robust.h"

#include "engine/base/par.h"
#include "engine/stats/draw.h"
#include "t.h"
#include "t_graphs.h"

#include <stdlib.h>

enum { DRAWS = 21 };

static double *confidences(const spil_csr *g, uint64_t seed, double certain)
{
    double *confidence = NULL;
    spil_err err;
    spil_rng rng = spil_rng_stream(seed, 9);
    assert_ok(NEW_ARRAY(confidence, g->m, &err));
    for (spil_eid e = 0; e < g->m; e++) {
        const bool sure = spil_rng_unit(&rng) < certain;
        const double own = spil_rng_unit(&rng);
        confidence[e] = sure ? 1 : own;
    }
    return confidence;
}

/* The graph of a draw, by the rule of robust.h. */
static spil_csr *drawn(const spil_csr *g, const double *confidence, uint64_t seed, unsigned draw)
{
    spil_arc *arcs = NULL;
    spil_eid count = 0;
    spil_csr *out = NULL;
    spil_err err;
    assert_ok(NEW_ARRAY(arcs, g->m, &err));
    for (spil_vid v = 0; v < g->n; v++)
        for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
            if (g->col[i] > v &&
                spil_unit_at(spil_key_join(seed, g->edge[i]), draw) < confidence[g->edge[i]])
                arcs[count++] = (spil_arc){v, g->col[i], g->weight[i]};
    assert_ok(spil_csr_build(&out, g->n, arcs, count, SPIL_CSR_EDGE_IDS, &err));
    spil_free(arcs);
    return out;
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void compare(const spil_csr *g, const spil_metric *metric, uint64_t seed)
{
    spil_err err;
    const spil_metric_opts opts = SPIL_METRIC_OPTS_DEFAULTS;
    double *const confidence = confidences(g, seed, 0.7);
    spil_rank_range *range = NULL;
    double *value = NULL, *rank = NULL;
    spil_robust_note note;
    assert_ok(NEW_ARRAY(range, g->n, &err));
    assert_ok(NEW_ARRAY(value, g->n, &err));
    assert_ok(NEW_ARRAY(rank, (size_t)DRAWS * g->n, &err));
    assert_ok(spil_robust_ranks(range, g, confidence, metric, &opts, DRAWS, seed, &note, &err));
    for (unsigned d = 0; d < DRAWS; d++) {
        spil_csr *const world = drawn(g, confidence, seed, d);
        assert_ok(metric->run(world, &opts, value, NULL, &err));
        for (spil_vid v = 0; v < g->n; v++) {
            double above = 0;
            for (spil_vid u = 0; u < g->n; u++)
                above += value[u] - value[v] > 1e-7 * fabs(value[u]);
            rank[v * DRAWS + d] = 1 + above;
        }
        spil_csr_free(world);
    }
    for (spil_vid v = 0; v < g->n; v++) {
        qsort(rank + v * DRAWS, DRAWS, sizeof *rank, ascending);
        if (range[v].low != rank[v * DRAWS + 1] || range[v].middle != rank[v * DRAWS + 10] ||
            range[v].high != rank[v * DRAWS + 19])
            fail_msg("%s, graph %u, vertex %u: %u %u %u, not %g %g %g", metric->name,
                     (unsigned)seed, v, range[v].low, range[v].middle, range[v].high,
                     rank[v * DRAWS + 1], rank[v * DRAWS + 10], rank[v * DRAWS + 19]);
    }
    assert_true(note.vertices_anew <= 1);
    spil_free(range);
    spil_free(value);
    spil_free(rank);
    spil_free(confidence);
}

static void robust_ranks__are_those_of_full_runs(void **state)
{
    (void)state;
    static const char *const names[] = {"degree",         "strength", "clustering", "constraint",
                                        "effective_size", "harmonic", "coreness",   "betweenness",
                                        "articulation",   "pagerank"};
    for (uint64_t seed = 0; seed < 2 * T_SHAPES; seed++) {
        spil_csr *const g = t_graph_random(seed, 40);
        for (size_t k = 0; k < sizeof names / sizeof *names; k++)
            compare(g, spil_metric_find(names[k]), seed);
        spil_csr_free(g);
    }
}

/* 2,000 pairs, one of them uncertain: a draw looks at next to nobody. */
static void robust_ranks__do_little_work_near_what_is_uncertain(void **state)
{
    (void)state;
    enum { PAIRS = 2000 };
    static const char *const names[] = {"degree", "clustering", "betweenness"};
    spil_err err;
    spil_vid *pairs = NULL;
    double *confidence = NULL;
    spil_rank_range *range = NULL;
    const spil_metric_opts opts = SPIL_METRIC_OPTS_DEFAULTS;
    assert_ok(NEW_ARRAY(pairs, 2 * PAIRS, &err));
    assert_ok(NEW_ARRAY(confidence, PAIRS, &err));
    assert_ok(NEW_ARRAY(range, 2 * PAIRS, &err));
    for (spil_vid i = 0; i < 2 * PAIRS; i++)
        pairs[i] = i;
    for (size_t e = 0; e < PAIRS; e++)
        confidence[e] = e == 0 ? 0.5 : 1;
    spil_csr *const g = t_graph_pairs(2 * PAIRS, PAIRS, pairs);
    for (size_t k = 0; k < 3; k++) {
        spil_robust_note note;
        assert_ok(spil_robust_ranks(range, g, confidence, spil_metric_find(names[k]), &opts, 100, 1,
                                    &note, &err));
        assert_int_equal(note.uncertain, 1);
        assert_true(note.vertices_anew > 0 && note.vertices_anew < 0.001);
    }
    spil_csr_free(g);
    spil_free(pairs);
    spil_free(confidence);
    spil_free(range);
}

static void robust_ranks__are_points_when_all_is_certain(void **state)
{
    (void)state;
    spil_err err;
    spil_csr *const g = t_graph_star(5);
    const double confidence[] = {1, 1, 1, 1};
    const spil_metric_opts opts = SPIL_METRIC_OPTS_DEFAULTS;
    spil_rank_range range[5];
    spil_robust_note note;
    assert_ok(spil_robust_ranks(range, g, confidence, spil_metric_find("degree"), &opts, 50, 1,
                                &note, &err));
    for (spil_vid v = 0; v < 5; v++) {
        assert_int_equal(range[v].low, v == 0 ? 1 : 2);
        assert_int_equal(range[v].high, range[v].low);
    }
    assert_true(note.vertices_anew == 0);
    spil_csr_free(g);
}

static spil_status rank_and_free(const spil_csr *g)
{
    double confidence[64];
    spil_rank_range range[16];
    const spil_metric_opts opts = SPIL_METRIC_OPTS_DEFAULTS;
    for (int e = 0; e < 64; e++)
        confidence[e] = 0.5;
    return spil_robust_ranks(range, g, confidence, spil_metric_find("degree"), &opts, 5, 1, NULL,
                             NULL);
}

static void robust_ranks__survive_lack_of_memory(void **state)
{
    (void)state;
    spil_csr *const g = t_graph_barbell(4);
    assert_survives_no_memory(rank_and_free(g));
    spil_csr_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(robust_ranks__are_those_of_full_runs),
        T(robust_ranks__do_little_work_near_what_is_uncertain),
        T(robust_ranks__are_points_when_all_is_certain),
        T(robust_ranks__survive_lack_of_memory),
    };
    return cmocka_run_group_tests_name("robust", tests, NULL, NULL);
}
