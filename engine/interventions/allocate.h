/* allocate.h - one budget of hours over regions: by inhabitants, by risk, by marginal effect.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Hours in a region prevent harm with falling returns:
 *
 *     prevented(x) = harm x reach x (1 - 2^(-x / half))
 *
 * harm: expected without any hours; reach: the part that hours can prevent at all; half: hours that
 * prevent half of that part. Concave, so taking the region whose next hour prevents most, again and
 * again, is optimal (Gross 1956, Fox 1966); for this form the limit of ever smaller steps has a
 * closed solution, in which all regions that get hours have one marginal effect (water filling:
 * Boyd & Vandenberghe 2004, 5.5.3). That is what is used: exact, O(n log n).
 *
 * A division is made once, at the middle of every number; what it achieves is then looked at in
 * draws of harm and half within their ranges, the same draws for all divisions.
 */
#ifndef SPIL_INTERVENTIONS_ALLOCATE_H
#define SPIL_INTERVENTIONS_ALLOCATE_H

#include "engine/base/err.h"
#include "engine/stats/quantile.h"

typedef struct spil_allocate_number {
    double mid, low,
        high; /* 5% and 95% points; 0 < low <= mid <= high; log-normal on either side */
} spil_allocate_number;

typedef struct spil_allocate_region {
    const char *name;   /* borrowed; the draws of a region hang on it */
    double inhabitants; /* >= 0 */
    spil_allocate_number harm, half;
    double reach; /* 0 < reach <= 1 */
} spil_allocate_region;

typedef enum spil_allocate_key {
    SPIL_ALLOCATE_INHABITANTS,
    SPIL_ALLOCATE_RISK,   /* by harm */
    SPIL_ALLOCATE_EFFECT, /* by marginal effect */
    SPIL_ALLOCATE_KEYS
} spil_allocate_key;
/* "inhabitants", "risk", "effect". */
const char *spil_allocate_key_name(spil_allocate_key key);

/* Harm that hours prevent in the region, at the middle of its numbers. hours >= 0. */
double spil_allocate_prevented(const spil_allocate_region *region, double hours);
/* Harm that one more hour would prevent. */
double spil_allocate_marginal(const spil_allocate_region *region, double hours);

/* hours[count], in all `budget` >= 0. SPIL_RANGE when nobody lives anywhere and the key is
 * inhabitants. count > 0. */
spil_status spil_allocate(double *hours, const spil_allocate_region *regions, size_t count,
                          double budget, spil_allocate_key key, spil_err *err) SPIL_CHECKED;

typedef struct spil_allocate_outcome {
    double prevented[SPIL_ALLOCATE_KEYS];  /* at the middle of every number */
    spil_spread drawn[SPIL_ALLOCATE_KEYS]; /* over the draws */
    /* 1 - what the key prevents / what the division by effect prevents; 0 for that itself. In a
     * draw it may be below 0: the division by effect was made without knowing the draw. */
    double price[SPIL_ALLOCATE_KEYS];
    spil_spread price_drawn[SPIL_ALLOCATE_KEYS];
    double least_marginal; /* of effect: what one more hour would prevent */
} spil_allocate_outcome;

/* hours[key][count] as spil_allocate gives them; draws > 0. The same seed gives the same numbers,
 * in whatever order the regions stand but for rounding. */
spil_status spil_allocate_look(spil_allocate_outcome *out, const spil_allocate_region *regions,
                               size_t count, double *const hours[SPIL_ALLOCATE_KEYS], size_t draws,
                               uint64_t seed, spil_err *err) SPIL_CHECKED;

#endif
