/* pair_sort.h - pairs of entities put aside until their file has been read, and given back in
 * order. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows are sorted in memory, SPIL_PAIR_RUN at a time; where there are more, each sorted run goes to
 * a file without a name beside the case, and all runs are read side by side in the end:
 *
 *     put put ... [run full] --> sort --> file [run 0][run 1]...     next: the least of all heads
 *
 * So memory does not grow with the number of pairs but for 128 KiB a million; the file takes 32
 * bytes a pair. Runs are short enough for a processor's cache.
 */
#ifndef SPIL_LOADERS_PAIR_SORT_H
#define SPIL_LOADERS_PAIR_SORT_H

#include "engine/base/err.h"

enum { SPIL_PAIR_RUN = 1 << 18 };

typedef struct spil_pair_row {
    int64_t from, to;
    double weight;
    uint64_t line;
} spil_pair_row;

typedef struct spil_pair_sort spil_pair_sort;

/* run: rows that are sorted in memory, at least 1. beside: where the file goes (aside.h). */
spil_status spil_pair_sort_new(spil_pair_sort **out, const char *beside, size_t run,
                               spil_err *err) SPIL_CHECKED;
void spil_pair_sort_free(spil_pair_sort *sort); /* NULL is allowed */
spil_status spil_pair_sort_put(spil_pair_sort *sort, const spil_pair_row *row,
                               spil_err *err) SPIL_CHECKED;
/* The next one, *got false at the end; none may be put after the first. Rows of one pair, whichever
 * way round, follow each other in the order in which they were put; pairs stand by their smaller
 * and larger end. */
spil_status spil_pair_sort_next(spil_pair_sort *sort, spil_pair_row *row, bool *got,
                                spil_err *err) SPIL_CHECKED;

#endif
