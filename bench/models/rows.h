/* rows.h - what was measured, one number a row, and its mean over the seeds.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     part         scorer       measure             setting  seed  value
 *     targets      spil         average_precision   0.3      1     0.61
 */
#ifndef SPIL_BENCH_ROWS_H
#define SPIL_BENCH_ROWS_H

#include "engine/base/vec.h"
#include "engine/stats/bootstrap.h"

/* Open struct; texts are static or outlive the rows. setting: the number that a sweep turns. */
typedef struct spil_bench_row {
    const char *part, *scorer, *measure;
    double setting;
    uint64_t seed;
    double value; /* NaN: does not exist for this region, and counts for nothing */
} spil_bench_row;

typedef struct spil_bench_mean {
    const char *part, *scorer, *measure;
    double setting;
    size_t seeds;
    spil_interval value;
} spil_bench_mean;

typedef struct spil_bench_rows {
    SPIL_VEC(spil_bench_row) rows;
    SPIL_VEC(spil_bench_mean) means; /* filled by spil_bench_rows_sum */
    spil_status rc;                  /* errors stick */
} spil_bench_rows;

void spil_bench_add(spil_bench_rows *rows, spil_bench_row row);
/* One mean for each (part, scorer, measure, setting) in order of first appearance, with a 95%
 * bootstrap interval over the seeds. */
spil_status spil_bench_rows_sum(spil_bench_rows *rows, spil_err *err) SPIL_CHECKED;
/* Mean value, NaN when there is no such row. Setting is compared exactly. */
double spil_bench_mean_of(const spil_bench_rows *rows, const char *part, const char *scorer,
                          const char *measure, double setting);
/* <folder>/models.csv: the rows and the means. */
spil_status spil_bench_rows_write_csv(const spil_bench_rows *rows, const char *folder,
                                      spil_err *err) SPIL_CHECKED;
void spil_bench_rows_free(spil_bench_rows *rows);

#endif
