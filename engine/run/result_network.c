/* result_network.c - the nodes and edges of a shown community, and where they go.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A community larger than can be drawn shows its most telling members: targets and holders, then
 * the largest fall, then the best linked. Positions by force (graph/igraph_view.h) with the run's
 * seed, brought to 0..1 with one scale for both axes.
 */
#include "engine/graph/igraph_view.h"
#include "engine/run/result_draft.h"

#include <math.h>
#include <stdlib.h>

typedef struct member {
    spil_result_node node;
    double mark;
} member;

static int more_telling(const void *left, const void *right)
{
    const member *const a = left, *const b = right;
    if (a->mark != b->mark)
        return a->mark > b->mark ? -1 : 1;
    if (a->node.fall != b->node.fall)
        return a->node.fall > b->node.fall ? -1 : 1;
    if (a->node.degree != b->node.degree)
        return a->node.degree > b->node.degree ? -1 : 1;
    return (a->node.entity > b->node.entity) - (a->node.entity < b->node.entity);
}

static int by_entity(const void *left, const void *right)
{
    const spil_result_node *const a = left, *const b = right;
    return (a->entity > b->entity) - (a->entity < b->entity);
}

static double plain(double value)
{
    return isnan(value) ? 0.0 : value;
}

/* What the chains and the list say of an entity. */
typedef struct told {
    double fall; /* mean, of the best chain */
    bool spil, holder, target;
} told;

/* of: one for each of facts->entities, zeroed. */
static void tell_all(const spil_draft *draft, size_t community, told *of)
{
    const spil_result *const result = draft->result;
    const spil_result_community *const c = &result->communities[community];
    for (size_t i = 0; c->chain_count > 0 && i < c->chains[0].fall_count; i++) {
        told *const at = &of[c->chains[0].falls[i].entity];
        at->fall = c->chains[0].falls[i].fall.mean;
        at->spil = i == 0 && at->fall > 0.0;
    }
    for (size_t i = 0; i < c->chain_count; i++)
        for (size_t s = 0; s < c->chains[i].step_count; s++)
            for (size_t r = 0; r < c->chains[i].steps[s].role_count; r++) {
                const spil_result_role *const role = &c->chains[i].steps[s].roles[r];
                for (size_t h = 0; h < role->holder_count; h++)
                    of[role->holders[h].entity].holder = true;
            }
    for (size_t t = 0; t < result->target_count; t++)
        if (result->targets[t].community == community)
            of[result->targets[t].entity].target = true;
}

static member describe(const spil_draft *draft, const told *of, const spil_member_row *row)
{
    const told *const at = &of[row->entity];
    return (member){.node = {.entity = row->entity,
                             .membership = row->membership,
                             .degree = plain(draft->degree[row->entity]),
                             .betweenness = plain(draft->betweenness[row->entity]),
                             .fall = at->fall,
                             .holder = at->holder,
                             .target = at->target,
                             .spil = at->spil},
                    .mark = at->spil                   ? 2.0
                            : at->target || at->holder ? 1.0
                                                       : 0.0};
}

static spil_status choose_nodes(spil_draft *draft, size_t community, spil_err *err)
{
    spil_status rc = SPIL_OK;
    member *members = NULL;
    told *of = NULL;
    const spil_results *const rows = draft->rows;
    spil_result_community *const c = &draft->result->communities[community];
    const size_t from = rows->member_row[c->number - 1];
    const size_t size = rows->member_row[c->number] - from;
    TRY(NEW_ARRAY(members, size, err));
    TRY(NEW_ARRAY(of, draft->facts->entity_count, err));
    tell_all(draft, community, of);
    for (size_t i = 0; i < size; i++)
        members[i] = describe(draft, of, &rows->members[from + i]);
    qsort(members, size, sizeof *members, more_telling);
    c->node_count = size < draft->opts->nodes ? size : draft->opts->nodes;
    c->left_out = size - c->node_count;
    TRY(DRAFT_ARRAY(draft, c->nodes, c->node_count, err));
    for (size_t i = 0; i < c->node_count; i++)
        c->nodes[i] = members[i].node;
    qsort(c->nodes, c->node_count, sizeof *c->nodes, by_entity);
done:
    spil_free(members);
    spil_free(of);
    return rc;
}

static spil_status add_links(const spil_draft *draft, spil_result_edge *out, uint32_t edge,
                             uint32_t from_entity, spil_err *err)
{
    const size_t first = draft->edge_link_row[edge], last = draft->edge_link_row[edge + 1];
    const spil_status rc = DRAFT_ARRAY(draft, out->links, last - first, err);
    if (rc != SPIL_OK)
        return rc;
    for (size_t i = first; i < last; i++) {
        const spil_link *const link = &draft->facts->links[draft->edge_links[i]];
        out->links[out->link_count++] =
            (spil_result_link){.kind = link->kind,
                               .reversed = link->from != from_entity,
                               .type = link->type,
                               .weight = link->weight,
                               .confidence = link->confidence,
                               .since = link->since,
                               .until = link->until,
                               .origin = spil_draft_origin(draft, link->origin)};
    }
    return SPIL_OK;
}

/* position: of a vertex among the nodes, or SPIL_NOT_SHOWN. Counts only while edges is NULL. */
static spil_status walk_edges(const spil_draft *draft, spil_result_community *c,
                              const uint32_t *position, spil_err *err)
{
    const spil_network *const network = draft->network;
    const spil_csr *const csr = network->csr;
    size_t count = 0;
    for (size_t i = 0; i < c->node_count; i++) {
        const spil_vid v = network->vertex[c->nodes[i].entity];
        for (spil_eid at = csr->row[v]; at < csr->row[v + 1]; at++) {
            const spil_vid w = csr->col[at];
            if (w < v || position[w] == SPIL_NOT_SHOWN)
                continue;
            if (c->edges) {
                spil_result_edge *const edge = &c->edges[count];
                *edge = (spil_result_edge){.from = (uint32_t)i,
                                           .to = position[w],
                                           .confidence = network->edge_confidence[csr->edge[at]]};
                const spil_status rc =
                    add_links(draft, edge, csr->edge[at], c->nodes[i].entity, err);
                if (rc != SPIL_OK)
                    return rc;
            }
            count++;
        }
    }
    c->edge_count = count;
    return SPIL_OK;
}

static spil_status add_edges(spil_draft *draft, spil_result_community *c, spil_err *err)
{
    spil_status rc = SPIL_OK;
    uint32_t *position = NULL;
    const spil_network *const network = draft->network;
    TRY(NEW_ARRAY(position, network->csr->n, err));
    for (spil_vid v = 0; v < network->csr->n; v++)
        position[v] = SPIL_NOT_SHOWN;
    for (size_t i = 0; i < c->node_count; i++)
        position[network->vertex[c->nodes[i].entity]] = (uint32_t)i;
    TRY(walk_edges(draft, c, position, err));
    TRY(DRAFT_ARRAY(draft, c->edges, c->edge_count, err));
    TRY(walk_edges(draft, c, position, err));
done:
    spil_free(position);
    return rc;
}

/* Brings x and y into 0..1, the longer way filling it. */
static void scale(spil_result_community *c, const double *x, const double *y)
{
    double x0 = HUGE_VAL, x1 = -HUGE_VAL, y0 = HUGE_VAL, y1 = -HUGE_VAL;
    for (size_t i = 0; i < c->node_count; i++) {
        x0 = fmin(x0, x[i]), x1 = fmax(x1, x[i]);
        y0 = fmin(y0, y[i]), y1 = fmax(y1, y[i]);
    }
    const double size = fmax(fmax(x1 - x0, y1 - y0), 1e-9);
    for (size_t i = 0; i < c->node_count; i++) {
        c->nodes[i].x = 0.5 + (x[i] - 0.5 * (x0 + x1)) / size;
        c->nodes[i].y = 0.5 + (y[i] - 0.5 * (y0 + y1)) / size;
    }
}

static spil_status lay_out(const spil_draft *draft, spil_result_community *c, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_arc *arcs = NULL;
    spil_csr *csr = NULL;
    double *x = NULL, *y = NULL;
    TRY(NEW_ARRAY(arcs, c->edge_count, err));
    TRY(NEW_ARRAY(x, c->node_count, err));
    TRY(NEW_ARRAY(y, c->node_count, err));
    for (size_t e = 0; e < c->edge_count; e++)
        arcs[e] = (spil_arc){c->edges[e].from, c->edges[e].to, 1.0};
    TRY(spil_csr_build(&csr, (spil_vid)c->node_count, arcs, c->edge_count, SPIL_CSR_EDGE_IDS, err));
    TRY(spil_igraph_layout(csr, draft->result->run.seed, x, y, err));
    scale(c, x, y);
done:
    spil_csr_free(csr);
    spil_free(arcs);
    spil_free(x);
    spil_free(y);
    return rc;
}

spil_status spil_draft_network(spil_draft *draft, size_t community, spil_err *err)
{
    spil_result_community *const c = &draft->result->communities[community];
    spil_status rc = choose_nodes(draft, community, err);
    if (rc == SPIL_OK)
        rc = add_edges(draft, c, err);
    return rc == SPIL_OK && c->node_count > 0 ? lay_out(draft, c, err) : rc;
}
