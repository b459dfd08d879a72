/* line_reader.h - the lines of a text file in UTF-8, with the current row kept whole.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row is one line or more (quoted values may hold line ends). Its bytes stay together in the
 * buffer, so that they are at hand when it is bad, and so that it can be given up and read again
 * from its second line:
 *
 *     buffer [ ...done... | row: line, line, ... | not looked at yet | room ]
 *                           row_start              at                  end
 *
 * Lines end in CR, LF or CRLF. Time and space: linear, bounded by limits.h.
 */
#ifndef SPIL_LOADERS_LINE_READER_H
#define SPIL_LOADERS_LINE_READER_H

#include "loaders/byte_source.h"
#include "loaders/charset.h"

typedef struct spil_line_reader spil_line_reader;

/* Without its end; borrowed until the next call. */
typedef struct spil_line {
    const char *text;
    size_t length;
    bool too_long; /* only its head is here, or, in the middle of a row, nothing */
} spil_line;

/* A place in the row. */
typedef struct spil_line_mark {
    size_t offset; /* from the start of the row */
    uint64_t number;
} spil_line_mark;

/* Takes source, in every case. SPIL_INPUT when the file is empty or plainly no text. */
spil_status spil_line_reader_new(spil_line_reader **out, spil_byte_source *source, const char *path,
                                 spil_err *err) SPIL_CHECKED;
void spil_line_reader_free(spil_line_reader *reader);

/* What follows is a new row; the one before may go. */
void spil_line_reader_begin_row(spil_line_reader *reader);
const char *spil_line_reader_row(const spil_line_reader *reader); /* borrowed, as lines are */
/* The next line; *got = false at the end of the file. The first line of a row is passed over when
 * it is too long; a later one that makes the row too long is left where it is. */
spil_status spil_line_reader_next(spil_line_reader *reader, spil_line *line, bool *got,
                                  spil_err *err) SPIL_CHECKED;
spil_line_mark spil_line_reader_mark(const spil_line_reader *reader);
void spil_line_reader_rewind(spil_line_reader *reader, spil_line_mark mark); /* in this row */

/* Of what was read so far, so of every line given: a quote (") may stand in it; it is all ASCII,
 * without a zero byte. */
bool spil_line_reader_may_quote(const spil_line_reader *reader);
bool spil_line_reader_is_ascii(const spil_line_reader *reader);

uint64_t spil_line_reader_number(const spil_line_reader *reader); /* of the next line; 1 = first */
spil_charset spil_line_reader_charset(const spil_line_reader *reader); /* as far as read */
const spil_byte_source *spil_line_reader_source(const spil_line_reader *reader);

#endif
