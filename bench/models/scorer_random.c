/* scorer_random.c - a lottery. SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/models/scorer.h"
#include "engine/base/rng.h"

static spil_status run(const spil_bench_case *it, uint64_t seed, double *value, spil_err *err)
{
    (void)err;
    spil_rng rng = spil_rng_stream(seed, 78);
    for (size_t e = 0; e < it->facts->entity_count; e++)
        value[e] = spil_rng_unit(&rng);
    return SPIL_OK;
}

const spil_bench_scorer spil_bench_scorer_random = {
    .name = "random", .summary = "a lottery", .run = run};
