/* json_reader.c - see json_reader.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "loaders/json_reader.h"
#include "engine/base/text.h"
#include "loaders/limits.h"

#include <string.h>

enum { FIRST_ROOM = 4096 };

struct spil_json_reader {
    spil_byte_source *source;
    const char *path;
    char *chunk;
    size_t at, end;
    uint64_t line;
    bool started, array, closed, want_comma;
    char *value; /* text of the current value, NUL behind it */
    size_t length, room;
    bool too_long;
};

/* Where we are in a value. */
typedef struct scan {
    size_t depth, deepest;
    bool in_string, escaped;
} scan;

/* ---- bytes ---- */

/* The next byte, or -1 at the end; it stays. */
static spil_status peek(spil_json_reader *reader, int *byte, spil_err *err)
{
    spil_status rc = SPIL_OK;
    if (reader->at == reader->end) {
        size_t got = 0;
        TRY(spil_byte_source_read(reader->source, reader->chunk, SPIL_READ_CHUNK, &got, err));
        reader->at = 0;
        reader->end = got;
    }
    *byte = reader->at < reader->end ? (unsigned char)reader->chunk[reader->at] : -1;
done:
    return rc;
}

static void pass(spil_json_reader *reader)
{
    reader->line += reader->chunk[reader->at] == '\n';
    reader->at++;
}

static bool is_blank(int byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

static spil_status pass_blanks(spil_json_reader *reader, int *byte, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (;;) {
        TRY(peek(reader, byte, err));
        if (!is_blank(*byte))
            break;
        pass(reader);
    }
done:
    return rc;
}

/* Adds the bytes from `from` to where we are; beyond the limit nothing more is kept. */
static spil_status keep(spil_json_reader *reader, size_t from, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const size_t count = reader->at - from;
    if (reader->too_long || reader->length + count > SPIL_MAX_LINE) {
        reader->too_long = true;
        return SPIL_OK;
    }
    while (reader->length + count + 1 > reader->room) {
        TRY(RESIZE_ARRAY(reader->value, 2 * reader->room, err));
        reader->room *= 2;
    }
    memcpy(reader->value + reader->length, reader->chunk + from, count);
    reader->length += count;
    reader->value[reader->length] = '\0';
done:
    return rc;
}

/* ---- values ---- */

static void step(scan *s, char byte)
{
    if (s->in_string) {
        if (s->escaped)
            s->escaped = false;
        else if (byte == '\\')
            s->escaped = true;
        else if (byte == '"')
            s->in_string = false;
    } else if (byte == '"') {
        s->in_string = true;
    } else if (byte == '{' || byte == '[') {
        s->depth++;
        if (s->depth > s->deepest)
            s->deepest = s->depth;
    } else if ((byte == '}' || byte == ']') && s->depth > 0) {
        s->depth--;
    }
}

/* The whole line, without its end. */
static spil_status read_line(spil_json_reader *reader, scan *s, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (int byte;;) {
        TRY(peek(reader, &byte, err));
        const size_t from = reader->at;
        while (reader->at < reader->end && reader->chunk[reader->at] != '\n')
            step(s, reader->chunk[reader->at++]);
        TRY(keep(reader, from, err));
        if (reader->at < reader->end || byte == -1)
            break;
    }
    while (reader->length > 0 && is_blank((unsigned char)reader->value[reader->length - 1]))
        reader->value[--reader->length] = '\0';
done:
    return rc;
}

/* An element of the array: to the bracket that closes it, or to what ends a plain value. */
static spil_status read_element(spil_json_reader *reader, scan *s, spil_err *err)
{
    spil_status rc = SPIL_OK;
    bool ended = false;
    for (int byte; !ended;) {
        TRY(peek(reader, &byte, err));
        if (byte == -1) {
            rc = spil_fail(err, SPIL_INPUT,
                           "%s:%llu: the JSON array ends in the middle of a value: the file was "
                           "cut off, or a quote or bracket is not closed",
                           reader->path, (unsigned long long)reader->line);
            goto done;
        }
        const size_t from = reader->at;
        while (reader->at < reader->end && !ended) {
            const char c = reader->chunk[reader->at];
            const bool outside = s->depth == 0 && !s->in_string;
            if (outside && (c == ',' || c == ']')) {
                ended = true;
                break;
            }
            step(s, c);
            pass(reader);
            ended = s->depth == 0 && !s->in_string && (c == '}' || c == ']');
        }
        TRY(keep(reader, from, err));
    }
done:
    return rc;
}

static void give(const spil_json_reader *reader, const scan *s, spil_json_span *out)
{
    out->text = reader->value;
    out->length = reader->length;
    out->reason = NULL;
    if (reader->too_long) {
        out->reason = "more than the limit of 1 MiB for one object";
        out->length = reader->length < SPIL_MAX_REJECT_RAW ? reader->length : SPIL_MAX_REJECT_RAW;
    } else if (s->deepest > SPIL_MAX_NESTING) {
        out->reason = "brackets are nested deeper than the limit of 32";
    } else if (!spil_utf8_valid(reader->value, reader->length)) {
        out->reason = "bytes that are no UTF-8, expected JSON";
    }
}

/* ---- the file ---- */

static spil_status start(spil_json_reader *reader, spil_err *err)
{
    spil_status rc = SPIL_OK;
    int byte = 0;
    reader->started = true;
    for (size_t i = 0; i < 3; i++) { /* a byte order mark */
        TRY(peek(reader, &byte, err));
        if (byte != (unsigned char)"\xef\xbb\xbf"[i])
            break;
        reader->at++;
    }
    TRY(pass_blanks(reader, &byte, err));
    reader->array = byte == '[';
    if (reader->array)
        pass(reader);
done:
    return rc;
}

/* Between elements: a comma, or the end. */
static spil_status next_element(spil_json_reader *reader, bool *got, spil_err *err)
{
    spil_status rc = SPIL_OK;
    int byte = 0;
    *got = false;
    TRY(pass_blanks(reader, &byte, err));
    if (!reader->closed && reader->want_comma && byte == ',') {
        pass(reader);
        TRY(pass_blanks(reader, &byte, err));
    } else if (!reader->closed && byte == ']') {
        pass(reader);
        reader->closed = true;
        TRY(pass_blanks(reader, &byte, err));
    } else if (reader->want_comma && !reader->closed && byte != -1) {
        rc = spil_fail(err, SPIL_INPUT,
                       "%s:%llu: ',' or ']' expected behind an element of the JSON array",
                       reader->path, (unsigned long long)reader->line);
        goto done;
    }
    if (reader->closed && byte != -1)
        rc = spil_fail(err, SPIL_INPUT, "%s:%llu: something follows the end of the JSON array",
                       reader->path, (unsigned long long)reader->line);
    *got = !reader->closed && rc == SPIL_OK;
done:
    return rc;
}

spil_status spil_json_reader_next(spil_json_reader *reader, spil_json_span *out, bool *got,
                                  spil_err *err)
{
    spil_status rc = SPIL_OK;
    scan s = {0};
    int byte = 0;
    if (!reader->started)
        TRY(start(reader, err));
    reader->length = 0;
    reader->too_long = false;
    reader->value[0] = '\0';
    if (reader->array) {
        TRY(next_element(reader, got, err));
    } else {
        TRY(pass_blanks(reader, &byte, err));
        *got = byte != -1;
    }
    if (!*got)
        goto done;
    out->line = reader->line;
    TRY(reader->array ? read_element(reader, &s, err) : read_line(reader, &s, err));
    reader->want_comma = true;
    give(reader, &s, out);
done:
    return rc;
}

spil_status spil_json_reader_new(spil_json_reader **out, spil_byte_source *source, const char *path,
                                 spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_json_reader *reader = NULL;
    TRY(NEW(reader, err));
    reader->source = source;
    reader->path = path;
    reader->line = 1;
    reader->room = FIRST_ROOM;
    TRY(NEW_ARRAY(reader->chunk, SPIL_READ_CHUNK, err));
    TRY(NEW_ARRAY(reader->value, reader->room, err));
    *out = reader;
    reader = NULL;
done:
    spil_json_reader_free(reader);
    return rc;
}

void spil_json_reader_free(spil_json_reader *reader)
{
    if (!reader)
        return;
    spil_free(reader->chunk);
    spil_free(reader->value);
    spil_free(reader);
}

size_t spil_json_first(const char *head, size_t length, const char **first)
{
    size_t at = length >= 3 && memcmp(head, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    while (at < length && (is_blank((unsigned char)head[at]) || head[at] == '['))
        at++;
    scan s = {0};
    size_t end = at;
    while (end < length) {
        step(&s, head[end++]);
        if (s.depth == 0)
            break;
    }
    *first = head + at;
    return end - at;
}
