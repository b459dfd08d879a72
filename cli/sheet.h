/* sheet.h - a CSV that a person filled in, read by the names of its columns.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Columns stand in any order; others are passed over. Every faulty row is noted on stderr with
 * file, line, column, what was found and what was expected; then the whole sheet is refused.
 */
#ifndef SPIL_CLI_SHEET_H
#define SPIL_CLI_SHEET_H

#include "engine/base/text.h"

typedef struct spil_sheet_column {
    const char *name;
    bool needed; /* the header must have it */
} spil_sheet_column;

typedef struct spil_sheet_row spil_sheet_row;

/* What a sheet is read with; all borrowed. */
typedef struct spil_sheet {
    const spil_sheet_column *columns;
    size_t column_count;    /* <= 32 */
    const char *made_by;    /* for the message when a column is missing: "spil outcome --sheet" */
    const char *left_alone; /* what did not happen when rows are refused: "nothing was kept" */
    /* Each row with as many values as the header; a fault is told to spil_sheet_fault and is
     * SPIL_OK.
     */
    spil_status (*each)(spil_sheet_row *row, void *user, spil_err *err);
    void *user;
} spil_sheet;

/* SPIL_INPUT when a row was faulty or the sheet has no row at all. */
spil_status spil_sheet_read(const spil_sheet *sheet, const char *path, spil_err *err) SPIL_CHECKED;

/* "" where the sheet lacks the column; an apostrophe that guards against formulas is taken off.
 * Borrowed until the next row. */
const char *spil_sheet_cell(const spil_sheet_row *row, size_t column);
uint64_t spil_sheet_line(const spil_sheet_row *row);
const char *spil_sheet_path(const spil_sheet_row *row);
void spil_sheet_fault(spil_sheet_row *row, size_t column, const char *expected);
/* False, and a fault was told, unless it is a number from least to most. An empty cell gives
 * `none`, a fault when that is NaN. A comma is a decimal point where it does not part values. */
bool spil_sheet_number(spil_sheet_row *row, size_t column, double least, double most, double none,
                       double *out);
/* yes, no, 1, 0, ja, nee, true, false; anything else is a fault. */
bool spil_sheet_yes_no(spil_sheet_row *row, size_t column, bool *out);
/* The word without a sheet around it. */
bool spil_yes_no(const char *text, bool *out);

#endif
