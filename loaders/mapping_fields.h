/* mapping_fields.h - the shape of a mapping file, for the reader of YAML trees.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_LOADERS_MAPPING_FIELDS_H
#define SPIL_LOADERS_MAPPING_FIELDS_H

#include "engine/base/yaml_tree.h"
#include "loaders/mapping.h"
#include "loaders/traits.h"

enum { SPIL_HOLE_MOST = 200 }; /* bytes between < and > */

/* The user of the tree is the spil_mapping. */
extern const spil_yaml_record spil_mapping_shape;

/* ---- mapping_words.c, mapping_template.c: readers of single values ---- */
spil_yaml_reader spil_mapping_read_columns, spil_mapping_read_optional, spil_mapping_read_tables,
    spil_mapping_read_template, spil_mapping_read_when, spil_mapping_read_attributes,
    spil_mapping_read_split, spil_mapping_read_secret, spil_mapping_read_order,
    spil_mapping_read_decimal, spil_mapping_read_constants, spil_mapping_read_kind;

/* Number of the column that templates call name; a new one when it is not there yet. */
spil_status spil_mapping_column_at(spil_mapping *mapping, const char *name, uint64_t line,
                                   size_t *out, spil_err *err) SPIL_CHECKED;
/* Text with holes into pieces; a fault at node when it cannot be. */
spil_status spil_mapping_parse(spil_yaml *yaml, const yaml_node_t *node, const char *text,
                               spil_template *out, spil_err *err) SPIL_CHECKED;
/* The step of that name, or SPIL_STEP_COUNT. */
spil_step_kind spil_mapping_step_of(const char *name);
/* A block of `name: value` of 1 to most names, else a fault. */
bool spil_mapping_is_block(spil_yaml *yaml, const yaml_node_t *node, const char *what, size_t most);
/* Why a column may not serve in a template: of its own name or one of theirs; NULL: it may. */
const spil_trait *spil_mapping_column_trait(const spil_mapping *mapping, size_t column);
/* One word behind the others of the mapping. */
spil_status spil_mapping_add_word(spil_mapping *mapping, const char *text,
                                  spil_err *err) SPIL_CHECKED;

/* ---- mapping_simple.c: a file of one table becomes entities and links ---- */
spil_status spil_mapping_widen(spil_mapping *mapping, spil_err *err) SPIL_CHECKED;

#endif
