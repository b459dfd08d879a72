/* graph.h - what the report draws, as one graph for other programs (GraphML, GEXF).
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The communities shown, each node once, with the report's own positions (communities side by side,
 * y down), a colour a kind, the spil in its own. Links between communities are not in it.
 */
#ifndef SPIL_REPORTS_GRAPH_H
#define SPIL_REPORTS_GRAPH_H

#include "reports/report.h"

typedef struct spil_graph_node {
    const spil_result_node *node; /* borrowed from the result, as is the entity */
    const spil_result_entity *entity;
    uint32_t community; /* number */
    double x, y, size;
    unsigned char r, g, b;
} spil_graph_node;

typedef struct spil_graph_edge {
    size_t from, to; /* positions in nodes */
    const spil_result_edge *edge;
} spil_graph_edge;

typedef struct spil_graph {
    spil_graph_node *nodes;
    spil_graph_edge *edges;
    size_t node_count, edge_count;
} spil_graph;

spil_status spil_graph_new(spil_graph **out, const spil_result *result, spil_err *err) SPIL_CHECKED;
void spil_graph_free(spil_graph *graph);

/* The kinds of its links, each once: "lives_at owns". */
void spil_graph_add_kinds(spil_str *out, const spil_result_edge *edge);
/* " name=\"text\"", escaped for XML. */
void spil_xml_attribute(spil_str *out, const char *name, const char *text);

#endif
