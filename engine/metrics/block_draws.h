/* block_draws.h - pairs of vertices within a block, drawn as often as paths between what hangs on
 * them pass it. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The same split as that of parts.h, for those who walk the whole graph and need no rows of a block
 * for themselves: of each block of three vertices or more its members, with the running sum of what
 * hangs on each (Puzis et al. 2012). Eight bytes a vertex are kept.
 */
#ifndef SPIL_METRICS_BLOCK_DRAWS_H
#define SPIL_METRICS_BLOCK_DRAWS_H

#include "engine/base/rng.h"
#include "engine/graph/csr.h"

/* Open struct. */
typedef struct spil_block_draws {
    uint32_t count;      /* blocks of three vertices or more, in the order of the search */
    uint32_t largest;    /* of them, the one with most vertices */
    spil_vid *first;     /* count + 1: where its members start */
    spil_vid *member;    /* first[count] */
    uint32_t *until;     /* first[count]: what hangs on the members of the block up to here */
    double *pairs_until; /* count: ordered pairs of different members, weighted, up to here */
    double pairs;        /* of all blocks */
} spil_block_draws;

/* joints: n of the caller, to which are added the ordered pairs whose paths must pass v since they
 * hang on different sides of it. Errors: SPIL_NO_MEMORY, SPIL_CANCELLED. Caller:
 * spil_block_draws_free. O(n + m). */
spil_status spil_block_draws_new(spil_block_draws **out, const spil_csr *g, double *joints,
                                 spil_err *err) SPIL_CHECKED;
void spil_block_draws_free(spil_block_draws *draws);

/* A block, and two different members of it. count must not be 0. */
uint32_t spil_block_draw(const spil_block_draws *draws, spil_rng *rng, spil_vid *a, spil_vid *b);

#endif
