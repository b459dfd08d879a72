/* runs.h - one method with many seeds, side by side; used by community.c and by methods that run
 * again on what the runs say. SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_COMMUNITIES_RUNS_H
#define SPIL_COMMUNITIES_RUNS_H

#include "engine/communities/community.h"

/* labels: runs x n of the caller, row r from run r with spil_key_join(seed, r); quality: runs. A
 * run has one thread when there is more than one run. progress: stepped once a run; NULL allowed.
 * Errors: of the first run that failed. */
spil_status spil_runs_each(uint32_t *labels, double *quality, spil_vid n, unsigned runs,
                           spil_run_labels *run, const void *state, uint64_t seed,
                           spil_progress *progress, spil_err *err) SPIL_CHECKED;

/* The first of those with the highest quality. */
unsigned spil_runs_best(const double *quality, unsigned runs);

#endif
