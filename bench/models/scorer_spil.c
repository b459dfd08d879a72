/* scorer_spil.c - the engine: how far a chain falls without the entity, times the model's harm.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bench/models/scorer.h"

static spil_status run(const spil_bench_case *it, uint64_t seed, double *value, spil_err *err)
{
    (void)seed, (void)err;
    for (size_t s = 0; s < it->scores->count; s++) {
        const spil_score *const score = &it->scores->scores[s];
        const double harm = it->models->models[score->model]->harm;
        for (size_t e = 0; e < score->entity_count; e++) {
            const spil_entity_score *const fall = &score->entities[e];
            const double gain = harm * fall->fall.mean;
            if (gain > value[fall->entity])
                value[fall->entity] = gain;
        }
    }
    return SPIL_OK;
}

const spil_bench_scorer spil_bench_scorer_spil = {
    .name = "spil", .summary = "fall of the chain without the entity, times harm", .run = run};
