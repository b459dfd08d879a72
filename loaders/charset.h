/* charset.h - whatever the bytes of an export are, UTF-8 comes out.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Found by looking: a byte order mark; else zero bytes in every other place mean UTF-16; else the
 * first chunk with a byte above 127 decides: Windows-1252 when broken UTF-8 sequences are at least
 * as many as whole ones, UTF-8 otherwise. What cannot be converted comes out as bytes that are not
 * UTF-8, so that the row they stand in is rejected and no other.
 */
#ifndef SPIL_LOADERS_CHARSET_H
#define SPIL_LOADERS_CHARSET_H

#include "engine/base/err.h"

typedef enum spil_charset {
    SPIL_CHARSET_ASCII, /* so far; undecided */
    SPIL_CHARSET_UTF8,
    SPIL_CHARSET_WINDOWS_1252,
    SPIL_CHARSET_UTF16LE,
    SPIL_CHARSET_UTF16BE
} spil_charset;

typedef struct spil_charset_reader {
    spil_charset charset;
    bool started;
    unsigned char held[4]; /* UTF-16: bytes of a character whose rest is in the next chunk */
    size_t held_count;
} spil_charset_reader;

/* Bytes that length bytes of input can become at most. */
#define SPIL_CHARSET_ROOM(length) (3 * (length) + 8)

/* What is plainly not text, in words with advice ("a spreadsheet ... save it as CSV UTF-8"); NULL
 * when it may be text. bytes: the first chunk of the file. */
const char *spil_charset_not_text(const char *bytes, size_t length);

/* Converts a chunk (last: nothing follows) into out and gives the bytes written. */
size_t spil_charset_convert(spil_charset_reader *reader, const char *bytes, size_t length,
                            bool last, char *out);
/* "UTF-8", "Windows-1252", ... */
const char *spil_charset_name(spil_charset charset);

#endif
