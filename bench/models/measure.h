/* measure.h - what a case shows of the engine, as rows. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A community is right when it holds at least half of a planted collaboration; a pair (community,
 * model) is right when the collaboration also follows that model; an entity is right when it is a
 * member. docs/validity.md tells each measure.
 */
#ifndef SPIL_BENCH_MEASURE_H
#define SPIL_BENCH_MEASURE_H

#include "bench/models/case.h"
#include "bench/models/rows.h"
#include "engine/stats/calibration.h"

enum { SPIL_BENCH_TOP = 50 };
enum { SPIL_BENCH_LEAST = 3 }; /* members of a community that is a candidate */

/* Which row a case adds to. */
typedef struct spil_bench_place {
    spil_bench_rows *rows;
    double setting;
    uint64_t seed;
    const char *part; /* instead of the measure's own part, unless NULL */
} spil_bench_place;

/* part: name of the rows, "communities" or an own one; scores: the case's or those of a variant. */
spil_status spil_bench_communities(const spil_bench_place *at, const char *part, const char *scorer,
                                   const spil_bench_case *it, const spil_scores *scores,
                                   spil_err *err) SPIL_CHECKED;
/* Communities ranked by size, density and signals instead. */
spil_status spil_bench_plain_communities(const spil_bench_place *at, const spil_bench_case *it,
                                         spil_err *err) SPIL_CHECKED;
/* Every scorer of the table. */
spil_status spil_bench_targets(const spil_bench_place *at, const spil_bench_case *it,
                               spil_err *err) SPIL_CHECKED;
spil_status spil_bench_recovery(const spil_bench_place *at, const spil_bench_case *it,
                                spil_err *err) SPIL_CHECKED;
void spil_bench_roles(const spil_bench_place *at, const spil_bench_case *it);
/* Chance of the process of each pair against the truth; sum adds to the diagram over the cases. */
spil_status spil_bench_calibration(const spil_bench_place *at, const spil_bench_case *it,
                                   spil_calibration *sum, spil_err *err) SPIL_CHECKED;
/* Share of the pairs whose 90% interval of the process holds the value that comes out when it is
 * known which records are untrue and what the ratios are. */
spil_status spil_bench_coverage(const spil_bench_place *at, const spil_bench_case *it,
                                uint64_t region_seed, spil_err *err) SPIL_CHECKED;
/* Questions of the engine beside random ones about the same communities, answered by the truth:
 * how far an answer moves the list. questions.c */
spil_status spil_bench_questions(const spil_bench_place *at, const spil_bench_case *it,
                                 const char *folder, spil_err *err) SPIL_CHECKED;
/* value: the largest mean chain x harm of each community. */
void spil_bench_community_scores(const spil_bench_case *it, const spil_scores *scores,
                                 double *value);

#endif
