/* likeness.h - an order in which neighbours in the list see the graph alike.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Searches that run side by side share their levels when their sources are equally far from most
 * vertices. Most shortest paths pass a few hubs, so sources with equal distances to the largest
 * hubs are nearly that: sort by the distances to the hubs, the largest hub first.
 */
#ifndef SPIL_METRICS_LIKENESS_H
#define SPIL_METRICS_LIKENESS_H

#include "engine/metrics/parts.h"

/* list: count local vertices, reordered; equal ones keep their order. O(n + m + count). */
spil_status spil_likeness_sort(const spil_part *part, spil_vid *list, spil_vid count,
                               spil_err *err) SPIL_CHECKED;

#endif
