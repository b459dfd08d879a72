/* brandes.c - see brandes.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/metrics/brandes.h"

#include "engine/base/mem.h"
#include "engine/metrics/lanes.h"

#include <math.h>
#include <string.h>

enum {
    LANES = SPIL_BRANDES_LANES,
    WIDTH = 4,
    VECTORS = LANES / WIDTH,
    HITS = 64,
    PULL_FACTOR = 4, /* a frontier's edges are looked at twice, and it is cheap to guess high */
    LEAST_ROOM = 64  /* rows: enough bytes for spil_alloc to align them */
};

typedef double vec __attribute__((vector_size(WIDTH * sizeof(double))));
typedef int64_t bits __attribute__((vector_size(WIDTH * sizeof(int64_t))));

typedef struct row {
    vec v[VECTORS];
} row;

typedef struct spot { /* where a vertex stands in the level that is looked at */
    uint32_t mask;    /* lanes; 0: not there */
    uint32_t slot;    /* its entry */
} spot;

typedef struct entry {
    spil_vid vertex;
    uint32_t mask;
} entry;

struct spil_brandes {
    uint32_t *seen; /* n: lanes that have reached the vertex */
    uint32_t *next; /* n: lanes that reach it at the coming level; 0 between levels */
    spot *spots;    /* n */
    spil_vid *open; /* n: vertices that some lane has not reached yet */
    spil_vid open_count;
    uint64_t open_edges;
    uint32_t all;    /* lanes in use */
    entry *entries;  /* entry_room; levels one after the other */
    row *rows;       /* row_room: paths forwards, then c backwards */
    uint32_t *level; /* level_room: first entry of each level */
    size_t entry_room, level_room;
};

spil_status spil_brandes_new(spil_brandes **out, spil_vid n, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_brandes *b = NULL;
    TRY(NEW(b, err));
    TRY(NEW_ARRAY(b->seen, n, err));
    TRY(NEW_ARRAY(b->next, n, err));
    TRY(NEW_ARRAY(b->spots, n, err));
    TRY(NEW_ARRAY(b->open, n, err));
    *out = b;
    b = NULL;
done:
    spil_brandes_free(b);
    return rc;
}

void spil_brandes_free(spil_brandes *b)
{
    if (!b)
        return;
    spil_free(b->seen);
    spil_free(b->next);
    spil_free(b->spots);
    spil_free(b->open);
    spil_free(b->entries);
    spil_free(b->rows);
    spil_free(b->level);
    spil_free(b);
}

/* ---- room ---- */

static spil_status entry_room(spil_brandes *b, size_t needed, spil_err *err)
{
    spil_status rc = SPIL_OK;
    if (needed <= b->entry_room)
        return SPIL_OK;
    const size_t room = needed + needed / 2 + LEAST_ROOM;
    row *rows = NULL;
    TRY(RESIZE_ARRAY(b->entries, room, err));
    TRY(NEW_ARRAY(rows, room, err)); /* not resized: rows want their alignment kept */
    if (b->entry_room)
        memcpy(rows, b->rows, b->entry_room * sizeof *rows);
    spil_free(b->rows);
    b->rows = rows;
    b->entry_room = room;
done:
    return rc;
}

static spil_status level_room(spil_brandes *b, size_t needed, spil_err *err)
{
    spil_status rc = SPIL_OK;
    if (needed <= b->level_room)
        return SPIL_OK;
    TRY(RESIZE_ARRAY(b->level, needed * 2, err));
    b->level_room = needed * 2;
done:
    return rc;
}

/* ---- the one operation ---- */

/* sum: of the rows of v's neighbours that are in the level of spots in a wanted lane. Returns the
 * wanted lanes met. First the hits are listed, without a branch to guess wrong, then added. */
SPIL_LANES_INLINE uint32_t gather(const spil_part *part, const spot *spots, const row *rows,
                                  spil_vid v, uint32_t wanted, row *sum)
{
    vec s[VECTORS] = {{0}};
    uint32_t hit[HITS], met = 0;
    const spil_vid *at = part->col + part->row[v], *const end = part->col + part->row[v + 1];
    while (at < end) {
        const spil_vid *const stop = end - at > HITS ? at + HITS : end;
        unsigned hits = 0;
        for (; at < stop; at++) {
            const spot near = spots[*at];
            const uint32_t common = near.mask & wanted;
            hit[hits] = near.slot;
            hits += common != 0;
            met |= common;
        }
        for (unsigned i = 0; i < hits; i++)
            for (int k = 0; k < VECTORS; k++)
                s[k] += rows[hit[i]].v[k];
    }
    for (int k = 0; k < VECTORS; k++)
        sum->v[k] = s[k];
    return met;
}

/* ---- forwards: count paths ---- */

/* How many twins of v send paths on. */
SPIL_LANES_INLINE double copies_of(const spil_part *part, spil_vid v)
{
    return part->copies ? part->copies[v] : 1;
}

/* Other lanes have picked up rubbish from neighbours on their way: out with it. */
SPIL_LANES_INLINE void clear_others(row *r, uint32_t mask, double copies)
{
    for (int k = 0; k < VECTORS; k++) {
        const int64_t m = (int64_t)(mask >> (WIDTH * k));
        const bits mine = {m & 1, m >> 1 & 1, m >> 2 & 1, m >> 3 & 1};
        r->v[k] = (vec)((bits)(r->v[k] * copies) & -mine);
    }
}

/* Push: the entries begin..end are known, with their masks. */
SPIL_LANES_INLINE void count_paths(const spil_part *part, spil_brandes *b, uint32_t begin,
                                   uint32_t end)
{
    for (uint32_t e = begin; e < end; e++) {
        const entry x = b->entries[e];
        (void)gather(part, b->spots, b->rows, x.vertex, x.mask, &b->rows[e]);
        clear_others(&b->rows[e], x.mask, copies_of(part, x.vertex));
    }
}

/* Pull: every vertex that still misses a lane looks at its neighbours; entries from *end on. */
SPIL_LANES_INLINE void find_and_count(const spil_part *part, spil_brandes *b, uint32_t *end)
{
    uint32_t last = *end;
    for (spil_vid i = 0; i < b->open_count; i++) {
        const spil_vid v = b->open[i];
        const uint32_t mask =
            gather(part, b->spots, b->rows, v, b->all & ~b->seen[v], &b->rows[last]);
        if (mask) {
            clear_others(&b->rows[last], mask, copies_of(part, v));
            b->entries[last++] = (entry){v, mask};
        }
    }
    *end = last;
}

/* ---- backwards: share dependencies ---- */

SPIL_LANES_INLINE double across(const row *r)
{
    vec s = r->v[0];
    for (int k = 1; k < VECTORS; k++)
        s += r->v[k];
    return (s[0] + s[2]) + (s[1] + s[3]);
}

SPIL_LANES_INLINE void share(const spil_part *part, spil_brandes *b, uint32_t begin, uint32_t end,
                             const row *source, double *value)
{
    const vec zero = {0};
    for (uint32_t e = begin; e < end; e++) {
        const entry x = b->entries[e];
        const double target = part->target[x.vertex], copies = copies_of(part, x.vertex);
        row sum, delta;
        (void)gather(part, b->spots, b->rows, x.vertex, x.mask, &sum);
        for (int k = 0; k < VECTORS; k++) {
            const vec paths = b->rows[e].v[k];
            const vec c = (target / paths + sum.v[k]) * copies;
            delta.v[k] = paths * sum.v[k] * source->v[k];
            b->rows[e].v[k] = (vec)((bits)c & (paths != zero));
        }
        value[x.vertex] += across(&delta) / copies;
    }
}

SPIL_LANES_VARIANTS(count_level,
                    (const spil_part *part, spil_brandes *b, uint32_t begin, uint32_t end),
                    (part, b, begin, end), count_paths)
SPIL_LANES_VARIANTS(pull_level, (const spil_part *part, spil_brandes *b, uint32_t *end),
                    (part, b, end), find_and_count)
SPIL_LANES_VARIANTS(share_level,
                    (const spil_part *part, spil_brandes *b, uint32_t begin, uint32_t end,
                     const row *source, double *value),
                    (part, b, begin, end, source, value), share)

/* ---- levels ---- */

static void place_level(spil_brandes *b, uint32_t begin, uint32_t end)
{
    for (uint32_t e = begin; e < end; e++)
        b->spots[b->entries[e].vertex] = (spot){b->entries[e].mask, e};
}

static void lift_level(spil_brandes *b, uint32_t begin, uint32_t end)
{
    for (uint32_t e = begin; e < end; e++)
        b->spots[b->entries[e].vertex].mask = 0;
}

/* Appends the entries one level beyond begin..end. Returns the new end. entries has room for n. */
static uint32_t discover(const spil_part *part, spil_brandes *b, uint32_t begin, uint32_t end)
{
    uint32_t last = end;
    for (uint32_t e = begin; e < end; e++) {
        const entry x = b->entries[e];
        for (spil_eid i = part->row[x.vertex]; i < part->row[x.vertex + 1]; i++) {
            const spil_vid u = part->col[i];
            const uint32_t fresh = x.mask & ~b->seen[u];
            if (fresh) {
                if (!b->next[u])
                    b->entries[last++].vertex = u;
                b->next[u] |= fresh;
            }
        }
    }
    for (uint32_t e = end; e < last; e++) {
        entry *const x = &b->entries[e];
        x->mask = b->next[x->vertex];
        b->next[x->vertex] = 0;
    }
    return last;
}

/* Marks the entries as seen. Returns the number of their edges. */
static uint64_t see_level(const spil_part *part, spil_brandes *b, uint32_t begin, uint32_t end)
{
    uint64_t edges = 0;
    for (uint32_t e = begin; e < end; e++) {
        const entry x = b->entries[e];
        b->seen[x.vertex] |= x.mask;
        edges += part->row[x.vertex + 1] - part->row[x.vertex];
    }
    return edges;
}

static void close_open(const spil_part *part, spil_brandes *b)
{
    spil_vid kept = 0;
    b->open_edges = 0;
    for (spil_vid i = 0; i < b->open_count; i++) {
        const spil_vid v = b->open[i];
        if (b->seen[v] == b->all)
            continue;
        b->open[kept++] = v;
        b->open_edges += part->row[v + 1] - part->row[v];
    }
    b->open_count = kept;
}

static void start(const spil_part *part, spil_brandes *b, const spil_vid *sources, unsigned count,
                  row *source)
{
    memset(b->seen, 0, (size_t)part->n * sizeof *b->seen);
    *source = (row){0};
    b->all = count < 32 ? (1U << count) - 1 : UINT32_MAX;
    for (spil_vid v = 0; v < part->n; v++)
        b->open[v] = v;
    b->open_count = part->n;
    b->open_edges = part->row[part->n];
    for (unsigned lane = 0; lane < count; lane++) {
        const spil_vid s = sources[lane];
        b->entries[lane] = (entry){s, 1U << lane};
        b->seen[s] |= 1U << lane;
        b->rows[lane] = (row){0};
        b->rows[lane].v[lane / WIDTH][lane % WIDTH] = 1;
        source->v[lane / WIDTH][lane % WIDTH] = part->source[s];
    }
    b->level[0] = 0;
    b->level[1] = count;
}

static bool all_finite(const double *value, spil_vid n)
{
    double sum = 0; /* values are >= 0, so nothing cancels */
    for (spil_vid v = 0; v < n; v++)
        sum += value[v];
    return isfinite(sum);
}

/* levels: set; level l is entries level[l]..level[l + 1]. */
static spil_status forwards(spil_brandes *b, const spil_part *part, size_t *levels, spil_err *err)
{
    spil_status rc = SPIL_OK;
    uint64_t edges = see_level(part, b, 0, b->level[1]);
    for (size_t l = 1;; l++) {
        const uint32_t begin = b->level[l - 1], end = b->level[l];
        uint32_t last = end;
        TRY(entry_room(b, (size_t)end + part->n, err));
        TRY(level_room(b, l + 2, err));
        place_level(b, begin, end);
        if (PULL_FACTOR * edges > b->open_edges) {
            close_open(part, b);
            pull_level(part, b, &last);
        } else {
            last = discover(part, b, begin, end);
            count_level(part, b, end, last);
        }
        lift_level(b, begin, end);
        edges = see_level(part, b, end, last);
        b->level[l + 1] = last;
        *levels = l;
        if (last == end)
            break;
    }
done:
    return rc;
}

/* Level 0 holds the sources, on which they do not depend. */
static void backwards(spil_brandes *b, const spil_part *part, size_t levels, const row *source,
                      double *value)
{
    for (size_t l = levels - 1; l > 0; l--) {
        share_level(part, b, b->level[l], b->level[l + 1], source, value);
        lift_level(b, b->level[l + 1], b->level[l + 1 < levels ? l + 2 : l + 1]);
        place_level(b, b->level[l], b->level[l + 1]);
    }
    if (levels > 1)
        lift_level(b, b->level[1], b->level[2]);
}

spil_status spil_brandes_batch(spil_brandes *b, const spil_part *part, const spil_vid *sources,
                               unsigned count, double *value, spil_err *err)
{
    spil_status rc = SPIL_OK;
    size_t levels = 1;
    row source;
    TRY(entry_room(b, (size_t)count + part->n, err));
    TRY(level_room(b, 3, err));
    memset(value, 0, (size_t)part->n * sizeof *value);
    start(part, b, sources, count, &source);
    TRY(forwards(b, part, &levels, err));
    backwards(b, part, levels, &source, value);
    if (!all_finite(value, part->n))
        TRY(spil_brandes_wide(part, sources, count, value, err));
done:
    return rc;
}
