/* intake.c - see intake.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/base/vec.h"
#include "loaders/column_name.h"
#include "loaders/intake_inside.h"
#include "loaders/limits.h"
#include "loaders/traits.h"

#include <stdio.h>
#include <string.h>

enum { STEP_ROWS = 256 }; /* rows between looks at progress */

/* ---- opening ---- */

static spil_status keep_texts(spil_intake *intake, const char *const *texts, size_t count,
                              const char *const **out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const char **kept = NULL;
    TRY(NEW_ARRAY(kept, count, err));
    for (size_t i = 0; i < count; i++)
        TRY(spil_arena_text(intake->arena, &kept[i], texts[i], strlen(texts[i]), err));
    *out = kept;
    kept = NULL;
done:
    spil_free(kept);
    return rc;
}

static spil_status read_header(spil_intake *intake, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_row row;
    bool got = false;
    const char *const path = spil_text_reader_path(intake->reader);
    TRY(spil_text_reader_next(intake->reader, &row, &got, err));
    if (!got)
        rc = spil_fail(err, SPIL_INPUT, "%s: the file holds no rows", path);
    else if (row.reason)
        rc = spil_fail(err, SPIL_INPUT, "%s:%llu: the header cannot be read: %s", path,
                       (unsigned long long)row.line, row.reason);
    if (rc != SPIL_OK)
        goto done;
    spil_header *const header = &intake->header;
    TRY(keep_texts(intake, row.fields, row.count, &header->names, err));
    header->path = path;
    header->count = row.count;
    header->line = row.line;
    header->delimiter = spil_text_reader_delimiter(intake->reader);
    intake->decimal = intake->opts->has_decimal  ? intake->opts->decimal
                      : header->delimiter == ';' ? SPIL_DECIMAL_EITHER
                                                 : SPIL_DECIMAL_POINT;
    struct spil_intake_room *const room = intake->room;
    room->first = row;
    room->first.fields = header->names;
    TRY(spil_arena_text(intake->arena, &room->first.raw, row.raw, row.raw_length, err));
done:
    return rc;
}

/* The first bytes say what the file is. */
static spil_status read_head(spil_intake *intake, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_header *const header = &intake->header;
    struct spil_intake_room *const room = intake->room;
    size_t got = 1;
    TRY(NEW_ARRAY(room->head, SPIL_READ_CHUNK + 1, err));
    while (got > 0 && header->head_length < SPIL_READ_CHUNK) {
        TRY(spil_byte_source_read(intake->bytes, room->head + header->head_length,
                                  SPIL_READ_CHUNK - header->head_length, &got, err));
        header->head_length += got;
    }
    header->head = room->head;
    header->shape = spil_shape_of(header->head, header->head_length);
    TRY(spil_byte_source_rewind(intake->bytes, err));
done:
    return rc;
}

/* Takes bytes. */
static spil_status open_bytes(spil_intake **out, spil_byte_source *bytes, const char *path,
                              const spil_mapping *mapping, const spil_import_opts *opts,
                              spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_intake *intake = NULL;
    TRY(NEW(intake, err));
    intake->bytes = bytes;
    bytes = NULL;
    intake->opts = opts;
    intake->confidence = 1;
    intake->header.mapping = mapping;
    TRY(NEW(intake->room, err));
    TRY(spil_arena_new(&intake->arena, err));
    TRY(spil_arena_text(intake->arena, &intake->header.path, path, strlen(path), err));
    intake->header.line = 1;
    TRY(read_head(intake, err));
    if (intake->header.shape == SPIL_SHAPE_TABLE) {
        spil_byte_source *const taken = intake->bytes;
        intake->bytes = NULL;
        TRY(spil_text_reader_new(&intake->reader, taken, path, err));
        TRY(read_header(intake, err));
    }
    if (opts->grade)
        TRY(spil_grade_confidence(opts->grade, &intake->confidence, err));
    *out = intake;
    intake = NULL;
done:
    spil_intake_free(intake);
    spil_byte_source_free(bytes);
    return rc;
}

spil_status spil_intake_open(spil_intake **out, const char *path, const spil_mapping *mapping,
                             const spil_import_opts *opts, spil_err *err)
{
    spil_byte_source *source = NULL;
    const spil_status rc = spil_byte_source_open(&source, path, err);
    return rc == SPIL_OK ? open_bytes(out, source, path, mapping, opts, err) : rc;
}

spil_status spil_intake_open_memory(spil_intake **out, const char *name, const void *bytes,
                                    size_t length, const spil_mapping *mapping,
                                    const spil_import_opts *opts, spil_err *err)
{
    spil_byte_source *source = NULL;
    const spil_status rc = spil_byte_source_memory(&source, name, bytes, length, err);
    return rc == SPIL_OK ? open_bytes(out, source, name, mapping, opts, err) : rc;
}

void spil_intake_free(spil_intake *intake)
{
    if (!intake)
        return;
    struct spil_intake_room *const room = intake->room;
    if (room) {
        spil_free(room->fields);
        spil_free(room->hashes);
        spil_free(room->signs);
        spil_free(room->watched);
        spil_free(room->detail_rows);
        spil_str_free(&room->details);
        spil_str_free(&room->raw);
        spil_str_free(&room->scratch);
        spil_free(room->head);
        spil_free(room);
    }
    spil_text_reader_free(intake->reader);
    spil_byte_source_free(intake->bytes);
    spil_free((void *)(uintptr_t)intake->header.names);
    spil_free(intake->columns);
    spil_str_free(&intake->note);
    spil_arena_free(intake->arena);
    spil_free(intake);
}

/* ---- columns ---- */

static spil_status name_columns(spil_intake *intake, bool has_header, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (size_t i = 0; i < intake->header.count; i++) {
        spil_column *const column = &intake->columns[i];
        column->name = intake->header.names[i];
        if (!has_header) {
            char number[24];
            const int length = snprintf(number, sizeof number, "%zu", i + 1);
            TRY(spil_arena_text(intake->arena, &column->name, number, (size_t)length, err));
            continue;
        }
        const spil_trait *const trait = spil_trait_of_column(column->name);
        column->drop = trait ? trait->reason : NULL;
        column->trait = trait != NULL;
        column->hash = trait ? trait->hash : SPIL_HASH_NONE;
        intake->room->has_traits |= trait != NULL;
    }
done:
    return rc;
}

spil_status spil_intake_start(spil_intake *intake, bool has_header, spil_err *err)
{
    spil_status rc = SPIL_OK;
    intake->column_count = intake->header.count;
    intake->room->field_room = intake->room->value_count = intake->column_count;
    TRY(NEW_ARRAY(intake->columns, intake->column_count, err));
    TRY(NEW_ARRAY(intake->room->fields, intake->column_count, err));
    TRY(name_columns(intake, has_header, err));
    intake->room->first_pending = !has_header;
done:
    return rc;
}

int spil_intake_column(const spil_intake *intake, const char *name)
{
    for (size_t i = 0; i < intake->header.count; i++)
        if (spil_column_name_equal(intake->columns[i].name, name))
            return (int)i;
    return SPIL_NO_COLUMN;
}

spil_status spil_intake_attribute_name(spil_intake *intake, const char *name, const char **out,
                                       spil_err *err)
{
    spil_str *const text = &intake->room->scratch;
    spil_str_clear(text);
    for (const char *c = name; *c; c++) {
        const char letter = *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c;
        spil_str_add_n(text, letter == ' ' || letter == '-' ? "_" : &letter, 1);
    }
    const spil_status rc = spil_str_status(text, err);
    return rc == SPIL_OK
               ? spil_arena_text(intake->arena, out, spil_str_text(text), text->length, err)
               : rc;
}

void spil_intake_drop(spil_intake *intake, size_t column, const char *reason)
{
    if (!intake->columns[column].drop)
        intake->columns[column].drop = reason;
}

void spil_intake_note(spil_intake *intake, const char *format, ...)
{
    char sentence[240];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(sentence, sizeof sentence, format, args);
    va_end(args);
    spil_make_printable(sentence);
    if (intake->note.length > 0)
        spil_str_add(&intake->note, "; ");
    spil_str_add(&intake->note, sentence);
}

/* ---- bad rows ---- */

/* Bytes that are no text come out as \xNN. Cut at SPIL_MAX_REJECT_RAW, between characters. */
static void add_visible(spil_str *out, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length && out->length < SPIL_MAX_REJECT_RAW;) {
        const unsigned char lead = (unsigned char)bytes[i];
        const size_t size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        if (size <= length - i && spil_utf8_valid(bytes + i, size)) {
            if (out->length + size <= SPIL_MAX_REJECT_RAW)
                spil_str_add_n(out, bytes + i, size);
            else
                break;
            i += size;
        } else {
            spil_str_addf(out, "\\x%02x", lead);
            i++;
        }
    }
}

/* The raw text that may be kept: where the file has columns of traits these are blotted out, and a
 * row of which nobody can tell which value is which is not kept at all. */
static const char *raw_to_keep(spil_intake *intake, const spil_row *row)
{
    struct spil_intake_room *const room = intake->room;
    spil_str_clear(&room->raw);
    if (!intake->reader || !room->has_traits) {
        add_visible(&room->raw, row->raw, row->raw_length);
    } else if (row->reason || row->count != intake->header.count) {
        spil_str_add(&room->raw, "(not kept: this file has columns that Spil may not keep)");
    } else {
        for (size_t i = 0; i < row->count; i++) {
            if (i > 0)
                spil_str_add_n(&room->raw, &intake->header.delimiter, 1);
            const spil_column *const column = &intake->columns[i];
            const char *const text =
                column->drop || column->trait || column->secret ? "[dropped]" : row->fields[i];
            add_visible(&room->raw, text, strlen(text));
        }
    }
    return spil_str_text(&room->raw);
}

static spil_status reject(spil_intake *intake, const spil_row *row, const char *column,
                          const char *reason, spil_err *err)
{
    const char *const raw = raw_to_keep(intake, row);
    const spil_status rc = spil_str_status(&intake->room->raw, err);
    if (rc != SPIL_OK)
        return rc;
    const spil_reject reject_row = {.path = intake->header.path,
                                    .line = row->line,
                                    .column = column,
                                    .reason = reason,
                                    .raw = raw};
    intake->file->rejected++;
    return intake->on_reject
               ? intake->on_reject(&reject_row, intake->on_reject_user, err)
               : spil_store_add_reject(intake->store, intake->source, &reject_row, err);
}

static void SPIL_PRINTF(2, 0)
    complain(struct spil_intake_room *room, const char *format, va_list args)
{
    (void)vsnprintf(room->complaint, sizeof room->complaint, format, args);
    spil_make_printable(room->complaint); /* values of the row stand in it, perhaps cut */
    room->complained = true;
    room->complaint_column = SPIL_NO_COLUMN;
}

void spil_intake_complain(spil_intake *intake, int column, const char *format, ...)
{
    struct spil_intake_room *const room = intake->room;
    if (room->complained)
        return;
    va_list args;
    va_start(args, format);
    complain(room, format, args);
    va_end(args);
    room->complaint_column = column;
}

void spil_intake_complain_of(spil_intake *intake, const char *field, const char *format, ...)
{
    struct spil_intake_room *const room = intake->room;
    if (room->complained)
        return;
    va_list args;
    va_start(args, format);
    complain(room, format, args);
    va_end(args);
    (void)snprintf(room->complaint_field, sizeof room->complaint_field, "%s", field);
    spil_make_printable(room->complaint_field);
}

/* ---- rows ---- */

/* Values behind the last column are allowed while they are empty: some exports end each line with a
 * separator. */
static bool surplus_is_empty(const spil_row *row, size_t expected)
{
    for (size_t i = expected; i < row->count; i++)
        if (row->fields[i][0] != '\0')
            return false;
    return true;
}

static spil_status next_row(spil_intake *intake, spil_row *row, bool *got, spil_err *err)
{
    struct spil_intake_room *const room = intake->room;
    if (room->first_pending) {
        room->first_pending = false;
        *row = room->first;
        *got = true;
        return SPIL_OK;
    }
    return spil_text_reader_next(intake->reader, row, got, err);
}

/* The row as the loader sees it: dropped values counted and emptied, hashes for what is hashed. */
static spil_row view(spil_intake *intake, const spil_row *row)
{
    struct spil_intake_room *const room = intake->room;
    for (size_t i = 0; i < intake->header.count; i++) {
        spil_column *const column = &intake->columns[i];
        room->fields[i] = column->drop ? "" : row->fields[i];
        column->dropped += column->drop && row->fields[i][0] != '\0';
        if (column->hashed)
            room->fields[i] = spil_intake_hash_field(intake, i, row);
    }
    spil_row seen = *row;
    seen.fields = room->fields;
    seen.count = room->value_count;
    return seen;
}

static spil_status take_row(spil_intake *intake, spil_row *row, spil_row_fn take, void *user,
                            spil_err *err)
{
    spil_status rc = SPIL_OK;
    struct spil_intake_room *const room = intake->room;
    const size_t expected = intake->header.count;
    intake->file->rows++;
    room->complained = false;
    room->complaint_field[0] = '\0';
    intake->row_source = 0;
    spil_intake_forget_details(intake);
    if (row->reason) {
        const char *const name = row->bad_field >= 1 && row->bad_field <= expected
                                     ? intake->columns[row->bad_field - 1].name
                                     : "";
        return reject(intake, row, name, row->reason, err);
    }
    if (row->count > expected && surplus_is_empty(row, expected))
        row->count = expected;
    if (row->count != expected) {
        spil_intake_complain(intake, SPIL_NO_COLUMN, "%zu values in the row, expected %zu",
                             row->count, expected);
    } else {
        const spil_row seen = view(intake, row);
        if (room->watched_count > 0)
            TRY(spil_intake_watch_row(intake, row, err));
        TRY(take(intake, &seen, user, err));
        TRY(spil_intake_decimal_status(intake, err));
    }
    if (room->complained)
        return reject(intake, row,
                      room->complaint_column == SPIL_NO_COLUMN
                          ? room->complaint_field
                          : intake->columns[room->complaint_column].name,
                      room->complaint, err);
    intake->file->accepted++;
done:
    return rc;
}

static void show_progress(spil_intake *intake)
{
    const uint64_t at = spil_byte_source_position(
        intake->reader ? spil_text_reader_source(intake->reader) : intake->bytes);
    if (at <= intake->room->shown) /* a second time through the file */
        return;
    spil_progress_step(intake->opts->progress, at - intake->room->shown);
    intake->room->shown = at;
}

/* What the row will ask the store. */
static void foresee(const spil_intake *intake, const spil_row *row, spil_foreseen *out)
{
    out->known = false;
    if (!intake->looks_ahead || row->reason || row->count < intake->header.count)
        return;
    const char *const keys[2] = {row->fields[intake->ends[0]], row->fields[intake->ends[1]]};
    spil_store_foresee_pair(intake->store, keys, intake->puts_ends, out);
}

/* One row is read ahead, and what it will ask for is fetched while the one before is taken. */
spil_status spil_intake_each(spil_intake *intake, spil_row_fn take, void *user, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_row row = {0}, next = {0};
    spil_foreseen foreseen = {.known = false};
    bool got = false, got_next = false;
    intake->room->foreseen.known = false;
    TRY(spil_intake_watch(intake, err));
    if (!intake->enough)
        TRY(next_row(intake, &row, &got, err));
    while (got && !intake->enough) {
        TRY(spil_check_stop(err));
        TRY(next_row(intake, &next, &got_next, err));
        if (got_next)
            foresee(intake, &next, &foreseen);
        TRY(take_row(intake, &row, take, user, err));
        if (intake->file->rows % STEP_ROWS == 0)
            show_progress(intake);
        row = next;
        got = got_next;
        intake->room->foreseen = foreseen;
    }
    TRY(spil_intake_watched(intake, err));
    show_progress(intake);
done:
    return rc;
}

/* ---- records that are no rows ---- */

spil_status spil_intake_begin_record(spil_intake *intake, bool count, spil_err *err)
{
    struct spil_intake_room *const room = intake->room;
    room->complained = false;
    room->complaint_field[0] = '\0';
    intake->row_source = 0;
    spil_intake_forget_details(intake);
    intake->file->rows += count;
    if (intake->file->rows % STEP_ROWS == 0)
        show_progress(intake);
    return spil_check_stop(err);
}

spil_status spil_intake_end_record(spil_intake *intake, const spil_row *row, bool count,
                                   spil_err *err)
{
    struct spil_intake_room *const room = intake->room;
    if (room->complained) {
        intake->file->accepted -= !count;
        return reject(intake, row, room->complaint_field, room->complaint, err);
    }
    intake->file->accepted += count;
    return SPIL_OK;
}

/* The column of that name and reason, or column_count. */
static size_t find_dropped(const spil_intake *intake, const char *field, const char *reason)
{
    size_t at = 0;
    while (at < intake->column_count &&
           (!intake->columns[at].drop || strcmp(intake->columns[at].drop, reason) != 0 ||
            strcmp(intake->columns[at].name, field) != 0))
        at++;
    return at;
}

spil_status spil_intake_drop_field(spil_intake *intake, const char *field, const char *reason,
                                   bool trait, spil_err *err)
{
    spil_status rc = SPIL_OK;
    struct spil_intake_room *const room = intake->room;
    const size_t most = room->value_count + SPIL_MAX_FIELDS;
    size_t at = find_dropped(intake, field, reason);
    if (at == most) /* the last one stands for all that come after it */
        at--;
    if (at == intake->column_count) {
        spil_column column = {.drop = reason, .trait = trait};
        const char *const name = at + 1 == most ? "(further fields)" : field;
        TRY(spil_arena_text(intake->arena, &column.name, name, strlen(name), err));
        TRY(spil_vec_reserve((void **)&intake->columns, intake->column_count, &room->field_room,
                             sizeof column, err));
        intake->columns[intake->column_count++] = column;
    }
    intake->columns[at].dropped++;
done:
    return rc;
}
