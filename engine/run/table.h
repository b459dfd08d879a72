/* table.h - rows and columns, and the three shapes in which a terminal or a program reads them.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     spil_table_row(t);  spil_table_text(t, "P7");  spil_table_number(t, 0.25);      // one row
 *
 * A row is opened, then filled from left to right, every cell of it. Errors stick, as in spil_str:
 * spil_table_write tells. The wording for people may change from version to version; csv and json
 * are what programs build on.
 */
#ifndef SPIL_RUN_TABLE_H
#define SPIL_RUN_TABLE_H

#include "engine/base/str.h"

typedef enum spil_table_kind {
    SPIL_COLUMN_TEXT,
    SPIL_COLUMN_WHOLE, /* whole numbers */
    SPIL_COLUMN_REAL
} spil_table_kind;

typedef enum spil_column_shown {
    SPIL_SHOWN_ALWAYS,
    SPIL_SHOWN_PEOPLE,  /* aligned table only */
    SPIL_SHOWN_PROGRAMS /* csv and json only */
} spil_column_shown;

/* Open struct; texts are borrowed and must outlive the table. */
typedef struct spil_table_column {
    const char *name;  /* csv header and json key */
    const char *label; /* heading for people; NULL: the name */
    const char *unit;  /* after the label, in brackets; NULL: none */
    spil_table_kind kind;
    spil_column_shown shown;
    int places; /* for people: decimals of a real number, -n: n significant digits, 0: six of them;
                 * widest of a text, 0: 44 */
} spil_table_column;

typedef struct spil_table spil_table;

spil_status spil_table_new(spil_table **out, const spil_table_column *columns, size_t count,
                           spil_err *err) SPIL_CHECKED;
void spil_table_free(spil_table *table);

void spil_table_row(spil_table *table);
void spil_table_text(spil_table *table, const char *text); /* copied; NULL: no value */
void spil_table_number(spil_table *table, double value);   /* NAN: no value */
void spil_table_count(spil_table *table, uint64_t value);
size_t spil_table_rows(const spil_table *table);

typedef enum spil_table_format {
    SPIL_FORMAT_TABLE, /* aligned; long texts are cut, control characters replaced */
    SPIL_FORMAT_CSV,   /* RFC 4180 with \n line ends, numbers with ten significant digits */
    SPIL_FORMAT_JSON   /* an array of objects, one a line */
} spil_table_format;
bool spil_table_format_find(const char *name, spil_table_format *out);

spil_status spil_table_write(const spil_table *table, spil_table_format format, spil_str *out,
                             spil_err *err) SPIL_CHECKED;

/* Appends text as a JSON string with its quotes; as a CSV cell, quoted when it needs to be. */
void spil_add_json_text(spil_str *out, const char *text);
void spil_add_csv_text(spil_str *out, const char *text);
/* Appends the text with control characters replaced by '?', so that data cannot drive a terminal.
 */
void spil_add_plain_text(spil_str *out, const char *text);

#endif
