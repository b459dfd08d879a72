/* strategy_katz.c - those reached by many walks first. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * x = (I - alpha A)^-1 1, over the whole of what is left, divided by sign(sum x) |x|. Below 1 /
 * (largest eigenvalue) the terms of 1 + alpha A 1 + alpha^2 A^2 1 + ... fall and are added up. At a
 * larger alpha the series has no sum, though the equations have a solution; published runs (alpha =
 * 0.1 on weighted links) order by it, so it is solved by LU up to SMALL vertices and refused
 * beyond.
 */
#include "engine/base/mem.h"
#include "engine/interventions/strategy.h"
#include "engine/metrics/linear.h"

#include <gsl/gsl_linalg.h>
#include <math.h>
#include <string.h>

enum { SMALL = 2000, TERMS = 2000 };

static spil_status solve(const spil_csr *g, bool weighted, double alpha, double *x, spil_err *err)
{
    spil_status rc = SPIL_OK;
    double *a = NULL, *ones = NULL;
    size_t *swaps = NULL;
    int sign = 0;
    TRY(NEW_ARRAY(a, (size_t)g->n * g->n, err));
    TRY(NEW_ARRAY(ones, g->n, err));
    TRY(NEW_ARRAY(swaps, g->n, err));
    for (spil_vid v = 0; v < g->n; v++) {
        ones[v] = 1;
        a[(size_t)v * g->n + v] = 1;
        for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
            a[(size_t)v * g->n + g->col[i]] = -alpha * (weighted ? g->weight[i] : 1);
    }
    gsl_matrix_view matrix = gsl_matrix_view_array(a, g->n, g->n);
    const gsl_vector_const_view right = gsl_vector_const_view_array(ones, g->n);
    gsl_vector_view left = gsl_vector_view_array(x, g->n);
    gsl_permutation order = {g->n, swaps};
    if (gsl_linalg_LU_decomp(&matrix.matrix, &order, &sign) != 0 ||
        gsl_linalg_LU_solve(&matrix.matrix, &order, &right.vector, &left.vector) != 0)
        rc = spil_fail(err, SPIL_MATH, "katz: no solution at alpha %g", alpha);
done:
    spil_free(a);
    spil_free(ones);
    spil_free(swaps);
    return rc;
}

/* x = sum of the terms; *summed false when they do not fall. */
static spil_status add_terms(const spil_csr *g, bool weighted, double alpha, double *x,
                             bool *summed, spil_err *err)
{
    spil_status rc = SPIL_OK;
    double *term = NULL, *next = NULL;
    TRY(NEW_ARRAY(term, g->n, err));
    TRY(NEW_ARRAY(next, g->n, err));
    for (spil_vid v = 0; v < g->n; v++)
        x[v] = term[v] = 1;
    *summed = false;
    for (int t = 0; t < TERMS && !*summed; t++) {
        double largest = 0;
        spil_adjacency_times(g, weighted, term, next);
        for (spil_vid v = 0; v < g->n; v++) {
            term[v] = alpha * next[v];
            x[v] += term[v];
            largest = fmax(largest, term[v] / x[v]);
        }
        *summed = largest < 1e-14;
        if (!isfinite(largest))
            break;
    }
done:
    spil_free(term);
    spil_free(next);
    return rc;
}

static spil_status score(const spil_csr *g, const spil_strategy_opts *opts, double *value,
                         spil_err *err)
{
    spil_status rc = SPIL_OK;
    double sum = 0, square = 0;
    bool summed = false;
    if (g->n <= SMALL)
        TRY(solve(g, opts->weighted, opts->alpha, value, err));
    else {
        TRY(add_terms(g, opts->weighted, opts->alpha, value, &summed, err));
        if (!summed)
            return spil_fail(err, SPIL_MATH,
                             "katz: --alpha %g is not below one over the largest eigenvalue",
                             opts->alpha);
    }
    for (spil_vid v = 0; v < g->n; v++) {
        sum += value[v];
        square += value[v] * value[v];
    }
    const double scale = (sum < 0 ? -1 : 1) / sqrt(square);
    for (spil_vid v = 0; v < g->n; v++)
        value[v] *= scale;
done:
    return rc;
}

const spil_strategy spil_strategy_katz = {
    .name = "katz",
    .summary = "Those reached by many walks, long ones counting less (--alpha), first.",
    .source = "Katz 1953, Psychometrika 18:39",
    .cost = "O(n^3) a step to 2,000 vertices, O(m) a term beyond",
    .whole = true,
    .score = score,
};
