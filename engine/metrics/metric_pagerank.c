/* metric_pagerank.c - how often a random walker passes. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * x(v) = a * sum over u in N(v) of x(u) w(u,v) / s(u) + (1 - a) / n, where what a vertex without
 * links has goes to all alike; values add up to 1. a: opts->damping. With opts->reset the walker
 * starts anew there instead of anywhere: how near a vertex is to those (Haveliwala 2002). See
 * pagerank.c (Brin & Page 1998; O(m log 1/error), a third of the passes over the rows that the
 * power method takes).
 */
#include "engine/metrics/metric.h"
#include "engine/metrics/pagerank.h"

static spil_status run(const spil_csr *g, const spil_metric_opts *opts, double *value,
                       spil_metric_note *note, spil_err *err)
{
    (void)note;
    return spil_pagerank(g, opts->weighted, opts->damping, opts->reset, value, err);
}

const spil_metric spil_metric_pagerank = {
    .name = "pagerank",
    .label_en = "PageRank",
    .label_nl = "PageRank",
    .summary = "Share of its time that a random walker along the links spends at the entity.",
    .source = "Brin & Page 1998, Comput. Netw. 30:107",
    .cost = "O(m log 1/error)",
    .personal = true,
    .run = run,
};
