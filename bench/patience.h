/* patience.h - exact harmonic closeness of a million: to the end, or as far as patience goes.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_BENCH_PATIENCE_H
#define SPIL_BENCH_PATIENCE_H

#include "engine/graph/csr.h"

/* Shows on stderr how far it is and how long all of it will take. After patience seconds it stops:
 * *cut is set, and the times are reckoned from how far it was. value: n doubles of the caller. */
spil_status bench_harmonic_patiently(const spil_csr *g, double patience, double *value,
                                     double *seconds, double *cpu_seconds, bool *cut,
                                     spil_err *err) SPIL_CHECKED;

#endif
