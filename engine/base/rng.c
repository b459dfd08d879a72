/* rng.c - see rng.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/base/rng.h"

static uint64_t splitmix(uint64_t *state)
{
    uint64_t z = (*state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

spil_rng spil_rng_stream(uint64_t seed, uint64_t stream)
{
    uint64_t state = seed;
    uint64_t mixed = splitmix(&state) ^ (stream * UINT64_C(0xd1342543de82ef95) + 1);
    spil_rng rng;
    for (int i = 0; i < 4; i++)
        rng.s[i] = splitmix(&mixed);
    return rng;
}

static uint64_t rotate(uint64_t x, int k)
{
    return (x << k) | (x >> (64 - k));
}

uint64_t spil_rng_u64(spil_rng *rng)
{
    uint64_t *const s = rng->s;
    const uint64_t result = rotate(s[0] + s[3], 23) + s[0];
    const uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45);
    return result;
}

double spil_rng_unit(spil_rng *rng)
{
    return (double)(spil_rng_u64(rng) >> 11) * 0x1.0p-53;
}

uint64_t spil_rng_below(spil_rng *rng, uint64_t bound)
{
    const uint64_t reject_below = (0 - bound) % bound; /* 2^64 mod bound */
    for (;;) {
        const uint64_t x = spil_rng_u64(rng);
        if (x >= reject_below)
            return x % bound;
    }
}
