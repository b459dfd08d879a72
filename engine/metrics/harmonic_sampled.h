/* harmonic_sampled.h - harmonic closeness from sources drawn at random, with a stated error, and
 * the leaders exactly. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * h(v) = sum over s of 1/d(s, v): n times the mean over random s (Eppstein & Wang 2004, JGAA
 * 8:39). The neighbours of v are known, which leaves values of at most 1/2. Sources are drawn from
 * layers: vertices in an order in which neighbours see the graph alike (likeness.h), cut into equal
 * parts, 64 draws from each, so that only the spread within a layer matters. With k draws in all, W
 * the mean of the variances within the layers, R = 1/2 and l = ln(3 n / chance),
 *
 *     |mean - true| <= sqrt(2 W l / k) + R (2 sqrt(64/63) + 1/3) l / k
 *
 * for all v at once but with that chance: Bennett's inequality for independent draws, and Maurer &
 * Pontil's (2009, COLT, theorem 10) for W, whose proof bears layers: what a draw adds to the sum of
 * the layers' variances it adds to that of its own. The first round has as many layers as bring the
 * second part to a third of the error; more rounds are drawn until the error is small enough, and
 * round j may spend 1 / (j (j + 1)) of the chance.
 *
 * The 512 largest are then worked out exactly (Okamoto, Chen & Li 2008, FAW, TOPRANK) in eight more
 * searches (closest.h), so the error is that of the others, which spread less. Leaders above all
 * that the others can be are certain ranks.
 *
 * O(k m / 64) a level, from 64 sources at once (narrow_wave.h); space 34 bytes a vertex beside the
 * rows, which are walked as they are.
 */
#ifndef SPIL_METRICS_HARMONIC_SAMPLED_H
#define SPIL_METRICS_HARMONIC_SAMPLED_H

#include "engine/graph/csr.h"
#include "engine/metrics/sampling.h"

/* value: g->n doubles of the caller. how->error: of n - 1. When more than most draws would be
 * needed, *enough is false, and value holds nothing of use. The same bits for any number of
 * threads. Errors: SPIL_NO_MEMORY, SPIL_CANCELLED, SPIL_RANGE. */
spil_status spil_harmonic_sampled(const spil_csr *g, const spil_sampling *how, uint64_t most,
                                  double *value, spil_sampled *sampled, bool *enough,
                                  spil_err *err) SPIL_CHECKED;

#endif
