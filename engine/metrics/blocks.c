/* blocks.c - see blocks.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/metrics/blocks.h"

#include "engine/base/mem.h"

#include <string.h>

typedef struct search {
    const spil_csr *g;
    spil_blocks *b;
    spil_vid *rank;   /* n: SPIL_NO_VERTEX while unseen */
    spil_vid *low;    /* n */
    spil_eid *cursor; /* n: next entry of the row to look at */
    spil_vid next;    /* rank to give out */
} search;

static void enter(search *s, spil_vid v, spil_vid parent)
{
    s->rank[v] = s->low[v] = s->next;
    s->b->preorder[s->next++] = v;
    s->b->parent[v] = parent;
    s->cursor[v] = s->g->row[v];
}

/* One component; the path from the root down is the chain of parents, so no stack is needed. */
static void visit(search *s, spil_vid root)
{
    spil_vid v = root;
    enter(s, root, SPIL_NO_VERTEX);
    while (v != SPIL_NO_VERTEX) {
        const spil_vid parent = s->b->parent[v];
        if (s->cursor[v] < s->g->row[v + 1]) {
            const spil_vid w = s->g->col[s->cursor[v]++];
            if (s->rank[w] == SPIL_NO_VERTEX) {
                enter(s, w, v);
                v = w;
            } else if (w != parent && s->rank[w] < s->low[v]) {
                s->low[v] = s->rank[w];
            }
        } else {
            if (parent != SPIL_NO_VERTEX && s->low[v] < s->low[parent])
                s->low[parent] = s->low[v];
            v = parent;
        }
    }
}

static bool opens_block(const search *s, spil_vid v)
{
    return s->low[v] >= s->rank[s->b->parent[v]];
}

static void measure(search *s)
{
    spil_blocks *const b = s->b;
    for (spil_vid v = 0; v < b->n; v++)
        b->subtree[v] = 1;
    for (spil_vid r = b->n; r-- > 0;) {
        const spil_vid v = b->preorder[r], parent = b->parent[v];
        if (parent == SPIL_NO_VERTEX)
            continue;
        b->subtree[parent] += b->subtree[v];
        b->count += opens_block(s, v);
    }
}

static void number_blocks(search *s)
{
    spil_blocks *const b = s->b;
    uint32_t next = 0;
    for (spil_vid r = 0; r < b->n; r++) {
        const spil_vid v = b->preorder[r], parent = b->parent[v];
        if (parent == SPIL_NO_VERTEX) {
            b->block[v] = SPIL_NO_BLOCK;
        } else if (opens_block(s, v)) {
            b->block[v] = next;
            b->head[next] = parent;
            b->first[next] = v;
            b->size[next++] = 2;
        } else {
            b->block[v] = b->block[parent];
            b->size[b->block[v]]++;
        }
    }
}

static spil_status allocate(search *s, spil_vid n, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(NEW(s->b, err));
    s->b->n = n;
    TRY(NEW_ARRAY(s->b->preorder, n, err));
    TRY(NEW_ARRAY(s->b->parent, n, err));
    TRY(NEW_ARRAY(s->b->block, n, err));
    TRY(NEW_ARRAY(s->b->subtree, n, err));
    TRY(NEW_ARRAY(s->rank, n, err));
    TRY(NEW_ARRAY(s->low, n, err));
    TRY(NEW_ARRAY(s->cursor, n, err));
    memset(s->rank, 0xff, (size_t)n * sizeof *s->rank);
done:
    return rc;
}

spil_status spil_blocks_find(spil_blocks **out, const spil_csr *g, spil_err *err)
{
    spil_status rc = SPIL_OK;
    search s = {.g = g};
    TRY(allocate(&s, g->n, err));
    for (spil_vid v = 0; v < g->n; v++)
        if (s.rank[v] == SPIL_NO_VERTEX) {
            TRY(spil_check_stop(err));
            visit(&s, v);
        }
    measure(&s);
    TRY(NEW_ARRAY(s.b->head, s.b->count, err));
    TRY(NEW_ARRAY(s.b->first, s.b->count, err));
    TRY(NEW_ARRAY(s.b->size, s.b->count, err));
    number_blocks(&s);
    *out = s.b;
    s.b = NULL;
done:
    spil_blocks_free(s.b);
    spil_free(s.rank);
    spil_free(s.low);
    spil_free(s.cursor);
    return rc;
}

void spil_blocks_free(spil_blocks *blocks)
{
    if (!blocks)
        return;
    spil_free(blocks->preorder);
    spil_free(blocks->parent);
    spil_free(blocks->block);
    spil_free(blocks->subtree);
    spil_free(blocks->head);
    spil_free(blocks->first);
    spil_free(blocks->size);
    spil_free(blocks);
}

/* The blocks that v heads hang below it; what remains of v's subtree lies in its own block. */
void spil_blocks_hangs(const spil_blocks *blocks, uint32_t *hangs)
{
    for (spil_vid v = 0; v < blocks->n; v++)
        hangs[v] = blocks->subtree[v];
    for (spil_vid v = 0; v < blocks->n; v++) { /* take away children in the same block */
        const spil_vid parent = blocks->parent[v];
        if (parent != SPIL_NO_VERTEX && blocks->block[parent] == blocks->block[v])
            hangs[parent] -= blocks->subtree[v];
    }
}

/* A vertex that is in two blocks or more: a head that is also a member, or a head twice. */
void spil_blocks_articulation(const spil_blocks *blocks, uint8_t *is)
{
    for (spil_vid v = 0; v < blocks->n; v++)
        is[v] = blocks->parent[v] == SPIL_NO_VERTEX ? 2 : 0; /* 2: a root, head of no block yet */
    for (uint32_t b = 0; b < blocks->count; b++) {
        uint8_t *const head = &is[blocks->head[b]];
        *head = *head == 2 ? 3 : 1; /* 3: a root that heads one block */
    }
    for (spil_vid v = 0; v < blocks->n; v++)
        is[v] = is[v] == 1;
}

uint32_t spil_blocks_bridges(const spil_blocks *blocks)
{
    uint32_t bridges = 0;
    for (uint32_t b = 0; b < blocks->count; b++)
        bridges += blocks->size[b] == 2;
    return bridges;
}
