/* hubs.h - distances and path counts from the few vertices of a block that have most links.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Hubs are ranked 0, 1, ... by degree. A shortest path that holds a hub has one of lowest rank, so
 *
 *     paths between s and t that hold a hub = sum over hubs i on a shortest one of f_i(s) f_i(t)
 *
 * with f_i(v) the number of shortest v-i paths on which no hub ranks before i (v included): every
 * path is counted once, by its first hub. The canonical labels of hub labelling with counts (Zhang
 * & Yu 2020, SIGMOD), cut off after SPIL_HUBS. A few entries of a table then tell what a search
 * would spend most of its time on: the links of the hubs. Four hubs do as well as sixteen on a
 * network of a million vertices, for a quarter of the memory: 20 bytes a vertex.
 */
#ifndef SPIL_METRICS_HUBS_H
#define SPIL_METRICS_HUBS_H

#include "engine/graph/csr.h"

enum { SPIL_HUBS = 4, SPIL_HUB_FAR = 255 };

/* Open struct; a column of n entries a hub. paths is in single precision: a draw of one path among
 * many is off by some 1e-6 of its chance. */
typedef struct spil_hubs {
    spil_vid n;
    unsigned count; /* 0: no vertex stands out, or the counts do not fit: search without */
    spil_vid vertex[SPIL_HUBS];
    uint8_t *distance; /* SPIL_HUBS * n: from the hub, within the block */
    float *paths;      /* SPIL_HUBS * n: f_i(v), 0 when a hub of lower rank is on all of them */
    uint64_t *closed; /* a bit a vertex that a search need not go to: outside the block, or a hub */
} spil_hubs;

static inline bool spil_hubs_closed(const spil_hubs *hubs, spil_vid v)
{
    return hubs->closed[v / 64] >> (v % 64) & 1;
}

/* member: of a block, count of them. Hubs are the members with most links among those with at least
 * eight times the mean of g. Time O(hubs * edges), in parallel. Caller: spil_hubs_free. Errors:
 * SPIL_NO_MEMORY, SPIL_CANCELLED. */
spil_status spil_hubs_new(spil_hubs **out, const spil_csr *g, const spil_vid *member,
                          spil_vid count, spil_err *err) SPIL_CHECKED;
void spil_hubs_free(spil_hubs *hubs);

#endif
