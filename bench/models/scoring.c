/* scoring.c - how long scoring takes, and whether time is linear in draws and in communities.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Regions of a quarter, a half and the whole of --persons; each scored in 100, 200 and 400 draws,
 * with everything (full) and chains alone. Processor seconds of all threads together, so that what
 * else the machine does counts little; divide by the cores for what a quiet machine takes.
 */
#include "bench/models/scoring.h"

#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

static double processor_seconds(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double peak_megabytes(void)
{
    struct rusage usage;
    (void)getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss / 1024;
}

static spil_status time_one(spil_bench_rows *rows, const spil_bench_case *it, size_t draws,
                            spil_score_depth depth, spil_err *err)
{
    const char *const name = depth == SPIL_SCORE_FULL ? "full" : "chains";
    spil_scores *scores = NULL;
    spil_score_opts opts = SPIL_SCORE_OPTS_DEFAULTS;
    opts.draws = draws;
    opts.depth = depth;
    const double begin = processor_seconds();
    const spil_status rc =
        spil_score_all(&scores, it->facts, it->network, it->communities, it->models, &opts, err);
    const double seconds = processor_seconds() - begin;
    if (rc != SPIL_OK)
        return rc;
    const double work = (double)scores->count * (double)draws;
    (void)printf("%9zu  %8zu  %6zu  %-6s  %9.2f  %9.3f  %7.0f\n", it->facts->entity_count,
                 scores->count, draws, name, seconds, 1e6 * seconds / work, peak_megabytes());
    const spil_bench_row measured[] = {
        {"scoring", name, "processor_seconds", (double)draws, it->facts->entity_count, seconds},
        {"scoring", name, "microseconds_a_pair_and_draw", (double)draws, it->facts->entity_count,
         1e6 * seconds / work},
        {"scoring", name, "pairs", (double)draws, it->facts->entity_count, (double)scores->count}};
    for (size_t i = 0; i < sizeof measured / sizeof *measured; i++)
        spil_bench_add(rows, measured[i]);
    spil_scores_free(scores);
    return SPIL_OK;
}

spil_status spil_bench_scoring(spil_bench_rows *rows, const spil_bench_setup *setup, spil_err *err)
{
    static const size_t draws[] = {100, 200, 400};
    spil_status rc = SPIL_OK;
    spil_bench_case *it = NULL;
    (void)printf("%9s  %8s  %6s  %-6s  %9s  %9s  %7s\n", "entities", "pairs", "draws", "depth",
                 "cpu s", "us/pair", "peak MB");
    for (unsigned part = 4; part >= 1; part /= 2) {
        spil_bench_setup own = *setup;
        own.region.persons = setup->region.persons / part;
        own.region.communities = setup->region.communities / part;
        own.draws = 20;
        own.runs = 1;
        TRY(spil_bench_case_make(&it, &own, err));
        for (size_t d = 0; d < sizeof draws / sizeof *draws; d++) {
            TRY(time_one(rows, it, draws[d], SPIL_SCORE_CHAINS, err));
            TRY(time_one(rows, it, draws[d], SPIL_SCORE_FULL, err));
        }
        spil_bench_case_free(it);
        it = NULL;
    }
done:
    spil_bench_case_free(it);
    return rc;
}
