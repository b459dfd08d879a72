/* recovery.c - see recovery.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The network is a list of links from which rows are built again after each change: O(n + m) a
 * block, beside the ranking and one search an orphan. A random choice has a stream of its own for
 * each (removed, orphan), so it does not depend on the others.
 */
#include "engine/interventions/recovery.h"

#include "engine/base/rng.h"
#include "engine/base/vec.h"
#include "engine/interventions/pieces.h"

#include <string.h>

const char *const spil_heal_rule_names[3] = {"distance", "degree", "random"};

typedef struct orphan {
    spil_vid orphan, removed;
    double weight;
    size_t due; /* block after which it looks */
} orphan;

typedef struct world {
    const spil_csr *g; /* as it was */
    const spil_recovery_opts *how;
    const spil_vid *rank;
    SPIL_VEC(spil_arc) links;
    SPIL_VEC(orphan) orphans;
    uint8_t *gone;  /* n */
    spil_csr *now;  /* all n vertices, those gone without links */
    uint32_t *away; /* n: distance from the orphan, UINT32_MAX: out of reach */
    spil_vid *queue;
    uint8_t *known; /* n */
} world;

static void world_free(world *w)
{
    spil_free(w->links.items);
    spil_free(w->orphans.items);
    spil_free(w->gone);
    spil_csr_free(w->now);
    spil_free(w->away);
    spil_free(w->queue);
    spil_free(w->known);
}

/* Rows of the links whose ends are both there; links of those gone are dropped for good. */
static spil_status rebuild(world *w, spil_err *err)
{
    spil_csr *fresh = NULL;
    size_t kept = 0;
    for (size_t i = 0; i < w->links.count; i++) {
        const spil_arc arc = w->links.items[i];
        if (!w->gone[arc.from] && !w->gone[arc.to])
            w->links.items[kept++] = arc;
    }
    w->links.count = kept;
    const spil_status rc = spil_csr_build(&fresh, w->g->n, w->links.items, w->links.count, 0, err);
    if (rc == SPIL_OK) {
        spil_csr_free(w->now);
        w->now = fresh;
    }
    return rc;
}

static spil_status world_new(world *w, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_csr *const g = w->g;
    TRY(NEW_ARRAY(w->gone, g->n, err));
    TRY(NEW_ARRAY(w->away, g->n, err));
    TRY(NEW_ARRAY(w->queue, g->n, err));
    TRY(NEW_ARRAY(w->known, g->n, err));
    for (spil_vid v = 0; v < g->n; v++)
        for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
            if (g->col[i] > v)
                TRY(VEC_PUSH(w->links, ((spil_arc){v, g->col[i], g->weight[i]}), err));
    TRY(rebuild(w, err));
done:
    return rc;
}

static spil_status remove_one(world *w, spil_vid v, size_t block, spil_err *err)
{
    spil_status rc = SPIL_OK;
    w->gone[v] = 1;
    for (spil_eid i = w->now->row[v]; i < w->now->row[v + 1]; i++)
        TRY(VEC_PUSH(w->orphans,
                     ((orphan){w->now->col[i], v, w->now->weight[i], block + w->how->delay}), err));
done:
    return rc;
}

/* ---- stand-ins ---- */

static void measure_distances(world *w, spil_vid from)
{
    spil_vid count = 0;
    memset(w->away, 0xff, (size_t)w->g->n * sizeof *w->away);
    w->away[from] = 0;
    w->queue[count++] = from;
    for (spil_vid at = 0; at < count; at++)
        for (spil_eid i = w->now->row[w->queue[at]]; i < w->now->row[w->queue[at] + 1]; i++) {
            const spil_vid u = w->now->col[i];
            if (w->away[u] == UINT32_MAX) {
                w->away[u] = w->away[w->queue[at]] + 1;
                w->queue[count++] = u;
            }
        }
}

/* Fellow orphans come first: they know each other through him, and lack the same. */
static void bring_fellows_near(world *w, const orphan *o)
{
    for (size_t i = 0; i < w->orphans.count; i++) {
        const orphan *const other = &w->orphans.items[i];
        if (other->removed == o->removed && other->orphan != o->orphan &&
            w->away[other->orphan] > 1)
            w->away[other->orphan] = 1;
    }
}

static bool may_stand_in(const world *w, const orphan *o, spil_vid u)
{
    if (w->gone[u] || u == o->orphan || w->known[u])
        return false;
    const uint32_t *const role = w->how->role;
    return !role || role[o->removed] == UINT32_MAX || role[u] == role[o->removed];
}

/* a is a better stand-in than b. */
static bool better(const world *w, spil_vid a, spil_vid b)
{
    if (w->how->rule == SPIL_HEAL_DISTANCE && w->away[a] != w->away[b])
        return w->away[a] < w->away[b];
    if (spil_degree(w->now, a) != spil_degree(w->now, b))
        return spil_degree(w->now, a) > spil_degree(w->now, b);
    return w->rank ? w->rank[a] < w->rank[b] : a < b;
}

/* SPIL_NO_VERTEX when there is none. known[]: those whom the orphan is linked with by now. */
static spil_vid choose(world *w, const orphan *o, spil_rng *rng)
{
    spil_vid best = SPIL_NO_VERTEX, seen = 0;
    if (w->how->rule == SPIL_HEAL_DISTANCE) {
        measure_distances(w, o->orphan);
        bring_fellows_near(w, o);
    }
    for (spil_vid u = 0; u < w->g->n; u++) {
        if (!may_stand_in(w, o, u))
            continue;
        if (w->how->rule == SPIL_HEAL_DISTANCE && w->away[u] == UINT32_MAX)
            continue;
        if (w->how->rule == SPIL_HEAL_RANDOM) {
            if (spil_rng_below(rng, ++seen) == 0) /* each of those seen as likely */
                best = u;
        } else if (best == SPIL_NO_VERTEX || better(w, u, best)) {
            best = u;
        }
    }
    return best;
}

static void mark_known(world *w, spil_vid v, size_t first_new)
{
    memset(w->known, 0, w->g->n);
    for (spil_eid i = w->now->row[v]; i < w->now->row[v + 1]; i++)
        w->known[w->now->col[i]] = 1;
    for (size_t i = first_new; i < w->links.count; i++) { /* made in this round */
        const spil_arc *const arc = &w->links.items[i];
        if (arc->from == v)
            w->known[arc->to] = 1;
        else if (arc->to == v)
            w->known[arc->from] = 1;
    }
}

/* All who are due look on the same network, one after the other in the order of the removals. */
static spil_status heal(world *w, size_t block, size_t *made, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const size_t first_new = w->links.count;
    size_t kept = 0;
    for (size_t i = 0; i < w->orphans.count; i++) {
        const orphan o = w->orphans.items[i];
        if (o.due != block || w->gone[o.orphan])
            continue;
        spil_rng rng = spil_rng_stream(w->how->seed, (uint64_t)o.removed * w->g->n + o.orphan);
        if (spil_rng_unit(&rng) >= w->how->chance)
            continue;
        mark_known(w, o.orphan, first_new);
        const spil_vid stand_in = choose(w, &o, &rng);
        if (stand_in != SPIL_NO_VERTEX)
            TRY(VEC_PUSH(w->links, ((spil_arc){o.orphan, stand_in, o.weight}), err));
    }
    for (size_t i = 0; i < w->orphans.count; i++)
        if (w->orphans.items[i].due > block)
            w->orphans.items[kept++] = w->orphans.items[i];
    w->orphans.count = kept;
    *made += w->links.count - first_new;
    if (w->links.count > first_new)
        TRY(rebuild(w, err));
done:
    return rc;
}

/* ---- the run ---- */

static spil_status look(const world *w, spil_vid before, size_t removed, bool efficiency,
                        spil_curve_point *point, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_csr *rest = NULL;
    spil_vid *name = NULL;
    TRY(spil_graph_without(&rest, &name, w->now, w->gone, err));
    TRY(spil_curve_look(point, rest, before, efficiency, err));
    point->removed = removed;
done:
    spil_csr_free(rest);
    spil_free(name);
    return rc;
}

/* The next `count` to go, from the network as it is now. */
static spil_status next_block(const world *w, const spil_ranking *ranking,
                              const spil_strategy_opts *opts, size_t count, spil_vid *block,
                              spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_csr *rest = NULL;
    spil_vid *name = NULL, *rank = NULL;
    spil_strategy_opts here = *opts;
    here.progress = NULL;
    TRY(spil_graph_without(&rest, &name, w->now, w->gone, err));
    if (opts->rank) {
        TRY(NEW_ARRAY(rank, rest->n, err));
        for (spil_vid v = 0; v < rest->n; v++)
            rank[v] = opts->rank[name[v]];
        here.rank = rank;
    }
    TRY(spil_ranking_order(ranking, rest, &here, count, block, err));
    for (size_t i = 0; i < count; i++)
        block[i] = name[block[i]];
done:
    spil_csr_free(rest);
    spil_free(name);
    spil_free(rank);
    return rc;
}

void spil_healing_free(spil_healing *healing)
{
    if (!healing)
        return;
    spil_free(healing->points);
    spil_free(healing->order);
    spil_free(healing);
}

static spil_status run_blocks(world *w, spil_healing *h, const spil_ranking *ranking,
                              const spil_strategy_opts *opts, size_t count, bool efficiency,
                              spil_err *err)
{
    spil_status rc = SPIL_OK;
    const size_t block = opts->block > 0 ? opts->block : 1;
    double area = 0;
    spil_healing_point *p = h->points;
    TRY(look(w, 0, 0, efficiency, &p->hit, err));
    p->hit.share = p->hit.largest > 0;
    p->healed = p->hit;
    const spil_vid before = p->hit.largest;
    if (opts->once)
        TRY(next_block(w, ranking, opts, count, h->order, err));
    spil_progress_begin(opts->progress, "removing and mending", count);
    while (h->removed < count) {
        const size_t size = count - h->removed < block ? count - h->removed : block;
        TRY(spil_check_stop(err));
        if (!opts->once)
            TRY(next_block(w, ranking, opts, size, h->order + h->removed, err));
        for (size_t i = 0; i < size; i++)
            TRY(remove_one(w, h->order[h->removed + i], h->count, err));
        h->removed += size;
        spil_healing_point *const q = &h->points[h->count];
        q->links = h->points[h->count - 1].links;
        TRY(rebuild(w, err));
        TRY(look(w, before, h->removed, efficiency, &q->hit, err));
        TRY(heal(w, h->count, &q->links, err));
        TRY(look(w, before, h->removed, efficiency, &q->healed, err));
        q->cost = (double)q->links * w->how->cost;
        area += q->healed.largest;
        h->count++;
        spil_progress_step(opts->progress, size);
    }
    spil_progress_end(opts->progress);
    h->robustness = h->count > 1 ? area / (double)(h->count - 1) / w->g->n : 1;
done:
    return rc;
}

spil_status spil_recovery_run(spil_healing **out, const spil_csr *g, const spil_ranking *ranking,
                              const spil_strategy_opts *opts, size_t count,
                              const spil_recovery_opts *recovery, bool efficiency, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_healing *h = NULL;
    world w = {.g = g, .how = recovery, .rank = opts->rank};
    if (count > g->n)
        return spil_fail(err, SPIL_RANGE, "%zu removals from %u vertices", count, g->n);
    TRY(world_new(&w, err));
    TRY(NEW(h, err));
    TRY(NEW_ARRAY(h->points, count + 1, err));
    TRY(NEW_ARRAY(h->order, count, err));
    h->count = 1;
    TRY(run_blocks(&w, h, ranking, opts, count, efficiency, err));
    *out = h;
    h = NULL;
done:
    spil_healing_free(h);
    world_free(&w);
    return rc;
}
