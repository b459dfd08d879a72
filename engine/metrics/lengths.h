/* lengths.h - betweenness and distances where links have lengths, and betweenness of the links.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Brandes 2001 (J. Math. Sociol. 25:163), Dijkstra 1959 for the distances; the link form is that of
 * Girvan & Newman 2002 (PNAS 99:7821). Unordered pairs, not normalised; the ends of a path do not
 * count for vertices. Two paths are equally long when their lengths agree to 1e-10 of their size,
 * so that sums such as 1/3 + 1/3 + 1/3 and 1 are one length.
 *
 * Sources run side by side in 32 fixed chunks; there is no search that lanes could share, since
 * each source settles in an order of its own. Time O(n (m + n log n)), space 32 vectors of n + m.
 * For links of length 1 and vertices alone take betweenness.h, which is many times as fast.
 */
#ifndef SPIL_METRICS_LENGTHS_H
#define SPIL_METRICS_LENGTHS_H

#include "engine/base/progress.h"
#include "engine/graph/csr.h"

/* length: 2m values > 0 beside csr->col, or NULL: all 1. vertex: n, edge: m doubles of the caller,
 * either may be NULL; edge needs csr->edge. The same bits for any number of threads. SPIL_MATH when
 * path counts pass 1e308. */
spil_status spil_lengths_betweenness(const spil_csr *g, const double *length,
                                     spil_progress *progress, double *vertex, double *edge,
                                     spil_err *err) SPIL_CHECKED;

/* Sums of the distances from each vertex to those within reach: 1/d in harmonic, d in farness; n
 * doubles of the caller, either may be NULL. The rest as above. */
spil_status spil_lengths_distances(const spil_csr *g, const double *length, spil_progress *progress,
                                   double *harmonic, double *farness, spil_err *err) SPIL_CHECKED;

/* The length of a link is one over its weight (Newman 2001, Physical Review E 64:016132): 2m
 * values, caller: spil_free. SPIL_LIMIT when n m passes most, where the measure would take too
 * long. */
spil_status spil_lengths_of_weights(double **length, const spil_csr *g, double most,
                                    const char *measure, spil_err *err) SPIL_CHECKED;

#endif
