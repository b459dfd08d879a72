/* betweenness_sampled.c - betweenness from random shortest paths, with a stated error.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pairs whose paths must pass v because they hang on different sides of it are counted exactly
 * (parts.h). What is left lies within blocks: draw a pair in a block, each vertex as often as what
 * hangs on it, and one of its shortest paths. The share p(v) of draws that pass v has mean b(v),
 * and after t draws, with chance 1 - d (empirical Bernstein, Maurer & Pontil 2009),
 *
 *     |p - b| <= r(p, t, L) = sqrt(2 p (1 - p) L / t) + 3 L / t,     L = ln(3 / d).
 *
 * As in KADABRA (Borassi & Natale 2016) the allowed chance of failure is spent where it is needed:
 * a first, separate lot of draws estimates p, and each vertex gets the largest L that still brings
 * its r to the wanted error at the same t. Vertices of small betweenness cost nothing that way, and
 * the few at the top need no ln(n). Then new draws come in rounds until r <= error for all; every
 * round has its share of the chance, so stopping early is not cheating.
 *
 * Draw i has its own random stream, and counts are whole numbers: any number of threads gives the
 * same.
 */
#include "engine/base/mem.h"
#include "engine/base/par.h"
#include "engine/base/rng.h"
#include "engine/metrics/betweenness.h"
#include "engine/metrics/random_path.h"

#include <math.h>

enum { FIRST_DRAWS = 8192, ROUNDS = 6, BLOCK = 256 };
static const double growth = 1.4; /* of the draws from round to round */

typedef struct sampler {
    const spil_parts *parts;
    double *until;         /* by vertex of the parts, in order: running sum of targets, by part */
    double *part_until;    /* by part: running sum of its pairs */
    spil_vid *part_first;  /* by part: where its vertices start in until */
    double pairs;          /* of all parts, ordered */
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
    const spil_vid passed = spil_random_path(walker, part, a, b, &rng, &inner);
    for (spil_vid j = 0; j < passed; j++)
        count[part->name[inner[j]]]++;
}

static spil_status draw_many(const sampler *s, uint64_t begin, uint64_t end, spil_err *err)
{
    const uint64_t blocks = (end - begin + BLOCK - 1) / BLOCK;
#pragma omp parallel for default(none) shared(s, begin, end, blocks) schedule(dynamic, 1)
    for (uint64_t k = 0; k < blocks; k++) {
        const unsigned me = spil_par_thread();
        const uint64_t first = begin + k * BLOCK, last = first + BLOCK < end ? first + BLOCK : end;
        for (uint64_t i = first; i < last && !spil_stop_requested(); i++)
            draw(s, i, s->walkers[me], s->counts + (size_t)me * s->n);
    }
    return spil_check_stop(err);
}

static double share_of(const sampler *s, spil_vid v, uint64_t draws)
{
    uint64_t count = 0;
    for (unsigned t = 0; t < s->threads; t++)
        count += s->counts[(size_t)t * s->n + v];
    return (double)count / (double)draws;
}

static void forget(sampler *s)
{
    for (size_t i = 0; i < (size_t)s->threads * s->n; i++)
        s->counts[i] = 0;
}

/* ---- when to stop ---- */

static double radius(double p, double draws, double l)
{
    return sqrt(2 * p * (1 - p) * l / draws) + 3 * l / draws;
}

/* The L that makes radius(p, draws, L) = error: a quadratic in sqrt(L). */
static double affordable(double p, double draws, double error)
{
    const double a = 3 / draws, b = sqrt(2 * p * (1 - p) / draws);
    const double root = (sqrt(b * b + 4 * a * error) - b) / (2 * a);
    return root * root;
}

/* Chance of failure that vertices with these first estimates would spend, were there so many draws.
 */
static double spent(const double *p, spil_vid n, double draws, double error)
{
    double sum = 0;
    for (spil_vid v = 0; v < n; v++)
        sum += 3 * exp(-affordable(p[v], draws, error));
    return sum;
}

/* L of each vertex, and the draws that should do; half of chance is spread evenly, as a floor. */
static double allot(const double *p, spil_vid n, double error, double chance, double *l)
{
    double low = 1, high = 2;
    while (spent(p, n, high, error) > chance / 2)
        high *= 2;
    for (int i = 0; i < 50; i++) {
        const double middle = (low + high) / 2;
        if (spent(p, n, middle, error) > chance / 2)
            low = middle;
        else
            high = middle;
    }
    for (spil_vid v = 0; v < n; v++)
        l[v] = -log((3 * exp(-affordable(p[v], high, error)) + chance / 2 / n) / 3);
    return high;
}

static bool all_within(const sampler *s, uint64_t draws, double error, const double *l)
{
    for (spil_vid v = 0; v < s->n; v++)
        if (radius(share_of(s, v, draws), (double)draws, l[v]) > error)
            return false;
    return true;
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

static spil_status sample(sampler *s, const spil_sampling *how, double error, double *value,
                          uint64_t *draws, spil_err *err)
{
    spil_status rc = SPIL_OK;
    double *p = value, *l = NULL;
    const double chance = (1 - how->confidence) / ROUNDS;
    TRY(NEW_ARRAY(l, s->n, err));
    TRY(draw_many(s, 0, FIRST_DRAWS, err));
    for (spil_vid v = 0; v < s->n; v++)
        p[v] = share_of(s, v, FIRST_DRAWS);
    forget(s);
    double wanted = allot(p, s->n, error, chance, l);
    uint64_t done_draws = 0;
    spil_progress_begin(how->progress, "betweenness, sampled", (uint64_t)wanted);
    for (int round = 0; round < ROUNDS; round++) {
        const uint64_t upto = (uint64_t)ceil(wanted);
        TRY(draw_many(s, FIRST_DRAWS + done_draws, FIRST_DRAWS + upto, err));
        spil_progress_step(how->progress, upto - done_draws);
        done_draws = upto;
        if (all_within(s, done_draws, error, l))
            break;
        wanted *= growth;
        if (round + 1 == ROUNDS)
            rc = spil_fail(err, SPIL_MATH, "betweenness: %llu draws do not reach the error",
                           (unsigned long long)done_draws);
    }
    spil_progress_end(how->progress);
    for (spil_vid v = 0; rc == SPIL_OK && v < s->n; v++)
        value[v] = share_of(s, v, done_draws);
    *draws = done_draws;
done:
    spil_free(l);
    return rc;
}

spil_status spil_betweenness_sampled(const spil_csr *g, const spil_sampling *how, double *value,
                                     uint64_t *draws, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_parts *parts = NULL;
    sampler s = {.n = g->n, .seed = how->seed, .threads = spil_par_threads()};
    const double all_pairs = (double)g->n * ((double)g->n - 1);
    *draws = 0;
    if (!(how->error > 0) || !(how->confidence > 0 && how->confidence < 1))
        return spil_fail(err, SPIL_RANGE, "betweenness: error '%g' and confidence '%g' must be > 0",
                         how->error, how->confidence);
    TRY(spil_parts_split(&parts, g, NULL, err));
    s.parts = parts;
    for (spil_vid v = 0; v < g->n; v++)
        value[v] = 0;
    if (parts->count > 0) {
        TRY(sampler_new(&s, err));
        add_pairs(&s);
        TRY(sample(&s, how, how->error * all_pairs / s.pairs, value, draws, err));
    }
    for (spil_vid v = 0; v < g->n; v++)
        value[v] *= s.pairs;
    spil_parts_add_joints(parts, value);
done:
    sampler_free(&s);
    spil_parts_free(parts);
    return rc;
}
