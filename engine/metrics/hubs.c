/* hubs.c - see hubs.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/metrics/hubs.h"

#include "engine/base/mem.h"
#include "engine/base/par.h"
#include "engine/base/progress.h"

#include <math.h>
#include <stdatomic.h>
#include <string.h>

enum { STANDS_OUT = 8 }; /* times the mean degree */

/* Keeps the SPIL_HUBS best by insertion: most links first, ties by number. */
static void choose(spil_hubs *hubs, const spil_csr *g)
{
    const double mean = 2 * (double)g->m / g->n;
    for (spil_vid v = 0; v < g->n; v++) {
        unsigned at = hubs->count;
        if (spil_degree(g, v) < STANDS_OUT * mean || spil_hubs_closed(hubs, v))
            continue;
        while (at > 0 && spil_degree(g, hubs->vertex[at - 1]) < spil_degree(g, v))
            at--;
        if (at == SPIL_HUBS)
            continue;
        hubs->count += hubs->count < SPIL_HUBS;
        for (unsigned i = hubs->count - 1; i > at; i--)
            hubs->vertex[i] = hubs->vertex[i - 1];
        hubs->vertex[at] = v;
    }
}

static bool ranks_before(const spil_hubs *hubs, unsigned rank, spil_vid v)
{
    for (unsigned i = 0; i < rank; i++)
        if (hubs->vertex[i] == v)
            return true;
    return false;
}

/* One breadth-first search within the block; counts are those of paths that avoid the hubs of lower
 * rank, whose own entries are 0. False when a distance or a count does not fit. */
static bool search(const spil_hubs *hubs, const spil_csr *g, unsigned rank, spil_vid *queue)
{
    uint8_t *const distance = hubs->distance + (size_t)rank * hubs->n;
    float *const paths = hubs->paths + (size_t)rank * hubs->n;
    spil_vid end = 1;
    memset(distance, SPIL_HUB_FAR, hubs->n);
    queue[0] = hubs->vertex[rank];
    distance[queue[0]] = 0;
    paths[queue[0]] = 1;
    for (spil_vid at = 0; at < end; at++) {
        const spil_vid u = queue[at];
        const unsigned next = distance[u] + 1u;
        if (ranks_before(hubs, rank, u))
            paths[u] = 0;
        if (next >= SPIL_HUB_FAR || !isfinite(paths[u]))
            return false;
        for (spil_eid i = g->row[u]; i < g->row[u + 1]; i++) {
            const spil_vid v = g->col[i];
            if (distance[v] == SPIL_HUB_FAR && !spil_hubs_closed(hubs, v)) {
                distance[v] = (uint8_t)next;
                queue[end++] = v;
            }
            if (distance[v] == next)
                paths[v] += paths[u];
        }
    }
    return true;
}

static spil_status search_all(spil_hubs *hubs, const spil_csr *g, spil_vid *queues,
                              unsigned threads, spil_err *err)
{
    atomic_bool fits = true;
    const unsigned count = hubs->count;
    (void)threads; /* there is one without OpenMP */
#pragma omp parallel for default(none) shared(hubs, g, queues, fits, count) num_threads(threads)   \
    schedule(dynamic, 1) /* hubs are few and alike */
    for (unsigned i = 0; i < count; i++)
        if (!spil_stop_requested() &&
            !search(hubs, g, i, queues + (size_t)spil_par_thread() * hubs->n))
            atomic_store(&fits, false);
    if (!atomic_load(&fits))
        hubs->count = 0;
    return spil_check_stop(err);
}

static spil_status fill(spil_hubs *hubs, const spil_csr *g, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_vid *queues = NULL;
    const unsigned all = spil_par_threads(), threads = all < hubs->count ? all : hubs->count;
    const size_t room = (size_t)hubs->n * hubs->count;
    TRY(NEW_ARRAY(queues, (size_t)threads * hubs->n, err));
    TRY(NEW_ARRAY(hubs->distance, room, err));
    TRY(NEW_ARRAY(hubs->paths, room, err));
    TRY(search_all(hubs, g, queues, threads, err));
done:
    spil_free(queues);
    return rc;
}

spil_status spil_hubs_new(spil_hubs **out, const spil_csr *g, const spil_vid *member,
                          spil_vid count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_hubs *hubs = NULL;
    const size_t words = (size_t)g->n / 64 + 1;
    TRY(NEW(hubs, err));
    hubs->n = g->n;
    TRY(NEW_ARRAY(hubs->closed, words, err));
    memset(hubs->closed, 0xff, words * sizeof *hubs->closed);
    for (spil_vid i = 0; i < count; i++)
        hubs->closed[member[i] / 64] &= ~(UINT64_C(1) << (member[i] % 64));
    choose(hubs, g);
    if (hubs->count > 0)
        TRY(fill(hubs, g, err));
    for (unsigned i = 0; i < hubs->count; i++)
        hubs->closed[hubs->vertex[i] / 64] |= UINT64_C(1) << (hubs->vertex[i] % 64);
    *out = hubs;
    hubs = NULL;
done:
    spil_hubs_free(hubs);
    return rc;
}

void spil_hubs_free(spil_hubs *hubs)
{
    if (!hubs)
        return;
    spil_free(hubs->distance);
    spil_free(hubs->paths);
    spil_free(hubs->closed);
    spil_free(hubs);
}
