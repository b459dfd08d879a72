/* main.c - make bench-models: does the engine find what was planted, and is it as sure as it should
 * be? SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Three parts, each over several seeds: the goal (a large region with 30% of links and signals
 * missing), gaps (small regions, 0 to 50% of the links missing), and an ablation (small regions
 * without one ingredient), where coverage is measured too: all pairs of a region share its true
 * ratios, so it takes many regions. Writes models.json, models.csv and pictures. docs/validity.md
 * tells what each number means and what they are.
 */
#include "bench/models/measure.h"
#include "bench/models/plot.h"
#include "bench/models/scorer.h"
#include "bench/models/scoring.h"
#include "engine/base/file.h"
#include "engine/base/text.h"
#include "engine/stats/ranking.h"

#include <jansson.h>
#include <math.h>
#include <popt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double gaps[] = {0, 0.1, 0.2, 0.3, 0.4, 0.5};
enum { GAPS = sizeof gaps / sizeof *gaps, GAP_SEEDS = 5 };

static const spil_bench_change changes[] = {
    {.name = "everything"},
    {.name = "no_signals", .no_signals = true},
    {.name = "no_roles", .no_roles = true},
    {.name = "no_rules", .no_rules = true},
    {.name = "no_attributes", .no_attributes = true},
    {.name = "all_taken_as_certain", .sure_links = true, .sure_roles = true},
};
enum { CHANGES = sizeof changes / sizeof *changes };

typedef struct plan {
    char *out, *models, *scorer;
    int persons, communities, seeds, small_persons, small_seeds, draws, runs;
    double false_signals;
    int first_seed; /* of the small regions */
    int scoring;    /* times alone */
    int coverage;   /* intervals alone */
    bool draws_given;
    spil_bench_rows rows;
    spil_calibration diagram;
    double seconds; /* of scoring the last large case */
    size_t entities;
} plan;

static spil_bench_setup setup_of(const plan *p, int persons, uint64_t seed, double missing_links)
{
    spil_bench_setup setup = {.region = SPIL_GEN_OPTIONS_DEFAULTS,
                              .models = p->models,
                              .folder = "build/bench/region",
                              .program = p->scorer,
                              .runs = (unsigned)p->runs,
                              .draws = (size_t)p->draws};
    setup.region.persons = (uint64_t)persons;
    setup.region.seed = seed;
    setup.region.communities =
        (uint64_t)((double)p->communities * (double)persons / (double)p->persons + 0.5);
    setup.region.missing_links = missing_links;
    setup.region.missing_signals = 0.3;
    setup.region.false_signals = p->false_signals;
    return setup;
}

static void tell(const char *part, uint64_t seed, const spil_bench_case *it)
{
    (void)fprintf(
        stderr, "%s, seed %llu: %zu entities, %zu communities of which %zu scored pairs, %.1f s\n",
        part, (unsigned long long)seed, it->facts->entity_count,
        (size_t)it->communities->best.count, it->scores->count, it->seconds);
}

static spil_status run_goal(plan *p, uint64_t seed, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_bench_case *it = NULL;
    const spil_bench_setup setup = setup_of(p, p->persons, seed, 0.3);
    const spil_bench_place at = {&p->rows, 0.3, seed, NULL};
    TRY(spil_bench_case_make(&it, &setup, err));
    tell("goal", seed, it);
    p->seconds = it->seconds;
    p->entities = it->facts->entity_count;
    TRY(spil_bench_communities(&at, "communities", "spil", it, it->scores, err));
    TRY(spil_bench_plain_communities(&at, it, err));
    TRY(spil_bench_targets(&at, it, err));
    TRY(spil_bench_recovery(&at, it, err));
    spil_bench_roles(&at, it);
    TRY(spil_bench_calibration(&at, it, &p->diagram, err));
done:
    spil_bench_case_free(it);
    return rc;
}

/* Entity scores of the engine: the ranking whose stability is asked. */
static spil_status entity_scores(double **out, const spil_bench_case *it, spil_err *err)
{
    double *value = NULL;
    spil_status rc = NEW_ARRAY(value, it->facts->entity_count, err);
    if (rc == SPIL_OK)
        rc = spil_bench_scorers[0]->run(it, 0, value, err);
    if (rc == SPIL_OK)
        *out = value;
    else
        spil_free(value);
    return rc;
}

static spil_status run_gaps(plan *p, uint64_t seed, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_bench_case *it = NULL;
    double *whole = NULL, *value = NULL, overlap;
    spil_calibration unused = {0};
    for (int g = 0; g < GAPS; g++) {
        const spil_bench_setup setup = setup_of(p, p->small_persons, seed, gaps[g]);
        const spil_bench_place at = {&p->rows, gaps[g], seed, "gaps"};
        TRY(spil_bench_case_make(&it, &setup, err));
        tell("gaps", seed, it);
        TRY(entity_scores(&value, it, err));
        if (g == 0) {
            whole = value;
            value = NULL;
        }
        TRY(spil_top_overlap(&overlap, whole, g ? value : whole, it->facts->entity_count,
                             SPIL_BENCH_TOP, err));
        spil_ranking ranking;
        bool *right = NULL;
        TRY(NEW_ARRAY(right, it->facts->entity_count, err));
        for (size_t e = 0; e < it->facts->entity_count; e++)
            right[e] = it->member_of[e] != UINT32_MAX;
        rc = spil_ranking_of(&ranking, g ? value : whole, right, it->facts->entity_count,
                             SPIL_BENCH_TOP, err);
        spil_free(right);
        TRY(rc);
        const spil_bench_row rows[] = {
            {"gaps", "spil", "top_50_kept", gaps[g], seed, overlap},
            {"gaps", "spil", "precision_at_50", gaps[g], seed, ranking.precision},
            {"gaps", "spil", "average_precision", gaps[g], seed, ranking.average_precision}};
        for (size_t r = 0; r < 3; r++)
            spil_bench_add(&p->rows, rows[r]);
        TRY(spil_bench_recovery(&at, it, err));
        TRY(spil_bench_calibration(&at, it, &unused, err));
        spil_free(value);
        value = NULL;
        spil_bench_case_free(it);
        it = NULL;
    }
done:
    spil_free(whole);
    spil_free(value);
    spil_bench_case_free(it);
    return rc;
}

static void print_means(const plan *p)
{
    for (size_t i = 0; i < p->rows.means.count; i++) {
        const spil_bench_mean *const m = &p->rows.means.items[i];
        (void)printf("%-12s %-24s %-28s %4.2g  %.3f  [%.3f, %.3f]\n", m->part, m->scorer,
                     m->measure, m->setting, m->value.mean, m->value.low, m->value.high);
    }
}

/* Do the intervals hold what comes out once all is known, on one small region. */
static spil_status run_coverage(plan *p, uint64_t seed, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_bench_case *it = NULL;
    spil_bench_setup setup = setup_of(p, p->small_persons, seed, 0.3);
    const spil_bench_place at = {&p->rows, 0.3, seed, NULL};
    setup.depth = SPIL_SCORE_CHAINS;
    TRY(spil_bench_case_make(&it, &setup, err));
    tell("coverage", seed, it);
    TRY(spil_bench_coverage(&at, it, seed, err));
done:
    spil_bench_case_free(it);
    return rc;
}

static spil_status run_coverages(plan *p, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (int i = 0; i < p->small_seeds; i++)
        TRY(run_coverage(p, (uint64_t)(p->first_seed + i), err));
    TRY(spil_bench_rows_sum(&p->rows, err));
    TRY(spil_bench_rows_write_csv(&p->rows, p->out, err));
    print_means(p);
done:
    return rc;
}

static spil_status run_ablation(plan *p, uint64_t seed, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_bench_case *it = NULL;
    spil_scores *scores = NULL;
    const spil_bench_setup setup = setup_of(p, p->small_persons, seed, 0.3);
    const spil_bench_place at = {&p->rows, 0.3, seed, NULL};
    TRY(spil_bench_case_make(&it, &setup, err));
    tell("ablation", seed, it);
    TRY(spil_bench_coverage(&at, it, seed, err));
    TRY(spil_bench_questions(&at, it, setup.folder, err));
    for (int c = 0; c < CHANGES; c++) {
        TRY(spil_bench_rescore(&scores, it, &changes[c], it->models, setup.draws, 1, err));
        TRY(spil_bench_communities(&at, "ablation", changes[c].name, it, scores, err));
        spil_scores_free(scores);
        scores = NULL;
    }
done:
    spil_scores_free(scores);
    spil_bench_case_free(it);
    return rc;
}

/* ---- what came out ---- */

/* Average precision of the engine over that of the best centrality. */
static double over_best_centrality(const spil_bench_rows *rows)
{
    double best = 0;
    for (size_t s = 0; s < spil_bench_scorer_count; s++)
        if (spil_bench_scorers[s]->centrality)
            best = fmax(best, spil_bench_mean_of(rows, "targets", spil_bench_scorers[s]->name,
                                                 "average_precision", 0.3));
    return spil_bench_mean_of(rows, "targets", "spil", "average_precision", 0.3) / best;
}

static json_t *number(double value)
{
    return isnan(value) ? json_null() : json_real(value);
}

static json_t *summary_of(const plan *p)
{
    const spil_bench_rows *const r = &p->rows;
    return json_pack(
        "{s:o,s:o,s:o,s:o}", "precision_at_50",
        number(spil_bench_mean_of(r, "communities", "spil", "precision_at_50", 0.3)),
        "average_precision_over_best_centrality", number(over_best_centrality(r)),
        "expected_calibration_error",
        number(spil_bench_mean_of(r, "calibration", "spil", "expected_calibration_error", 0.3)),
        "interval90_coverage",
        number(spil_bench_mean_of(r, "coverage", "all_known", "process_interval90", 0.3)));
}

static json_t *means_of(const spil_bench_rows *rows)
{
    json_t *const list = json_array();
    for (size_t i = 0; i < rows->means.count; i++) {
        const spil_bench_mean *const m = &rows->means.items[i];
        json_array_append_new(list, json_pack("{s:s,s:s,s:s,s:f,s:I,s:o,s:o,s:o}", "part", m->part,
                                              "scorer", m->scorer, "measure", m->measure, "setting",
                                              m->setting, "seeds", (json_int_t)m->seeds, "mean",
                                              number(m->value.mean), "low", number(m->value.low),
                                              "high", number(m->value.high)));
    }
    return list;
}

static json_t *rows_of(const spil_bench_rows *rows)
{
    json_t *const list = json_array();
    for (size_t i = 0; i < rows->rows.count; i++) {
        const spil_bench_row *const r = &rows->rows.items[i];
        json_array_append_new(list,
                              json_pack("{s:s,s:s,s:s,s:f,s:I,s:o}", "part", r->part, "scorer",
                                        r->scorer, "measure", r->measure, "setting", r->setting,
                                        "seed", (json_int_t)r->seed, "value", number(r->value)));
    }
    return list;
}

static json_t *bins_of(const spil_calibration *c)
{
    json_t *const list = json_array();
    for (size_t b = 0; b < SPIL_CALIBRATION_BINS; b++)
        json_array_append_new(list,
                              json_pack("{s:f,s:f,s:I}", "said", c->bin[b].said, "happened",
                                        c->bin[b].happened, "pairs", (json_int_t)c->bin[b].count));
    return list;
}

static spil_status write_json(const plan *p, spil_err *err)
{
    spil_status rc = SPIL_OK;
    char *path = NULL, *text = NULL;
    json_t *const root = json_pack(
        "{s:o,s:{s:i,s:i,s:i,s:i,s:i,s:i,s:i,s:f,s:I},s:o,s:o,s:o}", "summary", summary_of(p),
        "setup", "persons", p->persons, "collaborations", p->communities, "seeds", p->seeds,
        "small_persons", p->small_persons, "small_seeds", p->small_seeds, "draws", p->draws, "runs",
        p->runs, "false_signals", p->false_signals, "entities", (json_int_t)p->entities, "means",
        means_of(&p->rows), "reliability", bins_of(&p->diagram), "rows", rows_of(&p->rows));
    text = root ? json_dumps(root, JSON_INDENT(1) | JSON_REAL_PRECISION(8)) : NULL;
    if (!text) {
        rc = spil_fail(err, SPIL_NO_MEMORY, "out of memory");
        goto done;
    }
    TRY(spil_path_join(&path, p->out, "models.json", err));
    TRY(spil_write_file(path, text, strlen(text), err));
done:
    json_decref(root);
    free(text);
    spil_free(path);
    return rc;
}

static spil_status write_all(plan *p, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_bench_rows *const r = &p->rows;
    TRY(spil_bench_rows_sum(&p->rows, err));
    TRY(write_json(p, err));
    TRY(spil_bench_rows_write_csv(r, p->out, err));
    TRY(spil_bench_plot_reliability(&p->diagram, p->out, err));
    TRY(spil_bench_plot_bars(r, "targets", "average_precision", 0.3, "Average precision of targets",
                             p->out, "targets.svg", err));
    TRY(spil_bench_plot_bars(r, "communities", "precision_at_50", 0.3,
                             "Communities: precision at 50", p->out, "communities.svg", err));
    TRY(spil_bench_plot_bars(r, "ablation", "average_precision", 0.3,
                             "Communities without one ingredient: average precision", p->out,
                             "ablation.svg", err));
    TRY(spil_bench_plot_lines(r, "gaps", "spil", "As links go missing", "share of links missing",
                              p->out, "gaps.svg", err));
done:
    return rc;
}

static spil_status run(plan *p, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(spil_make_folder(p->out, err));
    if (p->scoring) {
        spil_bench_setup setup = setup_of(p, p->persons, 1, 0.3);
        setup.draws = p->draws_given ? setup.draws : 0;
        TRY(spil_bench_scoring(&p->rows, &setup, err));
        TRY(spil_bench_rows_sum(&p->rows, err));
        return spil_bench_rows_write_csv(&p->rows, p->out, err);
    }
    if (p->coverage)
        return run_coverages(p, err);
    for (int seed = 1; seed <= p->seeds; seed++)
        TRY(run_goal(p, (uint64_t)seed, err));
    for (int i = 0; i < p->small_seeds; i++) {
        if (i < GAP_SEEDS)
            TRY(run_gaps(p, (uint64_t)(p->first_seed + i), err));
        TRY(run_ablation(p, (uint64_t)(p->first_seed + i), err));
    }
    TRY(write_all(p, err));
    print_means(p);
done:
    return rc;
}

int main(int argc, char **argv)
{
    plan p = {.persons = 56000,
              .communities = 200,
              .seeds = 3,
              .small_persons = 6000,
              .small_seeds = 20,
              .first_seed = 101,
              .runs = 5,
              .false_signals = 1};
    const struct poptOption table[] = {
        {"out", 'o', POPT_ARG_STRING, &p.out, 0, "folder for the results (build/bench)", "DIR"},
        {"models", 'm', POPT_ARG_STRING, &p.models, 0, "barrier models (datasets/models)", "DIR"},
        {"scorer", 0, POPT_ARG_STRING, &p.scorer, 0,
         "a program that ranks entities too (scorer_program.c)", "FILE"},
        {"persons", 0, POPT_ARG_INT, &p.persons, 0, "of the large region (56000)", "N"},
        {"communities", 0, POPT_ARG_INT, &p.communities, 0, "planted in it (200)", "C"},
        {"seeds", 0, POPT_ARG_INT, &p.seeds, 0, "large regions (3)", "N"},
        {"small-persons", 0, POPT_ARG_INT, &p.small_persons, 0, "of a small region (6000)", "N"},
        {"small-seeds", 0, POPT_ARG_INT, &p.small_seeds, 0, "small regions (20)", "N"},
        {"first-seed", 0, POPT_ARG_INT, &p.first_seed, 0, "of the small regions (101)", "N"},
        {"draws", 0, POPT_ARG_INT, &p.draws, 0, "of the scoring (200)", "N"},
        {"runs", 0, POPT_ARG_INT, &p.runs, 0, "of community detection (5)", "N"},
        {"false-signals", 0, POPT_ARG_DOUBLE, &p.false_signals, 0, "as the generator's (1)", "R"},
        {"scoring", 0, POPT_ARG_NONE, &p.scoring, 0, "time the scoring, nothing else", NULL},
        {"coverage", 0, POPT_ARG_NONE, &p.coverage, 0, "do intervals hold the truth, nothing else",
         NULL},
        POPT_AUTOHELP POPT_TABLEEND};
    spil_err err = SPIL_ERR_INIT;
    spil_status rc = SPIL_OK;
    const poptContext context =
        poptGetContext("models", argc, (const char **)(void *)argv, table, 0);
    const int found = poptGetNextOpt(context);
    if (found < -1 || poptPeekArg(context))
        rc = spil_fail(&err, SPIL_USAGE, "wrong use: see --help");
    (void)poptFreeContext(context);
    char out[] = "build/bench", models[] = "datasets/models";
    char *const given_out = p.out, *const given_models = p.models;
    p.draws_given = p.draws > 0;
    p.draws = p.draws > 0 ? p.draws : 200;
    p.out = p.out ? p.out : out;
    p.models = p.models ? p.models : models;
    if (rc == SPIL_OK)
        rc = run(&p, &err);
    if (rc != SPIL_OK)
        (void)fprintf(stderr, "models: %s\n", err.msg);
    spil_bench_rows_free(&p.rows);
    free(given_out);
    free(given_models);
    free(p.scorer);
    return spil_status_exit(rc);
}
