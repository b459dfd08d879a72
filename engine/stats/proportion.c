/* proportion.c - see proportion.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/stats/proportion.h"

#include <math.h>

/* P(X >= hits), X binomial: the terms from `hits` on, each from the one before, until the rest,
 * which a geometric series bounds, does not count any more. hits / draws >= share, so the terms
 * fall. */
static double tail(uint64_t hits, uint64_t draws, double share)
{
    const double n = (double)draws, k = (double)hits, odds = share / (1 - share);
    if (hits == 0)
        return 1;
    if (share <= 0)
        return 0;
    double term = exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + k * log(share) +
                      (n - k) * log1p(-share));
    double sum = term;
    for (double j = k; j < n; j++) {
        const double ratio = (n - j) / (j + 1) * odds;
        term *= ratio;
        sum += term;
        if (ratio < 1 && term * ratio < 1e-12 * sum * (1 - ratio))
            break;
    }
    return sum;
}

static double low_end(uint64_t hits, uint64_t draws, double chance)
{
    double low = 0, high = (double)hits / (double)draws;
    for (int i = 0; i < 50 && high - low > 1e-12; i++) {
        const double middle = (low + high) / 2;
        if (tail(hits, draws, middle) > chance / 2)
            high = middle;
        else
            low = middle;
    }
    return low;
}

spil_proportion spil_proportion_of(uint64_t hits, uint64_t draws, double chance)
{
    return (spil_proportion){low_end(hits, draws, chance),
                             1 - low_end(draws - hits, draws, chance)};
}

bool spil_proportion_within(uint64_t hits, uint64_t draws, double error, double chance)
{
    const double share = (double)hits / (double)draws;
    return (share <= error || tail(hits, draws, share - error) <= chance / 2) &&
           (share + error >= 1 || tail(draws - hits, draws, 1 - share - error) <= chance / 2);
}
