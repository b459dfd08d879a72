/* main.c - make bench-plans: how much harm do plans of the same hours prevent, after recovery?
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * On generated regions with 30% of links and signals missing, one a seed. Each plan is judged
 * against the planted truth (truth_harm.h). Writes plans.json and models.csv into the folder; the
 * ratio is that of the sums over the seeds, its interval 2.5% to 97.5% over 2,000 resamples of the
 * seeds.
 */
#include "bench/plans/planner.h"

#include "bench/models/rows.h"
#include "engine/base/file.h"
#include "engine/base/rng.h"

#include <jansson.h>
#include <math.h>
#include <popt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PLANS = 16, RESAMPLES = 2000, SEEDS_MOST = 1000 };

typedef struct bench {
    char *out, *models;
    int persons, communities, seeds, first_seed, draws;
    double hours;
    spil_bench_rows rows;
    const char *name[PLANS]; /* first: Spil's */
    bool known[PLANS];
    double prevented[PLANS][SEEDS_MOST], possible[SEEDS_MOST];
    size_t plans;
} bench;

/* ---- one region ---- */

static spil_status judge(bench *b, const spil_bench_case *it, const char *name, bool known,
                         spil_bench_plan *plan, int seed, size_t at, spil_err *err)
{
    double prevented, possible;
    const spil_status rc =
        spil_bench_harm(&prevented, &possible, it, plan->deeds, plan->count, err);
    const char *const part = known ? "candidates" : "people";
    const uint64_t number = (uint64_t)(b->first_seed + seed);
    if (rc == SPIL_OK) {
        spil_bench_add(&b->rows, (spil_bench_row){part, name, "prevented_share", b->hours, number,
                                                  prevented / possible});
        spil_bench_add(&b->rows, (spil_bench_row){part, name, "harm_left", b->hours, number,
                                                  possible - prevented});
        spil_bench_add(&b->rows, (spil_bench_row){part, name, "actions", b->hours, number,
                                                  (double)plan->count});
        spil_bench_add(&b->rows,
                       (spil_bench_row){part, name, "hours_used", b->hours, number, plan->hours});
        b->name[at] = name;
        b->known[at] = known;
        b->prevented[at][seed] = prevented;
        b->possible[seed] = possible;
        b->plans = at + 1 > b->plans ? at + 1 : b->plans;
    }
    spil_bench_plan_clear(plan);
    return rc;
}

static spil_status run_region(bench *b, int seed, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_bench_case *it = NULL;
    spil_bench_planner *planner = NULL;
    spil_bench_plan plan = {0};
    size_t at = 0;
    spil_bench_setup setup = {.region = SPIL_GEN_OPTIONS_DEFAULTS,
                              .models = b->models,
                              .folder = "build/bench/plans-region",
                              .runs = 5,
                              .draws = (size_t)b->draws};
    setup.region.persons = (uint64_t)b->persons;
    setup.region.seed = (uint64_t)(b->first_seed + seed);
    setup.region.communities = (uint64_t)b->communities;
    setup.region.missing_links = setup.region.missing_signals = 0.3;
    setup.region.false_signals = 1;
    TRY(spil_bench_case_make(&it, &setup, err));
    TRY(spil_bench_planner_new(&planner, it, b->hours, err));
    TRY(spil_bench_plan_spil(&plan, planner, err));
    const double believed = plan.gain / plan.possible;
    spil_bench_add(&b->rows, (spil_bench_row){"engine", "spil", "believed_share", b->hours,
                                              (uint64_t)(b->first_seed + seed), believed});
    TRY(judge(b, it, "spil", false, &plan, seed, at++, err));
    for (int known = 0; known < 2; known++) {
        for (size_t s = 0; s < spil_bench_scorer_count; s++) {
            const spil_bench_scorer *const scorer = spil_bench_scorers[s];
            if (strcmp(scorer->name, "spil") == 0)
                continue;
            TRY(spil_bench_plan_scorer(&plan, planner, scorer, setup.region.seed, known, err));
            TRY(judge(b, it, scorer->name, known, &plan, seed, at++, err));
        }
        TRY(spil_bench_plan_inhabitants(&plan, planner, known, err));
        TRY(judge(b, it, "inhabitants", known, &plan, seed, at++, err));
    }
    (void)fprintf(stderr, "seed %d: %zu entities; Spil prevents %.3g of %.3g\n",
                  b->first_seed + seed, it->facts->entity_count, b->prevented[0][seed],
                  b->possible[seed]);
done:
    spil_bench_plan_clear(&plan);
    spil_bench_planner_free(planner);
    spil_bench_case_free(it);
    return rc;
}

/* ---- ratios ---- */

static int by_size(const void *left, const void *right)
{
    const double a = *(const double *)left, b = *(const double *)right;
    return a < b ? -1 : a > b;
}

typedef struct ratio {
    double mean, low, high;
} ratio;

static ratio ratio_over(const bench *b, size_t other)
{
    static double drawn[RESAMPLES];
    double ours = 0, theirs = 0;
    for (int s = 0; s < b->seeds; s++) {
        ours += b->prevented[0][s];
        theirs += b->prevented[other][s];
    }
    for (size_t r = 0; r < RESAMPLES; r++) {
        spil_rng rng = spil_rng_stream(1, r);
        double x = 0, y = 0;
        for (int i = 0; i < b->seeds; i++) {
            const uint64_t s = spil_rng_below(&rng, (uint64_t)b->seeds);
            x += b->prevented[0][s];
            y += b->prevented[other][s];
        }
        drawn[r] = y > 0 ? x / y : HUGE_VAL;
    }
    qsort(drawn, RESAMPLES, sizeof *drawn, by_size);
    return (ratio){ours / theirs, drawn[RESAMPLES / 40], drawn[RESAMPLES - 1 - RESAMPLES / 40]};
}

static json_t *number(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

static spil_status write_json(const bench *b, spil_err *err)
{
    spil_status rc = SPIL_OK;
    char *path = NULL, *text = NULL;
    json_t *const ratios = json_array();
    json_t *const means = json_array();
    for (size_t p = 1; p < b->plans; p++) {
        const ratio r = ratio_over(b, p);
        json_array_append_new(ratios, json_pack("{s:s,s:b,s:o,s:o,s:o}", "plan", b->name[p],
                                                "among_candidates", b->known[p], "spil_over_it",
                                                number(r.mean), "low", number(r.low), "high",
                                                number(r.high)));
    }
    for (size_t i = 0; i < b->rows.means.count; i++) {
        const spil_bench_mean *const m = &b->rows.means.items[i];
        json_array_append_new(means, json_pack("{s:s,s:s,s:s,s:o,s:o,s:o}", "part", m->part, "plan",
                                               m->scorer, "measure", m->measure, "mean",
                                               number(m->value.mean), "low", number(m->value.low),
                                               "high", number(m->value.high)));
    }
    json_t *const root =
        json_pack("{s:{s:i,s:i,s:i,s:i,s:f,s:i},s:o,s:o}", "setup", "persons", b->persons,
                  "collaborations", b->communities, "seeds", b->seeds, "first_seed", b->first_seed,
                  "hours_a_partner", b->hours, "draws", b->draws, "ratios", ratios, "means", means);
    text = root ? json_dumps(root, JSON_INDENT(1) | JSON_REAL_PRECISION(6)) : NULL;
    if (!text) {
        rc = spil_fail(err, SPIL_NO_MEMORY, "out of memory");
        goto done;
    }
    TRY(spil_path_join(&path, b->out, "plans.json", err));
    TRY(spil_write_file(path, text, strlen(text), err));
done:
    json_decref(root);
    free(text);
    spil_free(path);
    return rc;
}

static void print_all(const bench *b)
{
    for (size_t i = 0; i < b->rows.means.count; i++) {
        const spil_bench_mean *const m = &b->rows.means.items[i];
        (void)printf("%-11s %-12s %-16s %9.4g  [%.4g, %.4g]\n", m->part, m->scorer, m->measure,
                     m->value.mean, m->value.low, m->value.high);
    }
    for (size_t p = 1; p < b->plans; p++) {
        const ratio r = ratio_over(b, p);
        (void)printf("spil over %-12s %-16s %6.2f  [%.2f, %.2f]\n", b->name[p],
                     b->known[p] ? "among candidates" : "", r.mean, r.low, r.high);
    }
}

static spil_status run(bench *b, spil_err *err)
{
    spil_status rc = SPIL_OK;
    if (b->seeds < 1 || b->seeds > SEEDS_MOST)
        return spil_fail(err, SPIL_USAGE, "--seeds: from 1 to %d", SEEDS_MOST);
    TRY(spil_make_folder(b->out, err));
    for (int seed = 0; seed < b->seeds; seed++)
        TRY(run_region(b, seed, err));
    TRY(spil_bench_rows_sum(&b->rows, err));
    TRY(spil_bench_rows_write_csv(&b->rows, b->out, err));
    TRY(write_json(b, err));
    print_all(b);
done:
    return rc;
}

int main(int argc, char **argv)
{
    static bench b = {.persons = 6000,
                      .communities = 21,
                      .seeds = 20,
                      .first_seed = 201,
                      .draws = 100,
                      .hours = 160};
    const struct poptOption table[] = {
        {"out", 'o', POPT_ARG_STRING, &b.out, 0, "folder for the results (build/bench/plans)",
         "DIR"},
        {"models", 'm', POPT_ARG_STRING, &b.models, 0, "barrier models (datasets/models)", "DIR"},
        {"persons", 0, POPT_ARG_INT, &b.persons, 0, "of a region (6000)", "N"},
        {"communities", 0, POPT_ARG_INT, &b.communities, 0, "planted in it (21)", "C"},
        {"seeds", 0, POPT_ARG_INT, &b.seeds, 0, "regions (20)", "N"},
        {"first-seed", 0, POPT_ARG_INT, &b.first_seed, 0, "of the regions (201)", "N"},
        {"draws", 0, POPT_ARG_INT, &b.draws, 0, "of the scoring (100)", "N"},
        {"hours", 0, POPT_ARG_DOUBLE, &b.hours, 0, "of each partner (160)", "H"},
        POPT_AUTOHELP POPT_TABLEEND};
    spil_err err = SPIL_ERR_INIT;
    spil_status rc = SPIL_OK;
    const poptContext context =
        poptGetContext("plans", argc, (const char **)(void *)argv, table, 0);
    const int found = poptGetNextOpt(context);
    if (found < -1 || poptPeekArg(context))
        rc = spil_fail(&err, SPIL_USAGE, "wrong use: see --help");
    (void)poptFreeContext(context);
    char out[] = "build/bench/plans", models[] = "datasets/models";
    char *const given_out = b.out, *const given_models = b.models;
    b.out = b.out ? b.out : out;
    b.models = b.models ? b.models : models;
    if (rc == SPIL_OK)
        rc = run(&b, &err);
    if (rc != SPIL_OK)
        (void)fprintf(stderr, "plans: %s\n", err.msg);
    spil_bench_rows_free(&b.rows);
    free(given_out);
    free(given_models);
    return spil_status_exit(rc);
}
