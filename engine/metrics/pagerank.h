/* pagerank.h - where a walker is who now and then starts anew. SPDX-License-Identifier:
 * GPL-3.0-or-later
 */
#ifndef SPIL_METRICS_PAGERANK_H
#define SPIL_METRICS_PAGERANK_H

#include "engine/base/progress.h"
#include "engine/graph/csr.h"

/* value: n doubles of the caller that add up to 1. damping in [0, 1). reset: n weights >= 0 with a
 * sum > 0, where the walker starts anew (and goes from a vertex without links), or NULL: anywhere.
 * The sum over the vertices of |value - true| is below 1e-11. Errors: SPIL_RANGE for another
 * damping or reset, SPIL_MATH when it does not converge. */
spil_status spil_pagerank(const spil_csr *g, bool weighted, double damping, const double *reset,
                          double *value, spil_err *err) SPIL_CHECKED;

#endif
