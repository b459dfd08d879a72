/* pair_join.h - the rows of one pair of entities, however often and whichever way it stands, as
 * one. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows come pair by pair (loaders/pair_sort.h); spil_pair_join_add tells when a pair is complete.
 */
#ifndef SPIL_LOADERS_PAIR_JOIN_H
#define SPIL_LOADERS_PAIR_JOIN_H

#include "loaders/intake.h"
#include "loaders/pair_sort.h"

/* Open struct; zeroed at first, but for the rule. */
typedef struct spil_pair_join {
    spil_merge rule;
    spil_pair_row pair; /* as first met; line: of the row whose weight holds (of the first one
                           when they are added up) */
    double latest;      /* weight of its last row */
    uint64_t rows;      /* of the pair; 0: no pair yet */
    bool differs;       /* its rows have different weights */
    uint64_t pairs;     /* complete ones */
    uint64_t again;     /* of which stood more than once */
    uint64_t unequal;   /* of which with another weight */
} spil_pair_join;

/* The pairs that were put aside as links of opts->link_kind, weights joined as opts->merge says;
 * counts those that went into another one, and says so in the note. */
spil_status spil_pair_join_links(spil_intake *intake, spil_pair_sort *rows,
                                 spil_err *err) SPIL_CHECKED;

/* Another row. True: it begins a new pair, and *done is the one before, which is complete. */
bool spil_pair_join_add(spil_pair_join *pairs, const spil_pair_row *row, spil_pair_row *done);
/* The last one; false: there was none. */
bool spil_pair_join_finish(spil_pair_join *pairs, spil_pair_row *done);

#endif
