/* igraph_view.c - see igraph_view.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * igraph reports errors by code; its default handler aborts, so ours ignores and igraph_strerror
 * gives the text. igraph's own vectors are initialised before any call that can fail and destroyed
 * at `done:`. Where a signature differs between versions, one SIGNATURE_1_0 block says so.
 */
#include "engine/graph/igraph_view.h"

#include "engine/graph/igraph_inside.h"

#include "engine/base/mem.h"

#include <math.h>

spil_status spil_igraph_status(igraph_error_t code, const char *what, spil_err *err)
{
    if (code == IGRAPH_SUCCESS)
        return SPIL_OK;
    return spil_fail(err, code == IGRAPH_ENOMEM ? SPIL_NO_MEMORY : SPIL_MATH, "igraph, %s: %s",
                     what, igraph_strerror(code));
}

void spil_igraph_quiet(void)
{
    igraph_set_error_handler(igraph_error_handler_ignore);
    igraph_set_warning_handler(igraph_warning_handler_ignore);
    (void)igraph_set_attribute_table(&igraph_cattribute_table);
#if SIGNATURE_1_0
    static bool ready;
    if (!ready)
        igraph_setup();
    ready = true;
#endif
}

/* ---- the graph ---- */

static void list_edges(const spil_csr *g, igraph_vector_int_t *ends, igraph_vector_t *weight)
{
    ig_int edge = 0;
    for (spil_vid v = 0; v < g->n; v++)
        for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
            if (g->col[i] > v) {
                VECTOR(*ends)[2 * edge] = (ig_int)v;
                VECTOR(*ends)[2 * edge + 1] = (ig_int)g->col[i];
                VECTOR(*weight)[edge++] = spil_weight(g, i);
            }
}

static spil_status fill(spil_igraph *graph, const spil_csr *csr, spil_err *err)
{
    spil_status rc = SPIL_OK;
    igraph_vector_int_t ends;
    bool have_weight = false;
    if (igraph_vector_int_init(&ends, (ig_int)(2 * csr->m)) != IGRAPH_SUCCESS)
        return spil_igraph_status(IGRAPH_ENOMEM, "edges", err);
    TRY_IGRAPH(igraph_vector_init(&graph->weight, (ig_int)csr->m), "weights");
    have_weight = true;
    list_edges(csr, &ends, &graph->weight);
    TRY_IGRAPH(igraph_create(&graph->graph, &ends, (ig_int)csr->n, false), "graph");
done:
    if (rc != SPIL_OK && have_weight)
        igraph_vector_destroy(&graph->weight);
    igraph_vector_int_destroy(&ends);
    return rc;
}

spil_status spil_igraph_new(spil_igraph **out, const spil_csr *csr, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_igraph *graph = NULL;
    spil_igraph_quiet();
    TRY(NEW(graph, err));
    graph->n = csr->n;
    graph->m = csr->m;
    TRY(fill(graph, csr, err));
    *out = graph;
    graph = NULL;
done:
    spil_free(graph); /* fill left nothing inside it */
    return rc;
}

void spil_igraph_free(spil_igraph *graph)
{
    if (!graph)
        return;
    igraph_destroy(&graph->graph);
    igraph_vector_destroy(&graph->weight);
    spil_free(graph);
}

const char *spil_igraph_version(void)
{
    return IGRAPH_VERSION;
}

/* ---- random numbers: our generator takes the place of igraph's default for one call ---- */

static spil_status lend_rng(igraph_rng_t *own, igraph_rng_t *kept, uint64_t seed, spil_err *err)
{
    const spil_status rc =
        spil_igraph_status(igraph_rng_init(own, &igraph_rngtype_pcg32), "random numbers", err);
    if (rc != SPIL_OK)
        return rc;
    (void)igraph_rng_seed(own, (igraph_uint_t)seed);
    own->is_seeded = true;
    *kept = *igraph_rng_default();
    *igraph_rng_default() = *own;
    return SPIL_OK;
}

static void restore_rng(igraph_rng_t *own, const igraph_rng_t *kept)
{
    *igraph_rng_default() = *kept;
    igraph_rng_destroy(own);
}

/* ---- communities ---- */

enum { LEIDEN_ITERATIONS = 10 }; /* "until stable" may never end: igraph 0.10.2, resolution 1.5 */
static const double leiden_beta = 0.01;

static igraph_error_t run_leiden(const igraph_t *graph, const igraph_vector_t *weight,
                                 double resolution, igraph_vector_int_t *of, igraph_real_t *quality)
{
#if SIGNATURE_1_0
    return igraph_community_leiden_simple(graph, weight, IGRAPH_LEIDEN_OBJECTIVE_MODULARITY,
                                          resolution, leiden_beta, false, LEIDEN_ITERATIONS, of,
                                          NULL, quality);
#else
    igraph_vector_t strength;
    ig_int count = 0;
    igraph_error_t code = igraph_vector_init(&strength, 0);
    if (code != IGRAPH_SUCCESS)
        return code;
    code = igraph_strength(graph, &strength, igraph_vss_all(), IGRAPH_ALL, IGRAPH_NO_LOOPS, weight);
    if (code == IGRAPH_SUCCESS)
        code = igraph_community_leiden(graph, weight, &strength,
                                       resolution / igraph_vector_sum(&strength), leiden_beta,
                                       false, LEIDEN_ITERATIONS, of, &count, quality);
    igraph_vector_destroy(&strength);
    return code;
#endif
}

/* weight: uninitialised; holds m values afterwards. */
static spil_status edge_values(igraph_vector_t *weight, const double *edge_weight, spil_eid m,
                               spil_err *err)
{
    const spil_status rc =
        spil_igraph_status(igraph_vector_init(weight, (ig_int)m), "weights", err);
    for (spil_eid e = 0; rc == SPIL_OK && e < m; e++)
        VECTOR(*weight)[e] = edge_weight ? edge_weight[e] : 1.0;
    return rc;
}

spil_status spil_igraph_leiden(const spil_igraph *graph, const double *edge_weight,
                               double resolution, uint64_t seed, uint32_t *of, double *quality,
                               spil_err *err)
{
    spil_status rc = SPIL_OK;
    igraph_vector_t weight;
    igraph_vector_int_t labels;
    igraph_rng_t own, kept;
    igraph_real_t reached = 0;

    if (graph->m == 0) { /* nothing to join, and modularity is undefined */
        for (spil_vid v = 0; v < graph->n; v++)
            of[v] = v;
        *quality = 0;
        return SPIL_OK;
    }
    TRY(edge_values(&weight, edge_weight, graph->m, err));
    if (igraph_vector_int_init(&labels, (ig_int)graph->n) != IGRAPH_SUCCESS) {
        igraph_vector_destroy(&weight);
        return spil_igraph_status(IGRAPH_ENOMEM, "labels", err);
    }
    rc = lend_rng(&own, &kept, seed, err);
    if (rc == SPIL_OK) {
        rc = spil_igraph_status(run_leiden(&graph->graph, &weight, resolution, &labels, &reached),
                                "leiden", err);
        restore_rng(&own, &kept);
    }
    for (spil_vid v = 0; rc == SPIL_OK && v < graph->n; v++)
        of[v] = (uint32_t)VECTOR(labels)[v];
    if (rc == SPIL_OK)
        *quality = reached;
    igraph_vector_int_destroy(&labels);
    igraph_vector_destroy(&weight);
done:
    return rc;
}

spil_status spil_igraph_modularity(const spil_igraph *graph, const double *edge_weight,
                                   double resolution, const uint32_t *of, double *quality,
                                   spil_err *err)
{
    spil_status rc = SPIL_OK;
    igraph_vector_t weight;
    igraph_vector_int_t labels;
    igraph_real_t value = 0;
    TRY(edge_values(&weight, edge_weight, graph->m, err));
    if (igraph_vector_int_init(&labels, (ig_int)graph->n) != IGRAPH_SUCCESS) {
        igraph_vector_destroy(&weight);
        return spil_igraph_status(IGRAPH_ENOMEM, "labels", err);
    }
    for (spil_vid v = 0; v < graph->n; v++)
        VECTOR(labels)[v] = (ig_int)of[v];
    rc = spil_igraph_status(
        igraph_modularity(&graph->graph, &labels, &weight, resolution, false, &value), "modularity",
        err);
    if (rc == SPIL_OK)
        *quality = value;
    igraph_vector_int_destroy(&labels);
    igraph_vector_destroy(&weight);
done:
    return rc;
}

/* ---- drawing ---- */

/* Above so many vertices only near ones push each other away (a grid): all pairs would take
 * minutes. */
enum { LAYOUT_STEPS = 500, LAYOUT_ALL_PAIRS = 600 };

spil_status spil_igraph_layout(const spil_csr *csr, uint64_t seed, double *x, double *y,
                               spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_igraph *graph = NULL;
    igraph_matrix_t place;
    igraph_rng_t own, kept;
    TRY(spil_igraph_new(&graph, csr, err));
    TRY_IGRAPH(igraph_matrix_init(&place, 0, 0), "layout");
    rc = lend_rng(&own, &kept, seed, err);
    if (rc == SPIL_OK) {
        rc = spil_igraph_status(
            igraph_layout_fruchterman_reingold(
                &graph->graph, &place, false, LAYOUT_STEPS, sqrt(csr->n) / 10 + 1e-9,
                csr->n > LAYOUT_ALL_PAIRS ? IGRAPH_LAYOUT_GRID : IGRAPH_LAYOUT_NOGRID, NULL, NULL,
                NULL, NULL, NULL),
            "layout", err);
        restore_rng(&own, &kept);
    }
    for (spil_vid v = 0; rc == SPIL_OK && v < csr->n; v++) {
        x[v] = MATRIX(place, v, 0);
        y[v] = MATRIX(place, v, 1);
    }
    igraph_matrix_destroy(&place);
done:
    spil_igraph_free(graph);
    return rc;
}

/* ---- the oracle ---- */

static igraph_error_t betweenness(const igraph_t *g, igraph_vector_t *out)
{
#if SIGNATURE_1_0
    return igraph_betweenness(g, NULL, out, igraph_vss_all(), false, false);
#else
    return igraph_betweenness(g, out, igraph_vss_all(), false, NULL);
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
        return betweenness(g, out);
    case SPIL_IGRAPH_HARMONIC:
        return igraph_harmonic_centrality(g, out, igraph_vss_all(), IGRAPH_ALL, NULL, false);
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
