/* model_write.h - a model as text: a model file that reads back the same, and its parts line by
 * line so that two models can be compared by meaning. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The file has no comments; numbers are the shortest that read back to the same bits.
 */
#ifndef SPIL_BARRIERS_MODEL_WRITE_H
#define SPIL_BARRIERS_MODEL_WRITE_H

#include "engine/barriers/model.h"
#include "engine/base/str.h"

/* Appends a whole model file. */
void spil_model_write(const spil_model *model, spil_str *out);

/* The parts of it, in order: the head; of each step its own keys, then "    roles:" and its items,
 * and so on; the rules. */
void spil_write_head(spil_str *out, const spil_model *model);
void spil_write_step(spil_str *out, const spil_model_step *step);
void spil_write_role(spil_str *out, const spil_model_role *role);
void spil_write_opportunity(spil_str *out, const spil_model_opportunity *opportunity);
void spil_write_signal(spil_str *out, const spil_model_signal *signal);
void spil_write_barrier(spil_str *out, const spil_model_barrier *barrier);
void spil_write_rules(spil_str *out, const spil_model *model);
/* In double quotes. */
void spil_write_text(spil_str *out, const char *text);

/* One thing a model says: "step power / signal power_theft / lr" is "60". A block has a line of its
 * own before its parts, with a summary as its value. */
typedef struct spil_model_line {
    char *path, *value;
} spil_model_line;

typedef struct spil_model_lines {
    spil_model_line *items;
    size_t count, room;
} spil_model_lines;

/* Everything in the model but its path, digest and comments, in the order of the file. */
spil_status spil_model_lines_of(spil_model_lines **out, const spil_model *model,
                                spil_err *err) SPIL_CHECKED;
void spil_model_lines_free(spil_model_lines *lines);

/* What differs: before NULL: new in the second; after NULL: gone from it. The parts of a block that
 * came or went are not told one by one. */
typedef struct spil_model_change {
    const char *path, *before, *after; /* borrowed from the lines */
} spil_model_change;

typedef struct spil_model_changes {
    spil_model_change *items; /* in the order of the first, then what is new */
    size_t count;
    spil_model_lines *first, *second;
} spil_model_changes;

spil_status spil_model_diff(spil_model_changes **out, const spil_model *first,
                            const spil_model *second, spil_err *err) SPIL_CHECKED;
void spil_model_changes_free(spil_model_changes *changes);

/* Shortest text of the number that reads back the same. */
void spil_number_text(spil_str *out, double value);
/* "person, company"; "any" never. */
void spil_kinds_text(spil_str *out, spil_kind_mask kinds);

#endif
