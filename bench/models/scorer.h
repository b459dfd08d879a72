/* scorer.h - a way to rank entities, measured beside the engine's own.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * To add one: write scorer_<name>.c that defines `const spil_bench_scorer spil_bench_scorer_<name>`
 * and add its row to scorers.def. It sees what the engine sees, and nothing of the truth. Without
 * building anything: a program, see scorer_program.c.
 */
#ifndef SPIL_BENCH_SCORER_H
#define SPIL_BENCH_SCORER_H

#include "bench/models/case.h"

typedef struct spil_bench_scorer {
    const char *name, *summary;
    bool own;        /* run only when --scorer names it */
    bool centrality; /* of those that the goal compares with: position in the network alone */
    /* value: one for each entity of it->facts, zeroed; larger: look here first. */
    spil_status (*run)(const spil_bench_case *it, uint64_t seed, double *value, spil_err *err);
} spil_bench_scorer;

extern const spil_bench_scorer *const spil_bench_scorers[];
extern const size_t spil_bench_scorer_count;

/* For the centralities: a metric of the engine, vertex values carried over to entities. */
spil_status spil_bench_score_metric(const spil_bench_case *it, const char *metric, double *value,
                                    spil_err *err) SPIL_CHECKED;

#endif
