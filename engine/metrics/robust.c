/* robust.c - see robust.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A draw: find the missing links; the vertices that may feel it, by a breadth-first search from
 * their ends as deep as the metric sees; the vertices those see in turn, as deep again and one
 * more; run the metric on that part alone; take over the values of those who feel it.
 */
#include "engine/metrics/robust.h"

#include "engine/base/mem.h"
#include "engine/base/par.h"
#include "engine/stats/draw.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LARGE = 100000 }; /* vertices */

static const struct {
    const char *name;
    unsigned sees;
} sight[] = {
    {"degree", 0},
    {"strength", 0},
    {"clustering", 1},
    {"constraint", 1},
    {"effective_size", 1},
    {"betweenness", SPIL_SEES_COMPONENT},
    {"harmonic", SPIL_SEES_COMPONENT},
    {"coreness", SPIL_SEES_COMPONENT},
    {"articulation", SPIL_SEES_COMPONENT},
};

unsigned spil_metric_sees(const spil_metric *metric)
{
    for (size_t i = 0; i < sizeof sight / sizeof *sight; i++)
        if (strcmp(sight[i].name, metric->name) == 0)
            return sight[i].sees;
    return SPIL_SEES_ALL;
}

typedef struct ranked {
    double value;
    spil_vid vertex;
} ranked;

typedef struct robust { /* what all draws share */
    const spil_csr *g;
    const double *confidence;
    const spil_metric *metric;
    spil_metric_opts opts;
    uint64_t seed;
    unsigned sees;
    double *base;            /* n: with all links */
    uint32_t *uncertain;     /* edges with a confidence below 1 */
    spil_vid *end_a, *end_b; /* their ends */
    uint64_t uncertain_count;
} robust;

typedef struct desk { /* one draw at work; one of a thread */
    const robust *r;
    double *value, *local;  /* n: this draw; the part */
    bool *missing;          /* m */
    unsigned char *felt;    /* n: 1 in the part, 2 feels it too */
    spil_vid *queue, *name; /* n: who is in the part; its number there */
    ranked *order;          /* n */
    spil_csr part;          /* room for all */
    uint64_t anew;
    spil_metric_note note;
} desk;

static void close_robust(robust *r)
{
    spil_free(r->base);
    spil_free(r->uncertain);
    spil_free(r->end_a);
    spil_free(r->end_b);
}

static void close_desks(desk *desks, unsigned count)
{
    for (unsigned t = 0; desks && t < count; t++) {
        desk *const d = &desks[t];
        spil_free(d->value);
        spil_free(d->local);
        spil_free(d->missing);
        spil_free(d->felt);
        spil_free(d->queue);
        spil_free(d->name);
        spil_free(d->order);
        spil_free(d->part.row);
        spil_free(d->part.col);
        spil_free(d->part.weight);
    }
    spil_free(desks);
}

static spil_status list_uncertain(robust *r, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_csr *const g = r->g;
    uint64_t count = 0;
    for (spil_eid e = 0; e < g->m; e++)
        count += r->confidence[e] < 1;
    TRY(NEW_ARRAY(r->uncertain, count, err));
    TRY(NEW_ARRAY(r->end_a, count, err));
    TRY(NEW_ARRAY(r->end_b, count, err));
    for (spil_vid v = 0; v < g->n; v++)
        for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
            if (g->col[i] > v && r->confidence[g->edge[i]] < 1) {
                r->uncertain[r->uncertain_count] = g->edge[i];
                r->end_a[r->uncertain_count] = v;
                r->end_b[r->uncertain_count++] = g->col[i];
            }
done:
    return rc;
}

static spil_status open_desk(desk *d, const robust *r, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_csr *const g = r->g;
    d->r = r;
    TRY(NEW_ARRAY(d->value, g->n, err));
    TRY(NEW_ARRAY(d->local, g->n, err));
    TRY(NEW_ARRAY(d->missing, g->m, err));
    TRY(NEW_ARRAY(d->felt, g->n, err));
    TRY(NEW_ARRAY(d->queue, g->n, err));
    TRY(NEW_ARRAY(d->name, g->n, err));
    TRY(NEW_ARRAY(d->order, g->n, err));
    TRY(NEW_ARRAY(d->part.row, (size_t)g->n + 1, err));
    TRY(NEW_ARRAY(d->part.col, 2 * g->m, err));
    TRY(NEW_ARRAY(d->part.weight, 2 * g->m, err));
done:
    return rc;
}

/* ---- the part that is done anew ---- */

/* Marks who is within so many steps of queue[0..count), over all links of g. Returns how many stand
 * in the queue then. */
static spil_vid spread(desk *d, spil_vid count, unsigned steps, unsigned char mark)
{
    const spil_csr *const g = d->r->g;
    spil_vid head = 0;
    for (unsigned step = 0; step < steps && head < count; step++)
        for (const spil_vid last = count; head < last; head++)
            for (spil_eid i = g->row[d->queue[head]]; i < g->row[d->queue[head] + 1]; i++)
                if (!d->felt[g->col[i]]) {
                    d->felt[g->col[i]] = mark;
                    d->queue[count++] = g->col[i];
                }
    return count;
}

/* Draws which links are missing, and marks the part. Returns whether any is. */
static bool draw_links(desk *d, unsigned draw)
{
    spil_vid count = 0;
    bool any = false;
    memset(d->felt, 0, d->r->g->n * sizeof *d->felt);
    for (uint64_t k = 0; k < d->r->uncertain_count; k++) {
        const uint32_t e = d->r->uncertain[k];
        d->missing[e] = spil_unit_at(spil_key_join(d->r->seed, e), draw) >= d->r->confidence[e];
        any = any || d->missing[e];
        const spil_vid ends[] = {d->r->end_a[k], d->r->end_b[k]};
        for (int side = 0; d->missing[e] && side < 2; side++)
            if (!d->felt[ends[side]]) {
                d->felt[ends[side]] = 2;
                d->queue[count++] = ends[side];
            }
    }
    if (d->r->sees >= SPIL_SEES_COMPONENT) {
        (void)spread(d, count, d->r->sees == SPIL_SEES_ALL ? 0 : UINT32_MAX, 2);
    } else {
        count = spread(d, count, d->r->sees, 2);
        (void)spread(d, count, d->r->sees + 1, 1);
    }
    return any;
}

/* d->part: the marked vertices and the links among them that are not missing; all, when they are
 * most. */
static void cut_part(desk *d)
{
    const spil_csr *const g = d->r->g;
    spil_vid count = 0;
    spil_eid entries = 0;
    for (spil_vid v = 0; v < g->n; v++)
        count += d->felt[v] != 0;
    if (d->r->sees == SPIL_SEES_ALL || count > g->n / 2)
        memset(d->felt, 2, g->n);
    count = 0;
    for (spil_vid v = 0; v < g->n; v++)
        if (d->felt[v])
            d->name[v] = count++;
    count = 0;
    for (spil_vid v = 0; v < g->n; v++) {
        if (!d->felt[v])
            continue;
        for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
            if (d->felt[g->col[i]] && !d->missing[g->edge[i]]) {
                d->part.col[entries] = d->name[g->col[i]];
                d->part.weight[entries++] = g->weight[i];
            }
        d->part.row[++count] = entries;
    }
    d->part.n = count;
    d->part.m = entries / 2;
}

static spil_status run_draw(desk *d, unsigned draw, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_metric_note note = {0};
    memcpy(d->value, d->r->base, d->r->g->n * sizeof *d->value);
    if (!draw_links(d, draw))
        return SPIL_OK;
    cut_part(d);
    TRY(d->r->metric->run(&d->part, &d->r->opts, d->local, &note, err));
    for (spil_vid v = 0; v < d->r->g->n; v++)
        if (d->felt[v] == 2)
            d->value[v] = d->local[d->name[v]];
    d->anew += d->part.n;
    if (note.approximate)
        d->note = note;
done:
    return rc;
}

/* ---- ranks ---- */

static const double same = 1e-9; /* values nearer than this, relative to the larger, are equal */

static int highest_first(const void *a, const void *b)
{
    const ranked *const x = a, *const y = b;
    if (x->value != y->value)
        return x->value < y->value ? 1 : -1;
    return (x->vertex > y->vertex) - (x->vertex < y->vertex);
}

static void rank_all(desk *d, uint32_t *rank)
{
    const spil_vid n = d->r->g->n;
    for (spil_vid v = 0; v < n; v++)
        d->order[v] = (ranked){isnan(d->value[v]) ? -HUGE_VAL : d->value[v], v};
    if (n)
        qsort(d->order, n, sizeof *d->order, highest_first);
    for (spil_vid i = 0, first = 0; i < n; i++) {
        const double best = d->order[first].value;
        if (best - d->order[i].value > same * fabs(best))
            first = i;
        rank[d->order[i].vertex] = first + 1;
    }
}

static int ascending(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static uint32_t quantile(const uint32_t *sorted, unsigned count, double share)
{
    return sorted[(size_t)(share * (count - 1) + 0.5)];
}

static void sum_up(spil_rank_range *out, const uint32_t *rank, uint32_t *one, spil_vid n,
                   unsigned draws)
{
    for (spil_vid v = 0; v < n; v++) {
        for (unsigned d = 0; d < draws; d++)
            one[d] = rank[(size_t)d * n + v];
        qsort(one, draws, sizeof *one, ascending);
        out[v] = (spil_rank_range){quantile(one, draws, 0.05), quantile(one, draws, 0.5),
                                   quantile(one, draws, 0.95)};
    }
}

/* Small networks: the draws side by side, a metric in each uses one thread; large ones: one draw
 * after the other, and the metric is parallel. */
static spil_status run_draws(desk *desks, unsigned desk_count, uint32_t *rank, unsigned draws,
                             spil_progress *progress, spil_err *err)
{
    const spil_vid n = desks[0].r->g->n;
    spil_status worst = SPIL_OK;
    spil_err own = SPIL_ERR_INIT;
#pragma omp parallel for default(none) num_threads(desk_count)                                     \
    shared(desks, desk_count, rank, draws, progress, n, worst, own)                                \
        schedule(dynamic, 1) if (desk_count > 1) /* draws differ in what they miss */
    for (unsigned d = 0; d < draws; d++) {
        desk *const mine = &desks[desk_count > 1 ? spil_par_thread() : 0];
        spil_err said = SPIL_ERR_INIT;
        spil_status rc = spil_check_stop(&said);
        if (rc == SPIL_OK)
            rc = run_draw(mine, d, &said);
        if (rc == SPIL_OK)
            rank_all(mine, rank + (size_t)d * n);
#pragma omp critical(spil_robust_failure)
        if (rc != SPIL_OK && worst == SPIL_OK) {
            worst = rc;
            own = said;
        }
        spil_progress_step(progress, 1);
    }
    return worst == SPIL_OK ? SPIL_OK : spil_fail(err, worst, "%s", own.msg);
}

static void report(spil_robust_note *note, const robust *r, const desk *desks, unsigned desk_count,
                   unsigned draws)
{
    uint64_t anew = 0;
    *note = (spil_robust_note){.uncertain = r->uncertain_count};
    for (unsigned t = 0; t < desk_count; t++) {
        anew += desks[t].anew;
        if (desks[t].note.approximate && desks[t].note.error >= note->sampled.error)
            note->sampled = desks[t].note;
    }
    note->vertices_anew = r->g->n ? (double)anew / ((double)draws * r->g->n) : 0;
}

spil_status spil_robust_ranks(spil_rank_range *out, const spil_csr *g, const double *confidence,
                              const spil_metric *metric, const spil_metric_opts *opts,
                              unsigned draws, uint64_t seed, spil_robust_note *note, spil_err *err)
{
    assert(draws > 0 && (g->edge || g->m == 0));
    spil_status rc = SPIL_OK;
    robust r = {.g = g,
                .confidence = confidence,
                .metric = metric,
                .opts = *opts,
                .seed = seed,
                .sees = spil_metric_sees(metric)};
    const unsigned desk_count = g->n < LARGE ? spil_par_team() : 1;
    desk *desks = NULL;
    uint32_t *rank = NULL, *one = NULL;
    r.opts.progress = NULL;
    r.opts.exact_work /= draws;
    TRY(NEW_ARRAY(r.base, g->n, err));
    TRY(list_uncertain(&r, err));
    TRY(NEW_ARRAY(desks, desk_count, err));
    for (unsigned t = 0; t < desk_count; t++)
        TRY(open_desk(&desks[t], &r, err));
    TRY(NEW_ARRAY(rank, (size_t)draws * g->n, err));
    TRY(NEW_ARRAY(one, draws, err));
    TRY(metric->run(g, &r.opts, r.base, &desks[0].note, err));
    spil_progress_begin(opts->progress, "ranks", draws);
    TRY(run_draws(desks, desk_count, rank, draws, opts->progress, err));
    sum_up(out, rank, one, g->n, draws);
    if (note)
        report(note, &r, desks, desk_count, draws);
done:
    spil_progress_end(opts->progress);
    close_desks(desks, desk_count);
    close_robust(&r);
    spil_free(rank);
    spil_free(one);
    return rc;
}
