/* chain.h - the probability of a chain from the facts that count: the formulas of score.h.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A case is one community against one model, laid out for evaluation over and over: facts by
 * family and by seat within each step, and by entity. off[f] says whether a fact counts: one that
 * is absent was never there in this draw; one that is taken out leaves its seat empty, and nobody
 * unseen sits on it. Nothing here allocates once the case is made, and nothing is shared between
 * threads.
 */
#ifndef SPIL_BARRIERS_CHAIN_H
#define SPIL_BARRIERS_CHAIN_H

#include "engine/barriers/evidence.h"

enum { SPIL_COUNTS, SPIL_ABSENT, SPIL_TAKEN_OUT };

typedef struct spil_case {
    const spil_model *model;
    const spil_fact *facts; /* borrowed */
    uint32_t fact_count;
    /* Entities with a fact, ascending; their facts: fact_of[fact_row[i] .. fact_row[i + 1]), in
     * order of the facts, so those of one step are together. */
    uint32_t entity_count;
    uint32_t *entity, *fact_row, *fact_of;
    /* By step s: evidence by_family[family_row[s] ..), by family; seats by_seat[seat_row[s] ..), by
     * role, then entity. */
    uint32_t *by_family, *family_row, *by_seat, *seat_row;
    uint32_t process_column, *step_column; /* prior of the model; prior, given of each step */
    size_t role_count;                     /* of all steps */
    size_t *role_row;                      /* by step: number of its first role among all */
    const double *against; /* by step: ln L of what was looked for and not found; NULL: nothing;
                              borrowed, set by the user of the case */
} spil_case;

/* The facts are of one model of the columns; fact_count > 0. */
spil_status spil_case_new(spil_case **out, const spil_columns *columns, const spil_fact *facts,
                          size_t fact_count, spil_err *err) SPIL_CHECKED;
void spil_case_free(spil_case *chain_case);

/* What a step adds to the chain. */
typedef struct spil_step_terms {
    double odds;    /* (a L + 1 - a) / (b L + 1 - b) */
    double given;   /* a L / (a L + 1 - a): the step, if the process runs */
    double without; /* b L / (b L + 1 - b): the step, if it does not */
    double filled;  /* product over roles */
} spil_step_terms;

/* number: the draw's row of the evidence (columns.h). */
spil_step_terms spil_chain_step(const spil_case *chain_case, size_t step, const double *number,
                                const uint8_t *off);

/* All but the last of these terms, which is left at 1; the last alone. */
spil_step_terms spil_chain_evidence(const spil_case *chain_case, size_t step, const double *number,
                                    const uint8_t *off);
double spil_chain_filled(const spil_case *chain_case, size_t step, const uint8_t *off);

/* Chance that the process runs, and that it runs with all required steps and their seats; of steps
 * that are ways to one end, with one of them at least. terms: by step. */
double spil_chain_process(const spil_case *chain_case, const double *number,
                          const spil_step_terms *terms);
double spil_chain_value(const spil_case *chain_case, const double *number,
                        const spil_step_terms *terms);

/* Role r of the step: filled, and sum of q. */
typedef struct spil_seat_terms {
    double filled, held;
} spil_seat_terms;
spil_seat_terms spil_chain_role(const spil_case *chain_case, size_t step, size_t role,
                                const uint8_t *off);

#endif
