/* parts.h - the blocks of a graph as graphs of their own, with what hangs on each vertex as a
 * weight. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For betweenness (Puzis et al. 2012; Sariyuce et al. 2013): a shortest path that enters a block
 * does so through one of its vertices, so within the block a vertex x stands for all that hangs on
 * it: target(x) vertices, of which source(x) are chosen as sources, x itself included.
 *
 *      o - o           block of the triangle 1 2 3:
 *          |           target(1) = 3, target(2) = 1, target(3) = 2
 *      o - 1 - 2
 *           \ /        paths between the things that hang on 1 itself, or on 1 and on another block
 *            3 - o     at 1, all pass 1: spil_parts_add_joints counts them without a search.
 *
 * Blocks of two vertices (bridges) vanish: so trees fold by themselves. Within a block vertices are
 * renamed in the order of a breadth-first search, so that neighbours stand near each other.
 */
#ifndef SPIL_METRICS_PARTS_H
#define SPIL_METRICS_PARTS_H

#include "engine/metrics/blocks.h"

/* One block of three vertices or more. Open struct; the arrays lie in those of spil_parts. */
typedef struct spil_part {
    spil_vid n;
    const spil_eid *row; /* n + 1, offsets into col */
    const spil_vid *col;
    const spil_vid *name; /* n: vertex of the whole graph */
    const double *source; /* n: whole numbers */
    const double *target; /* n */
    const double *copies; /* n: how many alike each stands for (twins.h); NULL: one each */
} spil_part;

typedef struct spil_parts {
    uint32_t count;
    spil_part *part; /* count, the largest first */
    spil_blocks *blocks;
    spil_eid *row;
    spil_vid *col, *name;
    double *source, *target;
    double *joint; /* n of the whole graph: see spil_parts_add_joints */
} spil_parts;

/* is_source: n flags, or NULL: all. */
spil_status spil_parts_split(spil_parts **out, const spil_csr *g, const uint8_t *is_source,
                             spil_err *err) SPIL_CHECKED;
void spil_parts_free(spil_parts *parts);

/* value[v] += number of ordered pairs (source, target), both != v, in different blocks' sides of v.
 */
void spil_parts_add_joints(const spil_parts *parts, double *value);

#endif
