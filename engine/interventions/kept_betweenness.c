/* kept_betweenness.c - see kept_betweenness.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/interventions/kept_betweenness.h"

#include "engine/base/mem.h"
#include "engine/base/par.h"
#include "engine/base/progress.h"
#include "engine/interventions/pieces.h"
#include "engine/interventions/shrinking.h"
#include "engine/metrics/betweenness.h"

#include <float.h>
#include <math.h>
#include <stdatomic.h>
#include <string.h>

enum { LEVELS = SPIL_SHRINKING_FARTHEST + 1, APART = SPIL_SHRINKING_APART, SOURCES = 64 };

typedef struct worker {
    spil_mover *mover;
    spil_vid *beyond, *targets; /* n */
    spil_vid first[LEVELS];     /* by level, 1 + vertex; 0 between calls */
    spil_vid *next;             /* n */
    spil_vid *order;            /* n: farthest first */
    spil_eid *arc_end;          /* n: by place in the order */
    spil_vid *arcs;             /* to those a step nearer */
    uint8_t *marked;            /* n; 0 between calls */
    double *want, *delta;       /* n; 0 between calls */
    double *paths;              /* n */
    double *buffer;             /* n */
} worker;

struct spil_kept_betweenness {
    const spil_csr *g;
    spil_kept_opts opts;
    spil_shrinking *net; /* NULL: of no more use */
    uint8_t *gone;       /* of the whole graph */
    double *score;       /* of the whole graph */
    double error;
    spil_vid *sources; /* n */
    spil_vid *beyond;  /* n: how many */
    unsigned threads;
    worker *workers;
};

/* ---- dependencies of one source on its way to some targets ---- */

static void put(worker *w, spil_vid x, unsigned level)
{
    w->marked[x] = 1;
    w->next[x] = w->first[level];
    w->first[level] = x + 1;
}

/* Targets and all on the shortest paths to them. Returns how many, the source left out. */
static spil_vid collect(const spil_shrinking *net, const uint8_t *far, worker *w)
{
    spil_vid count = 0;
    spil_eid arcs = 0;
    for (unsigned level = LEVELS - 1; level > 0; level--) {
        for (spil_vid at = w->first[level]; at; at = w->next[at - 1]) {
            const spil_vid x = at - 1, *const col = net->col + net->row[x];
            w->order[count] = x;
            for (spil_vid i = 0; i < net->degree[x]; i++) {
                const spil_vid y = col[i];
                if (far[y] != level - 1)
                    continue;
                w->arcs[arcs++] = y;
                if (!w->marked[y])
                    put(w, y, level - 1);
            }
            w->arc_end[count++] = arcs;
        }
        w->first[level] = 0;
    }
    w->first[0] = 0;
    return count;
}

static void share(const spil_shrinking *net, worker *w, spil_vid s, spil_vid count, double factor)
{
    const uint8_t *const far = spil_shrinking_far(net, s);
    for (spil_vid i = 0; i < count; i++) {
        const spil_vid t = w->targets[i];
        w->want[t] = net->mass[t];
        put(w, t, far[t]);
    }
    const spil_vid met = collect(net, far, w);
    w->paths[s] = 1;
    for (spil_vid k = met; k-- > 0;) {
        double paths = 0;
        for (spil_eid i = k ? w->arc_end[k - 1] : 0; i < w->arc_end[k]; i++)
            paths += w->paths[w->arcs[i]];
        w->paths[w->order[k]] = paths;
    }
    for (spil_vid k = 0; k < met; k++) {
        const spil_vid x = w->order[k];
        const double c = (w->want[x] + w->delta[x]) / w->paths[x];
        for (spil_eid i = k ? w->arc_end[k - 1] : 0; i < w->arc_end[k]; i++)
            w->delta[w->arcs[i]] += w->paths[w->arcs[i]] * c;
        w->buffer[x] += factor * w->delta[x];
        w->want[x] = w->delta[x] = 0;
        w->marked[x] = 0;
    }
    w->delta[s] = 0;
    w->marked[s] = 0;
}

/* ---- again from the start ---- */

static double largest(const spil_kept_betweenness *k)
{
    double most = 0;
    for (spil_vid v = 0; v < k->g->n; v++)
        if (k->score[v] > most)
            most = k->score[v];
    return most;
}

/* out[v] != 0: not to be looked at. */
static spil_status score_without(spil_kept_betweenness *k, const uint8_t *out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_csr *rest = NULL;
    spil_vid *name = NULL;
    double *value = NULL;
    TRY(spil_graph_without(&rest, &name, k->g, out, err));
    TRY(NEW_ARRAY(value, rest->n, err));
    TRY(spil_betweenness_from(rest, NULL, NULL, value, err));
    for (spil_vid x = 0; x < rest->n; x++)
        k->score[name[x]] = value[x] * 0.5;
done:
    spil_csr_free(rest);
    spil_free(name);
    spil_free(value);
    return rc;
}

spil_status spil_kept_betweenness_refresh(spil_kept_betweenness *kept, spil_err *err)
{
    const spil_status rc = score_without(kept, kept->gone, err);
    if (rc == SPIL_OK)
        kept->error = 64 * DBL_EPSILON * largest(kept);
    return rc;
}

/* The piece in which the sources lie. */
static spil_status score_piece(spil_kept_betweenness *k, spil_vid count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    uint8_t *out = NULL, *inside = NULL;
    TRY(NEW_ARRAY(out, k->g->n, err));
    TRY(NEW_ARRAY(inside, k->g->n, err));
    for (spil_vid i = 0; i < count; i++)
        inside[k->sources[i]] = 1;
    for (spil_vid v = 0; v < k->g->n; v++)
        out[v] = k->gone[v] || !inside[k->net->place[v]];
    rc = score_without(k, out, err);
done:
    spil_free(out);
    spil_free(inside);
    return rc;
}

/* ---- one removal ---- */

typedef struct removal {
    spil_kept_betweenness *kept;
    spil_vid v;
    spil_vid count;              /* of sources */
    bool again;                  /* scores are not to be kept */
    atomic_bool good, countable; /* distances fit; so do the numbers of paths */
} removal;

/* Each pair once, at the end that has most to do with v: its paths share most. */
static bool is_mine(const spil_kept_betweenness *k, spil_vid s, spil_vid t)
{
    return k->beyond[s] != k->beyond[t] ? k->beyond[s] > k->beyond[t] : s < t;
}

static void do_source(removal *r, worker *w, spil_vid s)
{
    const spil_kept_betweenness *const k = r->kept;
    spil_shrinking *const net = k->net;
    const uint8_t *const far = spil_shrinking_far(net, s);
    double lost = 0;
    spil_vid mine = 0;
    if (k->beyond[s] == 0)
        return;
    const spil_vid count = spil_shrinking_beyond(net, s, r->v, w->beyond);
    for (spil_vid i = 0; i < count && !r->again; i++)
        if (is_mine(k, s, w->beyond[i]))
            w->targets[mine++] = w->beyond[i];
    if (mine)
        share(net, w, s, mine, -net->mass[s]);
    if (!spil_shrinking_move(net, w->mover, s, r->v, w->beyond, count, &lost))
        atomic_store(&r->good, false);
    if (r->again)
        return;
    w->buffer[s] -= (net->mass[s] - 1) * lost;
    spil_vid left = 0;
    for (spil_vid i = 0; i < mine; i++)
        if (far[w->targets[i]] != APART)
            w->targets[left++] = w->targets[i];
    if (left)
        share(net, w, s, left, net->mass[s]);
}

static bool commit(spil_kept_betweenness *k, const worker *w)
{
    double sum = 0;
    for (spil_vid x = 0; x < k->net->n; x++) {
        k->score[k->net->name[x]] += w->buffer[x];
        sum += fabs(w->buffer[x]);
    }
    return isfinite(sum);
}

static void do_sources(removal *r)
{
    spil_kept_betweenness *const k = r->kept;
    const spil_vid count = r->count;
#pragma omp parallel for default(none) shared(r, k, count) ordered schedule(                       \
    dynamic, 1) if (count > SOURCES) /* starting threads takes longer than a few sources */
    for (spil_vid first = 0; first < count; first += SOURCES) {
        worker *const w = &k->workers[spil_par_thread()];
        const spil_vid end = count - first < SOURCES ? count : first + SOURCES;
        if (!r->again)
            memset(w->buffer, 0, k->net->n * sizeof *w->buffer);
        for (spil_vid i = first; i < end && !spil_stop_requested(); i++)
            do_source(r, w, k->sources[i]);
#pragma omp ordered
        {
            if (!r->again && !commit(k, w))
                atomic_store(&r->countable, false);
        }
    }
}

/* Those connected with v, and of each how many v stands before. Returns the pairs. */
static uint64_t count_beyond(removal *r)
{
    spil_kept_betweenness *const k = r->kept;
    const uint8_t *const far = spil_shrinking_far(k->net, r->v);
    const spil_vid v = r->v;
    uint64_t pairs = 0;
    for (spil_vid s = 0; s < k->net->n; s++)
        if (far[s] != APART && s != v)
            k->sources[r->count++] = s;
    const spil_vid count = r->count;
#pragma omp parallel for default(none) shared(k, v, count) reduction(+ : pairs) schedule(static)   \
    if (count > SOURCES)
    for (spil_vid i = 0; i < count; i++) {
        const spil_vid s = k->sources[i];
        k->beyond[s] = spil_shrinking_beyond(k->net, s, v, k->workers[spil_par_thread()].beyond);
        pairs += k->beyond[s];
    }
    return pairs;
}

/* Pairs of which v is one end, or a leaf of v. */
static void take_own(removal *r)
{
    spil_kept_betweenness *const k = r->kept;
    worker *const w = &k->workers[0];
    const double mass = k->net->mass[r->v];
    memset(w->buffer, 0, k->net->n * sizeof *w->buffer);
    for (spil_vid i = 0; i < r->count; i++) {
        w->targets[i] = k->sources[i];
        w->buffer[k->sources[i]] = -mass * (k->net->mass[k->sources[i]] - 1);
    }
    share(k->net, w, r->v, r->count, -mass);
    if (!commit(k, w))
        atomic_store(&r->countable, false);
}

static void set_zero(void *user, spil_vid leaf)
{
    spil_kept_betweenness *const k = user;
    k->score[k->net->name[leaf]] = 0;
}

static spil_status remove_core(spil_kept_betweenness *k, spil_vid v, spil_err *err)
{
    spil_status rc = SPIL_OK;
    removal r = {.kept = k, .v = v, .good = true, .countable = true};
    const double before = largest(k);
    const uint64_t pairs = count_beyond(&r);
    r.again = (double)pairs > k->opts.share * r.count * r.count;
    if (!r.again)
        take_own(&r);
    do_sources(&r);
    TRY(spil_check_stop(err));
    spil_shrinking_drop(k->net, v, set_zero, k);
    k->score[k->net->name[v]] = (double)NAN;
    if (r.again || !atomic_load(&r.good) || !atomic_load(&r.countable))
        TRY(score_piece(k, r.count, err));
    else
        k->error += 64 * DBL_EPSILON * (before + largest(k));
    if (!atomic_load(&r.good)) {
        spil_shrinking_free(k->net);
        k->net = NULL;
    }
done:
    return rc;
}

spil_status spil_kept_betweenness_remove(spil_kept_betweenness *kept, spil_vid v, spil_err *err)
{
    kept->gone[v] = 1;
    if (kept->net) {
        const spil_vid x = kept->net->place[v];
        if (kept->net->name[x] == v)
            return remove_core(kept, x, err);
        if (kept->net->mass[x] > 0)
            kept->net->mass[x]--;
    }
    kept->score[v] = (double)NAN;
    return spil_kept_betweenness_refresh(kept, err);
}

static spil_status worker_new(worker *w, const spil_shrinking *net, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(spil_mover_new(&w->mover, net, err));
    TRY(NEW_ARRAY(w->beyond, net->stride, err));
    TRY(NEW_ARRAY(w->targets, net->n, err));
    TRY(NEW_ARRAY(w->next, net->n, err));
    TRY(NEW_ARRAY(w->order, net->n, err));
    TRY(NEW_ARRAY(w->arc_end, net->n, err));
    TRY(NEW_ARRAY(w->arcs, net->entries, err));
    TRY(NEW_ARRAY(w->marked, net->n, err));
    TRY(NEW_ARRAY(w->want, net->n, err));
    TRY(NEW_ARRAY(w->delta, net->n, err));
    TRY(NEW_ARRAY(w->paths, net->n, err));
    TRY(NEW_ARRAY(w->buffer, net->n, err));
done:
    return rc;
}

static void worker_free(worker *w)
{
    spil_mover_free(w->mover);
    spil_free(w->beyond);
    spil_free(w->targets);
    spil_free(w->next);
    spil_free(w->order);
    spil_free(w->arc_end);
    spil_free(w->arcs);
    spil_free(w->marked);
    spil_free(w->want);
    spil_free(w->delta);
    spil_free(w->paths);
    spil_free(w->buffer);
}

spil_status spil_kept_betweenness_new(spil_kept_betweenness **out, const spil_csr *g,
                                      const spil_kept_opts *opts, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_kept_betweenness *k = NULL;
    TRY(NEW(k, err));
    k->g = g;
    k->opts = *opts;
    k->threads = spil_par_threads();
    TRY(spil_shrinking_new(&k->net, g, opts->most, err));
    TRY(NEW_ARRAY(k->gone, g->n, err));
    TRY(NEW_ARRAY(k->score, g->n, err));
    TRY(NEW_ARRAY(k->sources, g->n, err));
    TRY(NEW_ARRAY(k->beyond, g->n, err));
    TRY(NEW_ARRAY(k->workers, k->threads, err));
    for (unsigned t = 0; t < k->threads; t++)
        TRY(worker_new(&k->workers[t], k->net, err));
    TRY(spil_kept_betweenness_refresh(k, err));
    *out = k;
    k = NULL;
done:
    spil_kept_betweenness_free(k);
    return rc;
}

void spil_kept_betweenness_free(spil_kept_betweenness *kept)
{
    if (!kept)
        return;
    for (unsigned t = 0; kept->workers && t < kept->threads; t++)
        worker_free(&kept->workers[t]);
    spil_free(kept->workers);
    spil_shrinking_free(kept->net);
    spil_free(kept->gone);
    spil_free(kept->score);
    spil_free(kept->sources);
    spil_free(kept->beyond);
    spil_free(kept);
}

const double *spil_kept_betweenness_score(const spil_kept_betweenness *kept)
{
    return kept->score;
}

double spil_kept_betweenness_error(const spil_kept_betweenness *kept)
{
    return kept->error;
}
