/* metric_strength.c - how heavy a vertex's links are together.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * s(v) = sum over u in N(v) of w(v, u), always weighted. O(m).
 */
#include "engine/metrics/metric.h"

static spil_status run(const spil_csr *g, const spil_metric_opts *opts, double *value,
                       spil_metric_note *note, spil_err *err)
{
    (void)opts, (void)note, (void)err;
#pragma omp parallel for default(none) shared(g, value) schedule(dynamic, 1024) /* hubs cost more  \
                                                                                 */
    for (spil_vid v = 0; v < g->n; v++) {
        double sum = 0;
        for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
            sum += spil_weight(g, i);
        value[v] = sum;
    }
    return SPIL_OK;
}

const spil_metric spil_metric_strength = {
    .name = "strength",
    .label_en = "Strength",
    .label_nl = "Sterkte",
    .summary = "Sum of the weights of an entity's links.",
    .source = "Barrat et al. 2004, PNAS 101:3747",
    .cost = "O(m)",
    .run = run,
};
