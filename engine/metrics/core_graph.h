/* core_graph.h - a graph without its leaves, its vertices renamed so that neighbours stand close.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A leaf is a vertex of degree 1, and of two that have only each other, the larger. It is as far
 * from everything as its anchor, plus one, so searches need not visit it. Names are by
 * breadth-first search, part by part.
 */
#ifndef SPIL_METRICS_CORE_GRAPH_H
#define SPIL_METRICS_CORE_GRAPH_H

#include "engine/metrics/parts.h"

/* Open struct. */
typedef struct spil_core_graph {
    spil_part part;   /* target(x): leaves that hang on x; source is not used */
    spil_vid *anchor; /* n of the whole graph: for a leaf its anchor's, else its own local number */
    spil_eid *row;
    spil_vid *col, *name;
    double *leaves;
} spil_core_graph;

spil_status spil_core_graph_new(spil_core_graph **out, const spil_csr *g,
                                spil_err *err) SPIL_CHECKED;
void spil_core_graph_free(spil_core_graph *core);
/* Whether v of the whole graph is a leaf. */
bool spil_core_graph_is_leaf(const spil_core_graph *core, spil_vid v);

#endif
