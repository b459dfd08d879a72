/* random_path.h - one shortest path between two vertices, each as likely as any other.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Paths that hold a hub come from the hubs' table (hubs.h), which also bounds the distance. Those
 * without a hub come from a search from both ends that leaves the hubs out, always on the side
 * whose frontier has fewer edges, until an edge joins the two (Borassi & Natale 2016, KADABRA) or
 * the bound is passed: some square root of the edges of a one-sided search. Every such path crosses
 * exactly one of the joining edges (u, w); one is drawn with the chance paths(s, u) * paths(w, t),
 * then the path is walked back to s and on to t by the same rule. On a network of a million
 * vertices whose largest hub has 30,000 links the table makes a draw ten times cheaper.
 */
#ifndef SPIL_METRICS_RANDOM_PATH_H
#define SPIL_METRICS_RANDOM_PATH_H

#include "engine/base/rng.h"
#include "engine/metrics/hubs.h"

/* The memory of one thread. */
typedef struct spil_walker spil_walker;
/* n: vertices of the graph. Room for all is reserved; a search touches what it reaches. */
spil_status spil_walker_new(spil_walker **out, spil_vid n, spil_err *err) SPIL_CHECKED;
void spil_walker_free(spil_walker *walker);

/* s != t, both in one block. hubs: of this block, or NULL. inner: set to the vertices strictly
 * between, in no order; borrowed until the next call. Returns how many. */
spil_vid spil_random_path(spil_walker *walker, const spil_csr *g, const spil_hubs *hubs, spil_vid s,
                          spil_vid t, spil_rng *rng, const spil_vid **inner);

#endif
