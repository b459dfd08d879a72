/* dossier_parts.h - the parts of a dossier and how they fill its tables, between dossier.c and its
 * own. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A part has its columns and a function that puts the rows of one entity, cell after cell from left
 * to right. Errors of memory stick in the maker, so that filling reads as a list.
 */
#ifndef SPIL_REPORTS_DOSSIER_PARTS_H
#define SPIL_REPORTS_DOSSIER_PARTS_H

#include "reports/dossier.h"

typedef struct spil_dossier_maker {
    spil_dossier_tables *to;
    const spil_dossier *from;
    spil_dossier_table *table; /* that is filled */
    const char **source_names; /* of the facts' sources */
    bool *source_used;
    spil_lang lang;
    spil_status rc;
    spil_err *err;
} spil_dossier_maker;

typedef struct spil_dossier_part {
    const char *name; /* of programs */
    spil_word title;
    const spil_dossier_column *columns;
    size_t column_count;
    void (*fill)(spil_dossier_maker *m, uint32_t entity);
} spil_dossier_part;

/* One part in a list of parts. */
#define SPIL_DOSSIER_PART(name, title, columns, fill)                                              \
    {                                                                                              \
        (name), (title), (columns), sizeof(columns) / sizeof *(columns), (fill)                    \
    }

/* What the files say (dossier_recorded.c), and what was made of it (dossier_derived.c). */
extern const spil_dossier_part spil_dossier_recorded[], spil_dossier_derived[];
extern const size_t spil_dossier_recorded_count, spil_dossier_derived_count;

/* A cell each; the last two fill ORIGIN_COLUMNS. */
void spil_dossier_text(spil_dossier_maker *m, const char *text);
void spil_dossier_names(spil_dossier_maker *m, spil_names names);
void spil_dossier_word(spil_dossier_maker *m, spil_word word);
void spil_dossier_number(spil_dossier_maker *m, double number);
void spil_dossier_day(spil_dossier_maker *m, spil_day day);
void spil_dossier_at(spil_dossier_maker *m, spil_origin origin);
void spil_dossier_nowhere(spil_dossier_maker *m);

#define ORIGIN_COLUMNS                                                                             \
    {"file", SPIL_SAY_col_file, SPIL_CELL_TEXT, 22},                                               \
    {                                                                                              \
        "line", SPIL_SAY_col_line, SPIL_CELL_WHOLE, 8                                              \
    }

const spil_facts *spil_dossier_facts_of(const spil_dossier_maker *m);
/* Label, or key where there is none. */
const char *spil_dossier_name_of(const spil_dossier_maker *m, uint32_t entity);

#endif
