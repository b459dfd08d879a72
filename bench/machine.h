/* machine.h - the two rates that bound a kernel on a graph. SPDX-License-Identifier:
 * GPL-3.0-or-later
 */
#ifndef SPIL_BENCH_MACHINE_H
#define SPIL_BENCH_MACHINE_H

#include "engine/base/err.h"

/* bytes: read in a row; lines: of 64 bytes, at random from 128 MB. The best of five, of all threads
 * together: a second by the clock, and a second of the processor (which others do not slow). */
typedef struct bench_machine {
    double bytes, lines;
    double bytes_cpu, lines_cpu;
} bench_machine;

spil_status bench_machine_measure(bench_machine *out, spil_err *err) SPIL_CHECKED;

#endif
