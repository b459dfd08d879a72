/* text_reader.c - see text_reader.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A line without a quote is split in a copy of it; any other goes to libcsv line by line, until
 * libcsv says that the record is complete. Time and space: linear, bounded by limits.h.
 */
#include "loaders/text_reader.h"
#include "engine/base/text.h"
#include "loaders/limits.h"

#include <csv.h>
#include <stdio.h>
#include <string.h>

enum { FIRST_CELLS = 1 << 12, NEAR = 16 };

/* What a row given to the caller points to. */
typedef struct row_room {
    char *cells; /* the values of the row, each with a NUL */
    size_t cells_room, cells_used;
    const char **fields;
    char reason[160];
    char raw[SPIL_MAX_REJECT_RAW + 4]; /* 4: so that the last character is whole */
} row_room;

struct spil_text_reader {
    char *path;
    spil_line_reader *lines;
    char delimiter;
    struct csv_parser csv;
    bool csv_ready;
    row_room rooms[2], *room; /* by turns, so that a row outlives the reading of the next */
    size_t *offsets;          /* of each value in its cells */
    size_t count;
    size_t oversized; /* number of the first value over the limit; 0 = none */
    bool complete;    /* libcsv saw the end of the record */
};

/* ---- splitting ---- */

static void bad(spil_row *row, size_t field, const char *reason)
{
    row->reason = reason;
    row->bad_field = field;
    row->count = 0;
    row->fields = NULL;
}

static spil_status reserve_cells(row_room *to, size_t more, spil_err *err)
{
    if (to->cells_room - to->cells_used >= more)
        return SPIL_OK;
    size_t room = to->cells_room;
    while (room - to->cells_used < more)
        room *= 2;
    const spil_status rc = RESIZE_ARRAY(to->cells, room, err);
    if (rc == SPIL_OK)
        to->cells_room = room;
    return rc;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Counts on beyond SPIL_MAX_COLUMNS, but keeps no more. */
static void add_field(spil_text_reader *reader, size_t offset, size_t length)
{
    if (reader->count < SPIL_MAX_COLUMNS)
        reader->offsets[reader->count] = offset;
    reader->count++;
    if (length > SPIL_MAX_FIELD && reader->oversized == 0)
        reader->oversized = reader->count;
}

/* The next separator, or the end of the text: most values are too short for a call of memchr. */
static const char *find_stop(const char *at, const char *end, char delimiter)
{
    const char *const near = end - at > NEAR ? at + NEAR : end;
    while (at < near && *at != delimiter)
        at++;
    if (at < near || near == end)
        return at;
    const char *const far = memchr(at, delimiter, (size_t)(end - at));
    return far ? far : end;
}

/* A line without a quote. */
static spil_status split_plain(spil_text_reader *reader, const spil_line *line, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(reserve_cells(reader->room, line->length + 1, err));
    char *const text = reader->room->cells;
    memcpy(text, line->text, line->length);
    text[line->length] = '\0';
    reader->room->cells_used = line->length + 1;
    for (size_t from = 0; from <= line->length;) {
        const size_t stop =
            (size_t)(find_stop(text + from, text + line->length, reader->delimiter) - text);
        size_t first = from, last = stop;
        while (first < last && is_blank(text[first]))
            first++;
        while (last > first && is_blank(text[last - 1]))
            last--;
        text[last] = '\0';
        add_field(reader, first, last - first);
        from = stop + 1;
    }
done:
    return rc;
}

static void csv_field(void *text, size_t length, void *user)
{
    spil_text_reader *const reader = user;
    row_room *const room = reader->room;
    /* room was reserved for the whole record: values are never longer than their quoted form */
    char *const cell = room->cells + room->cells_used;
    if (length > 0)
        memcpy(cell, text, length);
    cell[length] = '\0';
    add_field(reader, room->cells_used, length);
    room->cells_used += length + 1;
}

static void csv_record(int end, void *user)
{
    (void)end;
    ((spil_text_reader *)user)->complete = true;
}

static spil_status feed(spil_text_reader *reader, const char *text, size_t length, bool *broken,
                        spil_err *err)
{
    const size_t used = csv_parse(&reader->csv, text, length, csv_field, csv_record, reader);
    if (used == length)
        return SPIL_OK;
    if (csv_error(&reader->csv) == CSV_ENOMEM)
        return spil_fail(err, SPIL_NO_MEMORY, "%s: out of memory", reader->path);
    *broken = true;
    return SPIL_OK;
}

static void reset_record(spil_text_reader *reader)
{
    (void)csv_fini(&reader->csv, NULL, NULL, NULL);
    reader->room->cells_used = reader->count = reader->oversized = 0;
    reader->complete = false;
}

static const char open_quote[] =
    "a quote (\") is opened here and not closed within the lines that a "
    "value may span (64); expected a closing quote";
static const char bad_quote[] = "a quote (\") stands inside a value; expected the whole value in "
                                "quotes, and the quotes within it doubled";
_Static_assert(SPIL_MAX_QUOTED_LINES == 64, "the text above names the limit");

/* Feeds the lines of a record to libcsv until it is complete. *reason: why it cannot be. */
static spil_status feed_record(spil_text_reader *reader, spil_line *line, const char **reason,
                               spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (size_t lines = 1;; lines++) {
        /* a value is written to the cells when it ends, and may hold all of the record so far */
        const char *const start = spil_line_reader_row(reader->lines);
        TRY(reserve_cells(reader->room, (size_t)(line->text + line->length - start) + 2, err));
        bool broken = false, got = false;
        TRY(feed(reader, line->text, line->length, &broken, err));
        if (!broken)
            TRY(feed(reader, "\n", 1, &broken, err));
        if (broken)
            *reason = bad_quote;
        if (broken || reader->complete)
            break;
        if (lines < SPIL_MAX_QUOTED_LINES)
            TRY(spil_line_reader_next(reader->lines, line, &got, err));
        if (!got || line->too_long) {
            *reason = open_quote;
            break;
        }
    }
done:
    return rc;
}

/* A record with quotes, from its first line on. One that cannot be read is given up for its first
 * line alone: reading goes on at its second. */
static spil_status split_quoted(spil_text_reader *reader, spil_line line, spil_row *row,
                                spil_err *err)
{
    spil_status rc = SPIL_OK;
    const size_t first_length = line.length;
    const spil_line_mark second = spil_line_reader_mark(reader->lines);
    const char *reason = NULL;
    TRY(feed_record(reader, &line, &reason, err));
    if (reason) {
        spil_line_reader_rewind(reader->lines, second);
        row->raw_length = first_length;
        bad(row, reader->count + 1, reason);
    } else {
        row->raw_length = (size_t)(line.text + line.length - spil_line_reader_row(reader->lines));
    }
done:
    return rc;
}

/* Blanks as separators: runs of them count as one. */
static void drop_empty(spil_text_reader *reader)
{
    size_t kept = 0;
    for (size_t i = 0; i < reader->count && i < SPIL_MAX_COLUMNS; i++)
        if (reader->room->cells[reader->offsets[i]] != '\0')
            reader->offsets[kept++] = reader->offsets[i];
    if (reader->count <= SPIL_MAX_COLUMNS)
        reader->count = kept;
}

/* Limits and UTF-8, then pointers for offsets. */
static void finish_row(spil_text_reader *reader, spil_row *row)
{
    row_room *const room = reader->room;
    if (reader->delimiter == ' ')
        drop_empty(reader);
    if (reader->count > SPIL_MAX_COLUMNS) {
        (void)snprintf(room->reason, sizeof room->reason,
                       "%zu values in a row, more than the limit of %d", reader->count,
                       SPIL_MAX_COLUMNS);
        bad(row, 0, room->reason);
    } else if (reader->oversized) {
        (void)snprintf(room->reason, sizeof room->reason,
                       "a value of more than %d bytes, the limit for one value", SPIL_MAX_FIELD);
        bad(row, reader->oversized, room->reason);
    } else {
        for (size_t i = 0; i < reader->count; i++)
            room->fields[i] = room->cells + reader->offsets[i];
        row->fields = room->fields;
        row->count = reader->count;
    }
}

static const char *bad_text(const char *raw, size_t length)
{
    return memchr(raw, '\0', length) ? "a zero byte (NUL) stands in the row; expected text"
                                     : "bytes that are no text in the character set of this file "
                                       "(\\x.. in the raw text); "
                                       "expected text";
}

static bool only_blanks(const spil_line *line)
{
    size_t i = 0;
    while (i < line->length && is_blank(line->text[i]))
        i++;
    return i == line->length;
}

/* A row without values: blank, or all blanks where tabs do not separate. */
static bool is_empty(const spil_text_reader *reader, const spil_line *line)
{
    return !line->too_long &&
           (line->length == 0 || (reader->delimiter != '\t' && only_blanks(line)));
}

static spil_status split(spil_text_reader *reader, const spil_line *line, spil_row *row,
                         spil_err *err)
{
    spil_status rc = SPIL_OK;
    reset_record(reader);
    if (line->too_long) {
        (void)snprintf(reader->room->reason, sizeof reader->room->reason,
                       "a line of more than %d bytes, the limit for one line", SPIL_MAX_LINE);
        bad(row, 0, reader->room->reason);
    } else if (!spil_line_reader_may_quote(reader->lines) ||
               !memchr(line->text, '"', line->length)) {
        TRY(split_plain(reader, line, err));
    } else {
        TRY(split_quoted(reader, *line, row, err));
    }
done:
    return rc;
}

/* The bytes of the row, of which the reader of lines is about to let go. */
static void keep_raw(spil_text_reader *reader, spil_row *row)
{
    const char *const raw = spil_line_reader_row(reader->lines);
    const size_t length = row->raw_length;
    if (!row->reason && !spil_line_reader_is_ascii(reader->lines) && !spil_utf8_valid(raw, length))
        bad(row, 0, bad_text(raw, length));
    if (length > sizeof reader->room->raw)
        row->raw_length = sizeof reader->room->raw;
    memcpy(reader->room->raw, raw, row->raw_length);
    row->raw = reader->room->raw;
}

spil_status spil_text_reader_next(spil_text_reader *reader, spil_row *row, bool *got, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_line line;
    reader->room = &reader->rooms[reader->room == reader->rooms];
    do {
        spil_line_reader_begin_row(reader->lines);
        *row = (spil_row){.line = spil_line_reader_number(reader->lines)};
        TRY(spil_line_reader_next(reader->lines, &line, got, err));
        if (!*got)
            goto done;
    } while (is_empty(reader, &line));
    row->raw_length = line.length;
    TRY(split(reader, &line, row, err));
    keep_raw(reader, row);
    if (!row->reason)
        finish_row(reader, row);
done:
    return rc;
}

/* ---- opening ---- */

static size_t count_outside_quotes(const spil_line *line, char wanted)
{
    size_t count = 0;
    bool quoted = false;
    for (size_t i = 0; i < line->length; i++) {
        quoted = quoted != (line->text[i] == '"');
        count += !quoted && line->text[i] == wanted;
    }
    return count;
}

/* The separator that stands most often in the first line; between equals tab, then semicolon, for
 * a comma is common in names. */
static char find_delimiter(const spil_line *line)
{
    char best = ',';
    size_t most = 0;
    for (const char *c = "\t;,"; *c; c++) {
        const size_t count = count_outside_quotes(line, *c);
        if (count > most) {
            most = count;
            best = *c;
        }
    }
    spil_line inner = *line;
    while (inner.length > 0 && is_blank(inner.text[inner.length - 1]))
        inner.length--;
    while (inner.length > 0 && is_blank(*inner.text)) {
        inner.text++;
        inner.length--;
    }
    return most == 0 && count_outside_quotes(&inner, ' ') > 0 ? ' ' : best;
}

/* The head of the file: where do the rows start, what separates their values. */
static spil_status look(spil_text_reader *reader, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (;;) {
        spil_line line;
        bool got = false;
        spil_line_reader_begin_row(reader->lines);
        const spil_line_mark mark = spil_line_reader_mark(reader->lines);
        TRY(spil_line_reader_next(reader->lines, &line, &got, err));
        if (!got) {
            rc = spil_fail(err, SPIL_INPUT, "%s: the file holds no rows", reader->path);
            break;
        }
        if (line.too_long) { /* passed over, the first row would pass for a header */
            rc = spil_fail(
                err, SPIL_LIMIT,
                "%s:%llu: the first line has more than %d bytes, the limit for one line; "
                "expected a header or a first row",
                reader->path, (unsigned long long)spil_line_reader_number(reader->lines) - 1,
                SPIL_MAX_LINE);
            break;
        }
        if (only_blanks(&line) || *line.text == '#' || *line.text == '%')
            continue;
        if (line.length == 5 && memcmp(line.text, "sep=", 4) == 0) {
            reader->delimiter = line.text[4];
            break;
        }
        reader->delimiter = find_delimiter(&line);
        spil_line_reader_rewind(reader->lines, mark);
        break;
    }
done:
    return rc;
}

static void *csv_grow(void *block, size_t size)
{
    return spil_resize(&block, size, 1, NULL) == SPIL_OK ? block : NULL;
}

spil_status spil_text_reader_new(spil_text_reader **out, spil_byte_source *source, const char *path,
                                 spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_text_reader *reader = NULL;
    TRY(NEW(reader, err));
    reader->room = reader->rooms;
    TRY(spil_copy_text(&reader->path, path, err));
    spil_byte_source *const taken = source;
    source = NULL;
    TRY(spil_line_reader_new(&reader->lines, taken, path, err));
    TRY(NEW_ARRAY(reader->offsets, SPIL_MAX_COLUMNS, err));
    for (size_t i = 0; i < 2; i++) {
        reader->rooms[i].cells_room = FIRST_CELLS;
        TRY(NEW_ARRAY(reader->rooms[i].cells, FIRST_CELLS, err));
        TRY(NEW_ARRAY(reader->rooms[i].fields, SPIL_MAX_COLUMNS, err));
    }
    (void)csv_init(&reader->csv, CSV_STRICT | CSV_REPALL_NL);
    csv_set_realloc_func(&reader->csv, csv_grow);
    csv_set_free_func(&reader->csv, spil_free);
    reader->csv_ready = true;
    TRY(look(reader, err));
    csv_set_delim(&reader->csv, (unsigned char)reader->delimiter);
    *out = reader;
    reader = NULL;
done:
    spil_text_reader_free(reader);
    spil_byte_source_free(source);
    return rc;
}

spil_status spil_text_reader_open(spil_text_reader **out, const char *path, spil_err *err)
{
    spil_byte_source *source = NULL;
    const spil_status rc = spil_byte_source_open(&source, path, err);
    return rc == SPIL_OK ? spil_text_reader_new(out, source, path, err) : rc;
}

spil_status spil_text_reader_open_memory(spil_text_reader **out, const char *name,
                                         const void *bytes, size_t length, spil_err *err)
{
    spil_byte_source *source = NULL;
    const spil_status rc = spil_byte_source_memory(&source, name, bytes, length, err);
    return rc == SPIL_OK ? spil_text_reader_new(out, source, name, err) : rc;
}

void spil_text_reader_free(spil_text_reader *reader)
{
    if (!reader)
        return;
    if (reader->csv_ready)
        csv_free(&reader->csv);
    spil_line_reader_free(reader->lines);
    spil_free(reader->path);
    spil_free(reader->offsets);
    for (size_t i = 0; i < 2; i++) {
        spil_free(reader->rooms[i].cells);
        spil_free(reader->rooms[i].fields);
    }
    spil_free(reader);
}

const char *spil_text_reader_path(const spil_text_reader *reader)
{
    return reader->path;
}

char spil_text_reader_delimiter(const spil_text_reader *reader)
{
    return reader->delimiter;
}

spil_charset spil_text_reader_charset(const spil_text_reader *reader)
{
    return spil_line_reader_charset(reader->lines);
}

const spil_byte_source *spil_text_reader_source(const spil_text_reader *reader)
{
    return spil_line_reader_source(reader->lines);
}
