/* optimum.h - the best list there is, for cases small enough: how far the chosen one falls short.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What actions on one chain achieve together is no sum, so it is no linear programme over actions.
 * But it is one over sets: for each chain a column for each set of its actions (no two that exclude
 * each other), worth what the set achieves (target.h), costing the hours of its partners. One
 * column a chain at most, hours a partner at most, an excluding group at most once over all chains,
 * so many actions at most in all; solved exactly by GLPK's branch and cut:
 *
 *     maximise   sum worth(s) x(s)      x(s) in {0, 1}
 *     chain      sum of its x <= 1
 *     partner    sum hours(s, p) x(s) <= hours(p)
 *     group      sum over sets that hold it <= 1
 *     length     sum |s| x(s) <= top
 *     money      sum cost(s) x(s) <= budget
 *     limits     as optimum_program.h tells
 *
 * 2^k columns a chain of k actions: SPIL_LIMIT beyond SPIL_OPTIMUM_COLUMNS together.
 */
#ifndef SPIL_INTERVENTIONS_OPTIMUM_H
#define SPIL_INTERVENTIONS_OPTIMUM_H

#include "engine/interventions/target.h"

enum { SPIL_OPTIMUM_ACTIONS = 14, SPIL_OPTIMUM_COLUMNS = 200000 };

typedef struct spil_optimum {
    double gain;           /* of the best list */
    double bound;          /* proven: no list is better. Equal to gain unless time ran out */
    size_t *chosen, count; /* positions in choices, ascending */
} spil_optimum;

/* seconds: how long to search at most; what was found by then is returned with its bound. Caller:
 * spil_optimum_free. SPIL_LIMIT: too large to be solved exactly. */
spil_status spil_optimum_find(spil_optimum **out, const spil_choice *choices, size_t count,
                              const double *const *chain_value, size_t chain_count, size_t draws,
                              const spil_list_opts *opts, double seconds,
                              spil_err *err) SPIL_CHECKED;
/* A limit that no list passes, for any size (optimum_bound.c). *bound: gain. list: positions of one
 * list, which makes the limit sharper near it; NULL with 0: none. SPIL_LIMIT when it takes longer
 * than so many seconds, or the limits are too many to solve. */
spil_status spil_optimum_bound(double *bound, const spil_choice *choices, size_t count,
                               const double *const *chain_value, size_t chain_count, size_t draws,
                               const spil_list_opts *opts, const size_t *list, size_t list_count,
                               double seconds, spil_err *err) SPIL_CHECKED;
void spil_optimum_free(spil_optimum *optimum);

#endif
