/* strategy.h - in which order to take vertices out: one file a strategy, one row in strategies.def.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A strategy either scores the vertices of what is left (highest first, scored again after each
 * block), or makes a whole order at once. Every registered metric is a strategy too, highest first.
 * Among vertices with equal scores (to 1e-9) the lowest rank goes first: the vertex number, which
 * is the natural order of the keys, unless the caller gives ranks. So a tie is a stated choice, and
 * a caller can look at other choices.
 */
#ifndef SPIL_INTERVENTIONS_STRATEGY_H
#define SPIL_INTERVENTIONS_STRATEGY_H

#include "engine/base/progress.h"
#include "engine/graph/csr.h"
#include "engine/metrics/metric.h"

/* Open struct: options for all strategies; each reads what it knows. */
typedef struct spil_strategy_opts {
    bool weighted;  /* use csr->weight where the strategy has a weighted form */
    bool far;       /* weighted betweenness: a weight is a length; else heavy links are short */
    unsigned reach; /* collective influence: radius of the ball; key players: steps reached */
    size_t sources; /* betweenness: from so many random sources, scaled up; 0: all, exact */
    double alpha;   /* Katz: attenuation */
    double share;   /* dismantling: stop below this share of the vertices */
    uint64_t seed;  /* random choices */
    size_t block;   /* so many go on one scoring; >= 1 */
    bool once;      /* score at the start alone */
    size_t memory;  /* bytes that betweenness may take to be kept up to date; 0: start again */
    const spil_vid *rank; /* n: lowest first among equals; NULL: vertex number */
    spil_progress *progress;
} spil_strategy_opts;

#define SPIL_STRATEGY_OPTS_DEFAULTS                                                                \
    {                                                                                              \
        .reach = 1, .alpha = 0.1, .share = 0.01, .seed = 1, .block = 1, .memory = (size_t)1 << 30  \
    }

/* Scores from here on are equal to the best. */
double spil_tied_from(double best);

typedef struct spil_strategy {
    const char *name, *summary, *source, *cost;
    bool whole; /* a score depends on more than the vertex's own component */
    /* score: n doubles of the caller; higher goes first. NULL: the strategy makes an order. */
    spil_status (*score)(const spil_csr *g, const spil_strategy_opts *opts, double *score,
                         spil_err *err);
    /* order: count different vertices, count <= n. NULL: the strategy scores. */
    spil_status (*order)(const spil_csr *g, const spil_strategy_opts *opts, size_t count,
                         spil_vid *order, spil_err *err);
} spil_strategy;

extern const spil_strategy *const spil_strategies[];
extern const size_t spil_strategy_count;

/* What to order by: a strategy, or a metric. */
typedef struct spil_ranking {
    const spil_strategy *strategy;
    const spil_metric *metric;
    bool lowest; /* the metric's lowest first */
} spil_ranking;

/* A strategy's name, a metric's, or "lowest:" and a metric's. SPIL_USAGE when there is none. */
spil_status spil_ranking_find(spil_ranking *out, const char *name, spil_err *err) SPIL_CHECKED;

/* order: count vertices of the caller, count <= n, first to go first. */
spil_status spil_ranking_order(const spil_ranking *ranking, const spil_csr *g,
                               const spil_strategy_opts *opts, size_t count, spil_vid *order,
                               spil_err *err) SPIL_CHECKED;

/* Ranks for opts.rank: the highest vertex number first, or a random order. rank: n of the caller.
 */
void spil_rank_reversed(spil_vid n, spil_vid *rank);
void spil_rank_random(spil_vid n, uint64_t seed, uint64_t stream, spil_vid *rank);

#endif
