/* dice.h - small draws from a random stream. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Integers, comparisons and sums alone: no logarithm, no power, so that the region is the same byte
 * for byte whichever mathematics library is below. (One thing needs an exponential, the true ratio
 * of noise.h: there a last bit tips a draw once in 10^15.)
 */
#ifndef SPIL_GENERATE_DICE_H
#define SPIL_GENERATE_DICE_H

#include "engine/base/rng.h"

#include <stdbool.h>

static inline bool spil_gen_chance(spil_rng *rng, double p)
{
    return spil_rng_unit(rng) < p;
}

/* low..high, both included; low <= high. */
static inline uint32_t spil_gen_between(spil_rng *rng, uint32_t low, uint32_t high)
{
    return low + (uint32_t)spil_rng_below(rng, (uint64_t)(high - low) + 1);
}

static inline double spil_gen_real(spil_rng *rng, double low, double high)
{
    return low + (high - low) * spil_rng_unit(rng);
}

/* How many of a rate a cell gets: the whole part, and one more with the chance of the rest. */
static inline uint32_t spil_gen_count(spil_rng *rng, double rate)
{
    const uint32_t whole = (uint32_t)rate;
    return whole + (spil_gen_chance(rng, rate - (double)whole) ? 1 : 0);
}

#endif
