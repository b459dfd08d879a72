/* network.h - the facts as a graph: vertices for the analysed entities, one edge for each linked
 * pair. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Vertices stand in the order of the facts' entities (by key), so the graph does not depend on the
 * order of import. Every link between two different analysed entities belongs to one edge. Edge
 * weight (csr->weight) is the sum of its links' weights; edge confidence is the chance that at
 * least one of them is true, 1 - prod(1 - confidence). Open struct, immutable.
 */
#ifndef SPIL_GRAPH_NETWORK_H
#define SPIL_GRAPH_NETWORK_H

#include "engine/graph/csr.h"
#include "engine/store/facts.h"
#include "engine/store/hubs.h"

#define SPIL_NO_EDGE UINT32_MAX

typedef struct spil_network {
    spil_csr *csr;           /* with edge ids */
    uint32_t *entity;        /* n: index into facts->entities */
    spil_vid *vertex;        /* entity_count: its vertex, or SPIL_NO_VERTEX when not analysed */
    uint32_t *link_edge;     /* link_count: its edge, or SPIL_NO_EDGE */
    spil_vid *edge_from;     /* m: the smaller end */
    spil_vid *edge_to;       /* m: the larger end */
    double *edge_confidence; /* m */
    bool *hub;               /* n: linked to more others than hubs.def allows its kind */
    spil_vid hub_count;
    bool hubs_apart; /* made by spil_network_apart: hubs have no edges */
} spil_network;

spil_status spil_network_build(spil_network **out, const spil_facts *facts,
                               spil_err *err) SPIL_CHECKED;
/* The same vertices without the links of hubs: what communities are found in, and what is scored.
 * Everybody at one trust office is no collaboration. */
spil_status spil_network_apart(spil_network **out, const spil_network *network,
                               const spil_facts *facts, spil_err *err) SPIL_CHECKED;
void spil_network_free(spil_network *network);

#endif
