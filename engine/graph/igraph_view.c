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
