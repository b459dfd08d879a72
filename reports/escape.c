/* escape.c - see escape.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/escape.h"

#include "engine/base/text.h"

#include <string.h>
#include <utf8proc.h>

#define REPLACEMENT "\xEF\xBF\xBD"
#define ELLIPSIS "\xE2\x80\xA6"

/* Bytes of the character at text (not at its end) and its code point; one byte and -1 where it is
 * no UTF-8. */
static size_t next(const char *text, utf8proc_int32_t *code)
{
    const utf8proc_ssize_t length = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, code);
    if (length > 0)
        return (size_t)length;
    *code = -1;
    return 1;
}

static bool reorders(utf8proc_int32_t code)
{
    return code == 0x061C || code == 0x200E || code == 0x200F ||
           (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

static bool control(utf8proc_int32_t code)
{
    return (code < 0x20 && code != '\n' && code != '\t') || (code >= 0x7F && code < 0xA0);
}

static const char *entity_of(utf8proc_int32_t code)
{
    switch (code) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

/* One character as a page shows it. */
static void show(spil_str *out, utf8proc_int32_t code, const char *bytes, size_t length)
{
    if (control(code)) /* -1 too */
        spil_str_add(out, REPLACEMENT);
    else if (reorders(code))
        spil_str_addf(out, "[U+%04X]", (unsigned)code);
    else
        spil_str_add_n(out, bytes, length);
}

void spil_html_text(spil_str *out, const char *text)
{
    utf8proc_int32_t code;
    for (size_t length; *text; text += length) {
        length = next(text, &code);
        const char *const entity = entity_of(code);
        if (entity)
            spil_str_add(out, entity);
        else
            show(out, code, text, length);
    }
}

void spil_shown_text(spil_str *out, const char *text, size_t most)
{
    utf8proc_int32_t code;
    for (size_t length, shown = 0; *text && shown < most; text += length, shown++) {
        length = next(text, &code);
        show(out, code, text, length);
    }
}

void spil_html_name(spil_str *out, const char *text)
{
    spil_str_add(out, "<bdi>");
    spil_html_text(out, text);
    spil_str_add(out, "</bdi>");
}

bool spil_formula_like(const char *text)
{
    return spil_starts_formula(text);
}

void spil_csv_cell(spil_str *out, const char *text)
{
    const bool quote = spil_formula_like(text) || strpbrk(text, ",;\t\"\r\n") != NULL;
    if (quote)
        spil_str_add(out, "\"");
    if (spil_formula_like(text))
        spil_str_add(out, "'");
    for (; *text; text++) {
        if (*text == '"')
            spil_str_add(out, "\"");
        spil_str_add_n(out, text, 1);
    }
    if (quote)
        spil_str_add(out, "\"");
}

/* Of one character, after the classes of Helvetica's metrics. */
static double char_width(utf8proc_int32_t code)
{
    if (code < 0 || code > 0x7F)
        return code < 0 ? 0.7 : 0.62 * utf8proc_charwidth(code);
    if (strchr("iIjl.,:;'|!", (char)code))
        return 0.29;
    if (strchr("ftr ()[]/-\"", (char)code))
        return 0.37;
    if (strchr("mMWw@%", (char)code))
        return 0.88;
    return code >= 'A' && code <= 'Z' ? 0.7 : 0.57;
}

double spil_text_width(const char *text)
{
    double width = 0.0;
    utf8proc_int32_t code;
    for (size_t length; *text; text += length) {
        length = next(text, &code);
        width += reorders(code) ? 4.6 : char_width(code);
    }
    return width;
}

void spil_text_shorten(spil_str *out, const char *text, double ems)
{
    if (spil_text_width(text) <= ems) {
        spil_str_add(out, text);
        return;
    }
    double width = 1.0; /* the ellipsis */
    size_t fits = 0, at = 0;
    utf8proc_int32_t before = 0, state = 0, code;
    for (size_t length; text[at]; at += length) {
        length = next(text + at, &code);
        if (at > 0 && code >= 0 && before >= 0 &&
            utf8proc_grapheme_break_stateful(before, code, &state))
            fits = at;
        width += reorders(code) ? 4.6 : char_width(code);
        if (width > ems)
            break;
        before = code;
    }
    while (fits > 0 && text[fits - 1] == ' ')
        fits--;
    spil_str_add_n(out, text, fits);
    spil_str_add(out, ELLIPSIS);
}

void spil_utf8_mend(spil_str *out, const char *text)
{
    utf8proc_int32_t code;
    for (size_t length; *text; text += length) {
        length = next(text, &code);
        if (code < 0)
            spil_str_add(out, REPLACEMENT);
        else
            spil_str_add_n(out, text, length);
    }
}
