/* strategy_betweenness.c - those whom most shortest paths pass first.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From opts->sources random sources (Brandes & Pich 2007): an estimate, that of each vertex without
 * bias but for its own share as a source, at sources / n of the time.
 *
 * Weighted: a link of weight w is 1 / w long, so that strong links are near; opts->far takes the
 * weight itself as the length, as some published runs do.
 */
#include "engine/base/mem.h"
#include "engine/base/rng.h"
#include "engine/interventions/strategy.h"
#include "engine/metrics/betweenness.h"
#include "engine/metrics/lengths.h"

static spil_status score_lengths(const spil_csr *g, bool far, double *value, spil_err *err)
{
    spil_status rc = SPIL_OK;
    double *length = NULL;
    if (far)
        return spil_lengths_betweenness(g, g->weight, NULL, value, NULL, err);
    TRY(NEW_ARRAY(length, 2 * g->m, err));
    for (spil_eid i = 0; i < 2 * g->m; i++)
        length[i] = 1 / g->weight[i];
    TRY(spil_lengths_betweenness(g, length, NULL, value, NULL, err));
done:
    spil_free(length);
    return rc;
}

/* is[]: `count` of the n vertices, each set as likely (Floyd's sampling). */
static void draw_sources(uint8_t *is, spil_vid n, size_t count, uint64_t seed)
{
    spil_rng rng = spil_rng_stream(seed, n);
    for (uint64_t top = n - count; top < n; top++) {
        const uint64_t at = spil_rng_below(&rng, top + 1);
        is[is[at] ? top : at] = 1;
    }
}

/* From all sources when `sources` is 0 or no fewer than there are. */
static spil_status score_links_alike(const spil_csr *g, size_t sources, uint64_t seed,
                                     double *value, spil_err *err)
{
    spil_status rc = SPIL_OK;
    uint8_t *is_source = NULL;
    const bool some = sources > 0 && sources < g->n;
    if (some) {
        TRY(NEW_ARRAY(is_source, g->n, err));
        draw_sources(is_source, g->n, sources, seed);
    }
    TRY(spil_betweenness_from(g, is_source, NULL, value, err));
    const double scale = some ? g->n / (2.0 * (double)sources) : 0.5; /* a pair has two ends */
    for (spil_vid v = 0; v < g->n; v++)
        value[v] *= scale;
done:
    spil_free(is_source);
    return rc;
}

static spil_status score(const spil_csr *g, const spil_strategy_opts *opts, double *value,
                         spil_err *err)
{
    if (g->n < 3) { /* nobody stands between */
        for (spil_vid v = 0; v < g->n; v++)
            value[v] = 0;
        return SPIL_OK;
    }
    if (opts->weighted)
        return score_lengths(g, opts->far, value, err);
    return score_links_alike(g, opts->sources, opts->seed, value, err);
}

const spil_strategy spil_strategy_betweenness = {
    .name = "betweenness",
    .summary = "Those whom most shortest paths pass first; weighted: strong links are short.",
    .source = "Holme et al. 2002, Phys. Rev. E 65:056109; Brandes 2001",
    .cost = "O(n m) a step, of the component that changed",
    .score = score,
};
