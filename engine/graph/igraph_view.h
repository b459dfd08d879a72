/* igraph_view.h - igraph at work for us: layouts, and an oracle for our own kernels.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Only engine/graph/igraph_*.c include <igraph.h>, and hold all differences between its versions
 * (0.10.2 up to 1.0). Distributions build igraph without thread safety: call everything
 * here from one thread, never inside a parallel region. igraph's errors come back as
 * SPIL_NO_MEMORY or SPIL_MATH with igraph's own text; nothing aborts.
 */
#ifndef SPIL_GRAPH_IGRAPH_VIEW_H
#define SPIL_GRAPH_IGRAPH_VIEW_H

#include "engine/graph/csr.h"

/* A copy of the rows as an igraph_t; edges in the order of csr->edge. Opaque. */
typedef struct spil_igraph spil_igraph;
spil_status spil_igraph_new(spil_igraph **out, const spil_csr *csr, spil_err *err) SPIL_CHECKED;
void spil_igraph_free(spil_igraph *graph);

/* Leiden (Traag, Waltman & van Eck 2019), modularity, ten iterations: what our own is compared
 * with. The same seed gives the same result with the same igraph. edge_weight: m values > 0 by edge
 * number, or NULL: all 1. of: n labels of the caller, 0.. without gaps. quality: modularity (with
 * the resolution in it), 0 when there is no edge. */
spil_status spil_igraph_leiden(const spil_igraph *graph, const double *edge_weight,
                               double resolution, uint64_t seed, uint32_t *of, double *quality,
                               spil_err *err) SPIL_CHECKED;

/* Positions for a drawing by force (Fruchterman & Reingold 1991), seeded; for some thousands of
 * vertices at most, O(n^2) a step. x, y: n values of the caller, in no particular frame. */
spil_status spil_igraph_layout(const spil_csr *csr, uint64_t seed, double *x, double *y,
                               spil_err *err) SPIL_CHECKED;

/* The oracle: what igraph itself says of each vertex, on the terms of metrics/metric_<name>.c. */
typedef enum spil_igraph_metric {
    SPIL_IGRAPH_DEGREE,
    SPIL_IGRAPH_STRENGTH,
    SPIL_IGRAPH_BETWEENNESS,
    SPIL_IGRAPH_BETWEENNESS_WEIGHTED, /* weights are lengths */
    SPIL_IGRAPH_CLOSENESS, /* 1 / sum of distances to what can be reached; NaN: nothing */
    SPIL_IGRAPH_TRIANGLES,
    SPIL_IGRAPH_CLOSENESS_WEIGHTED, /* weights are lengths */
    SPIL_IGRAPH_HARMONIC,
    SPIL_IGRAPH_HARMONIC_WEIGHTED, /* weights are lengths */
    SPIL_IGRAPH_PAGERANK,
    SPIL_IGRAPH_PAGERANK_WEIGHTED,
    SPIL_IGRAPH_EIGENVECTOR,
    SPIL_IGRAPH_EIGENVECTOR_WEIGHTED,
    SPIL_IGRAPH_CORENESS,
    SPIL_IGRAPH_CONSTRAINT,
    SPIL_IGRAPH_CONSTRAINT_WEIGHTED,
    SPIL_IGRAPH_CLUSTERING,
    SPIL_IGRAPH_CLUSTERING_WEIGHTED,
    SPIL_IGRAPH_ARTICULATION,
    SPIL_IGRAPH_COMPONENT
} spil_igraph_metric;
/* value: n doubles of the caller. */
spil_status spil_igraph_metric_run(const spil_igraph *graph, spil_igraph_metric metric,
                                   double *value, spil_err *err) SPIL_CHECKED;

/* PageRank of a walker who starts anew at reset: n weights >= 0 with a sum > 0. value: n. */
spil_status spil_igraph_pagerank_from(const spil_igraph *graph, bool weighted, double damping,
                                      const double *reset, double *value,
                                      spil_err *err) SPIL_CHECKED;

/* The same of edges, by edge number. */
typedef enum spil_igraph_edge_metric {
    SPIL_IGRAPH_EDGE_BETWEENNESS,
    SPIL_IGRAPH_EDGE_BETWEENNESS_WEIGHTED, /* weights are lengths */
    SPIL_IGRAPH_EDGE_BRIDGE,               /* 0 or 1 */
    SPIL_IGRAPH_EDGE_BLOCK                 /* number of the biconnected component, in any order */
} spil_igraph_edge_metric;
/* value: m doubles of the caller. */
spil_status spil_igraph_edges_run(const spil_igraph *graph, spil_igraph_edge_metric metric,
                                  double *value, spil_err *err) SPIL_CHECKED;

/* Whole-graph figures; NaN where igraph says so. */
typedef enum spil_igraph_figure {
    SPIL_IGRAPH_CLIQUE_NUMBER,
    SPIL_IGRAPH_TRANSITIVITY,
    SPIL_IGRAPH_ASSORTATIVITY,
    SPIL_IGRAPH_BRIDGES
} spil_igraph_figure;
spil_status spil_igraph_figure_run(const spil_igraph *graph, spil_igraph_figure figure,
                                   double *value, spil_err *err) SPIL_CHECKED;

/* Modularity of a partition; edge_weight as above. */
spil_status spil_igraph_modularity(const spil_igraph *graph, const double *edge_weight,
                                   double resolution, const uint32_t *of, double *quality,
                                   spil_err *err) SPIL_CHECKED;

/* "0.10.2", of the library that this program was built with. */
const char *spil_igraph_version(void);

#endif
