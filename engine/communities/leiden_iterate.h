/* leiden_iterate.h - an iteration of Leiden: from a level down, until every community is one node.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_COMMUNITIES_LEIDEN_ITERATE_H
#define SPIL_COMMUNITIES_LEIDEN_ITERATE_H

#include "engine/communities/leiden.h"
#include "engine/communities/leiden_level.h"

/* What iterations are about: the vertices, or the core groups of several runs. */
typedef struct spil_descent {
    const spil_level *ground;
    uint32_t *of; /* labels of its nodes, below ground->n: to start from, and those reached */
    bool whole;   /* communities became nodes as they were: they may not hang together */
} spil_descent;

/* For graphs of n vertices. two: with two masses. */
spil_status spil_leiden_work_new(spil_leiden_work **out, spil_vid n, bool two,
                                 spil_err *err) SPIL_CHECKED;
void spil_leiden_work_free(spil_leiden_work *work);

/* One iteration. descents: how often it goes down from the first level above the ground, each time
 * from the result of the last; at least 1. */
spil_status spil_leiden_iterate(spil_leiden_work *work, spil_descent *way, unsigned descents,
                                uint64_t seed, spil_err *err) SPIL_CHECKED;

/* Labels below n become 0.. without gaps, in the order of the first that has each. number: n,
 * scratch. Returns how many there are. */
uint32_t spil_leiden_number(uint32_t *of, uint32_t *number, spil_vid n);

/* Sees to it that communities of the vertices hang together, and numbers them. *quality is set anew
 * when they did not. */
spil_status spil_leiden_finish(const spil_leiden *leiden, spil_leiden_work *work,
                               const spil_descent *way, double *quality,
                               spil_err *err) SPIL_CHECKED;

#endif
