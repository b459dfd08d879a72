/* agreement.h - how much two ways of labelling the same things agree.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_STATS_AGREEMENT_H
#define SPIL_STATS_AGREEMENT_H

#include "engine/base/err.h"

/* Adjusted mutual information (Vinh, Epps & Bailey 2010), against the mean of the two entropies: 1
 * when the labels are one but for names, 0 on average when they are independent. Labels below
 * count; any numbering. 1 when both put everything in one class, or each in its own.
 * O(count + classes of a x classes of b x smallest class). */
spil_status spil_adjusted_information(double *out, const uint32_t *a, const uint32_t *b,
                                      size_t count, spil_err *err) SPIL_CHECKED;

#endif
