/* sobol.h - how much of the variance of an answer each of its inputs accounts for.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * First order: what is left to gain by knowing input i alone; total: what stays unknown when all
 * others are known. Points by GSL's Sobol sequence (Bratley & Fox 1988); first order after Saltelli
 * et al. 2010 (Computer Physics Communications 181:259, table 2 b), total after Jansen 1999 (table
 * 2 f there). Points are rows: the n of A, the n of B, then for each input the n of A with that
 * input taken from B:
 *
 *     [A: n x d][B: n x d][A with input 0 of B]...[A with input d - 1 of B]      n (d + 2) rows
 */
#ifndef SPIL_STATS_SOBOL_H
#define SPIL_STATS_SOBOL_H

#include "engine/base/err.h"

#include <stddef.h>

enum { SPIL_SOBOL_INPUTS = 20 }; /* the sequence has 40 dimensions */

/* n (inputs + 2) x inputs values in (0, 1), of the caller. 0 < inputs <= SPIL_SOBOL_INPUTS. */
spil_status spil_sobol_points(double *points, size_t n, size_t inputs, spil_err *err) SPIL_CHECKED;
/* answer: a value for each row; first, total: one for each input. NaN when the answer is constant.
 */
void spil_sobol_indices(const double *answer, size_t n, size_t inputs, double *first,
                        double *total);

#endif
