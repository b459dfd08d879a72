/* parts.c - see parts.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/metrics/parts.h"

#include "engine/base/mem.h"

#include <string.h>

typedef struct splitting {
    const spil_csr *g;
    const spil_blocks *blocks;
    spil_parts *parts;
    double *below;   /* n: sources in the subtree */
    spil_vid *root;  /* n: root of the component */
    spil_vid *local; /* n: number within the block of which v is a member; SPIL_NO_VERTEX before */
    spil_vid *queue; /* n */
    spil_eid *place; /* cursors while rows are filled */
} splitting;

/* ---- weights: what hangs on a vertex, seen from a block ---- */

static void sum_subtrees(splitting *s, const uint8_t *is_source)
{
    const spil_blocks *const b = s->blocks;
    for (spil_vid v = 0; v < b->n; v++)
        s->below[v] = !is_source || is_source[v];
    for (spil_vid r = b->n; r-- > 0;) {
        const spil_vid v = b->preorder[r];
        if (b->parent[v] != SPIL_NO_VERTEX)
            s->below[b->parent[v]] += s->below[v];
    }
    for (spil_vid r = 0; r < b->n; r++) {
        const spil_vid v = b->preorder[r];
        s->root[v] = b->parent[v] == SPIL_NO_VERTEX ? v : s->root[b->parent[v]];
    }
}

typedef struct weights {
    double source, target;
} weights;

static weights subtree_of(const splitting *s, spil_vid v)
{
    return (weights){s->below[v], s->blocks->subtree[v]};
}

/* All that hangs on the head of block b, b's own side left out. */
static weights at_head(const splitting *s, uint32_t b)
{
    const weights all = subtree_of(s, s->root[s->blocks->head[b]]);
    const weights side = subtree_of(s, s->blocks->first[b]);
    return (weights){all.source - side.source, all.target - side.target};
}

/* member_source: as spil_blocks_hangs, of the sources alone. */
static void set_member_sources(splitting *s, double *source)
{
    const spil_blocks *const b = s->blocks;
    for (spil_vid v = 0; v < b->n; v++)
        source[v] = s->below[v];
    for (spil_vid v = 0; v < b->n; v++) { /* take away children in the same block */
        const spil_vid parent = b->parent[v];
        if (parent != SPIL_NO_VERTEX && b->block[parent] == b->block[v])
            source[parent] -= s->below[v];
    }
}

/* Sides of v: one a block it lies in. With S and T all sources and targets but v, pairs in
 * different sides = S T - sum over sides of s t. */
static void count_joints(splitting *s, const uint8_t *is_source, const double *member_source,
                         const uint32_t *member_target)
{
    const spil_blocks *const b = s->blocks;
    double *const joint = s->parts->joint;
    for (spil_vid v = 0; v < b->n; v++) {
        const weights all = subtree_of(s, s->root[v]);
        const double self = !is_source || is_source[v];
        joint[v] = (all.source - self) * (all.target - 1);
        if (b->parent[v] != SPIL_NO_VERTEX)
            joint[v] -= (all.source - member_source[v]) * (all.target - member_target[v]);
    }
    for (uint32_t k = 0; k < b->count; k++) {
        const weights side = subtree_of(s, b->first[k]);
        joint[b->head[k]] -= side.source * side.target;
    }
}

/* ---- local graphs ---- */

/* Local names by breadth-first search from the head: queue[0..size). */
static void name_members(splitting *s, uint32_t block)
{
    const spil_csr *const g = s->g;
    const spil_blocks *const b = s->blocks;
    const spil_vid head = b->head[block];
    spil_vid end = 1, at = 0;
    s->queue[0] = head;
    /* The head may have neighbours in thousands of blocks: start from the one child instead. */
    s->queue[end++] = b->first[block];
    s->local[b->first[block]] = 1;
    for (at = 1; at < end; at++)
        for (spil_eid i = g->row[s->queue[at]]; i < g->row[s->queue[at] + 1]; i++) {
            const spil_vid u = g->col[i];
            if (u != head && b->block[u] == block && s->local[u] == SPIL_NO_VERTEX) {
                s->local[u] = end;
                s->queue[end++] = u;
            }
        }
}

/* Local number of neighbour u of a member of block, or SPIL_NO_VERTEX when the edge is elsewhere.
 */
static spil_vid local_name(const splitting *s, uint32_t block, spil_vid u)
{
    if (u == s->blocks->head[block])
        return 0;
    return s->blocks->block[u] == block ? s->local[u] : SPIL_NO_VERTEX;
}

/* Rows of the block, ascending: reading the vertices in order and appending each to the rows of its
 * neighbours sorts by itself. The head's row comes from its neighbours' rows. */
static spil_eid fill_rows(splitting *s, uint32_t block, spil_vid size, spil_eid *row, spil_vid *col)
{
    const spil_csr *const g = s->g;
    memset(s->place, 0, (size_t)size * sizeof *s->place);
    for (spil_vid x = 1; x < size; x++)
        for (spil_eid i = g->row[s->queue[x]]; i < g->row[s->queue[x] + 1]; i++) {
            const spil_vid y = local_name(s, block, g->col[i]);
            if (y != SPIL_NO_VERTEX) {
                s->place[x]++;
                s->place[0] += y == 0;
            }
        }
    row[0] = 0;
    for (spil_vid x = 0; x < size; x++) {
        row[x + 1] = row[x] + s->place[x];
        s->place[x] = row[x];
    }
    for (spil_vid x = 1; x < size; x++) /* the head is the first in the rows that hold it */
        for (spil_eid i = g->row[s->queue[x]]; i < g->row[s->queue[x] + 1]; i++)
            if (local_name(s, block, g->col[i]) == 0) {
                col[s->place[x]++] = 0;
                col[s->place[0]++] = x;
            }
    for (spil_vid x = 1; x < size; x++)
        for (spil_eid i = g->row[s->queue[x]]; i < g->row[s->queue[x] + 1]; i++) {
            const spil_vid y = local_name(s, block, g->col[i]);
            if (y != SPIL_NO_VERTEX && y != 0)
                col[s->place[y]++] = x;
        }
    return row[size];
}

static void make_parts(splitting *s, const double *member_source, const uint32_t *member_target)
{
    const spil_blocks *const b = s->blocks;
    spil_parts *const parts = s->parts;
    spil_vid vertices = 0;
    spil_eid rows = 0, cols = 0;
    for (uint32_t block = 0; block < b->count; block++) {
        const spil_vid size = b->size[block];
        if (size < 3)
            continue;
        name_members(s, block);
        const spil_eid filled = fill_rows(s, block, size, parts->row + rows, parts->col + cols);
        for (spil_vid x = 0; x < size; x++) {
            const weights w =
                x == 0 ? at_head(s, block)
                       : (weights){member_source[s->queue[x]], member_target[s->queue[x]]};
            parts->name[vertices + x] = s->queue[x];
            parts->source[vertices + x] = w.source;
            parts->target[vertices + x] = w.target;
        }
        parts->part[parts->count++] = (spil_part){size,
                                                  parts->row + rows,
                                                  parts->col + cols,
                                                  parts->name + vertices,
                                                  parts->source + vertices,
                                                  parts->target + vertices,
                                                  NULL};
        vertices += size;
        rows += (spil_eid)size + 1;
        cols += filled;
    }
}

/* Largest first, so that threads do not end on a large one; stable by selection of the largest
 * alone, since the others are small beside it. */
static void largest_first(spil_parts *parts)
{
    uint32_t largest = 0;
    for (uint32_t i = 1; i < parts->count; i++)
        if (parts->part[i].n > parts->part[largest].n)
            largest = i;
    if (parts->count > 0) {
        const spil_part kept = parts->part[0];
        parts->part[0] = parts->part[largest];
        parts->part[largest] = kept;
    }
}

static spil_status allocate(splitting *s, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_blocks *const b = s->blocks;
    spil_parts *const parts = s->parts;
    size_t vertices = 0, blocks = 0;
    for (uint32_t k = 0; k < b->count; k++)
        if (b->size[k] > 2) {
            vertices += b->size[k];
            blocks++;
        }
    TRY(NEW_ARRAY(parts->part, blocks, err));
    TRY(NEW_ARRAY(parts->row, vertices + blocks, err));
    TRY(NEW_ARRAY(parts->col, 2 * s->g->m, err));
    TRY(NEW_ARRAY(parts->name, vertices, err));
    TRY(NEW_ARRAY(parts->source, vertices, err));
    TRY(NEW_ARRAY(parts->target, vertices, err));
    TRY(NEW_ARRAY(parts->joint, b->n, err));
    TRY(NEW_ARRAY(s->below, b->n, err));
    TRY(NEW_ARRAY(s->root, b->n, err));
    TRY(NEW_ARRAY(s->local, b->n, err));
    TRY(NEW_ARRAY(s->queue, b->n, err));
    TRY(NEW_ARRAY(s->place, b->n, err));
    memset(s->local, 0xff, (size_t)b->n * sizeof *s->local);
done:
    return rc;
}

spil_status spil_parts_split(spil_parts **out, const spil_csr *g, const uint8_t *is_source,
                             spil_err *err)
{
    spil_status rc = SPIL_OK;
    splitting s = {.g = g};
    double *member_source = NULL;
    uint32_t *member_target = NULL;
    TRY(NEW(s.parts, err));
    TRY(spil_blocks_find(&s.parts->blocks, g, err));
    s.blocks = s.parts->blocks;
    TRY(allocate(&s, err));
    TRY(NEW_ARRAY(member_source, g->n, err));
    TRY(NEW_ARRAY(member_target, g->n, err));
    sum_subtrees(&s, is_source);
    set_member_sources(&s, member_source);
    spil_blocks_hangs(s.blocks, member_target);
    count_joints(&s, is_source, member_source, member_target);
    make_parts(&s, member_source, member_target);
    largest_first(s.parts);
    *out = s.parts;
    s.parts = NULL;
done:
    spil_parts_free(s.parts);
    spil_free(s.below);
    spil_free(s.root);
    spil_free(s.local);
    spil_free(s.queue);
    spil_free(s.place);
    spil_free(member_source);
    spil_free(member_target);
    return rc;
}

void spil_parts_free(spil_parts *parts)
{
    if (!parts)
        return;
    spil_blocks_free(parts->blocks);
    spil_free(parts->part);
    spil_free(parts->row);
    spil_free(parts->col);
    spil_free(parts->name);
    spil_free(parts->source);
    spil_free(parts->target);
    spil_free(parts->joint);
    spil_free(parts);
}

void spil_parts_add_joints(const spil_parts *parts, double *value)
{
    for (spil_vid v = 0; v < parts->blocks->n; v++)
        value[v] += parts->joint[v];
}
