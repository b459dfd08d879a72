/* bulk.h - chances of many chains in all draws, and nothing else of them.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The same numbers, to the bit, as the trial (trial.h) gives, for pairs of which nobody asks who
 * holds what. What makes it quick: a number stands in a row of its own for all draws, so that a
 * step is a few passes over rows; a step without evidence is the same for all communities, so it is
 * worked out once a model; seats depend on who is there alone, so they are worked out once for each
 * set of those present. Time a pair: O(draws x (required steps + facts)).
 */
#ifndef SPIL_BARRIERS_BULK_H
#define SPIL_BARRIERS_BULK_H

#include "engine/barriers/chain.h"

typedef struct spil_bulk spil_bulk;

/* evidence is borrowed. The table is read by all threads. */
spil_status spil_bulk_new(spil_bulk **out, const spil_evidence *evidence, size_t draws,
                          spil_err *err) SPIL_CHECKED;
void spil_bulk_free(spil_bulk *bulk);

/* Chain and process of the case by draw (draws each). in: by fact of the case, whether its entity
 * is there in each draw (a byte a draw). off: scratch, a byte a fact. */
void spil_bulk_chain(const spil_bulk *bulk, const spil_case *chain_case, const uint8_t *const *in,
                     uint8_t *off, double *chain, double *process);

#endif
