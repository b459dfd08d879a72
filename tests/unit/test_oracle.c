/* test_oracle.c - kernels that are no metric of the table against igraph, on random graphs of many
 * shapes. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The metrics themselves: test_metrics.c. Katz, effective size and PageRank from chosen vertices
 * are not in igraph as we define them: Katz is checked against its equation with igraph's
 * eigenvector, PageRank against the walk that it describes (test_metrics.c), effective size here
 * by igraph's triangles.
 */
#include "tests/unit/t.h"

#include "engine/graph/igraph_view.h"
#include "engine/metrics/distances.h"
#include "engine/metrics/edge_betweenness.h"
#include "engine/metrics/lengths.h"
#include "engine/metrics/metric.h"
#include "engine/metrics/triangles.h"
#include "tests/unit/t_graphs.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(lengths__of_vertices_and_links_agree_with_igraph),
        T(links__bridges_and_blocks_agree_with_igraph),
        T(farness__is_one_over_the_closeness_of_igraph),
        T(triangles_and_effective_size__agree_with_igraph),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
