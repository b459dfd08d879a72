/* network.c - see network.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Links stand in canonical order, so sums and products over the links of an edge come out the same
 * to the last bit whatever the order of import. Time O(n + m log d) for the largest degree d.
 */
#include "engine/graph/network.h"

#include <string.h>

void spil_network_free(spil_network *network)
{
    if (!network)
        return;
    spil_csr_free(network->csr);
    spil_free(network->entity);
    spil_free(network->vertex);
    spil_free(network->link_edge);
    spil_free(network->edge_from);
    spil_free(network->edge_to);
    spil_free(network->edge_confidence);
    spil_free(network->hub);
    spil_free(network);
}

/* Numbers the analysed entities in their order; *n = how many. */
static spil_status number_vertices(spil_network *network, const spil_facts *facts, spil_vid *n,
                                   spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_vid count = 0;
    TRY(NEW_ARRAY(network->vertex, facts->entity_count, err));
    for (size_t e = 0; e < facts->entity_count; e++)
        network->vertex[e] =
            spil_entity_kind_info(facts->entities[e].kind)->analysed ? count++ : SPIL_NO_VERTEX;
    TRY(NEW_ARRAY(network->entity, count, err));
    for (size_t e = 0; e < facts->entity_count; e++)
        if (network->vertex[e] != SPIL_NO_VERTEX)
            network->entity[network->vertex[e]] = (uint32_t)e;
    *n = count;
done:
    return rc;
}

/* Does the link join two different vertices, neither of them a hub that is kept apart? Then sets
 * them. */
static bool ends_of(const spil_network *network, const spil_link *link, spil_vid *from,
                    spil_vid *to)
{
    *from = network->vertex[link->from];
    *to = network->vertex[link->to];
    if (*from == SPIL_NO_VERTEX || *to == SPIL_NO_VERTEX || *from == *to)
        return false;
    return !network->hubs_apart || !(network->hub[*from] || network->hub[*to]);
}

static spil_status build_rows(spil_network *network, const spil_facts *facts, spil_vid n,
                              spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_arc *arcs = NULL;
    spil_eid count = 0;
    TRY(NEW_ARRAY(arcs, facts->link_count, err));
    for (size_t i = 0; i < facts->link_count; i++) {
        spil_arc *const arc = &arcs[count];
        if (!ends_of(network, &facts->links[i], &arc->from, &arc->to))
            continue;
        arc->weight = facts->links[i].weight;
        count++;
    }
    TRY(spil_csr_build(&network->csr, n, arcs, count, SPIL_CSR_EDGE_IDS, err));
done:
    spil_free(arcs);
    return rc;
}

static spil_status name_ends(spil_network *network, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_csr *const g = network->csr;
    TRY(NEW_ARRAY(network->edge_from, g->m, err));
    TRY(NEW_ARRAY(network->edge_to, g->m, err));
    for (spil_vid v = 0; v < g->n; v++)
        for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
            if (v < g->col[i]) {
                network->edge_from[g->edge[i]] = v;
                network->edge_to[g->edge[i]] = g->col[i];
            }
done:
    return rc;
}

/* Neighbours ascend within a row. The edge is there. */
static uint32_t edge_between(const spil_csr *g, spil_vid a, spil_vid b)
{
    const spil_vid v = spil_degree(g, a) <= spil_degree(g, b) ? a : b;
    const spil_vid wanted = v == a ? b : a;
    spil_eid low = g->row[v], high = g->row[v + 1];
    while (high - low > 1) {
        const spil_eid middle = low + (high - low) / 2;
        if (g->col[middle] <= wanted)
            low = middle;
        else
            high = middle;
    }
    return g->edge[low];
}

static spil_status join_links(spil_network *network, const spil_facts *facts, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_csr *const g = network->csr;
    TRY(NEW_ARRAY(network->link_edge, facts->link_count, err));
    TRY(NEW_ARRAY(network->edge_confidence, g->m, err));
    double *const doubt = network->edge_confidence; /* until the end: prod(1 - confidence) */
    for (spil_eid e = 0; e < g->m; e++)
        doubt[e] = 1;
    for (size_t i = 0; i < facts->link_count; i++) {
        spil_vid from, to;
        network->link_edge[i] = SPIL_NO_EDGE;
        if (!ends_of(network, &facts->links[i], &from, &to))
            continue;
        const uint32_t edge = edge_between(g, from, to);
        network->link_edge[i] = edge;
        doubt[edge] *= 1 - facts->links[i].confidence;
    }
    for (spil_eid e = 0; e < g->m; e++)
        network->edge_confidence[e] = 1 - doubt[e];
done:
    return rc;
}

static void flag_hubs(spil_network *network, const spil_facts *facts)
{
    for (spil_vid v = 0; v < network->csr->n; v++) {
        const spil_entity_kind kind = facts->entities[network->entity[v]].kind;
        network->hub[v] = spil_degree(network->csr, v) > spil_hub_most(kind);
        network->hub_count += network->hub[v];
    }
}

/* whole: hubs are as in it, and kept apart; NULL: they are to be found. */
static spil_status build(spil_network **out, const spil_network *whole, const spil_facts *facts,
                         spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_network *network = NULL;
    spil_vid n = 0;
    TRY(NEW(network, err));
    TRY(number_vertices(network, facts, &n, err));
    TRY(NEW_ARRAY(network->hub, n, err));
    if (whole) {
        memcpy(network->hub, whole->hub, n * sizeof *network->hub);
        network->hub_count = whole->hub_count;
        network->hubs_apart = true;
    }
    TRY(build_rows(network, facts, n, err));
    if (!whole)
        flag_hubs(network, facts);
    TRY(name_ends(network, err));
    TRY(join_links(network, facts, err));
    *out = network;
    network = NULL;
done:
    spil_network_free(network);
    return rc;
}

spil_status spil_network_build(spil_network **out, const spil_facts *facts, spil_err *err)
{
    return build(out, NULL, facts, err);
}

spil_status spil_network_apart(spil_network **out, const spil_network *network,
                               const spil_facts *facts, spil_err *err)
{
    return build(out, network, facts, err);
}
