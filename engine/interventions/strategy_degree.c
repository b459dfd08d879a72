/* strategy_degree.c - most links first. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The number of links to those who are still there, or their weights together. O(m) a scoring.
 */
#include "engine/interventions/strategy.h"

static spil_status score(const spil_csr *g, const spil_strategy_opts *opts, double *value,
                         spil_err *err)
{
    (void)err;
    for (spil_vid v = 0; v < g->n; v++) {
        value[v] = spil_degree(g, v);
        if (opts->weighted) {
            value[v] = 0;
            for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
                value[v] += g->weight[i];
        }
    }
    return SPIL_OK;
}

const spil_strategy spil_strategy_degree = {
    .name = "degree",
    .summary = "Most links to those who remain first; weighted: the heaviest links together.",
    .source = "Albert, Jeong & Barabasi 2000, Nature 406:378",
    .cost = "O(n + m) a step",
    .score = score,
};
