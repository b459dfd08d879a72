/* leiden_setup.h - the ground level of Leiden: weights, masses and rate of an objective.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Masses turn the objectives of leiden.h into the one form of leiden_level.h:
 *
 *                 mass    other   rate
 *     modularity  k                g / 2m
 *     cpm         1                g
 *     two_mode    2k      0       g / 2m    one side
 *                 0       k                 the other side: 2 k_i k_j / 2m = k_i k_j / m
 *                 k       k / 2             a component that has no two sides: k_i k_j / 2m
 */
#ifndef SPIL_COMMUNITIES_LEIDEN_SETUP_H
#define SPIL_COMMUNITIES_LEIDEN_SETUP_H

#include "engine/communities/leiden.h"
#include "engine/communities/leiden_level.h"

struct spil_leiden {
    const spil_csr *g;
    double *weight; /* 2m by entry; NULL: all 1 */
    double *mass, *other;
    double total; /* 2m: of all weights, both ways */
    spil_objective objective;
    double resolution;
    spil_level ground; /* of the above */
};

#endif
