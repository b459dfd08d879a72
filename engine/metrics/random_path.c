/* random_path.c - see random_path.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/metrics/random_path.h"

#include "engine/base/mem.h"

#include <math.h>
#include <string.h>

/* Counts of a frontier that has grown beyond are halved so many times: only their ratios matter. */
enum { HALVINGS = 500, FIRST_SLOTS = 4096, AHEAD = 16, FEW_AHEAD = 4 };

typedef struct mark { /* of a vertex that a search has reached */
    spil_vid vertex;
    uint32_t level; /* twice the distance from the side's end, plus the side */
    double paths;   /* from that end */
} mark;

typedef struct side {
    spil_vid begin, end; /* its frontier: marks, one after another, since a level is made at once */
    uint32_t depth;
    uint64_t edges;  /* of the frontier */
    double most;     /* largest count of the frontier */
    unsigned scaled; /* how often its counts were halved HALVINGS times */
} side;

/* A search reaches few of the vertices, so its marks lie one after another as they are made, and a
 * table that holds no more than they need finds them: all stays in the nearest caches. */
struct spil_walker {
    spil_vid n;
    mark *marks; /* n reserved */
    spil_vid count;
    uint32_t
        *slots; /* by hash, 1 + the number of a mark; at least 2 n reserved, slot_count in use */
    uint32_t slot_count, most_slots; /* powers of two; at most half of slot_count are taken */
    uint64_t *seen; /* a bit a vertex that has a mark: most are asked for in vain */
    side sides[2];
    bool joined;
    spil_vid join[2];  /* ends of the joining edge drawn so far, by side: marks */
    double join_paths; /* of all joining edges met so far */
    spil_vid *inner;   /* n + 2 * SPIL_HUB_FAR reserved */
};

spil_status spil_walker_new(spil_walker **out, spil_vid n, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_walker *w = NULL;
    TRY(NEW(w, err));
    w->n = n;
    w->slot_count = w->most_slots = FIRST_SLOTS;
    while (w->most_slots / 2 < n && w->most_slots <= UINT32_MAX / 2)
        w->most_slots *= 2;
    TRY(RESERVE_ARRAY(w->marks, n, err));
    TRY(RESERVE_ARRAY(w->slots, w->most_slots, err));
    TRY(RESERVE_ARRAY(w->inner, (size_t)n + 2 * SPIL_HUB_FAR, err));
    TRY(NEW_ARRAY(w->seen, (size_t)n / 64 + 1, err));
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
    spil_free(walker->slots);
    spil_free(walker->inner);
    spil_free(walker->seen);
    spil_free(walker);
}

/* ---- marks ---- */

static bool is_seen(const spil_walker *w, spil_vid v)
{
    return w->seen[v / 64] >> (v % 64) & 1;
}

static uint32_t slot_of(const spil_walker *w, spil_vid v)
{
    return (uint32_t)(v * UINT64_C(0x9E3779B97F4A7C15) >> 32) & (w->slot_count - 1);
}

static void put_in_slot(spil_walker *w, spil_vid number)
{
    uint32_t at = slot_of(w, w->marks[number].vertex);
    while (w->slots[at] != 0)
        at = (at + 1) & (w->slot_count - 1);
    w->slots[at] = number + 1;
}

/* Number of the mark of a vertex that is seen. */
static spil_vid find(const spil_walker *w, spil_vid v)
{
    uint32_t at = slot_of(w, v);
    while (w->marks[w->slots[at] - 1].vertex != v)
        at = (at + 1) & (w->slot_count - 1);
    return w->slots[at] - 1;
}

static void add_mark(spil_walker *w, spil_vid v, uint32_t level, double paths)
{
    if (w->count >= w->slot_count / 2 && w->slot_count < w->most_slots) {
        memset(w->slots, 0, w->slot_count * sizeof *w->slots);
        w->slot_count *= 2;
        for (spil_vid i = 0; i < w->count; i++)
            put_in_slot(w, i);
    }
    w->marks[w->count] = (mark){v, level, paths};
    w->seen[v / 64] |= UINT64_C(1) << (v % 64);
    put_in_slot(w, w->count++);
}

/* Back to no marks, at a cost of those there were. */
static void forget(spil_walker *w)
{
    for (spil_vid i = 0; i < w->count; i++)
        w->seen[w->marks[i].vertex / 64] = 0;
    memset(w->slots, 0, w->slot_count * sizeof *w->slots);
    w->slot_count = FIRST_SLOTS;
    w->count = 0;
}

/* ---- the search from both ends ---- */

static void start_side(spil_walker *w, const spil_csr *g, unsigned which, spil_vid v)
{
    w->sides[which] = (side){which, which + 1, 0, spil_degree(g, v), 1, 0};
    add_mark(w, v, which, 1);
}

static void start(spil_walker *w, const spil_csr *g, spil_vid s, spil_vid t)
{
    start_side(w, g, 0, s);
    start_side(w, g, 1, t);
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

/* Counts above 2^500 are scaled before a level, so that neither a product of two nor a sum over a
 * row overflows. */
static void keep_in_range(spil_walker *w, side *s)
{
    if (!(s->most > ldexp(1, HALVINGS)))
        return;
    for (spil_vid i = s->begin; i < s->end; i++)
        w->marks[i].paths = ldexp(w->marks[i].paths, -HALVINGS);
    s->scaled++;
    s->most = ldexp(s->most, -HALVINGS);
}

static void fetch_row(const spil_walker *w, const spil_csr *g, spil_vid ahead)
{
    if (ahead < w->count)
        __builtin_prefetch(&g->col[g->row[w->marks[ahead].vertex]]);
}

/* Of the marks from first on: what the next level would have to look at. */
static uint64_t edges_of(const spil_walker *w, const spil_csr *g, spil_vid first)
{
    uint64_t edges = 0;
    for (spil_vid at = first; at < w->count; at++) {
        if (at + AHEAD < w->count)
            __builtin_prefetch(&g->row[w->marks[at + AHEAD].vertex]);
        edges += spil_degree(g, w->marks[at].vertex);
    }
    return edges;
}

/* One more level on one side. */
static void advance(spil_walker *w, const spil_csr *g, const spil_hubs *hubs, unsigned which,
                    spil_rng *rng)
{
    side *const s = &w->sides[which];
    const uint32_t here = 2 * ++s->depth + which;
    const spil_vid first = w->count;
    double most = 0;
    keep_in_range(w, s);
    for (spil_vid at = s->begin; at < s->end; at++) {
        const spil_vid u = w->marks[at].vertex;
        const double paths = w->marks[at].paths;
        fetch_row(w, g, at + FEW_AHEAD);
        for (spil_eid i = g->row[u]; i < g->row[u + 1]; i++) {
            const spil_vid v = g->col[i];
            if (!is_seen(w, v)) {
                if (hubs && spil_hubs_closed(hubs, v))
                    continue;
                add_mark(w, v, here, paths);
                continue;
            }
            const spil_vid known = find(w, v);
            mark *const m = &w->marks[known];
            if (m->level == here) {
                m->paths += paths;
                most = m->paths > most ? m->paths : most;
            } else if ((m->level & 1) != which) {
                meet(w, which, at, known, rng);
            }
        }
    }
    s->begin = first;
    s->end = w->count;
    s->most = most > s->most ? most : s->most;
    s->edges = edges_of(w, g, first);
}

/* The last level there can be: what is new need not be kept, so most neighbours cost one bit. */
static void advance_last(spil_walker *w, const spil_csr *g, unsigned which, spil_rng *rng)
{
    side *const s = &w->sides[which];
    s->depth++;
    keep_in_range(w, s);
    for (spil_vid at = s->begin; at < s->end; at++) {
        const spil_vid u = w->marks[at].vertex;
        fetch_row(w, g, at + FEW_AHEAD);
        for (spil_eid i = g->row[u]; i < g->row[u + 1]; i++) {
            const spil_vid known = is_seen(w, g->col[i]) ? find(w, g->col[i]) : SPIL_NO_VERTEX;
            if (known != SPIL_NO_VERTEX && (w->marks[known].level & 1) != which)
                meet(w, which, at, known, rng);
        }
    }
}

/* Looks for paths of at most so many edges that hold no hub. */
static void search(spil_walker *w, const spil_csr *g, const spil_hubs *hubs, uint32_t most,
                   spil_rng *rng)
{
    const side *const a = &w->sides[0], *const b = &w->sides[1];
    while (!w->joined && a->depth + b->depth + 1 < most && a->begin < a->end && b->begin < b->end)
        advance(w, g, hubs, b->edges < a->edges, rng);
    if (!w->joined && a->depth + b->depth + 1 == most)
        advance_last(w, g, b->edges < a->edges, rng);
}

/* Mark of v when it has one at this level, else NULL. */
static const mark *mark_at(const spil_walker *w, spil_vid v, uint32_t level)
{
    const mark *const m = is_seen(w, v) ? &w->marks[find(w, v)] : NULL;
    return m && m->level == level ? m : NULL;
}

/* What the counts towards a mark add up to; a frontier that was scaled differs from its successors.
 */
static double paths_into(const spil_walker *w, const spil_csr *g, const mark *to)
{
    double sum = 0;
    if (!w->sides[to->level & 1].scaled)
        return to->paths;
    for (spil_eid i = g->row[to->vertex]; i < g->row[to->vertex + 1]; i++) {
        const mark *const m = mark_at(w, g->col[i], to->level - 2);
        sum += m ? m->paths : 0;
    }
    return sum;
}

/* From a mark back to the end of its side; the vertices passed, its own included, the end not. */
static spil_vid walk_back(spil_walker *w, const spil_csr *g, spil_vid from, spil_rng *rng,
                          spil_vid count)
{
    const mark *at = &w->marks[from];
    while (at->level > 1) {
        const uint32_t before = at->level - 2;
        const spil_vid v = at->vertex;
        double left = spil_rng_unit(rng) * paths_into(w, g, at);
        w->inner[count++] = v;
        for (spil_eid i = g->row[v]; i < g->row[v + 1] && left >= 0; i++) {
            const mark *const m = mark_at(w, g->col[i], before);
            if (m) {
                at = m; /* the last one stays when rounding leaves a rest */
                left -= m->paths;
            }
        }
    }
    return count;
}

/* ---- by way of a hub ---- */

typedef struct crossing {
    uint32_t length;         /* of the shortest s-t path that holds a hub; UINT32_MAX: no hubs */
    double paths;            /* that many of them */
    double until[SPIL_HUBS]; /* running sum by hub */
} crossing;

static uint32_t by_way_of(const spil_hubs *hubs, unsigned i, spil_vid s, spil_vid t)
{
    const uint8_t *const d = hubs->distance + (size_t)i * hubs->n;
    return (uint32_t)d[s] + d[t];
}

static crossing cross(const spil_hubs *hubs, spil_vid s, spil_vid t)
{
    crossing x = {.length = UINT32_MAX};
    if (!hubs)
        return x;
    for (unsigned i = 0; i < hubs->count; i++) {
        const uint32_t length = by_way_of(hubs, i, s, t);
        x.length = length < x.length ? length : x.length;
    }
    for (unsigned i = 0; i < hubs->count; i++) {
        const float *const f = hubs->paths + (size_t)i * hubs->n;
        if (by_way_of(hubs, i, s, t) == x.length)
            x.paths += (double)f[s] * (double)f[t];
        x.until[i] = x.paths;
    }
    return x;
}

/* From v to hub number i, each of the counted paths alike; v itself is not among those passed. */
static spil_vid walk_to_hub(spil_walker *w, const spil_csr *g, const spil_hubs *hubs, unsigned i,
                            spil_vid v, spil_rng *rng, spil_vid count)
{
    const uint8_t *const d = hubs->distance + (size_t)i * hubs->n;
    const float *const f = hubs->paths + (size_t)i * hubs->n;
    for (uint32_t left = d[v]; left > 1; left--) {
        double rest = spil_rng_unit(rng) * (double)f[v];
        spil_vid to = SPIL_NO_VERTEX;
        for (spil_eid e = g->row[v]; e < g->row[v + 1] && rest >= 0; e++) {
            const spil_vid u = g->col[e];
            if (d[u] == left - 1 && f[u] > 0) {
                to = u; /* the last one stays when rounding leaves a rest */
                rest -= (double)f[u];
            }
        }
        w->inner[count++] = v = to;
    }
    return count;
}

static spil_vid path_by_hub(spil_walker *w, const spil_csr *g, const spil_hubs *hubs,
                            const crossing *x, const spil_vid end[2], spil_rng *rng)
{
    const double at = spil_rng_unit(rng) * x->paths;
    unsigned i = 0;
    spil_vid count = 0;
    while (i + 1 < hubs->count && x->until[i] <= at)
        i++;
    for (unsigned which = 0; which < 2; which++)
        count = walk_to_hub(w, g, hubs, i, end[which], rng, count);
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

spil_vid spil_random_path(spil_walker *walker, const spil_csr *g, const spil_hubs *hubs, spil_vid s,
                          spil_vid t, spil_rng *rng, const spil_vid **inner)
{
    spil_walker *const w = walker;
    const spil_vid end[2] = {s, t};
    const spil_hubs *const table = hubs && hubs->count > 0 ? hubs : NULL;
    const crossing x = cross(table, s, t);
    spil_vid passed = 0;
    *inner = w->inner;
    if (is_hub(table, s) || is_hub(table, t))
        return path_by_hub(w, g, table, &x, end, rng);
    start(w, g, s, t);
    search(w, g, hubs, x.length, rng);
    if (draw_hub(w, &x, rng)) {
        passed = path_by_hub(w, g, table, &x, end, rng);
    } else {
        passed = walk_back(w, g, w->join[0], rng, 0);
        passed = walk_back(w, g, w->join[1], rng, passed);
    }
    forget(w);
    return passed;
}
