/* strategy.c - the registry, and orders made from scores. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The scores live in pieces (pieces.h): after a block has gone only the pieces that lost a vertex
 * are scored again. Exact betweenness is kept up to date instead (kept_betweenness.h). Picking is
 * a scan, O(n) a removal.
 */
#include "engine/interventions/strategy.h"

#include "engine/base/mem.h"
#include "engine/base/rng.h"
#include "engine/interventions/kept_betweenness.h"
#include "engine/interventions/pieces.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define X(name) extern const spil_strategy spil_strategy_##name;
#include "engine/interventions/strategies.def"
#undef X

const spil_strategy *const spil_strategies[] = {
#define X(name) &spil_strategy_##name,
#include "engine/interventions/strategies.def"
#undef X
};
const size_t spil_strategy_count = sizeof spil_strategies / sizeof spil_strategies[0];

spil_status spil_ranking_find(spil_ranking *out, const char *name, spil_err *err)
{
    spil_ranking found = {NULL, NULL, false};
    for (size_t i = 0; i < spil_strategy_count; i++)
        if (strcmp(spil_strategies[i]->name, name) == 0)
            found.strategy = spil_strategies[i];
    if (strncmp(name, "lowest:", 7) == 0) {
        found.lowest = true;
        found.metric = spil_metric_find(name + 7);
    } else if (!found.strategy) {
        found.metric = spil_metric_find(name);
    }
    if (!found.strategy && !found.metric)
        return spil_fail(err, SPIL_USAGE, "there is no strategy or metric '%s'", name);
    *out = found;
    return SPIL_OK;
}

void spil_rank_reversed(spil_vid n, spil_vid *rank)
{
    for (spil_vid v = 0; v < n; v++)
        rank[v] = n - 1 - v;
}

void spil_rank_random(spil_vid n, uint64_t seed, uint64_t stream, spil_vid *rank)
{
    spil_rng rng = spil_rng_stream(seed, stream);
    for (spil_vid v = 0; v < n; v++) { /* Fisher-Yates from the inside */
        const spil_vid at = (spil_vid)spil_rng_below(&rng, (uint64_t)v + 1);
        rank[v] = rank[at];
        rank[at] = v;
    }
}

/* ---- picking ---- */

typedef struct picker {
    const spil_ranking *ranking;
    const spil_strategy_opts *opts;
    spil_vid n;
    const double *score; /* NaN: gone */
} picker;

static spil_vid rank_of(const picker *p, spil_vid v)
{
    return p->opts->rank ? p->opts->rank[v] : v;
}

double spil_tied_from(double best)
{
    return best - 1e-9 * fmax(1, fabs(best));
}

/* The best that is not taken; among equals the lowest rank. */
static spil_vid pick(const picker *p, const uint8_t *taken)
{
    double best = -HUGE_VAL;
    for (spil_vid v = 0; v < p->n; v++)
        if (!taken[v] && p->score[v] > best)
            best = p->score[v];
    const double least = spil_tied_from(best);
    spil_vid chosen = SPIL_NO_VERTEX;
    for (spil_vid v = 0; v < p->n; v++)
        if (!taken[v] && p->score[v] >= least &&
            (chosen == SPIL_NO_VERTEX || rank_of(p, v) < rank_of(p, chosen)))
            chosen = v;
    return chosen;
}

typedef struct candidate {
    double score;
    spil_vid rank, vertex;
} candidate;

static int by_score(const void *a, const void *b)
{
    const candidate *const x = a, *const y = b;
    if (x->score < y->score || x->score > y->score)
        return x->score > y->score ? -1 : 1;
    return (x->rank > y->rank) - (x->rank < y->rank);
}

static int by_rank(const void *a, const void *b)
{
    const candidate *const x = a, *const y = b;
    return (x->rank > y->rank) - (x->rank < y->rank);
}

/* All at once: sorted by score, then each run of equals by rank. */
static spil_status pick_all(const picker *p, size_t count, spil_vid *order, spil_err *err)
{
    spil_status rc = SPIL_OK;
    candidate *list = NULL;
    TRY(NEW_ARRAY(list, p->n, err));
    for (spil_vid v = 0; v < p->n; v++)
        list[v] = (candidate){p->score[v], rank_of(p, v), v};
    qsort(list, p->n, sizeof *list, by_score);
    for (size_t first = 0, end; first < p->n; first = end) {
        const double least = spil_tied_from(list[first].score);
        for (end = first + 1; end < p->n && list[end].score >= least; end++)
            ;
        qsort(list + first, end - first, sizeof *list, by_rank);
    }
    for (size_t i = 0; i < count; i++)
        order[i] = list[i].vertex;
done:
    spil_free(list);
    return rc;
}

/* ---- scoring ---- */

static spil_status score_piece(const spil_csr *g, const spil_vid *name, void *user, double *score,
                               spil_err *err)
{
    const picker *const p = user;
    (void)name;
    if (p->ranking->strategy)
        return p->ranking->strategy->score(g, p->opts, score, err);
    spil_metric_opts metric_opts = SPIL_METRIC_OPTS_DEFAULTS;
    metric_opts.weighted = p->opts->weighted;
    metric_opts.seed = p->opts->seed;
    metric_opts.exact_work = HUGE_VAL; /* an order wants exact values, however long they take */
    const spil_status rc = p->ranking->metric->run(g, &metric_opts, score, NULL, err);
    for (spil_vid v = 0; rc == SPIL_OK && v < g->n; v++)
        if (!isfinite(score[v]))
            score[v] = -HUGE_VAL; /* the metric has no value here: last */
        else if (p->ranking->lowest)
            score[v] = -score[v];
    return rc;
}

static spil_status order_by_score(picker *p, const spil_csr *g, size_t count, spil_vid *order,
                                  spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_pieces *pieces = NULL;
    uint8_t *taken = NULL;
    const bool whole = !p->ranking->strategy || p->ranking->strategy->whole;
    const size_t block = p->opts->block > 0 ? p->opts->block : 1;
    TRY(spil_pieces_new(&pieces, g, whole, score_piece, p, err));
    p->score = spil_pieces_score(pieces);
    if (p->opts->once) {
        TRY(pick_all(p, count, order, err));
        goto done;
    }
    TRY(NEW_ARRAY(taken, g->n, err));
    spil_progress_begin(p->opts->progress, "removing", count);
    for (size_t first = 0; first < count;) {
        const size_t end = count - first < block ? count : first + block;
        for (size_t i = first; i < end; i++) {
            order[i] = pick(p, taken);
            taken[order[i]] = 1;
        }
        TRY(spil_check_stop(err));
        if (end < count)
            TRY(spil_pieces_remove(pieces, order + first, end - first, true, err));
        spil_progress_step(p->opts->progress, end - first);
        first = end;
    }
    spil_progress_end(p->opts->progress);
done:
    spil_pieces_free(pieces);
    spil_free(taken);
    return rc;
}

/* ---- betweenness, kept up to date ---- */

/* Worth the distances: some removals, one by one, of a network that takes a while. */
static bool is_kept(const picker *p, size_t count)
{
    enum { FEWEST_VERTICES = 600, FEWEST_REMOVALS = 16 };
    const spil_strategy_opts *const o = p->opts;
    return p->ranking->strategy == &spil_strategy_betweenness && o->memory > 0 && !o->weighted &&
           o->sources == 0 && !o->once && o->block <= 1 && p->n >= FEWEST_VERTICES &&
           count >= FEWEST_REMOVALS;
}

/* No score is so near to where ties begin that its error could decide. */
static bool is_sure(const picker *p, double error)
{
    double best = -HUGE_VAL;
    for (spil_vid v = 0; v < p->n; v++)
        if (p->score[v] > best)
            best = p->score[v];
    const double least = spil_tied_from(best);
    for (spil_vid v = 0; v < p->n; v++)
        if (fabs(p->score[v] - least) <= 2 * error)
            return false;
    return true;
}

/* SPIL_LIMIT: these distances are not to be kept. */
static spil_status order_by_kept(picker *p, const spil_csr *g, size_t count, spil_vid *order,
                                 spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_kept_betweenness *kept = NULL;
    uint8_t *taken = NULL;
    spil_kept_opts how = SPIL_KEPT_OPTS_DEFAULTS;
    how.most = p->opts->memory;
    TRY(spil_kept_betweenness_new(&kept, g, &how, err));
    TRY(NEW_ARRAY(taken, g->n, err));
    p->score = spil_kept_betweenness_score(kept);
    spil_progress_begin(p->opts->progress, "removing", count);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            TRY(spil_kept_betweenness_remove(kept, order[i - 1], err));
        if (!is_sure(p, spil_kept_betweenness_error(kept)))
            TRY(spil_kept_betweenness_refresh(kept, err));
        order[i] = pick(p, taken);
        taken[order[i]] = 1;
        spil_progress_step(p->opts->progress, 1);
    }
    spil_progress_end(p->opts->progress);
done:
    spil_kept_betweenness_free(kept);
    spil_free(taken);
    return rc;
}

spil_status spil_ranking_order(const spil_ranking *ranking, const spil_csr *g,
                               const spil_strategy_opts *opts, size_t count, spil_vid *order,
                               spil_err *err)
{
    if (count > g->n)
        return spil_fail(err, SPIL_RANGE, "%zu removals from %u vertices", count, g->n);
    if (ranking->strategy && ranking->strategy->order)
        return ranking->strategy->order(g, opts, count, order, err);
    picker p = {.ranking = ranking, .opts = opts, .n = g->n};
    if (is_kept(&p, count)) {
        spil_err own = SPIL_ERR_INIT;
        const spil_status rc = order_by_kept(&p, g, count, order, &own);
        if (rc != SPIL_LIMIT)
            return rc == SPIL_OK ? rc : spil_fail(err, rc, "%s", own.msg);
    }
    return order_by_score(&p, g, count, order, err);
}
