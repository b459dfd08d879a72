/* distances.c - see distances.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/metrics/distances.h"

#include "engine/base/mem.h"
#include "engine/metrics/core_graph.h"
#include "engine/metrics/lanes.h"
#include "engine/metrics/likeness.h"

#include <string.h>

enum { WORDS = 8, SOURCES = 64 * WORDS, PLANES = 32, STRIP = 256 };

typedef struct line {
    uint64_t w[WORDS];
} line;

/* What a vertex of the core gathers, for itself and for a leaf on it (one step further away). */
typedef struct tally {
    double harmonic, leaf_harmonic;
    uint64_t farness, leaf_farness;
    uint32_t eccentricity;
} tally;

typedef struct wave {
    const spil_part *part;
    tally *tallies;          /* n */
    line *seen;              /* n: sources that have reached the vertex */
    line *last, *next;       /* n: those that did so in the level before, and in this one */
    uint8_t *hot, *next_hot; /* n: whether last (next) has any bit; elsewhere it is stale */
    line all;                /* bits in use */
    line plane[PLANES];      /* bit b of the number of leaves that hang on each source */
    int planes[WORDS];       /* how many of them a word needs */
    uint32_t level;          /* 1, 2, ... */
} wave;

/* ---- one level ---- */

SPIL_LANES_INLINE bool complete(const line *seen, const line *all)
{
    uint64_t missing = 0;
    for (int k = 0; k < WORDS; k++)
        missing |= all->w[k] & ~seen->w[k];
    return missing == 0;
}

/* fresh: the sources that reach v in this level. Returns false when there is none. */
SPIL_LANES_INLINE bool reach(const wave *w, spil_vid v, line *fresh)
{
    line met = {{0}};
    uint64_t any = 0;
    for (spil_eid i = w->part->row[v]; i < w->part->row[v + 1]; i++) {
        const spil_vid u = w->part->col[i];
        if (w->hot[u])
            for (int k = 0; k < WORDS; k++)
                met.w[k] |= w->last[u].w[k];
    }
    for (int k = 0; k < WORDS; k++) {
        fresh->w[k] = met.w[k] & ~w->seen[v].w[k];
        any |= fresh->w[k];
    }
    return any != 0;
}

/* d away: the sources in fresh; d + 1 away: their leaves; one more for the leaves of v. */
SPIL_LANES_INLINE void add_up(const wave *w, const line *fresh, tally *t)
{
    const uint64_t d = w->level;
    uint64_t count = 0, leaves = 0;
    for (int k = 0; k < WORDS; k++) {
        count += (uint64_t)__builtin_popcountll(fresh->w[k]);
        for (int b = 0; b < w->planes[k]; b++)
            leaves += (uint64_t)__builtin_popcountll(fresh->w[k] & w->plane[b].w[k]) << b;
    }
    const double c = (double)count, l = (double)leaves, far = (double)d;
    t->harmonic += c / far + l / (far + 1);
    t->leaf_harmonic += c / (far + 1) + l / (far + 2);
    t->farness += count * d + leaves * (d + 1);
    t->leaf_farness += count * (d + 1) + leaves * (d + 2);
    if (t->eccentricity < d + (leaves > 0))
        t->eccentricity = (uint32_t)(d + (leaves > 0));
}

/* Vertices begin..end. reached: set when any was reached. */
SPIL_LANES_INLINE void strip_body(wave *w, spil_vid begin, spil_vid end, bool *reached)
{
    for (spil_vid v = begin; v < end; v++) {
        line fresh;
        w->next_hot[v] = 0;
        if (complete(&w->seen[v], &w->all) || !reach(w, v, &fresh))
            continue;
        w->next_hot[v] = 1;
        w->next[v] = fresh;
        for (int k = 0; k < WORDS; k++)
            w->seen[v].w[k] |= fresh.w[k];
        add_up(w, &fresh, &w->tallies[v]);
        *reached = true;
    }
}

SPIL_LANES_VARIANTS(strip, (wave * w, spil_vid begin, spil_vid end, bool *reached),
                    (w, begin, end, reached), strip_body)

static bool one_level(wave *w)
{
    const spil_vid n = w->part->n, strips = n / STRIP + (n % STRIP != 0);
    bool any = false;
#pragma omp parallel for default(none) shared(w, n, strips) reduction(||                           \
                                                                      : any) if (strips > 4)       \
    schedule(dynamic, 4) /* strips of complete vertices cost nothing, those with hubs much */
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

/* ---- one batch of sources ---- */

static void place_source(wave *w, spil_vid source, unsigned i)
{
    const uint64_t bit = UINT64_C(1) << (i % 64);
    const uint64_t leaves = (uint64_t)w->part->target[source];
    const unsigned k = i / 64;
    w->seen[source].w[k] = bit;
    w->last[source] = w->seen[source];
    w->hot[source] = 1;
    w->all.w[k] |= bit;
    for (int b = 0; b < PLANES && leaves >> b; b++)
        if (leaves >> b & 1) {
            w->plane[b].w[k] |= bit;
            w->planes[k] = w->planes[k] > b ? w->planes[k] : b + 1;
        }
}

static spil_status run_batch(wave *w, const spil_vid *sources, unsigned count, spil_err *err)
{
    memset(w->seen, 0, (size_t)w->part->n * sizeof *w->seen);
    memset(w->hot, 0, w->part->n);
    memset(&w->all, 0, sizeof w->all);
    memset(w->plane, 0, sizeof w->plane);
    memset(w->planes, 0, sizeof w->planes);
    for (unsigned i = 0; i < count; i++)
        place_source(w, sources[i], i);
    for (w->level = 1;; w->level++) {
        const spil_status rc = spil_check_stop(err);
        if (rc != SPIL_OK)
            return rc;
        if (!one_level(w))
            return SPIL_OK;
        swap_levels(w);
    }
}

/* ---- the sums of a vertex and of the leaves ---- */

static void hand_out(const spil_core_graph *core, const tally *tallies, spil_vid n,
                     const spil_distance_sums *sums)
{
    for (spil_vid v = 0; v < n; v++) {
        const spil_vid x = core->anchor[v];
        const tally *const t = &tallies[x];
        const double leaves = core->leaves[x];
        const bool leaf = spil_core_graph_is_leaf(core, v);
        if (sums->harmonic) /* a leaf: its anchor, and the other leaves there, two away */
            sums->harmonic[v] =
                leaf ? t->leaf_harmonic + 1 + (leaves - 1) / 2 : t->harmonic + leaves;
        if (sums->farness)
            sums->farness[v] = leaf ? t->leaf_farness + 1 + 2 * (uint64_t)(leaves - 1)
                                    : t->farness + (uint64_t)leaves;
        if (!sums->eccentricity)
            continue;
        const spil_vid near = leaves > leaf ? 1 + leaf : leaf;
        const spil_vid far = t->eccentricity ? t->eccentricity + leaf : 0;
        sums->eccentricity[v] = far > near ? far : near;
    }
}

static spil_status allocate(wave *w, spil_vid n, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(NEW_ARRAY(w->tallies, n, err));
    TRY(NEW_ARRAY(w->seen, n, err));
    TRY(NEW_ARRAY(w->last, n, err));
    TRY(NEW_ARRAY(w->next, n, err));
    TRY(NEW_ARRAY(w->hot, n, err));
    TRY(NEW_ARRAY(w->next_hot, n, err));
done:
    return rc;
}

static void release(wave *w)
{
    spil_free(w->tallies);
    spil_free(w->seen);
    spil_free(w->last);
    spil_free(w->next);
    spil_free(w->hot);
    spil_free(w->next_hot);
}

static spil_status run_all(wave *w, const spil_vid *sources, spil_progress *progress, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_vid n = w->part->n;
    spil_progress_begin(progress, "distances", n);
    for (spil_vid first = 0; first < n;) {
        const unsigned count = n - first < SOURCES ? n - first : SOURCES;
        TRY(run_batch(w, sources + first, count, err));
        spil_progress_step(progress, count);
        first += count;
    }
    spil_progress_end(progress);
done:
    return rc;
}

spil_status spil_distances_sum(const spil_csr *g, spil_progress *progress,
                               const spil_distance_sums *sums, spil_err *err)
{
    spil_status rc = SPIL_OK;
    wave w = {.part = NULL};
    spil_core_graph *core = NULL;
    spil_vid *sources = NULL;
    TRY(spil_core_graph_new(&core, g, err));
    w.part = &core->part;
    TRY(allocate(&w, core->part.n, err));
    TRY(NEW_ARRAY(sources, core->part.n, err));
    for (spil_vid x = 0; x < core->part.n; x++)
        sources[x] = x;
    TRY(spil_likeness_sort(&core->part, sources, core->part.n, err));
    TRY(run_all(&w, sources, progress, err));
    hand_out(core, w.tallies, g->n, sums);
done:
    release(&w);
    spil_core_graph_free(core);
    spil_free(sources);
    return rc;
}
