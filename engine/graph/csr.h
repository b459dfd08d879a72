/* csr.h - the graph as compressed sparse rows: what every kernel reads.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Undirected and simple: no loops, no parallel edges. Each edge stands in both rows.
 *
 *     row:    0     2        5  ...             n+1 offsets
 *     col:    1  3  0  2  4  ...                2m neighbours, ascending within a row
 *     weight: w  w  w  w  w  ...                2m, sum of the merged arcs; > 0. NULL: all 1
 *     edge:   0  1  0  2  3  ...                2m, number of the edge in 0..m-1: the two entries
 * of an edge share it; edges are numbered by (smaller, larger) end
 *
 * Open struct: kernels index it. Immutable once built.
 */
#ifndef SPIL_GRAPH_CSR_H
#define SPIL_GRAPH_CSR_H

#include "engine/base/err.h"

typedef uint32_t spil_vid; /* vertex; at most 2^32 - 2 */
typedef uint64_t spil_eid; /* offset or number of edges */
#define SPIL_NO_VERTEX UINT32_MAX

typedef struct spil_csr {
    spil_vid n;
    spil_eid m;
    spil_eid *row;  /* n + 1 */
    spil_vid *col;  /* 2m */
    double *weight; /* 2m; NULL when built with SPIL_CSR_UNWEIGHTED: take 1 */
    uint32_t *edge; /* 2m; NULL when built without SPIL_CSR_EDGE_IDS */
} spil_csr;

typedef struct spil_arc {
    spil_vid from, to;
    double weight;
} spil_arc;

/* UNWEIGHTED: every edge counts 1, however many arcs merge, and no weights are kept: a third of the
 * memory, for kernels that are not asked for weights. */
enum { SPIL_CSR_EDGE_IDS = 1, SPIL_CSR_UNWEIGHTED = 2 };

/* Loops are dropped, arcs with the same ends (either way round) merge and their weights add, in
 * input order. arcs is read only. Errors: SPIL_RANGE when an arc names a vertex >= n or a weight
 * that is not a finite number > 0; SPIL_LIMIT when edge ids are asked for and there are 2^32 edges
 * or more. Time O(n + m), no comparison sort. Caller: spil_csr_free. */
spil_status spil_csr_build(spil_csr **out, spil_vid n, const spil_arc *arcs, spil_eid arc_count,
                           unsigned flags, spil_err *err) SPIL_CHECKED;

/* Arcs one after another, the same ones after each rewind. next: false at the end. */
typedef struct spil_arc_source {
    spil_status (*rewind)(void *user, spil_err *err);
    bool (*next)(void *user, spil_arc *arc);
    void *user;
} spil_arc_source;

/* The same without a list of arcs in memory: they are asked for twice. Errors also: those of
 * rewind. */
spil_status spil_csr_build_from(spil_csr **out, spil_vid n, const spil_arc_source *arcs,
                                unsigned flags, spil_err *err) SPIL_CHECKED;
void spil_csr_free(spil_csr *csr);

static inline spil_vid spil_degree(const spil_csr *g, spil_vid v)
{
    return (spil_vid)(g->row[v + 1] - g->row[v]);
}

static inline double spil_weight(const spil_csr *g, spil_eid i)
{
    return g->weight ? g->weight[i] : 1;
}

#endif
