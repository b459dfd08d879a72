/* test_csr.c - the compressed rows. SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/t.h"

#include "engine/base/rng.h"
#include "engine/graph/csr.h"
#include "tests/unit/t_graphs.h"

static void csr_build__merges_both_directions_and_drops_loops(void **state)
{
    (void)state;
    const spil_arc arcs[] = {{2, 1, 0.5}, {0, 1, 1}, {1, 2, 0.25}, {3, 3, 9}, {1, 0, 2}};
    spil_err err;
    spil_csr *g = NULL;
    assert_ok(spil_csr_build(&g, 4, arcs, 5, SPIL_CSR_EDGE_IDS, &err));
    assert_int_equal(g->n, 4);
    assert_int_equal(g->m, 2);
    const spil_eid rows[] = {0, 1, 3, 4, 4};
    const spil_vid cols[] = {1, 0, 2, 1};
    const double weights[] = {3, 3, 0.75, 0.75};
    const uint32_t edges[] = {0, 0, 1, 1};
    assert_memory_equal(g->row, rows, sizeof rows);
    assert_memory_equal(g->col, cols, sizeof cols);
    assert_memory_equal(g->weight, weights, sizeof weights);
    assert_memory_equal(g->edge, edges, sizeof edges);
    spil_csr_free(g);
}

static void csr_build__numbers_edges_by_smaller_then_larger_end(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 200; seed++) {
        spil_csr *const g = t_graph_random(seed, 60);
        uint32_t next = 0;
        for (spil_vid v = 0; v < g->n; v++)
            for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
                if (g->col[i] > v)
                    assert_int_equal(g->edge[i], next++);
        assert_int_equal(next, g->m);
        spil_csr_free(g);
    }
}

/* The mirror entry of v -> w in the row of w; fails when there is none. */
static spil_eid mirror(const spil_csr *g, spil_vid v, spil_vid w)
{
    for (spil_eid i = g->row[w]; i < g->row[w + 1]; i++)
        if (g->col[i] == v)
            return i;
    fail_msg("entry %u -> %u has no mirror", v, w);
    return 0;
}

static void csr_build__rows_ascend_and_mirror_each_other(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 200; seed++) {
        spil_csr *const g = t_graph_random(seed, 60);
        assert_int_equal(g->row[g->n], 2 * g->m);
        for (spil_vid v = 0; v < g->n; v++)
            for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++) {
                const spil_eid back = mirror(g, v, g->col[i]);
                assert_true(i == g->row[v] || g->col[i - 1] < g->col[i]);
                assert_int_not_equal(g->col[i], v);
                assert_true(g->weight[i] == g->weight[back]);
                assert_int_equal(g->edge[i], g->edge[back]);
            }
        spil_csr_free(g);
    }
}

static void csr_build__leaves_edge_ids_out_unless_asked(void **state)
{
    (void)state;
    spil_err err;
    spil_csr *g = NULL;
    assert_ok(spil_csr_build(&g, 2, &(spil_arc){0, 1, 1}, 1, 0, &err));
    assert_null(g->edge);
    spil_csr_free(g);
}

/* Rows longer than what is sorted by insertion, with equal neighbours in them: weights add in input
 * order, so the sums are the same to the last bit as when added by hand. */
static void csr_build__sorts_long_rows_and_keeps_the_order_of_equals(void **state)
{
    (void)state;
    enum { N = 300, ARCS = 4000 };
    static spil_arc arcs[ARCS];
    static double sum[N][N];
    spil_err err;
    spil_csr *g = NULL, *plain = NULL;
    spil_rng rng = spil_rng_stream(5, 0);
    memset(sum, 0, sizeof sum);
    for (size_t i = 0; i < ARCS; i++) {
        spil_arc *const a = &arcs[i];
        a->from = i % 2 ? 0 : (spil_vid)spil_rng_below(&rng, N);
        a->to = (spil_vid)spil_rng_below(&rng, N);
        a->weight = 0.1 + spil_rng_unit(&rng);
        if (a->from == a->to)
            continue;
        sum[a->from][a->to] += a->weight;
        sum[a->to][a->from] = sum[a->from][a->to];
    }
    assert_ok(spil_csr_build(&g, N, arcs, ARCS, 0, &err));
    assert_ok(spil_csr_build(&plain, N, arcs, ARCS, SPIL_CSR_UNWEIGHTED, &err));
    assert_null(plain->weight);
    assert_memory_equal(plain->col, g->col, 2 * g->m * sizeof *g->col);
    for (spil_vid v = 0; v < N; v++)
        for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++) {
            assert_true(i == g->row[v] || g->col[i - 1] < g->col[i]);
            assert_true(g->weight[i] == sum[v][g->col[i]]);
            assert_true(spil_weight(plain, i) == 1);
        }
    spil_csr_free(g);
    spil_csr_free(plain);
}

static void csr_build__takes_no_vertex_at_all(void **state)
{
    (void)state;
    spil_err err;
    spil_csr *g = NULL;
    assert_ok(spil_csr_build(&g, 0, NULL, 0, SPIL_CSR_EDGE_IDS, &err));
    assert_int_equal(g->n, 0);
    assert_int_equal(g->row[0], 0);
    spil_csr_free(g);
}

static void csr_build__refuses_unknown_vertices_and_odd_weights(void **state)
{
    (void)state;
    spil_err err;
    spil_csr *g = NULL;
    const spil_arc outside[] = {{0, 1, 1}, {1, 7, 1}};
    assert_fails(spil_csr_build(&g, 2, outside, 2, 0, &err), SPIL_RANGE,
                 "arc 1 names vertex '7', outside 0..1");
    const double odd[] = {0, -1, (double)NAN, (double)INFINITY};
    for (size_t i = 0; i < 4; i++)
        assert_fails(spil_csr_build(&g, 2, &(spil_arc){0, 1, odd[i]}, 1, 0, &err), SPIL_RANGE,
                     "weight");
    assert_null(g);
}

static spil_status build_and_free(void)
{
    const spil_arc arcs[] = {{2, 1, 0.5}, {0, 1, 1}, {1, 2, 0.25}};
    spil_csr *g = NULL;
    const spil_status rc = spil_csr_build(&g, 4, arcs, 3, SPIL_CSR_EDGE_IDS, NULL);
    spil_csr_free(g);
    return rc;
}

static void csr_build__survives_lack_of_memory(void **state)
{
    (void)state;
    assert_survives_no_memory(build_and_free());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(csr_build__merges_both_directions_and_drops_loops),
        T(csr_build__numbers_edges_by_smaller_then_larger_end),
        T(csr_build__rows_ascend_and_mirror_each_other),
        T(csr_build__leaves_edge_ids_out_unless_asked),
        T(csr_build__sorts_long_rows_and_keeps_the_order_of_equals),
        T(csr_build__takes_no_vertex_at_all),
        T(csr_build__refuses_unknown_vertices_and_odd_weights),
        T(csr_build__survives_lack_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
