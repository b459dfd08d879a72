/* plot.h - the bench's pictures: a reliability diagram, bars and lines, as SVG.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_BENCH_PLOT_H
#define SPIL_BENCH_PLOT_H

#include "bench/models/rows.h"
#include "engine/stats/calibration.h"

/* <folder>/reliability.svg: said against happened; the area of a dot is the number of pairs. */
spil_status spil_bench_plot_reliability(const spil_calibration *c, const char *folder,
                                        spil_err *err) SPIL_CHECKED;
/* <folder>/<file>: one bar a scorer of (part, measure) at the setting, with its interval. */
spil_status spil_bench_plot_bars(const spil_bench_rows *rows, const char *part, const char *measure,
                                 double setting, const char *title, const char *folder,
                                 const char *file, spil_err *err) SPIL_CHECKED;
/* <folder>/<file>: one line a measure of the part and scorer over the settings. */
spil_status spil_bench_plot_lines(const spil_bench_rows *rows, const char *part, const char *scorer,
                                  const char *title, const char *across, const char *folder,
                                  const char *file, spil_err *err) SPIL_CHECKED;

#endif
