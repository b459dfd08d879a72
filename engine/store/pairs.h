/* pairs.h - pairs of entities put aside until their file has been read, and given back in order.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * In a temporary table, which SQLite keeps in a file of its own once it grows, and sorts there: so
 * memory does not grow with the number of pairs. Inside an import.
 */
#ifndef SPIL_STORE_PAIRS_H
#define SPIL_STORE_PAIRS_H

#include "engine/store/store.h"

typedef struct spil_pair_row {
    int64_t from, to;
    double weight;
    uint64_t line;
} spil_pair_row;

spil_status spil_store_begin_pairs(spil_store *store, spil_err *err) SPIL_CHECKED; /* none yet */
spil_status spil_store_put_pair(spil_store *store, const spil_pair_row *row,
                                spil_err *err) SPIL_CHECKED;
/* Rows of one pair, whichever way round, follow each other in the order in which they were put;
 * pairs stand by their smaller and larger end. each may add links; stops at its first failure. */
spil_status spil_store_each_pair(spil_store *store,
                                 spil_status (*each)(const spil_pair_row *row, void *user,
                                                     spil_err *err),
                                 void *user, spil_err *err) SPIL_CHECKED;
/* Takes them away; not needed where the import fails. */
spil_status spil_store_end_pairs(spil_store *store, spil_err *err) SPIL_CHECKED;

#endif
