/* betweenness.c - see betweenness.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The graph is split into blocks (parts.h), in which vertices with equal neighbours become one
 * (twins.h); each block's sources go in batches of like ones (likeness.h) to brandes.h. A batch is
 * the unit of parallel work: it fills a buffer of its thread, and the buffers are added to the
 * result in the order of the batches, whichever thread had them.
 */
#include "engine/metrics/betweenness.h"

#include "engine/base/mem.h"
#include "engine/base/par.h"
#include "engine/metrics/brandes.h"
#include "engine/metrics/likeness.h"
#include "engine/metrics/twins.h"

#include <stdatomic.h>

typedef struct batch {
    uint32_t part;
    spil_vid begin, end; /* of the list of sources */
} batch;

typedef struct plan {
    spil_parts *parts;
    spil_twins *twins; /* by part */
    spil_vid *sources; /* local vertices with source > 0, block by block */
    batch *batches;
    size_t batch_count;
    spil_vid largest; /* vertices of the largest part */
} plan;

static void plan_free(plan *p)
{
    for (uint32_t k = 0; p->twins && k < p->parts->count; k++)
        spil_twins_release(&p->twins[k]);
    spil_free(p->twins);
    spil_parts_free(p->parts);
    spil_free(p->sources);
    spil_free(p->batches);
}

static spil_status plan_batches(plan *p, spil_err *err)
{
    spil_status rc = SPIL_OK;
    size_t vertices = 0, room = 0;
    spil_vid listed = 0;
    TRY(NEW_ARRAY(p->twins, p->parts->count, err));
    for (uint32_t k = 0; k < p->parts->count; k++) {
        TRY(spil_twins_merge(&p->twins[k], &p->parts->part[k], err));
        vertices += p->twins[k].part.n;
        room += p->twins[k].part.n / SPIL_BRANDES_LANES + 1;
    }
    TRY(NEW_ARRAY(p->sources, vertices, err));
    TRY(NEW_ARRAY(p->batches, room, err));
    for (uint32_t k = 0; k < p->parts->count; k++) {
        const spil_part *const part = &p->twins[k].part;
        const spil_vid first = listed;
        if (part->n < 3)
            continue; /* nothing stands between two */
        if (part->n > p->largest)
            p->largest = part->n;
        for (spil_vid x = 0; x < part->n; x++)
            if (part->source[x] > 0)
                p->sources[listed++] = x;
        TRY(spil_likeness_sort(part, p->sources + first, listed - first, err));
        for (spil_vid at = first; at < listed; at += SPIL_BRANDES_LANES)
            p->batches[p->batch_count++] =
                (batch){k, at, listed - at < SPIL_BRANDES_LANES ? listed : at + SPIL_BRANDES_LANES};
    }
done:
    return rc;
}

typedef struct worker {
    spil_brandes *brandes;
    double *buffer; /* of the largest part */
} worker;

static spil_status workers_new(worker *workers, unsigned count, spil_vid n, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (unsigned t = 0; t < count; t++) {
        TRY(spil_brandes_new(&workers[t].brandes, n, err));
        TRY(NEW_ARRAY(workers[t].buffer, n, err));
    }
done:
    return rc;
}

static void workers_free(worker *workers, unsigned count)
{
    for (unsigned t = 0; workers && t < count; t++) {
        spil_brandes_free(workers[t].brandes);
        spil_free(workers[t].buffer);
    }
    spil_free(workers);
}

static spil_status run_batch(const plan *p, const batch *work, worker *me)
{
    const spil_part *const part = &p->twins[work->part].part;
    if (spil_stop_requested())
        return SPIL_CANCELLED;
    return spil_brandes_batch(me->brandes, part, p->sources + work->begin, work->end - work->begin,
                              me->buffer, NULL);
}

static void commit(const plan *p, const batch *work, const double *buffer, double *value)
{
    const spil_part *const block = &p->parts->part[work->part];
    const spil_vid *const of = p->twins[work->part].of;
    for (spil_vid x = 0; x < block->n; x++)
        value[block->name[x]] += buffer[of ? of[x] : x];
}

/* Pairs of twins, which no search counts. */
static void add_between(const plan *p, double *value)
{
    for (uint32_t k = 0; k < p->parts->count; k++) {
        const spil_part *const block = &p->parts->part[k];
        const spil_twins *const twins = &p->twins[k];
        for (spil_vid x = 0; twins->of && x < block->n; x++)
            value[block->name[x]] += twins->between[twins->of[x]];
    }
}

static spil_status run_all(const plan *p, worker *workers, spil_progress *progress, double *value,
                           spil_err *err)
{
    atomic_int failure = SPIL_OK;
    spil_progress_begin(progress, "betweenness", p->batch_count);
#pragma omp parallel for default(none) shared(p, workers, progress, value, failure) ordered        \
schedule(dynamic, 1) if (p->batch_count > 4) /* a batch is milliseconds; ordered keeps them so */
    for (size_t i = 0; i < p->batch_count; i++) {
        worker *const me = &workers[spil_par_thread()];
        spil_status rc = (spil_status)atomic_load(&failure);
        if (rc == SPIL_OK && (rc = run_batch(p, &p->batches[i], me)) != SPIL_OK)
            atomic_store(&failure, (int)rc);
#pragma omp ordered
        {
            if (rc == SPIL_OK)
                commit(p, &p->batches[i], me->buffer, value);
        }
        spil_progress_step(progress, 1);
    }
    spil_progress_end(progress);
    const spil_status rc = (spil_status)atomic_load(&failure);
    if (rc == SPIL_CANCELLED)
        return spil_check_stop(err);
    return rc == SPIL_OK ? rc : spil_fail(err, rc, "betweenness: %s", spil_status_text(rc));
}

spil_status spil_betweenness_from(const spil_csr *g, const uint8_t *is_source,
                                  spil_progress *progress, double *value, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const unsigned threads = spil_par_threads();
    plan p = {.parts = NULL};
    worker *workers = NULL;
    TRY(spil_parts_split(&p.parts, g, is_source, err));
    TRY(plan_batches(&p, err));
    TRY(NEW_ARRAY(workers, threads, err));
    TRY(workers_new(workers, threads, p.largest, err));
    for (spil_vid v = 0; v < g->n; v++)
        value[v] = 0;
    TRY(run_all(&p, workers, progress, value, err));
    spil_parts_add_joints(p.parts, value);
    add_between(&p, value);
done:
    workers_free(workers, threads);
    plan_free(&p);
    return rc;
}

spil_status spil_betweenness_work(const spil_csr *g, double *work, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_blocks *blocks = NULL;
    spil_eid *edges = NULL;
    TRY(spil_blocks_find(&blocks, g, err));
    TRY(NEW_ARRAY(edges, blocks->count, err));
    for (spil_vid v = 0; v < g->n; v++)
        for (spil_eid i = g->row[v]; i < g->row[v + 1] && g->col[i] < v; i++)
            edges[spil_block_of_edge(blocks, v, g->col[i])]++;
    *work = 0;
    for (uint32_t k = 0; k < blocks->count; k++)
        if (blocks->size[k] > 2)
            *work += (double)blocks->size[k] * (double)edges[k];
done:
    spil_free(edges);
    spil_blocks_free(blocks);
    return rc;
}
