/* score.h - communities held against barrier models: how complete is the chain, who holds it, how
 * sure. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For a community K, a model M and each of B draws (stream of a draw = seed, item and draw number):
 *   presence  every edge is in the draw with its confidence; present are K's members in the largest
 *             connected part of K that is left (ties: the part with the smallest vertex)
 *   evidence  L(s) = exp(sum over families of the strongest ln(LR) x strength x confidence x
 *             2^(-age/half-life) x membership, over present entities); ln(LR) never below 0;
 *             a recorded role is a family too, and so is a rule or opportunity that has an LR
 *   process   odds = odds(prior) x product over steps of (a L + 1 - a) / (b L + 1 - b), where
 *             a = the step's `given`, b = its `prior`: R, the chance that K runs the process
 *   step      P(s) = R x a L / (a L + 1 - a) + (1 - R) x b L / (b L + 1 - b)
 *   role      q(e,r) = membership x the largest of the confidences of a recorded role and the
 *             probabilities of rules; filled = chance that all `needed` seats are taken, an empty
 *             seat being filled by somebody unseen with chance `unseen`; the seat of one who is
 *             taken out stays empty
 *   chain     R x product over required steps of w = a L / (a L + 1 - a) x product over their roles
 *             of filled: the chance that K runs the process with every step and seat in place; of
 *             steps that are ways to one end (any_of), 1 - product of (1 - w) in place of w
 *   entity    fall of the chain when e is taken out (its facts, and the members it alone
 *             connects), split over named contributions that add up to it (Shapley 1953)
 * Means are linear in the draws, so contributions add up to the mean fall to 1e-9. More: docs/
 * barrier-models.md; why the steps are tied by one process: docs/decisions.md.
 */
#ifndef SPIL_BARRIERS_SCORE_H
#define SPIL_BARRIERS_SCORE_H

#include "engine/barriers/model.h"
#include "engine/base/progress.h"
#include "engine/communities/community.h"
#include "engine/graph/network.h"
#include "engine/stats/quantile.h"

typedef enum spil_fact_kind {
    SPIL_FACT_SIGNAL,      /* reference: index into facts->signals */
    SPIL_FACT_OPPORTUNITY, /* reference: index into facts->attributes of the first condition */
    SPIL_FACT_ROLE,        /* reference: index into facts->roles */
    SPIL_FACT_RULE,        /* reference: index into model->rules; saw: what it rests on */
    SPIL_FACT_POSITION     /* members that hang on this one; no reference */
} spil_fact_kind;

/* The recorded row that a rule rests on: index into the array of the facts. */
typedef enum spil_saw_kind {
    SPIL_SAW_NOTHING,
    SPIL_SAW_ATTRIBUTE,
    SPIL_SAW_LINK,
    SPIL_SAW_SIGNAL
} spil_saw_kind;
typedef struct spil_saw {
    spil_saw_kind kind;
    size_t reference;
} spil_saw;

/* One reason for an entity's score: value is its share of the mean fall. */
typedef struct spil_contribution {
    uint32_t entity; /* index into facts->entities */
    size_t step;     /* position in the model; SIZE_MAX for position */
    spil_fact_kind kind;
    size_t reference;
    spil_saw saw;     /* rules only */
    const char *name; /* signal code, opportunity id, role id, rule id, or "position" */
    double value;
} spil_contribution;

typedef struct spil_role_score {
    spil_spread filled;
    double seats; /* mean over the draws of sum of q / needed */
} spil_role_score;

typedef struct spil_step_score {
    spil_spread probability; /* P(s) */
    spil_spread filled;      /* product over its roles of P(filled); 1 without roles */
    spil_role_score *roles;  /* of the model's step; borrowed from the score */
    double stand_ins;        /* N_s: mean over the draws of the smallest, over its roles, of
                                sum of q / needed; 0 without roles */
    bool weakest; /* the required step with the fewest stand-ins among those with any holder */
} spil_step_score;

/* Who fills a role: chance as recorded or shown by a rule, mean over the draws. */
typedef struct spil_holder {
    uint32_t entity;
    size_t step, role;
    double q;
} spil_holder;

/* A step that an entity serves by its own facts, and the fall of the chain when it no longer does.
 */
typedef struct spil_service {
    size_t step;
    double *fall; /* draws; borrowed from the score */
} spil_service;

/* Fall of the chain when this entity is taken out of everything. */
typedef struct spil_entity_score {
    uint32_t entity;
    spil_spread fall;
    spil_service *services; /* by step; borrowed from the score */
    size_t service_count;
} spil_entity_score;

/* One community against one model. Open struct. */
typedef struct spil_score {
    uint32_t community;
    size_t model; /* position in the set */
    spil_spread chain;
    spil_spread process; /* R: does K run the process at all */
    double *chain_draw;  /* draws; NULL: chain and process alone are known */
    spil_step_score *steps;
    spil_holder *holders;             /* by step, role, then q, largest first */
    spil_entity_score *entities;      /* fall > 0 in some draw; by mean fall, ties by entity */
    spil_contribution *contributions; /* by entity in the order above, largest first */
    size_t step_count, holder_count, entity_count, contribution_count;
    /* what the borrowed pointers above point into */
    spil_role_score *roles;
    spil_service *services;
    double *falls;
} spil_score;

typedef struct spil_scores {
    /* By mean chain x harm, largest first; ties by community, model. Only pairs with a signal, a
     * recorded role or a rule that counts as evidence: an opportunity or a seat alone shows
     * nothing. */
    spil_score *scores;
    size_t count;
    size_t draws;
    size_t communities, deep; /* with a score; of these, to the depth asked */
} spil_scores;

typedef enum spil_score_depth {
    SPIL_SCORE_FULL,  /* everything below */
    SPIL_SCORE_FALLS, /* chains, and the fall of each entity without shares and services */
    SPIL_SCORE_CHAINS /* chain and process alone: no draws kept, no steps, holders, entities */
} spil_score_depth;

typedef struct spil_score_opts {
    size_t draws;
    uint64_t seed;
    spil_day as_of; /* age of signals; SPIL_NO_DAY: the newest date recorded in the facts */
    const char *const *rules_off; /* rules not to use: ids, or names of conditions (rules.def) */
    size_t rules_off_count;
    spil_score_depth depth;
    /* So many communities get that depth, 0: all; the others as SPIL_SCORE_CHAINS. It goes to those
     * whose best pair comes first by mean chain x harm (ties: the smaller number). Whoever it goes
     * to scores as in a run without limit, to the bit. An entity's fall is at most the chain, so an
     * action left out is worth at most harm x mean chain of its community. */
    size_t deep_most;
    const uint32_t *community; /* this one alone; NULL: all */
    const double *number; /* what spil_columns_draw gives for these models, seed and draws, by one
                             who scores often; NULL: drawn here. Borrowed. */
    spil_progress *progress;
} spil_score_opts;

#define SPIL_SCORE_OPTS_DEFAULTS                                                                   \
    {                                                                                              \
        .draws = 200, .seed = 1, .as_of = SPIL_NO_DAY                                              \
    }

spil_status spil_score_all(spil_scores **out, const spil_facts *facts, const spil_network *network,
                           const spil_communities *communities, const spil_model_set *models,
                           const spil_score_opts *opts, spil_err *err) SPIL_CHECKED;
void spil_scores_free(spil_scores *scores);

#endif
