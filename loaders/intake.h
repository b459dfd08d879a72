/* intake.h - one file on its way into the store: what every loader shares.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A loader is a table row (loaders.def) and two functions: recognise looks at the header, load
 * takes the rows. Rows come from spil_intake_each; a loader that finds fault with one calls
 * spil_intake_complain and returns SPIL_OK: the row goes to `reject` and the next one comes. It
 * checks before it writes, so that a bad row leaves nothing else behind.
 *
 * Columns of traits (traits.h) are emptied before a loader sees them, counted, and blotted out of
 * the raw text of rejected rows.
 */
#ifndef SPIL_LOADERS_INTAKE_H
#define SPIL_LOADERS_INTAKE_H

#include "engine/base/secret.h"
#include "engine/base/str.h"
#include "loaders/loader.h"
#include "loaders/mapping.h"
#include "loaders/shape.h"
#include "loaders/text_reader.h"
#include "loaders/traits.h"

/* The beginning of a file: of a table its first row (else count is 0). Open struct; texts live as
 * long as the intake. */
typedef struct spil_header {
    const char *path;
    spil_shape shape;
    const char *head; /* the first bytes, unpacked, NUL behind them */
    size_t head_length;
    const char *const *names; /* blanks off */
    size_t count;
    uint64_t line;
    char delimiter;
    const spil_mapping *mapping; /* or NULL */
} spil_header;

typedef struct spil_column {
    const char *name;
    const char *drop;    /* why it is not kept; NULL: it is */
    bool trait;          /* because of what it says of a person */
    bool secret, hashed; /* kept as keyed hash alone: never shown; hashed before a loader sees it */
    spil_hash_kind hash; /* what may be kept of it under a key */
    uint64_t dropped;    /* rows that had a value in it */
} spil_column;

enum { SPIL_NO_COLUMN = -1, SPIL_SHA256_DIGITS = 64 };

typedef struct spil_intake {
    spil_store *store;
    const spil_import_opts *opts;
    spil_import_file *file;
    spil_text_reader *reader; /* of a table, else NULL */
    spil_byte_source *bytes;  /* of any other shape, from the first byte; else NULL */
    spil_header header;
    int64_t source;
    int64_t row_source;  /* 0, or the file that this row says it came from (provenance.h) */
    int64_t told_source; /* the last one that was told, by its digest */
    char told_digest[SPIL_SHA256_DIGITS + 1];
    double confidence;    /* where a row states none: of opts->grade, else 1 */
    spil_decimal decimal; /* how numbers are written; EITHER: each column says (intake_decimal.c) */
    spil_column *columns;
    size_t column_count; /* header.count; of other shapes: the fields that were dropped, as they
                            come */
    bool enough;         /* set by a loader: no more rows are wanted */
    bool unwatched;   /* set by a loader: numbers of citizens are not looked for (intake_watch.c) */
    bool looks_ahead; /* set by a loader: each row is a link between the keys in these columns,
                         which are asked for one row ahead */
    bool puts_ends;   /* and put if they are unknown, with spil_intake_put_ends */
    int ends[2];
    /* Where rejected rows go; NULL: into the store. */
    spil_status (*on_reject)(const spil_reject *row, void *user, spil_err *err);
    void *on_reject_user;
    spil_str note;
    spil_arena *arena;
    struct spil_intake_room *room; /* intake.c */
} spil_intake;

/* Files that make entities come in before files that refer to them. */
typedef enum spil_phase {
    SPIL_PHASE_SOURCES,
    SPIL_PHASE_ENTITIES,
    SPIL_PHASE_LINKS,
    SPIL_PHASE_FACTS
} spil_phase;

typedef struct spil_fit {
    bool fits;
    spil_phase phase;
    char hint[240]; /* it almost fits: what is missing; or "" */
} spil_fit;

typedef struct spil_loader {
    const char *name, *summary;
    spil_shape shape; /* of the files that it takes; nothing else is shown to it */
    /* forced: the user named this loader. */
    spil_fit (*recognise)(const spil_header *header, const spil_import_opts *opts, bool forced);
    spil_status (*load)(spil_intake *intake, spil_err *err);
} spil_loader;

/* Opens the file and reads its header; nothing is written yet. The mapping must outlive it. */
spil_status spil_intake_open(spil_intake **out, const char *path, const spil_mapping *mapping,
                             const spil_import_opts *opts, spil_err *err) SPIL_CHECKED;
/* The same on bytes in memory: for tests. */
spil_status spil_intake_open_memory(spil_intake **out, const char *name, const void *bytes,
                                    size_t length, const spil_mapping *mapping,
                                    const spil_import_opts *opts, spil_err *err) SPIL_CHECKED;
void spil_intake_free(spil_intake *intake);

/* ---- for loaders ---- */

/* First: is the header a header, or the first row? Without one the columns are named 1, 2, ... */
spil_status spil_intake_start(spil_intake *intake, bool has_header, spil_err *err) SPIL_CHECKED;
/* Number of the column with this name, however it is written, or SPIL_NO_COLUMN. */
int spil_intake_column(const spil_intake *intake, const char *name);
/* Not kept, for another reason than a trait; values are counted like those. reason: static. */
void spil_intake_drop(spil_intake *intake, size_t column, const char *reason);
/* "Country of residence" -> "country_of_residence", in the arena: models ask attributes by name. */
spil_status spil_intake_attribute_name(spil_intake *intake, const char *name, const char **out,
                                       spil_err *err) SPIL_CHECKED;

/* Numbers and dates kept as keyed hash (secret.h). A column of which spil_trait has a hash is
 * dropped unless the loader asks for it and the user gave a key; its values are then hashes, or ""
 * where they are no such thing. */
spil_status spil_intake_take_hash(spil_intake *intake, size_t column, spil_err *err) SPIL_CHECKED;
/* A column that a mapping calls so: its values stay clear for the loader, which hashes them, and
 * are never shown. Without a key it is dropped. */
void spil_intake_guard(spil_intake *intake, size_t column, spil_hash_kind kind);
/* False, and counted, when it is no such thing; false when there is no key. */
bool spil_intake_hash(spil_intake *intake, spil_hash_kind kind, const char *text,
                      const spil_day_form *form, uint64_t line, char out[SPIL_SECRET_HASH]);
/* At the end of a file: what was not hashed, into the note. */
void spil_intake_note_hashes(spil_intake *intake);
/* Hashes of this file and of an earlier one were made with two keys: into the note. */
spil_status spil_intake_note_keys(spil_intake *intake, spil_err *err) SPIL_CHECKED;

/* One more sentence for the summary. */
void spil_intake_note(spil_intake *intake, const char *format, ...) SPIL_PRINTF(2, 3);

/* Every row that has as many values as the header; fields of dropped columns are "". */
typedef spil_status (*spil_row_fn)(spil_intake *intake, const spil_row *row, void *user,
                                   spil_err *err);
spil_status spil_intake_each(spil_intake *intake, spil_row_fn take, void *user,
                             spil_err *err) SPIL_CHECKED;

/* The row is bad. column: its number or SPIL_NO_COLUMN; the first complaint of a row holds. */
void spil_intake_complain(spil_intake *intake, int column, const char *format, ...)
    SPIL_PRINTF(3, 4);
/* ---- for loaders of records that are no rows of values ---- */

/* A record begins; count: the first time that it is looked at. */
spil_status spil_intake_begin_record(spil_intake *intake, bool count, spil_err *err) SPIL_CHECKED;
/* It ends: taken, or, when there was a complaint, rejected. row: its line and what of its text may
 * be kept. */
spil_status spil_intake_end_record(spil_intake *intake, const spil_row *row, bool count,
                                   spil_err *err) SPIL_CHECKED;
/* A complaint about a field by its name, of a record that has no columns. */
void spil_intake_complain_of(spil_intake *intake, const char *field, const char *format, ...)
    SPIL_PRINTF(3, 4);
/* One more record had a value in this field, which is not kept. reason: static. */
spil_status spil_intake_drop_field(spil_intake *intake, const char *field, const char *reason,
                                   bool trait, spil_err *err) SPIL_CHECKED;

/* ---- values of rows ---- */

/* Checks with a complaint where they fail (false). column SPIL_NO_COLUMN or an empty value leave
 * *out as it was, except for a key, which must be there. */
bool spil_intake_key(spil_intake *intake, const spil_row *row, int column, const char **out);
bool spil_intake_number(spil_intake *intake, const spil_row *row, int column, double least,
                        double most, double *out);
/* A text of a column as a number, for loaders that take texts apart; it must be there. Where
 * decimal comma and point are both allowed, 1.234 is what the range or the other values of the
 * column make of it, and a complaint when they do not tell. */
bool spil_intake_decimal(spil_intake *intake, int column, const char *text, spil_decimal decimal,
                         double least, double most, double *out);
/* A number above 0. */
bool spil_intake_weight(spil_intake *intake, const spil_row *row, int column, double *out);
/* Two dates, the second not before the first. */
bool spil_intake_period(spil_intake *intake, const spil_row *row, int since_column,
                        int until_column, spil_day *since, spil_day *until);
bool spil_intake_day(spil_intake *intake, const spil_row *row, int column, spil_day *out);
/* The kind that a word names, else a complaint that lists them; about field where that is not NULL,
 * else about column. */
bool spil_intake_entity_kind(spil_intake *intake, int column, const char *field, const char *word,
                             spil_entity_kind *out);
bool spil_intake_link_kind(spil_intake *intake, int column, const char *field, const char *word,
                           spil_link_kind *out);
/* The end is not before the start, or one of them is not stated. Complains likewise. */
bool spil_intake_in_order(spil_intake *intake, int column, const char *field, spil_day since,
                          spil_day until);
bool spil_intake_complained(const spil_intake *intake); /* of this row */
/* The value, or NULL when the column is missing or the value empty. */
const char *spil_intake_text(const spil_row *row, int column);

/* Writers: they fill in source and line, and count. An entity known as another kind is a complaint
 * (and *id = 0). */
spil_status spil_intake_put_entity(spil_intake *intake, const spil_row *row, int column,
                                   spil_new_entity entity, int64_t *id, spil_err *err) SPIL_CHECKED;
/* *id = 0 and a complaint when the key is unknown. */
spil_status spil_intake_find_entity(spil_intake *intake, int column, const char *key, int64_t *id,
                                    spil_err *err) SPIL_CHECKED;
/* Both ends of a link; a 0 among ids comes with a complaint. */
spil_status spil_intake_find_ends(spil_intake *intake, const int columns[2],
                                  const char *const keys[2], int64_t ids[2],
                                  spil_err *err) SPIL_CHECKED;
/* Both ends of a link; unknown ones become entities of opts->entity_kind. */
spil_status spil_intake_put_ends(spil_intake *intake, const spil_row *row,
                                 const char *const keys[2], int64_t ids[2],
                                 spil_err *err) SPIL_CHECKED;
spil_status spil_intake_add_attribute(spil_intake *intake, const spil_row *row, int64_t entity,
                                      const char *name, const char *value,
                                      spil_err *err) SPIL_CHECKED;
/* What else is said of the next link of the row: the amount of a payment. Texts are copied. */
spil_status spil_intake_add_detail(spil_intake *intake, const char *name, const char *value,
                                   spil_err *err) SPIL_CHECKED;
/* With its details. A loop is a complaint about column. */
spil_status spil_intake_add_link(spil_intake *intake, const spil_row *row, int column,
                                 spil_new_link link, spil_err *err) SPIL_CHECKED;
spil_status spil_intake_add_role(spil_intake *intake, const spil_row *row, spil_new_role role,
                                 spil_err *err) SPIL_CHECKED;
spil_status spil_intake_add_signal(spil_intake *intake, const spil_row *row, spil_new_signal signal,
                                   spil_err *err) SPIL_CHECKED;

#endif
