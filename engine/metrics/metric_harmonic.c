/* metric_harmonic.c - how near a vertex is to all others. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * h(v) = sum over u != v of 1 / d(u, v), with 1 / infinity = 0; links count 1. Not normalised.
 * Harmonic closeness is sound on networks in several pieces, where the sum of distances is not.
 * Marchiori & Latora 2000. O(n m / 512) words of 64 bytes: see distances.h for the search from 512
 * sources at once. Where that would be too long (opts->exact_work), random sources give it with a
 * stated error, and the 512 largest exactly: see harmonic_sampled.h; note tells. With weights a
 * link is 1/weight long: see lengths.h, one source at a time, and never sampled.
 */
#include "engine/base/mem.h"
#include "engine/metrics/distances.h"
#include "engine/metrics/harmonic_sampled.h"
#include "engine/metrics/lengths.h"
#include "engine/metrics/metric.h"

#include <math.h>

/* exact_work is what betweenness may take; this search does a vertex and link in a sixteenth. The
 * error is coarser, since the values are large: a third of all there can be is common. */
static const double quicker = 16, coarser = 6;

static spil_status sampled(const spil_csr *g, const spil_metric_opts *opts, double *value,
                           spil_metric_note *note, bool *enough, spil_err *err)
{
    const spil_sampling how = {fmin(coarser * opts->error, 1), opts->confidence, opts->seed,
                               opts->progress};
    spil_sampled got = {0};
    const spil_status rc = spil_harmonic_sampled(g, &how, g->n, value, &got, enough, err);
    if (rc == SPIL_OK && *enough && note)
        *note = (spil_metric_note){.approximate = got.draws > 0 && got.error > 0,
                                   .error = got.error * ((double)g->n - 1),
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
    TRY(spil_lengths_of_weights(&length, g, opts->exact_work, "harmonic closeness", err));
    rc = spil_lengths_distances(g, length, opts->progress, value, NULL, err);
done:
    spil_free(length);
    return rc;
}

static spil_status run(const spil_csr *g, const spil_metric_opts *opts, double *value,
                       spil_metric_note *note, spil_err *err)
{
    bool enough = false;
    if (opts->weighted)
        return by_weight(g, opts, value, err);
    if ((double)g->n * (double)g->m > quicker * opts->exact_work) {
        const spil_status rc = sampled(g, opts, value, note, &enough, err);
        if (rc != SPIL_OK || enough)
            return rc;
    }
    return spil_distances_sum(g, opts->progress, &(spil_distance_sums){.harmonic = value}, err);
}

const spil_metric spil_metric_harmonic = {
    .name = "harmonic",
    .label_en = "Harmonic closeness",
    .label_nl = "Nabijheid (harmonisch)",
    .summary = "Sum over the other entities of one over the distance to them.",
    .source = "Marchiori & Latora 2000, Physica A 285:539; Then et al. 2014, VLDB 8:449",
    .cost = "O(n m / 512)",
    .run = run,
};
