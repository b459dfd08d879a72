/* random_path.c - see random_path.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/metrics/random_path.h"

#include "engine/base/mem.h"

#include <math.h>
#include <string.h>

/* Levels of the two sides are told apart by parity, so a hub's is neither's. */
static const uint32_t hub_level = UINT32_MAX;

/* Counts of a frontier that has grown beyond are halved so many times: only their ratios matter. */
enum { HALVINGS = 500 };

typedef struct mark { /* valid when stamp is the walker's, so nothing is cleared between paths */
    uint32_t stamp;
    uint32_t level; /* twice the distance from the side's end, plus the side */
    double paths;   /* from that end */
} mark;

typedef struct side {
    spil_vid *queue; /* all that this side has reached; the frontier is begin..end */
    spil_vid begin, end;
    uint32_t depth;
    uint64_t edges;  /* of the frontier */
    double most;     /* largest count of the frontier */
    unsigned scaled; /* how often its counts were halved HALVINGS times */
} side;

struct spil_walker {
    mark *marks;    /* n */
    uint64_t *seen; /* a bit a vertex that has a mark: small enough for the nearest cache */
    uint32_t stamp;
    spil_vid n;
    side sides[2];
    bool joined;
    spil_vid join[2];  /* ends of the joining edge drawn so far, by side */
    double join_paths; /* of all joining edges met so far */
    spil_vid *inner;   /* n */
};

spil_status spil_walker_new(spil_walker **out, spil_vid n, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_walker *w = NULL;
    TRY(NEW(w, err));
    w->n = n;
    TRY(NEW_ARRAY(w->marks, n, err));
    TRY(NEW_ARRAY(w->seen, (size_t)n / 64 + 1, err));
    TRY(NEW_ARRAY(w->sides[0].queue, n, err));
    TRY(NEW_ARRAY(w->sides[1].queue, n, err));
    TRY(NEW_ARRAY(w->inner, n, err));
    *out = w;
    w = NULL;
done:
    spil_walker_free(w);
    return rc;
}

void spil_walker_free(spil_walker *walker)
{
    if (!walker)
        return;
    spil_free(walker->marks);
    spil_free(walker->seen);
    spil_free(walker->sides[0].queue);
    spil_free(walker->sides[1].queue);
    spil_free(walker->inner);
    spil_free(walker);
}

/* ---- the search from both ends ---- */

static uint64_t degree(const spil_part *part, spil_vid v)
{
    return part->row[v + 1] - part->row[v];
}

static void flip(spil_walker *w, spil_vid v)
{
    w->seen[v / 64] ^= UINT64_C(1) << (v % 64);
}

static bool is_seen(const spil_walker *w, spil_vid v)
{
    return w->seen[v / 64] >> (v % 64) & 1;
}

static void start_side(spil_walker *w, const spil_part *part, unsigned which, spil_vid v)
{
    side *const s = &w->sides[which];
    s->queue[0] = v;
    s->begin = 0;
    s->end = 1;
    s->depth = 0;
    s->edges = degree(part, v);
    s->most = 1;
    s->scaled = 0;
    w->marks[v] = (mark){w->stamp, which, 1};
    flip(w, v);
}

static void start(spil_walker *w, const spil_part *part, const spil_hubs *hubs, spil_vid s,
                  spil_vid t)
{
    if (++w->stamp == 0) { /* once in four thousand million paths */
        memset(w->marks, 0, (size_t)w->n * sizeof *w->marks);
        w->stamp = 1;
    }
    for (unsigned i = 0; hubs && i < hubs->count; i++)
        w->marks[hubs->vertex[i]] = (mark){w->stamp, hub_level, 0};
    start_side(w, part, 0, s);
    start_side(w, part, 1, t);
    w->join_paths = 0;
    w->joined = false;
}

/* Keeps each joining edge with the chance its paths have among those of all met: a draw of one from
 * a stream whose total is not known yet. */
static void meet(spil_walker *w, unsigned which, spil_vid near, spil_vid far, spil_rng *rng)
{
    const double paths = w->marks[near].paths * w->marks[far].paths;
    w->join_paths += paths;
    if (spil_rng_unit(rng) * w->join_paths < paths || !w->joined) {
        w->join[which] = near;
        w->join[1 - which] = far;
        w->joined = true;
    }
}

static void scale_frontier(spil_walker *w, side *s)
{
    for (spil_vid i = s->begin; i < s->end; i++)
        w->marks[s->queue[i]].paths = ldexp(w->marks[s->queue[i]].paths, -HALVINGS);
    s->scaled++;
    s->most = ldexp(s->most, -HALVINGS);
}

/* One more level on one side. Counts above 2^500 are scaled first, so that neither a product of two
 * nor a sum over a row overflows. */
static void advance(spil_walker *w, const spil_part *part, unsigned which, spil_rng *rng)
{
    side *const s = &w->sides[which];
    const uint32_t here = 2 * ++s->depth + which;
    const spil_vid stop = s->end;
    double most = 0;
    uint64_t edges = 0;
    if (s->most > ldexp(1, HALVINGS))
        scale_frontier(w, s);
    for (; s->begin < stop; s->begin++) {
        const spil_vid u = s->queue[s->begin];
        const double paths = w->marks[u].paths;
        for (spil_eid i = part->row[u]; i < part->row[u + 1]; i++) {
            const spil_vid v = part->col[i];
            mark *const m = &w->marks[v];
            if (m->stamp != w->stamp) {
                *m = (mark){w->stamp, here, paths};
                s->queue[s->end++] = v;
                flip(w, v);
                edges += degree(part, v);
            } else if (m->level == here) {
                m->paths += paths;
                most = m->paths > most ? m->paths : most;
            } else if ((m->level & 1) != which && m->level != hub_level) {
                meet(w, which, u, v, rng);
            }
        }
    }
    s->most = most > s->most ? most : s->most;
    s->edges = edges;
}

/* The last level there can be: what is new need not be kept, so most neighbours cost one bit. */
static void advance_last(spil_walker *w, const spil_part *part, unsigned which, spil_rng *rng)
{
    side *const s = &w->sides[which];
    s->depth++;
    if (s->most > ldexp(1, HALVINGS))
        scale_frontier(w, s);
    for (; s->begin < s->end; s->begin++) {
        const spil_vid u = s->queue[s->begin];
        for (spil_eid i = part->row[u]; i < part->row[u + 1]; i++)
            if (is_seen(w, part->col[i]) && (w->marks[part->col[i]].level & 1) != which)
                meet(w, which, u, part->col[i], rng);
    }
}

static void forget(spil_walker *w)
{
    for (unsigned which = 0; which < 2; which++)
        for (spil_vid i = 0; i < w->sides[which].end; i++)
            w->seen[w->sides[which].queue[i] / 64] = 0;
}

/* Looks for paths of at most so many edges that hold no hub. */
static void search(spil_walker *w, const spil_part *part, uint32_t most, spil_rng *rng)
{
    const side *const a = &w->sides[0], *const b = &w->sides[1];
    while (!w->joined && a->depth + b->depth + 1 < most && a->begin < a->end && b->begin < b->end)
        advance(w, part, b->edges < a->edges, rng);
    if (!w->joined && a->depth + b->depth + 1 == most)
        advance_last(w, part, b->edges < a->edges, rng);
    forget(w);
}

/* What the counts towards v add up to; a frontier that was scaled differs from its successors. */
static double paths_into(const spil_walker *w, const spil_part *part, spil_vid v)
{
    const uint32_t before = w->marks[v].level - 2;
    double sum = 0;
    if (!w->sides[w->marks[v].level & 1].scaled)
        return w->marks[v].paths;
    for (spil_eid i = part->row[v]; i < part->row[v + 1]; i++) {
        const mark *const m = &w->marks[part->col[i]];
        if (m->stamp == w->stamp && m->level == before)
            sum += m->paths;
    }
    return sum;
}

/* From v back to the end of its side; the vertices passed, v included, the end not. */
static spil_vid walk_back(spil_walker *w, const spil_part *part, spil_vid v, spil_rng *rng,
                          spil_vid count)
{
    while (w->marks[v].level > 1) {
        const uint32_t before = w->marks[v].level - 2;
        double left = spil_rng_unit(rng) * paths_into(w, part, v);
        spil_vid to = SPIL_NO_VERTEX;
        w->inner[count++] = v;
        for (spil_eid i = part->row[v]; i < part->row[v + 1] && left >= 0; i++) {
            const mark *const m = &w->marks[part->col[i]];
            if (m->stamp == w->stamp && m->level == before) {
                to = part->col[i]; /* the last one stays when rounding leaves a rest */
                left -= m->paths;
            }
        }
        v = to;
    }
    return count;
}

/* ---- by way of a hub ---- */

typedef struct crossing {
    uint32_t length;         /* of the shortest s-t path that holds a hub; UINT32_MAX: no hubs */
    double paths;            /* that many of them */
    double until[SPIL_HUBS]; /* running sum by hub */
} crossing;

static crossing cross(const spil_hubs *hubs, spil_vid s, spil_vid t)
{
    crossing x = {.length = UINT32_MAX};
    if (!hubs)
        return x;
    const uint8_t *const ds = hubs->distance + (size_t)s * SPIL_HUBS;
    const uint8_t *const dt = hubs->distance + (size_t)t * SPIL_HUBS;
    const float *const fs = hubs->paths + (size_t)s * SPIL_HUBS;
    const float *const ft = hubs->paths + (size_t)t * SPIL_HUBS;
    for (unsigned i = 0; i < hubs->count; i++) {
        const uint32_t length = (uint32_t)ds[i] + dt[i];
        x.length = length < x.length ? length : x.length;
    }
    for (unsigned i = 0; i < hubs->count; i++) {
        if ((uint32_t)ds[i] + dt[i] == x.length)
            x.paths += (double)fs[i] * (double)ft[i];
        x.until[i] = x.paths;
    }
    return x;
}

/* From v to hub number i, each of the counted paths alike; v itself is not among those passed. */
static spil_vid walk_to_hub(spil_walker *w, const spil_part *part, const spil_hubs *hubs,
                            unsigned i, spil_vid v, spil_rng *rng, spil_vid count)
{
    const uint8_t *const d = hubs->distance + i;
    const float *const f = hubs->paths + i;
    for (uint32_t left = d[(size_t)v * SPIL_HUBS]; left > 1; left--) {
        double rest = spil_rng_unit(rng) * (double)f[(size_t)v * SPIL_HUBS];
        spil_vid to = SPIL_NO_VERTEX;
        for (spil_eid e = part->row[v]; e < part->row[v + 1] && rest >= 0; e++) {
            const size_t u = (size_t)part->col[e] * SPIL_HUBS;
            if (d[u] == left - 1 && f[u] > 0) {
                to = part->col[e]; /* the last one stays when rounding leaves a rest */
                rest -= (double)f[u];
            }
        }
        w->inner[count++] = v = to;
    }
    return count;
}

static spil_vid path_by_hub(spil_walker *w, const spil_part *part, const spil_hubs *hubs,
                            const crossing *x, const spil_vid end[2], spil_rng *rng)
{
    const double at = spil_rng_unit(rng) * x->paths;
    unsigned i = 0;
    spil_vid count = 0;
    while (i + 1 < hubs->count && x->until[i] <= at)
        i++;
    for (unsigned which = 0; which < 2; which++)
        count = walk_to_hub(w, part, hubs, i, end[which], rng, count);
    if (hubs->vertex[i] != end[0] && hubs->vertex[i] != end[1])
        w->inner[count++] = hubs->vertex[i];
    return count;
}

/* ---- the whole ---- */

static bool is_hub(const spil_hubs *hubs, spil_vid v)
{
    for (unsigned i = 0; hubs && i < hubs->count; i++)
        if (hubs->vertex[i] == v)
            return true;
    return false;
}

/* Does the path to draw hold a hub? */
static bool draw_hub(const spil_walker *w, const crossing *x, spil_rng *rng)
{
    const uint32_t length = w->sides[0].depth + w->sides[1].depth;
    if (!w->joined)
        return true;
    if (length < x->length)
        return false;
    const int scaled = (int)(w->sides[0].scaled + w->sides[1].scaled);
    const double without = ldexp(w->join_paths, HALVINGS * (scaled < 9 ? scaled : 9));
    return spil_rng_unit(rng) * (x->paths + without) < x->paths;
}

spil_vid spil_random_path(spil_walker *walker, const spil_part *part, const spil_hubs *hubs,
                          spil_vid s, spil_vid t, spil_rng *rng, const spil_vid **inner)
{
    spil_walker *const w = walker;
    const spil_vid end[2] = {s, t};
    hubs = hubs && hubs->count > 0 ? hubs : NULL;
    const crossing x = cross(hubs, s, t);
    *inner = w->inner;
    if (is_hub(hubs, s) || is_hub(hubs, t))
        return path_by_hub(w, part, hubs, &x, end, rng);
    start(w, part, hubs, s, t);
    search(w, part, x.length, rng);
    if (draw_hub(w, &x, rng))
        return path_by_hub(w, part, hubs, &x, end, rng);
    const spil_vid half = walk_back(w, part, w->join[0], rng, 0);
    return walk_back(w, part, w->join[1], rng, half);
}
