/* partition.h - labels of vertices made tidy, and what they say of each other; used by community.c.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_COMMUNITIES_PARTITION_H
#define SPIL_COMMUNITIES_PARTITION_H

#include "engine/communities/community.h"

/* Splits every label whose vertices do not hang together, and numbers the parts 0.. by size,
 * largest first, ties by smallest vertex. of: n labels below n, in and out. O(n + m). */
spil_status spil_partition_tidy(uint32_t *of, uint32_t *count, const spil_csr *g,
                                spil_err *err) SPIL_CHECKED;

/* Sizes, edges, density, conductance of each part; stability is left as it is. */
void spil_partition_describe(const spil_partition *part, const spil_csr *g,
                             spil_community_stats *stats);

/* Co-membership with the labels of `runs` runs (row a run, n each): stability of each part and
 * membership of each vertex, as community.h says. progress: stepped once a part; NULL allowed.
 * O(runs x n). */
spil_status spil_partition_compare(const spil_partition *part, const uint32_t *labels,
                                   unsigned runs, spil_community_stats *stats, double *membership,
                                   spil_progress *progress, spil_err *err) SPIL_CHECKED;

#endif
