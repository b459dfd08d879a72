/* betweenness.h - how many shortest paths pass a vertex: all of them, or those from some sources.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * b(v) = sum over ordered pairs (s, t) with s a source, s != v != t, of the share of the shortest
 * s-t paths that pass v. With all vertices as sources that counts each pair twice: halve it for the
 * usual undirected figure. O(n m) at worst; in fact the sum over blocks of vertices x edges.
 */
#ifndef SPIL_METRICS_BETWEENNESS_H
#define SPIL_METRICS_BETWEENNESS_H

#include "engine/graph/csr.h"
#include "engine/metrics/sampling.h"

/* is_source: n flags, or NULL: all. value: n doubles of the caller. The same bits for any number of
 * threads. Errors: SPIL_NO_MEMORY, SPIL_CANCELLED. */
spil_status spil_betweenness_from(const spil_csr *g, const uint8_t *is_source,
                                  spil_progress *progress, double *value,
                                  spil_err *err) SPIL_CHECKED;

/* Sum over the blocks of vertices x edges: what the exact way has to do. */
spil_status spil_betweenness_work(const spil_csr *g, double *work, spil_err *err) SPIL_CHECKED;

/* As spil_betweenness_from with all vertices as sources, within the error, which is of the ordered
 * pairs n (n - 1). Errors also: SPIL_RANGE, SPIL_MATH when it does not get there. */
spil_status spil_betweenness_sampled(const spil_csr *g, const spil_sampling *how, double *value,
                                     spil_sampled *sampled, spil_err *err) SPIL_CHECKED;

#endif
