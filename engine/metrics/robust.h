/* robust.h - how sure a rank is: a metric over draws of the links by their confidence.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * In draw d link e is there when the uniform number of (seed, e, d) is below its confidence. The
 * numbers belong to links, not to an order of work: the same draws for every metric, and for any
 * number of threads. A vertex's rank in a draw is 1 + how many have a higher value there (by more
 * than 1e-9 of it); NaN comes last.
 *
 * Cost: far less than a run a draw where that can be. A metric that only sees what is near (degree,
 * clustering, Burt's measures) is computed anew near the links that are missing; one that only sees
 * its own component (betweenness, harmonic closeness, coreness) in the components that miss one;
 * the others (PageRank and kin) everywhere. When the part to be done anew has more than half of the
 * vertices all is done anew; a draw that misses no link costs no run. Betweenness that would take
 * long is sampled, with the work for exactness divided among the draws (note). Memory 4 n bytes a
 * draw.
 */
#ifndef SPIL_METRICS_ROBUST_H
#define SPIL_METRICS_ROBUST_H

#include "engine/metrics/metric.h"

typedef struct spil_rank_range {
    uint32_t low, middle, high; /* 5%, 50% and 95% of the draws; 1 is the highest value */
} spil_rank_range;

typedef struct spil_robust_note {
    uint64_t uncertain;       /* links with a confidence below 1 */
    double vertices_anew;     /* vertices computed anew, as a share of draws x n */
    spil_metric_note sampled; /* the worst, when runs were approximate */
} spil_robust_note;

/* g: with edge ids. confidence: m values in [0, 1] by edge number. out: n. draws: at least 1. note:
 * may be NULL. */
spil_status spil_robust_ranks(spil_rank_range *out, const spil_csr *g, const double *confidence,
                              const spil_metric *metric, const spil_metric_opts *opts,
                              unsigned draws, uint64_t seed, spil_robust_note *note,
                              spil_err *err) SPIL_CHECKED;

/* How far a metric sees: SPIL_SEES_ALL, SPIL_SEES_COMPONENT, or the largest distance at which the
 * links of a vertex still matter to it. */
enum { SPIL_SEES_COMPONENT = 1000, SPIL_SEES_ALL };
unsigned spil_metric_sees(const spil_metric *metric);

#endif
