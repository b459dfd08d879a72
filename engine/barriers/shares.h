/* shares.h - a joint fall divided over its causes. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shapley 1953: the share of a cause is what it adds to the fall, averaged over all orders in which
 * the causes can be taken away. The shares add up to the whole, equal causes get equal shares, and
 * one that adds nothing gets none. Exact up to SPIL_SHARES_EXACT causes (2^k values); beyond it
 * two opposite random orders a draw, which add up to the whole as well, and average out over draws.
 */
#ifndef SPIL_BARRIERS_SHARES_H
#define SPIL_BARRIERS_SHARES_H

#include "engine/base/rng.h"

#include <stddef.h>

enum { SPIL_SHARES_EXACT = 5 };

/* share[i] += exact share. fall: 2^count values, bit i of the index: cause i is taken away; fall[0]
 * is 0. count <= SPIL_SHARES_EXACT. */
void spil_shares_exact(const double *fall, size_t count, double *share);
/* A random order of 0..count-1 (Fisher & Yates). */
void spil_shares_order(uint32_t *order, size_t count, spil_rng *rng);

#endif
