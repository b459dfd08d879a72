/* community.c - see community.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/communities/community.h"

#include "engine/base/mem.h"
#include "engine/communities/partition.h"
#include "engine/stats/draw.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#define METHOD(name) extern const spil_community_method spil_community_##name;
#include "engine/communities/communities.def"
#undef METHOD

const spil_community_method *const spil_community_methods[] = {
#define METHOD(name) &spil_community_##name,
#include "engine/communities/communities.def"
#undef METHOD
};
const size_t spil_community_method_count =
    sizeof spil_community_methods / sizeof *spil_community_methods;

const spil_community_method *spil_community_method_find(const char *name)
{
    for (size_t i = 0; i < spil_community_method_count; i++)
        if (strcmp(spil_community_methods[i]->name, name) == 0)
            return spil_community_methods[i];
    return NULL;
}

static double resolution_for(const spil_csr *g, const spil_community_method *method, double wish)
{
    if (wish > 0)
        return wish;
    return method->fitting ? method->fitting(g)
                           : fmax(1, 2 * (double)g->m / SPIL_VOLUME_KEPT_APART);
}

typedef struct outcome {
    spil_status rc;
    spil_err err;
    double quality;
} outcome;

/* Row r of labels: run r. A run uses one thread when there is more than one run. */
static spil_status run_each(uint32_t *labels, outcome *runs, const spil_csr *g,
                            const spil_community_method *method, const void *state,
                            const spil_community_opts *opts, spil_err *err)
{
    const unsigned count = opts->runs;
#pragma omp parallel for default(none) shared(labels, runs, g, method, state, opts, count)         \
    schedule(dynamic, 1) if (count > 1) /* runs differ in time */
    for (unsigned r = 0; r < count; r++) {
        runs[r].rc = spil_check_stop(&runs[r].err);
        if (runs[r].rc == SPIL_OK)
            runs[r].rc = method->run(state, spil_key_join(opts->seed, r), labels + (size_t)r * g->n,
                                     &runs[r].quality, &runs[r].err);
        spil_progress_step(opts->progress, 1);
    }
    for (unsigned r = 0; r < count; r++)
        if (runs[r].rc != SPIL_OK)
            return spil_fail(err, runs[r].rc, "%s", runs[r].err.msg);
    return SPIL_OK;
}

/* of: the run with the highest quality, polished. */
static spil_status run_all(uint32_t *labels, uint32_t *of, double *quality, const spil_csr *g,
                           const spil_community_method *method, const spil_community_opts *opts,
                           spil_err *err)
{
    spil_status rc = SPIL_OK;
    void *state = NULL;
    outcome *runs = NULL;
    TRY(NEW_ARRAY(runs, opts->runs, err));
    TRY(method->open(&state, g, opts, err));
    TRY(run_each(labels, runs, g, method, state, opts, err));
    unsigned best = 0;
    for (unsigned r = 1; r < opts->runs; r++)
        if (runs[r].quality > runs[best].quality)
            best = r;
    memcpy(of, labels + (size_t)best * g->n, g->n * sizeof *of);
    *quality = runs[best].quality;
    if (method->polish)
        TRY(method->polish(state, spil_key_join(opts->seed, best), of, quality, err));
done:
    if (method->close)
        method->close(state);
    spil_free(runs);
    return rc;
}

spil_status spil_communities_find(spil_communities **out, const spil_csr *g,
                                  const spil_community_method *method,
                                  const spil_community_opts *opts, spil_err *err)
{
    assert(opts->runs > 0);
    spil_status rc = SPIL_OK;
    spil_communities *found = NULL;
    uint32_t *labels = NULL;
    spil_community_opts used = *opts;
    used.resolution = resolution_for(g, method, opts->resolution);
    TRY(NEW(found, err));
    TRY(NEW_ARRAY(labels, (size_t)opts->runs * g->n, err));
    spil_progress_begin(opts->progress, "communities", opts->runs);
    TRY(NEW_ARRAY(found->best.of, g->n, err));
    TRY(run_all(labels, found->best.of, &found->best.quality, g, method, &used, err));
    found->resolution = used.resolution;
    found->runs = opts->runs;
    found->best.n = g->n;
    TRY(spil_partition_tidy(found->best.of, &found->best.count, g, err));
    TRY(NEW_ARRAY(found->stats, found->best.count, err));
    TRY(NEW_ARRAY(found->membership, g->n, err));
    spil_partition_describe(&found->best, g, found->stats);
    spil_progress_end(opts->progress);
    spil_progress_begin(opts->progress, "stability of communities", found->best.count);
    TRY(spil_partition_compare(&found->best, labels, opts->runs, found->stats, found->membership,
                               opts->progress, err));
    *out = found;
    found = NULL;
done:
    spil_progress_end(opts->progress);
    spil_free(labels);
    spil_communities_free(found);
    return rc;
}

spil_status spil_communities_stated(spil_communities **out, const spil_csr *g, const uint32_t *of,
                                    uint32_t count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_communities *stated = NULL;
    TRY(NEW(stated, err));
    stated->best = (spil_partition){.n = g->n, .count = count, .quality = (double)NAN};
    TRY(NEW_ARRAY(stated->best.of, g->n, err));
    TRY(NEW_ARRAY(stated->membership, g->n, err));
    TRY(NEW_ARRAY(stated->stats, count, err));
    memcpy(stated->best.of, of, g->n * sizeof *of);
    spil_partition_describe(&stated->best, g, stated->stats);
    for (spil_vid v = 0; v < g->n; v++)
        stated->membership[v] = of[v] == SPIL_NO_COMMUNITY ? 0 : 1;
    for (uint32_t c = 0; c < count; c++)
        stated->stats[c].stability = 1;
    *out = stated;
    stated = NULL;
done:
    spil_communities_free(stated);
    return rc;
}

void spil_communities_free(spil_communities *communities)
{
    if (!communities)
        return;
    spil_free(communities->best.of);
    spil_free(communities->stats);
    spil_free(communities->membership);
    spil_free(communities);
}
