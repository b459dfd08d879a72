/* pairs.h - unordered pairs of entities, each once, however often and whichever way they stand.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_LOADERS_PAIRS_H
#define SPIL_LOADERS_PAIRS_H

#include "loaders/loader.h"

/* As first met; line: of the row whose weight holds (of the first one when they are added up). */
typedef struct spil_pair {
    int64_t from, to;
    double weight;
    uint64_t line;
    bool again, unequal; /* it stood twice; with another weight */
} spil_pair;

/* 40 bytes a pair and 8 a slot. Open struct. */
typedef struct spil_pairs {
    spil_pair *items; /* in the order first met */
    size_t count, room;
    size_t *slots; /* position + 1; 0 = empty */
    size_t slot_count;
    uint64_t again, unequal; /* pairs */
} spil_pairs;

void spil_pairs_free(spil_pairs *pairs);
/* *merged: the pair was there, and weights were joined by the rule. */
spil_status spil_pairs_add(spil_pairs *pairs, const spil_pair *pair, spil_merge rule, bool *merged,
                           spil_err *err) SPIL_CHECKED;

#endif
