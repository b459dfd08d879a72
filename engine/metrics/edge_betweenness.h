/* edge_betweenness.h - how many shortest paths use a link. SPDX-License-Identifier:
 * GPL-3.0-or-later
 *
 * b(e) = sum over unordered pairs {s, t} of the share of the shortest s-t paths that use e; links
 * count 1 (Girvan & Newman 2002, PNAS 99:7821; Brandes 2008, Social Networks 30:136). A bridge has
 * the product of the sizes of its two sides. Fast since blocks are searched alone, with what hangs
 * on them as weights (parts.h), and bridges not at all.
 */
#ifndef SPIL_METRICS_EDGE_BETWEENNESS_H
#define SPIL_METRICS_EDGE_BETWEENNESS_H

#include "engine/base/progress.h"
#include "engine/graph/csr.h"

/* Open struct of arrays of the caller, m each, by number of the edge; NULL where not wanted. */
typedef struct spil_edge_values {
    double *betweenness;
    uint32_t *block; /* number of the biconnected component, 0.. by first edge */
    uint8_t *bridge; /* 1 where the network falls apart without the link */
} spil_edge_values;

/* g: with edge ids. The same bits for any number of threads. Betweenness is O(n m) at worst, in
 * fact the sum over the blocks of vertices x edges; the others are O(n + m). Errors:
 * SPIL_NO_MEMORY, SPIL_CANCELLED, SPIL_MATH when there are more than 1e308 shortest paths between
 * two vertices. */
spil_status spil_edge_values_compute(const spil_csr *g, spil_progress *progress,
                                     const spil_edge_values *values, spil_err *err) SPIL_CHECKED;

#endif
