/* wave.c - see wave.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/metrics/wave.h"

#include "engine/base/mem.h"
#include "engine/base/progress.h"

#include <string.h>

enum { STRIP = 256 };

spil_status spil_wave_init(spil_wave *w, const spil_part *part, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_vid n = part->n;
    *w = (spil_wave){.part = part};
    TRY(NEW_ARRAY(w->seen, n, err));
    TRY(NEW_ARRAY(w->last, n, err));
    TRY(NEW_ARRAY(w->next, n, err));
    TRY(NEW_ARRAY(w->hot, n, err));
    TRY(NEW_ARRAY(w->next_hot, n, err));
done:
    if (rc != SPIL_OK)
        spil_wave_release(w);
    return rc;
}

void spil_wave_release(spil_wave *w)
{
    spil_free(w->seen);
    spil_free(w->last);
    spil_free(w->next);
    spil_free(w->hot);
    spil_free(w->next_hot);
    *w = (spil_wave){.part = NULL};
}

static bool one_level(spil_wave *w, spil_wave_work *work, void *context)
{
    const spil_vid n = w->part->n, strips = n / STRIP + (n % STRIP != 0);
    bool any = false;
#pragma omp parallel for default(none) shared(w, n, strips, work, context)                         \
    reduction(||                                                                                   \
              : any) if (strips > 4)                                                               \
        schedule(dynamic, 4) /* strips of complete vertices cost nothing, those with hubs much */
    for (spil_vid s = 0; s < strips; s++) {
        bool reached = false;
        work(w, context, s * STRIP, s + 1 < strips ? (s + 1) * STRIP : n, &reached);
        any = any || reached;
    }
    return any;
}

static void swap_levels(spil_wave *w)
{
    spil_line *const lines = w->last;
    uint8_t *const flags = w->hot;
    w->last = w->next;
    w->next = lines;
    w->hot = w->next_hot;
    w->next_hot = flags;
}

static void place_sources(spil_wave *w, const spil_vid *sources, unsigned count)
{
    memset(w->seen, 0, (size_t)w->part->n * sizeof *w->seen);
    memset(w->hot, 0, w->part->n);
    memset(&w->all, 0, sizeof w->all);
    for (unsigned i = 0; i < count; i++) {
        const uint64_t bit = UINT64_C(1) << (i % 64);
        w->seen[sources[i]].w[i / 64] |= bit;
        w->last[sources[i]] = w->seen[sources[i]];
        w->hot[sources[i]] = 1;
        w->all.w[i / 64] |= bit;
    }
}

spil_status spil_wave_run(spil_wave *w, const spil_vid *sources, unsigned count,
                          spil_wave_work *work, void (*after)(const spil_wave *w, void *context),
                          void *context, spil_err *err)
{
    place_sources(w, sources, count);
    for (w->level = 1;; w->level++) {
        const spil_status rc = spil_check_stop(err);
        if (rc != SPIL_OK)
            return rc;
        if (!one_level(w, work, context))
            return SPIL_OK;
        if (after)
            after(w, context);
        swap_levels(w);
    }
}
