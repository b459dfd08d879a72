/* proportion.h - how far a share that was counted can be from the true one.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Exact for any share and number of draws (Clopper & Pearson 1934, Biometrika 26:404): with so many
 * hits, low is where as many or more have the chance chance / 2, high where as few or fewer have.
 */
#ifndef SPIL_STATS_PROPORTION_H
#define SPIL_STATS_PROPORTION_H

#include <stdbool.h>
#include <stdint.h>

typedef struct spil_proportion {
    double low, high; /* the true share is outside with at most the chance given */
} spil_proportion;

/* hits <= draws, draws > 0, 0 < chance < 1. */
spil_proportion spil_proportion_of(uint64_t hits, uint64_t draws, double chance);

/* Is the interval within hits / draws +- error? Cheaper than the interval. error > 0. */
bool spil_proportion_within(uint64_t hits, uint64_t draws, double error, double chance);

#endif
