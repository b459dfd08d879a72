/* quantile.c - see quantile.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Six order statistics by quickselect (Hoare 1961) in O(count), where a sort would be most of the
 * time of a score. The middle is placed first, so that each tail is sought in its own half, and the
 * pivot comes from a small sample at the share that is sought (Floyd & Rivest 1975), so that a
 * round leaves little. Putting the smaller ones first takes no branch: whether a draw is below the
 * pivot nobody can foresee, a processor no more than we.
 */
#include "engine/stats/quantile.h"

#include "engine/base/par.h"

#include <string.h>

enum { SAMPLE = 9, FEW = 24 };

static void sort_few(double *v, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        const double x = v[i];
        size_t j = i;
        for (; j > 0 && v[j - 1] > x; j--)
            v[j] = v[j - 1];
        v[j] = x;
    }
}

/* Those below the pivot come first; how many they are. */
static size_t put_below(double *v, size_t count, double pivot)
{
    size_t below = 0;
    for (size_t i = 0; i < count; i++) {
        const double x = v[i];
        v[i] = v[below];
        v[below] = x;
        below += x < pivot;
    }
    return below;
}

static size_t put_not_above(double *v, size_t count, double pivot)
{
    size_t below = 0;
    for (size_t i = 0; i < count; i++) {
        const double x = v[i];
        v[i] = v[below];
        v[below] = x;
        below += x <= pivot;
    }
    return below;
}

static double choose_pivot(const double *v, size_t count, size_t rank)
{
    double sample[SAMPLE];
    for (size_t i = 0; i < SAMPLE; i++)
        sample[i] = v[(2 * i + 1) * count / (2 * SAMPLE)];
    sort_few(sample, SAMPLE);
    return sample[rank * SAMPLE / count];
}

/* Puts the rank-th smallest of v at v[rank], none larger before it, none smaller behind it. */
static void place(double *v, size_t count, size_t rank)
{
    while (count > FEW) {
        const double pivot = choose_pivot(v, count, rank);
        size_t first = put_below(v, count, pivot);
        if (first > rank) {
            count = first;
            continue;
        }
        v += first;
        count -= first;
        rank -= first;
        first = put_not_above(v, count, pivot); /* all equal to the pivot; 0: it is NaN */
        if (first > rank || first == 0)
            return;
        v += first;
        count -= first;
        rank -= first;
    }
    sort_few(v, count);
}

static double smallest(const double *v, size_t count)
{
    double least = v[0];
    for (size_t i = 1; i < count; i++)
        least = v[i] < least ? v[i] : least;
    return least;
}

/* Where the share lies: between the order statistics below and below + 1. */
static size_t below_of(size_t count, double share)
{
    return (size_t)(share * (double)(count - 1));
}

/* The value at the share, when v[below_of] is in its place; those up to `end` hold the one that
 * follows it. The same number, to the bit, as gsl_stats_quantile_from_sorted_data. */
static double between(const double *v, size_t count, double share, size_t end)
{
    const double index = share * (double)(count - 1);
    const size_t below = below_of(count, share);
    const double rest = index - (double)below;
    if (below == count - 1)
        return v[below];
    return (1 - rest) * v[below] + rest * smallest(v + below + 1, end - below - 1);
}

spil_spread spil_spread_of(const double *values, size_t count, double *scratch)
{
    spil_spread spread = {.mean = spil_ordered_sum(values, count) / (double)count};
    const size_t low = below_of(count, 0.05), middle = below_of(count, 0.50),
                 high = below_of(count, 0.95);
    memcpy(scratch, values, count * sizeof *values);
    place(scratch, count, middle);
    if (low < middle)
        place(scratch, middle, low);
    if (high > middle)
        place(scratch + middle + 1, count - middle - 1, high - middle - 1);
    spread.p5 = between(scratch, count, 0.05, low < middle ? middle + 1 : count);
    spread.p50 = between(scratch, count, 0.50, high > middle ? high + 1 : count);
    spread.p95 = between(scratch, count, 0.95, count);
    return spread;
}
