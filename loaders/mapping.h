/* mapping.h - a file that says what the columns of somebody's export mean.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     columns:                          # our word: theirs, or a list of which the first found
 * counts number: [KvK-nummer, Dossiernummer] entities:
 *       - as: company
 *         kind: company
 *         id: kvk:<number|chamber_number>
 *       - as: director
 *         kind: person
 *         split: {columns: Bestuurders, by: ";"}
 *         id: <number>/<Bestuurders>
 *         person: {full: <Bestuurders>}
 *     links:
 *       - {from: director, to: company, kind: directs}
 *
 * What stands between < and > is taken from that column, the rest is itself: a template. A file of
 * one table says `kind: persons`, `columns` (ours: theirs) and `constants` instead, and becomes the
 * same. docs/loaders.md is the whole of it. A fault is SPIL_INPUT with file, line and column.
 *
 * Lists of the mapping lie in arrays of their own; a spil_range is a stretch of one of them.
 */
#ifndef SPIL_LOADERS_MAPPING_H
#define SPIL_LOADERS_MAPPING_H

#include "engine/base/vec.h"
#include "engine/store/kinds.h"
#include "loaders/value.h"

typedef struct spil_range {
    size_t from, count;
} spil_range;

/* A column of the export. */
typedef struct spil_mapping_column {
    const char *name;  /* as templates have it */
    spil_range theirs; /* words: names that it may have in the first row */
    uint64_t line;     /* of the mapping, where it is first named */
    bool optional;     /* may be missing: then it is empty in every row */
    bool secret;       /* holds a number or date that is kept as keyed hash alone */
    bool open;         /* serves in a template or condition */
    bool split;        /* or is split */
} spil_mapping_column;

typedef struct spil_mapping_table {
    const char *name;
    spil_range pairs;  /* words: theirs, ours, theirs, ours, ... */
    const char *other; /* for whatever stands in no pair; NULL: that is a fault of the row */
    uint64_t line;
} spil_mapping_table;

/* What is done to the value of a column, in the order of mapping_steps.def. */
typedef enum spil_step_kind {
#define STEP(name, what) SPIL_STEP_##name,
#include "loaders/mapping_steps.def"
#undef STEP
    SPIL_STEP_TABLE, /* look it up in a table */
    SPIL_STEP_COUNT = SPIL_STEP_TABLE
} spil_step_kind;

typedef struct spil_step {
    spil_step_kind kind;
    size_t table;
} spil_step;

enum { SPIL_STEPS_MOST = 4 };

typedef struct spil_piece {
    const char *text; /* itself; NULL: a column */
    size_t column;
    bool optional; /* <column?>: may be empty in an id */
    uint8_t step_count;
    spil_step steps[SPIL_STEPS_MOST];
} spil_piece;

typedef struct spil_template {
    spil_range pieces; /* none: not stated */
    uint64_t line;
} spil_template;

typedef enum spil_test { SPIL_TEST_IS, SPIL_TEST_LIKE, SPIL_TEST_EMPTY } spil_test;

/* All conditions of a thing must hold. Texts are compared without regard to ASCII capitals. */
typedef struct spil_when {
    size_t column;
    spil_test test;
    bool negated;
    spil_range words; /* any of these; LIKE: with * and ? */
    uint64_t line;
} spil_when;

typedef struct spil_mapping_attribute {
    const char *name;
    spil_template value;
} spil_mapping_attribute;

enum { SPIL_NO_MAPPING_COLUMN = -1, SPIL_SPLIT_MOST = 8 };

/* One entity of a row, or as many as a split column has parts. */
typedef struct spil_mapping_entity {
    const char *as;
    spil_template kind, id, name, type;
    struct {
        spil_template full, given, initials, prefix, surname;
    } person;
    struct {
        spil_template line, street, number, letter, addition, postcode, city;
    } address;
    bool has_person, has_address;
    bool optional; /* no id: no entity, instead of a bad row */
    bool known;    /* must be in the case already */
    bool rest;     /* columns that the mapping does not name become attributes of it */
    bool has_split;
    int bsn, birth_date; /* columns, or SPIL_NO_MAPPING_COLUMN */
    struct {
        size_t columns[SPIL_SPLIT_MOST];
        size_t count;
        const char *by;
    } split;
    spil_range attributes, when;
    uint64_t line;
} spil_mapping_entity;

typedef struct spil_mapping_link {
    const char *from_name, *to_name;
    size_t from, to; /* entities */
    spil_template kind, type, weight, confidence, grade, since, until;
    spil_range attributes, when;
    bool repeats; /* the same link in a further row counts again: a call, a payment */
    uint64_t line;
} spil_mapping_link;

typedef struct spil_mapping_role {
    const char *entity_name;
    size_t entity;
    spil_template model, step, role, confidence, grade;
    spil_range when;
    uint64_t line;
} spil_mapping_role;

typedef struct spil_mapping_signal {
    const char *entity_name;
    size_t entity;
    spil_template code, strength, date, confidence, grade;
    spil_range when;
    uint64_t line;
} spil_mapping_signal;

/* What the file says of the source; NULL and SPIL_NO_DAY: nothing. */
typedef struct spil_mapping_source {
    const char *grade, *owner, *basis, *purpose, *keep_text;
    spil_day keep_until;
} spil_mapping_source;

/* Open struct, immutable once read. */
typedef struct spil_mapping {
    const char *path, *about;
    spil_mapping_source source;
    spil_day_form dates;
    spil_decimal decimal;
    bool has_decimal; /* else by the separator of the file */
    SPIL_VEC(spil_mapping_column) columns;
    SPIL_VEC(spil_mapping_table) tables;
    SPIL_VEC(const char *) words;
    SPIL_VEC(spil_piece) pieces;
    SPIL_VEC(spil_when) conditions;
    SPIL_VEC(spil_mapping_attribute) attributes;
    spil_range when; /* rows that count at all */
    spil_mapping_entity *entities;
    spil_mapping_link *links;
    spil_mapping_role *roles;
    spil_mapping_signal *signals;
    size_t entity_count, link_count, role_count, signal_count;
    const char *kind; /* of a file of one table; NULL: of several */
    uint64_t kind_line;
    spil_range constants; /* words of such a file: ours, value, ours, value, ... */
    char digest[65];      /* of the bytes of the file */
    spil_arena *arena;
} spil_mapping;

spil_status spil_mapping_read(spil_mapping **out, const char *path, spil_err *err) SPIL_CHECKED;
spil_status spil_mapping_read_memory(spil_mapping **out, const char *name, const char *bytes,
                                     size_t length, spil_err *err) SPIL_CHECKED;
void spil_mapping_free(spil_mapping *mapping);

/* The path of a mapping: name itself when it is a path or such a file is there, else
 * "<name>.yaml" of those that ship ($SPIL_MAPPINGS, datasets/mappings beside the program, or
 * where it is installed). SPIL_NOT_FOUND names those that there are. Caller: spil_free. */
spil_status spil_mapping_find(char **out, const char *name, spil_err *err) SPIL_CHECKED;
/* Folder of the mappings that ship. Caller: spil_free. */
spil_status spil_mapping_folder(char **out, spil_err *err) SPIL_CHECKED;

/* Names of the mappings that ship, in order. Open struct. */
typedef struct spil_mapping_names {
    const char **items;
    size_t count, room;
    spil_arena *arena;
} spil_mapping_names;
spil_status spil_mapping_list(spil_mapping_names *out, spil_err *err) SPIL_CHECKED;
void spil_mapping_names_free(spil_mapping_names *names);

/* "chamber_number", and what it does. */
const char *spil_step_name(spil_step_kind kind);
const char *spil_step_what(spil_step_kind kind);

#endif
