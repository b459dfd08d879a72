/* scoring.c - how long scoring takes, and whether time is linear in draws and in communities.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Regions of a quarter, a half and the whole of --persons; each scored in 100, 200 and 400 draws:
 * chains alone, the first 500 communities with everything (deep), all with everything (full, while
 * that takes less than some minutes). With --draws the whole in that many draws alone. Processor
 * seconds of all threads together, so that what else the machine does counts little; divide by the
 * cores for what a quiet machine takes.
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

static double clock_seconds(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

enum { DEEP = 500, FULL_MOST = 3000000 }; /* communities; pairs x draws scored in full */
typedef enum scoring_way { CHAINS, FIRST, ALL } scoring_way;

static spil_status time_one(spil_bench_rows *rows, const spil_bench_case *it, size_t draws,
                            scoring_way way, spil_err *err)
{
    static const char *const names[] = {"chains", "deep", "full"};
    const char *const name = names[way];
    spil_scores *scores = NULL;
    spil_score_opts opts = SPIL_SCORE_OPTS_DEFAULTS;
    opts.draws = draws;
    opts.depth = way == CHAINS ? SPIL_SCORE_CHAINS : SPIL_SCORE_FULL;
    opts.deep_most = way == FIRST ? DEEP : 0;
    if (way == ALL && it->scores->count * draws > FULL_MOST)
        return SPIL_OK;
    const double clock = clock_seconds(), begin = processor_seconds();
    const spil_status rc =
        spil_score_all(&scores, it->facts, it->network, it->communities, it->models, &opts, err);
    const double seconds = processor_seconds() - begin, passed = clock_seconds() - clock;
    if (rc != SPIL_OK)
        return rc;
    const double work = (double)scores->count * (double)draws;
    (void)printf("%9zu  %8zu  %6zu  %-6s  %9.2f  %9.2f  %9.3f  %7.0f\n", it->facts->entity_count,
                 scores->count, draws, name, passed, seconds, 1e6 * seconds / work,
                 peak_megabytes());
    (void)fflush(stdout);
    const spil_bench_row measured[] = {
        {"scoring", name, "processor_seconds", (double)draws, it->facts->entity_count, seconds},
        {"scoring", name, "clock_seconds", (double)draws, it->facts->entity_count, passed},
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
    (void)printf("%9s  %8s  %6s  %-6s  %9s  %9s  %9s  %7s\n", "entities", "pairs", "draws", "depth",
                 "clock s", "cpu s", "us/pair", "peak MB");
    for (unsigned part = setup->draws ? 1 : 4; part >= 1; part /= 2) {
        spil_bench_setup own = *setup;
        own.region.persons = setup->region.persons / part;
        own.region.communities = setup->region.communities / part;
        own.draws = 20;
        own.runs = 1;
        own.depth = SPIL_SCORE_CHAINS;
        TRY(spil_bench_case_make(&it, &own, err));
        for (size_t d = 0; d < (setup->draws ? 1 : sizeof draws / sizeof *draws); d++)
            for (scoring_way way = CHAINS; way <= ALL; way++)
                TRY(time_one(rows, it, setup->draws ? setup->draws : draws[d], way, err));
        spil_bench_case_free(it);
        it = NULL;
    }
done:
    spil_bench_case_free(it);
    return rc;
}
