/* hubs.c - see hubs.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/metrics/hubs.h"

#include "engine/base/mem.h"
#include "engine/base/par.h"
#include "engine/base/progress.h"

#include <math.h>
#include <stdatomic.h>
#include <string.h>

enum { STANDS_OUT = 8 }; /* times the mean degree */

static spil_eid degree(const spil_part *part, spil_vid v)
{
    return part->row[v + 1] - part->row[v];
}

/* Keeps the SPIL_HUBS best by insertion: most links first, ties by number. */
static void choose(spil_hubs *hubs, const spil_part *part)
{
    const double mean = (double)part->row[part->n] / part->n;
    for (spil_vid v = 0; v < part->n; v++) {
        unsigned at = hubs->count;
        if ((double)degree(part, v) < STANDS_OUT * mean)
            continue;
        while (at > 0 && degree(part, hubs->vertex[at - 1]) < degree(part, v))
            at--;
        if (at == SPIL_HUBS)
            continue;
        hubs->count += hubs->count < SPIL_HUBS;
        for (unsigned i = hubs->count - 1; i > at; i--)
            hubs->vertex[i] = hubs->vertex[i - 1];
        hubs->vertex[at] = v;
    }
}

typedef struct scratch { /* of a thread: one hub's column, dense, so that it stays in the cache */
    spil_vid *queue;
    uint8_t *distance;
    float *paths;
} scratch;

static bool ranks_before(const spil_hubs *hubs, unsigned rank, spil_vid v)
{
    for (unsigned i = 0; i < rank; i++)
        if (hubs->vertex[i] == v)
            return true;
    return false;
}

/* One breadth-first search; counts are those of paths that avoid the hubs of lower rank, whose own
 * entries are 0. False when a distance or a count does not fit. */
static bool search(const spil_hubs *hubs, const spil_part *part, unsigned rank, scratch *my)
{
    spil_vid end = 1;
    memset(my->distance, SPIL_HUB_FAR, part->n);
    memset(my->paths, 0, (size_t)part->n * sizeof *my->paths);
    my->queue[0] = hubs->vertex[rank];
    my->distance[my->queue[0]] = 0;
    my->paths[my->queue[0]] = 1;
    for (spil_vid at = 0; at < end; at++) {
        const spil_vid u = my->queue[at];
        const unsigned next = my->distance[u] + 1u;
        if (ranks_before(hubs, rank, u))
            my->paths[u] = 0;
        const float paths = my->paths[u];
        if (next >= SPIL_HUB_FAR || !isfinite(paths))
            return false;
        for (spil_eid i = part->row[u]; i < part->row[u + 1]; i++) {
            const spil_vid v = part->col[i];
            if (my->distance[v] == SPIL_HUB_FAR) {
                my->distance[v] = (uint8_t)next;
                my->queue[end++] = v;
            }
            if (my->distance[v] == next)
                my->paths[v] += paths;
        }
    }
    return true;
}

static void keep(spil_hubs *hubs, unsigned rank, const scratch *my, spil_vid n)
{
    for (spil_vid v = 0; v < n; v++) {
        hubs->distance[(size_t)v * SPIL_HUBS + rank] = my->distance[v];
        hubs->paths[(size_t)v * SPIL_HUBS + rank] = my->paths[v];
    }
}

static spil_status search_all(spil_hubs *hubs, const spil_part *part, scratch *scratches,
                              spil_err *err)
{
    atomic_bool fits = true;
    const unsigned count = hubs->count;
#pragma omp parallel for default(none) shared(hubs, part, scratches, fits, count)                  \
    schedule(dynamic, 1) /* hubs are few and alike */
    for (unsigned i = 0; i < count; i++) {
        scratch *const my = &scratches[spil_par_thread()];
        if (spil_stop_requested())
            continue;
        if (search(hubs, part, i, my))
            keep(hubs, i, my, part->n);
        else
            atomic_store(&fits, false);
    }
    if (!atomic_load(&fits))
        hubs->count = 0;
    return spil_check_stop(err);
}

static spil_status scratches_new(scratch *scratches, unsigned count, spil_vid n, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (unsigned i = 0; i < count; i++) {
        TRY(NEW_ARRAY(scratches[i].queue, n, err));
        TRY(NEW_ARRAY(scratches[i].distance, n, err));
        TRY(NEW_ARRAY(scratches[i].paths, n, err));
    }
done:
    return rc;
}

static void scratches_free(scratch *scratches, unsigned count)
{
    for (unsigned i = 0; scratches && i < count; i++) {
        spil_free(scratches[i].queue);
        spil_free(scratches[i].distance);
        spil_free(scratches[i].paths);
    }
    spil_free(scratches);
}

spil_status spil_hubs_new(spil_hubs **out, const spil_part *part, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_hubs *hubs = NULL;
    scratch *scratches = NULL;
    const unsigned threads = spil_par_threads();
    const size_t room = (size_t)part->n * SPIL_HUBS;
    TRY(NEW(hubs, err));
    choose(hubs, part);
    if (hubs->count > 0) {
        TRY(NEW_ARRAY(scratches, threads, err));
        TRY(scratches_new(scratches, threads, part->n, err));
        TRY(NEW_ARRAY(hubs->distance, room, err));
        TRY(NEW_ARRAY(hubs->paths, room, err));
        TRY(search_all(hubs, part, scratches, err));
    }
    *out = hubs;
    hubs = NULL;
done:
    scratches_free(scratches, threads);
    spil_hubs_free(hubs);
    return rc;
}

void spil_hubs_free(spil_hubs *hubs)
{
    if (!hubs)
        return;
    spil_free(hubs->distance);
    spil_free(hubs->paths);
    spil_free(hubs);
}
