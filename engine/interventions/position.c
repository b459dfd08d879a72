/* position.c - see position.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Without v its component falls into the subtrees that the blocks headed by v hang below it, and
 * the rest (blocks.h).
 */
#include "engine/interventions/position.h"

#include "engine/base/mem.h"
#include "engine/metrics/blocks.h"

typedef struct parts {
    spil_vid *root, *below, *largest; /* n: root of the component; vertices that hang below by
                                         joints; the largest such part */
} parts;

static void find_parts(const spil_blocks *b, parts *p, spil_position *position)
{
    for (spil_vid r = 0; r < b->n; r++) {
        const spil_vid v = b->preorder[r];
        p->root[v] = b->parent[v] == SPIL_NO_VERTEX ? v : p->root[b->parent[v]];
    }
    for (uint32_t k = 0; k < b->count; k++) {
        const spil_vid head = b->head[k], size = b->subtree[b->first[k]];
        p->below[head] += size;
        position[head].parts++;
        if (size > p->largest[head])
            p->largest[head] = size;
    }
    for (spil_vid v = 0; v < b->n; v++) {
        const spil_vid others = b->subtree[p->root[v]] - 1, rest = others - p->below[v];
        position[v].parts += rest > 0;
        position[v].cut_off = others - (rest > p->largest[v] ? rest : p->largest[v]);
    }
}

/* links: a zero for each label, before and after. */
static void find_mixture(const spil_csr *g, const uint32_t *community, spil_vid v, uint32_t *links,
                         spil_position *position)
{
    const double k = spil_degree(g, v);
    double squares = 0;
    for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
        links[community[g->col[i]]]++;
    for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++) {
        const uint32_t c = community[g->col[i]];
        if (links[c] == 0)
            continue; /* counted */
        squares += (links[c] / k) * (links[c] / k);
        position->communities += c != community[v];
        links[c] = 0;
    }
    position->participation = k > 0 ? 1 - squares : 0;
}

spil_status spil_positions_find(const spil_csr *g, const uint32_t *community,
                                spil_position *position, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_blocks *blocks = NULL;
    uint32_t *links = NULL, most = 0;
    parts p = {NULL, NULL, NULL};
    for (spil_vid v = 0; v < g->n; v++)
        most = community[v] > most ? community[v] : most;
    TRY(NEW_ARRAY(links, (size_t)most + 1, err));
    TRY(NEW_ARRAY(p.root, g->n, err));
    TRY(NEW_ARRAY(p.below, g->n, err));
    TRY(NEW_ARRAY(p.largest, g->n, err));
    TRY(spil_blocks_find(&blocks, g, err));
    for (spil_vid v = 0; v < g->n; v++)
        position[v] = (spil_position){0};
    find_parts(blocks, &p, position);
    for (spil_vid v = 0; v < g->n; v++)
        find_mixture(g, community, v, links, &position[v]);
done:
    spil_blocks_free(blocks);
    spil_free(links);
    spil_free(p.root);
    spil_free(p.below);
    spil_free(p.largest);
    return rc;
}
