/* json_intake.c - see json_intake.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "loaders/json_intake.h"
#include "engine/base/strmap.h"
#include "loaders/json_reader.h"
#include "loaders/limits.h"
#include "loaders/traits.h"
#include "loaders/value.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

typedef struct json_load {
    spil_intake *intake;
    spil_json_fn take;
    void *user;
    spil_pass pass;
    spil_str raw;
    spil_strmap *names; /* of fields: what trait they are, so that each is looked up once */
} json_load;

enum { MOST_NAMES = 4096 }; /* that are remembered */

/* ---- traits ---- */

spil_status spil_json_drop(spil_intake *intake, json_t *object, const char *field,
                           const char *reason, bool trait, spil_pass pass, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const json_t *const value = json_object_get(object, field);
    const bool held =
        value && !json_is_null(value) && json_array_size(value) + 1 > json_is_array(value);
    if (held && pass == SPIL_PASS_ENTITIES)
        TRY(spil_intake_drop_field(intake, field, reason, trait, err));
    (void)json_object_del(object, field);
done:
    return rc;
}

static spil_status find_trait(json_load *load, const char *name, const spil_trait **out,
                              spil_err *err)
{
    spil_status rc = SPIL_OK;
    int64_t known = 0;
    if (spil_strmap_get(load->names, name, &known)) {
        *out = (const spil_trait *)(intptr_t)known;
        return SPIL_OK;
    }
    *out = spil_trait_of_column(name);
    if (spil_strmap_count(load->names) < MOST_NAMES)
        TRY(spil_strmap_put(load->names, name, (int64_t)(intptr_t)*out, err));
done:
    return rc;
}

/* Depth is bounded: the reader has looked. */
static spil_status strip(json_load *load, json_t *value, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const char *key;
    json_t *inner;
    void *next;
    size_t i;
    json_array_foreach(value, i, inner) TRY(strip(load, inner, err));
    json_object_foreach_safe(value, next, key, inner)
    {
        const spil_trait *trait = NULL;
        TRY(find_trait(load, key, &trait, err));
        if (trait)
            TRY(spil_json_drop(load->intake, value, key, trait->reason, true, load->pass, err));
        else
            TRY(strip(load, inner, err));
    }
done:
    return rc;
}

/* ---- objects ---- */

static int add_raw(const char *bytes, size_t length, void *user)
{
    spil_str *const raw = user;
    if (raw->length < SPIL_MAX_REJECT_RAW)
        spil_str_add_n(raw, bytes, length);
    return raw->failed ? -1 : 0;
}

/* What of a bad object may be kept: what is left of it once traits are out. */
static spil_status keep_raw(json_load *load, const json_t *object, spil_row *row, spil_err *err)
{
    spil_str_clear(&load->raw);
    if (object)
        (void)json_dump_callback(object, add_raw, &load->raw, JSON_COMPACT);
    else
        spil_str_add(&load->raw, "(not kept: nobody can tell which fields stand in it)");
    row->raw = spil_str_text(&load->raw);
    row->raw_length = load->raw.length;
    return spil_str_status(&load->raw, err);
}

const char *spil_json_found(const json_t *value)
{
    return !value                   ? "nothing found"
           : json_is_object(value)  ? "an object found"
           : json_is_array(value)   ? "an array found"
           : json_is_string(value)  ? "a text found"
           : json_is_number(value)  ? "a number found"
           : json_is_boolean(value) ? "true or false found"
                                    : "null found";
}

static json_t *parse(json_load *load, const spil_json_span *text)
{
    json_error_t error;
    json_t *const object =
        text->reason ? NULL : json_loadb(text->text, text->length, JSON_REJECT_DUPLICATES, &error);
    if (text->reason)
        spil_intake_complain_of(load->intake, "", "%s", text->reason);
    else if (!object)
        spil_intake_complain_of(load->intake, "",
                                "no JSON: %s at byte %d; expected an object, { ... }", error.text,
                                error.position);
    else if (!json_is_object(object))
        spil_intake_complain_of(load->intake, "", "%s, expected an object, { ... }",
                                spil_json_found(object));
    return object;
}

/* What could not be read is told by the pass that counts, and passed over by the others. */
static spil_status take_text(json_load *load, const spil_json_span *text, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_intake *const intake = load->intake;
    const bool counts = load->pass == SPIL_PASS_ENTITIES;
    spil_row row = {.line = text->line};
    json_t *object = NULL;
    TRY(spil_intake_begin_record(intake, counts, err));
    object = parse(load, text);
    if (spil_intake_complained(intake) && !counts)
        goto done;
    if (!spil_intake_complained(intake)) {
        TRY(strip(load, object, err));
        TRY(load->take(intake, &row, object, load->pass, load->user, err));
    }
    if (load->pass == SPIL_PASS_LOOK)
        goto done;
    if (spil_intake_complained(intake))
        TRY(keep_raw(load, json_is_object(object) ? object : NULL, &row, err));
    TRY(spil_intake_end_record(intake, &row, counts, err));
done:
    json_decref(object);
    return rc;
}

static spil_status go_through(json_load *load, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_json_reader *reader = NULL;
    spil_json_span text;
    bool got = false;
    TRY(spil_byte_source_rewind(load->intake->bytes, err));
    TRY(spil_json_reader_new(&reader, load->intake->bytes, load->intake->header.path, err));
    for (;;) {
        TRY(spil_json_reader_next(reader, &text, &got, err));
        if (!got)
            break;
        TRY(take_text(load, &text, err));
    }
done:
    spil_json_reader_free(reader);
    return rc;
}

static spil_status go_from(spil_pass first, spil_intake *intake, spil_json_fn take,
                           void (*begin)(void *user), void *user, spil_err *err)
{
    spil_status rc = SPIL_OK;
    json_load load = {.intake = intake, .take = take, .user = user};
    TRY(spil_strmap_new(&load.names, err));
    for (int pass = (int)first; pass <= SPIL_PASS_LINKS; pass++) {
        load.pass = (spil_pass)pass;
        if (begin)
            begin(user);
        TRY(go_through(&load, err));
    }
done:
    spil_strmap_free(load.names);
    spil_str_free(&load.raw);
    return rc;
}

spil_status spil_intake_each_json(spil_intake *intake, spil_json_fn take, void *user, spil_err *err)
{
    return go_from(SPIL_PASS_ENTITIES, intake, take, NULL, user, err);
}

spil_status spil_intake_look_json(spil_intake *intake, spil_json_fn take, void (*begin)(void *user),
                                  void *user, spil_err *err)
{
    return go_from(SPIL_PASS_LOOK, intake, take, begin, user, err);
}

json_t *spil_json_head(const spil_header *header)
{
    const char *first;
    const size_t length = spil_json_first(header->head, header->head_length, &first);
    size_t depth = 0, deepest = 0; /* strings count too: a look, not a judgement */
    for (size_t i = 0; i < length; i++) {
        depth += first[i] == '{' || first[i] == '[';
        depth -= depth > 0 && (first[i] == '}' || first[i] == ']');
        deepest = depth > deepest ? depth : deepest;
    }
    json_t *const value =
        deepest <= 4 * SPIL_MAX_NESTING ? json_loadb(first, length, 0, NULL) : NULL;
    if (json_is_object(value))
        return value;
    json_decref(value);
    return NULL;
}

/* ---- values ---- */

const char *spil_json_string(const json_t *object, const char *field)
{
    const char *const text = json_string_value(json_object_get(object, field));
    return text && *text ? text : NULL;
}

const char *spil_json_plain(const json_t *value, char room[32])
{
    switch (json_typeof(value)) {
    case JSON_STRING:
        return json_string_value(value);
    case JSON_INTEGER:
        (void)snprintf(room, 32, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        return room;
    case JSON_REAL:
        (void)snprintf(room, 32, "%.15g", json_real_value(value));
        return room;
    case JSON_TRUE:
        return "true";
    case JSON_FALSE:
        return "false";
    case JSON_NULL:
    case JSON_OBJECT:
    case JSON_ARRAY:
        break;
    }
    return "";
}

bool spil_intake_json_text(spil_intake *intake, const char *field, const char *text)
{
    const size_t length = strlen(text);
    size_t lines = 0;
    for (size_t i = 0; i < length; i++)
        lines += text[i] == '\n' || text[i] == '\r';
    if (length > SPIL_MAX_FIELD)
        spil_intake_complain_of(intake, field,
                                "a value of more than %d bytes, the limit for one value",
                                SPIL_MAX_FIELD);
    else if (lines >= SPIL_MAX_QUOTED_LINES)
        spil_intake_complain_of(intake, field,
                                "a value of more than %d lines, the limit for one value",
                                SPIL_MAX_QUOTED_LINES);
    return length <= SPIL_MAX_FIELD && lines < SPIL_MAX_QUOTED_LINES;
}

bool spil_intake_json_key(spil_intake *intake, const char *field, const char *text)
{
    if (!text || !*text) {
        spil_intake_complain_of(intake, field, "missing or empty, expected a key");
        return false;
    }
    const size_t length = strlen(text);
    if (length > SPIL_MAX_KEY) {
        spil_intake_complain_of(intake, field, "%zu bytes, more than the limit of %d for a key",
                                length, SPIL_MAX_KEY);
        return false;
    }
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)text[i] < 0x20 || text[i] == 0x7f) {
            spil_intake_complain_of(
                intake, field, "a control character or line end in a key; expected plain text");
            return false;
        }
    if (text[0] == ' ' || text[length - 1] == ' ') {
        spil_intake_complain_of(intake, field,
                                "a key that begins or ends with a blank; expected one without");
        return false;
    }
    return true;
}

bool spil_intake_json_day(spil_intake *intake, const char *field, const char *text, spil_day *out)
{
    char whole[16];
    spil_day day;
    if (!text || !*text)
        return true;
    const size_t length = strlen(text);
    const bool digits = strspn(text, "0123456789-") == length;
    if (digits && length == 4)
        (void)snprintf(whole, sizeof whole, "%.4s-01-01", text);
    else if (digits && length == 7)
        (void)snprintf(whole, sizeof whole, "%.7s-01", text);
    else
        whole[0] = '\0';
    if (!spil_value_day(whole[0] ? whole : text, &day)) {
        spil_intake_complain_of(
            intake, field, "'%.80s' is no date that exists; expected " SPIL_VALUE_DAY_FORMS, text);
        return false;
    }
    *out = day;
    return true;
}
