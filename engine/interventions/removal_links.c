/* removal_links.c - curves as links go, not those who hold them. See removal.h.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * After each block the graph is copied without the links that are gone and scored again: O(m) a
 * block by degree or weight, O(n m) by betweenness.
 */
#include "engine/base/mem.h"
#include "engine/base/rng.h"
#include "engine/interventions/removal_walk.h"
#include "engine/metrics/distances.h"
#include "engine/metrics/lengths.h"

#include <math.h>
#include <stdlib.h>

typedef struct links {
    spil_vid *from, *to; /* m */
    double *weight;      /* m */
} links;

static void links_free(links *l)
{
    spil_free(l->from);
    spil_free(l->to);
    spil_free(l->weight);
}

static spil_status links_new(links *l, const spil_csr *g, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(NEW_ARRAY(l->from, g->m, err));
    TRY(NEW_ARRAY(l->to, g->m, err));
    TRY(NEW_ARRAY(l->weight, g->m, err));
    spil_eid edge = 0; /* edges are numbered by (smaller, larger) end */
    for (spil_vid v = 0; v < g->n; v++)
        for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
            if (g->col[i] > v) {
                l->from[edge] = v;
                l->to[edge] = g->col[i];
                l->weight[edge++] = g->weight[i];
            }
done:
    return rc;
}

/* The links with gone[e] == 0, as a graph; old: becomes their numbers in g (m of the caller). */
static spil_status graph_of_rest(spil_csr **out, const spil_csr *g, const links *l,
                                 const uint8_t *gone, uint32_t *old, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_arc *arcs = NULL;
    spil_eid count = 0;
    TRY(NEW_ARRAY(arcs, g->m, err));
    for (spil_eid e = 0; e < g->m; e++)
        if (!gone[e]) {
            if (old)
                old[count] = (uint32_t)e;
            arcs[count++] = (spil_arc){l->from[e], l->to[e], l->weight[e]};
        }
    TRY(spil_csr_build(out, g->n, arcs, count, SPIL_CSR_EDGE_IDS, err));
done:
    spil_free(arcs);
    return rc;
}

spil_status spil_graph_thinned(spil_csr **out, const spil_csr *g, double missing, uint64_t seed,
                               uint64_t stream, spil_err *err)
{
    spil_status rc = SPIL_OK;
    links l = {0};
    uint32_t *shuffled = NULL;
    uint8_t *gone = NULL;
    if (!(missing >= 0 && missing <= 1))
        return spil_fail(err, SPIL_RANGE, "a share of %g of the links missing is not in 0..1",
                         missing);
    TRY(links_new(&l, g, err));
    TRY(NEW_ARRAY(gone, g->m, err));
    TRY(NEW_ARRAY(shuffled, g->m, err));
    spil_rng rng = spil_rng_stream(seed, stream);
    for (spil_eid e = 0; e < g->m; e++)
        shuffled[e] = (uint32_t)e;
    const spil_eid hidden = (spil_eid)llround(missing * (double)g->m);
    for (spil_eid k = 0; k < hidden; k++) { /* the first `hidden` of a shuffle */
        const spil_eid at = k + spil_rng_below(&rng, g->m - k);
        const uint32_t drawn = shuffled[at];
        shuffled[at] = shuffled[k];
        shuffled[k] = drawn;
        gone[drawn] = 1;
    }
    TRY(graph_of_rest(out, g, &l, gone, NULL, err));
done:
    links_free(&l);
    spil_free(shuffled);
    spil_free(gone);
    return rc;
}

/* ---- order ---- */

static spil_status score_links(const spil_csr *g, spil_link_rule rule,
                               const spil_strategy_opts *opts, double *score, spil_err *err)
{
    spil_status rc = SPIL_OK;
    double *length = NULL;
    if (rule == SPIL_LINKS_BETWEENNESS) {
        if (opts->weighted) {
            TRY(NEW_ARRAY(length, 2 * g->m, err));
            for (spil_eid i = 0; i < 2 * g->m; i++)
                length[i] = opts->far ? g->weight[i] : 1 / g->weight[i];
        }
        TRY(spil_lengths_betweenness(g, length, NULL, NULL, score, err));
        goto done;
    }
    spil_rng rng = spil_rng_stream(opts->seed, 0);
    for (spil_vid v = 0; v < g->n; v++)
        for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++) {
            if (g->col[i] < v)
                continue;
            const double ends = (double)spil_degree(g, v) * spil_degree(g, g->col[i]);
            score[g->edge[i]] = rule == SPIL_LINKS_DEGREE   ? ends
                                : rule == SPIL_LINKS_WEIGHT ? g->weight[i]
                                                            : spil_rng_unit(&rng);
        }
done:
    spil_free(length);
    return rc;
}

static uint32_t best_link(const double *score, spil_eid m, const uint8_t *taken)
{
    double best = -HUGE_VAL;
    for (spil_eid e = 0; e < m; e++)
        if (!taken[e] && score[e] > best)
            best = score[e];
    for (spil_eid e = 0; e < m; e++)
        if (!taken[e] && score[e] >= best - 1e-9 * fmax(1, fabs(best)))
            return (uint32_t)e;
    return UINT32_MAX;
}

spil_status spil_link_order(const spil_csr *g, spil_link_rule rule, const spil_strategy_opts *opts,
                            size_t count, uint32_t *order, spil_err *err)
{
    spil_status rc = SPIL_OK;
    links l = {0};
    uint8_t *gone = NULL, *taken = NULL;
    uint32_t *old = NULL;
    double *score = NULL;
    spil_csr *rest = NULL;
    const bool once = opts->once || rule == SPIL_LINKS_RANDOM || rule == SPIL_LINKS_WEIGHT;
    const size_t block = once ? count : opts->block > 0 ? opts->block : 1;
    if (count > g->m)
        return spil_fail(err, SPIL_RANGE, "%zu removals from %llu links", count,
                         (unsigned long long)g->m);
    TRY(links_new(&l, g, err));
    TRY(NEW_ARRAY(gone, g->m, err));
    TRY(NEW_ARRAY(taken, g->m, err));
    TRY(NEW_ARRAY(old, g->m, err));
    TRY(NEW_ARRAY(score, g->m, err));
    spil_progress_begin(opts->progress, "removing links", count);
    for (size_t at = 0; at < count;) {
        TRY(spil_check_stop(err));
        TRY(graph_of_rest(&rest, g, &l, gone, old, err));
        TRY(score_links(rest, rule, opts, score, err));
        for (spil_eid e = 0; e < rest->m; e++)
            taken[e] = 0;
        const size_t end = count - at < block ? count : at + block;
        spil_progress_step(opts->progress, end - at);
        for (; at < end; at++) {
            const uint32_t e = best_link(score, rest->m, taken);
            taken[e] = 1;
            order[at] = old[e];
            gone[old[e]] = 1;
        }
        spil_csr_free(rest);
        rest = NULL;
    }
    spil_progress_end(opts->progress);
done:
    links_free(&l);
    spil_free(gone);
    spil_free(taken);
    spil_free(old);
    spil_free(score);
    spil_csr_free(rest);
    return rc;
}

/* ---- curve ---- */

typedef struct link_list {
    const links *links;
    const uint32_t *order;
} link_list;

static void link_back(spil_sets *sets, const spil_csr *g, const void *order, size_t i)
{
    const link_list *const list = order;
    (void)g;
    spil_sets_join(sets, list->links->from[list->order[i]], list->links->to[list->order[i]]);
}

static spil_status fill_efficiency(spil_curve *curve, const spil_csr *g, const link_list *list,
                                   size_t count, size_t block, spil_progress *progress,
                                   spil_err *err)
{
    spil_status rc = SPIL_OK;
    uint8_t *gone = NULL;
    double *near = NULL;
    spil_csr *rest = NULL;
    TRY(NEW_ARRAY(gone, g->m, err));
    TRY(NEW_ARRAY(near, 2 * (size_t)g->n, err));
    spil_progress_begin(progress, "efficiency", curve->count);
    for (size_t point = 0, at = 0; point < curve->count; point++) {
        for (; at < spil_block_end(point, count, block); at++)
            gone[list->order[at]] = 1;
        TRY(graph_of_rest(&rest, g, list->links, gone, NULL, err));
        TRY(spil_distances_sum(rest, NULL, &(spil_distance_sums){.harmonic = near}, err));
        curve->points[point].efficiency = spil_mean_nearness(near, g->n, near + g->n);
        spil_csr_free(rest);
        rest = NULL;
        spil_progress_step(progress, 1);
    }
    spil_progress_end(progress);
done:
    spil_free(gone);
    spil_free(near);
    spil_csr_free(rest);
    return rc;
}

spil_status spil_link_curve_measure(spil_curve **out, const spil_csr *g, const uint32_t *order,
                                    size_t count, size_t block, bool efficiency,
                                    spil_progress *progress, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_curve *curve = NULL;
    links l = {0};
    uint8_t *gone = NULL;
    spil_sets sets = {0};
    const link_list list = {&l, order};
    TRY(links_new(&l, g, err));
    TRY(spil_curve_new(&curve, count, block, err));
    TRY(spil_sets_new(&sets, g->n, err));
    TRY(NEW_ARRAY(gone, g->m, err));
    for (size_t i = 0; i < count; i++)
        gone[order[i]] = 1;
    for (spil_vid v = 0; v < g->n; v++)
        spil_sets_add(&sets, v);
    for (spil_eid e = 0; e < g->m; e++)
        if (!gone[e])
            spil_sets_join(&sets, l.from[e], l.to[e]);
    spil_walk_back(curve, &sets, &(spil_walk){g, &list, count, block, link_back});
    if (efficiency)
        TRY(fill_efficiency(curve, g, &list, count, block, progress, err));
    *out = curve;
    curve = NULL;
done:
    spil_curve_free(curve);
    links_free(&l);
    spil_free(gone);
    spil_sets_free(&sets);
    return rc;
}
