/* narrow_wave.h - breadth-first search from 64 sources at once, on the graph as it is.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * wave.h with a word a vertex in place of a line, for those who search from some hundreds or
 * thousands of sources and have no room to copy the graph: a word for all that has been seen up to
 * the level before and one for up to this one. What a neighbour saw before the last level is known
 * already, so taking the union of all it has seen does no harm, and what is new needs no word of
 * its own. Levels that follow on little, the first and the last ones, go out from the few vertices
 * that were reached (Beamer, Asanovic & Patterson 2012, SC); the others come in to those not yet
 * complete, without a question of who was reached: at a million vertices the words lie in the outer
 * cache, where a look costs less than a branch that is guessed wrong.
 *
 *     SPIL_LANES_INLINE void visit(spil_narrow_wave *w, void *context, spil_vid v, uint64_t fresh)
 *     SPIL_LANES_INLINE spil_vid body(spil_narrow_wave *w, void *context, spil_vid begin,
 *                                     spil_vid end)
 *     {
 *         return spil_narrow_wave_strip(w, context, begin, end, visit);
 *     }
 *     SPIL_LANES_RETURNING(spil_vid, strip, (...), (...), body)
 *                                                 then spil_narrow_wave_run(..., strip, ...)
 */
#ifndef SPIL_METRICS_NARROW_WAVE_H
#define SPIL_METRICS_NARROW_WAVE_H

#include "engine/graph/csr.h"
#include "engine/metrics/lanes.h"

enum {
    SPIL_NARROW_SOURCES = 64,
    SPIL_NARROW_AHEAD = 64 /* neighbours fetched before their turn */
};

typedef struct spil_narrow_wave {
    const spil_csr *g;
    uint64_t *seen, *next; /* n: sources that have reached the vertex before this level, and now */
    spil_vid *few;         /* vertices reached in the level before, when they are few */
    uint64_t *few_fresh;   /* what reached them */
    spil_vid *reached;     /* the next few, while they are found */
    spil_vid few_count, few_room;
    bool from_few;  /* this level goes out from them */
    uint64_t all;   /* bits in use */
    uint32_t level; /* 1, 2, ... */
} spil_narrow_wave;

/* Borrows g. Zeroed on failure. 16 bytes a vertex, and some. */
spil_status spil_narrow_wave_init(spil_narrow_wave *w, const spil_csr *g,
                                  spil_err *err) SPIL_CHECKED;
void spil_narrow_wave_release(spil_narrow_wave *w);

/* What to do with the vertices begin..end in a level; returns how many of them were reached. */
typedef spil_vid spil_narrow_work(spil_narrow_wave *w, void *context, spil_vid begin, spil_vid end);
/* Source i is bit i, count at most SPIL_NARROW_SOURCES; the same vertex may be more than one.
 * after: called when a level is done, from one thread; NULL: nothing. Every vertex is visited at
 * most once a level, so a visit may write to what belongs to its vertex. Errors: SPIL_CANCELLED. */
spil_status spil_narrow_wave_run(spil_narrow_wave *w, const spil_vid *sources, unsigned count,
                                 spil_narrow_work *work,
                                 void (*after)(const spil_narrow_wave *w, void *context),
                                 void *context, spil_err *err) SPIL_CHECKED;

typedef void spil_narrow_visit(spil_narrow_wave *w, void *context, spil_vid v, uint64_t fresh);

/* Outwards, the new words are made already, and begin..end is a stretch of the few. */
SPIL_LANES_INLINE spil_vid spil_narrow_wave_strip(spil_narrow_wave *w, void *context,
                                                  spil_vid begin, spil_vid end,
                                                  spil_narrow_visit *visit)
{
    const spil_csr *const g = w->g;
    const spil_eid entries = 2 * g->m;
    spil_vid reached = 0;
    if (w->from_few) {
        for (spil_vid i = begin; i < end; i++)
            visit(w, context, w->few[i], w->few_fresh[i]);
        return end - begin;
    }
    for (spil_vid v = begin; v < end; v++) {
        const uint64_t before = w->seen[v];
        uint64_t now = before;
        if (before != w->all)
            for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++) {
                const spil_eid ahead = i + SPIL_NARROW_AHEAD;
                __builtin_prefetch(&w->seen[g->col[ahead < entries ? ahead : i]]);
                now |= w->seen[g->col[i]];
            }
        w->next[v] = now;
        if (now != before) {
            visit(w, context, v, now & ~before);
            reached++;
        }
    }
    return reached;
}

#endif
