/* wave.h - breadth-first search from 512 sources at once, a bit a source.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Then et al. 2014, VLDB 8:449, "The more the merrier": a vertex keeps which sources have seen it,
 * and in level d takes the union of what its neighbours saw first in level d - 1. 512 bits are one
 * cache line a vertex, so a level is one pass over the rows for all sources together. O(m) a level;
 * three lines a vertex for all threads together.
 *
 * What is done with the sources that reach a vertex is the caller's: a visit, which is compiled
 * into the loop for each kind of vector unit (lanes.h):
 *
 *     SPIL_LANES_INLINE void visit(spil_wave *w, void *context, spil_vid v, const spil_line *fresh)
 *     SPIL_LANES_INLINE void body(spil_wave *w, void *context, spil_vid begin, spil_vid end,
 *                                 bool *reached)
 *     {
 *         spil_wave_strip(w, context, begin, end, reached, visit);
 *     }
 *     SPIL_LANES_VARIANTS(strip, (...), (...), body)   then spil_wave_run(..., strip, ...)
 */
#ifndef SPIL_METRICS_WAVE_H
#define SPIL_METRICS_WAVE_H

#include "engine/metrics/lanes.h"
#include "engine/metrics/parts.h"

enum { SPIL_WAVE_WORDS = 8, SPIL_WAVE_SOURCES = 64 * SPIL_WAVE_WORDS };

typedef struct spil_line {
    uint64_t w[SPIL_WAVE_WORDS];
} spil_line;

/* Open struct; a strip belongs to one thread while it is looked at. */
typedef struct spil_wave {
    const spil_part *part;
    spil_line *seen;         /* n: sources that have reached the vertex */
    spil_line *last, *next;  /* n: those that did so in the level before, and in this one */
    uint8_t *hot, *next_hot; /* n: whether last (next) has any bit; elsewhere it is stale */
    spil_line all;           /* bits in use */
    uint32_t level;          /* 1, 2, ... */
} spil_wave;

/* Room for the part, which is borrowed. Zeroed on failure. */
spil_status spil_wave_init(spil_wave *w, const spil_part *part, spil_err *err) SPIL_CHECKED;
void spil_wave_release(spil_wave *w);

/* What to do with vertices begin..end in a level; reached: set when any was reached. */
typedef void spil_wave_work(spil_wave *w, void *context, spil_vid begin, spil_vid end,
                            bool *reached);
/* Source i is bit i; the same vertex may be more than one. after: called when a level is done, from
 * one thread; NULL: nothing. Every vertex is visited at most once a level, so a visit may write to
 * what belongs to its vertex. Errors: SPIL_CANCELLED. */
spil_status spil_wave_run(spil_wave *w, const spil_vid *sources, unsigned count,
                          spil_wave_work *work, void (*after)(const spil_wave *w, void *context),
                          void *context, spil_err *err) SPIL_CHECKED;

SPIL_LANES_INLINE bool spil_wave_complete(const spil_line *seen, const spil_line *all)
{
    uint64_t missing = 0;
    for (int k = 0; k < SPIL_WAVE_WORDS; k++)
        missing |= all->w[k] & ~seen->w[k];
    return missing == 0;
}

/* fresh: the sources that reach v in this level. Returns false when there is none. */
SPIL_LANES_INLINE bool spil_wave_reach(const spil_wave *w, spil_vid v, spil_line *fresh)
{
    spil_line met = {{0}};
    uint64_t any = 0;
    for (spil_eid i = w->part->row[v]; i < w->part->row[v + 1]; i++) {
        const spil_vid u = w->part->col[i];
        if (w->hot[u])
            for (int k = 0; k < SPIL_WAVE_WORDS; k++)
                met.w[k] |= w->last[u].w[k];
    }
    for (int k = 0; k < SPIL_WAVE_WORDS; k++) {
        fresh->w[k] = met.w[k] & ~w->seen[v].w[k];
        any |= fresh->w[k];
    }
    return any != 0;
}

typedef void spil_wave_visit(spil_wave *w, void *context, spil_vid v, const spil_line *fresh);

SPIL_LANES_INLINE void spil_wave_strip(spil_wave *w, void *context, spil_vid begin, spil_vid end,
                                       bool *reached, spil_wave_visit *visit)
{
    for (spil_vid v = begin; v < end; v++) {
        spil_line fresh;
        w->next_hot[v] = 0;
        if (spil_wave_complete(&w->seen[v], &w->all) || !spil_wave_reach(w, v, &fresh))
            continue;
        w->next_hot[v] = 1;
        w->next[v] = fresh;
        for (int k = 0; k < SPIL_WAVE_WORDS; k++)
            w->seen[v].w[k] |= fresh.w[k];
        visit(w, context, v, &fresh);
        *reached = true;
    }
}

#endif
