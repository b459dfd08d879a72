/* leiden.c - a run of Leiden. See leiden.h; an iteration is in leiden_iterate.c.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/communities/leiden.h"

#include "engine/communities/leiden_iterate.h"
#include "engine/communities/leiden_setup.h"
#include "engine/stats/draw.h"

/* What an iteration must gain for another to follow, a vertex: hundreds of vertices go on until
 * nothing moves. A million take two, as the authors' program does, and polishing goes on from the
 * best: two, and as many more as look at so many vertices together. */
static const double gain_a_vertex = 2.5e-9;
enum { FEWEST_ITERATIONS = 2, LOOKS = 500000 };
/* Chance may still help where an iteration gained nothing: so many more are tried in a graph of one
 * vertex, 1 / n of them in one of n. */
enum { PATIENCE = 1000, MOST_ITERATIONS = 50 };

spil_status spil_leiden_run(const spil_leiden *leiden, uint64_t seed, uint32_t *of, double *quality,
                            spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_leiden_work *work = NULL;
    spil_descent way = {&leiden->ground, of, false};
    const spil_vid n = leiden->ground.n;
    double reached = 0, before = 0;
    unsigned idle = 0;
    TRY(spil_leiden_work_new(&work, n, leiden->ground.other != NULL, err));
    for (spil_vid v = 0; v < n; v++)
        of[v] = v;
    for (unsigned i = 0; n && i < MOST_ITERATIONS && i < FEWEST_ITERATIONS + LOOKS / n; i++) {
        TRY(spil_leiden_iterate(work, &way, 1, spil_key_join(seed, i), err));
        TRY(spil_leiden_quality(leiden, of, &reached, err));
        idle = i > 0 && reached - before <= gain_a_vertex * n ? idle + 1 : 0;
        if (idle > PATIENCE / n)
            break;
        before = reached;
    }
    TRY(spil_leiden_finish(leiden, work, &way, &reached, err));
    *quality = reached;
done:
    spil_leiden_work_free(work);
    return rc;
}

spil_status spil_leiden_method_run(const void *state, uint64_t seed, uint32_t *of, double *quality,
                                   spil_err *err)
{
    return spil_leiden_run(state, seed, of, quality, err);
}

spil_status spil_leiden_method_polish(const void *state, const uint32_t *labels, unsigned runs,
                                      uint64_t seed, uint32_t *of, double *quality, spil_err *err)
{
    return spil_leiden_polish(state, labels, runs, seed, of, quality, err);
}

void spil_leiden_method_close(void *state)
{
    spil_leiden_free(state);
}
