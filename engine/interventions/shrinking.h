/* shrinking.h - a network that loses vertices, with the distance between any two kept true.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A vertex of degree 1 is folded into its neighbour and counts in its mass; the rest, the core, has
 * numbers of its own, rows that grow shorter, and a row of distances each.
 *
 *     o - a - b - c      core a b c; mass(a) = 3, the others 1
 *     o -´     \ /       far[a] = 0 1 2 2 ...
 *               d
 *
 * When v goes, the distance from s to t can change only where v lay between them:
 * far(s, v) + far(v, t) = far(s, t). Among those, level by level, one that still has a neighbour a
 * step nearer to s keeps its distance; the others get theirs from their neighbours, nearest first
 * (Ramalingam & Reps 1996, J. Algorithms 21:267).
 *
 * A byte a distance: n^2 bytes. Distances up to SPIL_SHRINKING_FARTHEST.
 */
#ifndef SPIL_INTERVENTIONS_SHRINKING_H
#define SPIL_INTERVENTIONS_SHRINKING_H

#include "engine/graph/csr.h"

enum { SPIL_SHRINKING_FARTHEST = 120, SPIL_SHRINKING_APART = 255 };

/* Open struct: read by others, changed by the functions below alone. */
typedef struct spil_shrinking {
    spil_vid n;       /* of the core */
    size_t stride;    /* bytes a row of far, a multiple of 64 */
    spil_eid *row;    /* n: first entry of the row */
    spil_vid *degree; /* n: entries that are left */
    spil_vid *col;
    spil_eid entries; /* at the start */
    double *mass;     /* n: itself and its leaves; 0: gone or folded */
    uint8_t *far;     /* n rows; APART also to those gone or folded */
    spil_vid *name;   /* n: number in the whole graph */
    spil_vid *place;  /* by vertex of the whole graph: its core number, of a leaf its neighbour's */
    spil_vid whole;   /* vertices of the whole graph */
} spil_shrinking;

/* Errors: SPIL_LIMIT when a distance is too long for a byte, or far would take more than `most`
 * bytes. */
spil_status spil_shrinking_new(spil_shrinking **out, const spil_csr *g, size_t most,
                               spil_err *err) SPIL_CHECKED;
void spil_shrinking_free(spil_shrinking *net);

static inline uint8_t *spil_shrinking_far(const spil_shrinking *net, spil_vid from)
{
    return net->far + from * net->stride;
}

/* The memory of one thread for spil_shrinking_move. */
typedef struct spil_mover spil_mover;
spil_status spil_mover_new(spil_mover **out, const spil_shrinking *net, spil_err *err) SPIL_CHECKED;
void spil_mover_free(spil_mover *mover);

/* Those between whom and s v lies, ascending, v itself left out; list: n of the caller. Only while
 * s and v are connected and s != v. Returns how many. */
spil_vid spil_shrinking_beyond(const spil_shrinking *net, spil_vid s, spil_vid v, spil_vid *list);

/* The row of s after v will have gone; beyond: of spil_shrinking_beyond. Rows of different s may be
 * moved at once. lost: the mass that s no longer reaches, v's left out. False when a distance
 * is too long for a byte: then the rows are of no more use. */
bool spil_shrinking_move(spil_shrinking *net, spil_mover *mover, spil_vid s, spil_vid v,
                         const spil_vid *beyond, spil_vid count, double *lost);

/* v goes, after all other rows connected with it have been moved, and new leaves are folded;
 * folded: called for each. */
void spil_shrinking_drop(spil_shrinking *net, spil_vid v, void (*folded)(void *user, spil_vid leaf),
                         void *user);

#endif
