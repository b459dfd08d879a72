/* scorer_betweenness.c - on how many shortest paths one stands.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Exact up to EXACT vertices; above, from SOURCES random sources (Brandes & Pich 2007), since a
 * large region would take hours and the ranking of the top settles long before.
 */
#include "bench/models/scorer.h"
#include "engine/base/rng.h"
#include "engine/metrics/betweenness.h"

enum { EXACT = 20000, SOURCES = 1000 };

static spil_status run(const spil_bench_case *it, uint64_t seed, double *value, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_csr *const g = it->network->csr;
    double *vertex = NULL;
    uint8_t *is_source = NULL;
    if (g->n <= EXACT)
        return spil_bench_score_metric(it, "betweenness", value, err);
    spil_rng rng = spil_rng_stream(seed, 77);
    TRY(NEW_ARRAY(vertex, g->n, err));
    TRY(NEW_ARRAY(is_source, g->n, err));
    for (uint32_t left = SOURCES; left > 0;) {
        const uint64_t v = spil_rng_below(&rng, g->n);
        left -= !is_source[v];
        is_source[v] = 1;
    }
    TRY(spil_betweenness_from(g, is_source, NULL, vertex, err));
    for (spil_vid v = 0; v < g->n; v++)
        value[it->network->entity[v]] = vertex[v];
done:
    spil_free(vertex);
    spil_free(is_source);
    return rc;
}

const spil_bench_scorer spil_bench_scorer_betweenness = {
    .name = "betweenness", .summary = "shortest paths through one", .centrality = true, .run = run};
