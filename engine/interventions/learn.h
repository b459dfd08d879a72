/* learn.h - what was done teaches how well it works, and when there is too little to say.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   posterior   Beta(a + works, b + fails) of an instrument, from the Beta(a, b) of its model
 *   over        rate of success less that of all other instruments together (MOVER on Jeffreys
 *               intervals: Zou & Donner 2008; p: Fisher's exact test, both sides)
 *   difference  of a practice tried in some regions: mean change there less mean change in the
 *               regions without it (difference in differences); bootstrap-t over regions (Hall
 *               1988), p by permutation of the studentised difference (Chung & Romano 2013)
 *
 * A practice is called best only where its interval, at a level shared over all that are judged,
 * excludes zero on the good side and its p after Holm (1979) is at most SPIL_LEARN_ALPHA: on data
 * without any effect the chance that anything at all is promoted is then at most that. What has too
 * few results is not judged and takes no share of the level; that hangs on counts alone.
 */
#ifndef SPIL_INTERVENTIONS_LEARN_H
#define SPIL_INTERVENTIONS_LEARN_H

#include "engine/base/err.h"
#include "engine/stats/bootstrap.h"

#define SPIL_LEARN_ALPHA 0.05
/* Fewer results than this of an instrument (or of all others), or fewer regions on either side, are
 * too few to say. */
enum { SPIL_LEARN_FEWEST = 5 };

typedef enum spil_finding {
    SPIL_FINDING_FEW,   /* too few to say */
    SPIL_FINDING_NONE,  /* no difference shown */
    SPIL_FINDING_BEST,  /* better */
    SPIL_FINDING_WORSE, /* worse */
    SPIL_FINDING_COUNT
} spil_finding;
/* "too few to say", "no difference shown", "better", "worse". */
const char *spil_finding_text(spil_finding finding);

/* Mean and the interval that holds `level` of Beta(a, b), as much on either side. a, b > 0,
 * 0 < level < 1. */
spil_interval spil_beta_interval(double a, double b, double level);

/* p[i] becomes the smallest level at which Holm's procedure rejects it. count >= 0. */
spil_status spil_holm(double *p, size_t count, spil_err *err) SPIL_CHECKED;

/* An instrument: the first four are given, the rest is filled in. */
typedef struct spil_practice {
    double prior_a, prior_b; /* > 0 */
    uint32_t works, fails;
    spil_interval prior, posterior; /* 90% */
    spil_interval over; /* at 1 - SPIL_LEARN_ALPHA / (how many are judged); NaN: not judged */
    double adjusted;    /* p after Holm; NaN: not judged */
    spil_finding finding;
} spil_practice;
spil_status spil_learn_practices(spil_practice *practices, size_t count,
                                 spil_err *err) SPIL_CHECKED;

/* A practice tried in regions: change of each region (after less before, on whatever scale; more is
 * worse), first those with it. All borrowed; the rest is filled in. */
typedef struct spil_comparison {
    const double *treated, *control;
    size_t treated_count, control_count;
    spil_interval difference; /* mean: NaN where a side is empty; ends NaN: not judged */
    double adjusted;          /* p after Holm; NaN: not judged */
    spil_finding finding;     /* BEST: the change is smaller with it */
} spil_comparison;

typedef struct spil_compare_opts {
    size_t resamples; /* >= 99, of bootstrap and permutation each */
    uint64_t seed;
} spil_compare_opts;
#define SPIL_COMPARE_OPTS_DEFAULTS                                                                 \
    {                                                                                              \
        .resamples = 4999, .seed = 1                                                               \
    }
/* Where all changes of both sides are the same there is no spread to judge by: too few. The same
 * seed gives the same numbers. */
spil_status spil_learn_compare(spil_comparison *all, size_t count, const spil_compare_opts *opts,
                               spil_err *err) SPIL_CHECKED;

#endif
