/* learn.c - see learn.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/interventions/learn.h"

#include "engine/base/mem.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics.h>
#include <math.h>
#include <string.h>

const char *spil_finding_text(spil_finding finding)
{
    static const char *const texts[SPIL_FINDING_COUNT] = {[SPIL_FINDING_FEW] = "too few to say",
                                                          [SPIL_FINDING_NONE] =
                                                              "no difference shown",
                                                          [SPIL_FINDING_BEST] = "better",
                                                          [SPIL_FINDING_WORSE] = "worse"};
    return texts[finding];
}

spil_interval spil_beta_interval(double a, double b, double level)
{
    const double tail = (1 - level) / 2;
    return (spil_interval){.mean = a / (a + b),
                           .low = gsl_cdf_beta_Pinv(tail, a, b),
                           .high = gsl_cdf_beta_Qinv(tail, a, b)};
}

spil_status spil_holm(double *p, size_t count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    size_t *order = NULL;
    double so_far = 0;
    TRY(NEW_ARRAY(order, count, err));
    gsl_sort_index(order, p, 1, count);
    for (size_t i = 0; i < count; i++) {
        const double here = fmin(1, (double)(count - i) * p[order[i]]);
        so_far = fmax(so_far, here);
        p[order[i]] = so_far;
    }
done:
    spil_free(order);
    return rc;
}

/* The finding of an interval and its p: more is better when `more_is_better`. */
static spil_finding judge(const spil_interval *interval, double adjusted, bool more_is_better)
{
    if (!(adjusted <= SPIL_LEARN_ALPHA) || (interval->low <= 0 && interval->high >= 0))
        return SPIL_FINDING_NONE;
    return (interval->low > 0) == more_is_better ? SPIL_FINDING_BEST : SPIL_FINDING_WORSE;
}

/* ---- instruments ---- */

typedef struct tally {
    uint32_t works, fails;
} tally;

/* Fisher's exact test, both sides: twice the smaller tail. */
static double fisher(tally own, tally others)
{
    const unsigned works = own.works + others.works, fails = own.fails + others.fails;
    const unsigned tried = own.works + own.fails;
    const double at_most = gsl_cdf_hypergeometric_P(own.works, works, fails, tried);
    const double as_many =
        own.works == 0 ? 1 : gsl_cdf_hypergeometric_Q(own.works - 1, works, fails, tried);
    return fmin(1, 2 * fmin(at_most, as_many));
}

static double rate(tally t)
{
    return (double)t.works / ((double)t.works + (double)t.fails);
}

static spil_interval rate_less(tally own, tally others, double level)
{
    const spil_interval a = spil_beta_interval(own.works + 0.5, own.fails + 0.5, level);
    const spil_interval b = spil_beta_interval(others.works + 0.5, others.fails + 0.5, level);
    const double p = rate(own), q = rate(others), d = p - q;
    /* at 0 and 1 the Jeffreys interval may leave the rate itself outside: it counts as its end */
    return (spil_interval){.mean = d,
                           .low = d - hypot(fmax(0, p - a.low), fmax(0, b.high - q)),
                           .high = d + hypot(fmax(0, a.high - p), fmax(0, q - b.low))};
}

static tally tally_of(const spil_practice *p)
{
    return (tally){p->works, p->fails};
}

static bool enough(tally own, tally others)
{
    return own.works + own.fails >= SPIL_LEARN_FEWEST &&
           others.works + others.fails >= SPIL_LEARN_FEWEST;
}

spil_status spil_learn_practices(spil_practice *practices, size_t count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    double *p = NULL;
    tally all = {0};
    size_t judged = 0, at = 0;
    TRY(NEW_ARRAY(p, count, err));
    for (size_t i = 0; i < count; i++) {
        all.works += practices[i].works;
        all.fails += practices[i].fails;
    }
    for (size_t i = 0; i < count; i++) {
        spil_practice *const each = &practices[i];
        const tally own = tally_of(each);
        const tally others = {all.works - own.works, all.fails - own.fails};
        each->prior = spil_beta_interval(each->prior_a, each->prior_b, 0.9);
        each->posterior =
            spil_beta_interval(each->prior_a + own.works, each->prior_b + own.fails, 0.9);
        each->over = (spil_interval){(double)NAN, (double)NAN, (double)NAN};
        each->adjusted = (double)NAN;
        each->finding = enough(own, others) ? SPIL_FINDING_NONE : SPIL_FINDING_FEW;
        if (each->finding != SPIL_FINDING_FEW)
            p[judged++] = fisher(own, others);
    }
    TRY(spil_holm(p, judged, err));
    for (size_t i = 0; i < count; i++) {
        spil_practice *const each = &practices[i];
        const tally own = tally_of(each);
        if (each->finding == SPIL_FINDING_FEW)
            continue;
        each->adjusted = p[at++];
        each->over = rate_less(own, (tally){all.works - own.works, all.fails - own.fails},
                               1 - SPIL_LEARN_ALPHA / (double)judged);
        each->finding = judge(&each->over, each->adjusted, true);
    }
done:
    spil_free(p);
    return rc;
}

/* ---- before and after, with and without ---- */

typedef struct bench {
    gsl_rng *rng;
    double *pool, *sample, *t; /* pool, sample: room for both sides; t: resamples */
    size_t room;
} bench;

/* Difference of means and its standard error (Welch). */
typedef struct gap {
    double mean, error;
} gap;

static gap gap_of(const double *treated, size_t m, const double *control, size_t n)
{
    const double a = gsl_stats_mean(treated, 1, m), b = gsl_stats_mean(control, 1, n);
    const double va = gsl_stats_variance_m(treated, 1, m, a);
    const double vb = gsl_stats_variance_m(control, 1, n, b);
    return (gap){a - b, sqrt(va / (double)m + vb / (double)n)};
}

static double studentised(gap g, double centre)
{
    const double from = g.mean - centre;
    if (g.error > 0)
        return from / g.error;
    return from == 0 ? 0 : copysign(HUGE_VAL, from);
}

static void resample(const bench *b, double *out, const double *values, size_t count)
{
    /* GSL takes the source without const, and only reads it */
    gsl_ran_sample(b->rng, out, count, (void *)(uintptr_t)values, count, sizeof *values);
}

static spil_interval interval_of(const bench *b, const spil_comparison *c, size_t resamples,
                                 double level)
{
    const size_t m = c->treated_count, n = c->control_count;
    const gap seen = gap_of(c->treated, m, c->control, n);
    for (size_t r = 0; r < resamples; r++) {
        resample(b, b->sample, c->treated, m);
        resample(b, b->sample + m, c->control, n);
        b->t[r] = studentised(gap_of(b->sample, m, b->sample + m, n), seen.mean);
    }
    gsl_sort(b->t, 1, resamples);
    /* order statistics, not points between them: an infinite one stays infinite */
    const double tail = (1 - level) / 2;
    const size_t k = (size_t)(tail * (double)(resamples + 1));
    const size_t low = k > 0 ? k - 1 : 0;
    return (spil_interval){.mean = seen.mean,
                           .low = seen.mean - b->t[resamples - 1 - low] * seen.error,
                           .high = seen.mean - b->t[low] * seen.error};
}

/* Share of the ways to say who was treated (drawn, and the one that was) that part them as far. */
static double permuted(const bench *b, const spil_comparison *c, size_t resamples)
{
    const size_t m = c->treated_count, n = c->control_count;
    const double seen = fabs(studentised(gap_of(c->treated, m, c->control, n), 0));
    size_t as_far = 1;
    memcpy(b->pool, c->treated, m * sizeof *b->pool);
    memcpy(b->pool + m, c->control, n * sizeof *b->pool);
    for (size_t r = 0; r < resamples; r++) {
        gsl_ran_shuffle(b->rng, b->pool, m + n, sizeof *b->pool);
        const double t = studentised(gap_of(b->pool, m, b->pool + m, n), 0);
        as_far += fabs(t) >= seen * (1 - 1e-12);
    }
    return (double)as_far / (double)(resamples + 1);
}

static spil_status bench_open(bench *b, const spil_comparison *all, size_t count, size_t resamples,
                              spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (size_t i = 0; i < count; i++) {
        const size_t both = all[i].treated_count + all[i].control_count;
        b->room = both > b->room ? both : b->room;
    }
    TRY(NEW_ARRAY(b->pool, b->room, err));
    TRY(NEW_ARRAY(b->sample, b->room, err));
    TRY(NEW_ARRAY(b->t, resamples, err));
    b->rng = gsl_rng_alloc(gsl_rng_mt19937);
    if (!b->rng)
        rc = spil_fail(err, SPIL_NO_MEMORY, "out of memory");
done:
    return rc;
}

static void bench_close(bench *b)
{
    if (b->rng)
        gsl_rng_free(b->rng);
    spil_free(b->pool);
    spil_free(b->sample);
    spil_free(b->t);
}

/* Before anything is drawn: the mean, and whether there is enough to judge by. */
static void look(spil_comparison *c)
{
    const size_t m = c->treated_count, n = c->control_count;
    c->difference = (spil_interval){(double)NAN, (double)NAN, (double)NAN};
    c->adjusted = (double)NAN;
    c->finding = SPIL_FINDING_FEW;
    if (m > 0 && n > 0)
        c->difference.mean = gsl_stats_mean(c->treated, 1, m) - gsl_stats_mean(c->control, 1, n);
    if (m >= SPIL_LEARN_FEWEST && n >= SPIL_LEARN_FEWEST &&
        gap_of(c->treated, m, c->control, n).error > 0)
        c->finding = SPIL_FINDING_NONE;
}

spil_status spil_learn_compare(spil_comparison *all, size_t count, const spil_compare_opts *opts,
                               spil_err *err)
{
    spil_status rc = SPIL_OK;
    bench b = {0};
    double *p = NULL;
    size_t judged = 0, at = 0;
    TRY(bench_open(&b, all, count, opts->resamples, err));
    TRY(NEW_ARRAY(p, count, err));
    gsl_rng_set(b.rng, (unsigned long)(opts->seed & 0xffffffffu));
    for (size_t i = 0; i < count; i++) {
        look(&all[i]);
        if (all[i].finding != SPIL_FINDING_FEW)
            p[judged++] = permuted(&b, &all[i], opts->resamples);
    }
    TRY(spil_holm(p, judged, err));
    for (size_t i = 0; i < count; i++) {
        spil_comparison *const c = &all[i];
        if (c->finding == SPIL_FINDING_FEW)
            continue;
        c->adjusted = p[at++];
        c->difference = interval_of(&b, c, opts->resamples, 1 - SPIL_LEARN_ALPHA / (double)judged);
        c->finding = judge(&c->difference, c->adjusted, false);
    }
done:
    bench_close(&b);
    spil_free(p);
    return rc;
}
