/* calibration.c - see calibration.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/stats/calibration.h"

#include <math.h>

spil_calibration spil_calibration_of(const double *chance, const bool *happened, size_t count)
{
    spil_calibration c = {.count = count};
    double squares = 0, gaps = 0;
    for (size_t i = 0; i < count; i++) {
        const double truth = happened[i] ? 1 : 0;
        size_t b = (size_t)(chance[i] * SPIL_CALIBRATION_BINS);
        b = b < SPIL_CALIBRATION_BINS ? b : SPIL_CALIBRATION_BINS - 1;
        c.bin[b].said += chance[i];
        c.bin[b].happened += truth;
        c.bin[b].count++;
        squares += (chance[i] - truth) * (chance[i] - truth);
    }
    for (size_t b = 0; b < SPIL_CALIBRATION_BINS; b++) {
        gaps += fabs(c.bin[b].said - c.bin[b].happened);
        if (c.bin[b].count > 0) {
            c.bin[b].said /= (double)c.bin[b].count;
            c.bin[b].happened /= (double)c.bin[b].count;
        }
    }
    c.brier = count > 0 ? squares / (double)count : (double)NAN;
    c.error = count > 0 ? gaps / (double)count : (double)NAN;
    return c;
}
