/* removal.h - what is left of a network as its vertices (or links) go: disruption curves.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * With N the vertices still there and s_1 >= s_2 >= ... the sizes of the components:
 *     share         = s_1 / s_1 before any removal
 *     fragmentation = 1 - sum s_k (s_k - 1) / (N (N - 1))          (Borgatti 2006)
 *     efficiency    = sum over pairs i != j of 1 / d(i, j) / (N (N - 1))   (Latora & Marchiori
 * 2001) N are the survivors: those removed count for nothing. Where fewer than two are left
 * fragmentation is 1 and efficiency 0. Robustness R = (1/n) sum over q = 1..n of s_1(q) / n
 * (Schneider et al. 2011); when only k <= n were removed, the mean over q = 1..k of s_1(q) / n.
 */
#ifndef SPIL_INTERVENTIONS_REMOVAL_H
#define SPIL_INTERVENTIONS_REMOVAL_H

#include "engine/interventions/strategy.h"

/* Open struct. */
typedef struct spil_curve_point {
    size_t removed;      /* so far */
    spil_vid left;       /* survivors */
    spil_vid largest;    /* s_1 */
    spil_vid components; /* isolated survivors count too */
    double share, fragmentation;
    double efficiency; /* NaN unless asked for */
} spil_curve_point;

/* Open struct. points[0] is before any removal, points[i] after block i. */
typedef struct spil_curve {
    spil_curve_point *points;
    size_t count;
    double robustness;
} spil_curve;

/* order: `count` different vertices, the first to go first, `block` at a time. */
spil_status spil_curve_measure(spil_curve **out, const spil_csr *g, const spil_vid *order,
                               size_t count, size_t block, bool efficiency, spil_progress *progress,
                               spil_err *err) SPIL_CHECKED;
void spil_curve_free(spil_curve *curve);

/* One point for a graph as it is. before: s_1 before any removal. */
spil_status spil_curve_look(spil_curve_point *out, const spil_csr *g, spil_vid before,
                            bool efficiency, spil_err *err) SPIL_CHECKED;

/* ---- links instead of vertices ---- */

typedef enum spil_link_rule {
    SPIL_LINKS_BETWEENNESS, /* the link that most shortest paths pass (Girvan & Newman 2002) */
    SPIL_LINKS_DEGREE,      /* largest product of the ends' degrees (Holme et al. 2002) */
    SPIL_LINKS_WEIGHT,      /* heaviest */
    SPIL_LINKS_RANDOM
} spil_link_rule;

/* order: count edge numbers of the caller, count <= m; scored again after each block unless
 * opts->once. Ties: lowest edge number, that is lowest ends. g needs edge ids. */
spil_status spil_link_order(const spil_csr *g, spil_link_rule rule, const spil_strategy_opts *opts,
                            size_t count, uint32_t *order, spil_err *err) SPIL_CHECKED;
/* As spil_curve_measure; here `removed` counts links, and R divides by m. */
spil_status spil_link_curve_measure(spil_curve **out, const spil_csr *g, const uint32_t *order,
                                    size_t count, size_t block, bool efficiency,
                                    spil_progress *progress, spil_err *err) SPIL_CHECKED;

/* ---- how much of a curve is chance ---- */

/* Open struct: of one point over several curves. */
typedef struct spil_band {
    double mean, low, high; /* 5% and 95% */
    double least, most;
} spil_band;

typedef struct spil_bands {
    size_t curves, count;
    spil_band *share, *efficiency; /* count each */
} spil_bands;
void spil_bands_free(spil_bands *bands);

/* The range over tie orders: `draws` random orders among equals, and the lowest-first and
 * highest-first orders besides. */
spil_status spil_curve_over_ties(spil_bands **out, const spil_csr *g, const spil_ranking *ranking,
                                 const spil_strategy_opts *opts, size_t count, size_t draws,
                                 bool efficiency, spil_err *err) SPIL_CHECKED;
/* The order is made from a network with a share of its links missing (drawn without replacement,
 * stream = draw); the curve is measured on the whole one. */
spil_status spil_curve_over_missing(spil_bands **out, const spil_csr *g,
                                    const spil_ranking *ranking, const spil_strategy_opts *opts,
                                    size_t count, double missing, size_t draws, bool efficiency,
                                    spil_err *err) SPIL_CHECKED;

/* A copy of g without round(missing * m) of its links. */
spil_status spil_graph_thinned(spil_csr **out, const spil_csr *g, double missing, uint64_t seed,
                               uint64_t stream, spil_err *err) SPIL_CHECKED;

#endif
