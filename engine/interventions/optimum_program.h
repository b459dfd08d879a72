/* optimum_program.h - the integer programme of optimum.h as rows for GLPK; for optimum*.c alone.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows, counted from 0: a chain each, a partner each, a group each, the length, the money, then
 * what the limits ask (limit.h):
 *
 *     MOST    sum of <= most          AFTER   for each a of `of`: x(a) - sum by <= 0
 *     MUST    sum of >= 1             APART   for each a of `of`, b of `by`: x(a) + x(b) <= 1
 */
#ifndef SPIL_INTERVENTIONS_OPTIMUM_PROGRAM_H
#define SPIL_INTERVENTIONS_OPTIMUM_PROGRAM_H

#include "engine/base/vec.h"
#include "engine/interventions/limit.h"

#include <glpk.h>

/* A set of actions of one chain: bit i is the i-th action of the chain. */
typedef struct spil_program_column {
    size_t chain;
    uint32_t set;
    double worth;
} spil_program_column;

/* What an action counts for in a row of the limits. */
typedef struct spil_program_term {
    uint32_t choice;
    uint32_t row;
    double value;
} spil_program_term;

typedef struct spil_program_edge {
    double least, most; /* -HUGE_VAL, HUGE_VAL: none */
} spil_program_edge;

typedef struct spil_program {
    const spil_choice *choices;
    const double *const *chain_value;
    const spil_list_opts *opts;
    size_t count, chain_count, draws;
    size_t *row; /* chain_count + 1: actions of chain c stand in action[row[c] .. row[c + 1]) */
    size_t *action;
    uint32_t *group; /* of the groups with a row, ascending */
    size_t group_count;
    SPIL_VEC(spil_program_column) columns;
    SPIL_VEC(spil_program_edge) edges; /* of the rows of the limits */
    SPIL_VEC(spil_program_term) terms; /* by choice, then row */
    SPIL_VEC(int) at_row, at_column;   /* the matrix, 1-based as GLPK counts */
    SPIL_VEC(double) at_value;
} spil_program;

void spil_program_clear(spil_program *p);
/* The rows of the limits, and the place in the matrix that GLPK does not look at. */
spil_status spil_program_begin(spil_program *p, spil_err *err) SPIL_CHECKED;
spil_status spil_program_put(spil_program *p, size_t row, size_t at, double value,
                             spil_err *err) SPIL_CHECKED;
/* An action as column `at`: what it takes of its partner, its group, the length, the money and the
 * limits. */
spil_status spil_program_put_action(spil_program *p, size_t choice, size_t at,
                                    spil_err *err) SPIL_CHECKED;
/* Position of the first term of the choice; terms of others follow. */
size_t spil_program_terms_of(const spil_program *p, size_t choice);
size_t spil_program_partner_row(const spil_program *p, size_t partner);
/* SIZE_MAX: its group has no row. */
size_t spil_program_group_row(const spil_program *p, uint32_t group);
size_t spil_program_length_row(const spil_program *p);
size_t spil_program_money_row(const spil_program *p);
size_t spil_program_limit_row(const spil_program *p, size_t row);
size_t spil_program_rows(const spil_program *p);
/* Bounds of all rows but those of the chains; the rows are there. */
void spil_program_bound_rows(const spil_program *p, glp_prob *lp);
void spil_program_bound_row(glp_prob *lp, size_t row, double least, double most);

#endif
