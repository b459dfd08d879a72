/* metric_betweenness.c - who stands on the shortest paths between others.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * b(v) = sum over unordered pairs {s, t}, s != v != t, of sigma_st(v) / sigma_st, where sigma_st
 * counts the shortest s-t paths and sigma_st(v) those that pass v; links count 1. Not normalised.
 * Freeman 1977; Brandes 2001. O(n m) at worst, in fact vertices x edges of each block, sixteen
 * sources at a time. See betweenness.c (blocks, batches), parts.h (folding) and brandes.h (the
 * search). Where that would be too long (opts->exact_work) random paths give it with a stated error
 * instead: see betweenness_sampled.c; note tells. With weights a link is 1/weight long: see
 * lengths.h, one source at a time, and never sampled.
 */
#include "engine/base/mem.h"
#include "engine/metrics/betweenness.h"
#include "engine/metrics/lengths.h"
#include "engine/metrics/metric.h"

static spil_status sampled(const spil_csr *g, const spil_metric_opts *opts, double *value,
                           spil_metric_note *note, spil_err *err)
{
    const spil_sampling how = {opts->error, opts->confidence, opts->seed, opts->progress};
    spil_sampled got = {0};
    const spil_status rc = spil_betweenness_sampled(g, &how, value, &got, err);
    if (rc == SPIL_OK && note)
        *note = (spil_metric_note){.approximate = got.draws > 0,
                                   .error = opts->error * (double)g->n * ((double)g->n - 1) / 2,
                                   .confidence = opts->confidence,
                                   .sure_ranks = got.ranks,
                                   .top_error = got.top_error};
    return rc;
}

static spil_status by_weight(const spil_csr *g, const spil_metric_opts *opts, double *value,
                             spil_err *err)
{
    spil_status rc = SPIL_OK;
    double *length = NULL;
    TRY(spil_lengths_of_weights(&length, g, opts->exact_work, "betweenness", err));
    rc = spil_lengths_betweenness(g, length, opts->progress, value, NULL, err);
done:
    spil_free(length);
    return rc;
}

static spil_status run(const spil_csr *g, const spil_metric_opts *opts, double *value,
                       spil_metric_note *note, spil_err *err)
{
    spil_status rc = SPIL_OK;
    double work = 0;
    if (opts->weighted)
        return by_weight(g, opts, value, err);
    TRY(spil_betweenness_work(g, &work, err));
    if (work > opts->exact_work)
        TRY(sampled(g, opts, value, note, err));
    else
        TRY(spil_betweenness_from(g, NULL, opts->progress, value, err));
    for (spil_vid v = 0; v < g->n; v++)
        value[v] /= 2; /* each pair was met from both its ends */
done:
    return rc;
}

const spil_metric spil_metric_betweenness = {
    .name = "betweenness",
    .label_en = "Betweenness",
    .label_nl = "Tussenpositie",
    .summary =
        "Number of pairs of other entities whose shortest paths pass the entity, shared when "
        "there are several.",
    .source = "Freeman 1977, Sociometry 40:35; Brandes 2001, J. Math. Sociol. 25:163",
    .cost = "O(n m), by block",
    .run = run,
};
