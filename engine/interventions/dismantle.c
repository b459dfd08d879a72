/* dismantle.c - see dismantle.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/interventions/dismantle.h"

#include "engine/base/mem.h"
#include "engine/interventions/queue.h"
#include "engine/interventions/sets.h"

#include <math.h>
#include <string.h>

const char *const spil_dismantler_names[SPIL_DISMANTLERS] = {"degree", "corehd", "gnd",
                                                             "betweenness"};

spil_vid spil_dismantle_limit(spil_vid n, double share)
{
    const double below = ceil(share * n) - 1;
    return below > 1 ? (spil_vid)below : 1;
}

static spil_vid rank_of(const spil_strategy_opts *opts, spil_vid v)
{
    return opts->rank ? opts->rank[v] : v;
}

/* ---- by degree, with a queue ---- */

spil_status spil_degree_order(const spil_csr *g, const uint8_t *gone,
                              const spil_strategy_opts *opts, spil_vid *order, size_t *count,
                              spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_vid *degree = NULL;
    uint8_t *out = NULL;
    spil_queue queue = {0};
    size_t made = 0;
    TRY(NEW_ARRAY(degree, g->n, err));
    TRY(NEW_ARRAY(out, g->n, err));
    for (spil_vid v = 0; v < g->n; v++)
        out[v] = gone && gone[v];
    for (spil_vid v = 0; v < g->n; v++) {
        if (out[v])
            continue;
        for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
            degree[v] += !out[g->col[i]];
        TRY(spil_queue_push(&queue, (spil_queued){-(double)degree[v], rank_of(opts, v), v}, err));
    }
    while (queue.count > 0) {
        const spil_queued top = spil_queue_pop(&queue);
        const spil_vid v = top.vertex;
        if (out[v] || -top.key > degree[v])
            continue; /* stale */
        out[v] = 1;
        order[made++] = v;
        for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++) {
            const spil_vid u = g->col[i];
            if (out[u])
                continue;
            degree[u]--;
            TRY(spil_queue_push(&queue, (spil_queued){-(double)degree[u], rank_of(opts, u), u},
                                err));
        }
    }
    *count = made;
done:
    spil_free(degree);
    spil_free(out);
    spil_free(queue.items);
    return rc;
}

/* ---- trimming and thinning ---- */

static spil_status trim(const spil_csr *g, spil_vid limit, const spil_vid *order, size_t *count,
                        spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_sets sets = {0};
    uint8_t *gone = NULL;
    size_t enough = *count;
    TRY(spil_sets_new(&sets, g->n, err));
    TRY(NEW_ARRAY(gone, g->n, err));
    for (size_t i = 0; i < *count; i++)
        gone[order[i]] = 1;
    for (spil_vid v = 0; v < g->n; v++)
        if (!gone[v])
            spil_sets_add_with_links(&sets, g, v);
    while (enough > 0) {
        spil_sets_add_with_links(&sets, g, order[enough - 1]);
        if (sets.largest > limit)
            break;
        enough--;
    }
    *count = enough;
done:
    spil_sets_free(&sets);
    spil_free(gone);
    return rc;
}

/* Size of the component that v would make. mark: n, different from stamp before. */
static spil_vid size_with(spil_sets *sets, const spil_csr *g, spil_vid v, uint32_t *mark,
                          uint32_t stamp)
{
    spil_vid size = 1;
    for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++) {
        if (sets->root[g->col[i]] == SPIL_NO_VERTEX)
            continue;
        const spil_vid root = spil_sets_find(sets, g->col[i]);
        if (mark[root] != stamp) {
            mark[root] = stamp;
            size += sets->size[root];
        }
    }
    return size;
}

static spil_status thin(const spil_csr *g, spil_vid limit, const spil_strategy_opts *opts,
                        spil_vid *order, size_t *count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_sets sets = {0};
    uint8_t *gone = NULL;
    uint32_t *mark = NULL, stamp = 0;
    spil_queue queue = {0};
    TRY(spil_sets_new(&sets, g->n, err));
    TRY(NEW_ARRAY(gone, g->n, err));
    TRY(NEW_ARRAY(mark, g->n, err));
    for (size_t i = 0; i < *count; i++)
        gone[order[i]] = 1;
    for (spil_vid v = 0; v < g->n; v++)
        if (!gone[v])
            spil_sets_add_with_links(&sets, g, v);
    for (size_t i = 0; i < *count; i++) {
        const spil_vid v = order[i];
        const double size = size_with(&sets, g, v, mark, ++stamp);
        TRY(spil_queue_push(&queue, (spil_queued){size, rank_of(opts, v), v}, err));
    }
    while (queue.count > 0) {
        const spil_queued top = spil_queue_pop(&queue);
        const double size = size_with(&sets, g, top.vertex, mark, ++stamp);
        if (size > limit)
            continue; /* components only grow: never again */
        if (size > top.key) {
            TRY(spil_queue_push(&queue, (spil_queued){size, top.rank, top.vertex}, err));
            continue;
        }
        spil_sets_add_with_links(&sets, g, top.vertex);
        gone[top.vertex] = 0;
    }
    size_t kept = 0;
    for (size_t i = 0; i < *count; i++)
        if (gone[order[i]])
            order[kept++] = order[i];
    *count = kept;
done:
    spil_sets_free(&sets);
    spil_free(gone);
    spil_free(mark);
    spil_free(queue.items);
    return rc;
}

/* ---- methods ---- */

static spil_status betweenness_order(const spil_csr *g, const spil_strategy_opts *opts,
                                     spil_vid *order, size_t *count, spil_err *err)
{
    spil_ranking ranking;
    spil_strategy_opts one = *opts;
    one.block = 1;
    one.once = one.weighted = false;
    spil_status rc = spil_ranking_find(&ranking, "betweenness", err);
    if (rc == SPIL_OK)
        rc = spil_ranking_order(&ranking, g, &one, g->n, order, err);
    *count = g->n;
    return rc;
}

spil_status spil_dismantle(const spil_csr *g, spil_dismantler method, spil_vid limit,
                           const spil_strategy_opts *opts, spil_vid *order, size_t *count,
                           spil_err *err)
{
    spil_status rc = SPIL_OK;
    switch (method) {
    case SPIL_BY_DEGREE:
        TRY(spil_degree_order(g, NULL, opts, order, count, err));
        break;
    case SPIL_BY_COREHD:
        TRY(spil_corehd_order(g, limit, opts, order, count, err));
        break;
    case SPIL_BY_GND:
        TRY(spil_gnd_order(g, limit, opts, order, count, err));
        break;
    case SPIL_BY_BETWEENNESS:
        TRY(betweenness_order(g, opts, order, count, err));
        break;
    case SPIL_DISMANTLERS:
    default:
        return spil_fail(err, SPIL_RANGE, "no such way to dismantle: %d", (int)method);
    }
    TRY(trim(g, limit, order, count, err));
    TRY(thin(g, limit, opts, order, count, err));
done:
    return rc;
}

spil_status spil_dismantle_best(const spil_csr *g, spil_vid limit, const spil_strategy_opts *opts,
                                spil_vid *order, size_t *count, spil_dismantler *method,
                                spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_vid *tried = NULL;
    size_t least = SIZE_MAX;
    TRY(NEW_ARRAY(tried, g->n, err));
    for (int m = 0; m < SPIL_DISMANTLERS; m++) {
        size_t size = 0;
        if (m == SPIL_BY_BETWEENNESS && g->n > SPIL_BETWEENNESS_TRIED)
            continue;
        TRY(spil_check_stop(err));
        TRY(spil_dismantle(g, (spil_dismantler)m, limit, opts, tried, &size, err));
        if (size < least) {
            least = size;
            memcpy(order, tried, size * sizeof *order);
            *method = (spil_dismantler)m;
        }
    }
    *count = least;
done:
    spil_free(tried);
    return rc;
}

spil_status spil_dismantle_then_degree(const spil_csr *g, const spil_vid *set, size_t set_count,
                                       const spil_strategy_opts *opts, size_t count,
                                       spil_vid *order, spil_err *err)
{
    spil_status rc = SPIL_OK;
    uint8_t *gone = NULL;
    spil_vid *rest = NULL;
    size_t rest_count = 0;
    TRY(NEW_ARRAY(gone, g->n, err));
    TRY(NEW_ARRAY(rest, g->n, err));
    for (size_t i = 0; i < set_count; i++)
        gone[set[i]] = 1;
    TRY(spil_degree_order(g, gone, opts, rest, &rest_count, err));
    for (size_t i = 0; i < count; i++)
        order[i] = i < set_count ? set[i] : rest[i - set_count];
done:
    spil_free(gone);
    spil_free(rest);
    return rc;
}
