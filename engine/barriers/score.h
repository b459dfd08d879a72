/* score.h - communities held against barrier models: how complete is the chain, who holds it, how
 * sure. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For a community K, a model M and each of B draws (random stream of a draw = seed and draw
 * number): presence  every edge is in the draw with its confidence; present are K's members in the
 * largest connected part of K that is left (ties: the part with the smallest vertex) step logit
 * P(s) = logit(prior) + sum over families of the strongest ln(LR) x strength x confidence x
 * 2^(-age/half-life) x membership, over present entities role      q(e,r) = confidence x membership
 * of a recorded role, or probability of a rule, whichever is larger; filled = chance that at least
 * `needed` hold it, one of them perhaps unseen chain     product over required steps of P(s) x
 * product over its roles of filled entity    fall of the chain when e is taken out (its facts, and
 * the members it alone connects), split over named contributions that add up to it All figures are
 * computed on the draws; means are linear in the draws, so contributions add up to 1e-9.
 */
#ifndef SPIL_BARRIERS_SCORE_H
#define SPIL_BARRIERS_SCORE_H

#include "engine/barriers/model.h"
#include "engine/base/progress.h"
#include "engine/communities/community.h"
#include "engine/graph/network.h"

/* 5%, 50%, 95% points over the draws, and the mean. */
typedef struct spil_spread {
    double p5, p50, p95, mean;
} spil_spread;

typedef enum spil_fact_kind {
    SPIL_FACT_SIGNAL,      /* reference: index into facts->signals */
    SPIL_FACT_OPPORTUNITY, /* reference: index into facts->attributes of the first condition */
    SPIL_FACT_ROLE,        /* reference: index into facts->roles */
    SPIL_FACT_RULE,        /* reference: index into model->rules; origin is what the rule saw */
    SPIL_FACT_POSITION     /* members that hang on this one; no reference */
} spil_fact_kind;

/* One reason for an entity's score: value is its share of the mean fall. */
typedef struct spil_contribution {
    uint32_t entity; /* index into facts->entities */
    size_t step;     /* position in the model; SIZE_MAX for position */
    spil_fact_kind kind;
    size_t reference;
    const char *name; /* signal code, opportunity id, role id, rule id, or "position" */
    double value;
} spil_contribution;

typedef struct spil_step_score {
    spil_spread probability; /* P(s) */
    spil_spread filled;      /* product over its roles of P(filled) */
    double
        stand_ins; /* N_s: mean over the draws of the smallest, over its roles, of sum q / needed */
    bool weakest;  /* the required step with the fewest stand-ins among those with any holder */
} spil_step_score;

/* Who fills a role: chance as recorded or shown by a rule, mean over the draws. */
typedef struct spil_holder {
    uint32_t entity;
    size_t step, role;
    double q;
} spil_holder;

/* Fall of the chain when this entity is taken out of everything, and of one step alone. */
typedef struct spil_entity_score {
    uint32_t entity;
    spil_spread fall;
    double *step_fall; /* draws x steps, row a draw: fall when e no longer serves that step */
} spil_entity_score;

/* One community against one model. Open struct. */
typedef struct spil_score {
    uint32_t community;
    size_t model; /* position in the set */
    spil_spread chain;
    double *chain_draw; /* draws */
    spil_step_score *steps;
    spil_holder *holders;
    spil_entity_score
        *entities; /* those with any fact or position: fall > 0 in some draw; by mean fall */
    spil_contribution *contributions; /* by entity in the order above, largest first */
    size_t holder_count, entity_count, contribution_count;
} spil_score;

typedef struct spil_scores {
    spil_score *scores; /* by mean chain x harm, largest first; only pairs with any evidence */
    size_t count;
    size_t draws;
} spil_scores;

typedef struct spil_score_opts {
    size_t draws;
    uint64_t seed;
    spil_day as_of; /* age of signals; SPIL_NO_DAY: the newest date recorded in the facts */
    spil_progress *progress;
} spil_score_opts;

#define SPIL_SCORE_OPTS_DEFAULTS                                                                   \
    {                                                                                              \
        .draws = 200, .seed = 1, .as_of = SPIL_NO_DAY, .progress = NULL                            \
    }

spil_status spil_score_all(spil_scores **out, const spil_facts *facts, const spil_network *network,
                           const spil_communities *communities, const spil_model_set *models,
                           const spil_score_opts *opts, spil_err *err) SPIL_CHECKED;
void spil_scores_free(spil_scores *scores);

#endif
