/* text_reader.h - rows of a delimited text file, one at a time, whatever the file looks like.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Plain or gzip, any charset of charset.h, lines ending in CR, LF or CRLF, values separated by
 * comma, semicolon, tab or blanks (found by looking at the first line), quoted as RFC 4180 says.
 * Blank lines are passed over, at the head of the file also comment lines (# or %) and the line
 * `sep=;` that spreadsheets write. Limits: limits.h. Nothing depends on the locale.
 *
 * A bad row comes out with a reason and the reading goes on behind it; a quote that is never closed
 * costs its own line alone. SPIL_INPUT when the file as a whole is not to be trusted: empty,
 * binary, truncated.
 */
#ifndef SPIL_LOADERS_TEXT_READER_H
#define SPIL_LOADERS_TEXT_READER_H

#include "loaders/line_reader.h"

typedef struct spil_text_reader spil_text_reader;

/* Open struct, borrowed until the call after the next one, so that one row may be looked at ahead.
 */
typedef struct spil_row {
    uint64_t line;             /* where it starts; 1 = first */
    const char *reason;        /* why the row is bad; NULL: it is good, and UTF-8 */
    const char *const *fields; /* good rows: count values, blanks around unquoted ones taken off */
    size_t count;
    size_t bad_field; /* bad rows: number of the value it is about, 1 = first; 0 = the whole row */
    const char *raw;  /* the bytes of the row in UTF-8 (or what should have been), its head alone
                         when it has more than SPIL_MAX_REJECT_RAW */
    size_t raw_length;
} spil_row;

spil_status spil_text_reader_open(spil_text_reader **out, const char *path,
                                  spil_err *err) SPIL_CHECKED;
/* bytes must outlive the reader; name stands for the path. */
spil_status spil_text_reader_open_memory(spil_text_reader **out, const char *name,
                                         const void *bytes, size_t length,
                                         spil_err *err) SPIL_CHECKED;
/* Takes source, in every case; it stands at its first byte. */
spil_status spil_text_reader_new(spil_text_reader **out, spil_byte_source *source, const char *path,
                                 spil_err *err) SPIL_CHECKED;
void spil_text_reader_free(spil_text_reader *reader);

/* The next row, good or bad; *got = false at the end. */
spil_status spil_text_reader_next(spil_text_reader *reader, spil_row *row, bool *got,
                                  spil_err *err) SPIL_CHECKED;

const char *spil_text_reader_path(const spil_text_reader *reader);
/* ',' ';' '\t' or ' ' (blanks); ',' when the first line has none of them. */
char spil_text_reader_delimiter(const spil_text_reader *reader);
spil_charset spil_text_reader_charset(const spil_text_reader *reader); /* as far as read */
const spil_byte_source *spil_text_reader_source(const spil_text_reader *reader);

#endif
