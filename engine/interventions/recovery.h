/* recovery.h - a network that mends itself between removals.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Duijn, Kashirin & Sloot 2014 (Sci. Rep. 4:4238): when somebody goes, those who dealt with him
 * (the orphans) look for a stand-in. A strategy is to be judged on what stands after that.
 *
 *     before        v gone            by distance       by degree
 *     a - v - b     a       b - c     a --- b - c       a ---- c - b ...
 *
 * After each block, and `delay` blocks later, every orphan that is still there makes one link for
 * the one it lost, with the weight of that one, to a stand-in whom it does not know yet:
 *     distance   fellow orphans first, for they knew and lack the same man, then the nearest;
 * nobody within reach: no link. Among equals the highest degree, then lowest rank degree     the
 * most links, then lowest rank random     anyone, each as likely Where roles are given a stand-in
 * has the role of the one who went.
 */
#ifndef SPIL_INTERVENTIONS_RECOVERY_H
#define SPIL_INTERVENTIONS_RECOVERY_H

#include "engine/interventions/removal.h"

typedef enum spil_heal_rule {
    SPIL_HEAL_DISTANCE,
    SPIL_HEAL_DEGREE,
    SPIL_HEAL_RANDOM
} spil_heal_rule;
extern const char *const spil_heal_rule_names[3];

typedef struct spil_recovery_opts {
    spil_heal_rule rule;
    double chance;        /* that an orphan finds a stand-in at all, 0..1 */
    unsigned delay;       /* blocks that pass before a link is made */
    double cost;          /* of one new link, in the caller's unit */
    const uint32_t *role; /* n: a number a role, UINT32_MAX: any; NULL: no roles */
    uint64_t seed;
} spil_recovery_opts;

#define SPIL_RECOVERY_OPTS_DEFAULTS                                                                \
    {                                                                                              \
        .rule = SPIL_HEAL_DISTANCE, .chance = 1, .delay = 0, .cost = 1, .seed = 1                  \
    }

/* Open struct. */
typedef struct spil_healing_point {
    spil_curve_point hit;    /* after the block has gone */
    spil_curve_point healed; /* after the links that were due */
    size_t links;            /* made so far */
    double cost;             /* of them */
} spil_healing_point;

typedef struct spil_healing {
    spil_healing_point *points; /* [0] is before any removal: hit = healed */
    size_t count;
    spil_vid *order; /* removals, in order */
    size_t removed;
    double robustness; /* mean over the blocks of the healed largest component / n */
} spil_healing;

/* The ranking is made again on the healed network after each block, unless opts->once. */
spil_status spil_recovery_run(spil_healing **out, const spil_csr *g, const spil_ranking *ranking,
                              const spil_strategy_opts *opts, size_t count,
                              const spil_recovery_opts *recovery, bool efficiency,
                              spil_err *err) SPIL_CHECKED;
void spil_healing_free(spil_healing *healing);

#endif
