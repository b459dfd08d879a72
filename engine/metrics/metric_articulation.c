/* metric_articulation.c - who alone holds parts of the network together.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * 1 when removing the vertex leaves its component in two or more pieces, else 0: it then lies in
 * two or more blocks. See blocks.h (Hopcroft & Tarjan 1973). O(n + m),
 * one depth-first search that keeps no stack of links.
 */
#include "engine/base/mem.h"
#include "engine/metrics/blocks.h"
#include "engine/metrics/metric.h"

static spil_status run(const spil_csr *g, const spil_metric_opts *opts, double *value,
                       spil_metric_note *note, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_blocks *blocks = NULL;
    uint8_t *is = NULL;
    (void)opts, (void)note;
    TRY(NEW_ARRAY(is, g->n, err));
    TRY(spil_blocks_find(&blocks, g, err));
    spil_blocks_articulation(blocks, is);
    for (spil_vid v = 0; v < g->n; v++)
        value[v] = is[v];
done:
    spil_blocks_free(blocks);
    spil_free(is);
    return rc;
}

const spil_metric spil_metric_articulation = {
    .name = "articulation",
    .label_en = "Articulation point",
    .label_nl = "Scharnierpunt",
    .summary = "1 when the network falls into more pieces without the entity, else 0.",
    .source = "Hopcroft & Tarjan 1973, CACM 16:372",
    .cost = "O(n + m)",
    .integral = true,
    .run = run,
};
