/* sobol.c - see sobol.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/stats/sobol.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_qrng.h>
#include <math.h>
#include <string.h>

spil_status spil_sobol_points(double *points, size_t n, size_t inputs, spil_err *err)
{
    double row[2 * SPIL_SOBOL_INPUTS];
    gsl_qrng *const sequence = gsl_qrng_alloc(gsl_qrng_sobol, (unsigned)(2 * inputs));
    if (!sequence)
        return spil_fail(err, SPIL_NO_MEMORY, "out of memory");
    double *const a = points, *const b = points + n * inputs;
    for (size_t k = 0; k < n; k++) {
        if (gsl_qrng_get(sequence, row) != GSL_SUCCESS) {
            gsl_qrng_free(sequence);
            return spil_fail(err, SPIL_MATH, "no more points of the Sobol sequence");
        }
        memcpy(a + k * inputs, row, inputs * sizeof *row);
        memcpy(b + k * inputs, row + inputs, inputs * sizeof *row);
    }
    gsl_qrng_free(sequence);
    for (size_t i = 0; i < inputs; i++) {
        double *const mixed = points + (2 + i) * n * inputs;
        memcpy(mixed, a, n * inputs * sizeof *a);
        for (size_t k = 0; k < n; k++)
            mixed[k * inputs + i] = b[k * inputs + i];
    }
    return SPIL_OK;
}

void spil_sobol_indices(const double *answer, size_t n, size_t inputs, double *first, double *total)
{
    const double *const a = answer, *const b = answer + n;
    double mean = 0, variance = 0;
    for (size_t k = 0; k < 2 * n; k++)
        mean += answer[k];
    mean /= (double)(2 * n);
    for (size_t k = 0; k < 2 * n; k++)
        variance += (answer[k] - mean) * (answer[k] - mean);
    variance /= (double)(2 * n);
    for (size_t i = 0; i < inputs; i++) {
        const double *const mixed = answer + (2 + i) * n;
        double alone = 0, rest = 0;
        for (size_t k = 0; k < n; k++) {
            alone += (b[k] - mean) * (mixed[k] - a[k]); /* centred: less noise, same mean */
            rest += (a[k] - mixed[k]) * (a[k] - mixed[k]);
        }
        first[i] = variance > 0 ? alone / (double)n / variance : (double)NAN;
        total[i] = variance > 0 ? rest / (double)(2 * n) / variance : (double)NAN;
    }
}
