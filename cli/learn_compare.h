/* learn_compare.h - the --compare of `spil learn`: regions with and without a practice, before and
 * after. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row a region and period: region, period (before or after), treated (yes or no), count, and, for
 * several practices, practice. Several rows of one region and period are averaged. Change of a
 * region: ln((after + 1/2) / (before + 1/2)), told as a share (-0.25: a quarter fewer), or after -
 * before.
 */
#ifndef SPIL_CLI_LEARN_COMPARE_H
#define SPIL_CLI_LEARN_COMPARE_H

#include "engine/base/vec.h"
#include "engine/interventions/learn.h"
#include "engine/run/table.h"

typedef struct spil_compared_region {
    const char *practice, *region;
    bool treated;
    double sum[2]; /* before, after */
    uint32_t rows[2];
    uint64_t line; /* of its first row */
} spil_compared_region;

typedef struct spil_comparisons {
    bool ratio; /* set before reading */
    SPIL_VEC(spil_compared_region) regions;
    SPIL_VEC(spil_comparison) all; /* by practice, in the order of the file */
    SPIL_VEC(const char *) practices;
    double *change; /* regions, by practice, those with it first */
    spil_arena *arena;
} spil_comparisons;
void spil_comparisons_free(spil_comparisons *c);

/* Every faulty row is noted on stderr; then SPIL_INPUT. */
spil_status spil_comparisons_read(spil_comparisons *c, const char *path,
                                  const spil_compare_opts *opts, spil_err *err) SPIL_CHECKED;
spil_status spil_comparisons_table(spil_table **out, const spil_comparisons *c,
                                   spil_err *err) SPIL_CHECKED;

#endif
