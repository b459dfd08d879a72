/* strategy_betweenness.c - those whom most shortest paths pass first.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Weighted: a link of weight w is 1 / w long, so that strong links are near; opts->far takes the
 * weight itself as the length, as some published runs do.
 */
#include "engine/base/mem.h"
#include "engine/interventions/strategy.h"
#include "engine/metrics/lengths.h"

static spil_status score_lengths(const spil_csr *g, bool far, double *value, spil_err *err)
{
    spil_status rc = SPIL_OK;
    double *length = NULL;
    if (far)
        return spil_lengths_betweenness(g, g->weight, NULL, value, NULL, err);
    TRY(NEW_ARRAY(length, 2 * g->m, err));
    for (spil_eid i = 0; i < 2 * g->m; i++)
        length[i] = 1 / g->weight[i];
    TRY(spil_lengths_betweenness(g, length, NULL, value, NULL, err));
done:
    spil_free(length);
    return rc;
}

static spil_status score(const spil_csr *g, const spil_strategy_opts *opts, double *value,
                         spil_err *err)
{
    if (g->n < 3) { /* nobody stands between */
        for (spil_vid v = 0; v < g->n; v++)
            value[v] = 0;
        return SPIL_OK;
    }
    if (opts->weighted)
        return score_lengths(g, opts->far, value, err);
    const spil_metric_opts metric_opts = SPIL_METRIC_OPTS_DEFAULTS;
    return spil_metric_find("betweenness")->run(g, &metric_opts, value, NULL, err);
}

const spil_strategy spil_strategy_betweenness = {
    .name = "betweenness",
    .summary = "Those whom most shortest paths pass first; weighted: strong links are short.",
    .source = "Holme et al. 2002, Phys. Rev. E 65:056109; Brandes 2001",
    .cost = "O(n m) a step, of the component that changed",
    .score = score,
};
