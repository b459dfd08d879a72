/* scorer_signals.c - signals alone: strength x confidence, added up, no network and no model.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bench/models/scorer.h"

static spil_status run(const spil_bench_case *it, uint64_t seed, double *value, spil_err *err)
{
    (void)seed, (void)err;
    for (size_t i = 0; i < it->facts->signal_count; i++) {
        const spil_signal *const signal = &it->facts->signals[i];
        value[signal->entity] += signal->strength * signal->confidence;
    }
    return SPIL_OK;
}

const spil_bench_scorer spil_bench_scorer_signals = {
    .name = "signals", .summary = "recorded signals of the entity itself, added up", .run = run};
