/* json.c - see json.h: small values and what they are written with.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/json.h"

#include "reports/escape.h"

#include <math.h>

json_t *spil_json_text(const char *text)
{
    json_t *const value = json_string(text);
    if (value)
        return value;
    spil_str clean = SPIL_STR_INIT;
    spil_utf8_mend(&clean, text);
    json_t *const mended = clean.failed ? NULL : json_string(spil_str_text(&clean));
    spil_str_free(&clean);
    return mended;
}

json_t *spil_json_learned(json_t *item, const char *learned)
{
    if (!item || !learned ||
        json_object_set_new(item, "learned_from", spil_json_text(learned)) == 0)
        return item;
    json_decref(item);
    return NULL;
}

json_t *spil_json_real(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

json_t *spil_json_count(uint64_t count)
{
    return json_integer((json_int_t)count);
}

json_t *spil_json_day(spil_day day)
{
    char text[16];
    spil_format_day(day, text);
    return *text ? json_string(text) : json_null();
}

json_t *spil_json_names(spil_names names)
{
    return json_pack("{s:o, s:o}", "nl", spil_json_text(names.nl ? names.nl : ""), "en",
                     spil_json_text(names.en ? names.en : ""));
}

json_t *spil_json_spread(const spil_spread *spread)
{
    return json_pack("{s:o, s:o, s:o, s:o}", "p5", spil_json_real(spread->p5), "p50",
                     spil_json_real(spread->p50), "p95", spil_json_real(spread->p95), "mean",
                     spil_json_real(spread->mean));
}

json_t *spil_json_origin(const spil_result *result, spil_origin origin)
{
    if (origin.source >= result->source_count)
        return json_null();
    return json_pack("{s:o, s:o}", "source", spil_json_text(result->sources[origin.source].name),
                     "line", spil_json_count(origin.line));
}

bool spil_json_push(json_t *array, json_t *item)
{
    return json_array_append_new(array, item) == 0;
}

/* Whether an escape should stand for the character at bytes, which a terminal would obey or which
 * turns the line; *size: its bytes. Texts of JSON are the only place where these stand. */
static bool obeyed(const unsigned char *bytes, size_t left, unsigned *code, size_t *size)
{
    *size = 1;
    *code = bytes[0];
    if (bytes[0] == 0x7F)
        return true;
    if (bytes[0] >= 0xC2 && bytes[0] < 0xE0 && left >= 2) {
        *size = 2;
        *code = (bytes[0] & 0x1Fu) << 6 | (bytes[1] & 0x3Fu);
        return *code < 0xA0 || *code == 0x061C;
    }
    if (bytes[0] == 0xE2 && left >= 3) {
        *size = 3;
        *code = 0x2000u | (bytes[1] & 0x3Fu) << 6 | (bytes[2] & 0x3Fu);
        return *code == 0x200E || *code == 0x200F || (*code >= 0x202A && *code <= 0x202E) ||
               (*code >= 0x2066 && *code <= 0x2069);
    }
    return false;
}

/* jansson hands over whole characters. */
static int append(const char *buffer, size_t size, void *data)
{
    const unsigned char *const bytes = (const unsigned char *)buffer;
    size_t plain = 0;
    for (size_t at = 0, step; at < size; at += step) {
        unsigned code;
        if (!obeyed(bytes + at, size - at, &code, &step))
            continue;
        spil_str_add_n(data, buffer + plain, at - plain);
        spil_str_addf(data, "\\u%04x", code);
        plain = at + step;
    }
    spil_str_add_n(data, buffer + plain, size - plain);
    return 0;
}

spil_status spil_json_write(json_t *value, spil_str *out, spil_err *err)
{
    const bool whole = value && json_dump_callback(value, append, out,
                                                   JSON_INDENT(1) | JSON_REAL_PRECISION(12)) == 0;
    json_decref(value);
    if (!whole)
        return spil_fail(err, SPIL_NO_MEMORY, "out of memory while writing JSON");
    spil_str_add(out, "\n");
    return spil_str_status(out, err);
}

json_t *spil_json_run(const spil_result *result)
{
    const spil_result_run *const run = &result->run;
    json_t *options = json_loads(*run->options ? run->options : "{}", JSON_DECODE_ANY, NULL);
    if (!options) /* not ours to lose: the text as it is */
        options = spil_json_text(run->options);
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "version",
                     spil_json_text(run->version), "command", spil_json_text(run->command),
                     "options", options, "seed", spil_json_count(run->seed), "draws",
                     spil_json_count(run->draws), "as_of", spil_json_day(run->as_of),
                     "input_digest", spil_json_text(run->input_digest), "fingerprint",
                     spil_json_text(run->fingerprint));
}

static json_t *source_item(const spil_result_source *s)
{
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "name",
                     spil_json_text(s->name), "sha256", spil_json_text(s->sha256), "loader",
                     spil_json_text(s->loader), "options", spil_json_text(s->options), "grade",
                     spil_json_text(s->grade), "owner", spil_json_text(s->owner), "basis",
                     spil_json_text(s->basis), "purpose", spil_json_text(s->purpose), "keep_until",
                     spil_json_day(s->keep_until), "rows", spil_json_count(s->rows), "accepted",
                     spil_json_count(s->accepted), "rejected", spil_json_count(s->rejected),
                     "merged", spil_json_count(s->merged));
}

json_t *spil_json_sources(const spil_result *result)
{
    json_t *array;
    JSON_ARRAY(array, result->source_count, source_item(&result->sources[i]));
    return array;
}
