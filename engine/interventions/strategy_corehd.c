/* strategy_corehd.c - the hub of the 2-core first, then the trees. SPDX-License-Identifier:
 * GPL-3.0-or-later
 *
 * Remove the vertex with the most links within the 2-core, peel what has fewer than two links left,
 * again, until the 2-core is empty. What is left are trees: break each that is over the limit at
 * the vertex that leaves the smallest largest part, again. Then thin (dismantle.h).
 *
 * O((n + m) log n).
 */
#include "engine/base/mem.h"
#include "engine/interventions/dismantle.h"
#include "engine/interventions/queue.h"

#include <string.h>

typedef struct core {
    const spil_csr *g;
    const spil_strategy_opts *opts;
    uint8_t *in_core, *gone;
    spil_vid *degree; /* within the core */
    spil_vid *stack;  /* n */
    spil_queue queue; /* -degree, some outdated */
} core;

static spil_vid rank_of(const core *c, spil_vid v)
{
    return c->opts->rank ? c->opts->rank[v] : v;
}

/* v leaves the core; those whose links fall under two follow. */
static spil_status leave(core *c, spil_vid v, spil_err *err)
{
    spil_status rc = SPIL_OK;
    size_t height = 0;
    c->in_core[v] = 0;
    c->stack[height++] = v;
    while (height > 0) {
        const spil_vid w = c->stack[--height];
        for (spil_eid i = c->g->row[w]; i < c->g->row[w + 1]; i++) {
            const spil_vid u = c->g->col[i];
            if (!c->in_core[u])
                continue;
            if (--c->degree[u] < 2) {
                c->in_core[u] = 0;
                c->stack[height++] = u;
            } else {
                TRY(spil_queue_push(&c->queue,
                                    (spil_queued){-(double)c->degree[u], rank_of(c, u), u}, err));
            }
        }
    }
done:
    return rc;
}

static spil_status empty_core(core *c, spil_vid *order, size_t *count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (spil_vid v = 0; v < c->g->n; v++) {
        c->degree[v] = spil_degree(c->g, v);
        c->in_core[v] = 1;
    }
    for (spil_vid v = 0; v < c->g->n; v++)
        if (c->in_core[v] && c->degree[v] < 2)
            TRY(leave(c, v, err));
    for (spil_vid v = 0; v < c->g->n; v++)
        if (c->in_core[v])
            TRY(spil_queue_push(&c->queue, (spil_queued){-(double)c->degree[v], rank_of(c, v), v},
                                err));
    while (c->queue.count > 0) {
        const spil_queued top = spil_queue_pop(&c->queue);
        if (!c->in_core[top.vertex] || -top.key > c->degree[top.vertex])
            continue;
        c->gone[top.vertex] = 1;
        order[(*count)++] = top.vertex;
        TRY(leave(c, top.vertex, err));
    }
done:
    return rc;
}

/* ---- trees ---- */

typedef struct forest {
    core *c;
    spil_vid *list;   /* vertices of the tree, from its root outwards */
    spil_vid *parent; /* n */
    spil_vid *below;  /* n: size of the subtree */
    spil_vid *worst;  /* n: largest part without the vertex */
} forest;

/* The tree of root into list; its size. */
static spil_vid walk_tree(forest *f, spil_vid root)
{
    const core *const c = f->c;
    spil_vid count = 0;
    f->list[count++] = root;
    f->parent[root] = SPIL_NO_VERTEX;
    for (spil_vid at = 0; at < count; at++) {
        const spil_vid v = f->list[at];
        f->below[v] = 1;
        f->worst[v] = 0;
        for (spil_eid i = c->g->row[v]; i < c->g->row[v + 1]; i++) {
            const spil_vid u = c->g->col[i];
            if (!c->gone[u] && u != f->parent[v]) {
                f->parent[u] = v;
                f->list[count++] = u;
            }
        }
    }
    for (spil_vid at = count; at-- > 1;) {
        const spil_vid v = f->list[at], up = f->parent[v];
        f->below[up] += f->below[v];
        if (f->below[v] > f->worst[up])
            f->worst[up] = f->below[v];
    }
    return count;
}

static spil_vid best_break(forest *f, spil_vid count)
{
    spil_vid best = SPIL_NO_VERTEX, best_worst = SPIL_NO_VERTEX;
    for (spil_vid at = 0; at < count; at++) {
        const spil_vid v = f->list[at], above = count - f->below[v];
        const spil_vid worst = f->worst[v] > above ? f->worst[v] : above;
        if (worst < best_worst || (worst == best_worst && rank_of(f->c, v) < rank_of(f->c, best))) {
            best = v;
            best_worst = worst;
        }
    }
    return best;
}

static spil_status break_trees(core *c, spil_vid limit, spil_vid *order, size_t *count,
                               spil_err *err)
{
    spil_status rc = SPIL_OK;
    forest f = {.c = c};
    uint8_t *small = NULL; /* known to lie in a tree within the limit */
    spil_vid *roots = NULL;
    TRY(NEW_ARRAY(f.list, c->g->n, err));
    TRY(NEW_ARRAY(f.parent, c->g->n, err));
    TRY(NEW_ARRAY(f.below, c->g->n, err));
    TRY(NEW_ARRAY(f.worst, c->g->n, err));
    TRY(NEW_ARRAY(small, c->g->n, err));
    TRY(NEW_ARRAY(roots, c->g->n + 2 * c->g->m, err));
    size_t height = 0;
    for (spil_vid v = c->g->n; v-- > 0;)
        roots[height++] = v;
    while (height > 0) {
        const spil_vid root = roots[--height];
        if (c->gone[root] || small[root])
            continue;
        const spil_vid size = walk_tree(&f, root);
        if (size <= limit) {
            for (spil_vid at = 0; at < size; at++)
                small[f.list[at]] = 1;
            continue;
        }
        const spil_vid v = best_break(&f, size);
        c->gone[v] = 1;
        order[(*count)++] = v;
        for (spil_eid i = c->g->row[v]; i < c->g->row[v + 1]; i++)
            if (!c->gone[c->g->col[i]])
                roots[height++] = c->g->col[i];
    }
done:
    spil_free(f.list);
    spil_free(f.parent);
    spil_free(f.below);
    spil_free(f.worst);
    spil_free(small);
    spil_free(roots);
    return rc;
}

spil_status spil_corehd_order(const spil_csr *g, spil_vid limit, const spil_strategy_opts *opts,
                              spil_vid *order, size_t *count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    core c = {.g = g, .opts = opts};
    size_t made = 0;
    TRY(NEW_ARRAY(c.in_core, g->n, err));
    TRY(NEW_ARRAY(c.gone, g->n, err));
    TRY(NEW_ARRAY(c.degree, g->n, err));
    TRY(NEW_ARRAY(c.stack, g->n, err));
    TRY(empty_core(&c, order, &made, err));
    TRY(break_trees(&c, limit, order, &made, err));
    *count = made;
done:
    spil_free(c.in_core);
    spil_free(c.gone);
    spil_free(c.degree);
    spil_free(c.stack);
    spil_free(c.queue.items);
    return rc;
}

static spil_status make_order(const spil_csr *g, const spil_strategy_opts *opts, size_t count,
                              spil_vid *order, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_vid *set = NULL;
    size_t size = 0;
    TRY(NEW_ARRAY(set, g->n, err));
    TRY(spil_dismantle(g, SPIL_BY_COREHD, spil_dismantle_limit(g->n, opts->share), opts, set, &size,
                       err));
    TRY(spil_dismantle_then_degree(g, set, size, opts, count, order, err));
done:
    spil_free(set);
    return rc;
}

const spil_strategy spil_strategy_corehd = {
    .name = "corehd",
    .summary = "The hub of the 2-core first, until no loop is left; then trees are broken "
               "(--share), and those who need not go stay.",
    .source = "Zdeborova, Zhang & Zhou 2016, Sci. Rep. 6:37954",
    .cost = "O((n + m) log n)",
    .order = make_order,
};
