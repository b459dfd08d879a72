/* blocks.h - biconnected components: where a graph falls apart when one vertex goes.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A depth-first search gives each vertex its rank and the smallest rank that its subtree reaches by
 * one edge upwards, low (Hopcroft & Tarjan 1973, CACM 16:372). Tree edge parent -> v opens a block
 * when low(v) does not pass parent; otherwise it belongs to the block of the edge above. So a block
 * is known by its non-head vertices, and an edge lies in the block of its end with the larger rank:
 * no stack of edges is kept.
 *
 *         0          block 0: head 0, members 1 2     (triangle)
 *        / \         block 1: head 2, member 3        (bridge)
 *       1 - 2 - 3    articulation points: 2
 *
 * Time O(n + m), space 7 words a vertex.
 */
#ifndef SPIL_METRICS_BLOCKS_H
#define SPIL_METRICS_BLOCKS_H

#include "engine/base/progress.h"
#include "engine/graph/csr.h"

#define SPIL_NO_BLOCK UINT32_MAX /* of a root, and so of an isolated vertex */

/* Open struct. Roots are the smallest vertices of their components. */
typedef struct spil_blocks {
    spil_vid n;
    uint32_t count;     /* blocks; an isolated vertex is in none */
    spil_vid *preorder; /* n: vertices by rank; a component is a run that starts at its root */
    spil_vid *parent;   /* n: in the search tree; SPIL_NO_VERTEX for a root */
    uint32_t *block;    /* n: block of the edge to the parent */
    spil_vid *subtree;  /* n: vertices in the subtree, itself included */
    spil_vid *head;     /* count: the vertex nearest to the root */
    spil_vid *first;    /* count: the one child of the head that lies in the block */
    spil_vid *size;     /* count: vertices, the head included; 2 is a bridge */
} spil_blocks;

spil_status spil_blocks_find(spil_blocks **out, const spil_csr *g, spil_err *err) SPIL_CHECKED;
void spil_blocks_free(spil_blocks *blocks);

/* The block that holds the edge between neighbours u and v. */
static inline uint32_t spil_block_of_edge(const spil_blocks *b, spil_vid u, spil_vid v)
{
    if (b->block[u] == b->block[v] || b->block[v] == SPIL_NO_BLOCK)
        return b->block[u];
    return b->head[b->block[v]] == u ? b->block[v] : b->block[u];
}

/* hangs: n of the caller: how many vertices stand behind v, itself included, seen from the block of
 * its edge to the parent; for a root, all of the component less what its blocks hold. */
void spil_blocks_hangs(const spil_blocks *blocks, uint32_t *hangs);

/* is: n bytes of the caller, 1 where removing the vertex cuts its component. */
void spil_blocks_articulation(const spil_blocks *blocks, uint8_t *is);
uint32_t spil_blocks_bridges(const spil_blocks *blocks);

#endif
