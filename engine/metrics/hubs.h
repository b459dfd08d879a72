/* hubs.h - distances and path counts from the few vertices of a block that have most links.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Hubs are ranked 0, 1, ... by degree. A shortest path that holds a hub has one of lowest rank, so
 *
 *     paths between s and t that hold a hub = sum over hubs i on a shortest one of f_i(s) f_i(t)
 *
 * with f_i(v) the number of shortest v-i paths on which no hub ranks before i (v included): every
 * path is counted once, by its first hub. The canonical labels of hub labelling with counts (Zhang
 * & Yu 2020, SIGMOD), cut off after SPIL_HUBS. Two rows of a table then tell what a search would
 * spend most of its time on: the links of the hubs.
 */
#ifndef SPIL_METRICS_HUBS_H
#define SPIL_METRICS_HUBS_H

#include "engine/metrics/parts.h"

enum { SPIL_HUBS = 16, SPIL_HUB_FAR = 255 };

/* Open struct. Rows of SPIL_HUBS entries a vertex, of which count are used. paths is in single
 * precision: a draw of one path among many is off by some 1e-6 of its chance. */
typedef struct spil_hubs {
    unsigned count; /* 0: no vertex stands out, or the counts do not fit: search without */
    spil_vid vertex[SPIL_HUBS];
    uint8_t *distance; /* n * SPIL_HUBS: from the hub */
    float *paths;      /* n * SPIL_HUBS: f_i(v), 0 when a hub of lower rank is on all of them */
} spil_hubs;

/* Hubs are the vertices with most links among those with at least eight times the mean. Time
 * O(count * edges), in parallel. Caller: spil_hubs_free. Errors: SPIL_NO_MEMORY, SPIL_CANCELLED. */
spil_status spil_hubs_new(spil_hubs **out, const spil_part *part, spil_err *err) SPIL_CHECKED;
void spil_hubs_free(spil_hubs *hubs);

#endif
