/* plant.h - criminal collaborations that run a barrier model, set in the innocent world.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A planted collaboration runs each step of its model with the chance that the model gives it
 * (`given`). Its members are residents of the cell, with their families, homes and jobs; a small
 * core fills several roles. Facilitators are drawn from those who own, direct or trade lawfully,
 * and keep their own ties. Fronts and places are founded or taken over. Each signal of a step that
 * is run arises with chance SPIL_GEN_SEEN, each seat gets on record with SPIL_GEN_KNOWN.
 *
 *     step 1        step 2        step 3
 *     lead ──────── lead ──────── lead        leads know the next lead, the organiser most of them
 *     / | \          |  \         /  \
 *   holders, facilitators, fronts, places
 */
#ifndef SPIL_GENERATE_PLANT_H
#define SPIL_GENERATE_PLANT_H

#include "datasets/generate/attributes.h"

#define SPIL_GEN_SEEN 0.6  /* chance that a signal of a step that is run arises */
#define SPIL_GEN_KNOWN 0.5 /* chance that somebody came to know who fills a role */

/* Plants collaboration number `number` (from 0) after the model. A cell too full for it gets a
 * smaller one. */
void spil_gen_plant(spil_gen_cell *cell, const spil_gen_columns *columns, const spil_model *model,
                    uint64_t number);

#endif
