/* pagerank.c - see pagerank.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     x = a A D^-1 x + (1 - a) r          (Brin & Page 1998; D: degrees or strengths)
 *
 * With w = D^-1 x this is w = a D^-1 A w + c, and D^-1 A is symmetric under the scalar product
 * weighted by D: its eigenvalues are real and lie in [-1, 1] whatever the graph. So the Chebyshev
 * semi-iteration (Golub & Varga 1961),
 *
 *     w(k+1) = w(k-1) + o(k+1) (a D^-1 A w(k) + c - w(k-1)),   o(k+1) = 1 / (1 - a^2 o(k) / 4),
 *
 * gains a factor of a / (1 - sqrt(1 - a^2)) a step, 1.8 at a = 0.85, where the power method gains
 * 1.18 and conjugate gradients no more than this either; but it needs no scalar products, so a step
 * is one pass: a sum over the neighbours of each vertex, which no other thread waits for.
 *
 * Steps run in single precision on the correction, twice: half the bytes, so the vector that is
 * looked up stays nearer. Between them the residual is taken in double and the correction added
 * (iterative refinement, Wilkinson 1963), which also proves the error: a residual r of w leaves at
 * most sum |D r| / (1 - a) of the sum of |error| of x.
 *
 * A step waits for what it looks up, a vector larger than the nearest caches: it is fetched 128
 * entries ahead, which no row is long enough for the processor to do by itself.
 *
 * A vertex without links hands its share to r: that only scales x, so it is left out and x is
 * brought to sum 1. O(m log 1/error); 28 bytes a vertex beside the graph.
 */
#include "engine/metrics/pagerank.h"

#include "engine/base/mem.h"
#include "engine/base/par.h"
#include "engine/metrics/linear.h"

#include <math.h>

enum { MOST_ROUNDS = 60, CHECK_EVERY = 16 };
enum { AHEAD = 128 };                  /* entries: what is looked up there is fetched meanwhile */
static const double tolerance = 1e-11; /* of the sum of |error| */
static const double round_gain = 1e-6; /* what single precision can do in one round */

typedef struct solver {
    const spil_csr *g;
    bool weighted;
    double damping;
    spil_eid safe;        /* rows that end here or before have AHEAD entries behind them */
    const double *reset;  /* NULL: all alike */
    double total;         /* of reset */
    double *strength;     /* n */
    float *factor;        /* n: a / strength, or 0 without links */
    float *residual;      /* n: of w */
    float *newer, *older; /* n each: the correction of w, this step's and the last's */
    double *partial;
} solver;

static double start_share(const solver *s, spil_vid v)
{
    return (1 - s->damping) * (s->reset ? s->reset[v] : 1.0) / s->total;
}

/* ---- in double: how far off is w? ---- */

static double sum_around(const solver *s, const double *w, spil_vid v)
{
    const spil_csr *const g = s->g;
    double sum = 0;
    if (s->weighted)
        for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
            sum += g->weight[i] * w[g->col[i]];
    else
        for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
            sum += w[g->col[i]];
    return sum;
}

/* Sets the residual; returns the bound on the sum of |error| of x. alike: all that have links have
 * the same w, so there is nothing to look up. */
static double take_residual(solver *s, const double *w, bool alike)
{
    const size_t chunks = spil_linear_partials(s->g->n);
#pragma omp parallel for default(none) shared(s, w, alike, chunks)                                 \
    schedule(dynamic, 1) if (s->g->n >= SPIL_WORTH_THREADS) /* hubs cost more */
    for (size_t c = 0; c < chunks; c++) {
        const size_t begin = c * SPIL_CHUNK, left = s->g->n - begin;
        const spil_vid end = (spil_vid)(begin + (left < SPIL_CHUNK ? left : SPIL_CHUNK));
        double part = 0;
        for (spil_vid v = (spil_vid)begin; v < end; v++) {
            const double own = s->strength[v] * w[v];
            double off = 0;
            if (s->strength[v] > 0)
                off = s->damping * (alike ? own : sum_around(s, w, v)) + start_share(s, v) - own;
            s->residual[v] = s->strength[v] > 0 ? (float)(off / s->strength[v]) : 0;
            part += fabs(off);
        }
        s->partial[c] = part;
    }
    double sum = 0;
    for (size_t c = 0; c < chunks; c++)
        sum += s->partial[c];
    return sum / (1 - s->damping);
}

/* ---- in single precision: the correction ---- */

/* a D^-1 A e at v. Weights may be beyond what single precision holds, so they are added in double.
 */
static float pull(const solver *s, const float *e, spil_vid v)
{
    const spil_csr *const g = s->g;
    float sum = 0;
    double weighted = 0;
    if (!s->weighted) {
        const spil_eid end = g->row[v + 1];
        spil_eid i = g->row[v];
        for (; i < end && end <= s->safe; i++) {
            __builtin_prefetch(&e[g->col[i + AHEAD]]);
            sum += e[g->col[i]];
        }
        for (; i < end; i++)
            sum += e[g->col[i]];
        return s->factor[v] * sum;
    }
    for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
        weighted += g->weight[i] * (double)e[g->col[i]];
    return s->strength[v] > 0 ? (float)(s->damping * weighted / s->strength[v]) : 0;
}

/* older becomes the next iterate. */
static void step(solver *s, float relax)
{
#pragma omp parallel for default(none) shared(s, relax)                                            \
    schedule(dynamic, SPIL_CHUNK) if (s->g->n >= SPIL_WORTH_THREADS) /* hubs cost more */
    for (spil_vid v = 0; v < s->g->n; v++)
        s->older[v] += relax * (pull(s, s->newer, v) + s->residual[v] - s->older[v]);
    float *const older = s->older;
    s->older = s->newer;
    s->newer = older;
}

static spil_status correct(solver *s, unsigned steps, double *w, spil_err *err)
{
    const spil_vid n = s->g->n;
    const double square = s->damping * s->damping;
    double relax = 2; /* o(1) = 1 from o(0) = 2 in form, then by the rule */
    for (spil_vid v = 0; v < n; v++) {
        s->older[v] = 0;
        s->newer[v] = s->residual[v];
    }
    for (unsigned k = 1; k < steps; k++) {
        relax = 1 / (1 - square * relax / 4);
        step(s, (float)relax);
        if (k % CHECK_EVERY == 0 && spil_stop_requested())
            return spil_check_stop(err);
    }
#pragma omp parallel for default(none) shared(s, w, n) schedule(static) if (n >= SPIL_WORTH_THREADS)
    for (spil_vid v = 0; v < n; v++)
        w[v] += (double)s->newer[v];
    return spil_check_stop(err);
}

static spil_status iterate(solver *s, double *w, spil_err *err)
{
    const double gain = s->damping > 0 ? s->damping / (1 - sqrt(1 - s->damping * s->damping)) : 1e9;
    double last = (double)INFINITY;
    for (int round = 0; round < MOST_ROUNDS; round++) {
        const double bound = take_residual(s, w, round == 0);
        if (bound <= tolerance)
            return SPIL_OK;
        if (bound > last / 2)
            break;
        last = bound;
        const double want = fmax(tolerance / 2, bound * round_gain);
        const double steps = ceil(log(2 * bound / want) / log(gain)) + 1;
        const spil_status rc = correct(s, (unsigned)fmin(steps, 1e6), w, err);
        if (rc != SPIL_OK)
            return rc;
    }
    return spil_fail(err, SPIL_MATH, "pagerank: no convergence with damping %g", s->damping);
}

/* ---- the whole ---- */

static spil_status allocate(solver *s, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_vid n = s->g->n;
    TRY(NEW_ARRAY(s->strength, n, err));
    TRY(NEW_ARRAY(s->factor, n, err));
    TRY(NEW_ARRAY(s->residual, n, err));
    TRY(NEW_ARRAY(s->newer, n, err));
    TRY(NEW_ARRAY(s->older, n, err));
    TRY(NEW_ARRAY(s->partial, spil_linear_partials(n), err));
done:
    return rc;
}

static void release(solver *s)
{
    spil_free(s->strength);
    spil_free(s->factor);
    spil_free(s->residual);
    spil_free(s->newer);
    spil_free(s->older);
    spil_free(s->partial);
}

static spil_status check(const spil_csr *g, double damping, const double *reset, double *total,
                         spil_err *err)
{
    *total = reset ? 0 : g->n;
    if (!(damping >= 0 && damping < 1))
        return spil_fail(err, SPIL_RANGE, "pagerank: damping '%g' is not in [0, 1)", damping);
    for (spil_vid v = 0; reset && v < g->n; v++) {
        if (!(reset[v] >= 0) || !isfinite(reset[v]))
            return spil_fail(err, SPIL_RANGE, "pagerank: reset weight '%g' is not >= 0", reset[v]);
        *total += reset[v];
    }
    if (g->n > 0 && !(*total > 0))
        return spil_fail(err, SPIL_RANGE, "pagerank: no vertex to start from");
    return SPIL_OK;
}

/* Where a walker that never starts anew would be: w alike everywhere. */
static void first_guess(const solver *s, double *w)
{
    const double sum = spil_ordered_sum(s->strength, s->g->n);
    for (spil_vid v = 0; v < s->g->n; v++)
        w[v] = s->strength[v] > 0 && !s->reset ? 1 / sum : 0;
}

static void finish(const solver *s, double *value)
{
    const spil_vid n = s->g->n;
    for (spil_vid v = 0; v < n; v++)
        value[v] = s->strength[v] > 0 ? value[v] * s->strength[v] : start_share(s, v);
    const double sum = spil_ordered_sum(value, n);
    for (spil_vid v = 0; v < n; v++)
        value[v] /= sum;
}

spil_status spil_pagerank(const spil_csr *g, bool weighted, double damping, const double *reset,
                          double *value, spil_err *err)
{
    spil_status rc = SPIL_OK;
    solver s = {.g = g, .weighted = weighted && g->weight, .damping = damping, .reset = reset};
    TRY(check(g, damping, reset, &s.total, err));
    TRY(allocate(&s, err));
    spil_strengths(g, weighted, s.strength);
    for (spil_vid v = 0; v < g->n; v++)
        s.factor[v] = s.strength[v] > 0 ? (float)(damping / s.strength[v]) : 0;
    s.safe = 2 * g->m > AHEAD ? 2 * g->m - AHEAD : 0;
    first_guess(&s, value);
    TRY(iterate(&s, value, err));
    finish(&s, value);
done:
    release(&s);
    return rc;
}
