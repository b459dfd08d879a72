/* harmonic_sampled.c - see harmonic_sampled.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/metrics/harmonic_sampled.h"

#include "engine/base/mem.h"
#include "engine/base/rng.h"
#include "engine/metrics/closest.h"
#include "engine/metrics/core_graph.h"
#include "engine/metrics/likeness.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LAYERS = 8, BATCH = SPIL_WAVE_SOURCES, TOP = 10 };
static const double range = 0.5;

typedef struct tally {
    double batch, squares, leaf_batch; /* of this batch: for the vertex, and for a leaf on it */
    double sum, leaf_sum;              /* of all batches */
    double within;                     /* sum of the batches' variances */
} tally;

typedef struct sampler {
    const spil_csr *g;
    const spil_sampling *how;
    spil_core_graph *core;
    spil_wave wave;
    spil_vid *order; /* of the core: alike ones together */
    double *until;   /* by place in order: vertices of the whole graph up to there */
    tally *tallies;  /* by vertex of the core */
    spil_line leaf;  /* which draws of the batch are leaves, a step beyond their source */
    uint64_t draws;
    unsigned round;
    bool *exact; /* by vertex of the core */
} sampler;

/* ---- one batch ---- */

/* Neighbours, and a leaf's fellow neighbours two away, are known and not drawn. */
SPIL_LANES_INLINE void visit(spil_wave *w, void *context, spil_vid v, const spil_line *fresh)
{
    const sampler *const s = context;
    tally *const t = &s->tallies[v];
    const double d = w->level;
    const double near = w->level > 1 ? 1 / d : 0, known = w->level > 1 ? 1 / (d + 1) : 0;
    uint64_t all = 0, leaves = 0;
    for (int k = 0; k < SPIL_WAVE_WORDS; k++) {
        all += (uint64_t)__builtin_popcountll(fresh->w[k]);
        leaves += (uint64_t)__builtin_popcountll(fresh->w[k] & s->leaf.w[k]);
    }
    const double c = (double)(all - leaves), l = (double)leaves, far = 1 / (d + 1);
    t->batch += c * near + l * far;
    t->squares += c * near * near + l * far * far;
    t->leaf_batch += c * known + l / (d + 2);
}

SPIL_LANES_INLINE void body(spil_wave *w, void *context, spil_vid begin, spil_vid end,
                            bool *reached)
{
    spil_wave_strip(w, context, begin, end, reached, visit);
}

SPIL_LANES_VARIANTS(strip,
                    (spil_wave * w, void *context, spil_vid begin, spil_vid end, bool *reached),
                    (w, context, begin, end, reached), body)

/* Draw i, from this layer: a vertex of the core, or a leaf on it. */
static spil_vid draw(const sampler *s, uint64_t i, unsigned layer, bool *leaf)
{
    spil_rng rng = spil_rng_stream(s->how->seed, i);
    const double x = s->g->n * ((layer + spil_rng_unit(&rng)) / LAYERS);
    spil_vid low = 0, high = s->core->part.n - 1;
    while (low < high) {
        const spil_vid middle = low + (high - low) / 2;
        if (s->until[middle] > x)
            high = middle;
        else
            low = middle + 1;
    }
    *leaf = x - (low > 0 ? s->until[low - 1] : 0) >= 1;
    return s->order[low];
}

static void close_batch(sampler *s)
{
    const spil_vid n = s->core->part.n;
    tally *const tallies = s->tallies;
#pragma omp parallel for default(none) shared(n, tallies) schedule(static)
    for (spil_vid v = 0; v < n; v++) {
        tally *const t = &tallies[v];
        t->within += fmax(0, t->squares - t->batch * t->batch / BATCH) / (BATCH - 1);
        t->sum += t->batch;
        t->leaf_sum += t->leaf_batch;
        t->batch = t->squares = t->leaf_batch = 0;
    }
}

static spil_status one_round(sampler *s, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_vid sources[BATCH];
    for (unsigned layer = 0; layer < LAYERS; layer++) {
        memset(&s->leaf, 0, sizeof s->leaf);
        for (unsigned i = 0; i < BATCH; i++) {
            bool leaf = false;
            sources[i] = draw(s, s->draws++, layer, &leaf);
            s->leaf.w[i / 64] |= (uint64_t)leaf << (i % 64);
        }
        TRY(spil_wave_run(&s->wave, sources, BATCH, strip, NULL, s, err));
        close_batch(s);
        spil_progress_step(s->how->progress, BATCH);
    }
    s->round++;
done:
    return rc;
}

/* ---- how good it is ---- */

/* Bound of |mean - true|, after the last round. */
static double radius(const sampler *s, const tally *t)
{
    const double k = (double)s->draws, batches = k / BATCH, looks = s->round * (s->round + 1.0);
    const double l = log(3.0 * s->g->n * looks / (1 - s->how->confidence));
    return sqrt(2 * t->within / batches * l / k) +
           range * (2 * sqrt(BATCH / (BATCH - 1.0)) + 1 / 3.0) * l / k;
}

typedef struct ranked {
    double value;
    spil_vid v;
    bool exact;
} ranked;

static int higher_first(const void *a, const void *b)
{
    const ranked *const x = a, *const y = b;
    if (x->value != y->value)
        return x->value < y->value ? 1 : -1;
    return (x->v > y->v) - (x->v < y->v);
}

/* Of a vertex of the core. */
static double estimate(const sampler *s, spil_vid x)
{
    return spil_degree(s->g, s->core->name[x]) +
           s->tallies[x].sum * ((double)s->g->n / (double)s->draws);
}

/* Marks the largest as those that will be exact: how far off they are does not matter. list: room
 * for the core, which it leaves in order. */
static void choose_leaders(sampler *s, ranked *list)
{
    const spil_vid n = s->core->part.n;
    for (spil_vid x = 0; x < n; x++) {
        list[x] = (ranked){estimate(s, x), x, false};
        s->exact[x] = false;
    }
    qsort(list, n, sizeof *list, higher_first);
    for (spil_vid i = 0; i < n && i < BATCH; i++)
        s->exact[list[i].v] = true;
}

static double worst(const sampler *s)
{
    double most = 0;
    for (spil_vid v = 0; v < s->core->part.n; v++)
        if (!s->exact[v])
            most = fmax(most, radius(s, &s->tallies[v]));
    return most;
}

/* At least: part of the error shrinks with the draws, the rest with their root. */
static double draws_needed(const sampler *s, double error)
{
    return (double)s->draws * (worst(s) / error);
}

static spil_status draw_enough(sampler *s, double error, uint64_t most, ranked *list, bool *enough,
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

static void hand_out(const sampler *s, double *value)
{
    const double scale = (double)s->g->n / (double)s->draws;
    for (spil_vid v = 0; v < s->g->n; v++) {
        const spil_vid x = s->core->anchor[v];
        const double near = spil_degree(s->g, s->core->name[x]);
        value[v] = spil_core_graph_is_leaf(s->core, v)
                       ? 1 + (near - 1) / 2 + scale * s->tallies[x].leaf_sum
                       : estimate(s, x);
    }
}

/* list: as choose_leaders left it. */
static spil_status leaders_exactly(sampler *s, const ranked *list, double *value, spil_err *err)
{
    spil_status rc = SPIL_OK;
    double near[BATCH], leaf[BATCH];
    spil_vid chosen[BATCH] = {0};
    const unsigned count = s->core->part.n < BATCH ? s->core->part.n : BATCH;
    for (unsigned i = 0; i < count; i++)
        chosen[i] = list[i].v;
    TRY(spil_closest_harmonic(&s->wave, chosen, count, near, leaf, err));
    for (unsigned i = 0; i < count; i++) {
        s->tallies[chosen[i]].sum = near[i];
        s->tallies[chosen[i]].leaf_sum = leaf[i];
    }
    for (spil_vid v = 0; v < s->g->n; v++) {
        const tally *const t = &s->tallies[s->core->anchor[v]];
        if (s->exact[s->core->anchor[v]])
            value[v] = spil_core_graph_is_leaf(s->core, v) ? t->leaf_sum : t->sum;
    }
done:
    return rc;
}

/* list: room for n of the whole graph. */
static void say_what_is_sure(const sampler *s, ranked *list, const double *value, spil_sampled *out)
{
    const spil_vid n = s->g->n;
    double bar = 0; /* what a vertex that is not exact can reach */
    for (spil_vid v = 0; v < n; v++) {
        const spil_vid x = s->core->anchor[v];
        list[v] = (ranked){value[v], v, s->exact[x]};
        if (!s->exact[x])
            bar = fmax(bar, value[v] + n * radius(s, &s->tallies[x]));
    }
    qsort(list, n, sizeof *list, higher_first);
    out->ranks = 0;
    while (out->ranks < n && list[out->ranks].exact && list[out->ranks].value > bar)
        out->ranks++;
    out->top_error = 0;
    for (spil_vid i = 0; i < n && i < TOP; i++)
        if (!list[i].exact)
            out->top_error =
                fmax(out->top_error,
                     n * radius(s, &s->tallies[s->core->anchor[list[i].v]]) / list[i].value);
    out->error = worst(s) * n / (n - 1.0);
    out->draws = s->draws;
}

/* ---- memory ---- */

static spil_status sampler_init(sampler *s, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(spil_core_graph_new(&s->core, s->g, err));
    const spil_vid n = s->core->part.n;
    TRY(spil_wave_init(&s->wave, &s->core->part, err));
    TRY(NEW_ARRAY(s->order, n, err));
    TRY(NEW_ARRAY(s->until, n, err));
    TRY(NEW_ARRAY(s->tallies, n, err));
    TRY(NEW_ARRAY(s->exact, n, err));
    for (spil_vid x = 0; x < n; x++)
        s->order[x] = x;
    TRY(spil_likeness_sort(&s->core->part, s->order, n, err));
    for (spil_vid i = 0; i < n; i++)
        s->until[i] = (i > 0 ? s->until[i - 1] : 0) + 1 + s->core->part.target[s->order[i]];
done:
    return rc;
}

static void sampler_release(sampler *s)
{
    spil_wave_release(&s->wave);
    spil_core_graph_free(s->core);
    spil_free(s->order);
    spil_free(s->until);
    spil_free(s->tallies);
    spil_free(s->exact);
}

spil_status spil_harmonic_sampled(const spil_csr *g, const spil_sampling *how, uint64_t most,
                                  double *value, spil_sampled *sampled, bool *enough, spil_err *err)
{
    spil_status rc = SPIL_OK;
    sampler s = {.g = g, .how = how};
    ranked *list = NULL;
    *sampled = (spil_sampled){.ranks = g->n};
    *enough = true;
    if (!(how->error > 0) || !(how->confidence > 0 && how->confidence < 1))
        return spil_fail(err, SPIL_RANGE, "harmonic: error '%g' and confidence '%g' must be > 0",
                         how->error, how->confidence);
    for (spil_vid v = 0; v < g->n; v++)
        value[v] = 0;
    if (g->n < 2)
        return SPIL_OK;
    TRY(sampler_init(&s, err));
    TRY(NEW_ARRAY(list, g->n, err));
    TRY(draw_enough(&s, how->error * (g->n - 1.0) / g->n, most, list, enough, err));
    if (*enough) {
        hand_out(&s, value);
        TRY(leaders_exactly(&s, list, value, err));
        say_what_is_sure(&s, list, value, sampled);
    }
done:
    sampler_release(&s);
    spil_free(list);
    return rc;
}
