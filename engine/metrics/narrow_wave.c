/* narrow_wave.c - see narrow_wave.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/metrics/narrow_wave.h"

#include "engine/base/mem.h"
#include "engine/base/progress.h"

#include <string.h>

/* Outwards while what was reached has at most n / FEW neighbours, and again when it is AGAIN times
 * fewer itself. */
enum { STRIP = 512, FEW = 32, AGAIN = 8 };

spil_status spil_narrow_wave_init(spil_narrow_wave *w, const spil_csr *g, spil_err *err)
{
    spil_status rc = SPIL_OK;
    *w = (spil_narrow_wave){.g = g, .few_room = (spil_vid)(g->n / FEW) + SPIL_NARROW_SOURCES};
    TRY(NEW_ARRAY(w->seen, g->n, err));
    TRY(NEW_ARRAY(w->next, g->n, err));
    TRY(NEW_ARRAY(w->few, w->few_room, err));
    TRY(NEW_ARRAY(w->few_fresh, w->few_room, err));
    TRY(NEW_ARRAY(w->reached, w->few_room, err));
done:
    if (rc != SPIL_OK)
        spil_narrow_wave_release(w);
    return rc;
}

void spil_narrow_wave_release(spil_narrow_wave *w)
{
    spil_free(w->seen);
    spil_free(w->next);
    spil_free(w->few);
    spil_free(w->few_fresh);
    spil_free(w->reached);
    *w = (spil_narrow_wave){.g = NULL};
}

static void swap(spil_narrow_wave *w)
{
    uint64_t *const kept = w->seen;
    w->seen = w->next;
    w->next = kept;
}

static void place_sources(spil_narrow_wave *w, const spil_vid *sources, unsigned count)
{
    memset(w->seen, 0, (size_t)w->g->n * sizeof *w->seen);
    memset(w->next, 0, (size_t)w->g->n * sizeof *w->next);
    w->all = w->few_count = 0;
    for (unsigned i = 0; i < count; i++) {
        if (w->seen[sources[i]] == 0)
            w->few[w->few_count++] = sources[i];
        w->seen[sources[i]] |= UINT64_C(1) << i;
        w->all |= UINT64_C(1) << i;
    }
    for (spil_vid i = 0; i < w->few_count; i++)
        w->few_fresh[i] = w->seen[w->few[i]];
    w->from_few = true;
}

/* Neighbours of the few. */
static spil_eid to_look_at(const spil_narrow_wave *w)
{
    spil_eid sum = 0;
    for (spil_vid i = 0; i < w->few_count; i++)
        sum += spil_degree(w->g, w->few[i]);
    return sum;
}

/* The new words of one level, outwards; the few become those it reached. next is seen but for those
 * reached in the level before. */
static void go_out(spil_narrow_wave *w)
{
    const spil_csr *const g = w->g;
    spil_vid count = 0;
    for (spil_vid i = 0; i < w->few_count; i++)
        w->next[w->few[i]] = w->seen[w->few[i]];
    for (spil_vid i = 0; i < w->few_count; i++)
        for (spil_eid e = g->row[w->few[i]]; e < g->row[w->few[i] + 1]; e++) {
            const spil_vid u = g->col[e];
            const uint64_t fresh = w->few_fresh[i] & ~w->seen[u];
            if (fresh != 0 && w->next[u] == w->seen[u])
                w->reached[count++] = u;
            w->next[u] |= fresh;
        }
    for (spil_vid i = 0; i < count; i++) {
        const spil_vid u = w->few[i] = w->reached[i];
        w->few_fresh[i] = w->next[u] & ~w->seen[u];
    }
    w->few_count = count;
    swap(w);
}

/* After a level inwards that reached few: they are where the words differ. */
static void list_few(spil_narrow_wave *w)
{
    w->few_count = 0;
    for (spil_vid v = 0; v < w->g->n; v++)
        if (w->seen[v] != w->next[v]) {
            w->few[w->few_count] = v;
            w->few_fresh[w->few_count++] = w->seen[v] & ~w->next[v];
        }
}

static spil_vid visit_all(spil_narrow_wave *w, spil_narrow_work *work, void *context)
{
    const spil_vid n = w->from_few ? w->few_count : w->g->n, strips = n / STRIP + (n % STRIP != 0);
    spil_vid reached = 0;
#pragma omp parallel for default(none) shared(w, n, strips, work, context)                         \
    reduction(+ : reached) if (strips > 4)                                                         \
        schedule(dynamic, 4) /* strips of complete vertices cost nothing, those with hubs much */
    for (spil_vid s = 0; s < strips; s++)
        reached += work(w, context, s * STRIP, s + 1 < strips ? (s + 1) * STRIP : n);
    return reached;
}

/* Returns how many were reached. */
static spil_vid one_level(spil_narrow_wave *w, spil_narrow_work *work, void *context)
{
    w->from_few = w->from_few && to_look_at(w) <= w->few_room;
    if (w->from_few) {
        go_out(w);
        return visit_all(w, work, context);
    }
    const spil_vid reached = visit_all(w, work, context);
    swap(w);
    w->from_few = reached <= w->few_room / AGAIN;
    if (w->from_few)
        list_few(w);
    return reached;
}

spil_status spil_narrow_wave_run(spil_narrow_wave *w, const spil_vid *sources, unsigned count,
                                 spil_narrow_work *work,
                                 void (*after)(const spil_narrow_wave *w, void *context),
                                 void *context, spil_err *err)
{
    place_sources(w, sources, count);
    for (w->level = 1;; w->level++) {
        const spil_status rc = spil_check_stop(err);
        if (rc != SPIL_OK)
            return rc;
        if (one_level(w, work, context) == 0)
            return SPIL_OK;
        if (after)
            after(w, context);
    }
}
