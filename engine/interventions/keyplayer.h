/* keyplayer.h - a set of k vertices chosen together, not the k best one by one.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Borgatti 2006 (Comput. Math. Organ. Theory 12:21): whom to take out (KPP-Neg) and whom to watch
 * or turn (KPP-Pos). With S the set and N the survivors,
 *     fragmentation   1 - sum over components s (s - 1) / (N (N - 1))   after S has gone
 *     distance        1 - sum over pairs 1 / d / (N (N - 1))            after S has gone
 *     reach           vertices within m links of S, S itself included
 * All sets are tried where that takes no more than `budget` steps, and then the set is the best
 * there is. Otherwise: greedy, then exchange (one out, the best one in, while that helps); the same
 * with each of the most promising vertices forced in first; the best is kept, without a promise.
 */
#ifndef SPIL_INTERVENTIONS_KEYPLAYER_H
#define SPIL_INTERVENTIONS_KEYPLAYER_H

#include "engine/interventions/strategy.h"

typedef enum spil_kp_goal { SPIL_KP_FRAGMENTATION, SPIL_KP_DISTANCE, SPIL_KP_REACH } spil_kp_goal;

typedef struct spil_kp_opts {
    spil_kp_goal goal;
    unsigned reach;       /* m, of SPIL_KP_REACH */
    bool exchange;        /* else greedy alone */
    unsigned restarts;    /* vertices to force in first, one at a time */
    double budget;        /* steps for all sets; 0: never all */
    const spil_vid *rank; /* n: lowest first among equals; NULL: vertex number */
    spil_progress *progress;
} spil_kp_opts;

#define SPIL_KP_OPTS_DEFAULTS                                                                      \
    {                                                                                              \
        .reach = 1, .exchange = true, .restarts = 40, .budget = 3e8                                \
    }

/* SPIL_KP_DISTANCE beyond this many vertices looks at the SPIL_KP_CANDIDATES of highest betweenness
 * alone. */
enum { SPIL_KP_ALL = 400, SPIL_KP_CANDIDATES = 120 };

/* set: k different vertices of the caller, in the order in which they add most. value: of the whole
 * set. exact: all sets were tried; may be NULL. 1 <= k < n, else SPIL_RANGE. */
spil_status spil_keyplayers_find(const spil_csr *g, const spil_kp_opts *opts, size_t k,
                                 spil_vid *set, double *value, bool *exact,
                                 spil_err *err) SPIL_CHECKED;
/* Of any set. */
spil_status spil_keyplayers_value(const spil_csr *g, const spil_kp_opts *opts, const spil_vid *set,
                                  size_t k, double *value, spil_err *err) SPIL_CHECKED;

/* For strategies: count <= n. Beyond SPIL_KP_EXCHANGED vertices greedy alone. */
enum { SPIL_KP_EXCHANGED = 64 };
spil_status spil_keyplayers_order(const spil_csr *g, spil_kp_goal goal,
                                  const spil_strategy_opts *opts, size_t count, spil_vid *order,
                                  spil_err *err) SPIL_CHECKED;

#endif
