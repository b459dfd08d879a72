/* edge_betweenness.c - see edge_betweenness.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Within a block (parts.h), with sigma(v) the number of shortest paths from s to v, an edge from v
 * to w one level further carries
 *
 *     sigma(v) c(w),   c(w) = (target(w) + sum of what w's edges to the next level carry) /
 * sigma(w)
 *
 * of what s sends (Brandes 2001, 2008), times what hangs on s. Bridges need no search. SOURCES
 * sources fill a buffer of their thread, and the buffers are added in the order of the sources.
 */
#include "engine/metrics/edge_betweenness.h"

#include "engine/base/mem.h"
#include "engine/base/par.h"
#include "engine/metrics/parts.h"

#include <math.h>
#include <stdatomic.h>
#include <string.h>

enum { SOURCES = 32 };

typedef struct worker { /* of a thread; arrays of the largest part */
    spil_vid *queue, *level;
    double *paths, *carried; /* carried: what v's edges to the next level carry */
    double *edge;            /* m: this batch's */
} worker;

typedef struct job {
    const spil_csr *g;
    const spil_part *part;
    const uint32_t *edge; /* by entry of the part's rows: number of the edge */
} job;

/* Neighbours ascend within a row, and the edge is there. */
static uint32_t edge_between(const spil_csr *g, spil_vid u, spil_vid v)
{
    spil_eid low = g->row[u], high = g->row[u + 1];
    while (high - low > 1) {
        const spil_eid middle = low + (high - low) / 2;
        if (g->col[middle] <= v)
            low = middle;
        else
            high = middle;
    }
    return g->edge[low];
}

static void name_edges(const spil_csr *g, const spil_part *part, uint32_t *edge)
{
    for (spil_vid x = 0; x < part->n; x++)
        for (spil_eid i = part->row[x]; i < part->row[x + 1]; i++) {
            const spil_vid u = part->name[x], v = part->name[part->col[i]];
            edge[i] = spil_degree(g, u) < spil_degree(g, v) ? edge_between(g, u, v)
                                                            : edge_between(g, v, u);
        }
}

/* Levels and path counts from s; the number reached. */
static spil_vid search(const spil_part *part, worker *w, spil_vid s)
{
    spil_vid end = 1;
    memset(w->level, 0xff, part->n * sizeof *w->level);
    w->queue[0] = s;
    w->level[s] = 0;
    w->paths[s] = 1;
    for (spil_vid at = 0; at < end; at++) {
        const spil_vid v = w->queue[at];
        w->carried[v] = 0;
        for (spil_eid i = part->row[v]; i < part->row[v + 1]; i++) {
            const spil_vid u = part->col[i];
            if (w->level[u] == SPIL_NO_VERTEX) {
                w->level[u] = w->level[v] + 1;
                w->paths[u] = 0;
                w->queue[end++] = u;
            }
            if (w->level[u] == w->level[v] + 1)
                w->paths[u] += w->paths[v];
        }
    }
    return end;
}

/* False when a count does not fit a double. */
static bool from_source(const job *j, worker *w, spil_vid s)
{
    const spil_part *const part = j->part;
    for (spil_vid at = search(part, w, s); at-- > 1;) {
        const spil_vid v = w->queue[at];
        if (!isfinite(w->paths[v]))
            return false;
        const double share = (part->target[v] + w->carried[v]) / w->paths[v];
        for (spil_eid i = part->row[v]; i < part->row[v + 1]; i++) {
            const spil_vid u = part->col[i];
            if (w->level[u] + 1 != w->level[v])
                continue;
            w->carried[u] += w->paths[u] * share;
            w->edge[j->edge[i]] += part->source[s] * w->paths[u] * share;
        }
    }
    return true;
}

/* Adds to value and clears, in the order of the part's entries. */
static void commit(const job *j, worker *w, double *value)
{
    for (spil_vid x = 0; x < j->part->n; x++)
        for (spil_eid i = j->part->row[x]; i < j->part->row[x + 1]; i++)
            if (x < j->part->col[i]) {
                value[j->edge[i]] += w->edge[j->edge[i]] / 2; /* each pair from both its ends */
                w->edge[j->edge[i]] = 0;
            }
}

static spil_status run_part(const job *j, worker *workers, spil_progress *progress, double *value,
                            spil_err *err)
{
    atomic_bool fits = true;
    const spil_vid n = j->part->n, batches = n / SOURCES + (n % SOURCES > 0);
#pragma omp parallel for default(none) shared(j, workers, progress, value, fits, n, batches)       \
    ordered                                                                                        \
    schedule(dynamic, 1) if (batches > 4) /* a batch is a unit of ordered work */
    for (spil_vid k = 0; k < batches; k++) {
        worker *const w = &workers[spil_par_thread()];
        const spil_vid last = n - k * SOURCES < SOURCES ? n : (k + 1) * SOURCES;
        for (spil_vid s = k * SOURCES; s < last && !spil_stop_requested(); s++)
            if (!from_source(j, w, s))
                atomic_store(&fits, false);
#pragma omp ordered
        commit(j, w, value);
        spil_progress_step(progress, last - k * SOURCES);
    }
    if (!atomic_load(&fits))
        return spil_fail(err, SPIL_MATH,
                         "edge betweenness: more than 1e308 shortest paths between two vertices");
    return spil_check_stop(err);
}

static void add_bridges(const spil_csr *g, const spil_blocks *b, double *value)
{
    spil_vid whole = 0;
    for (spil_vid r = 0; r < b->n; r++) {
        const spil_vid v = b->preorder[r], parent = b->parent[v];
        if (parent == SPIL_NO_VERTEX)
            whole = b->subtree[v]; /* a component starts at its root */
        else if (b->size[b->block[v]] == 2)
            value[edge_between(g, v, parent)] =
                (double)b->subtree[v] * ((double)whole - b->subtree[v]);
    }
}

static spil_status workers_new(worker *workers, unsigned count, spil_vid n, spil_eid m,
                               spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (unsigned t = 0; t < count; t++) {
        TRY(NEW_ARRAY(workers[t].queue, n, err));
        TRY(NEW_ARRAY(workers[t].level, n, err));
        TRY(NEW_ARRAY(workers[t].paths, n, err));
        TRY(NEW_ARRAY(workers[t].carried, n, err));
        TRY(NEW_ARRAY(workers[t].edge, m, err));
    }
done:
    return rc;
}

static void workers_free(worker *workers, unsigned count)
{
    for (unsigned t = 0; workers && t < count; t++) {
        spil_free(workers[t].queue);
        spil_free(workers[t].level);
        spil_free(workers[t].paths);
        spil_free(workers[t].carried);
        spil_free(workers[t].edge);
    }
    spil_free(workers);
}

static spil_status count_paths(const spil_csr *g, spil_progress *progress, double *value,
                               spil_err *err)
{
    spil_status rc = SPIL_OK;
    const unsigned threads = spil_par_threads();
    spil_parts *parts = NULL;
    worker *workers = NULL;
    uint32_t *edge = NULL;
    uint64_t sources = 0;
    memset(value, 0, g->m * sizeof *value);
    TRY(spil_parts_split(&parts, g, NULL, err));
    add_bridges(g, parts->blocks, value);
    TRY(NEW_ARRAY(workers, threads, err));
    TRY(workers_new(workers, threads, parts->count ? parts->part[0].n : 0, g->m, err));
    TRY(NEW_ARRAY(edge, 2 * g->m, err));
    for (uint32_t k = 0; k < parts->count; k++)
        sources += parts->part[k].n;
    spil_progress_begin(progress, "betweenness of links", sources);
    for (uint32_t k = 0; k < parts->count; k++) {
        const job j = {.g = g, .part = &parts->part[k], .edge = edge};
        name_edges(g, j.part, edge);
        TRY(run_part(&j, workers, progress, value, err));
    }
done:
    spil_progress_end(progress);
    workers_free(workers, threads);
    spil_parts_free(parts);
    spil_free(edge);
    return rc;
}

static spil_status number_blocks(const spil_csr *g, const spil_edge_values *values, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_blocks *blocks = NULL;
    uint32_t *number = NULL, next = 0; /* by block: 1 + its number, 0: none yet */
    TRY(spil_blocks_find(&blocks, g, err));
    TRY(NEW_ARRAY(number, blocks->count, err));
    for (spil_vid v = 0; v < g->n; v++)
        for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++) {
            if (g->col[i] < v)
                continue;
            const uint32_t block = spil_block_of_edge(blocks, v, g->col[i]);
            if (number[block] == 0)
                number[block] = ++next;
            if (values->block)
                values->block[g->edge[i]] = number[block] - 1;
            if (values->bridge)
                values->bridge[g->edge[i]] = blocks->size[block] == 2;
        }
done:
    spil_blocks_free(blocks);
    spil_free(number);
    return rc;
}

spil_status spil_edge_values_compute(const spil_csr *g, spil_progress *progress,
                                     const spil_edge_values *values, spil_err *err)
{
    spil_status rc = SPIL_OK;
    if (values->betweenness)
        rc = count_paths(g, progress, values->betweenness, err);
    if (rc == SPIL_OK && (values->block || values->bridge))
        rc = number_blocks(g, values, err);
    return rc;
}
