/* against.h - what was looked for at each step of each pair, and not found: the other side of
 * effort.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A family of signals none of which is among the facts of a pair counts against its step when
 * somebody looked at a member that it applies to. Of the family the signal counts that says most.
 *
 *     missed  [step 0, signal 1: 9 members, looked at 2][step 0, signal 2 ...]
 *                                |
 *     looks                     [1 look: 1 member][5 looks: 1 member] ...
 */
#ifndef SPIL_BARRIERS_AGAINST_H
#define SPIL_BARRIERS_AGAINST_H

#include "engine/barriers/effort.h"
#include "engine/barriers/evidence.h"
#include "engine/base/vec.h"

typedef struct spil_against_place {
    const spil_facts *facts;
    const spil_network *network;
    const spil_model_set *models;
    const spil_effort *looks; /* NULL: nobody recorded a look */
    const size_t *member_row; /* as in spil_evidence_collect */
    const spil_vid *member;
} spil_against_place;

/* So many members at whom it was looked so often. */
typedef struct spil_look_count {
    double looks;
    size_t members;
} spil_look_count;

/* A signal that was looked for at one member or more, and whose family was found at none. */
typedef struct spil_missed {
    uint32_t step, signal, family;
    size_t members, looked; /* that it applies to; of them with a look on record */
    size_t first, count;    /* looks[first .. first + count), by number of looks */
} spil_missed;

/* Open struct; by step, then signal. Zeroed before first use. */
typedef struct spil_missed_list {
    SPIL_VEC(spil_missed) items;
    SPIL_VEC(spil_look_count) looks;
    SPIL_VEC(double) scratch;
} spil_missed_list;

/* Adds what was missed in a pair: facts are all of it, count > 0. Nothing without looks. */
spil_status spil_missed_add(spil_missed_list *list, const spil_against_place *place,
                            const spil_fact *facts, size_t count, spil_err *err) SPIL_CHECKED;
void spil_missed_clear(spil_missed_list *list);

/* Likelihood ratio of one of them, by the numbers of this signal: the mean over the members. */
double spil_missed_ratio(const spil_missed_list *list, const spil_missed *missed,
                         const spil_model_signal *signal);
/* The one of items [begin, end), which are of one pair, that counts for the family of item i: the
 * lowest ratio, the first of equals. */
size_t spil_missed_strongest(const spil_missed_list *list, size_t begin, size_t end, size_t i,
                             const spil_model *model);
/* against: by step, ln L of items [begin, end) of one pair, but for the family of `found`, a fact
 * that came to light since (NULL: none). */
void spil_missed_sum(const spil_missed_list *list, size_t begin, size_t end,
                     const spil_model *model, const spil_fact *found, double *against);

/* Fills evidence->against, whose facts and pairs are there; it stays NULL without looks. */
spil_status spil_against_find(spil_evidence *evidence, const spil_against_place *place,
                              spil_err *err) SPIL_CHECKED;

#endif
