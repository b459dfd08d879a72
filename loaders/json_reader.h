/* json_reader.h - the values of a JSON file, one at a time, in memory that does not grow.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two ways to write many objects: one a line, or one array over the whole file (which may be a
 * single line of any length). What the file begins with tells. Only the text of one value is held;
 * limits.h bounds it.
 *
 *     {"id": "a"}            [ {"id": "a"},
 *     {"id": "b"}              {"id": "b"} ]
 *
 * A broken line costs itself alone. A broken array (cut off, no comma) is SPIL_INPUT.
 */
#ifndef SPIL_LOADERS_JSON_READER_H
#define SPIL_LOADERS_JSON_READER_H

#include "loaders/byte_source.h"

typedef struct spil_json_reader spil_json_reader;

/* Borrowed until the next call. */
typedef struct spil_json_span {
    uint64_t line; /* where it starts; 1 = first */
    const char *text;
    size_t length;
    const char *reason; /* why it is no value: too long, too deep, no UTF-8; or NULL */
} spil_json_span;

/* source and path stay the caller's; source stands at its first byte. */
spil_status spil_json_reader_new(spil_json_reader **out, spil_byte_source *source, const char *path,
                                 spil_err *err) SPIL_CHECKED;
void spil_json_reader_free(spil_json_reader *reader);
spil_status spil_json_reader_next(spil_json_reader *reader, spil_json_span *out, bool *got,
                                  spil_err *err) SPIL_CHECKED;

/* The first value of these bytes, as far as it is there, without blanks before it: for a look at
 * the head of a file. */
size_t spil_json_first(const char *head, size_t length, const char **first);

#endif
