/* yaml_tree.h - a YAML file read into structs by tables of fields, with every fault named.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A record is a struct and a table of its fields; each field has a key, a reader and an offset.
 * Reading goes on after a fault, so that one pass finds them all; only lack of memory stops it.
 *
 *     static const spil_yaml_field names_fields[] = {
 *         {.key = "nl", .read = spil_yaml_text, .offset = offsetof(spil_names, nl), ...
 *
 * Anchors and aliases are refused, so every node is read once and depth is that of the tables.
 */
#ifndef SPIL_BASE_YAML_TREE_H
#define SPIL_BASE_YAML_TREE_H

#include "engine/base/str.h"

#include <yaml.h>

typedef struct spil_yaml spil_yaml;
typedef struct spil_yaml_field spil_yaml_field;
typedef struct spil_yaml_record spil_yaml_record;

struct spil_yaml_field {
    const char *key;
    bool optional;
    /* Reads node into record + offset. Only SPIL_NO_MEMORY is returned; faults are noted. */
    spil_status (*read)(spil_yaml *yaml, const yaml_node_t *node, const spil_yaml_field *field,
                        void *record, spil_err *err);
    size_t offset, count_offset, flag_offset; /* of the value; of a list's length; of "is there" */
    double low, high;                         /* bounds of a number, both allowed */
    size_t most;                              /* items of a list */
    const spil_yaml_record *of;               /* record or items */
    bool flag; /* flag_offset is used: a bool set to true when the key is there */
};

struct spil_yaml_record {
    const char *what; /* "step", for messages */
    const spil_yaml_field *fields;
    size_t field_count, size;
    size_t id_offset; /* text that must be unique in a list of these; SIZE_MAX: none */
    void (*check)(spil_yaml *yaml, const yaml_node_t *node, void *record); /* or NULL */
};

/* Texts go into arena. user: for the readers and checks. SPIL_IO, SPIL_LIMIT, SPIL_NO_MEMORY;
 * malformed YAML is a fault of the file and gives SPIL_INPUT. */
spil_status spil_yaml_open(spil_yaml **out, const char *path, size_t bytes_most, spil_arena *arena,
                           void *user, spil_err *err) SPIL_CHECKED;
/* The same on a copy of bytes in memory; name stands for the path. */
spil_status spil_yaml_open_memory(spil_yaml **out, const char *name, const char *bytes,
                                  size_t length, spil_arena *arena, void *user,
                                  spil_err *err) SPIL_CHECKED;
void spil_yaml_close(spil_yaml *yaml);
spil_arena *spil_yaml_arena(const spil_yaml *yaml);
void *spil_yaml_user(const spil_yaml *yaml);
const char *spil_yaml_digest(const spil_yaml *yaml); /* SHA-256 of the bytes */

/* Reads the whole document into record (zeroed by the caller). */
spil_status spil_yaml_read(spil_yaml *yaml, const spil_yaml_record *shape, void *record,
                           spil_err *err) SPIL_CHECKED;
size_t spil_yaml_fault_count(const spil_yaml *yaml);
/* "path:line:column: text", a line each, in order of place. */
void spil_yaml_faults(const spil_yaml *yaml, spil_str *out);
/* SPIL_INPUT with the first fault and the number of the others; SPIL_OK when there is none. */
spil_status spil_yaml_status(const spil_yaml *yaml, spil_err *err) SPIL_CHECKED;

void spil_yaml_fault(spil_yaml *yaml, const yaml_node_t *node, const char *format, ...)
    SPIL_PRINTF(3, 4);
/* Text of a scalar node; NULL (and a fault that names key) when it is none or empty. */
const char *spil_yaml_scalar(spil_yaml *yaml, const yaml_node_t *node, const char *key);
const yaml_node_t *spil_yaml_node(spil_yaml *yaml, int index);
/* The value node of the key in a mapping, or the mapping itself: where to point a fault. */
const yaml_node_t *spil_yaml_at(spil_yaml *yaml, const yaml_node_t *mapping, const char *key);
/* " (did you mean 'word'?)" or "": borrowed until the next call. */
const char *spil_yaml_nearest(spil_yaml *yaml, const char *word, const char *const *words,
                              size_t count);

/* Readers. */
typedef spil_status spil_yaml_reader(spil_yaml *yaml, const yaml_node_t *node,
                                     const spil_yaml_field *field, void *record, spil_err *err);
spil_yaml_reader spil_yaml_text;   /* const char * */
spil_yaml_reader spil_yaml_id;     /* const char *: a-z, 0-9 and _, begins with a letter */
spil_yaml_reader spil_yaml_real;   /* double */
spil_yaml_reader spil_yaml_count;  /* uint32_t */
spil_yaml_reader spil_yaml_bool;   /* bool */
spil_yaml_reader spil_yaml_nested; /* a struct of the record `of` */
spil_yaml_reader spil_yaml_list;   /* pointer to a new array of `of`, and its size_t count */

#endif
