/* csv_file.h - a CSV table while a writer fills it, cell after cell.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     spil_csv_file_text(s, entity->key); spil_csv_file_number(s, 0.5);
 * TRY(spil_csv_file_end_row(s, err));
 *
 * RFC 4180, UTF-8, lines end in LF. Errors of memory stick until the end of the row. The file is
 * written aside; spil_csv_file_commit puts it in its place, spil_csv_file_drop leaves nothing.
 */
#ifndef SPIL_LOADERS_CSV_FILE_H
#define SPIL_LOADERS_CSV_FILE_H

#include "engine/base/file.h"
#include "engine/base/str.h"
#include "engine/base/text.h"

/* What happens to a cell that a spreadsheet would take for a formula. */
typedef enum spil_csv_guard {
    SPIL_GUARD_ALL,   /* a ' in front of every text that begins with = + - @, also full width, a
                         tab or a line end */
    SPIL_GUARD_SHOWN, /* the same, but a number or a telephone number ("+31 6") stays as it is */
    SPIL_GUARD_NONE   /* for programs that take a cell as it stands */
} spil_csv_guard;

/* Open struct; all zero is a sheet that was not opened. */
typedef struct spil_csv_file {
    spil_outfile *file;
    char *path;
    spil_str row;
    bool fresh; /* no cell yet */
    spil_csv_guard guard;
} spil_csv_file;

/* <folder>/<name> with this first line, or without one when header is NULL. */
spil_status spil_csv_file_open(spil_csv_file *s, const char *folder, const char *name,
                               const char *header, spil_csv_guard guard,
                               spil_err *err) SPIL_CHECKED;
void spil_csv_file_text(spil_csv_file *s, const char *text);
void spil_csv_file_number(spil_csv_file *s,
                          double value); /* the shortest text that reads the same */
void spil_csv_file_whole(spil_csv_file *s, uint64_t value);
void spil_csv_file_day(spil_csv_file *s, spil_day day); /* empty for SPIL_NO_DAY */
spil_status spil_csv_file_end_row(spil_csv_file *s, spil_err *err) SPIL_CHECKED;
spil_status spil_csv_file_commit(spil_csv_file *s, spil_err *err) SPIL_CHECKED;
void spil_csv_file_drop(spil_csv_file *s);

#endif
