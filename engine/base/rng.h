/* rng.h - random streams: one for each (seed, stream) pair, the same on every machine and thread
 * count. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * xoshiro256++ (Blackman & Vigna 2021, ACM TOMS 47:36) seeded through SplitMix64. Parallel code
 * takes the stream number from the item (draw, vertex), never from the thread. engine/stats/draw.h
 * lends it to GSL for distributions.
 */
#ifndef SPIL_BASE_RNG_H
#define SPIL_BASE_RNG_H

#include <stdint.h>

typedef struct spil_rng {
    uint64_t s[4];
} spil_rng;

spil_rng spil_rng_stream(uint64_t seed, uint64_t stream);
uint64_t spil_rng_u64(spil_rng *rng);
double spil_rng_unit(spil_rng *rng);                    /* [0, 1), 53 bits */
uint64_t spil_rng_below(spil_rng *rng, uint64_t bound); /* 0..bound-1, without bias; bound > 0 */

#endif
