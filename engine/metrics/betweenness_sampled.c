/* betweenness_sampled.c - betweenness from random shortest paths, with a stated error.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pairs whose paths must pass v because they hang on different sides of it are counted exactly
 * (parts.h). What is left lies within blocks: draw a pair in a block, each vertex as often as what
 * hangs on it, and one of its shortest paths (random_path.h). The share of draws that pass v has
 * the mean b(v); stopping.h says how many draws make all shares good enough, and what is then sure.
 *
 * Draw i has its own random stream, and counts are whole numbers: any number of threads gives the
 * same.
 */
#include "engine/base/mem.h"
#include "engine/base/par.h"
#include "engine/base/rng.h"
#include "engine/metrics/betweenness.h"
#include "engine/metrics/random_path.h"
#include "engine/metrics/stopping.h"

#include <math.h>
#include <string.h>

enum { FIRST_DRAWS = 8192, BLOCK = 256 };
static const double growth = 1.3; /* of the draws from look to look */

typedef struct sampler {
    const spil_parts *parts;
    double *until;         /* by vertex of the parts, in order: running sum of targets, by part */
    double *part_until;    /* by part: running sum of its pairs */
    spil_vid *part_first;  /* by part: where its vertices start in until */
    double pairs;          /* of all parts, ordered */
    spil_hubs *hubs;       /* of the largest part, which is the first */
    spil_walker **walkers; /* by thread */
    uint32_t *counts;      /* by thread, n each: draws that passed */
    unsigned threads;
    spil_vid n;
    uint64_t seed;
} sampler;

/* ---- draws ---- */

/* First place whose running sum exceeds x. */
static spil_vid find(const double *until, spil_vid count, double x)
{
    spil_vid low = 0, high = count - 1;
    while (low < high) {
        const spil_vid middle = low + (high - low) / 2;
        if (until[middle] > x)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static void draw(const sampler *s, uint64_t i, spil_walker *walker, uint32_t *count)
{
    spil_rng rng = spil_rng_stream(s->seed, i);
    const uint32_t k = find(s->part_until, s->parts->count, spil_rng_unit(&rng) * s->pairs);
    const spil_part *const part = &s->parts->part[k];
    const double *const until = s->until + s->part_first[k];
    const double total = until[part->n - 1];
    const spil_vid *inner = NULL;
    spil_vid a = 0, b = 0;
    while (a == b) {
        a = find(until, part->n, spil_rng_unit(&rng) * total);
        b = find(until, part->n, spil_rng_unit(&rng) * total);
    }
    const spil_vid passed =
        spil_random_path(walker, part, k == 0 ? s->hubs : NULL, a, b, &rng, &inner);
    for (spil_vid j = 0; j < passed; j++)
        count[part->name[inner[j]]]++;
}

static spil_status draw_many(const sampler *s, uint64_t begin, uint64_t end,
                             spil_progress *progress, spil_err *err)
{
    const uint64_t blocks = (end - begin + BLOCK - 1) / BLOCK;
#pragma omp parallel for default(none) shared(s, begin, end, blocks, progress) schedule(dynamic, 1)
    for (uint64_t k = 0; k < blocks; k++) {
        const unsigned me = spil_par_thread();
        const uint64_t first = begin + k * BLOCK, last = first + BLOCK < end ? first + BLOCK : end;
        for (uint64_t i = first; i < last && !spil_stop_requested(); i++)
            draw(s, i, s->walkers[me], s->counts + (size_t)me * s->n);
        spil_progress_step(progress, last - first);
    }
    return spil_check_stop(err);
}

/* Adds up what the threads counted since the last time, into total. */
static void collect(sampler *s, uint32_t *total)
{
    for (unsigned t = 0; t < s->threads; t++)
        for (spil_vid v = 0; v < s->n; v++) {
            total[v] += s->counts[(size_t)t * s->n + v];
            s->counts[(size_t)t * s->n + v] = 0;
        }
}

/* ---- memory ---- */

static spil_status sampler_new(sampler *s, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_vid vertices = 0, largest = 0;
    for (uint32_t k = 0; k < s->parts->count; k++) {
        vertices += s->parts->part[k].n;
        largest = largest > s->parts->part[k].n ? largest : s->parts->part[k].n;
    }
    TRY(NEW_ARRAY(s->until, vertices, err));
    TRY(NEW_ARRAY(s->part_until, s->parts->count, err));
    TRY(NEW_ARRAY(s->part_first, s->parts->count, err));
    TRY(NEW_ARRAY(s->walkers, s->threads, err));
    for (unsigned t = 0; t < s->threads; t++)
        TRY(spil_walker_new(&s->walkers[t], largest, err));
    TRY(NEW_ARRAY(s->counts, (size_t)s->threads * s->n, err));
    TRY(spil_hubs_new(&s->hubs, &s->parts->part[0], err));
done:
    return rc;
}

static void sampler_free(sampler *s)
{
    spil_free(s->until);
    spil_free(s->part_until);
    spil_free(s->part_first);
    for (unsigned t = 0; s->walkers && t < s->threads; t++)
        spil_walker_free(s->walkers[t]);
    spil_free(s->walkers);
    spil_free(s->counts);
    spil_hubs_free(s->hubs);
}

static void add_pairs(sampler *s)
{
    spil_vid first = 0;
    for (uint32_t k = 0; k < s->parts->count; k++) {
        const spil_part *const part = &s->parts->part[k];
        double sum = 0, squares = 0;
        s->part_first[k] = first;
        for (spil_vid x = 0; x < part->n; x++) {
            s->until[first + x] = sum += part->target[x];
            squares += part->target[x] * part->target[x];
        }
        s->part_until[k] = s->pairs += sum * sum - squares;
        first += part->n;
    }
}

/* ---- the whole ---- */

/* Draws until the shares are good enough. hits: n, zero. look: at which they were. */
static spil_status draw_enough(sampler *s, const spil_stopping *stopping, spil_progress *progress,
                               uint32_t *hits, uint64_t *draws, unsigned *look, spil_err *err)
{
    spil_status rc = SPIL_OK;
    double wanted = (double)stopping->draws;
    *draws = 0;
    spil_progress_begin(progress, "betweenness, sampled", stopping->draws);
    for (*look = 0; rc == SPIL_OK; ++*look, wanted *= growth) {
        const uint64_t upto = (uint64_t)ceil(wanted);
        if (*look == SPIL_LOOKS)
            rc = spil_fail(err, SPIL_MATH, "betweenness: %llu draws do not reach the error",
                           (unsigned long long)*draws);
        else
            rc = draw_many(s, FIRST_DRAWS + *draws, FIRST_DRAWS + upto, progress, err);
        if (rc != SPIL_OK)
            break;
        *draws = upto;
        collect(s, hits);
        if (spil_stopping_enough(stopping, hits, *draws, *look))
            break;
    }
    spil_progress_end(progress);
    return rc;
}

/* value: n, the pairs that need no draw; the others are added. */
static spil_status sample(sampler *s, const spil_sampling *how, double error, double *value,
                          spil_sampled *sampled, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_stopping *stopping = NULL;
    uint32_t *hits = NULL;
    spil_sure sure = {0, 0};
    unsigned look = 0;
    TRY(NEW_ARRAY(hits, s->n, err));
    TRY(draw_many(s, 0, FIRST_DRAWS, NULL, err));
    collect(s, hits);
    TRY(spil_stopping_plan(&stopping, hits, s->n, FIRST_DRAWS, error, 1 - how->confidence, err));
    memset(hits, 0, s->n * sizeof *hits);
    TRY(draw_enough(s, stopping, how->progress, hits, &sampled->draws, &look, err));
    TRY(spil_stopping_sure(&sure, stopping, value, s->pairs, hits, sampled->draws, look, err));
    sampled->ranks = sure.ranks;
    sampled->top_error = sure.top_error;
    sampled->error = how->error;
    for (spil_vid v = 0; v < s->n; v++)
        value[v] += s->pairs * ((double)hits[v] / (double)sampled->draws);
done:
    spil_stopping_free(stopping);
    spil_free(hits);
    return rc;
}

spil_status spil_betweenness_sampled(const spil_csr *g, const spil_sampling *how, double *value,
                                     spil_sampled *sampled, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_parts *parts = NULL;
    sampler s = {.n = g->n, .seed = how->seed, .threads = spil_par_threads()};
    const double all_pairs = (double)g->n * ((double)g->n - 1);
    *sampled = (spil_sampled){.ranks = g->n};
    if (!(how->error > 0) || !(how->confidence > 0 && how->confidence < 1))
        return spil_fail(err, SPIL_RANGE, "betweenness: error '%g' and confidence '%g' must be > 0",
                         how->error, how->confidence);
    TRY(spil_parts_split(&parts, g, NULL, err));
    s.parts = parts;
    for (spil_vid v = 0; v < g->n; v++)
        value[v] = 0;
    spil_parts_add_joints(parts, value);
    if (parts->count > 0) {
        TRY(sampler_new(&s, err));
        add_pairs(&s);
        TRY(sample(&s, how, how->error * all_pairs / s.pairs, value, sampled, err));
    }
done:
    sampler_free(&s);
    spil_parts_free(parts);
    return rc;
}
