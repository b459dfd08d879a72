/* credit.h - whose the result is: the expected gain of a list divided over the partners who bring
 * it. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Partners are funded by their own results while the result is joint: two actions on one chain each
 * do less beside the other. The Shapley value (Shapley 1953) is the one division that adds up,
 * treats equals alike, gives nothing to whoever adds nothing, and is additive over chains:
 *
 *     share(p) = mean over all orders of the partners of v(those before p and p) - v(those before
 * p) v(S)     = sum over chains of mean over draws of V (1 - prod over actions of S (1 - gain / V))
 *
 * Additivity makes it exact in practice: a chain is worked on by few partners, and each chain is
 * divided by itself, over all subsets of its own (2^k x draws, k at most SPIL_CREDIT_EXACT). A
 * chain with more partners is divided over random orders, with an error.
 */
#ifndef SPIL_INTERVENTIONS_CREDIT_H
#define SPIL_INTERVENTIONS_CREDIT_H

#include "engine/interventions/target.h"

enum { SPIL_CREDIT_EXACT = 12, SPIL_CREDIT_ORDERS = 2000 };

typedef struct spil_credit {
    double share[SPIL_PARTNER_COUNT]; /* in units of gain; they sum to `gain` */
    double error[SPIL_PARTNER_COUNT]; /* 1.96 standard errors; 0 where exact */
    double gain;                      /* of all of them together */
    bool exact;
} spil_credit;

/* chosen: positions in choices. chain_value[c]: draws values of V. seed: for sampled chains. */
spil_status spil_credit_divide(spil_credit *out, const spil_choice *choices, const size_t *chosen,
                               size_t count, const double *const *chain_value, size_t chain_count,
                               size_t draws, uint64_t seed, spil_err *err) SPIL_CHECKED;

#endif
