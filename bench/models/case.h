/* case.h - one generated region taken through the engine, beside the truth about it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     generate -> files -> loaders -> store -> facts -> network -> communities -> scores
 *          `--> truth ------------------------------------------------> compare
 *
 * Everything goes the way that a user's files go; nothing of the truth reaches the engine.
 */
#ifndef SPIL_BENCH_CASE_H
#define SPIL_BENCH_CASE_H

#include "datasets/generate/options.h"
#include "engine/barriers/score.h"

/* What a variant of the facts leaves out, for the ablation and for the truth. */
typedef struct spil_bench_change {
    const char *name;
    bool no_signals, no_roles, no_attributes, no_rules;
    bool sure_links, sure_roles;           /* every one counts as certain */
    bool no_untrue_links, no_untrue_roles; /* those that are not so are taken out */
} spil_bench_change;

typedef struct spil_bench_setup {
    spil_gen_options region;
    const char *models, *folder; /* model files; where the region goes */
    const char *program;         /* scorer of the user's own; NULL: none */
    unsigned runs;               /* of community detection */
    size_t draws;
    spil_score_depth depth;
} spil_bench_setup;

typedef struct spil_bench_planted { /* a planted collaboration */
    size_t model;
    size_t members; /* who stand in the files */
    uint32_t home;  /* the community that holds most of them, when it holds at least half, else
                       UINT32_MAX */
    double held;    /* share of its members in its best community */
    bool named;     /* there is one with this number */
} spil_bench_planted;

typedef struct spil_bench_seat { /* somebody who fills a role */
    uint32_t planted, entity;
    size_t step, role;
    bool recorded;
} spil_bench_seat;

/* Open struct. */
typedef struct spil_bench_case {
    spil_model_set *models;
    spil_facts *facts;
    spil_network *network;
    spil_communities *communities;
    spil_scores *scores;
    spil_bench_planted *planted;
    spil_bench_seat *seats;
    uint32_t *member_of; /* entity: its collaboration, or UINT32_MAX */
    bool *untrue_link;   /* link: it is not so */
    bool *untrue_role;   /* role record: it is not so */
    size_t planted_count, seat_count;
    double seconds;               /* of scoring */
    const char *folder, *program; /* of the setup; borrowed */
} spil_bench_case;

spil_status spil_bench_case_make(spil_bench_case **out, const spil_bench_setup *setup,
                                 spil_err *err) SPIL_CHECKED;
void spil_bench_case_free(spil_bench_case *it);

/* Scores of the changed facts on the communities of the case, with the models, draws and seed
 * given.
 */
spil_status spil_bench_rescore(spil_scores **out, const spil_bench_case *it,
                               const spil_bench_change *change, const spil_model_set *models,
                               size_t draws, uint64_t seed, spil_err *err) SPIL_CHECKED;

/* In truth.c: reads <folder>/truth/truth.csv against the facts and communities. */
spil_status spil_bench_truth_read(spil_bench_case *it, const char *folder,
                                  spil_err *err) SPIL_CHECKED;

#endif
