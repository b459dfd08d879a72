/* distances.h - how far each vertex is from all others, from hundreds of sources at once.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Breadth-first search from 512 sources, a bit a source (wave.h). On an undirected graph the
 * distance from s to v is that from v to s, so the sums of *v* over all sources grow by
 * popcount(new bits) times a function of d, and nothing has to be kept a source.
 *
 * Leaves are folded away (core_graph.h): neither sources nor visited. Sources stand together that
 * see the graph alike (likeness.h), so that a vertex has news in few levels.
 *
 * Time O(n m / 512) times the levels in which a vertex has news; space three lines a vertex for all
 * threads together.
 */
#ifndef SPIL_METRICS_DISTANCES_H
#define SPIL_METRICS_DISTANCES_H

#include "engine/base/progress.h"
#include "engine/graph/csr.h"

/* Open struct of arrays of the caller, n each; NULL where not wanted. All count reachable others.
 */
typedef struct spil_distance_sums {
    double *harmonic;       /* sum of 1/d */
    uint64_t *farness;      /* sum of d */
    spil_vid *eccentricity; /* largest d */
} spil_distance_sums;

/* The same bits for any number of threads. */
spil_status spil_distances_sum(const spil_csr *g, spil_progress *progress,
                               const spil_distance_sums *wanted, spil_err *err) SPIL_CHECKED;

#endif
