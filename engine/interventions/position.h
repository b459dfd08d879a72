/* position.h - who holds parts of the network together. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For a vertex v with k links, k_c of them into community c:
 *     participation   1 - sum over c (k_c / k)^2         (Guimera & Amaral 2005); 0 without links
 *     communities     how many others than its own it is linked with
 *     cut off         vertices that can no longer be reached from the largest part that is left of
 *                     its component when v goes; 0 unless v is an articulation point
 */
#ifndef SPIL_INTERVENTIONS_POSITION_H
#define SPIL_INTERVENTIONS_POSITION_H

#include "engine/graph/csr.h"

/* Open struct. */
typedef struct spil_position {
    uint32_t communities;
    double participation;
    spil_vid cut_off;
    spil_vid parts; /* that its component falls into without it: 1, or more */
} spil_position;

/* community: n labels below SPIL_NO_VERTEX; position: n of the caller. O(n + m). */
spil_status spil_positions_find(const spil_csr *g, const uint32_t *community,
                                spil_position *position, spil_err *err) SPIL_CHECKED;

#endif
