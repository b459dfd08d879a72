/* betweenness_sampled.c - betweenness from random shortest paths, with a stated error.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pairs whose paths must pass v because they hang on different sides of it are counted exactly.
 * What is left lies within blocks: draw a pair in a block, each vertex as often as what hangs on it
 * (block_draws.h), and one of its shortest paths (random_path.h). The share of draws that pass v
 * has the mean b(v); stopping.h says how many draws make all shares good enough, and what is then
 * sure. Shortest paths between two vertices of a block stay in it, so all of this walks the graph
 * as it is: some 40 bytes a vertex beside the rows, of which 20 are the table of the hubs.
 *
 * Draw i has its own random stream, and counts are whole numbers: any number of threads gives the
 * same.
 */
#include "engine/base/mem.h"
#include "engine/base/par.h"
#include "engine/base/rng.h"
#include "engine/metrics/betweenness.h"
#include "engine/metrics/block_draws.h"
#include "engine/metrics/random_path.h"
#include "engine/metrics/stopping.h"

#include <math.h>
#include <string.h>

enum { FIRST_DRAWS = 8192, BLOCK = 256 };
static const double growth = 1.3; /* of the draws from look to look */

typedef struct sampler {
    const spil_csr *g;
    spil_block_draws *blocks;
    spil_hubs *hubs;       /* of the largest block */
    spil_walker **walkers; /* by thread */
    uint32_t *hits;        /* n: draws that passed */
    unsigned threads;
    uint64_t seed;
} sampler;

/* ---- draws ---- */

static void draw(const sampler *s, uint64_t i, spil_walker *walker)
{
    spil_rng rng = spil_rng_stream(s->seed, i);
    uint32_t *const hits = s->hits;
    const spil_vid *inner = NULL;
    spil_vid a = 0, b = 0;
    const uint32_t block = spil_block_draw(s->blocks, &rng, &a, &b);
    const spil_hubs *const hubs = block == s->blocks->largest ? s->hubs : NULL;
    const spil_vid passed = spil_random_path(walker, s->g, hubs, a, b, &rng, &inner);
    for (spil_vid j = 0; j < passed; j++)
#pragma omp atomic
        hits[inner[j]]++;
}

static spil_status draw_many(const sampler *s, uint64_t begin, uint64_t end,
                             spil_progress *progress, spil_err *err)
{
    const uint64_t blocks = (end - begin + BLOCK - 1) / BLOCK;
#pragma omp parallel for default(none) shared(s, begin, end, blocks, progress) schedule(dynamic, 1)
    for (uint64_t k = 0; k < blocks; k++) {
        spil_walker *const walker = s->walkers[spil_par_thread()];
        const uint64_t first = begin + k * BLOCK, last = first + BLOCK < end ? first + BLOCK : end;
        for (uint64_t i = first; i < last && !spil_stop_requested(); i++)
            draw(s, i, walker);
        spil_progress_step(progress, last - first);
    }
    return spil_check_stop(err);
}

/* ---- memory ---- */

static spil_status sampler_init(sampler *s, double *joints, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(spil_block_draws_new(&s->blocks, s->g, joints, err));
    if (s->blocks->count == 0)
        return SPIL_OK;
    spil_mem_give_back(); /* the split took more than it left */
    const spil_vid *const first = s->blocks->first + s->blocks->largest;
    TRY(spil_hubs_new(&s->hubs, s->g, s->blocks->member + first[0], first[1] - first[0], err));
    TRY(NEW_ARRAY(s->hits, s->g->n, err));
    TRY(NEW_ARRAY(s->walkers, s->threads, err));
    for (unsigned t = 0; t < s->threads; t++)
        TRY(spil_walker_new(&s->walkers[t], s->g->n, err));
done:
    return rc;
}

/* What the draws took; all but the hits. */
static void sampler_release(sampler *s)
{
    spil_block_draws_free(s->blocks);
    spil_hubs_free(s->hubs);
    for (unsigned t = 0; s->walkers && t < s->threads; t++)
        spil_walker_free(s->walkers[t]);
    spil_free(s->walkers);
    s->blocks = NULL;
    s->hubs = NULL;
    s->walkers = NULL;
}

/* ---- the whole ---- */

/* Draws until the shares are good enough. hits: zero. look: at which they were. */
static spil_status draw_enough(sampler *s, const spil_stopping *stopping, spil_progress *progress,
                               uint64_t *draws, unsigned *look, spil_err *err)
{
    spil_status rc = SPIL_OK;
    double wanted = (double)stopping->draws;
    *draws = 0;
    for (*look = 0; rc == SPIL_OK; ++*look, wanted *= growth) {
        const uint64_t upto = (uint64_t)ceil(wanted);
        spil_progress_begin(progress, "betweenness, sampled", upto);
        spil_progress_step(progress, *draws);
        if (*look == SPIL_LOOKS)
            rc = spil_fail(err, SPIL_MATH, "betweenness: %llu draws do not reach the error",
                           (unsigned long long)*draws);
        else
            rc = draw_many(s, FIRST_DRAWS + *draws, FIRST_DRAWS + upto, progress, err);
        if (rc != SPIL_OK)
            break;
        *draws = upto;
        if (spil_stopping_enough(stopping, s->hits, *draws, *look))
            break;
    }
    spil_progress_end(progress);
    return rc;
}

/* value: n, the pairs that need no draw; the others are added. */
static spil_status sample(sampler *s, const spil_sampling *how, double *value,
                          spil_sampled *sampled, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_stopping *stopping = NULL;
    spil_sure sure = {0, 0};
    unsigned look = 0;
    const spil_vid n = s->g->n;
    const double pairs = s->blocks->pairs, error = how->error * ((double)n * (n - 1.0)) / pairs;
    TRY(draw_many(s, 0, FIRST_DRAWS, NULL, err));
    TRY(spil_stopping_plan(&stopping, s->hits, n, FIRST_DRAWS, error, 1 - how->confidence, err));
    memset(s->hits, 0, n * sizeof *s->hits);
    TRY(draw_enough(s, stopping, how->progress, &sampled->draws, &look, err));
    sampler_release(s);
    spil_mem_give_back();
    TRY(spil_stopping_sure(&sure, stopping, value, pairs, s->hits, sampled->draws, look, err));
    sampled->ranks = sure.ranks;
    sampled->top_error = sure.top_error;
    sampled->error = how->error;
    for (spil_vid v = 0; v < n; v++)
        value[v] += pairs * ((double)s->hits[v] / (double)sampled->draws);
done:
    spil_stopping_free(stopping);
    return rc;
}

spil_status spil_betweenness_sampled(const spil_csr *g, const spil_sampling *how, double *value,
                                     spil_sampled *sampled, spil_err *err)
{
    spil_status rc = SPIL_OK;
    sampler s = {.g = g, .seed = how->seed, .threads = spil_par_threads()};
    *sampled = (spil_sampled){.ranks = g->n};
    if (!(how->error > 0) || !(how->confidence > 0 && how->confidence < 1))
        return spil_fail(err, SPIL_RANGE, "betweenness: error '%g' and confidence '%g' must be > 0",
                         how->error, how->confidence);
    for (spil_vid v = 0; v < g->n; v++)
        value[v] = 0;
    TRY(sampler_init(&s, value, err));
    if (s.blocks->count > 0)
        TRY(sample(&s, how, value, sampled, err));
done:
    sampler_release(&s);
    spil_free(s.hits);
    return rc;
}
