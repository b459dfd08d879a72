/* quantile.c - see quantile.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/stats/quantile.h"

#include "engine/base/par.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <string.h>

spil_spread spil_spread_of(const double *values, size_t count, double *scratch)
{
    memcpy(scratch, values, count * sizeof *values);
    gsl_sort(scratch, 1, count);
    return (spil_spread){
        .p5 = gsl_stats_quantile_from_sorted_data(scratch, 1, count, 0.05),
        .p50 = gsl_stats_quantile_from_sorted_data(scratch, 1, count, 0.50),
        .p95 = gsl_stats_quantile_from_sorted_data(scratch, 1, count, 0.95),
        .mean = spil_ordered_sum(values, count) / (double)count,
    };
}
