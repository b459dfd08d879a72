/* mapped.h - a row of an export as a mapping sees it: the entities, links, roles and signals it
 * makes. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing is written here: a loader writes what comes out into the store, a preview shows it. A
 * row is looked at whole before anything of it goes anywhere, so that a bad one leaves nothing.
 * Memory is that of one row, bounded by the limits below.
 */
#ifndef SPIL_LOADERS_MAPPED_H
#define SPIL_LOADERS_MAPPED_H

#include "engine/base/vec.h"
#include "loaders/intake.h"

enum {
    SPIL_PARTS_MOST = 256,         /* of one value that is split */
    SPIL_MADE_LINKS_MOST = 4096,   /* of one row */
    SPIL_MADE_TEXT_MOST = 4 << 20, /* bytes of all texts of one row */
};

#define SPIL_NO_TEXT SIZE_MAX

/* Texts are offsets into made->text (spil_made_text), or SPIL_NO_TEXT. */
typedef struct spil_made_attribute {
    const char *name;
    size_t value;
} spil_made_attribute;

typedef struct spil_made_entity {
    size_t spec; /* of the mapping */
    bool there;  /* else its condition did not hold, or it had no id and may do without */
    int column;  /* where its id comes from: for complaints */
    spil_entity_kind kind;
    size_t key, label, type;
    spil_range attributes;
} spil_made_entity;

typedef struct spil_made_link {
    size_t from, to; /* of made->entities */
    int column;
    spil_link_kind kind;
    size_t type;
    double weight, confidence;
    spil_day since, until;
    spil_range attributes;
    bool repeats;
} spil_made_link;

typedef struct spil_made_role {
    size_t entity, model, step, role;
    double confidence;
} spil_made_role;

typedef struct spil_made_signal {
    size_t entity, code;
    double strength, confidence;
    spil_day date;
} spil_made_signal;

/* Open struct. */
typedef struct spil_made {
    SPIL_VEC(spil_made_entity) entities;
    SPIL_VEC(spil_made_attribute) attributes;
    SPIL_VEC(spil_made_link) links;
    SPIL_VEC(spil_made_role) roles;
    SPIL_VEC(spil_made_signal) signals;
    spil_str text;
    bool passed_over; /* the mapping's own condition did not hold */
} spil_made;

const char *spil_made_text(const spil_made *made, size_t offset); /* NULL for SPIL_NO_TEXT */

typedef struct spil_mapped spil_mapped;

/* After spil_intake_start: finds the columns of intake->header.mapping in the header, and drops
 * those that it does not use. SPIL_INPUT with the line of the mapping when one is missing. */
spil_status spil_mapped_new(spil_mapped **out, spil_intake *intake, spil_err *err) SPIL_CHECKED;
void spil_mapped_free(spil_mapped *mapped);
/* *out is borrowed until the next row. When the intake has a complaint, it counts for nothing. */
spil_status spil_mapped_row(spil_mapped *mapped, const spil_row *row, const spil_made **out,
                            spil_err *err) SPIL_CHECKED;

#endif
