/* harmonic_sampled.c - see harmonic_sampled.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/metrics/harmonic_sampled.h"

#include "engine/base/mem.h"
#include "engine/base/rng.h"
#include "engine/metrics/closest.h"
#include "engine/metrics/likeness.h"

#include <float.h>
#include <gsl/gsl_sort_double.h>
#include <gsl/gsl_sort_float.h>
#include <math.h>

enum { BATCH = SPIL_NARROW_SOURCES, LEADERS = 512, TOP = 10, FEWEST_LAYERS = 8 };
static const double range = 0.5;
/* The share of the error that the first round leaves to the part that shrinks with the draws. */
static const double share_of_range = 0.35;

typedef struct sampler {
    const spil_csr *g;
    const spil_sampling *how;
    spil_narrow_wave wave;
    spil_vid *order; /* n: alike ones together */
    double *sum;    /* n, the caller's: over the draws, of 1/d for those further than a neighbour */
    double *within; /* n: sum of the batches' variances */
    float *batch;   /* n: the sum over this batch */
    uint64_t draws;
    unsigned layers, round, leaders;
    bool *exact; /* n */
} sampler;

/* ---- one batch ---- */

/* Neighbours are known and not drawn. */
SPIL_LANES_INLINE void visit(spil_narrow_wave *w, void *context, spil_vid v, uint64_t fresh)
{
    const sampler *const s = context;
    if (w->level == 1)
        return;
    const double near = 1.0 / w->level, sum = near * __builtin_popcountll(fresh);
    s->batch[v] += (float)sum;
    s->within[v] += near * sum;
}

SPIL_LANES_INLINE spil_vid body(spil_narrow_wave *w, void *context, spil_vid begin, spil_vid end)
{
    return spil_narrow_wave_strip(w, context, begin, end, visit);
}

SPIL_LANES_RETURNING(spil_vid, strip,
                     (spil_narrow_wave * w, void *context, spil_vid begin, spil_vid end),
                     (w, context, begin, end), body)

/* Draw i, from this layer. */
static spil_vid draw(const sampler *s, uint64_t i, unsigned layer)
{
    spil_rng rng = spil_rng_stream(s->how->seed, i);
    const double at = s->g->n * ((layer + spil_rng_unit(&rng)) / s->layers);
    return s->order[at < s->g->n ? (spil_vid)at : s->g->n - 1];
}

/* within holds the squares of the batch by now: the variance is what its mean leaves of them. */
static void close_batch(sampler *s)
{
    const spil_vid n = s->g->n;
    double *const sum = s->sum, *const within = s->within;
    float *const batch = s->batch;
#pragma omp parallel for default(none) shared(n, sum, within, batch) schedule(static)
    for (spil_vid v = 0; v < n; v++) {
        const double b = (double)batch[v];
        sum[v] += b;
        within[v] -= b * b / BATCH;
        batch[v] = 0;
    }
}

static spil_status one_round(sampler *s, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_vid sources[BATCH];
    for (unsigned layer = 0; layer < s->layers; layer++) {
        for (unsigned i = 0; i < BATCH; i++)
            sources[i] = draw(s, s->draws++, layer);
        TRY(spil_narrow_wave_run(&s->wave, sources, BATCH, strip, NULL, s, err));
        close_batch(s);
        spil_progress_step(s->how->progress, BATCH);
    }
    s->round++;
done:
    return rc;
}

/* ---- how good it is ---- */

static double log_of_chance(const sampler *s, unsigned round)
{
    return log(3.0 * s->g->n * (round * (round + 1.0)) / (1 - s->how->confidence));
}

/* What the range of the values adds to the error of the mean, times the draws. */
static double price_of_range(const sampler *s, unsigned round)
{
    return range * (2 * sqrt(BATCH / (BATCH - 1.0)) + 1 / 3.0) * log_of_chance(s, round);
}

/* Bound of |mean - true|, after the last round. The sums of a batch are in single precision. */
static double radius(const sampler *s, spil_vid v)
{
    const double k = (double)s->draws, rounding = BATCH * (double)FLT_EPSILON * range;
    const double variance =
        fmax(0, s->within[v]) / (BATCH - 1) / (k / BATCH) + 2 * range * rounding;
    return sqrt(2 * variance * log_of_chance(s, s->round) / k) + price_of_range(s, s->round) / k +
           rounding;
}

static double estimate(const sampler *s, spil_vid v)
{
    return spil_degree(s->g, v) + s->sum[v] * ((double)s->g->n / (double)s->draws);
}

/* As many layers as make the first round's draws leave most of the error to the variance. */
static unsigned layers_for(const sampler *s, double error)
{
    const double wanted = ceil(price_of_range(s, 1) / (share_of_range * error) / BATCH);
    const double most = ceil((double)s->g->n / BATCH);
    return (unsigned)fmax(FEWEST_LAYERS, fmin(wanted, most));
}

/* Marks the largest as those that will be exact: how far off they are does not matter. list: room
 * for LEADERS of n, most first. */
static void choose_leaders(sampler *s, size_t *list)
{
    const spil_vid n = s->g->n;
    for (spil_vid v = 0; v < n; v++) {
        s->batch[v] = (float)estimate(s, v);
        s->exact[v] = false;
    }
    (void)gsl_sort_float_largest_index(list, s->leaders, s->batch, 1, n);
    for (unsigned i = 0; i < s->leaders; i++)
        s->exact[list[i]] = true;
    for (spil_vid v = 0; v < n; v++)
        s->batch[v] = 0;
}

static double worst(const sampler *s)
{
    double most = 0;
    for (spil_vid v = 0; v < s->g->n; v++)
        if (!s->exact[v])
            most = fmax(most, radius(s, v));
    return most;
}

/* At least: part of the error shrinks with the draws, the rest with their root. */
static double draws_needed(const sampler *s, double error)
{
    return (double)s->draws * (worst(s) / error);
}

static spil_status draw_enough(sampler *s, double error, uint64_t most, size_t *list, bool *enough,
                               spil_err *err)
{
    spil_status rc = SPIL_OK;
    *enough = true;
    spil_progress_begin(s->how->progress, "harmonic closeness, sampled", 0);
    do {
        TRY(one_round(s, err));
        choose_leaders(s, list);
        *enough = worst(s) <= error;
    } while (!*enough && draws_needed(s, error) <= (double)most);
done:
    spil_progress_end(s->how->progress);
    return rc;
}

/* ---- values ---- */

static spil_status leaders_exactly(sampler *s, const size_t *list, double *value, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_vid chosen[LEADERS];
    double exact[LEADERS];
    for (unsigned i = 0; i < s->leaders; i++)
        chosen[i] = (spil_vid)list[i];
    TRY(spil_closest_harmonic(&s->wave, chosen, s->leaders, exact, err));
    for (unsigned i = 0; i < s->leaders; i++)
        value[chosen[i]] = exact[i];
done:
    return rc;
}

/* Leaders above all that the others can be are certain ranks. */
static spil_status say_what_is_sure(const sampler *s, const double *value, spil_sampled *out,
                                    spil_err *err)
{
    const spil_vid n = s->g->n;
    const size_t count = n < LEADERS ? n : LEADERS;
    size_t *top = NULL;
    double bar = -1; /* what a vertex that is not exact can reach */
    const spil_status rc = NEW_ARRAY(top, count, err);
    if (rc != SPIL_OK)
        return rc;
    (void)gsl_sort_largest_index(top, count, value, 1, n);
    for (spil_vid v = 0; v < n; v++)
        if (!s->exact[v])
            bar = fmax(bar, value[v] + n * radius(s, v));
    out->ranks = 0;
    while (out->ranks < count && s->exact[top[out->ranks]] && value[top[out->ranks]] > bar)
        out->ranks++;
    out->top_error = 0;
    for (size_t i = 0; i < count && i < TOP; i++)
        if (!s->exact[top[i]])
            out->top_error = fmax(out->top_error, n * radius(s, (spil_vid)top[i]) / value[top[i]]);
    out->error = worst(s) * n / (n - 1.0);
    out->draws = s->draws;
    spil_free(top);
    return SPIL_OK;
}

/* ---- memory ---- */

static spil_status sampler_init(sampler *s, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_vid n = s->g->n;
    const spil_part whole = {.n = n, .row = s->g->row, .col = s->g->col};
    s->leaders = n < LEADERS ? n : LEADERS;
    TRY(NEW_ARRAY(s->order, n, err));
    for (spil_vid v = 0; v < n; v++)
        s->order[v] = v;
    TRY(spil_likeness_sort(&whole, s->order, n, err));
    spil_mem_give_back();
    TRY(spil_narrow_wave_init(&s->wave, s->g, err));
    TRY(NEW_ARRAY(s->within, n, err));
    TRY(NEW_ARRAY(s->batch, n, err));
    TRY(NEW_ARRAY(s->exact, n, err));
done:
    return rc;
}

static void sampler_release(sampler *s)
{
    spil_narrow_wave_release(&s->wave);
    spil_free(s->order);
    spil_free(s->within);
    spil_free(s->batch);
    spil_free(s->exact);
}

spil_status spil_harmonic_sampled(const spil_csr *g, const spil_sampling *how, uint64_t most,
                                  double *value, spil_sampled *sampled, bool *enough, spil_err *err)
{
    spil_status rc = SPIL_OK;
    sampler s = {.g = g, .how = how, .sum = value};
    size_t list[LEADERS];
    *sampled = (spil_sampled){.ranks = g->n};
    *enough = true;
    if (!(how->error > 0) || !(how->confidence > 0 && how->confidence < 1))
        return spil_fail(err, SPIL_RANGE, "harmonic: error '%g' and confidence '%g' must be > 0",
                         how->error, how->confidence);
    for (spil_vid v = 0; v < g->n; v++)
        value[v] = 0;
    if (g->n < 2)
        return SPIL_OK;
    const double error = how->error * (g->n - 1.0) / g->n;
    TRY(sampler_init(&s, err));
    s.layers = layers_for(&s, error);
    TRY(draw_enough(&s, error, most, list, enough, err));
    if (*enough) {
        for (spil_vid v = 0; v < g->n; v++)
            value[v] = estimate(&s, v);
        TRY(leaders_exactly(&s, list, value, err));
        TRY(say_what_is_sure(&s, value, sampled, err));
    }
done:
    sampler_release(&s);
    return rc;
}
