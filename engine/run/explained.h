/* explained.h - why an entity or a community has its score: the records it rests on, what was
 * looked for in vain, which records would have to be false for it to halve, and which assumed
 * numbers carry it. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The score of a community is the mean chance that its chain is complete, that of an entity the
 * mean fall of that chance without it; both against the one model where harm x score is largest,
 * unless a model is named.
 */
#ifndef SPIL_RUN_EXPLAINED_H
#define SPIL_RUN_EXPLAINED_H

#include "engine/barriers/numbers.h"
#include "engine/run/in_vain.h"

/* One part of the score; parts of an entity add up to it. */
typedef struct spil_explained_reason {
    uint32_t entity;
    spil_fact_kind kind;
    const char *step, *item;      /* ids in the model; "" for position */
    spil_names names, step_names; /* step_names "" for position */
    bool has_record, assumed;     /* assumed: nobody measured its weight */
    spil_record record;           /* what it rests on */
    double value;                 /* of the entity's mean fall */
    double looks, look_share;     /* of a signal: found in so many looks, and what of its weight is
                                     left for that; NaN, 1: not recorded */
} spil_explained_reason;

/* An assumed number, and the score at both ends of its range. */
typedef struct spil_explained_number {
    spil_number number;
    double at_low, at_high;
} spil_explained_number;

/* Open struct. */
typedef struct spil_explained {
    uint32_t community, entity; /* entity UINT32_MAX: the community itself */
    spil_model_set model;       /* the one, borrowed from the reopened */
    size_t model_at;            /* in the reopened */
    spil_points score, chain, process;
    spil_explained_reason *reasons; /* of the entity, largest first; of a community: of all its
                                       entities, by fall and then as theirs */
    size_t reason_count;
    spil_in_vain in_vain; /* in the community */
    spil_halving halving;
    spil_explained_number
        *numbers; /* that move the score by a hundredth of it or more, most first */
    size_t number_count;
    size_t assumed_count; /* assumed numbers of the model that were tried */
    spil_numbers listed;  /* what the texts of numbers live in */
} spil_explained;

typedef struct spil_explain_opts {
    uint32_t community, entity; /* as in spil_explained */
    const char *model;          /* id, or NULL */
    spil_progress *progress;
} spil_explain_opts;

/* SPIL_NOT_FOUND when it has no score, with a text that says why. The models of `it` are changed
 * and changed back meanwhile. Clear in every case. */
spil_status spil_explain(spil_explained *out, const spil_reopened *it,
                         const spil_explain_opts *opts, spil_err *err) SPIL_CHECKED;
void spil_explained_clear(spil_explained *explained);

#endif
