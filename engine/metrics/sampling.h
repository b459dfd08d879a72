/* sampling.h - what is asked of a sample, and what it says of itself.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_METRICS_SAMPLING_H
#define SPIL_METRICS_SAMPLING_H

#include "engine/base/progress.h"

/* Open struct. error: of the largest value there can be; with the chance confidence no vertex is
 * off by more. seed: of the draws. */
typedef struct spil_sampling {
    double error, confidence;
    uint64_t seed;
    spil_progress *progress;
} spil_sampling;

/* All of it holds at once, with the confidence that was asked for. */
typedef struct spil_sampled {
    uint64_t draws;   /* 0 when nothing was left to draw: the values are exact */
    double error;     /* no vertex is off by more, of the largest value there can be */
    uint32_t ranks;   /* the first so many vertices are in their true order, above all others */
    double top_error; /* largest |value - true| / value of the ten largest */
} spil_sampled;

#endif
