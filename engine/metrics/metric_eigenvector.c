/* metric_eigenvector.c - who is linked to those who are linked.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     A x = lambda x, lambda the largest eigenvalue, x >= 0, scaled so that its largest entry is 1
 *
 * (igraph's scale; NetworkX divides by the Euclidean length instead). In a network of several parts
 * only the part with the largest eigenvalue has entries above 0; parts that tie share, by how their
 * degrees lie along it, since the search starts from the degrees. Without links all are 1.
 *
 * Locally optimal conjugate gradients (Knyazev 2001, SIAM J. Sci. Comput. 23:517): each step takes
 * the best vector in the span of x, the residual A x - lambda x, and the step before; the square
 * root of the power method's number of steps, without keeping more than three vectors and their
 * images. The three are made orthonormal first, so that the small eigenproblem is a plain one.
 */
#include "engine/base/mem.h"
#include "engine/metrics/linear.h"
#include "engine/metrics/metric.h"

#include <math.h>

enum { MOST_STEPS = 20000, BASIS = 3, REFRESH = 16 };
static const double tolerance = 1e-14; /* of |A x - lambda x| / lambda */

typedef struct pair { /* a vector and A times it */
    double *of, *image;
} pair;

typedef struct solver {
    const spil_csr *g;
    bool weighted;
    pair basis[BASIS]; /* x, residual, step before */
    double *partial;
} solver;

static double dot(const solver *s, const double *a, const double *b)
{
    return spil_dot(a, b, s->g->n, s->partial);
}

static void scale(const solver *s, pair p, double factor)
{
    for (spil_vid v = 0; v < s->g->n; v++) {
        p.of[v] *= factor;
        p.image[v] *= factor;
    }
}

/* p -= its part along q (of length 1), image too. */
static void take_out(const solver *s, pair p, pair q)
{
    const double along = dot(s, p.of, q.of);
    spil_add_scaled(p.of, -along, q.of, s->g->n);
    spil_add_scaled(p.image, -along, q.image, s->g->n);
}

/* Length 1; false when nothing is left of it. */
static bool normalise(const solver *s, pair p, double least)
{
    const double length = sqrt(dot(s, p.of, p.of));
    if (!(length > least))
        return false;
    scale(s, p, 1 / length);
    return true;
}

static void image_of(const solver *s, pair p)
{
    spil_adjacency_times(s->g, s->weighted, p.of, p.image);
}

/* Best direction in a symmetric matrix of size 2 or 3: power steps on (H + c I)^2^k would do too,
 * but Jacobi's rotations are exact to the last bits. weight: the eigenvector of the largest. */
static void largest_of(double h[BASIS][BASIS], int size, double weight[BASIS])
{
    double q[BASIS][BASIS] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    for (int sweep = 0; sweep < 30; sweep++)
        for (int i = 0; i < size; i++)
            for (int j = i + 1; j < size; j++) {
                const double angle = 0.5 * atan2(2 * h[i][j], h[i][i] - h[j][j]);
                const double c = cos(angle), d = sin(angle);
                for (int k = 0; k < BASIS; k++) { /* columns */
                    const double a = h[k][i], b = h[k][j], u = q[k][i], w = q[k][j];
                    h[k][i] = c * a + d * b;
                    h[k][j] = c * b - d * a;
                    q[k][i] = c * u + d * w;
                    q[k][j] = c * w - d * u;
                }
                for (int k = 0; k < BASIS; k++) { /* rows */
                    const double a = h[i][k], b = h[j][k];
                    h[i][k] = c * a + d * b;
                    h[j][k] = c * b - d * a;
                }
            }
    int best = 0;
    for (int i = 1; i < size; i++)
        if (h[i][i] > h[best][best])
            best = i;
    for (int i = 0; i < BASIS; i++)
        weight[i] = i < size ? q[i][best] : 0;
}

/* x and the step become the best combination and what it adds to x. */
static void combine(solver *s, const double weight[BASIS], int size)
{
    const pair x = s->basis[0], r = s->basis[1], p = s->basis[2];
    const double wp = size == BASIS ? weight[2] : 0;
#pragma omp parallel for default(none) shared(s, weight, x, r, p, wp)                              \
    schedule(static) if (s->g->n >= SPIL_WORTH_THREADS)
    for (spil_vid v = 0; v < s->g->n; v++) {
        const double step = weight[1] * r.of[v] + wp * p.of[v];
        const double step_image = weight[1] * r.image[v] + wp * p.image[v];
        p.of[v] = step;
        p.image[v] = step_image;
        x.of[v] = weight[0] * x.of[v] + step;
        x.image[v] = weight[0] * x.image[v] + step_image;
    }
}

static void take_residual(solver *s, double lambda)
{
    const pair x = s->basis[0], r = s->basis[1];
#pragma omp parallel for default(none) shared(s, lambda, x, r)                                     \
    schedule(static) if (s->g->n >= SPIL_WORTH_THREADS)
    for (spil_vid v = 0; v < s->g->n; v++)
        r.of[v] = x.image[v] - lambda * x.of[v];
}

/* One step. *done: no residual worth the name is left. */
static void step(solver *s, bool have_previous, bool *done)
{
    const double lambda = dot(s, s->basis[0].of, s->basis[0].image);
    double h[BASIS][BASIS] = {{0}}, weight[BASIS];
    int size = 2;
    take_residual(s, lambda);
    *done = !normalise(s, s->basis[1], tolerance * lambda);
    if (*done)
        return;
    take_out(s, s->basis[1], s->basis[0]);
    image_of(s, s->basis[1]);
    (void)normalise(s, s->basis[1], 0);
    if (have_previous) {
        take_out(s, s->basis[2], s->basis[0]);
        take_out(s, s->basis[2], s->basis[1]);
        size = normalise(s, s->basis[2], 1e-30) ? 3 : 2;
    }
    for (int i = 0; i < size; i++)
        for (int j = 0; j <= i; j++)
            h[i][j] = h[j][i] = dot(s, s->basis[i].of, s->basis[j].image);
    largest_of(h, size, weight);
    combine(s, weight, size);
}

static spil_status iterate(solver *s, spil_err *err)
{
    bool done = false;
    double lambda_before = 0;
    unsigned still = 0;
    for (int k = 0; k < MOST_STEPS && !done && still < 2 * REFRESH; k++) {
        const spil_status rc = spil_check_stop(err);
        if (rc != SPIL_OK)
            return rc;
        if (k % REFRESH == 0) { /* the images drift from the vectors by rounding */
            image_of(s, s->basis[0]);
            (void)normalise(s, s->basis[0], 0);
        }
        step(s, k % REFRESH != 0, &done);
        const double lambda = dot(s, s->basis[0].of, s->basis[0].image);
        still = fabs(lambda - lambda_before) <= 1e-16 * lambda ? still + 1 : 0;
        lambda_before = lambda;
    }
    return SPIL_OK;
}

/* The vector of the largest eigenvalue has one sign; rounding may leave specks of the other. */
static void finish(solver *s, double *value)
{
    const double *const x = s->basis[0].of;
    double largest = 0;
    for (spil_vid v = 0; v < s->g->n; v++)
        if (fabs(x[v]) > fabs(largest))
            largest = x[v];
    for (spil_vid v = 0; v < s->g->n; v++)
        value[v] = fmax(0, x[v] / largest);
}

static spil_status run(const spil_csr *g, const spil_metric_opts *opts, double *value,
                       spil_metric_note *note, spil_err *err)
{
    spil_status rc = SPIL_OK;
    solver s = {.g = g, .weighted = opts->weighted};
    (void)note;
    for (spil_vid v = 0; v < g->n; v++)
        value[v] = 1;
    if (g->m == 0)
        return SPIL_OK;
    for (int i = 0; i < BASIS; i++) {
        TRY(NEW_ARRAY(s.basis[i].of, g->n, err));
        TRY(NEW_ARRAY(s.basis[i].image, g->n, err));
    }
    TRY(NEW_ARRAY(s.partial, spil_linear_partials(g->n), err));
    spil_strengths(g, opts->weighted, s.basis[0].of);
    TRY(iterate(&s, err));
    finish(&s, value);
done:
    for (int i = 0; i < BASIS; i++) {
        spil_free(s.basis[i].of);
        spil_free(s.basis[i].image);
    }
    spil_free(s.partial);
    return rc;
}

const spil_metric spil_metric_eigenvector = {
    .name = "eigenvector",
    .label_en = "Eigenvector centrality",
    .label_nl = "Eigenvectorcentraliteit",
    .summary = "How well an entity is linked to well-linked entities; the highest is 1.",
    .source = "Bonacich 1972, J. Math. Sociol. 2:113; Knyazev 2001, SIAM J. Sci. Comput. 23:517",
    .cost = "O(m sqrt(1/gap))",
    .run = run,
};
