/* intake_inside.h - what the files intake_*.c share. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SPIL_LOADERS_INTAKE_INSIDE_H
#define SPIL_LOADERS_INTAKE_INSIDE_H

#include "loaders/intake.h"
#include "loaders/limits.h"

/* Between header and rows: the fields as the loader sees them, and the complaint of the row. */
struct spil_intake_room {
    const char **fields;
    spil_str raw, scratch;
    spil_row first; /* the first row, when it is no header */
    bool first_pending, complained, has_traits;
    int complaint_column;
    char complaint_field[SPIL_MAX_KEY + 1];
    size_t field_room;  /* of intake->columns, which dropped fields make longer */
    size_t value_count; /* values of a row as a loader sees it */
    char *head;
    char complaint[400];
    uint64_t shown;                         /* bytes of the file that progress knows of */
    char (*hashes)[SPIL_SECRET_HASH];       /* a column each; NULL until one is hashed */
    uint64_t unhashed[3], unhashed_line[3]; /* a kind each: values that could not be; the first */
    spil_str details;             /* of the next link: name and value by turns, a NUL behind each */
    spil_new_detail *detail_rows; /* the same, for the store */
    size_t detail_count, detail_room;
    struct spil_column_signs *signs; /* a column each (intake_decimal.c); NULL until asked for */
    spil_err look_failed;            /* while looking for them */
    struct spil_watched *watched;    /* columns that might hold numbers of citizens, and how many */
    size_t watched_count;
    spil_foreseen foreseen; /* of the ends of this row */
};

void spil_intake_forget_details(spil_intake *intake);

/* Whether the file could be looked through for how its columns write numbers. */
spil_status spil_intake_decimal_status(spil_intake *intake, spil_err *err) SPIL_CHECKED;

/* The value of a hashed column in this row, or "" where it cannot be. */
const char *spil_intake_hash_field(spil_intake *intake, size_t column, const spil_row *row);

/* Numbers of citizens where no column is said to hold them: begin (columns are dropped or hashed
 * by then), a row as it stands in the file, and the end. SPIL_INPUT: a column is full of them. */
spil_status spil_intake_watch(spil_intake *intake, spil_err *err) SPIL_CHECKED;
spil_status spil_intake_watch_row(spil_intake *intake, const spil_row *row,
                                  spil_err *err) SPIL_CHECKED;
spil_status spil_intake_watched(const spil_intake *intake, spil_err *err) SPIL_CHECKED;

#endif
