/* metric_harmonic.c - how near a vertex is to all others. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * h(v) = sum over u != v of 1 / d(u, v), with 1 / infinity = 0; links count 1. Not normalised.
 * Harmonic closeness is sound on networks in several pieces, where the sum of distances is not.
 * See distances.h for the search from 512 sources at once.
 */
#include "engine/metrics/distances.h"
#include "engine/metrics/metric.h"

static spil_status run(const spil_csr *g, const spil_metric_opts *opts, double *value,
                       spil_metric_note *note, spil_err *err)
{
    (void)note;
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
