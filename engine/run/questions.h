/* questions.h - the next best question: which one missing record, at which partner, would change
 * the list most. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A question asks whether one signal or role holds of one member of a scored community. Its worth
 * is the value of information (Howard 1966): chance of a yes x how far harm x chain then moves,
 * when the pair is among the first `top` before or after; a no changes nothing, since nothing in a
 * model speaks against its step. All of it at the middle of every number (replay.h). chance of a
 * signal   f + pi (min(0.95, f x LR) - f), where f = share of the entities of these kinds that have
 * it on record, and pi = P(step) x share of the member chance of a role     pi x 1 / members who
 * could hold it, likewise by share share of a member    (1 + records of it that count here) over
 * those of all who are asked about Strength and confidence of the answer are those usual for that
 * code, dated on the day of the run.
 */
#ifndef SPIL_RUN_QUESTIONS_H
#define SPIL_RUN_QUESTIONS_H

#include "engine/barriers/replay.h"

typedef struct spil_question {
    uint32_t community, entity;
    size_t pair, model, step; /* pair: of the evidence */
    spil_fact_kind kind;      /* signal or role */
    size_t item;              /* position among the step's signals or roles */
    spil_partner partner;
    double chance;           /* of a yes */
    double value, value_yes; /* harm x chain of the pair, now and after a yes */
    size_t place, place_yes; /* in the ranking of pairs, from 1 */
    double worth;
} spil_question;

/* Open struct; what the questions were made of stays for spil_question_answer. */
typedef struct spil_questions {
    spil_question *items; /* worth > 0, largest first; the best member of each (pair, step, item) */
    size_t count, pairs, top;
    struct spil_questions_room *room;
} spil_questions;

typedef struct spil_questions_opts {
    size_t top;     /* of the ranking that counts */
    spil_day as_of; /* SPIL_NO_DAY: the newest date recorded */
} spil_questions_opts;

/* All are borrowed until cleared. O(pairs x items x members), one thread. */
spil_status spil_questions_find(spil_questions *out, const spil_facts *facts,
                                const spil_network *network, const spil_communities *communities,
                                const spil_model_set *models, const spil_questions_opts *opts,
                                spil_err *err) SPIL_CHECKED;
void spil_questions_clear(spil_questions *questions);

/* The same question about another member: fills chance, value_yes, place_yes and worth anew. false
 * when it cannot be asked: of a kind that it does not apply to, or on record already. */
spil_status spil_question_about(const spil_questions *questions, spil_question *question,
                                uint32_t entity, bool *askable, spil_err *err) SPIL_CHECKED;

#endif
