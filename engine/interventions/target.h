/* target.h - actions, and the list chosen from them under the partners' hours.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An action is (entity, barrier, partner) against one chain (community and model). Per draw:
 *   gain      harm x fall of the chain when the entity no longer serves the step x effect x
 *             (1 - recovers) x (1 - what moves elsewhere), effect ~ Beta of the barrier
 *   recovery  the network tries stand-ins within two steps, nearest first, as often as the horizon
 *             allows (stand_in.h)
 *   list      actions of one chain overlap: their joint gain is V (1 - prod(1 - gain / V)), V =
 *             harm x chain, which is submodular; lazy greedy (Minoux 1978) by gain, by gain an hour
 *             and by gain for the share of what is there, the best of them, under each partner's
 *             hours, a budget and what else it must and must not hold (limit.h)
 *   stability share of the draws in which the action is in the list of that draw alone
 */
#ifndef SPIL_INTERVENTIONS_TARGET_H
#define SPIL_INTERVENTIONS_TARGET_H

#include "engine/barriers/score.h"

/* Open struct. */
typedef struct spil_action {
    uint32_t entity; /* index into facts->entities */
    uint32_t community;
    size_t model, step, barrier; /* positions */
    spil_partner partner;
    double hours, lead_days;
    double cost;          /* euro, beside the hours */
    bool covert;          /* warns nobody */
    double effect;        /* mean */
    double recovers;      /* chance that the network mends it within the horizon */
    uint32_t candidates;  /* stand-ins within two steps */
    spil_spread gain;     /* net of the two below */
    double moved, abroad; /* means: what comes back at another step; across the border */
    size_t chain;         /* position in chains below */
    double *draw;         /* draws: gain in each */
} spil_action;

typedef struct spil_chain {
    uint32_t community;
    size_t model;
    double *value; /* draws: harm x chain */
} spil_chain;

typedef struct spil_actions {
    spil_action *actions; /* by mean gain, largest first; ties by entity, model, step, barrier */
    spil_chain *chains;
    size_t count, chain_count, draws;
} spil_actions;

typedef struct spil_action_opts {
    uint64_t seed;
    size_t most; /* keep at most this many actions, the largest; 0 = all */
    spil_progress *progress;
} spil_action_opts;

spil_status spil_actions_find(spil_actions **out, const spil_facts *facts,
                              const spil_network *network, const spil_model_set *models,
                              const spil_scores *scores, const spil_action_opts *opts,
                              spil_err *err) SPIL_CHECKED;
void spil_actions_free(spil_actions *actions);

/* What the chooser needs to know of an action: filled from spil_actions or from the store. */
typedef struct spil_choice {
    double hours;
    spil_partner partner;
    size_t chain;
    const double *draw; /* draws, borrowed */
    uint32_t exclusive; /* actions with the same number exclude each other (one instrument an entity
                           and step); UINT32_MAX: none */
    double cost;        /* euro */
} spil_choice;

typedef struct spil_limit spil_limit; /* limit.h */

typedef struct spil_list_opts {
    double hours[SPIL_PARTNER_COUNT]; /* HUGE_VAL: no limit; 0: takes no part */
    double budget;                    /* euro for all of it; HUGE_VAL: no limit */
    size_t top;                       /* length of the list at most */
    bool gain_alone;                  /* leave stability out (0): for trying hours */
    const spil_limit *limits;         /* borrowed */
    size_t limit_count;
    /* What engine/run makes limits of (wishes.h); not read when choosing. */
    const struct spil_wishes *wishes; /* borrowed; NULL: none */
    double days, gap_days;            /* the period (0: no end); between actions at one address */
} spil_list_opts;

typedef struct spil_target {
    size_t choice;    /* position in the choices */
    double marginal;  /* what it adds to those above it, mean over the draws */
    double stability; /* 0..1 */
} spil_target;

typedef struct spil_target_list {
    spil_target *targets; /* in order */
    size_t count;
    double gain, possible; /* of the list; of all chains together: sum of mean V */
    double hours_used[SPIL_PARTNER_COUNT], money_used;
} spil_target_list;

/* chain_value[c] = draws values of V, all borrowed. SPIL_INPUT when no list holds all that it must.
 */
spil_status spil_targets_choose(spil_target_list **out, const spil_choice *choices, size_t count,
                                const double *const *chain_value, size_t chain_count, size_t draws,
                                const spil_list_opts *opts, spil_progress *progress,
                                spil_err *err) SPIL_CHECKED;
void spil_target_list_free(spil_target_list *list);

#endif
