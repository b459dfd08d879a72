/* scorer.c - see scorer.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/models/scorer.h"

#include "engine/metrics/metric.h"

#define X(name) extern const spil_bench_scorer spil_bench_scorer_##name;
#include "bench/models/scorers.def"
#undef X

const spil_bench_scorer *const spil_bench_scorers[] = {
#define X(name) &spil_bench_scorer_##name,
#include "bench/models/scorers.def"
#undef X
};
const size_t spil_bench_scorer_count = sizeof spil_bench_scorers / sizeof *spil_bench_scorers;

spil_status spil_bench_score_metric(const spil_bench_case *it, const char *metric, double *value,
                                    spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_csr *const g = it->network->csr;
    const spil_metric_opts opts = SPIL_METRIC_OPTS_DEFAULTS;
    double *vertex = NULL;
    TRY(NEW_ARRAY(vertex, g->n, err));
    TRY(spil_metric_find(metric)->run(g, &opts, vertex, NULL, err));
    for (spil_vid v = 0; v < g->n; v++)
        value[it->network->entity[v]] = vertex[v];
done:
    spil_free(vertex);
    return rc;
}
