/* attributes.h - what the barrier models ask of entities: a column each, filled for the innocent.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A model's opportunities and rules name attributes ("cash_intensive: yes"). The usual columns
 * hold use, vacant and sbi; each other attribute becomes a column of its kind's file. When half of
 * the planted have it, the innocent have it as often as the likelihood ratio implies, 0.5 / ratio.
 */
#ifndef SPIL_GENERATE_ATTRIBUTES_H
#define SPIL_GENERATE_ATTRIBUTES_H

#include "datasets/generate/cell.h"
#include "engine/barriers/model.h"

enum { SPIL_GEN_VALUES = 8 }; /* values of one attribute that models may ask for */

typedef struct spil_gen_column {
    const char *name; /* borrowed from the models */
    const char *value[SPIL_GEN_VALUES];
    double rate[SPIL_GEN_VALUES]; /* share of the innocent who have it */
    size_t count;
} spil_gen_column;

/* Open struct; valid while the models are. */
typedef struct spil_gen_columns {
    spil_gen_column column[SPIL_ENTITY_KIND_COUNT][SPIL_GEN_ATTRIBUTES];
    size_t count[SPIL_ENTITY_KIND_COUNT];
    SPIL_VEC(const char *) uses; /* of addresses, and sector codes, that models ask for */
    SPIL_VEC(const char *) sectors;
} spil_gen_columns;

/* SPIL_LIMIT when the models ask for more attributes than there is room for. */
spil_status spil_gen_columns_of(spil_gen_columns *out, const spil_model_set *models,
                                spil_err *err) SPIL_CHECKED;
void spil_gen_columns_free(spil_gen_columns *columns);

/* What an address has that rule power_use sees: a yearly use above its number. */
spil_condition spil_gen_power_use(const spil_model_rule *rule);

/* Gives some of the innocent the uses and sectors that models ask for. */
void spil_gen_spread_uses(spil_gen_cell *cell, const spil_gen_columns *columns);
/* Gives every entity without them (new since the last call) a value in every column that has none.
 */
void spil_gen_fill_attributes(spil_gen_cell *cell, const spil_gen_columns *columns);
/* Makes the entity meet the condition; one that has no such column changes nothing. */
void spil_gen_meet(spil_gen_cell *cell, const spil_gen_columns *columns, spil_entity_kind kind,
                   uint32_t index, const spil_condition *condition);

#endif
