/* distances.c - see distances.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/metrics/distances.h"

#include "engine/base/mem.h"
#include "engine/metrics/lanes.h"

#include <string.h>

enum { WORDS = 8, SOURCES = 64 * WORDS, STRIP = 256 };

typedef struct line {
    uint64_t w[WORDS];
} line;

typedef struct wave {
    const spil_csr *g;
    spil_distance_sums sums;
    line *seen;              /* n: sources that have reached the vertex */
    line *last, *next;       /* n: those that did so in the level before, and in this one */
    uint8_t *hot, *next_hot; /* n: whether last (next) has any bit; elsewhere it is stale */
    line all;                /* bits in use */
    uint32_t level;          /* 1, 2, ... */
} wave;

SPIL_LANES_INLINE void add_up(const spil_distance_sums *sums, spil_vid v, unsigned count,
                              uint32_t level)
{
    if (sums->harmonic)
        sums->harmonic[v] += (double)count / level;
    if (sums->farness)
        sums->farness[v] += (uint64_t)count * level;
    if (sums->eccentricity && sums->eccentricity[v] < level)
        sums->eccentricity[v] = level;
}

/* The sources that reach v in this level go to next[v]. Returns how many. */
SPIL_LANES_INLINE unsigned reach(wave *w, spil_vid v)
{
    line met = {{0}};
    bool any = false;
    unsigned count = 0;
    for (spil_eid i = w->g->row[v]; i < w->g->row[v + 1]; i++) {
        const spil_vid u = w->g->col[i];
        if (!w->hot[u])
            continue;
        any = true;
        for (int k = 0; k < WORDS; k++)
            met.w[k] |= w->last[u].w[k];
    }
    for (int k = 0; any && k < WORDS; k++) {
        const uint64_t fresh = met.w[k] & ~w->seen[v].w[k];
        count += (unsigned)__builtin_popcountll(fresh);
        w->next[v].w[k] = fresh;
    }
    return count;
}

SPIL_LANES_INLINE bool complete(const line *seen, const line *all)
{
    uint64_t missing = 0;
    for (int k = 0; k < WORDS; k++)
        missing |= all->w[k] & ~seen->w[k];
    return missing == 0;
}

/* One level for vertices begin..end. reached: set when any was reached. */
SPIL_LANES_INLINE void strip_body(wave *w, spil_vid begin, spil_vid end, bool *reached)
{
    for (spil_vid v = begin; v < end; v++) {
        const unsigned count = complete(&w->seen[v], &w->all) ? 0 : reach(w, v);
        w->next_hot[v] = count > 0;
        if (count == 0)
            continue;
        for (int k = 0; k < WORDS; k++)
            w->seen[v].w[k] |= w->next[v].w[k];
        add_up(&w->sums, v, count, w->level);
        *reached = true;
    }
}

SPIL_LANES_VARIANTS(strip, (wave * w, spil_vid begin, spil_vid end, bool *reached),
                    (w, begin, end, reached), strip_body)

static bool one_level(wave *w)
{
    const spil_vid n = w->g->n, strips = n / STRIP + (n % STRIP != 0);
    bool any = false;
#pragma omp parallel for default(none) shared(w, n, strips) reduction(||                           \
                                                                      : any)                       \
    schedule(dynamic, 4) /* strips of reached vertices cost nothing, those with hubs much */
    for (spil_vid s = 0; s < strips; s++) {
        bool reached = false;
        strip(w, s * STRIP, s + 1 < strips ? (s + 1) * STRIP : n, &reached);
        any = any || reached;
    }
    return any;
}

static void swap_levels(wave *w)
{
    line *const lines = w->last;
    uint8_t *const flags = w->hot;
    w->last = w->next;
    w->next = lines;
    w->hot = w->next_hot;
    w->next_hot = flags;
}

static void start(wave *w, spil_vid first, spil_vid count)
{
    memset(w->seen, 0, (size_t)w->g->n * sizeof *w->seen);
    memset(w->hot, 0, w->g->n);
    memset(&w->all, 0, sizeof w->all);
    for (spil_vid i = 0; i < count; i++) {
        const uint64_t bit = UINT64_C(1) << (i % 64);
        w->seen[first + i].w[i / 64] = bit;
        w->last[first + i] = w->seen[first + i];
        w->hot[first + i] = 1;
        w->all.w[i / 64] |= bit;
    }
}

static spil_status run_batch(wave *w, spil_vid first, spil_vid count, spil_err *err)
{
    start(w, first, count);
    for (w->level = 1;; w->level++) {
        const spil_status rc = spil_check_stop(err);
        if (rc != SPIL_OK)
            return rc;
        if (!one_level(w))
            return SPIL_OK;
        swap_levels(w);
    }
}

static void clear(const spil_distance_sums *sums, spil_vid n)
{
    for (spil_vid v = 0; v < n; v++) {
        if (sums->harmonic)
            sums->harmonic[v] = 0;
        if (sums->farness)
            sums->farness[v] = 0;
        if (sums->eccentricity)
            sums->eccentricity[v] = 0;
    }
}

spil_status spil_distances_sum(const spil_csr *g, spil_progress *progress,
                               const spil_distance_sums *sums, spil_err *err)
{
    spil_status rc = SPIL_OK;
    wave w = {.g = g, .sums = *sums};
    TRY(NEW_ARRAY(w.seen, g->n, err));
    TRY(NEW_ARRAY(w.last, g->n, err));
    TRY(NEW_ARRAY(w.next, g->n, err));
    TRY(NEW_ARRAY(w.hot, g->n, err));
    TRY(NEW_ARRAY(w.next_hot, g->n, err));
    clear(sums, g->n);
    spil_progress_begin(progress, "distances", g->n);
    for (spil_vid first = 0; first < g->n;) {
        const spil_vid count = g->n - first < SOURCES ? g->n - first : SOURCES;
        TRY(run_batch(&w, first, count, err));
        spil_progress_step(progress, count);
        first += count;
    }
    spil_progress_end(progress);
done:
    spil_free(w.seen);
    spil_free(w.last);
    spil_free(w.next);
    spil_free(w.hot);
    spil_free(w.next_hot);
    return rc;
}
