/* test_oracle.c - kernels that are no metric of the table against igraph, on random graphs of many
 * shapes. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The metrics themselves: test_metrics.c. Katz and effective size are not in igraph as we define
 * them: Katz is checked against GSL's solution of its equation, with the largest eigenvalue from
 * GSL too, effective size by igraph's triangles.
 */
#include "tests/unit/t.h"

#include "engine/graph/igraph_view.h"
#include "engine/metrics/distances.h"
#include "engine/metrics/edge_betweenness.h"
#include "engine/metrics/lengths.h"
#include "engine/metrics/metric.h"
#include "engine/metrics/triangles.h"
#include "tests/unit/t_graphs.h"

#include <gsl/gsl_eigen.h>
#include <gsl/gsl_linalg.h>

enum { GRAPHS = 1040, SIZE = 40, MOST = 160, MOST_EDGES = 4000 };

/* A random graph with edge ids and weights, and igraph's of it. */
typedef struct pair {
    spil_csr *g;
    spil_igraph *peer;
} pair;

static pair pair_of(uint64_t seed)
{
    spil_err err;
    pair p = {NULL, NULL};
    static spil_arc arcs[MOST_EDGES];
    spil_eid count = 0;
    spil_csr *const g = t_graph_random(seed, SIZE);
    assert_true(g->n <= MOST && g->m <= MOST_EDGES);
    for (spil_vid v = 0; v < g->n; v++)
        for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
            if (v < g->col[i])
                arcs[count++] = (spil_arc){v, g->col[i], g->weight[i]};
    assert_ok(spil_csr_build(&p.g, g->n, arcs, count, SPIL_CSR_EDGE_IDS, &err));
    assert_ok(spil_igraph_new(&p.peer, p.g, &err));
    spil_csr_free(g);
    return p;
}

static void release(pair p)
{
    spil_igraph_free(p.peer);
    spil_csr_free(p.g);
}

static void assert_same(const double *ours, const double *theirs, size_t count, uint64_t seed)
{
    for (size_t i = 0; i < count; i++)
        if (!(fabs(ours[i] - theirs[i]) <= 1e-9 * fabs(theirs[i]) + 1e-12))
            fail_msg("graph %llu, number %zu: %.17g, igraph says %.17g", (unsigned long long)seed,
                     i, ours[i], theirs[i]);
}

static void lengths__of_vertices_and_links_agree_with_igraph(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < GRAPHS; seed++) {
        spil_err err;
        const pair p = pair_of(seed);
        double vertex[MOST], theirs[MOST];
        static double edge[MOST_EDGES], their_edges[MOST_EDGES];
        assert_ok(spil_lengths_betweenness(p.g, p.g->weight, NULL, vertex, edge, &err));
        assert_ok(spil_igraph_metric_run(p.peer, SPIL_IGRAPH_BETWEENNESS_WEIGHTED, theirs, &err));
        assert_ok(spil_igraph_edges_run(p.peer, SPIL_IGRAPH_EDGE_BETWEENNESS_WEIGHTED, their_edges,
                                        &err));
        assert_same(vertex, theirs, p.g->n, seed);
        assert_same(edge, their_edges, p.g->m, seed);
        release(p);
    }
}

static void links__bridges_and_blocks_agree_with_igraph(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < GRAPHS; seed++) {
        spil_err err;
        const pair p = pair_of(seed);
        static double value[MOST_EDGES], theirs[MOST_EDGES], number[MOST_EDGES];
        static uint32_t block[MOST_EDGES];
        static uint8_t bridge[MOST_EDGES];
        assert_ok(
            spil_edge_values_compute(p.g, NULL, &(spil_edge_values){value, block, bridge}, &err));
        assert_ok(spil_igraph_edges_run(p.peer, SPIL_IGRAPH_EDGE_BETWEENNESS, theirs, &err));
        assert_same(value, theirs, p.g->m, seed);
        assert_ok(spil_igraph_edges_run(p.peer, SPIL_IGRAPH_EDGE_BRIDGE, theirs, &err));
        for (spil_eid e = 0; e < p.g->m; e++)
            assert_int_equal(bridge[e], (int)theirs[e]);
        assert_ok(spil_igraph_edges_run(p.peer, SPIL_IGRAPH_EDGE_BLOCK, theirs, &err));
        double next = 0; /* ours are numbered by their first edge */
        for (spil_eid e = 0; e < p.g->m; e++)
            number[e] = -1;
        for (spil_eid e = 0; e < p.g->m; e++) {
            double *const known = &number[(size_t)theirs[e]];
            if (*known < 0)
                *known = next++;
            assert_int_equal(block[e], (uint32_t)*known);
        }
        release(p);
    }
}

static void farness__is_one_over_the_closeness_of_igraph(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < GRAPHS; seed++) {
        spil_err err;
        const pair p = pair_of(seed);
        uint64_t farness[MOST];
        double theirs[MOST];
        assert_ok(spil_distances_sum(p.g, NULL, &(spil_distance_sums){.farness = farness}, &err));
        assert_ok(spil_igraph_metric_run(p.peer, SPIL_IGRAPH_CLOSENESS, theirs, &err));
        for (spil_vid v = 0; v < p.g->n; v++)
            if (isnan(theirs[v]))
                assert_int_equal(farness[v], 0);
            else
                assert_close(1 / (double)farness[v], theirs[v], 1e-12);
        release(p);
    }
}

/* Effective size (Borgatti 1997): the degree less the mean degree among the contacts. */
static void triangles_and_effective_size__agree_with_igraph(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < GRAPHS; seed++) {
        spil_err err;
        const pair p = pair_of(seed);
        const spil_metric_opts opts = SPIL_METRIC_OPTS_DEFAULTS;
        uint64_t count[MOST];
        double theirs[MOST], size[MOST];
        assert_ok(spil_triangles_count(p.g, count, &err));
        assert_ok(spil_igraph_metric_run(p.peer, SPIL_IGRAPH_TRIANGLES, theirs, &err));
        assert_ok(spil_metric_find("effective_size")->run(p.g, &opts, size, NULL, &err));
        for (spil_vid v = 0; v < p.g->n; v++) {
            const double degree = spil_degree(p.g, v);
            assert_int_equal(count[v], (uint64_t)theirs[v]);
            assert_close(size[v], degree > 0 ? degree - 2 * theirs[v] / degree : 0, 1e-12);
        }
        release(p);
    }
}

/* From one vertex in seven on average, with different weights; graphs where none is chosen start
 * from their first vertex. */
static void pagerank__from_chosen_vertices_agrees_with_igraph(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < GRAPHS; seed++) {
        spil_err err;
        const pair p = pair_of(seed);
        spil_metric_opts opts = SPIL_METRIC_OPTS_DEFAULTS;
        double reset[MOST] = {0}, value[MOST], theirs[MOST];
        bool chosen = false;
        for (spil_vid v = 0; v < p.g->n; v++) {
            reset[v] = (v * 5 + seed) % 7 == 0 ? 1 + v % 3 : 0;
            chosen = chosen || reset[v] > 0;
        }
        reset[0] = chosen ? reset[0] : 1;
        opts.reset = reset;
        for (int weighted = 0; weighted < 2 && p.g->n > 0; weighted++) {
            opts.weighted = weighted;
            assert_ok(spil_metric_find("pagerank")->run(p.g, &opts, value, NULL, &err));
            assert_ok(spil_igraph_pagerank_from(p.peer, weighted, 0.85, reset, theirs, &err));
            assert_same(value, theirs, p.g->n, seed);
        }
        release(p);
    }
}

/* x of (I - b A) x = 1 with b = 0.85 / (largest eigenvalue of A), by GSL. */
static void solve_katz(const spil_csr *g, bool weighted, double *x)
{
    const size_t n = g->n;
    gsl_matrix *const a = gsl_matrix_calloc(n, n), *const copy = gsl_matrix_alloc(n, n);
    gsl_vector *const values = gsl_vector_alloc(n);
    gsl_eigen_symm_workspace *const space = gsl_eigen_symm_alloc(n);
    for (spil_vid v = 0; v < g->n; v++)
        for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
            gsl_matrix_set(a, v, g->col[i], weighted ? g->weight[i] : 1);
    gsl_matrix_memcpy(copy, a);
    assert_int_equal(gsl_eigen_symm(copy, values, space), 0);
    const double largest = gsl_vector_max(values);
    gsl_matrix_scale(a, g->m > 0 ? -0.85 / largest : 0);
    for (size_t v = 0; v < n; v++)
        gsl_matrix_set(a, v, v, 1);
    gsl_vector_set_all(values, 1);
    gsl_vector_view out = gsl_vector_view_array(x, n);
    assert_int_equal(gsl_linalg_cholesky_decomp1(a), 0); /* eigenvalues in [0.15, 1.85] */
    assert_int_equal(gsl_linalg_cholesky_solve(a, values, &out.vector), 0);
    gsl_eigen_symm_free(space);
    gsl_vector_free(values);
    gsl_matrix_free(copy);
    gsl_matrix_free(a);
}

static void katz__solves_its_equation_as_gsl_does(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < GRAPHS; seed++) {
        spil_err err;
        const pair p = pair_of(seed);
        spil_metric_opts opts = SPIL_METRIC_OPTS_DEFAULTS;
        double value[MOST], expected[MOST];
        for (int weighted = 0; weighted < 2 && p.g->n > 0; weighted++) {
            opts.weighted = weighted;
            assert_ok(spil_metric_find("katz")->run(p.g, &opts, value, NULL, &err));
            solve_katz(p.g, weighted, expected);
            assert_same(value, expected, p.g->n, seed);
        }
        release(p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(lengths__of_vertices_and_links_agree_with_igraph),
        T(links__bridges_and_blocks_agree_with_igraph),
        T(farness__is_one_over_the_closeness_of_igraph),
        T(triangles_and_effective_size__agree_with_igraph),
        T(pagerank__from_chosen_vertices_agrees_with_igraph),
        T(katz__solves_its_equation_as_gsl_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
