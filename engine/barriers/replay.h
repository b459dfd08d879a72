/* replay.h - all pairs of community and model evaluated over and over at stated numbers: fast, for
 * questions of the kind "what if this number were otherwise" or "what if this too were recorded".
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One evaluation is one draw at the middle of every number, with every link there: the models are
 * read anew each time, so that a number that was pinned in them (numbers.h) counts. Each replay is
 * of one thread, and so are its models. O(facts) an evaluation.
 */
#ifndef SPIL_BARRIERS_REPLAY_H
#define SPIL_BARRIERS_REPLAY_H

#include "engine/barriers/against.h"

typedef struct spil_replay spil_replay;

/* evidence: collected with these models or others read from the same files; place: where it was
 * collected, whose own models are not used. All are borrowed. */
spil_status spil_replay_new(spil_replay **out, const spil_evidence *evidence,
                            const spil_model_set *models, const spil_against_place *place,
                            spil_err *err) SPIL_CHECKED;
void spil_replay_free(spil_replay *replay);

/* Reads the numbers of the models. Before the two below, and whenever one was changed. */
void spil_replay_read(spil_replay *replay);
/* value: pair_count of the evidence: harm x chain. */
void spil_replay_values(const spil_replay *replay, double *value);

typedef struct spil_replay_pair {
    double value;   /* harm x chain */
    double process; /* R */
    double *step;   /* P(s) of each step of its model: of the caller, or NULL */
} spil_replay_pair;
/* One pair, with a fact more (NULL: none). extra->column and family as evidence.h has them. */
spil_status spil_replay_pair_value(const spil_replay *replay, size_t pair, const spil_fact *extra,
                                   spil_replay_pair *out, spil_err *err) SPIL_CHECKED;

#endif
