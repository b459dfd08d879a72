/* leiden.h - Leiden of our own, for three objectives. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Traag, Waltman & van Eck 2019, "From Louvain to Leiden: guaranteeing well-connected communities",
 * Scientific Reports 9:5233. Objectives, with A the link weights, m their sum, k strengths, g the
 * resolution, d = 1 when i and j share a community, sums over ordered pairs:
 *
 * modularity  1/2m sum (A_ij - g k_i k_j / 2m) d     Newman & Girvan 2004; Reichardt & Bornholdt
 * 2006 cpm         1/2m sum (A_ij - g [i != j]) d         constant Potts model: Traag, Van Dooren &
 *                                                    Nesterov 2011
 * two_mode    1/2m sum (A_ij - g P_ij) d             where a component falls into two sides without
 *             a link inside (persons and addresses, say), P_ij is k_i k_j / m across the sides and
 *             0 within them: with g = 1, Barber's modularity (2007), in which nobody is expected to
 *             be linked with his own side. In other components P_ij is that of modularity.
 */
#ifndef SPIL_COMMUNITIES_LEIDEN_H
#define SPIL_COMMUNITIES_LEIDEN_H

#include "engine/communities/community.h"

typedef enum spil_objective {
    SPIL_OBJECTIVE_MODULARITY,
    SPIL_OBJECTIVE_CPM,
    SPIL_OBJECTIVE_TWO_MODE
} spil_objective;

/* What all runs on one graph share; read only once made. The graph must outlive it. */
typedef struct spil_leiden spil_leiden;

/* edge_weight: csr->m values by edge number, finite and >= 0, or NULL: all 1. Errors: SPIL_RANGE
 * for another weight or a resolution that is not a finite number >= 0. */
spil_status spil_leiden_new(spil_leiden **out, const spil_csr *g, const double *edge_weight,
                            spil_objective objective, double resolution,
                            spil_err *err) SPIL_CHECKED;
void spil_leiden_free(spil_leiden *leiden);

/* One run, the same for any number of threads; several threads may run on one spil_leiden. of: n
 * labels of the caller, 0.. without gaps; every community is connected. quality: as above, 0 when
 * the weights add up to 0. Time: some ten times O(n + m); memory about 95 n + 12 x 2m bytes. */
spil_status spil_leiden_run(const spil_leiden *leiden, uint64_t seed, uint32_t *of, double *quality,
                            spil_err *err) SPIL_CHECKED;

/* Goes on from the labels of a run, below n, until an iteration gains less than 3e-5: first on the
 * network whose vertices are the groups that all runs keep together (labels: runs x n, row r of run
 * r, one of which is of; with one run there is nothing to learn from them, and NULL will do), then
 * on the network itself. Quality is no lower afterwards, and communities are connected. In graphs
 * of up to 12,000 vertices a run goes that far by itself, and nothing is done: of and quality stay
 * as they are. */
spil_status spil_leiden_polish(const spil_leiden *leiden, const uint32_t *labels, unsigned runs,
                               uint64_t seed, uint32_t *of, double *quality,
                               spil_err *err) SPIL_CHECKED;

/* The same as functions of a community method: state is a spil_leiden. */
spil_status spil_leiden_method_run(const void *state, uint64_t seed, uint32_t *of, double *quality,
                                   spil_err *err) SPIL_CHECKED;
spil_status spil_leiden_method_polish(const void *state, const uint32_t *labels, unsigned runs,
                                      uint64_t seed, uint32_t *of, double *quality,
                                      spil_err *err) SPIL_CHECKED;
void spil_leiden_method_close(void *state);

/* Quality of any labels below n. */
spil_status spil_leiden_quality(const spil_leiden *leiden, const uint32_t *of, double *quality,
                                spil_err *err) SPIL_CHECKED;

#endif
