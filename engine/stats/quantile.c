/* quantile.c - see quantile.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Six order statistics by quickselect (Hoare 1961) in O(count), where a sort would be most of the
 * time of a score.
 */
#include "engine/stats/quantile.h"

#include "engine/base/par.h"

#include <gsl/gsl_statistics_double.h>
#include <string.h>

/* Of values in scratch, which it puts in another order. The same number, to the bit, as
 * gsl_stats_quantile_from_sorted_data. */
static double quantile(double *scratch, size_t count, double share)
{
    const double index = share * (double)(count - 1);
    const size_t below = (size_t)index;
    const double rest = index - (double)below;
    const double low = gsl_stats_select(scratch, 1, count, below);
    if (below == count - 1)
        return low;
    const double high = gsl_stats_select(scratch, 1, count, below + 1);
    return (1 - rest) * low + rest * high;
}

spil_spread spil_spread_of(const double *values, size_t count, double *scratch)
{
    spil_spread spread = {.mean = spil_ordered_sum(values, count) / (double)count};
    memcpy(scratch, values, count * sizeof *values);
    spread.p50 = quantile(scratch, count, 0.50);
    spread.p5 = quantile(scratch, count, 0.05);
    spread.p95 = quantile(scratch, count, 0.95);
    return spread;
}
