/* quantile.h - points of a sample. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SPIL_STATS_QUANTILE_H
#define SPIL_STATS_QUANTILE_H

#include <stddef.h>

/* 5%, 50%, 95% points (linear between order statistics: type 7 of Hyndman & Fan 1996) and the mean,
 * which is summed in the order given. */
typedef struct spil_spread {
    double p5, p50, p95, mean;
} spil_spread;

/* values is left as it is; scratch: room for count doubles; count > 0. */
spil_spread spil_spread_of(const double *values, size_t count, double *scratch);

#endif
