/* metric_degree.c - in how many links a vertex stands. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * k(v) = |N(v)| on the simple graph. O(n).
 */
#include "engine/metrics/metric.h"

static spil_status run(const spil_csr *g, const spil_metric_opts *opts, double *value,
                       spil_metric_note *note, spil_err *err)
{
    (void)opts, (void)note, (void)err;
    for (spil_vid v = 0; v < g->n; v++)
        value[v] = spil_degree(g, v);
    return SPIL_OK;
}

const spil_metric spil_metric_degree = {
    .name = "degree",
    .label_en = "Degree",
    .label_nl = "Aantal verbindingen",
    .summary = "Number of different entities that an entity is linked to.",
    .source = "Freeman 1978, Social Networks 1:215",
    .cost = "O(n)",
    .integral = true,
    .run = run,
};
