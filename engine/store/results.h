/* results.h - what runs made of the facts, kept in the store: written once, loaded whole.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every derived row names its run. A run may build on another (parent): a target list builds on an
 * analysis, and is gone when that is. In all rows below entities, signals, attributes and roles are
 * positions in the facts (facts.h), communities are numbers 0.. within the run, models, steps,
 * roles and barriers go by their ids; the store translates. Rows come back in the order in which
 * they were added (within their community where they have one), so the writer's order is the
 * reader's. NaN is kept as NaN.
 *
 *     run -> models, figures, metrics -> values
 *         -> communities -> members
 *                        -> scores, holders, falls -> contributions, actions
 *     run of the list (parent = analysis) -> figures, targets -> decisions
 *
 * Open structs. Writers work inside a transaction, on the facts of the store as it stands in it.
 * Texts may be NULL for "" when writing; in what is loaded they live in its arena.
 */
#ifndef SPIL_STORE_RESULTS_H
#define SPIL_STORE_RESULTS_H

#include "engine/store/store.h"

typedef struct spil_run_row {
    int64_t id, parent;                                     /* parent 0: none */
    const char *command, *options, *version, *input_digest; /* options: JSON text */
    uint64_t seed, draws;
    spil_day as_of;
} spil_run_row;

/* What a run was held against. */
typedef struct spil_run_model_row {
    const char *model, *version, *digest;
} spil_run_model_row;

/* One named number of the whole run: "quality", "hours_used.police". */
typedef struct spil_figure_row {
    const char *name;
    double value;
} spil_figure_row;

/* error, confidence, sure_ranks, top_error: of an approximate metric (metrics/metric.h), else 0. */
typedef struct spil_metric_row {
    const char *name;
    bool approximate;
    double error, confidence;
    const uint32_t *entity; /* count; network->entity fits */
    const double *value;    /* count */
    size_t count;
    uint32_t sure_ranks;
    double top_error;
} spil_metric_row;

typedef struct spil_community_row {
    uint64_t size, inner_edges, cut_edges;
    double density, conductance, stability;
} spil_community_row;

typedef struct spil_member_row {
    uint32_t community, entity;
    double membership;
} spil_member_row;

/* Points over the draws. */
typedef struct spil_points {
    double p5, p50, p95, mean;
} spil_points;

typedef enum spil_score_part {
    SPIL_PART_CHAIN,   /* step, role "" */
    SPIL_PART_PROCESS, /* step, role "" */
    SPIL_PART_STEP,    /* role "" */
    SPIL_PART_ROLE
} spil_score_part;

/* probability: of the chain, the process, the step. filled, stand_ins: of steps and roles. draw: a
 * value for each draw, or NULL. */
typedef struct spil_score_row {
    uint32_t community;
    spil_score_part part;
    const char *model, *step, *role;
    spil_points probability, filled;
    double stand_ins;
    bool weakest;
    const double *draw;
} spil_score_row;

typedef struct spil_holder_row {
    uint32_t community, entity;
    const char *model, *step, *role;
    double q;
} spil_holder_row;

/* Fall of the chain when the entity is taken out. */
typedef struct spil_fall_row {
    uint32_t community, entity;
    const char *model;
    spil_points fall;
} spil_fall_row;

/* Which array of the facts `reference` is a position in. */
typedef enum spil_reference {
    SPIL_REFERENCE_NONE,
    SPIL_REFERENCE_SIGNAL,
    SPIL_REFERENCE_ATTRIBUTE,
    SPIL_REFERENCE_ROLE,
    SPIL_REFERENCE_LINK
} spil_reference;

/* One reason for a fall. kind: the writer's word (signal, opportunity, role, rule, position); name:
 * code or id; step "" where there is none. The reference is what it rests on. */
typedef struct spil_contribution_row {
    uint32_t community, entity;
    const char *model, *step, *kind, *name;
    spil_reference refers;
    size_t reference;
    double value;
} spil_contribution_row;

typedef struct spil_action_row {
    int64_t id; /* given by the store */
    uint32_t community, entity;
    const char *model, *step, *barrier, *partner;
    double hours, lead_days, effect, recovers; /* effect, recovers: means */
    uint32_t candidates;
    spil_points gain;
    const double *draw;         /* the run's draws */
    double cost, moved, abroad; /* euro; means of what moves elsewhere */
    bool covert;
} spil_action_row;

/* rank = position + 1. action: id of a row of the run or its parent when written, position in
 * `actions` when loaded. status is 'proposed' until a decision. */
typedef struct spil_target_row {
    int64_t id; /* given by the store */
    int64_t action;
    double marginal, stability;
    const char *status;
} spil_target_row;

typedef enum spil_verdict {
    SPIL_VERDICT_ACCEPTED,
    SPIL_VERDICT_REJECTED,
    SPIL_VERDICT_HELD, /* looked at, and put off */
    SPIL_VERDICT_COUNT
} spil_verdict;
/* "accepted", "rejected", "held", and back; false for another word. */
const char *spil_verdict_word(spil_verdict verdict);
bool spil_verdict_find(const char *word, spil_verdict *out);

typedef struct spil_decision_row {
    int64_t target; /* id when written, position in `targets` when loaded */
    spil_verdict verdict;
    const char *reviewer, *reason;
    int64_t time; /* microseconds UTC; given by the store */
} spil_decision_row;

/* ---- writing ---- */

/* row->id is ignored. An earlier run that is the same in everything (and what builds on it) is
 * replaced, unless a person has decided on one of its targets: then both stay. */
spil_status spil_store_add_run(spil_store *store, const spil_run_row *row, int64_t *id,
                               spil_err *err) SPIL_CHECKED;
spil_status spil_store_add_run_models(spil_store *store, int64_t run,
                                      const spil_run_model_row *rows, size_t count,
                                      spil_err *err) SPIL_CHECKED;
spil_status spil_store_add_figures(spil_store *store, int64_t run, const spil_figure_row *rows,
                                   size_t count, spil_err *err) SPIL_CHECKED;
/* Those of the run whose names begin so. */
spil_status spil_store_drop_figures(spil_store *store, int64_t run, const char *begin,
                                    spil_err *err) SPIL_CHECKED;
spil_status spil_store_add_metric(spil_store *store, int64_t run, const spil_facts *facts,
                                  const spil_metric_row *row, spil_err *err) SPIL_CHECKED;
/* All communities of the run at once: row i is community i. */
spil_status spil_store_add_communities(spil_store *store, int64_t run,
                                       const spil_community_row *rows, size_t count,
                                       spil_err *err) SPIL_CHECKED;
spil_status spil_store_add_members(spil_store *store, int64_t run, const spil_facts *facts,
                                   const spil_member_row *rows, size_t count,
                                   spil_err *err) SPIL_CHECKED;
/* draws: of the run, length of each draw array; likewise below. */
spil_status spil_store_add_scores(spil_store *store, int64_t run, size_t draws,
                                  const spil_score_row *rows, size_t count,
                                  spil_err *err) SPIL_CHECKED;
spil_status spil_store_add_holders(spil_store *store, int64_t run, const spil_facts *facts,
                                   const spil_holder_row *rows, size_t count,
                                   spil_err *err) SPIL_CHECKED;
spil_status spil_store_add_falls(spil_store *store, int64_t run, const spil_facts *facts,
                                 const spil_fall_row *rows, size_t count,
                                 spil_err *err) SPIL_CHECKED;
spil_status spil_store_add_contributions(spil_store *store, int64_t run, const spil_facts *facts,
                                         const spil_contribution_row *rows, size_t count,
                                         spil_err *err) SPIL_CHECKED;
/* Fills in the ids of the rows. */
spil_status spil_store_add_actions(spil_store *store, int64_t run, const spil_facts *facts,
                                   size_t draws, spil_action_row *rows, size_t count,
                                   spil_err *err) SPIL_CHECKED;
spil_status spil_store_add_targets(spil_store *store, int64_t run, spil_target_row *rows,
                                   size_t count, spil_err *err) SPIL_CHECKED;
/* Words said on an earlier list about the very same proposal (entity, model, step, barrier,
 * partner), from the same input, belong to the list of this run from now on. After other input a
 * proposal is looked at anew. *count: how many words moved. */
spil_status spil_store_carry_decisions(spil_store *store, int64_t run, uint64_t *count,
                                       spil_err *err) SPIL_CHECKED;
/* A person's word on a target: sets its status and writes the audit entry. SPIL_INPUT when reviewer
 * or reason is empty, SPIL_NOT_FOUND when there is no such target. A later decision overrules. */
spil_status spil_store_add_decision(spil_store *store, const spil_decision_row *row,
                                    spil_err *err) SPIL_CHECKED;
/* The target of that rank in the list. key, barrier, partner: what the caller takes it to be, NULL:
 * whatever it is. SPIL_NOT_FOUND when the list is not so long, SPIL_INPUT when it is another. */
spil_status spil_store_find_target(spil_store *store, int64_t run, uint32_t rank, const char *key,
                                   const char *barrier, const char *partner, int64_t *id,
                                   spil_err *err) SPIL_CHECKED;
/* With all that is in it and all runs that build on it. SPIL_INPUT when a decision hangs on it. */
spil_status spil_store_delete_run(spil_store *store, int64_t run, spil_err *err) SPIL_CHECKED;

/* ---- reading ---- */

/* Newest run of the command; *id = 0 when there is none. */
spil_status spil_store_find_run(spil_store *store, const char *command, int64_t *id,
                                spil_err *err) SPIL_CHECKED;

/* What to load; loading less is faster. Members, scores ... bring the communities. */
enum {
    SPIL_RESULTS_METRICS = 1,
    SPIL_RESULTS_COMMUNITIES = 2, /* with members */
    SPIL_RESULTS_SCORES = 4,      /* scores, holders, falls */
    SPIL_RESULTS_REASONS = 8,     /* contributions */
    SPIL_RESULTS_ACTIONS = 16,
    SPIL_RESULTS_DRAWS = 32,   /* the draw arrays of scores and actions; else they are NULL */
    SPIL_RESULTS_TARGETS = 64, /* with decisions; brings the actions */
    SPIL_RESULTS_ALL = 127
};

/* A run together with its parent, as one. Rows of community k: members[member_row[k] ..
 * member_row[k + 1]) and so on; by community, then in order of adding. */
typedef struct spil_results {
    spil_run_row run, parent; /* parent.id 0: there is none */
    size_t draws;             /* of the run that holds the scores and actions */
    spil_run_model_row *models;
    spil_figure_row *figures;
    spil_metric_row *metrics;
    spil_community_row *communities;
    spil_member_row *members;
    spil_score_row *scores;
    spil_holder_row *holders;
    spil_fall_row *falls;
    spil_contribution_row *contributions;
    spil_action_row *actions; /* by id: in order of adding */
    spil_target_row *targets; /* by rank */
    spil_decision_row *decisions;
    size_t model_count, figure_count, metric_count, community_count, member_count, score_count,
        holder_count, fall_count, contribution_count, action_count, target_count, decision_count;
    size_t *member_row, *score_row, *holder_row, *fall_row, *contribution_row; /* communities + 1 */
    spil_arena *arena;
    struct spil_results_blocks *blocks; /* arrays of numbers that rows point into */
} spil_results;

/* facts: of the same store. SPIL_NOT_FOUND when there is no such run; SPIL_INPUT when the run names
 * rows that the facts do not hold. Caller: spil_results_free. */
spil_status spil_results_load(spil_results **out, spil_store *store, int64_t run,
                              const spil_facts *facts, unsigned what, spil_err *err) SPIL_CHECKED;
void spil_results_free(spil_results *results);
/* Value of the figure, or fallback when the run has none of that name. */
double spil_results_figure(const spil_results *results, const char *name, double fallback);

#endif
