/* mapped_inside.h - what the files mapped_*.c share. SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     row -> values[column] -> template -> text   (mapped_text.c)
 *                           -> entity             (mapped_entity.c)
 *                           -> links ...          (mapped.c)
 */
#ifndef SPIL_LOADERS_MAPPED_INSIDE_H
#define SPIL_LOADERS_MAPPED_INSIDE_H

#include "loaders/mapped.h"

enum { SPIL_NO_GROUP = -1 };

/* Entities that are split on the same columns by the same text: part i of one goes with part i of
 * the other. */
typedef struct spil_split_group {
    size_t spec;  /* the first entity with this split */
    size_t count; /* parts in this row */
    size_t from;  /* of part_at: part i of the c-th column is at from + c * count + i */
} spil_split_group;

struct spil_mapped {
    spil_intake *intake;
    const spil_mapping *mapping;
    spil_decimal decimal;
    int *at;             /* of each column of the mapping: its number in the header */
    const char **values; /* of each column of the mapping, in this row (or this part of it) */
    int *group_of;       /* of each entity of the mapping: its group, or SPIL_NO_GROUP */
    size_t *first;       /* of each entity of the mapping: where it starts in made.entities */
    spil_split_group *groups;
    size_t group_count;
    const char **rest; /* of each column of the header: name as attribute of the rest, or NULL */
    spil_str parts;    /* of split values; holds still once a row is split */
    SPIL_VEC(size_t) part_at;
    spil_str work[2];
    uint64_t line;
    spil_made made;
};

/* Where a complaint points: the first column of the template. */
int spil_mapped_column_of(const spil_mapped *m, const spil_template *t);

/* The template filled in, behind made.text. strict (for keys): empty as soon as a column is that
 * may not be. Else what is empty is left out, and blanks and commas around it. False: a complaint
 * was made (or memory ran out: spil_str_status of made.text). */
bool spil_mapped_text(spil_mapped *m, const spil_template *t, bool strict, size_t *out);
/* The same, checked as a key must be. SPIL_NO_TEXT when empty. */
bool spil_mapped_key(spil_mapped *m, const spil_template *t, size_t *out);
bool spil_mapped_number(spil_mapped *m, const spil_template *t, double least, double most,
                        double *out);
bool spil_mapped_day(spil_mapped *m, const spil_template *t, spil_day *out);
bool spil_mapped_confidence(spil_mapped *m, const spil_template *confidence,
                            const spil_template *grade, double *out);
/* One step on a value: the answer is in out. */
bool spil_mapped_step(spil_mapped *m, const spil_step *step, int column, const char *text,
                      spil_str *out);
/* All conditions hold. */
bool spil_mapped_holds(const spil_mapped *m, spil_range when);
/* A text behind made.text. */
size_t spil_mapped_put(spil_mapped *m, const char *text);

/* Two names in the mapping of one column of the file: ours, and the one in its header. */
bool spil_mapped_same_column(const spil_mapped *m, size_t a, size_t b);

/* Which entities are split alike: once a file. */
void spil_mapped_group_splits(spil_mapped *m);
/* The parts of the group in this row, behind part_at. Columns that are split together have as many
 * parts, or none; empty ones at the end need not be written out. *good false: a complaint. */
spil_status spil_mapped_split_group(spil_mapped *m, spil_split_group *group, bool *good,
                                    spil_err *err) SPIL_CHECKED;
/* The values of the group's columns become those of part i, and those of the row again. */
void spil_mapped_enter_part(spil_mapped *m, int group_number, size_t i);
void spil_mapped_leave_part(spil_mapped *m, int group_number, const spil_row *row);

/* The attributes that the mapping states, behind made.attributes. */
spil_status spil_mapped_attributes(spil_mapped *m, spil_range attributes, bool *good,
                                   spil_err *err) SPIL_CHECKED;
/* One entity of the row, behind made.entities. False: a complaint. */
spil_status spil_mapped_entity(spil_mapped *m, size_t spec, const spil_row *row, bool *good,
                               spil_err *err) SPIL_CHECKED;

#endif
