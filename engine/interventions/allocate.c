/* allocate.c - see allocate.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/interventions/allocate.h"

#include "engine/base/mem.h"
#include "engine/stats/draw.h"

#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <math.h>

const char *spil_allocate_key_name(spil_allocate_key key)
{
    static const char *const names[SPIL_ALLOCATE_KEYS] = {"inhabitants", "risk", "effect"};
    return names[key];
}

static double prevented(double harm, double reach, double half, double hours)
{
    return harm * reach * -expm1(-M_LN2 * hours / half);
}

double spil_allocate_prevented(const spil_allocate_region *region, double hours)
{
    return prevented(region->harm.mid, region->reach, region->half.mid, hours);
}

double spil_allocate_marginal(const spil_allocate_region *region, double hours)
{
    return region->harm.mid * region->reach * M_LN2 / region->half.mid *
           exp(-M_LN2 * hours / region->half.mid);
}

/* ---- dividing ---- */

static double weight_of(const spil_allocate_region *region, spil_allocate_key key)
{
    return key == SPIL_ALLOCATE_INHABITANTS ? region->inhabitants : region->harm.mid;
}

static spil_status by_weight(double *hours, const spil_allocate_region *regions, size_t count,
                             double budget, spil_allocate_key key, spil_err *err)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += weight_of(&regions[i], key);
    if (!(sum > 0))
        return spil_fail(err, SPIL_RANGE,
                         "nobody lives in any of the regions; expected at least "
                         "one with inhabitants above 0");
    for (size_t i = 0; i < count; i++)
        hours[i] = budget * weight_of(&regions[i], key) / sum;
    return SPIL_OK;
}

/* Regions join from the steepest start on, until the common marginal effect is above the start of
 * the next. With tau = half / ln 2 and s = marginal(0): x = tau ln(s / level), sum of x = budget.
 */
static spil_status by_effect(double *hours, const spil_allocate_region *regions, size_t count,
                             double budget, spil_err *err)
{
    spil_status rc = SPIL_OK;
    size_t *order = NULL;
    double *start = NULL, taus = 0, weighted = 0, level = 0;
    size_t joined = 0;
    TRY(NEW_ARRAY(order, count, err));
    TRY(NEW_ARRAY(start, count, err));
    for (size_t i = 0; i < count; i++)
        start[i] = -log(spil_allocate_marginal(&regions[i], 0));
    gsl_sort_index(order, start, 1, count);
    while (joined < count && (joined == 0 || -start[order[joined]] > level)) {
        const double tau = regions[order[joined]].half.mid / M_LN2;
        taus += tau;
        weighted += tau * -start[order[joined]];
        level = (weighted - budget) / taus; /* ln of the common marginal effect */
        joined++;
    }
    for (size_t i = 0; i < count; i++)
        hours[i] = fmax(0, regions[i].half.mid / M_LN2 * (-start[i] - level));
done:
    spil_free(order);
    spil_free(start);
    return rc;
}

spil_status spil_allocate(double *hours, const spil_allocate_region *regions, size_t count,
                          double budget, spil_allocate_key key, spil_err *err)
{
    return key == SPIL_ALLOCATE_EFFECT ? by_effect(hours, regions, count, budget, err)
                                       : by_weight(hours, regions, count, budget, key, err);
}

/* ---- what it achieves ---- */

static double drawn(const spil_allocate_number *number, spil_rng *rng)
{
    return exp(spil_draw_log_ratio(rng, number->mid, number->low, number->high));
}

/* Adds the draws of one region to the sums of each key. */
static void add_region(double *sum, const spil_allocate_region *region, size_t at,
                       double *const hours[SPIL_ALLOCATE_KEYS], size_t draws, uint64_t seed)
{
    spil_rng rng = spil_rng_stream(seed, spil_key_text(region->name));
    for (size_t b = 0; b < draws; b++) {
        const double harm = drawn(&region->harm, &rng);
        const double half = drawn(&region->half, &rng);
        for (int k = 0; k < SPIL_ALLOCATE_KEYS; k++)
            sum[(size_t)k * draws + b] += prevented(harm, region->reach, half, hours[k][at]);
    }
}

spil_status spil_allocate_look(spil_allocate_outcome *out, const spil_allocate_region *regions,
                               size_t count, double *const hours[SPIL_ALLOCATE_KEYS], size_t draws,
                               uint64_t seed, spil_err *err)
{
    spil_status rc = SPIL_OK;
    double *sum = NULL, *price = NULL, *scratch = NULL;
    spil_allocate_outcome o = {.least_marginal = 0};
    TRY(NEW_ARRAY(sum, SPIL_ALLOCATE_KEYS * draws, err));
    TRY(NEW_ARRAY(price, draws, err));
    TRY(NEW_ARRAY(scratch, draws, err));
    for (size_t i = 0; i < count; i++) {
        add_region(sum, &regions[i], i, hours, draws, seed);
        for (int k = 0; k < SPIL_ALLOCATE_KEYS; k++)
            o.prevented[k] += spil_allocate_prevented(&regions[i], hours[k][i]);
        o.least_marginal = fmax(
            o.least_marginal, spil_allocate_marginal(&regions[i], hours[SPIL_ALLOCATE_EFFECT][i]));
    }
    const double best = o.prevented[SPIL_ALLOCATE_EFFECT];
    const double *const best_drawn = sum + SPIL_ALLOCATE_EFFECT * draws;
    for (int k = 0; k < SPIL_ALLOCATE_KEYS; k++) {
        const double *const own = sum + (size_t)k * draws;
        for (size_t b = 0; b < draws; b++)
            price[b] = best_drawn[b] > 0 ? 1 - own[b] / best_drawn[b] : 0;
        o.price[k] = best > 0 ? 1 - o.prevented[k] / best : 0;
        o.drawn[k] = spil_spread_of(own, draws, scratch);
        o.price_drawn[k] = spil_spread_of(price, draws, scratch);
    }
    *out = o;
done:
    spil_free(sum);
    spil_free(price);
    spil_free(scratch);
    return rc;
}
