/* scoring.h - time of the scoring by draws and by size of the region (make bench-scoring).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_BENCH_SCORING_H
#define SPIL_BENCH_SCORING_H

#include "bench/models/case.h"
#include "bench/models/rows.h"

/* Prints a table as it goes; rows: setting = draws, seed = entities. setup->draws 0: a table of
 * sizes and draws; else the whole region in that many draws. */
spil_status spil_bench_scoring(spil_bench_rows *rows, const spil_bench_setup *setup,
                               spil_err *err) SPIL_CHECKED;

#endif
