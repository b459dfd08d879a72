/* evidence_inside.h - what the files of evidence.h share: facts on their way into the list.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_BARRIERS_EVIDENCE_INSIDE_H
#define SPIL_BARRIERS_EVIDENCE_INSIDE_H

#include "engine/barriers/effort.h"
#include "engine/barriers/evidence.h"
#include "engine/barriers/rule.h"
#include "engine/base/strmap.h"
#include "engine/base/vec.h"

typedef struct spil_collector {
    const spil_facts *facts;
    const spil_network *network;
    const spil_communities *communities;
    const spil_model_set *models;
    const spil_score_opts *opts;
    spil_columns *columns;
    spil_link_index links;
    spil_day as_of;
    spil_effort *looks;
    uint32_t *code; /* by index of facts->signals: number of its code */
    size_t code_count;
    spil_strmap *codes;
    spil_step_mask *signal_steps; /* by index of facts->signals, for the model at hand */
    SPIL_VEC(spil_fact) out;
} spil_collector;

/* Families of a step beside those of evidence.h. */
uint32_t spil_family_of_opportunity(const spil_model_step *step, size_t opportunity);
uint32_t spil_family_of_rule(const spil_model_step *step, size_t rule);

/* Fills in entity and community; membership of the entity. False when it is not analysed, or in no
 * community that is asked for. */
bool spil_collector_place(const spil_collector *all, uint32_t entity, spil_fact *fact,
                          double *membership);
bool spil_kind_admits(spil_kind_mask mask, spil_entity_kind kind);
/* By community, model, step, kind, name, entity, reference. */
void spil_collector_sort(spil_collector *all);
bool spil_same_pair(const spil_fact *a, const spil_fact *b);

/* evidence_signals.c: codes first; then the signals of model m, which also fills signal_steps for
 * its rules. */
spil_status spil_number_codes(spil_collector *all, spil_err *err) SPIL_CHECKED;
spil_status spil_collect_signals(spil_collector *all, size_t m, spil_err *err) SPIL_CHECKED;
/* evidence_seats.c: recorded roles of all models; seats that rules of model m see. */
spil_status spil_collect_roles(spil_collector *all, spil_err *err) SPIL_CHECKED;
spil_status spil_collect_rules(spil_collector *all, size_t m, spil_err *err) SPIL_CHECKED;
/* evidence_opportunities.c: last of all, since it looks only where there is evidence already.
 * Leaves the facts sorted. */
spil_status spil_collect_opportunities(spil_collector *all, const size_t *member_row,
                                       const spil_vid *member, spil_err *err) SPIL_CHECKED;

#endif
