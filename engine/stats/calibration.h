/* calibration.h - do things that are said to happen with chance p happen with chance p?
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     bin 0   [0, 0.1)     said 0.02   happened 0.03   of 4000
 *     bin 1   [0.1, 0.2)   said 0.14   happened 0.11   of 210     ...
 *
 * Brier score: mean of (p - happened)^2 (Brier 1950). Expected calibration error: mean over the
 * predictions of |said - happened| of their bin (Naeini, Cooper & Hauskrecht 2015).
 */
#ifndef SPIL_STATS_CALIBRATION_H
#define SPIL_STATS_CALIBRATION_H

#include <stdbool.h>
#include <stddef.h>

enum { SPIL_CALIBRATION_BINS = 10 };

typedef struct spil_calibration_bin {
    double said, happened; /* means of the bin; 0 when it is empty */
    size_t count;
} spil_calibration_bin;

typedef struct spil_calibration {
    spil_calibration_bin bin[SPIL_CALIBRATION_BINS]; /* equal widths; 1 falls in the last */
    double brier, error;                             /* NaN when count is 0 */
    size_t count;
} spil_calibration;

/* chance[i] in 0..1. */
spil_calibration spil_calibration_of(const double *chance, const bool *happened, size_t count);

#endif
