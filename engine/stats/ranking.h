/* ranking.h - how well an order finds what it should find. SPDX-License-Identifier:
 * GPL-3.0-or-later
 *
 * score[i] ranks item i, largest first; relevant[i]: it is one of those sought. Items that tie
 * stand in random order: each measure is its expected value over the orders of the ties (McSherry &
 * Najork 2008), so that no rule for ties flatters or hurts a scorer. NaN scores are not allowed.
 */
#ifndef SPIL_STATS_RANKING_H
#define SPIL_STATS_RANKING_H

#include "engine/base/err.h"

typedef struct spil_ranking {
    double precision; /* at k: share of the first k that are relevant; k > count: of count */
    double average_precision; /* mean over the relevant of the precision at their rank; NaN: none */
    double roc_area; /* chance that a relevant one stands above another; NaN: no such pair */
} spil_ranking;

/* O(count log count). count > 0, k > 0. */
spil_status spil_ranking_of(spil_ranking *out, const double *score, const bool *relevant,
                            size_t count, size_t k, spil_err *err) SPIL_CHECKED;

/* Share of the first k of a that are among the first k of b; ties go by index. 0 < k <= count. */
spil_status spil_top_overlap(double *out, const double *a, const double *b, size_t count, size_t k,
                             spil_err *err) SPIL_CHECKED;

#endif
