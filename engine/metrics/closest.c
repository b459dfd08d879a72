/* closest.c - see closest.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/metrics/closest.h"

#include "engine/base/mem.h"
#include "engine/base/par.h"

#include <string.h>

enum { PLANES = 32 };

typedef struct counters { /* of a thread, in this level */
    spil_line own[PLANES], leaves[PLANES];
} counters;

typedef struct closest {
    counters *counters; /* by thread */
    unsigned threads, count;
    double *harmonic, *leaf;
} closest;

/* Adds 2^b to the counters of all that are in ones. */
SPIL_LANES_INLINE void count_up(spil_line *plane, int b, const spil_line *ones)
{
    spil_line carry = *ones;
    for (; b < PLANES; b++) {
        uint64_t more = 0;
        for (int k = 0; k < SPIL_WAVE_WORDS; k++) {
            const uint64_t both = plane[b].w[k] & carry.w[k];
            plane[b].w[k] ^= carry.w[k];
            carry.w[k] = both;
            more |= both;
        }
        if (more == 0)
            return;
    }
}

SPIL_LANES_INLINE void visit(spil_wave *w, void *context, spil_vid v, const spil_line *fresh)
{
    const closest *const c = context;
    counters *const mine = &c->counters[spil_par_thread()];
    const uint64_t leaves = (uint64_t)w->part->target[v];
    count_up(mine->own, 0, fresh);
    for (int b = 0; leaves >> b; b++)
        if (leaves >> b & 1)
            count_up(mine->leaves, b, fresh);
}

SPIL_LANES_INLINE void body(spil_wave *w, void *context, spil_vid begin, spil_vid end,
                            bool *reached)
{
    spil_wave_strip(w, context, begin, end, reached, visit);
}

SPIL_LANES_VARIANTS(strip,
                    (spil_wave * w, void *context, spil_vid begin, spil_vid end, bool *reached),
                    (w, context, begin, end, reached), body)

static uint64_t counted(const spil_line *plane, unsigned source)
{
    uint64_t count = 0;
    for (int b = 0; b < PLANES; b++)
        count |= (plane[b].w[source / 64] >> (source % 64) & 1) << b;
    return count;
}

/* A leaf on a source is a step further from everything, and as many leaves lie a step beyond. */
static void after_level(const spil_wave *w, void *context)
{
    closest *const c = context;
    const double d = w->level;
    for (unsigned i = 0; i < c->count; i++) {
        uint64_t own = 0, leaves = 0;
        for (unsigned t = 0; t < c->threads; t++) {
            own += counted(c->counters[t].own, i);
            leaves += counted(c->counters[t].leaves, i);
        }
        c->harmonic[i] += (double)own / d + (double)leaves / (d + 1);
        c->leaf[i] += (double)own / (d + 1) + (double)leaves / (d + 2);
    }
    memset(c->counters, 0, c->threads * sizeof *c->counters);
}

spil_status spil_closest_harmonic(spil_wave *w, const spil_vid *chosen, unsigned count,
                                  double *harmonic, double *leaf, spil_err *err)
{
    spil_status rc = SPIL_OK;
    closest c = {.threads = spil_par_threads(), .count = count, .harmonic = harmonic, .leaf = leaf};
    TRY(NEW_ARRAY(c.counters, c.threads, err));
    for (unsigned i = 0; i < count; i++) {
        const double leaves = w->part->target[chosen[i]];
        harmonic[i] = leaves;
        leaf[i] = 1 + (leaves - 1) / 2; /* the source itself, and the other leaves on it */
    }
    TRY(spil_wave_run(w, chosen, count, strip, after_level, &c, err));
done:
    spil_free(c.counters);
    return rc;
}
