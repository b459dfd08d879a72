/* triangles.h - in how many triangles each vertex stands. SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_METRICS_TRIANGLES_H
#define SPIL_METRICS_TRIANGLES_H

#include "engine/base/progress.h"
#include "engine/graph/csr.h"

/* count: n values of the caller. O(m^1.5). */
spil_status spil_triangles_count(const spil_csr *g, uint64_t *count, spil_err *err) SPIL_CHECKED;

/* 2 t(v) / (k(v) (k(v) - 1)), 0 for a degree below 2. */
double spil_local_clustering(uint64_t triangles, spil_vid degree);

#endif
