/* intake.c - see intake.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "loaders/intake.h"
#include "engine/base/vec.h"
#include "loaders/column_name.h"
#include "loaders/limits.h"
#include "loaders/traits.h"
#include "loaders/value.h"

#include <float.h>
#include <stdio.h>
#include <string.h>

enum { STEP_ROWS = 256 }; /* rows between looks at progress */

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
    uint64_t shown; /* bytes of the file that progress knows of */
};

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
    intake->comma = header->delimiter == ';';
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

static const char *mapped_name(const spil_mapping *mapping, const char *name)
{
    for (size_t i = 0; mapping && i < mapping->column_count; i++)
        if (strcmp(mapping->columns[i].text, name) == 0)
            return mapping->columns[i].native;
    return NULL;
}

static spil_status name_columns(spil_intake *intake, bool has_header, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_mapping *const mapping = intake->header.mapping;
    for (size_t i = 0; i < intake->header.count; i++) {
        spil_column *const column = &intake->columns[i];
        column->name = intake->header.names[i];
        if (!has_header) {
            char number[24];
            const int length = snprintf(number, sizeof number, "%zu", i + 1);
            TRY(spil_arena_text(intake->arena, &column->name, number, (size_t)length, err));
            continue;
        }
        column->native = mapped_name(mapping, column->name);
        const spil_trait *const trait = spil_trait_of_column(column->name);
        column->drop = trait ? trait->reason : NULL;
        column->trait = trait != NULL;
        intake->room->has_traits |= trait != NULL;
    }
    for (size_t i = intake->header.count; i < intake->column_count; i++) {
        const spil_mapping_pair *const constant = &mapping->constants[i - intake->header.count];
        intake->columns[i].name = intake->columns[i].native = constant->native;
    }
done:
    return rc;
}

/* Every column that the mapping names is in the header, once. */
static spil_status check_mapping(const spil_header *header, spil_err *err)
{
    const spil_mapping *const mapping = header->mapping;
    for (size_t i = 0; mapping && i < mapping->column_count; i++) {
        size_t found = 0;
        for (size_t j = 0; j < header->count; j++)
            found += strcmp(header->names[j], mapping->columns[i].text) == 0;
        if (found != 1)
            return spil_fail(err, SPIL_INPUT,
                             "%s:%llu: column '%.80s' stands %s in the header of %s (line %llu)",
                             mapping->path, (unsigned long long)mapping->columns[i].line,
                             mapping->columns[i].text, found ? "twice" : "nowhere", header->path,
                             (unsigned long long)header->line);
    }
    return SPIL_OK;
}

spil_status spil_intake_start(spil_intake *intake, bool has_header, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_mapping *const mapping = intake->header.mapping;
    const size_t constants = mapping ? mapping->constant_count : 0;
    TRY(check_mapping(&intake->header, err));
    intake->column_count = intake->header.count + constants;
    intake->room->field_room = intake->room->value_count = intake->column_count;
    TRY(NEW_ARRAY(intake->columns, intake->column_count, err));
    TRY(NEW_ARRAY(intake->room->fields, intake->column_count, err));
    for (size_t i = 0; i < constants; i++)
        intake->room->fields[intake->header.count + i] = mapping->constants[i].text;
    TRY(name_columns(intake, has_header, err));
    intake->room->first_pending = !has_header;
done:
    return rc;
}

int spil_intake_column(const spil_intake *intake, const char *name)
{
    for (size_t i = 0; i < intake->column_count; i++) {
        const spil_column *const column = &intake->columns[i];
        if (intake->header.mapping ? column->native && strcmp(column->native, name) == 0
                                   : spil_column_name_equal(column->name, name))
            return (int)i;
    }
    return SPIL_NO_COLUMN;
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
            const char *const text = intake->columns[i].drop ? "[dropped]" : row->fields[i];
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
    return spil_store_add_reject(intake->store, intake->source, &reject_row, err);
}

static void complain(struct spil_intake_room *room, const char *format, va_list args)
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

/* The row as the loader sees it: dropped values counted and emptied, constants behind. */
static spil_row view(spil_intake *intake, const spil_row *row)
{
    struct spil_intake_room *const room = intake->room;
    for (size_t i = 0; i < intake->header.count; i++) {
        spil_column *const column = &intake->columns[i];
        room->fields[i] = column->drop ? "" : row->fields[i];
        column->dropped += column->drop && row->fields[i][0] != '\0';
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
        TRY(take(intake, &seen, user, err));
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

spil_status spil_intake_each(spil_intake *intake, spil_row_fn take, void *user, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_row row;
    bool got = false;
    for (;;) {
        TRY(next_row(intake, &row, &got, err));
        if (!got)
            break;
        TRY(spil_check_stop(err));
        TRY(take_row(intake, &row, take, user, err));
        if (intake->file->rows % STEP_ROWS == 0)
            show_progress(intake);
    }
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

/* ---- values ---- */

const char *spil_intake_text(const spil_row *row, int column)
{
    return column == SPIL_NO_COLUMN || row->fields[column][0] == '\0' ? NULL : row->fields[column];
}

bool spil_intake_key(spil_intake *intake, const spil_row *row, int column, const char **out)
{
    const char *const text = spil_intake_text(row, column);
    if (!text) {
        spil_intake_complain(intake, column, "empty, expected a value");
        return false;
    }
    const size_t length = strlen(text);
    if (length > SPIL_MAX_KEY) {
        spil_intake_complain(intake, column, "%zu bytes, more than the limit of %d for a key",
                             length, SPIL_MAX_KEY);
        return false;
    }
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)text[i] < 0x20 || text[i] == 0x7f) {
            spil_intake_complain(intake, column, "a control character or line end in a key");
            return false;
        }
    *out = text;
    return true;
}

bool spil_intake_number(spil_intake *intake, const spil_row *row, int column, double least,
                        double most, double *out)
{
    const char *const text = spil_intake_text(row, column);
    double value;
    if (!text)
        return true;
    if (!spil_value_number(text, intake->comma, &value)) {
        spil_intake_complain(intake, column, "'%.80s' is no number%s", text,
                             strchr(text, ',') && !intake->comma
                                 ? " (a decimal comma is understood where ; separates)"
                                 : "");
        return false;
    }
    if (!(value >= least && value <= most)) {
        spil_intake_complain(intake, column, "'%.80s' is outside the range %g to %g", text, least,
                             most);
        return false;
    }
    *out = value;
    return true;
}

bool spil_intake_weight(spil_intake *intake, const spil_row *row, int column, double *out)
{
    if (!spil_intake_number(intake, row, column, 0, DBL_MAX, out))
        return false;
    if (*out > 0)
        return true;
    spil_intake_complain(intake, column, "a weight of 0, expected a number above 0");
    return false;
}

bool spil_intake_day(spil_intake *intake, const spil_row *row, int column, spil_day *out)
{
    const char *const text = spil_intake_text(row, column);
    spil_day day;
    if (!text)
        return true;
    if (!spil_value_day(text, &day)) {
        spil_intake_complain(
            intake, column, "'%.80s' is no date that exists; expected " SPIL_VALUE_DAY_FORMS, text);
        return false;
    }
    *out = day;
    return true;
}

bool spil_intake_period(spil_intake *intake, const spil_row *row, int since_column,
                        int until_column, spil_day *since, spil_day *until)
{
    if (!spil_intake_day(intake, row, since_column, since) ||
        !spil_intake_day(intake, row, until_column, until))
        return false;
    if (*since == SPIL_NO_DAY || *until == SPIL_NO_DAY || *since <= *until)
        return true;
    spil_intake_complain(intake, until_column, "'%.40s' is before the start, '%.40s'",
                         row->fields[until_column], row->fields[since_column]);
    return false;
}

bool spil_intake_complained(const spil_intake *intake)
{
    return intake->room->complained;
}

/* ---- writers ---- */

static int64_t source_of_row(const spil_intake *intake)
{
    return intake->row_source != 0 ? intake->row_source : intake->source;
}

spil_status spil_intake_put_entity(spil_intake *intake, const spil_row *row, int column,
                                   spil_new_entity entity, int64_t *id, spil_err *err)
{
    spil_err why = SPIL_ERR_INIT;
    bool created = false;
    entity.source = source_of_row(intake);
    entity.line = row->line;
    *id = 0;
    const spil_status rc = spil_store_put_entity(intake->store, &entity, id, &created, &why);
    if (rc == SPIL_RANGE) {
        spil_intake_complain(intake, column, "%s", why.msg);
        return SPIL_OK;
    }
    if (rc != SPIL_OK)
        return spil_fail(err, rc, "%s", why.msg);
    intake->file->entities += created;
    return SPIL_OK;
}

spil_status spil_intake_find_entity(spil_intake *intake, int column, const char *key, int64_t *id,
                                    spil_err *err)
{
    *id = 0;
    const spil_status rc = spil_store_find_entity(intake->store, key, id, NULL, err);
    if (rc == SPIL_OK && *id == 0)
        spil_intake_complain(intake, column,
                             "no entity has the key '%.80s'; expected one that this import or an "
                             "earlier one brought in",
                             key);
    return rc;
}

spil_status spil_intake_add_attribute(spil_intake *intake, const spil_row *row, int64_t entity,
                                      const char *name, const char *value, spil_err *err)
{
    intake->file->attributes++;
    return spil_store_add_attribute(intake->store, entity, name, value, source_of_row(intake),
                                    row->line, err);
}

spil_status spil_intake_add_link(spil_intake *intake, const spil_row *row, int column,
                                 spil_new_link link, spil_err *err)
{
    if (link.from == link.to) {
        spil_intake_complain(intake, column, "loop: '%.80s' is linked to itself",
                             row->fields[column]);
        return SPIL_OK;
    }
    link.source = source_of_row(intake);
    link.line = row->line;
    intake->file->links++;
    return spil_store_add_link(intake->store, &link, err);
}

spil_status spil_intake_add_role(spil_intake *intake, const spil_row *row, spil_new_role role,
                                 spil_err *err)
{
    role.source = source_of_row(intake);
    role.line = row->line;
    intake->file->roles++;
    return spil_store_add_role(intake->store, &role, err);
}

spil_status spil_intake_add_signal(spil_intake *intake, const spil_row *row, spil_new_signal signal,
                                   spil_err *err)
{
    signal.source = source_of_row(intake);
    signal.line = row->line;
    intake->file->signals++;
    return spil_store_add_signal(intake->store, &signal, err);
}
