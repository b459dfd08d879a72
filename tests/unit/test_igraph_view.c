/* test_igraph_view.c - communities and layouts through igraph. SPDX-License-Identifier:
 * GPL-3.0-or-later */
#include "tests/unit/t.h"

#include "engine/graph/igraph_view.h"
#include "tests/unit/t_graphs.h"

static void igraph_leiden__finds_two_cliques_behind_a_bridge(void **state)
{
    (void)state;
    spil_err err;
    spil_csr *const g = t_graph_barbell(5);
    spil_igraph *graph = NULL;
    uint32_t of[10];
    double quality = 0, again = 0;
    assert_ok(spil_igraph_new(&graph, g, &err));
    assert_ok(spil_igraph_leiden(graph, NULL, 1.0, 7, of, &quality, &err));
    for (spil_vid v = 0; v < 10; v++)
        assert_int_equal(of[v], of[v < 5 ? 0 : 5]);
    assert_int_not_equal(of[0], of[5]);
    assert_close(quality, 20.0 / 21 - 0.5, 1e-12);
    assert_ok(spil_igraph_modularity(graph, NULL, 1.0, of, &again, &err));
    assert_close(quality, again, 1e-12);
    spil_igraph_free(graph);
    spil_csr_free(g);
}

static void igraph_leiden__weights_move_the_border(void **state)
{
    (void)state;
    spil_err err;
    spil_csr *const g = t_graph_path(4);
    spil_igraph *graph = NULL;
    const double weight[] = {0.1, 5, 0.1};
    uint32_t of[4];
    double quality = 0;
    assert_ok(spil_igraph_new(&graph, g, &err));
    assert_ok(spil_igraph_leiden(graph, weight, 1.0, 3, of, &quality, &err));
    assert_int_equal(of[1], of[2]);
    assert_ok(spil_igraph_leiden(graph, NULL, 1.0, 3, of, &quality, &err));
    assert_int_not_equal(of[1], of[2]);
    spil_igraph_free(graph);
    spil_csr_free(g);
}

static void igraph_leiden__same_seed_gives_same_labels(void **state)
{
    (void)state;
    spil_err err;
    spil_csr *const g = t_graph_random(12 + 16 * 3, 400);
    spil_igraph *graph = NULL;
    uint32_t *of = NULL, *again = NULL;
    double quality = 0, quality_again = 0;
    assert_ok(NEW_ARRAY(of, g->n, &err));
    assert_ok(NEW_ARRAY(again, g->n, &err));
    assert_ok(spil_igraph_new(&graph, g, &err));
    for (uint64_t seed = 0; seed < 5; seed++) {
        assert_ok(spil_igraph_leiden(graph, NULL, 1.0, seed, of, &quality, &err));
        assert_ok(spil_igraph_leiden(graph, NULL, 1.0, seed, again, &quality_again, &err));
        assert_memory_equal(of, again, g->n * sizeof *of);
        assert_true(quality == quality_again);
    }
    spil_igraph_free(graph);
    spil_free(of);
    spil_free(again);
    spil_csr_free(g);
}

static void igraph_leiden__leaves_vertices_alone_without_edges(void **state)
{
    (void)state;
    spil_err err;
    spil_csr *const g = t_graph_pairs(3, 0, NULL);
    spil_igraph *graph = NULL;
    uint32_t of[3];
    double quality = 1;
    assert_ok(spil_igraph_new(&graph, g, &err));
    assert_ok(spil_igraph_leiden(graph, NULL, 1.0, 1, of, &quality, &err));
    for (uint32_t v = 0; v < 3; v++)
        assert_int_equal(of[v], v);
    assert_true(quality == 0);
    spil_igraph_free(graph);
    spil_csr_free(g);
}

static void igraph_layout__is_finite_spread_and_repeatable(void **state)
{
    (void)state;
    spil_err err;
    spil_csr *const g = t_graph_barbell(6);
    double x[12], y[12], x2[12], y2[12];
    assert_ok(spil_igraph_layout(g, 5, x, y, &err));
    assert_ok(spil_igraph_layout(g, 5, x2, y2, &err));
    assert_memory_equal(x, x2, sizeof x);
    assert_memory_equal(y, y2, sizeof y);
    for (spil_vid v = 0; v < 12; v++)
        for (spil_vid w = 0; w < v; w++)
            assert_true(hypot(x[v] - x[w], y[v] - y[w]) > 1e-3);
    /* two ends of the barbell lie further apart than two of one clique */
    assert_true(hypot(x[0] - x[11], y[0] - y[11]) > hypot(x[0] - x[1], y[0] - y[1]));
    spil_csr_free(g);
}

static void igraph_layout__takes_the_smallest_graphs(void **state)
{
    (void)state;
    spil_err err;
    double x[2] = {9, 9}, y[2] = {9, 9};
    for (spil_vid n = 0; n <= 2; n++) {
        spil_csr *const g = t_graph_path(n);
        assert_ok(spil_igraph_layout(g, 5, x, y, &err));
        spil_csr_free(g);
    }
    assert_true(isfinite(x[0]) && isfinite(y[1]) && x[0] != 9);
}

static void igraph_figure__knows_the_kite(void **state)
{
    (void)state;
    spil_err err;
    spil_csr *const g = t_graph_kite();
    spil_igraph *graph = NULL;
    double value = 0;
    assert_ok(spil_igraph_new(&graph, g, &err));
    assert_ok(spil_igraph_figure_run(graph, SPIL_IGRAPH_CLIQUE_NUMBER, &value, &err));
    assert_true(value == 4);
    assert_ok(spil_igraph_figure_run(graph, SPIL_IGRAPH_BRIDGES, &value, &err));
    assert_true(value == 2);
    spil_igraph_free(graph);
    spil_csr_free(g);
}

static spil_status make_and_free(const spil_csr *g)
{
    spil_igraph *graph = NULL;
    const spil_status rc = spil_igraph_new(&graph, g, NULL);
    spil_igraph_free(graph);
    return rc;
}

static void igraph_new__survives_lack_of_memory(void **state)
{
    (void)state;
    spil_csr *const g = t_graph_kite();
    assert_survives_no_memory(make_and_free(g));
    spil_csr_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(igraph_leiden__finds_two_cliques_behind_a_bridge),
        T(igraph_leiden__weights_move_the_border),
        T(igraph_leiden__same_seed_gives_same_labels),
        T(igraph_leiden__leaves_vertices_alone_without_edges),
        T(igraph_layout__is_finite_spread_and_repeatable),
        T(igraph_layout__takes_the_smallest_graphs),
        T(igraph_figure__knows_the_kite),
        T(igraph_new__survives_lack_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
