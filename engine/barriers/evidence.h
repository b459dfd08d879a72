/* evidence.h - what the recorded facts say of each community and model, as one sorted list.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A fact is evidence for a step (one of its families, a likelihood ratio, a weight), or fills a
 * seat (a role, a chance q), or both: a recorded role does both. Facts of one community and model
 * stand together:
 *
 *     facts  [K0 M0 ...][K0 M1 ...][K7 M0 ...]        a pair: facts[pair[i] .. pair[i+1])
 *
 * Families of a step are numbered: a signal takes the position of the first signal of its family,
 * then come opportunities, recorded roles and rules, each a family of its own. Columns number the
 * likelihood ratios that are drawn. Open structs, immutable.
 */
#ifndef SPIL_BARRIERS_EVIDENCE_H
#define SPIL_BARRIERS_EVIDENCE_H

#include "engine/barriers/columns.h"
#include "engine/barriers/score.h"

#define SPIL_NO_FAMILY UINT32_MAX
#define SPIL_NO_SEAT UINT32_MAX

typedef struct spil_fact {
    uint32_t community, model, step, entity;
    uint32_t family, column; /* SPIL_NO_FAMILY: no evidence */
    uint32_t role;           /* SPIL_NO_SEAT: fills no seat */
    spil_fact_kind kind;
    double weight; /* of ln(LR): strength x confidence x ageing x membership */
    double q;      /* chance that the seat is filled by this entity */
    size_t reference;
    spil_saw saw;
    const char *name;
} spil_fact;

typedef struct spil_evidence {
    spil_fact *facts; /* by community, model, step, kind, name, entity, reference */
    size_t *pair;     /* pair_count + 1 */
    size_t fact_count, pair_count;
    spil_columns *columns;
    const double *number; /* draws x columns, row a draw */
    double *against; /* pairs x SPIL_MODEL_STEPS_MOST: ln L of what was looked for at the step and
                        not found, at most 0; NULL: nobody recorded a look */
    double *drawn;   /* it, when it is drawn here */
} spil_evidence;

/* Number of the family of a signal, and of a recorded role, among those of its step. */
uint32_t spil_family_of_signal(const spil_model_step *step, size_t signal);
uint32_t spil_family_of_role(const spil_model_step *step, size_t role);

/* member_row, member: spil_partition_members of the communities. */
spil_status spil_evidence_collect(spil_evidence **out, const spil_facts *facts,
                                  const spil_network *network, const spil_communities *communities,
                                  const size_t *member_row, const spil_vid *member,
                                  const spil_model_set *models, const spil_score_opts *opts,
                                  spil_err *err) SPIL_CHECKED;
/* By step of the pair; NULL: none. */
const double *spil_evidence_against(const spil_evidence *evidence, size_t pair);
void spil_evidence_free(spil_evidence *evidence);

#endif
