/* random_path.c - see random_path.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/metrics/random_path.h"

#include "engine/base/mem.h"

#include <string.h>

typedef struct mark { /* valid when stamp is the walker's, so nothing is cleared between paths */
    uint32_t stamp;
    uint32_t level; /* twice the distance from the side's end, plus the side */
    double paths;   /* from that end */
} mark;

typedef struct side {
    spil_vid *queue; /* all that this side has reached; the frontier is begin..end */
    spil_vid begin, end;
    uint32_t depth;
    uint64_t edges; /* of the frontier */
} side;

struct spil_walker {
    mark *marks; /* n */
    uint32_t stamp;
    spil_vid n;
    side sides[2];
    spil_vid join[2];  /* ends of the joining edge drawn so far, by side */
    double join_paths; /* of all joining edges met so far; 0: none yet */
    spil_vid *inner;   /* n */
};

spil_status spil_walker_new(spil_walker **out, spil_vid n, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_walker *w = NULL;
    TRY(NEW(w, err));
    w->n = n;
    TRY(NEW_ARRAY(w->marks, n, err));
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
    spil_free(walker->sides[0].queue);
    spil_free(walker->sides[1].queue);
    spil_free(walker->inner);
    spil_free(walker);
}

static uint64_t degree(const spil_part *part, spil_vid v)
{
    return part->row[v + 1] - part->row[v];
}

static void start_side(spil_walker *w, const spil_part *part, unsigned which, spil_vid v)
{
    side *const s = &w->sides[which];
    s->queue[0] = v;
    s->begin = 0;
    s->end = 1;
    s->depth = 0;
    s->edges = degree(part, v);
    w->marks[v] = (mark){w->stamp, which, 1};
}

static void start(spil_walker *w, const spil_part *part, spil_vid s, spil_vid t)
{
    if (++w->stamp == 0) { /* once in four thousand million paths */
        memset(w->marks, 0, (size_t)w->n * sizeof *w->marks);
        w->stamp = 1;
    }
    start_side(w, part, 0, s);
    start_side(w, part, 1, t);
    w->join_paths = 0;
}

/* Keeps each joining edge with the chance its paths have among those of all met: a draw of one from
 * a stream whose total is not known yet. */
static void meet(spil_walker *w, unsigned which, spil_vid near, spil_vid far, spil_rng *rng)
{
    const double paths = w->marks[near].paths * w->marks[far].paths;
    w->join_paths += paths;
    if (spil_rng_unit(rng) * w->join_paths < paths) {
        w->join[which] = near;
        w->join[1 - which] = far;
    }
}

/* One more level on one side. */
static void advance(spil_walker *w, const spil_part *part, unsigned which, spil_rng *rng)
{
    side *const s = &w->sides[which];
    const uint32_t here = 2 * ++s->depth + which;
    const spil_vid stop = s->end;
    s->edges = 0;
    for (; s->begin < stop; s->begin++) {
        const spil_vid u = s->queue[s->begin];
        for (spil_eid i = part->row[u]; i < part->row[u + 1]; i++) {
            const spil_vid v = part->col[i];
            mark *const m = &w->marks[v];
            if (m->stamp != w->stamp) {
                *m = (mark){w->stamp, here, w->marks[u].paths};
                s->queue[s->end++] = v;
                s->edges += degree(part, v);
            } else if (m->level == here) {
                m->paths += w->marks[u].paths;
            } else if ((m->level & 1) != which) {
                meet(w, which, u, v, rng);
            }
        }
    }
}

/* From v back to the end of its side; the vertices passed, v included, the end not. */
static spil_vid walk_back(spil_walker *w, const spil_part *part, spil_vid v, spil_rng *rng,
                          spil_vid count)
{
    while (w->marks[v].level > 1) {
        const uint32_t before = w->marks[v].level - 2;
        double left = spil_rng_unit(rng) * w->marks[v].paths;
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

spil_vid spil_random_path(spil_walker *walker, const spil_part *part, spil_vid s, spil_vid t,
                          spil_rng *rng, const spil_vid **inner)
{
    spil_walker *const w = walker;
    start(w, part, s, t);
    while (w->join_paths == 0)
        advance(w, part, w->sides[1].edges < w->sides[0].edges, rng);
    const spil_vid half = walk_back(w, part, w->join[0], rng, 0);
    *inner = w->inner;
    return walk_back(w, part, w->join[1], rng, half);
}
