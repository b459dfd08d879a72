/* betweenness.h - how many shortest paths pass a vertex: all of them, or those from some sources.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * b(v) = sum over ordered pairs (s, t) with s a source, s != v != t, of the share of the shortest
 * s-t paths that pass v. With all vertices as sources that counts each pair twice: halve it for the
 * usual undirected figure. O(n m) at worst; in fact the sum over blocks of vertices x edges.
 */
#ifndef SPIL_METRICS_BETWEENNESS_H
#define SPIL_METRICS_BETWEENNESS_H

#include "engine/base/progress.h"
#include "engine/graph/csr.h"

/* is_source: n flags, or NULL: all. value: n doubles of the caller. The same bits for any number of
 * threads. Errors: SPIL_NO_MEMORY, SPIL_CANCELLED. */
spil_status spil_betweenness_from(const spil_csr *g, const uint8_t *is_source,
                                  spil_progress *progress, double *value,
                                  spil_err *err) SPIL_CHECKED;

#endif
