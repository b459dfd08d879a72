/* igraph_oracle.c - what igraph says of vertices, edges and graphs: the oracle of igraph_view.h.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/graph/igraph_inside.h"
#include "engine/graph/igraph_view.h"

static igraph_error_t betweenness(const igraph_t *g, const igraph_vector_t *length,
                                  igraph_vector_t *out)
{
#if SIGNATURE_1_0
    return igraph_betweenness(g, length, out, igraph_vss_all(), false, false);
#else
    return igraph_betweenness(g, out, igraph_vss_all(), false, length);
#endif
}

static igraph_error_t edge_betweenness(const igraph_t *g, const igraph_vector_t *length,
                                       igraph_vector_t *out)
{
#if SIGNATURE_1_0
    return igraph_edge_betweenness(g, length, out, igraph_ess_all(IGRAPH_EDGEORDER_ID), false,
                                   false);
#else
    return igraph_edge_betweenness(g, out, false, length);
#endif
}

static igraph_error_t triangles(const igraph_t *g, igraph_vector_t *out)
{
#if SIGNATURE_1_0
    return igraph_count_adjacent_triangles(g, out, igraph_vss_all());
#else
    return igraph_adjacent_triangles(g, out, igraph_vss_all());
#endif
}

static igraph_error_t pagerank(const igraph_t *g, const igraph_vector_t *weight,
                               igraph_vector_t *out)
{
    const double damping = 0.85;
#if SIGNATURE_1_0
    return igraph_pagerank(g, weight, out, NULL, damping, false, igraph_vss_all(),
                           IGRAPH_PAGERANK_ALGO_PRPACK, NULL);
#else
    return igraph_pagerank(g, IGRAPH_PAGERANK_ALGO_PRPACK, out, NULL, igraph_vss_all(), false,
                           damping, weight, NULL);
#endif
}

static igraph_error_t pagerank_from(const igraph_t *g, const igraph_vector_t *weight,
                                    const igraph_vector_t *reset, double damping,
                                    igraph_vector_t *out)
{
#if SIGNATURE_1_0
    return igraph_personalized_pagerank(g, weight, out, NULL, reset, damping, false,
                                        igraph_vss_all(), IGRAPH_PAGERANK_ALGO_PRPACK, NULL);
#else
    return igraph_personalized_pagerank(g, IGRAPH_PAGERANK_ALGO_PRPACK, out, NULL, igraph_vss_all(),
                                        false, damping, reset, weight, NULL);
#endif
}

static igraph_error_t eigenvector(const igraph_t *g, const igraph_vector_t *weight,
                                  igraph_vector_t *out)
{
    igraph_arpack_options_t options;
    igraph_real_t value = 0;
    igraph_arpack_options_init(&options);
#if SIGNATURE_1_0
    return igraph_eigenvector_centrality(g, out, &value, IGRAPH_ALL, weight, &options);
#else
    return igraph_eigenvector_centrality(g, out, &value, false, true, weight, &options);
#endif
}

/* 1 for the vertices that whole lists, 0 for the others. */
static igraph_error_t indicator(const igraph_vector_int_t *listed, igraph_vector_t *out, ig_int n)
{
    const igraph_error_t code = igraph_vector_resize(out, n);
    if (code != IGRAPH_SUCCESS)
        return code;
    igraph_vector_null(out);
    for (ig_int i = 0; i < igraph_vector_int_size(listed); i++)
        VECTOR(*out)[VECTOR(*listed)[i]] = 1;
    return IGRAPH_SUCCESS;
}

static igraph_error_t as_reals(const igraph_vector_int_t *whole, igraph_vector_t *out)
{
    const ig_int n = igraph_vector_int_size(whole);
    const igraph_error_t code = igraph_vector_resize(out, n);
    for (ig_int i = 0; code == IGRAPH_SUCCESS && i < n; i++)
        VECTOR(*out)[i] = (igraph_real_t)VECTOR(*whole)[i];
    return code;
}

static igraph_error_t whole_numbers(const spil_igraph *graph, spil_igraph_metric metric,
                                    igraph_vector_t *out)
{
    const igraph_t *const g = &graph->graph;
    igraph_vector_int_t whole, sizes;
    igraph_error_t code = igraph_vector_int_init(&whole, 0);
    if (code != IGRAPH_SUCCESS)
        return code;
    if (metric == SPIL_IGRAPH_DEGREE) {
        code = igraph_degree(g, &whole, igraph_vss_all(), IGRAPH_ALL, IGRAPH_LOOPS);
    } else if (metric == SPIL_IGRAPH_CORENESS) {
        code = igraph_coreness(g, &whole, IGRAPH_ALL);
    } else if (metric == SPIL_IGRAPH_ARTICULATION) {
        code = igraph_articulation_points(g, &whole);
    } else if ((code = igraph_vector_int_init(&sizes, 0)) == IGRAPH_SUCCESS) {
        ig_int count = 0;
        code = igraph_connected_components(g, &whole, &sizes, &count, IGRAPH_WEAK);
        igraph_vector_int_destroy(&sizes);
    }
    if (code == IGRAPH_SUCCESS)
        code = metric == SPIL_IGRAPH_ARTICULATION ? indicator(&whole, out, (ig_int)graph->n)
                                                  : as_reals(&whole, out);
    igraph_vector_int_destroy(&whole);
    return code;
}

static igraph_error_t run_metric(const spil_igraph *graph, spil_igraph_metric metric,
                                 igraph_vector_t *out)
{
    const igraph_t *const g = &graph->graph;
    switch (metric) {
    case SPIL_IGRAPH_STRENGTH:
        return igraph_strength(g, out, igraph_vss_all(), IGRAPH_ALL, IGRAPH_LOOPS, &graph->weight);
    case SPIL_IGRAPH_BETWEENNESS:
    case SPIL_IGRAPH_BETWEENNESS_WEIGHTED:
        return betweenness(g, metric == SPIL_IGRAPH_BETWEENNESS ? NULL : &graph->weight, out);
    case SPIL_IGRAPH_CLOSENESS:
    case SPIL_IGRAPH_CLOSENESS_WEIGHTED:
        return igraph_closeness(g, out, NULL, NULL, igraph_vss_all(), IGRAPH_ALL,
                                metric == SPIL_IGRAPH_CLOSENESS ? NULL : &graph->weight, false);
    case SPIL_IGRAPH_TRIANGLES:
        return triangles(g, out);
    case SPIL_IGRAPH_HARMONIC:
    case SPIL_IGRAPH_HARMONIC_WEIGHTED:
        return igraph_harmonic_centrality(g, out, igraph_vss_all(), IGRAPH_ALL,
                                          metric == SPIL_IGRAPH_HARMONIC ? NULL : &graph->weight,
                                          false);
    case SPIL_IGRAPH_PAGERANK:
    case SPIL_IGRAPH_PAGERANK_WEIGHTED:
        return pagerank(g, metric == SPIL_IGRAPH_PAGERANK ? NULL : &graph->weight, out);
    case SPIL_IGRAPH_EIGENVECTOR:
    case SPIL_IGRAPH_EIGENVECTOR_WEIGHTED:
        return eigenvector(g, metric == SPIL_IGRAPH_EIGENVECTOR ? NULL : &graph->weight, out);
    case SPIL_IGRAPH_CONSTRAINT:
    case SPIL_IGRAPH_CONSTRAINT_WEIGHTED:
        return igraph_constraint(g, out, igraph_vss_all(),
                                 metric == SPIL_IGRAPH_CONSTRAINT ? NULL : &graph->weight);
    case SPIL_IGRAPH_CLUSTERING:
        return igraph_transitivity_local_undirected(g, out, igraph_vss_all(),
                                                    IGRAPH_TRANSITIVITY_ZERO);
    case SPIL_IGRAPH_CLUSTERING_WEIGHTED:
        return igraph_transitivity_barrat(g, out, igraph_vss_all(), &graph->weight,
                                          IGRAPH_TRANSITIVITY_ZERO);
    case SPIL_IGRAPH_DEGREE:
    case SPIL_IGRAPH_CORENESS:
    case SPIL_IGRAPH_ARTICULATION:
    case SPIL_IGRAPH_COMPONENT:
        break;
    }
    return whole_numbers(graph, metric, out);
}

spil_status spil_igraph_metric_run(const spil_igraph *graph, spil_igraph_metric metric,
                                   double *value, spil_err *err)
{
    spil_status rc = SPIL_OK;
    igraph_vector_t out;
    TRY_IGRAPH(igraph_vector_init(&out, (ig_int)graph->n), "metric");
    rc = spil_igraph_status(run_metric(graph, metric, &out), "metric", err);
    for (spil_vid v = 0; rc == SPIL_OK && v < graph->n; v++)
        value[v] = VECTOR(out)[v];
    igraph_vector_destroy(&out);
done:
    return rc;
}

spil_status spil_igraph_pagerank_from(const spil_igraph *graph, bool weighted, double damping,
                                      const double *reset, double *value, spil_err *err)
{
    spil_status rc = SPIL_OK;
    igraph_vector_t out, start;
    TRY_IGRAPH(igraph_vector_init(&out, (ig_int)graph->n), "pagerank");
    rc = spil_igraph_status(igraph_vector_init(&start, (ig_int)graph->n), "pagerank", err);
    if (rc == SPIL_OK) {
        for (spil_vid v = 0; v < graph->n; v++)
            VECTOR(start)[v] = reset[v];
        rc = spil_igraph_status(
            pagerank_from(&graph->graph, weighted ? &graph->weight : NULL, &start, damping, &out),
            "pagerank", err);
        igraph_vector_destroy(&start);
    }
    for (spil_vid v = 0; rc == SPIL_OK && v < graph->n; v++)
        value[v] = VECTOR(out)[v];
    igraph_vector_destroy(&out);
done:
    return rc;
}

/* ---- edges ---- */

static igraph_error_t bridges(const igraph_t *g, igraph_vector_t *out, ig_int m)
{
    igraph_vector_int_t listed;
    igraph_error_t code = igraph_vector_int_init(&listed, 0);
    if (code != IGRAPH_SUCCESS)
        return code;
    code = igraph_bridges(g, &listed);
    if (code == IGRAPH_SUCCESS)
        code = indicator(&listed, out, m);
    igraph_vector_int_destroy(&listed);
    return code;
}

static igraph_error_t blocks(const igraph_t *g, igraph_vector_t *out, ig_int m)
{
    igraph_vector_int_list_t listed;
    ig_int count = 0;
    igraph_error_t code = igraph_vector_int_list_init(&listed, 0);
    if (code != IGRAPH_SUCCESS)
        return code;
    code = igraph_biconnected_components(g, &count, NULL, &listed, NULL, NULL);
    if (code == IGRAPH_SUCCESS)
        code = igraph_vector_resize(out, m);
    for (ig_int k = 0; code == IGRAPH_SUCCESS && k < igraph_vector_int_list_size(&listed); k++) {
        const igraph_vector_int_t *const edges = igraph_vector_int_list_get_ptr(&listed, k);
        for (ig_int i = 0; i < igraph_vector_int_size(edges); i++)
            VECTOR(*out)[VECTOR(*edges)[i]] = (igraph_real_t)k;
    }
    igraph_vector_int_list_destroy(&listed);
    return code;
}

static igraph_error_t run_edges(const spil_igraph *graph, spil_igraph_edge_metric metric,
                                igraph_vector_t *out)
{
    switch (metric) {
    case SPIL_IGRAPH_EDGE_BETWEENNESS:
    case SPIL_IGRAPH_EDGE_BETWEENNESS_WEIGHTED:
        return edge_betweenness(
            &graph->graph, metric == SPIL_IGRAPH_EDGE_BETWEENNESS ? NULL : &graph->weight, out);
    case SPIL_IGRAPH_EDGE_BRIDGE:
        return bridges(&graph->graph, out, (ig_int)graph->m);
    case SPIL_IGRAPH_EDGE_BLOCK:
        return blocks(&graph->graph, out, (ig_int)graph->m);
    }
    return IGRAPH_EINVAL;
}

spil_status spil_igraph_edges_run(const spil_igraph *graph, spil_igraph_edge_metric metric,
                                  double *value, spil_err *err)
{
    spil_status rc = SPIL_OK;
    igraph_vector_t out;
    TRY_IGRAPH(igraph_vector_init(&out, (ig_int)graph->m), "edges");
    rc = spil_igraph_status(run_edges(graph, metric, &out), "edges", err);
    for (spil_eid e = 0; rc == SPIL_OK && e < graph->m; e++)
        value[e] = VECTOR(out)[e];
    igraph_vector_destroy(&out);
done:
    return rc;
}

/* ---- whole graphs ---- */

static igraph_error_t count_bridges(const igraph_t *g, igraph_real_t *out)
{
    igraph_vector_int_t listed;
    igraph_error_t code = igraph_vector_int_init(&listed, 0);
    if (code != IGRAPH_SUCCESS)
        return code;
    code = igraph_bridges(g, &listed);
    *out = (igraph_real_t)igraph_vector_int_size(&listed);
    igraph_vector_int_destroy(&listed);
    return code;
}

static igraph_error_t run_figure(const igraph_t *g, spil_igraph_figure figure, igraph_real_t *out)
{
    ig_int whole = 0;
    igraph_error_t code = IGRAPH_SUCCESS;
    switch (figure) {
    case SPIL_IGRAPH_TRANSITIVITY:
        return igraph_transitivity_undirected(g, out, IGRAPH_TRANSITIVITY_NAN);
    case SPIL_IGRAPH_ASSORTATIVITY:
        return igraph_assortativity_degree(g, out, false);
    case SPIL_IGRAPH_BRIDGES:
        return count_bridges(g, out);
    case SPIL_IGRAPH_CLIQUE_NUMBER:
        code = igraph_clique_number(g, &whole);
        *out = (igraph_real_t)whole;
        return code;
    }
    return IGRAPH_EINVAL;
}

spil_status spil_igraph_figure_run(const spil_igraph *graph, spil_igraph_figure figure,
                                   double *value, spil_err *err)
{
    igraph_real_t out = 0;
    const spil_status rc =
        spil_igraph_status(run_figure(&graph->graph, figure, &out), "figure", err);
    if (rc == SPIL_OK)
        *value = out;
    return rc;
}
