/* community.c - see community.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/communities/community.h"

#include "engine/base/mem.h"
#include "engine/communities/partition.h"
#include "engine/communities/runs.h"
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

/* of: the run with the highest quality, polished, or what all runs agree on. */
static spil_status run_all(uint32_t *labels, uint32_t *of, double *quality, const spil_csr *g,
                           const spil_community_method *method, const spil_community_opts *opts,
                           spil_err *err)
{
    spil_status rc = SPIL_OK;
    void *state = NULL;
    double *reached = NULL;
    TRY(NEW_ARRAY(reached, opts->runs, err));
    TRY(method->open(&state, g, opts, err));
    TRY(spil_runs_each(labels, reached, g->n, opts->runs, method->run, state, opts->seed,
                       opts->progress, err));
    const unsigned best = spil_runs_best(reached, opts->runs);
    memcpy(of, labels + (size_t)best * g->n, g->n * sizeof *of);
    *quality = reached[best];
    if (method->agree)
        TRY(method->agree(state, labels, opts->runs, opts->seed, of, quality, err));
    if (method->polish)
        TRY(method->polish(state, labels, opts->runs, spil_key_join(opts->seed, best), of, quality,
                           err));
done:
    if (method->close)
        method->close(state);
    spil_free(reached);
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
