/* scorer_degree.c - how many one is linked to. SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/models/scorer.h"

static spil_status run(const spil_bench_case *it, uint64_t seed, double *value, spil_err *err)
{
    (void)seed;
    return spil_bench_score_metric(it, "degree", value, err);
}

const spil_bench_scorer spil_bench_scorer_degree = {
    .name = "degree", .summary = "number of neighbours", .centrality = true, .run = run};
