/* test_edge_betweenness.c - links: shortest paths, bridges and blocks.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/t.h"

#include "engine/base/par.h"
#include "engine/graph/igraph_view.h"
#include "engine/metrics/components.h"
#include "engine/metrics/edge_betweenness.h"
#include "engine/metrics/metric.h"
#include "tests/unit/t_graphs.h"

enum { GRAPHS = 1040, SIZE = 40, MOST = 160, MOST_EDGES = 4000 };

/* With edge ids, which the graphs of tests lack. */
static spil_csr *with_ids(spil_csr *g)
{
    spil_err err;
    spil_csr *numbered = NULL;
    spil_arc *arcs = NULL;
    spil_eid count = 0;
    assert_ok(NEW_ARRAY(arcs, g->m, &err));
    for (spil_vid v = 0; v < g->n; v++)
        for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
            if (v < g->col[i])
                arcs[count++] = (spil_arc){v, g->col[i], g->weight[i]};
    assert_ok(spil_csr_build(&numbered, g->n, arcs, count, SPIL_CSR_EDGE_IDS, &err));
    spil_free(arcs);
    spil_csr_free(g);
    return numbered;
}

static void links_of_a_path_have_left_times_right(void **state)
{
    (void)state;
    spil_err err;
    spil_csr *const g = with_ids(t_graph_path(5));
    double value[4];
    uint32_t block[4];
    uint8_t bridge[4];
    assert_ok(spil_edge_values_compute(g, NULL, &(spil_edge_values){value, block, bridge}, &err));
    for (uint32_t e = 0; e < 4; e++) {
        assert_close(value[e], (e + 1) * (4 - e), 1e-15);
        assert_int_equal(block[e], e);
        assert_int_equal(bridge[e], 1);
    }
    spil_csr_free(g);
}

static spil_vid distance[MOST][MOST];
static double paths[MOST][MOST];

static void search_all(const spil_csr *g)
{
    static spil_vid queue[MOST];
    memset(distance, 0xff, sizeof distance);
    memset(paths, 0, sizeof paths);
    for (spil_vid s = 0; s < g->n; s++) {
        spil_vid end = 1;
        queue[0] = s;
        distance[s][s] = 0;
        paths[s][s] = 1;
        for (spil_vid at = 0; at < end; at++)
            for (spil_eid i = g->row[queue[at]]; i < g->row[queue[at] + 1]; i++) {
                const spil_vid u = queue[at], v = g->col[i];
                if (distance[s][v] == SPIL_NO_VERTEX) {
                    distance[s][v] = distance[s][u] + 1;
                    queue[end++] = v;
                }
                if (distance[s][v] == distance[s][u] + 1)
                    paths[s][v] += paths[s][u];
            }
    }
}

/* Ordered pairs, so that the edge u v is used in one direction in each. */
static double by_definition(const spil_csr *g, spil_vid u, spil_vid v)
{
    double sum = 0;
    for (spil_vid s = 0; s < g->n; s++)
        for (spil_vid t = 0; t < g->n; t++)
            if (distance[s][u] != SPIL_NO_VERTEX && distance[v][t] != SPIL_NO_VERTEX &&
                distance[s][t] == distance[s][u] + 1 + distance[v][t])
                sum += paths[s][u] * paths[v][t] / paths[s][t];
    return sum;
}

static double components_without(const spil_csr *g, uint32_t edge, double *with)
{
    static spil_arc arcs[MOST_EDGES];
    uint32_t of[MOST], count = 0;
    spil_err err;
    spil_csr *less = NULL;
    spil_eid kept = 0;
    for (spil_vid v = 0; v < g->n; v++)
        for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
            if (v < g->col[i] && g->edge[i] != edge)
                arcs[kept++] = (spil_arc){v, g->col[i], 1};
    assert_ok(spil_components_find(g, of, &count, &err));
    *with = count;
    assert_ok(spil_csr_build(&less, g->n, arcs, kept, 0, &err));
    assert_ok(spil_components_find(less, of, &count, &err));
    spil_csr_free(less);
    return count;
}

/* What leaves or enters v is what passes it, twice, and what begins or ends there: igraph's vertex
 * betweenness in terms of ours of links. */
static void check_against_igraph(const spil_csr *g, const double *value)
{
    spil_err err;
    spil_igraph *graph = NULL;
    double vertex[MOST];
    assert_ok(spil_igraph_new(&graph, g, &err));
    assert_ok(spil_igraph_metric_run(graph, SPIL_IGRAPH_BETWEENNESS, vertex, &err));
    for (spil_vid v = 0; v < g->n; v++) {
        double around = 0, others = 0;
        for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
            around += value[g->edge[i]];
        for (spil_vid t = 0; t < g->n; t++)
            others += t != v && distance[v][t] != SPIL_NO_VERTEX;
        assert_close(around, 2 * vertex[v] + others, 1e-9);
    }
    spil_igraph_free(graph);
}

static void links_of_random_graphs_are_as_defined_and_as_igraph_has_it(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < GRAPHS; seed++) {
        spil_err err;
        spil_csr *const g = with_ids(t_graph_random(seed, SIZE));
        static double value[MOST_EDGES];
        static uint8_t bridge[MOST_EDGES];
        assert_true(g->n <= MOST && g->m <= MOST_EDGES);
        search_all(g);
        assert_ok(
            spil_edge_values_compute(g, NULL, &(spil_edge_values){value, NULL, bridge}, &err));
        check_against_igraph(g, value);
        for (spil_vid v = 0; v < g->n && seed % 4 == 0; v++)
            for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++) {
                double with = 0;
                if (g->col[i] < v)
                    continue;
                assert_close(value[g->edge[i]], by_definition(g, v, g->col[i]), 1e-9);
                if (seed % 16 == 0)
                    assert_int_equal(bridge[g->edge[i]],
                                     components_without(g, g->edge[i], &with) > with);
            }
        spil_csr_free(g);
    }
}

static void links_have_the_same_bits_for_any_number_of_threads(void **state)
{
    (void)state;
    spil_err err;
    spil_csr *const g = with_ids(t_graph_grid(18, 18));
    double *one = NULL, *many = NULL;
    assert_ok(NEW_ARRAY(one, g->m, &err));
    assert_ok(NEW_ARRAY(many, g->m, &err));
    spil_par_set_threads(1);
    assert_ok(spil_edge_values_compute(g, NULL, &(spil_edge_values){.betweenness = one}, &err));
    spil_par_set_threads(3);
    assert_ok(spil_edge_values_compute(g, NULL, &(spil_edge_values){.betweenness = many}, &err));
    spil_par_set_threads(0);
    assert_memory_equal(one, many, g->m * sizeof *one);
    spil_free(one);
    spil_free(many);
    spil_csr_free(g);
}

static void links_stop_when_asked(void **state)
{
    (void)state;
    spil_err err;
    spil_csr *const g = with_ids(t_graph_grid(5, 5));
    double value[40];
    spil_request_stop();
    assert_fails(spil_edge_values_compute(g, NULL, &(spil_edge_values){.betweenness = value}, &err),
                 SPIL_CANCELLED, "stopped");
    spil_clear_stop();
    spil_csr_free(g);
}

static spil_status compute_quietly(const spil_csr *g)
{
    double value[40];
    uint32_t block[40];
    return spil_edge_values_compute(g, NULL, &(spil_edge_values){value, block, NULL}, NULL);
}

static void links_survive_lack_of_memory(void **state)
{
    (void)state;
    spil_csr *const g = with_ids(t_graph_kite());
    spil_par_set_threads(1);
    assert_survives_no_memory(compute_quietly(g));
    spil_par_set_threads(0);
    spil_csr_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(links_of_a_path_have_left_times_right),
        T(links_of_random_graphs_are_as_defined_and_as_igraph_has_it),
        T(links_have_the_same_bits_for_any_number_of_threads),
        T(links_stop_when_asked),
        T(links_survive_lack_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
