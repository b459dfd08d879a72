/* stopping.c - see stopping.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/metrics/stopping.h"

#include "engine/base/mem.h"
#include "engine/stats/proportion.h"

#include <gsl/gsl_sort_double.h>
#include <math.h>

enum { TOP = 10, CLOSE_LOOK = 256, MOST_RANKS = 4096 };
static const double kept_back = 2.0 / 3; /* of the chance, never spent */
static const double even_part = 0.25;    /* of the chance, spread over all alike */
static const double first_share = 0.8;   /* of the chance, for the first look */
static const double caution = 1.05;      /* the normal is a guess, p another */
static const double root_half = 0.7071067811865476;

static double chance_at(const spil_stopping *s, spil_vid v, unsigned look)
{
    const double part = look == 0 ? first_share : (1 - first_share) / (SPIL_LOOKS - 1);
    return s->chance * part * (double)s->weight[v];
}

/* ---- the plan ---- */

static double off_by_more(double share, double draws, double error)
{
    const double deviation = sqrt(share * (1 - share) / draws) * caution;
    return deviation > 0 ? erfc(error / deviation * root_half) : 0;
}

/* how_many[h]: things with so many hits, h = 0..draws of the first lot. */
static double spent(const uint32_t *how_many, uint64_t lot, double draws, double error)
{
    double sum = 0;
    for (uint64_t h = 1; h < lot; h++)
        if (how_many[h] > 0)
            sum += how_many[h] * off_by_more((double)h / (double)lot, draws, error);
    return sum;
}

static double fewest_draws(const uint32_t *how_many, uint64_t lot, double error, double chance)
{
    double low = 1 / error, high = low;
    while (spent(how_many, lot, high, error) > chance)
        high *= 2;
    for (int i = 0; i < 50; i++) {
        const double middle = (low + high) / 2;
        if (spent(how_many, lot, middle, error) > chance)
            low = middle;
        else
            high = middle;
    }
    return high;
}

/* A thing that nothing has hit is within the error when (1 - error)^t <= its chance / 2. */
static double draws_for_none(const spil_stopping *s)
{
    const double chance = s->chance * first_share * even_part / s->n;
    return log(2 / chance) / -log1p(-fmin(s->error, 0.5)) * caution;
}

spil_status spil_stopping_plan(spil_stopping **out, const uint32_t *hits, spil_vid n,
                               uint64_t draws, double error, double chance, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_stopping *s = NULL;
    uint32_t *how_many = NULL;
    chance *= 1 - kept_back;
    TRY(NEW(s, err));
    *s = (spil_stopping){.n = n, .error = error, .chance = chance};
    TRY(NEW_ARRAY(s->weight, n, err));
    TRY(NEW_ARRAY(how_many, draws + 1, err));
    for (spil_vid v = 0; v < n; v++)
        how_many[hits[v]]++;
    const double budget = chance * first_share * (1 - even_part);
    const double wanted = fewest_draws(how_many, draws, error, budget);
    s->draws = (uint64_t)ceil(fmax(wanted, draws_for_none(s)));
    for (spil_vid v = 0; v < n; v++) {
        const double share = (double)hits[v] / (double)draws;
        const double own = off_by_more(share, (double)s->draws, error) / (chance * first_share);
        s->weight[v] = (float)((even_part / n + own) * (1 - 1e-6));
    }
    *out = s;
    s = NULL;
done:
    spil_free(how_many);
    spil_stopping_free(s);
    return rc;
}

void spil_stopping_free(spil_stopping *stopping)
{
    if (!stopping)
        return;
    spil_free(stopping->weight);
    spil_free(stopping);
}

/* ---- the check ---- */

/* Empirical Bernstein (Maurer & Pontil 2009): wider than the exact interval, and cheap. */
static double rough_radius(double share, double draws, double chance)
{
    const double l = log(3 / chance);
    return sqrt(2 * share * (1 - share) * l / draws) + 3 * l / draws;
}

bool spil_stopping_enough(const spil_stopping *stopping, const uint32_t *hits, uint64_t draws,
                          unsigned look)
{
    for (spil_vid v = 0; v < stopping->n; v++) {
        const double chance = chance_at(stopping, v, look);
        if (rough_radius((double)hits[v] / (double)draws, (double)draws, chance) >
                stopping->error &&
            !spil_proportion_within(hits[v], draws, stopping->error, chance))
            return false;
    }
    return true;
}

/* ---- what is sure ---- */

typedef struct interval {
    double low, value, high;
} interval;

/* Cheap and wide for all, exact for those at the top. */
static interval interval_of(const spil_stopping *s, spil_vid v, double base, double scale,
                            uint32_t hits, uint64_t draws, unsigned look, bool closely)
{
    const double share = (double)hits / (double)draws, chance = chance_at(s, v, look);
    if (closely) {
        const spil_proportion p = spil_proportion_of(hits, draws, chance);
        return (interval){base + scale * p.low, base + scale * share, base + scale * p.high};
    }
    const double radius = rough_radius(share, (double)draws, chance);
    return (interval){base + scale * fmax(0, share - radius), base + scale * share,
                      base + scale * (share + radius)};
}

/* The first so many of top that lie each above all that follow; beyond: the most any other can be.
 * Ends with highs as running maxima. */
static uint32_t in_order(interval *top, size_t count, double beyond)
{
    uint32_t ranks = 0;
    for (size_t i = count; i-- > 0;)
        beyond = top[i].high = fmax(top[i].high, beyond);
    while (ranks + 1 < count && top[ranks].low > top[ranks + 1].high)
        ranks++;
    return ranks;
}

static double top_error(const interval *top, size_t count)
{
    double worst = 0;
    for (size_t i = 0; i < count && i < TOP; i++)
        if (top[i].value > 0)
            worst = fmax(worst, fmax(top[i].high - top[i].value, top[i].value - top[i].low) /
                                    top[i].value);
    return worst;
}

spil_status spil_stopping_sure(spil_sure *out, const spil_stopping *stopping, const double *base,
                               double scale, const uint32_t *hits, uint64_t draws, unsigned look,
                               spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_vid n = stopping->n;
    const size_t count = n < MOST_RANKS ? n : MOST_RANKS;
    double *value = NULL, beyond = -1;
    size_t *order = NULL;
    interval *top = NULL;
    bool *chosen = NULL;
    TRY(NEW_ARRAY(value, n, err));
    TRY(NEW_ARRAY(order, count, err));
    TRY(NEW_ARRAY(top, count, err));
    TRY(NEW_ARRAY(chosen, n, err));
    for (spil_vid v = 0; v < n; v++)
        value[v] = base[v] + scale * ((double)hits[v] / (double)draws);
    (void)gsl_sort_largest_index(order, count, value, 1, n);
    for (size_t i = 0; i < count; i++) {
        const spil_vid v = (spil_vid)order[i];
        chosen[v] = true;
        top[i] = interval_of(stopping, v, base[v], scale, hits[v], draws, look, i < CLOSE_LOOK);
    }
    for (spil_vid v = 0; v < n; v++)
        if (!chosen[v])
            beyond = fmax(
                beyond, interval_of(stopping, v, base[v], scale, hits[v], draws, look, false).high);
    *out = (spil_sure){0, top_error(top, count)};
    out->ranks = in_order(top, count, beyond);
    if (n > 0 && out->ranks + 1 == n)
        out->ranks = n;
done:
    spil_free(value);
    spil_free(order);
    spil_free(top);
    spil_free(chosen);
    return rc;
}
