/* metric_katz.c - who is reached by many walks, short ones above all.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     x = 1 + b A x = 1 + b A 1 + b^2 A^2 1 + ...,   b = a / (largest eigenvalue of A)
 *
 * x(v) counts the walks of any length that end at v, each step worth b; a: opts->damping, so that
 * walks of all lengths add up whatever the network. A vertex without links has 1.
 *
 * b A is symmetric with eigenvalues in [-a, a], so the Chebyshev semi-iteration gains the same
 * factor a step as in pagerank.c, 1.8 at a = 0.85, with one look-up a neighbour and no scalar
 * products. (I - b A)^-1 has no negative entry and x is its product with 1: a residual of at most e
 * at every vertex means that every value is right to e times itself. That is the test for stopping.
 * O(m log 1/error), and the eigenvector for its eigenvalue.
 */
#include "engine/base/mem.h"
#include "engine/metrics/linear.h"
#include "engine/metrics/metric.h"

#include <math.h>

enum { MOST_STEPS = 100000, CHECK_EVERY = 8 };
static const double tolerance = 1e-12; /* of each value, relative */

/* Of the leading eigenvector, which x becomes: x A x / x x. 0 without links. */
static spil_status largest_eigenvalue(const spil_csr *g, const spil_metric_opts *opts, double *x,
                                      double *out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    double *image = NULL, *partial = NULL;
    *out = 0;
    if (g->m == 0)
        return SPIL_OK;
    TRY(spil_metric_find("eigenvector")->run(g, opts, x, NULL, err));
    TRY(NEW_ARRAY(image, g->n, err));
    TRY(NEW_ARRAY(partial, spil_linear_partials(g->n), err));
    spil_adjacency_times(g, opts->weighted, x, image);
    *out = spil_dot(x, image, g->n, partial) / spil_dot(x, x, g->n, partial);
done:
    spil_free(image);
    spil_free(partial);
    return rc;
}

/* older becomes the next iterate; returns the largest residual of newer. image: n. */
static double step(const spil_csr *g, bool weighted, double b, double relax, double *older,
                   const double *newer, double *image)
{
    double worst = 0;
    spil_adjacency_times(g, weighted, newer, image);
    for (spil_vid v = 0; v < g->n; v++) {
        const double next = 1 + b * image[v];
        worst = fmax(worst, fabs(next - newer[v]));
        older[v] += relax * (next - older[v]);
    }
    return worst;
}

static spil_status iterate(const spil_csr *g, const spil_metric_opts *opts, double b, double *older,
                           double *newer, double *image, double *value, spil_err *err)
{
    double relax = 2; /* o(1) = 1 from o(0) = 2 in form: see pagerank.c */
    for (spil_vid v = 0; v < g->n; v++) {
        older[v] = 0;
        newer[v] = 1;
    }
    for (int k = 0; k < MOST_STEPS; k++) {
        relax = 1 / (1 - opts->damping * opts->damping * relax / 4);
        if (step(g, opts->weighted, b, relax, older, newer, image) <= tolerance) {
            for (spil_vid v = 0; v < g->n; v++)
                value[v] = newer[v];
            return SPIL_OK;
        }
        double *const swap = older;
        older = newer;
        newer = swap;
        if (k % CHECK_EVERY == 0 && spil_stop_requested())
            return spil_check_stop(err);
    }
    return spil_fail(err, SPIL_MATH, "katz: no convergence with damping %g", opts->damping);
}

static spil_status run(const spil_csr *g, const spil_metric_opts *opts, double *value,
                       spil_metric_note *note, spil_err *err)
{
    spil_status rc = SPIL_OK;
    double *older = NULL, *newer = NULL, *image = NULL, eigenvalue = 0;
    (void)note;
    if (!(opts->damping >= 0 && opts->damping < 1))
        return spil_fail(err, SPIL_RANGE, "katz: damping '%g' is not in [0, 1)", opts->damping);
    TRY(largest_eigenvalue(g, opts, value, &eigenvalue, err)); /* needs twice as many vectors */
    spil_mem_give_back();
    TRY(NEW_ARRAY(older, g->n, err));
    TRY(NEW_ARRAY(newer, g->n, err));
    TRY(NEW_ARRAY(image, g->n, err));
    TRY(iterate(g, opts, eigenvalue > 0 ? opts->damping / eigenvalue : 0, older, newer, image,
                value, err));
done:
    spil_free(older);
    spil_free(newer);
    spil_free(image);
    return rc;
}

const spil_metric spil_metric_katz = {
    .name = "katz",
    .label_en = "Katz centrality",
    .label_nl = "Katz-centraliteit",
    .summary = "Walks of any length that end at the entity, a longer one counting for less.",
    .source = "Katz 1953, Psychometrika 18:39",
    .cost = "O(m log 1/error)",
    .run = run,
};
