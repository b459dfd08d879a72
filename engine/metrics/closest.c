/* closest.c - see closest.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/metrics/closest.h"

#include "engine/base/mem.h"
#include "engine/base/par.h"

#include <string.h>

enum { PLANES = 32 };

typedef struct counters { /* of a thread, in this level; whole lines */
    uint64_t plane[PLANES];
} counters;

typedef struct closest {
    counters *counters; /* by thread */
    unsigned threads, count;
    double *harmonic;
} closest;

SPIL_LANES_INLINE void visit(spil_narrow_wave *w, void *context, spil_vid v, uint64_t fresh)
{
    const closest *const c = context;
    uint64_t *const plane = c->counters[spil_par_thread()].plane;
    (void)w, (void)v;
    for (int b = 0; fresh != 0 && b < PLANES; b++) {
        const uint64_t carry = plane[b] & fresh;
        plane[b] ^= fresh;
        fresh = carry;
    }
}

SPIL_LANES_INLINE spil_vid body(spil_narrow_wave *w, void *context, spil_vid begin, spil_vid end)
{
    return spil_narrow_wave_strip(w, context, begin, end, visit);
}

SPIL_LANES_RETURNING(spil_vid, strip,
                     (spil_narrow_wave * w, void *context, spil_vid begin, spil_vid end),
                     (w, context, begin, end), body)

static uint64_t counted(const uint64_t *plane, unsigned source)
{
    uint64_t count = 0;
    for (int b = 0; b < PLANES; b++)
        count |= (plane[b] >> source & 1) << b;
    return count;
}

static void after_level(const spil_narrow_wave *w, void *context)
{
    closest *const c = context;
    for (unsigned i = 0; i < c->count; i++) {
        uint64_t count = 0;
        for (unsigned t = 0; t < c->threads; t++)
            count += counted(c->counters[t].plane, i);
        c->harmonic[i] += (double)count / w->level;
    }
    memset(c->counters, 0, c->threads * sizeof *c->counters);
}

spil_status spil_closest_harmonic(spil_narrow_wave *w, const spil_vid *chosen, unsigned count,
                                  double *harmonic, spil_err *err)
{
    spil_status rc = SPIL_OK;
    closest c = {.threads = spil_par_threads()};
    TRY(NEW_ARRAY(c.counters, c.threads, err));
    for (unsigned first = 0; first < count; first += c.count) {
        const unsigned left = count - first;
        c.count = left < SPIL_NARROW_SOURCES ? left : SPIL_NARROW_SOURCES;
        c.harmonic = harmonic + first;
        memset(c.harmonic, 0, c.count * sizeof *c.harmonic);
        TRY(spil_narrow_wave_run(w, chosen + first, c.count, strip, after_level, &c, err));
    }
done:
    spil_free(c.counters);
    return rc;
}
