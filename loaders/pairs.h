/* pairs.h - the rows of one pair of entities, however often and whichever way it stands, as one.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows come pair by pair (engine/store/pairs.h); spil_pairs_add tells when a pair is complete.
 */
#ifndef SPIL_LOADERS_PAIRS_H
#define SPIL_LOADERS_PAIRS_H

#include "engine/store/pairs.h"
#include "loaders/loader.h"

/* Open struct; zeroed at first, but for the rule. */
typedef struct spil_pairs {
    spil_merge rule;
    spil_pair_row pair; /* as first met; line: of the row whose weight holds (of the first one
                           when they are added up) */
    double latest;      /* weight of its last row */
    uint64_t rows;      /* of the pair; 0: no pair yet */
    bool differs;       /* its rows have different weights */
    uint64_t pairs;     /* complete ones */
    uint64_t again;     /* of which stood more than once */
    uint64_t unequal;   /* of which with another weight */
} spil_pairs;

/* Another row. True: it begins a new pair, and *done is the one before, which is complete. */
bool spil_pairs_add(spil_pairs *pairs, const spil_pair_row *row, spil_pair_row *done);
/* The last one; false: there was none. */
bool spil_pairs_finish(spil_pairs *pairs, spil_pair_row *done);

#endif
