/* shape.h - what makes a planted collaboration easy, and what its structure shows.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_GENERATE_SHAPE_H
#define SPIL_GENERATE_SHAPE_H

#include "datasets/generate/crew.h"

/* Half of the opportunities of the step are met, on one who serves it. */
void spil_gen_take_opportunities(spil_gen_plan *p, uint32_t step);
/* Half of the collaborations show what a rule looks for, on one holder of the rule's role. */
void spil_gen_follow_rule(spil_gen_plan *p, const spil_model_rule *rule);

#endif
