/* model_fields.h - the shape of a model file as a table of fields; used by model*.c alone.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_BARRIERS_MODEL_FIELDS_H
#define SPIL_BARRIERS_MODEL_FIELDS_H

#include "engine/barriers/model.h"
#include "engine/base/yaml_tree.h"

/* Record: a zeroed spil_model with its arena; user of the yaml: the same model. */
extern const spil_yaml_record spil_model_shape;

/* Readers (model_words.c). */
spil_yaml_reader spil_read_kinds;
spil_yaml_reader spil_read_partner;
spil_yaml_reader spil_read_facilitator;
spil_yaml_reader spil_read_half_life;
spil_yaml_reader spil_read_source;
spil_yaml_reader spil_read_effect;
spil_yaml_reader spil_read_reach;
spil_yaml_reader spil_read_where;
spil_yaml_reader spil_read_assumed;
spil_yaml_reader spil_read_step_of;
spil_yaml_reader spil_read_role_of;
spil_yaml_reader spil_read_steps_of;
spil_yaml_reader spil_read_rule_name;

const char *spil_facilitator_word(spil_facilitator facilitator);
/* Half and twice the odds of an assumed chance; of another the chance itself. */
spil_range spil_range_unless_stated(double mid, bool assumed);

/* Checks that need more than one value (model_check.c); they also fill in what a file may
 * leave out. */
void spil_check_ratio(spil_yaml *yaml, const yaml_node_t *node, const spil_ratio *ratio);
void spil_check_role(spil_yaml *yaml, const yaml_node_t *node, void *record);
void spil_check_opportunity(spil_yaml *yaml, const yaml_node_t *node, void *record);
void spil_check_signal(spil_yaml *yaml, const yaml_node_t *node, void *record);
void spil_check_shift(spil_yaml *yaml, const yaml_node_t *node, void *record);
void spil_check_barrier(spil_yaml *yaml, const yaml_node_t *node, void *record);
void spil_check_step(spil_yaml *yaml, const yaml_node_t *node, void *record);
void spil_check_rule(spil_yaml *yaml, const yaml_node_t *node, void *record);
void spil_check_role_evidence(spil_yaml *yaml, const yaml_node_t *node, void *record);
void spil_check_model(spil_yaml *yaml, const yaml_node_t *node, void *record);

#endif
