/* trial.h - all draws of one community against one model. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Used by score.c: new, a draw for each b, finish. Of one thread at a time. Time a draw: the facts
 * of the case, and for each entity with a fact its steps and 2^k evaluations for its shares.
 */
#ifndef SPIL_BARRIERS_TRIAL_H
#define SPIL_BARRIERS_TRIAL_H

#include "engine/barriers/memo.h"
#include "engine/barriers/presence.h"

#include "engine/base/vec.h"

/* An entity of the case, or a member without facts that others hang on. */
typedef struct spil_trial_entity {
    uint32_t entity, local; /* index into the facts; position among the members */
    uint32_t own;           /* position in the case's entities; UINT32_MAX: no facts */
    uint64_t key;           /* of its random orders */
    double *fall;           /* draws */
    double position;        /* sum over the draws of the share of position */
} spil_trial_entity;

typedef struct spil_trial {
    spil_case *chain_case;
    spil_memo *memo;
    const spil_facts *facts;
    const spil_presence *presence; /* changes from draw to draw */
    const spil_network *network;
    const spil_vid *member;
    size_t member_count, draws;
    uint64_t seed;
    spil_score_depth depth;
    SPIL_VEC(spil_trial_entity) entities; /* the case's own first, in its order */
    uint32_t *slot;                       /* by member: position in entities, or UINT32_MAX */
    uint8_t *mark;                        /* by member: has facts */
    uint32_t *holders;                    /* members who hold others, in this draw */
    size_t holder_count;
    bool holders_known;
    /* Services: entity i of the case serves service_step[service_row[i] ..). */
    uint32_t *service_row, *service_step;
    double *service_fall; /* services x draws */
    /* Results by draw. */
    double *chain, *process;       /* draws */
    double *probability, *filled;  /* steps x draws */
    double *role_filled;           /* roles x draws */
    double *role_held, *stand_ins; /* sums over the draws, by role and by step */
    double *fact_share;            /* sums over the draws, by fact */
    uint32_t *present;             /* draws in which the entity of the case is there */
    /* Scratch. */
    uint8_t *off;
    uint32_t *lost, *order, *cause_row;
    uint32_t *cause_fact, *gone;
} spil_trial;

typedef struct spil_trial_place {
    const double *against; /* of the pair: chain.h; borrowed */
    const spil_facts *facts;
    const spil_network *network;
    const spil_presence *presence;
    const spil_vid *member;
    size_t member_count, draws;
    uint64_t seed;
    spil_score_depth depth;
} spil_trial_place;

spil_status spil_trial_new(spil_trial **out, const spil_columns *columns, const spil_fact *facts,
                           size_t fact_count, const spil_trial_place *place,
                           spil_err *err) SPIL_CHECKED;
void spil_trial_free(spil_trial *trial);
/* presence stands at draw b. */
spil_status spil_trial_draw(spil_trial *trial, size_t b, const double *number,
                            spil_err *err) SPIL_CHECKED;
/* Fills score (zeroed; community and model are the caller's) from all draws. score_sum.c */
spil_status spil_trial_finish(const spil_trial *trial, spil_score *score,
                              spil_err *err) SPIL_CHECKED;
void spil_score_clear(spil_score *score);

#endif
