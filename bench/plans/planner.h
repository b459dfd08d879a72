/* planner.h - plans for a region under the hours of its partners: Spil's, and those that order
 * people by something else. SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     spil          spil_targets_choose over all candidate actions
 *     a scorer      whoever scores highest first (bench/models/scorers.def), with the instrument
 * that Spil thinks best on him. Whoever has none gets the shortest work that applies to his kind,
 * in vain; with `known` he is passed over instead inhabitants   each partner's hours divided over
 * the municipalities by recorded persons; in each those with most signals first, as above
 */
#ifndef SPIL_BENCH_PLANNER_H
#define SPIL_BENCH_PLANNER_H

#include "bench/models/scorer.h"
#include "bench/plans/truth_harm.h"
#include "engine/interventions/target.h"

typedef struct spil_bench_planner spil_bench_planner;

/* hours: of every partner that has a barrier. it: borrowed. */
spil_status spil_bench_planner_new(spil_bench_planner **out, const spil_bench_case *it,
                                   double hours, spil_err *err) SPIL_CHECKED;
void spil_bench_planner_free(spil_bench_planner *planner);

typedef struct spil_bench_plan {
    spil_bench_deed *deeds;
    size_t count;
    double gain, possible; /* as the engine believes */
    double hours;
} spil_bench_plan;

spil_status spil_bench_plan_spil(spil_bench_plan *out, spil_bench_planner *planner,
                                 spil_err *err) SPIL_CHECKED;
spil_status spil_bench_plan_scorer(spil_bench_plan *out, spil_bench_planner *planner,
                                   const spil_bench_scorer *scorer, uint64_t seed, bool known,
                                   spil_err *err) SPIL_CHECKED;
spil_status spil_bench_plan_inhabitants(spil_bench_plan *out, spil_bench_planner *planner,
                                        bool known, spil_err *err) SPIL_CHECKED;
void spil_bench_plan_clear(spil_bench_plan *plan);

#endif
