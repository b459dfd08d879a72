/* igraph_network.h - the network as an igraph graph with attributes, and as a file that other tools
 * open. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Vertices and edges carry what the store holds of them:
 *     vertex  name (the key, by igraph's and NetworkX's custom the id), label, kind, type
 *     edge    weight, confidence, links (how many it joins), kinds ("met called": in the order of
 *             kinds.def)
 * One thread, as igraph_view.h says.
 */
#ifndef SPIL_GRAPH_IGRAPH_NETWORK_H
#define SPIL_GRAPH_IGRAPH_NETWORK_H

#include "engine/graph/igraph_view.h"
#include "engine/graph/network.h"

#include <stdio.h>

/* Vertices and edges in the order of the network. Caller: spil_igraph_free. */
spil_status spil_igraph_of_network(spil_igraph **out, const spil_facts *facts,
                                   const spil_network *network, spil_err *err) SPIL_CHECKED;

/* The formats that igraph writes with every attribute. */
typedef enum spil_igraph_format { SPIL_IGRAPH_GRAPHML, SPIL_IGRAPH_DOT } spil_igraph_format;

/* The whole graph onto the stream. SPIL_MATH with igraph's word when the stream fails. */
spil_status spil_igraph_write(FILE *stream, const spil_igraph *graph, spil_igraph_format format,
                              spil_err *err) SPIL_CHECKED;

#endif
