/* truth_harm.h - how much harm a plan prevents in a region whose collaborations are known.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing here rests on what the engine believes. A planted collaboration runs its model's chain
 * for certain and does the model's harm. An action works when its entity truly holds a seat at that
 * step of that collaboration:
 *
 *     out         effect of the barrier (mean) x (1 - recovers) x (1 - what moves elsewhere)
 *     recovers    stand_in.h, with the true holders of the step: a stand-in within two steps of the
 *                 one taken out, of a kind that the role takes, who does not serve the step
 *     role        works when no more of its holders are out than it has above those it needs
 *     chain       all required steps (of ways to one end: one), all their roles
 *     prevented   harm x (1 - chain), summed over the collaborations
 */
#ifndef SPIL_BENCH_TRUTH_HARM_H
#define SPIL_BENCH_TRUTH_HARM_H

#include "bench/models/case.h"

typedef struct spil_bench_deed { /* an action that is done */
    uint32_t entity;
    size_t model, step, barrier;
} spil_bench_deed;

/* *possible: when all chains broke. */
spil_status spil_bench_harm(double *prevented, double *possible, const spil_bench_case *it,
                            const spil_bench_deed *deeds, size_t count, spil_err *err) SPIL_CHECKED;

#endif
