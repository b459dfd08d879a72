/* stand_in.h - will the network fill the place again? SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Duijn, Kashirin & Sloot 2014, Scientific Reports 4:4238: who loses a partner looks for another
 * within the own network, nearest first. Here: candidates are members of the network within two
 * steps of the one taken out, of a kind that the role takes, who do not serve the step already.
 * One is tried every `attempt_days` until the horizon; a try at distance d succeeds with chance
 * reach[d - 1] x substitutability of the role:
 *     recovers = 1 - (1 - reach1 s)^min(n1, A) (1 - reach2 s)^min(n2, A - min(n1, A)),
 *     A = floor(horizon / attempt_days)
 */
#ifndef SPIL_INTERVENTIONS_STAND_IN_H
#define SPIL_INTERVENTIONS_STAND_IN_H

#include "engine/barriers/score.h"

typedef struct spil_stand_ins {
    uint32_t near, far; /* candidates at distance 1 and 2 */
    double recovers;
} spil_stand_ins;

double spil_stand_in_chance(const spil_model *model, double substitutability, uint32_t near,
                            uint32_t far);

/* Scratch of one thread. */
typedef struct spil_stand_in_room spil_stand_in_room;
spil_status spil_stand_in_room_new(spil_stand_in_room **out, const spil_facts *facts,
                                   const spil_network *network, spil_err *err) SPIL_CHECKED;
void spil_stand_in_room_free(spil_stand_in_room *room);

/* When the entity no longer serves the step of the score. The role: the one it most likely holds,
 * else the first that takes its kind, else (no role does) its own kind with the step's largest
 * substitutability, 1 without roles. Time: its neighbours' links. */
spil_stand_ins spil_stand_in_find(spil_stand_in_room *room, const spil_model *model,
                                  const spil_score *score, size_t step, uint32_t entity);

#endif
