/* line_reader.c - see line_reader.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "loaders/line_reader.h"
#include "loaders/limits.h"

#include <assert.h>
#include <string.h>

enum {
    CHUNK = SPIL_READ_CHUNK,
    BUFFER = SPIL_MAX_LINE + SPIL_CHARSET_ROOM(CHUNK) + 2, /* 2: the end of the line */
    FIRST_BUFFER = BUFFER / 4 /* it starts small: most lines are short */
};

_Static_assert(FIRST_BUFFER >= SPIL_CHARSET_ROOM(CHUNK), "a first chunk must fit");

struct spil_line_reader {
    spil_byte_source *source;
    spil_charset_reader charset;
    char *chunk, *buffer;
    size_t chunk_length;
    size_t room, row_start, at, end;
    uint64_t number; /* of the line that starts at `at` */
    bool ended;
    bool has_cr, has_quote, has_other; /* seen so far: CR, a quote, anything but ASCII text */
};

/* ---- buffer ---- */

static spil_status grow(spil_line_reader *reader, spil_err *err)
{
    const size_t room = reader->room * 2 < BUFFER ? reader->room * 2 : BUFFER;
    const spil_status rc = RESIZE_ARRAY(reader->buffer, room, err);
    if (rc == SPIL_OK)
        reader->room = room;
    return rc;
}

/* Most exports have none of these, and need not be searched for them line by line. */
static void look_for_marks(spil_line_reader *reader, const char *from, size_t length)
{
    unsigned other = 0;
    reader->has_cr = reader->has_cr || memchr(from, '\r', length);
    reader->has_quote = reader->has_quote || memchr(from, '"', length);
    for (size_t i = 0; i < length; i++)
        other |= (unsigned char)from[i] - 1U >= 0x7f;
    reader->has_other |= other;
}

/* Reads one more chunk behind `end`. */
static spil_status fill(spil_line_reader *reader, spil_err *err)
{
    spil_status rc = SPIL_OK;
    if (reader->row_start > 0) {
        memmove(reader->buffer, reader->buffer + reader->row_start,
                reader->end - reader->row_start);
        reader->at -= reader->row_start;
        reader->end -= reader->row_start;
        reader->row_start = 0;
    }
    while (reader->room - reader->end < SPIL_CHARSET_ROOM(CHUNK) && reader->room < BUFFER)
        TRY(grow(reader, err));
    assert(reader->room - reader->end >= SPIL_CHARSET_ROOM(CHUNK));
    size_t got = 0;
    TRY(spil_byte_source_read(reader->source, reader->chunk, CHUNK, &got, err));
    reader->chunk_length = got;
    reader->ended = got == 0;
    const size_t more = spil_charset_convert(&reader->charset, reader->chunk, got, reader->ended,
                                             reader->buffer + reader->end);
    if (more > 0)
        look_for_marks(reader, reader->buffer + reader->end, more);
    reader->end += more;
done:
    return rc;
}

static const char *find_line_end(const spil_line_reader *reader, const char *from, const char *to)
{
    const size_t length = (size_t)(to - from);
    const char *const lf = length ? memchr(from, '\n', length) : NULL;
    const size_t before = lf ? (size_t)(lf - from) : length;
    const char *const cr = before && reader->has_cr ? memchr(from, '\r', before) : NULL;
    return cr ? cr : lf;
}

/* Reads until the line at row_start + start has its end in the buffer, is too long, or the file
 * ends. */
static spil_status find_line(spil_line_reader *reader, size_t start, size_t *length, bool *found,
                             spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (size_t looked = 0;;) {
        const char *const here = reader->buffer + reader->row_start + start;
        const char *const stop = find_line_end(reader, here + looked, reader->buffer + reader->end);
        looked = (size_t)(reader->buffer + reader->end - here);
        *found = stop != NULL;
        *length = stop ? (size_t)(stop - here) : looked;
        if (stop || start + *length > SPIL_MAX_LINE || reader->ended)
            break;
        TRY(fill(reader, err));
    }
done:
    return rc;
}

/* Passes over the rest of a line that is too long: its head stays in the buffer as its raw text,
 * with the end of the line right behind it. */
static spil_status skip_long_line(spil_line_reader *reader, spil_err *err)
{
    spil_status rc = SPIL_OK;
    size_t from = reader->at;
    for (;;) {
        const char *const end = reader->buffer + reader->end;
        const char *const stop = find_line_end(reader, reader->buffer + from, end);
        reader->at = reader->row_start + SPIL_MAX_REJECT_RAW;
        if (stop) {
            memmove(reader->buffer + reader->at, stop, (size_t)(end - stop));
            reader->end = reader->at + (size_t)(end - stop);
            break;
        }
        reader->end = reader->at;
        if (reader->ended)
            break;
        TRY(fill(reader, err));
        from = reader->at;
    }
done:
    return rc;
}

/* Steps over the end of a line: LF, CR or CRLF. */
static spil_status pass_line_end(spil_line_reader *reader, spil_err *err)
{
    spil_status rc = SPIL_OK;
    if (reader->at < reader->end) {
        const bool cr = reader->buffer[reader->at++] == '\r';
        if (cr && reader->at == reader->end && !reader->ended)
            TRY(fill(reader, err));
        if (cr && reader->at < reader->end && reader->buffer[reader->at] == '\n')
            reader->at++;
    }
    reader->number++;
done:
    return rc;
}

/* ---- for the caller ---- */

spil_status spil_line_reader_next(spil_line_reader *reader, spil_line *line, bool *got,
                                  spil_err *err)
{
    spil_status rc = SPIL_OK;
    const size_t start = reader->at - reader->row_start;
    size_t length = 0;
    bool found = false;
    TRY(find_line(reader, start, &length, &found, err));
    const bool too_long = start + length > SPIL_MAX_LINE;
    *got = found || length > 0;
    *line = (spil_line){NULL, 0, too_long};
    if (!*got || (too_long && start > 0))
        goto done;
    if (too_long) {
        TRY(skip_long_line(reader, err));
        length = SPIL_MAX_REJECT_RAW;
    } else {
        reader->at += length;
    }
    TRY(pass_line_end(reader, err));
    line->text = reader->buffer + reader->row_start + start;
    line->length = length;
done:
    return rc;
}

spil_status spil_line_reader_new(spil_line_reader **out, spil_byte_source *source, const char *path,
                                 spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_line_reader *reader = NULL;
    TRY(NEW(reader, err));
    reader->source = source;
    source = NULL;
    reader->number = 1;
    reader->room = FIRST_BUFFER;
    TRY(NEW_ARRAY(reader->chunk, CHUNK, err));
    TRY(NEW_ARRAY(reader->buffer, reader->room, err));
    TRY(fill(reader, err));
    const char *const binary = spil_charset_not_text(reader->chunk, reader->chunk_length);
    if (reader->ended)
        rc = spil_fail(err, SPIL_INPUT, "%s: the file is empty", path);
    else if (binary)
        rc = spil_fail(err, SPIL_INPUT, "%s: this is %s", path, binary);
    if (rc != SPIL_OK)
        goto done;
    *out = reader;
    reader = NULL;
done:
    spil_line_reader_free(reader);
    spil_byte_source_free(source);
    return rc;
}

void spil_line_reader_free(spil_line_reader *reader)
{
    if (!reader)
        return;
    spil_byte_source_free(reader->source);
    spil_free(reader->chunk);
    spil_free(reader->buffer);
    spil_free(reader);
}

void spil_line_reader_begin_row(spil_line_reader *reader)
{
    reader->row_start = reader->at;
}

const char *spil_line_reader_row(const spil_line_reader *reader)
{
    return reader->buffer + reader->row_start;
}

spil_line_mark spil_line_reader_mark(const spil_line_reader *reader)
{
    return (spil_line_mark){reader->at - reader->row_start, reader->number};
}

void spil_line_reader_rewind(spil_line_reader *reader, spil_line_mark mark)
{
    reader->at = reader->row_start + mark.offset;
    reader->number = mark.number;
}

bool spil_line_reader_may_quote(const spil_line_reader *reader)
{
    return reader->has_quote;
}

bool spil_line_reader_is_ascii(const spil_line_reader *reader)
{
    return !reader->has_other;
}

uint64_t spil_line_reader_number(const spil_line_reader *reader)
{
    return reader->number;
}

spil_charset spil_line_reader_charset(const spil_line_reader *reader)
{
    return reader->charset.charset;
}

const spil_byte_source *spil_line_reader_source(const spil_line_reader *reader)
{
    return reader->source;
}
