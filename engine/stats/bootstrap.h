/* bootstrap.h - how far a mean could have come out otherwise. SPDX-License-Identifier:
 * GPL-3.0-or-later
 */
#ifndef SPIL_STATS_BOOTSTRAP_H
#define SPIL_STATS_BOOTSTRAP_H

#include "engine/base/err.h"

/* Mean of the values and the 2.5% and 97.5% points of the means of `resamples` samples drawn from
 * them with replacement (percentile bootstrap, Efron 1979; GSL draws the samples). */
typedef struct spil_interval {
    double mean, low, high;
} spil_interval;

/* count > 0, resamples > 0. The same seed gives the same interval. */
spil_status spil_bootstrap_mean(spil_interval *out, const double *values, size_t count,
                                size_t resamples, uint64_t seed, spil_err *err) SPIL_CHECKED;

#endif
