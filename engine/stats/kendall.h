/* kendall.h - how far two orders of the same things agree. SPDX-License-Identifier:
 * GPL-3.0-or-later
 *
 * Kendall's tau-b: pairs that both put in the same order less pairs that they put the other way
 * round, over the geometric mean of the pairs that each parts at all. 1: the same order, 0: no more
 * alike than chance, -1: one is the other reversed.
 */
#ifndef SPIL_STATS_KENDALL_H
#define SPIL_STATS_KENDALL_H

#include "engine/base/err.h"

/* NAN when one of the two parts no pair (all values alike, or count < 2): then it holds no order.
 * O(count log count) by merge sort (Knight 1966, JASA 61:436). No NaN in a or b. */
spil_status spil_kendall_tau_b(double *out, const double *a, const double *b, size_t count,
                               spil_err *err) SPIL_CHECKED;

#endif
