/* metric_component.c - in which connected part a vertex lies.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Parts are numbered 0.. by their first vertex. O(n + m) at worst, two neighbours a vertex where
 * one part is a giant; see components.c.
 */
#include "engine/base/mem.h"
#include "engine/metrics/components.h"
#include "engine/metrics/metric.h"

static spil_status run(const spil_csr *g, const spil_metric_opts *opts, double *value,
                       spil_metric_note *note, spil_err *err)
{
    spil_status rc = SPIL_OK;
    uint32_t *of = NULL, count = 0;
    (void)opts, (void)note;
    TRY(NEW_ARRAY(of, g->n, err));
    TRY(spil_components_find(g, of, &count, err));
    TRY(spil_check_stop(err));
    for (spil_vid v = 0; v < g->n; v++)
        value[v] = of[v];
done:
    spil_free(of);
    return rc;
}

const spil_metric spil_metric_component = {
    .name = "component",
    .label_en = "Component",
    .label_nl = "Deelnetwerk",
    .summary = "Number of the connected part that the entity lies in.",
    .source = "Sutton, Ben-Nun & Barak 2018, IPDPS (Afforest)",
    .cost = "O(n + m)",
    .integral = true,
    .run = run,
};
