/* dossier.h - a dossier as tables, and the tables as a page to print, a workbook, and JSON.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * First the tables are made, here, and what nobody is shown stays out of them; every file is then
 * written from the tables alone. A table is a part (attributes, links, ...) with the rows of all
 * subjects one after the other; every row that rests on a record ends in its file and line.
 */
#ifndef SPIL_REPORTS_DOSSIER_H
#define SPIL_REPORTS_DOSSIER_H

#include "engine/base/vec.h"
#include "engine/run/dossier.h"
#include "reports/lang.h"

typedef enum spil_dossier_cell_kind {
    SPIL_CELL_TEXT,
    SPIL_CELL_WHOLE,
    SPIL_CELL_REAL,
    SPIL_CELL_SHARE, /* of 1 */
    SPIL_CELL_DAY
} spil_dossier_cell_kind;

typedef struct spil_dossier_column {
    const char *name; /* of programs */
    spil_word word;
    spil_dossier_cell_kind kind;
    double width; /* in a workbook, in characters */
} spil_dossier_column;

/* A text, or a number (NAN: none) or day (SPIL_NO_DAY: none), after the kind of its column. */
typedef struct spil_dossier_cell {
    const char *text;
    double number;
    spil_day day;
} spil_dossier_cell;

typedef struct spil_dossier_table {
    const char *name; /* of programs: "attributes" */
    spil_word title;
    const spil_dossier_column *columns;
    size_t column_count;
    SPIL_VEC(spil_dossier_cell) cells; /* column_count a row */
    size_t *row_of; /* rows of subject i: row_of[i] .. row_of[i + 1]; subject_count + 1 */
} spil_dossier_table;

typedef struct spil_dossier_subject {
    const char *key, *name;
    spil_entity_kind kind;
} spil_dossier_subject;

/* Open struct. */
typedef struct spil_dossier_tables {
    spil_dossier_subject *subjects;
    size_t subject_count;
    spil_dossier_table
        *tables; /* the last one, the sources, is of no subject: all in row_of[0..1] */
    size_t table_count;
    bool has_run, stale;
    spil_day as_of; /* of the run, else of the newest fact */
    const char *by; /* who hands it out, or "" */
    spil_arena *arena;
} spil_dossier_tables;

/* by may be NULL. dossier must outlive it. Caller: spil_dossier_tables_free. */
spil_status spil_dossier_tables_make(spil_dossier_tables **out, const spil_dossier *dossier,
                                     spil_lang lang, const char *by, spil_err *err) SPIL_CHECKED;
void spil_dossier_tables_free(spil_dossier_tables *tables);
size_t spil_dossier_rows(const spil_dossier_tables *tables);

spil_status spil_dossier_html(const spil_dossier_tables *tables, spil_lang lang, spil_str *out,
                              spil_err *err) SPIL_CHECKED;
spil_status spil_dossier_xlsx(const spil_dossier_tables *tables, spil_lang lang, spil_str *out,
                              spil_err *err) SPIL_CHECKED;
spil_status spil_dossier_json(const spil_dossier_tables *tables, spil_lang lang, spil_str *out,
                              spil_err *err) SPIL_CHECKED;

#endif
