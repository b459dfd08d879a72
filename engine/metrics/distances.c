/* distances.c - see distances.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/metrics/distances.h"

#include "engine/base/mem.h"
#include "engine/metrics/core_graph.h"
#include "engine/metrics/likeness.h"
#include "engine/metrics/wave.h"

#include <string.h>

enum { PLANES = 32 };

/* What a vertex of the core gathers, for itself and for a leaf on it (one step further away). */
typedef struct tally {
    double harmonic, leaf_harmonic;
    uint64_t farness, leaf_farness;
    uint32_t eccentricity;
} tally;

typedef struct gathering {
    tally *tallies;              /* n of the core */
    spil_line plane[PLANES];     /* bit b of the number of leaves that hang on each source */
    int planes[SPIL_WAVE_WORDS]; /* how many of them a word needs */
} gathering;

/* ---- one level ---- */

/* d away: the sources in fresh; d + 1 away: their leaves; one more for the leaves of v. */
SPIL_LANES_INLINE void add_up(spil_wave *w, void *context, spil_vid v, const spil_line *fresh)
{
    const gathering *const s = context;
    tally *const t = &s->tallies[v];
    const uint64_t d = w->level;
    uint64_t count = 0, leaves = 0;
    for (int k = 0; k < SPIL_WAVE_WORDS; k++) {
        count += (uint64_t)__builtin_popcountll(fresh->w[k]);
        for (int b = 0; b < s->planes[k]; b++)
            leaves += (uint64_t)__builtin_popcountll(fresh->w[k] & s->plane[b].w[k]) << b;
    }
    const double c = (double)count, l = (double)leaves, far = (double)d;
    t->harmonic += c / far + l / (far + 1);
    t->leaf_harmonic += c / (far + 1) + l / (far + 2);
    t->farness += count * d + leaves * (d + 1);
    t->leaf_farness += count * (d + 1) + leaves * (d + 2);
    if (t->eccentricity < d + (leaves > 0))
        t->eccentricity = (uint32_t)(d + (leaves > 0));
}

SPIL_LANES_INLINE void strip_body(spil_wave *w, void *context, spil_vid begin, spil_vid end,
                                  bool *reached)
{
    spil_wave_strip(w, context, begin, end, reached, add_up);
}

SPIL_LANES_VARIANTS(strip,
                    (spil_wave * w, void *context, spil_vid begin, spil_vid end, bool *reached),
                    (w, context, begin, end, reached), strip_body)

/* ---- one batch of sources ---- */

static void hang_leaves(gathering *s, const spil_part *part, const spil_vid *sources,
                        unsigned count)
{
    memset(s->plane, 0, sizeof s->plane);
    memset(s->planes, 0, sizeof s->planes);
    for (unsigned i = 0; i < count; i++) {
        const uint64_t leaves = (uint64_t)part->target[sources[i]];
        const unsigned k = i / 64;
        for (int b = 0; b < PLANES && leaves >> b; b++)
            if (leaves >> b & 1) {
                s->plane[b].w[k] |= UINT64_C(1) << (i % 64);
                s->planes[k] = s->planes[k] > b ? s->planes[k] : b + 1;
            }
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

static spil_status run_all(spil_wave *w, gathering *s, const spil_vid *sources,
                           spil_progress *progress, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_vid n = w->part->n;
    spil_progress_begin(progress, "distances", n);
    for (spil_vid first = 0; first < n;) {
        const unsigned count = n - first < SPIL_WAVE_SOURCES ? n - first : SPIL_WAVE_SOURCES;
        hang_leaves(s, w->part, sources + first, count);
        TRY(spil_wave_run(w, sources + first, count, strip, NULL, s, err));
        spil_progress_step(progress, count);
        first += count;
    }
    spil_progress_end(progress);
done:
    return rc;
}

spil_status spil_distances_sum(const spil_csr *g, spil_progress *progress,
                               const spil_distance_sums *wanted, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_wave w = {.part = NULL};
    gathering s = {.tallies = NULL};
    spil_core_graph *core = NULL;
    spil_vid *sources = NULL;
    TRY(spil_core_graph_new(&core, g, err));
    TRY(spil_wave_init(&w, &core->part, err));
    TRY(NEW_ARRAY(s.tallies, core->part.n, err));
    TRY(NEW_ARRAY(sources, core->part.n, err));
    for (spil_vid x = 0; x < core->part.n; x++)
        sources[x] = x;
    TRY(spil_likeness_sort(&core->part, sources, core->part.n, err));
    TRY(run_all(&w, &s, sources, progress, err));
    hand_out(core, s.tallies, g->n, wanted);
done:
    spil_wave_release(&w);
    spil_free(s.tallies);
    spil_core_graph_free(core);
    spil_free(sources);
    return rc;
}
