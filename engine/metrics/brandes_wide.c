/* brandes_wide.c - Brandes with path counts of any size. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A count is m * 2^e with 0.5 <= m < 1: a grid of 600 by 600 has some 10^360 shortest paths between
 * its corners, more than a double holds. Only ratios of counts enter a dependency, and those are
 * at most 1. One source at a time, in plain order: slow, rare, and easy to check.
 */
#include "engine/base/mem.h"
#include "engine/metrics/brandes.h"

#include <math.h>
#include <string.h>

typedef struct wide {
    double m; /* 0, or 0.5 <= m < 1 */
    int64_t e;
} wide;

static wide wide_add(wide a, wide b)
{
    if (a.m == 0 || b.m == 0)
        return a.m == 0 ? b : a;
    if (a.e < b.e)
        return wide_add(b, a);
    int shift = 0;
    const int64_t gap = a.e - b.e;
    const double sum = a.m + (gap > 100 ? 0 : ldexp(b.m, -(int)gap));
    const double m = frexp(sum, &shift);
    return (wide){m, a.e + shift};
}

/* a / b, which is at most 1 here; 0 when it is too small to matter. */
static double wide_ratio(wide a, wide b)
{
    const int64_t gap = a.e - b.e;
    return gap < -1000 ? 0 : ldexp(a.m / b.m, (int)gap);
}

typedef struct memory {
    spil_vid *queue, *distance;
    wide *paths;
    double *delta;
} memory;

static double copies_of(const spil_part *part, spil_vid v)
{
    return part->copies ? part->copies[v] : 1;
}

static wide wide_times(wide a, double factor)
{
    int shift = 0;
    const double m = frexp(a.m * factor, &shift);
    return (wide){m, a.e + shift};
}

/* paths: to each of the twins for which a vertex stands; from the source as one. */
static void search(const spil_part *part, memory *m, spil_vid source, spil_vid *reached)
{
    spil_vid end = 1;
    memset(m->distance, 0xff, (size_t)part->n * sizeof *m->distance);
    memset(m->paths, 0, (size_t)part->n * sizeof *m->paths);
    m->queue[0] = source;
    m->distance[source] = 0;
    m->paths[source] = (wide){0.5, 1};
    for (spil_vid at = 0; at < end; at++) {
        const spil_vid v = m->queue[at];
        const wide onwards = wide_times(m->paths[v], v == source ? 1 : copies_of(part, v));
        for (spil_eid i = part->row[v]; i < part->row[v + 1]; i++) {
            const spil_vid w = part->col[i];
            if (m->distance[w] == SPIL_NO_VERTEX) {
                m->distance[w] = m->distance[v] + 1;
                m->queue[end++] = w;
            }
            if (m->distance[w] == m->distance[v] + 1)
                m->paths[w] = wide_add(m->paths[w], onwards);
        }
    }
    *reached = end;
}

static void share(const spil_part *part, memory *m, spil_vid reached, double source, double *value)
{
    memset(m->delta, 0, (size_t)part->n * sizeof *m->delta);
    for (spil_vid at = reached; at-- > 1;) {
        const spil_vid w = m->queue[at];
        const double below = part->target[w] + copies_of(part, w) * m->delta[w];
        for (spil_eid i = part->row[w]; i < part->row[w + 1]; i++) {
            const spil_vid v = part->col[i];
            if (m->distance[v] + 1 == m->distance[w])
                m->delta[v] += wide_ratio(m->paths[v], m->paths[w]) * below;
        }
        value[w] += source * m->delta[w];
    }
}

spil_status spil_brandes_wide(const spil_part *part, const spil_vid *sources, unsigned count,
                              double *value, spil_err *err)
{
    spil_status rc = SPIL_OK;
    memory m = {NULL, NULL, NULL, NULL};
    TRY(NEW_ARRAY(m.queue, part->n, err));
    TRY(NEW_ARRAY(m.distance, part->n, err));
    TRY(NEW_ARRAY(m.paths, part->n, err));
    TRY(NEW_ARRAY(m.delta, part->n, err));
    memset(value, 0, (size_t)part->n * sizeof *value);
    for (unsigned k = 0; k < count; k++) {
        spil_vid reached = 0;
        TRY(spil_check_stop(err));
        search(part, &m, sources[k], &reached);
        share(part, &m, reached, part->source[sources[k]], value);
    }
done:
    spil_free(m.queue);
    spil_free(m.distance);
    spil_free(m.paths);
    spil_free(m.delta);
    return rc;
}
