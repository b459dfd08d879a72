/* projection.h - persons who share addresses and companies, as links between the persons.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A middle h (an address, a company) with d of the kept vertices around it links each two of them
 * with weight
 *
 *     1 / (d - 1)
 *
 * so that each of them gets 1 from h, whatever its size (Newman 2001, Physical Review E 64:016132):
 * to share a trust office with 4,000 others says next to nothing about any of them. Links between
 * two kept vertices count with their own weight; links between two middles do not count.
 *
 * The links through a middle are a clique: d (d - 1) / 2. Rows are built for middles with at most
 * `cap` around them, so there are at most cap / 2 for each link of the graph; the product with a
 * vector (what PageRank or a strength needs) is exact for all, and builds no link at all.
 */
#ifndef SPIL_GRAPH_PROJECTION_H
#define SPIL_GRAPH_PROJECTION_H

#include "engine/graph/csr.h"

enum { SPIL_PROJECTION_CAP = 50 };

/* What was left out of the rows. */
typedef struct spil_projection_note {
    spil_vid left_out;      /* middles with more than cap around them */
    spil_vid largest;       /* so many around the largest */
    double weight_left_out; /* of the links that they would have made */
} spil_projection_note;

/* The same vertices; those that are not kept have no links. keep: n. cap: at least 2. note: may be
 * NULL. Time and memory O(n + m + sum of d^2 over the middles within the cap). Caller:
 * spil_csr_free. */
spil_status spil_projection_build(spil_csr **out, spil_projection_note *note, const spil_csr *g,
                                  const bool *keep, spil_vid cap, spil_err *err) SPIL_CHECKED;

/* y = P x, P the matrix of all projected links, hubs included. x, y: n values; y is 0 where not
 * kept. O(n + m), the same for any number of threads. */
spil_status spil_projection_apply(double *y, const double *x, const spil_csr *g, const bool *keep,
                                  spil_err *err) SPIL_CHECKED;

#endif
