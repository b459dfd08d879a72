/* runs.c - see runs.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/communities/runs.h"

#include "engine/base/mem.h"
#include "engine/stats/draw.h"

typedef struct outcome {
    spil_status rc;
    spil_err err;
} outcome;

spil_status spil_runs_each(uint32_t *labels, double *quality, spil_vid n, unsigned runs,
                           spil_run_labels *run, const void *state, uint64_t seed,
                           spil_progress *progress, spil_err *err)
{
    outcome *each = NULL;
    spil_status rc = NEW_ARRAY(each, runs, err);
    if (rc != SPIL_OK)
        return rc;
#pragma omp parallel for default(none)                                                             \
    shared(labels, quality, n, runs, run, state, seed, progress, each)                             \
        schedule(dynamic, 1) if (runs > 1) /* runs differ in time */
    for (unsigned r = 0; r < runs; r++) {
        each[r].rc = spil_check_stop(&each[r].err);
        if (each[r].rc == SPIL_OK)
            each[r].rc = run(state, spil_key_join(seed, r), labels + (size_t)r * n, &quality[r],
                             &each[r].err);
        spil_progress_step(progress, 1);
    }
    for (unsigned r = 0; rc == SPIL_OK && r < runs; r++)
        if (each[r].rc != SPIL_OK)
            rc = spil_fail(err, each[r].rc, "%s", each[r].err.msg);
    spil_free(each);
    return rc;
}

unsigned spil_runs_best(const double *quality, unsigned runs)
{
    unsigned best = 0;
    for (unsigned r = 1; r < runs; r++)
        if (quality[r] > quality[best])
            best = r;
    return best;
}
