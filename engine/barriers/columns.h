/* columns.h - the numbers of a set of models that are drawn: likelihood ratios and chances.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A number belongs to the model, not to the community: in one draw a signal is worth the same
 * everywhere. A ratio stands as ln(LR), at least 0; a chance as itself. Its stream comes from the
 * ids of model, step and item, so that editing one item leaves the draws of all others as they
 * were.
 */
#ifndef SPIL_BARRIERS_COLUMNS_H
#define SPIL_BARRIERS_COLUMNS_H

#include "engine/barriers/model.h"

typedef struct spil_columns {
    const spil_model_set *models;
    size_t *model_base; /* first column of each model: its recorded roles */
    size_t *step_base;  /* of all steps of all models: first column of the step */
    size_t *step_row;   /* models: where its steps begin in step_base */
    size_t count;
} spil_columns;

spil_status spil_columns_new(spil_columns **out, const spil_model_set *models,
                             spil_err *err) SPIL_CHECKED;
void spil_columns_free(spil_columns *columns);

uint32_t spil_column_role(const spil_columns *columns, size_t model);
/* prior of the model */
uint32_t spil_column_process(const spil_columns *columns, size_t model);
/* prior and given of the step: this column and the next; prior is never above given. */
uint32_t spil_column_step(const spil_columns *columns, size_t model, size_t step);
uint32_t spil_column_rule(const spil_columns *columns, size_t model, size_t rule);
uint32_t spil_column_signal(const spil_columns *columns, size_t model, size_t step, size_t signal);
uint32_t spil_column_opportunity(const spil_columns *columns, size_t model, size_t step,
                                 size_t opportunity);

/* table: draws x count of the caller. */
void spil_columns_draw(const spil_columns *columns, uint64_t seed, size_t draws, double *table);

#endif
