/* removal_walk.h - what curves of vertices and curves of links share; for removal*.c alone.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_INTERVENTIONS_REMOVAL_WALK_H
#define SPIL_INTERVENTIONS_REMOVAL_WALK_H

#include "engine/interventions/removal.h"
#include "engine/interventions/sets.h"

/* Removals in order, and how to undo the i-th. */
typedef struct spil_walk {
    const spil_csr *g;
    const void *order;
    size_t count, block;
    void (*back)(spil_sets *sets, const spil_csr *g, const void *order, size_t i);
} spil_walk;

/* Removals made at this point of a curve. */
size_t spil_block_end(size_t point, size_t count, size_t block);
spil_status spil_curve_new(spil_curve **out, size_t count, size_t block,
                           spil_err *err) SPIL_CHECKED;
/* sets hold what is left at the end; fills all of curve but efficiency. */
void spil_walk_back(spil_curve *curve, spil_sets *sets, const spil_walk *walk);
spil_curve_point spil_sets_look(const spil_sets *sets, size_t removed);
/* Mean of 1 / d over the pairs of those whose score is not NaN. copy: n. */
double spil_mean_nearness(const double *score, spil_vid n, double *copy);

#endif
