/* metric_closeness.c - one over the mean distance to those within reach, times how many those are.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     c(v) = r / (n - 1) * r / sum of d(u, v) over the r others that v reaches;  0 when r = 0
 *
 * Freeman 1979, Social Networks 1:215; the first factor, of Wasserman & Faust 1994, keeps a pair
 * apart from all others from being the closest. Links count 1, which
 * makes it at most 1; with weights a link is 1/weight long (lengths.h). The same search as
 * harmonic closeness (distances.h), at the same cost, which says much the same and is sound on
 * networks in several pieces: so this one is for whoever asks for it by name.
 */
#include "engine/base/mem.h"
#include "engine/metrics/components.h"
#include "engine/metrics/distances.h"
#include "engine/metrics/lengths.h"
#include "engine/metrics/metric.h"

/* farness: n; the sum of distances from each vertex. */
static spil_status sum_distances(const spil_csr *g, const spil_metric_opts *opts, double *farness,
                                 spil_err *err)
{
    spil_status rc = SPIL_OK;
    uint64_t *whole = NULL;
    double *length = NULL;
    if (opts->weighted) {
        TRY(spil_lengths_of_weights(&length, g, opts->exact_work, "closeness", err));
        TRY(spil_lengths_distances(g, length, opts->progress, NULL, farness, err));
    } else {
        TRY(NEW_ARRAY(whole, g->n, err));
        TRY(spil_distances_sum(g, opts->progress, &(spil_distance_sums){.farness = whole}, err));
        for (spil_vid v = 0; v < g->n; v++)
            farness[v] = (double)whole[v];
    }
done:
    spil_free(whole);
    spil_free(length);
    return rc;
}

static spil_status run(const spil_csr *g, const spil_metric_opts *opts, double *value,
                       spil_metric_note *note, spil_err *err)
{
    spil_status rc = SPIL_OK;
    uint32_t *of = NULL, *size = NULL, count = 0;
    (void)note;
    TRY(NEW_ARRAY(of, g->n, err));
    TRY(spil_components_find(g, of, &count, err));
    TRY(NEW_ARRAY(size, count, err));
    TRY(sum_distances(g, opts, value, err));
    for (spil_vid v = 0; v < g->n; v++)
        size[of[v]]++;
    for (spil_vid v = 0; v < g->n; v++) {
        const double reached = size[of[v]] - 1.0;
        value[v] = reached > 0 ? reached / (g->n - 1.0) * (reached / value[v]) : 0;
    }
done:
    spil_free(of);
    spil_free(size);
    return rc;
}

const spil_metric spil_metric_closeness = {
    .name = "closeness",
    .label_en = "Closeness",
    .label_nl = "Nabijheid",
    .summary = "One over the mean distance to the entities within reach, times their share of all.",
    .source = "Freeman 1979, Social Networks 1:215; Wasserman & Faust 1994; Then et al. 2014",
    .cost = "O(n m / 512)",
    .by_name = true,
    .run = run,
};
