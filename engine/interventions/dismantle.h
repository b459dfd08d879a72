/* dismantle.h - few vertices without which no large component is left.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each method fills an order and says how many of it are enough. `limit` is the largest component
 * that may stay. A set is then trimmed (the shortest prefix that is enough) and thinned: vertices
 * whose return keeps every component within the limit go back, the one that makes the smallest
 * component first (Braunstein et al. 2016, PNAS 113:12368).
 */
#ifndef SPIL_INTERVENTIONS_DISMANTLE_H
#define SPIL_INTERVENTIONS_DISMANTLE_H

#include "engine/interventions/strategy.h"

typedef enum spil_dismantler {
    SPIL_BY_DEGREE, /* most links to those who remain, again after each removal */
    SPIL_BY_COREHD, /* Zdeborova, Zhang & Zhou 2016, Sci. Rep. 6:37954 */
    SPIL_BY_GND,    /* Ren, Gleinig, Helbing & Antulov-Fantulin 2019, PNAS 116:6554 */
    SPIL_BY_BETWEENNESS,
    SPIL_DISMANTLERS
} spil_dismantler;
extern const char *const spil_dismantler_names[SPIL_DISMANTLERS];

/* Largest size that is under this share of n vertices; at least 1. */
spil_vid spil_dismantle_limit(spil_vid n, double share);

/* order: n of the caller, the first *count of it are the set, in order of removal. */
spil_status spil_dismantle(const spil_csr *g, spil_dismantler method, spil_vid limit,
                           const spil_strategy_opts *opts, spil_vid *order, size_t *count,
                           spil_err *err) SPIL_CHECKED;
/* The smallest set of all methods (betweenness up to SPIL_BETWEENNESS_TRIED vertices); among
 * equals the first. *method says whose. */
enum { SPIL_BETWEENNESS_TRIED = 3000 };
spil_status spil_dismantle_best(const spil_csr *g, spil_vid limit, const spil_strategy_opts *opts,
                                spil_vid *order, size_t *count, spil_dismantler *method,
                                spil_err *err) SPIL_CHECKED;

/* For strategies: the set first, then by degree on what is left, `count` in all. */
spil_status spil_dismantle_then_degree(const spil_csr *g, const spil_vid *set, size_t set_count,
                                       const spil_strategy_opts *opts, size_t count,
                                       spil_vid *order, spil_err *err) SPIL_CHECKED;

/* ---- raw sets: order of n, *count of it used ---- */

/* All n by degree among those that are not in gone (NULL: all), again after each removal: exact
 * and in O((n + m) log n). */
spil_status spil_degree_order(const spil_csr *g, const uint8_t *gone,
                              const spil_strategy_opts *opts, spil_vid *order, size_t *count,
                              spil_err *err) SPIL_CHECKED;
spil_status spil_corehd_order(const spil_csr *g, spil_vid limit, const spil_strategy_opts *opts,
                              spil_vid *order, size_t *count, spil_err *err) SPIL_CHECKED;
spil_status spil_gnd_order(const spil_csr *g, spil_vid limit, const spil_strategy_opts *opts,
                           spil_vid *order, size_t *count, spil_err *err) SPIL_CHECKED;

#endif
