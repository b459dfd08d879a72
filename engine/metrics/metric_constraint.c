/* metric_constraint.c - Burt's constraint: how little room a vertex has to play its contacts
 * against each other. SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     p(i,j) = w(i,j) / s(i)                          share of i's effort that goes to j
 *     C(i)   = sum over j != i of ( p(i,j) + sum over q != i,j of p(i,q) p(q,j) )^2
 *
 * j runs over the neighbours of i. Low: i bridges structural holes. A vertex without links has no
 * constraint by the formula; 1 stands for it, the value of a vertex with a single link.
 *
 * For each i, direct[j] is filled for its neighbours, and each neighbour q hands p(i,q) p(q,j) on
 * to those of its neighbours j that are also i's. O(sum over edges of degree), each thread with its
 * own scratch array, no set operations. Burt 1992, Structural Holes.
 */
#include "engine/base/mem.h"
#include "engine/base/par.h"
#include "engine/metrics/metric.h"

typedef struct scratch {
    double *share; /* n: the bracket of the formula so far */
    spil_vid *of;  /* n: i + 1 when share belongs to i */
} scratch;

static double weight_of(const spil_csr *g, bool weighted, spil_eid i)
{
    return weighted ? g->weight[i] : 1.0;
}

static double constraint(const spil_csr *g, bool weighted, const double *strength, spil_vid i,
                         double *share, spil_vid *of)
{
    const spil_eid begin = g->row[i], end = g->row[i + 1];
    double sum = 0;
    if (begin == end)
        return 1;
    for (spil_eid e = begin; e < end; e++) {
        share[g->col[e]] = weight_of(g, weighted, e) / strength[i];
        of[g->col[e]] = i + 1;
    }
    for (spil_eid e = begin; e < end; e++) {
        const spil_vid q = g->col[e];
        const double handed_on = weight_of(g, weighted, e) / strength[i] / strength[q];
        for (spil_eid f = g->row[q]; f < g->row[q + 1]; f++)
            if (of[g->col[f]] == i + 1)
                share[g->col[f]] += handed_on * weight_of(g, weighted, f);
    }
    for (spil_eid e = begin; e < end; e++)
        sum += share[g->col[e]] * share[g->col[e]];
    return sum;
}

static void add_strengths(const spil_csr *g, bool weighted, double *strength)
{
    for (spil_vid v = 0; v < g->n; v++)
        for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
            strength[v] += weight_of(g, weighted, i);
}

static spil_status run(const spil_csr *g, const spil_metric_opts *opts, double *value,
                       spil_metric_note *note, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const size_t n = g->n;
    const bool weighted = opts->weighted;
    scratch s = {NULL, NULL};
    double *strength = NULL;
    (void)note;
    TRY(NEW_ARRAY(strength, n, err));
    TRY(NEW_ARRAY(s.share, n * spil_par_threads(), err));
    TRY(NEW_ARRAY(s.of, n * spil_par_threads(), err));
    add_strengths(g, weighted, strength);
#pragma omp parallel for default(none) shared(g, n, weighted, strength, s, value)                  \
    schedule(dynamic, 256) /* hubs cost more */
    for (spil_vid v = 0; v < g->n; v++) {
        const size_t mine = n * spil_par_thread();
        if (!spil_stop_requested())
            value[v] = constraint(g, weighted, strength, v, s.share + mine, s.of + mine);
    }
    TRY(spil_check_stop(err));
done:
    spil_free(strength);
    spil_free(s.share);
    spil_free(s.of);
    return rc;
}

const spil_metric spil_metric_constraint = {
    .name = "constraint",
    .label_en = "Burt's constraint",
    .label_nl = "Beperktheid (Burt)",
    .summary = "How much an entity's contacts are linked to each other and so leave it no room; "
               "low values mark brokers.",
    .source = "Burt 1992, Structural Holes",
    .cost = "O(sum over links of degree)",
    .run = run,
};
