/* shares.c - see shares.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/barriers/shares.h"

static unsigned size_of(unsigned mask)
{
    unsigned size = 0;
    for (; mask; mask &= mask - 1)
        size++;
    return size;
}

void spil_shares_exact(const double *fall, size_t count, double *share)
{
    static const double factorial[SPIL_SHARES_EXACT + 1] = {1, 1, 2, 6, 24, 120};
    const unsigned all = 1U << count;
    for (size_t i = 0; i < count; i++) {
        double sum = 0;
        for (unsigned gone = 0; gone < all; gone++) {
            if (gone >> i & 1U)
                continue;
            const unsigned size = size_of(gone);
            sum +=
                factorial[size] * factorial[count - size - 1] * (fall[gone | 1U << i] - fall[gone]);
        }
        share[i] += sum / factorial[count];
    }
}

void spil_shares_order(uint32_t *order, size_t count, spil_rng *rng)
{
    for (uint32_t i = 0; i < count; i++)
        order[i] = i;
    for (size_t i = count; i > 1; i--) {
        const size_t j = (size_t)spil_rng_below(rng, i);
        const uint32_t kept = order[i - 1];
        order[i - 1] = order[j];
        order[j] = kept;
    }
}
