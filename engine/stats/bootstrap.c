/* bootstrap.c - see bootstrap.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/stats/bootstrap.h"

#include "engine/base/mem.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics.h>

spil_status spil_bootstrap_mean(spil_interval *out, const double *values, size_t count,
                                size_t resamples, uint64_t seed, spil_err *err)
{
    spil_status rc = SPIL_OK;
    double *sample = NULL, *mean = NULL;
    gsl_rng *rng = NULL;
    TRY(NEW_ARRAY(sample, count, err));
    TRY(NEW_ARRAY(mean, resamples, err));
    rng = gsl_rng_alloc(gsl_rng_mt19937);
    if (!rng) {
        rc = spil_fail(err, SPIL_NO_MEMORY, "out of memory");
        goto done;
    }
    gsl_rng_set(rng, (unsigned long)(seed & 0xffffffffu));
    for (size_t r = 0; r < resamples; r++) {
        /* GSL takes the source without const, and only reads it */
        gsl_ran_sample(rng, sample, count, (void *)(uintptr_t)values, count, sizeof *values);
        mean[r] = gsl_stats_mean(sample, 1, count);
    }
    gsl_sort(mean, 1, resamples);
    *out = (spil_interval){.mean = gsl_stats_mean(values, 1, count),
                           .low = gsl_stats_quantile_from_sorted_data(mean, 1, resamples, 0.025),
                           .high = gsl_stats_quantile_from_sorted_data(mean, 1, resamples, 0.975)};
done:
    if (rng)
        gsl_rng_free(rng);
    spil_free(sample);
    spil_free(mean);
    return rc;
}
