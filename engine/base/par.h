/* par.h - threads without surprises: a fixed thread count, and sums that do not depend on it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Floating-point sums run over fixed chunks of SPIL_CHUNK items; the partial sums are added in
 * chunk order, so 1 thread and 64 threads give the same bits. Everything works with OpenMP off.
 */
#ifndef SPIL_BASE_PAR_H
#define SPIL_BASE_PAR_H

#include <stddef.h>

enum { SPIL_CHUNK = 4096 };

/* 0 asks for one thread a processor. */
void spil_par_set_threads(unsigned threads);
unsigned spil_par_threads(void);
/* Number of this thread inside a parallel region, 0..threads-1. */
unsigned spil_par_thread(void);
/* Threads that a parallel region begun here would have: 1 inside another. */
unsigned spil_par_team(void);

double spil_ordered_sum(const double *values, size_t count);

#endif
