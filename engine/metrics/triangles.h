/* triangles.h - in how many triangles each vertex stands, and the rows that make them cheap to
 * find. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SPIL_METRICS_TRIANGLES_H
#define SPIL_METRICS_TRIANGLES_H

#include "engine/base/progress.h"
#include "engine/graph/csr.h"

/* Each edge once, in the row of its end with the smaller degree (ties: the smaller number), so that
 * no row holds more than sqrt(2m). Open struct. */
typedef struct spil_heads {
    spil_eid *row;  /* n + 1 */
    spil_vid *col;  /* m, ascending within a row */
    spil_eid *from; /* m: the entry of g that it was, for its weight; NULL unless asked for */
} spil_heads;
spil_status spil_heads_fill(spil_heads *heads, const spil_csr *g, bool with_from,
                            spil_err *err) SPIL_CHECKED;
void spil_heads_release(spil_heads *heads);

/* count: n values of the caller. O(m^1.5). */
spil_status spil_triangles_count(const spil_csr *g, uint64_t *count, spil_err *err) SPIL_CHECKED;

/* 2 t(v) / (k(v) (k(v) - 1)), 0 for a degree below 2. */
double spil_local_clustering(uint64_t triangles, spil_vid degree);

#endif
