/* learned.h - effects learned from outcomes, in the place of those of the model files.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is put in stands in the options of the run, so that a report made later holds the same
 * numbers and tells, at each barrier, where they come from.
 */
#ifndef SPIL_RUN_LEARNED_H
#define SPIL_RUN_LEARNED_H

#include "engine/barriers/model.h"
#include "engine/base/str.h"

typedef struct spil_learned {
    const char *model, *step, *barrier;
    double prior_a, prior_b; /* of the model file that was learned from */
    uint32_t works, fails;
    const char *from; /* which results, in words */
} spil_learned;

/* Beta(a, b) of the barrier becomes Beta(prior_a + works, prior_b + fails). It is no longer assumed
 * once the results outweigh the prior (works + fails >= prior_a + prior_b). SPIL_INPUT when there
 * is no such barrier, or when its model file holds other numbers than those that were learned from.
 */
spil_status spil_learned_apply(spil_model_set *models, const spil_learned *learned, size_t count,
                               spil_err *err) SPIL_CHECKED;
/* Appends `, "learned": [...]`; nothing when there are none. */
void spil_learned_write(const spil_learned *learned, size_t count, spil_str *out);
/* Applies what stands in the options of a run, JSON text; models that the set lacks are passed
 * over. */
spil_status spil_learned_again(spil_model_set *models, const char *options,
                               spil_err *err) SPIL_CHECKED;

#endif
