/* mapped_text.c - see mapped_inside.h: templates, numbers, dates and conditions of a mapping.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "loaders/limits.h"
#include "loaders/mapped_inside.h"
#include "loaders/value.h"

#include <string.h>

const char *spil_made_text(const spil_made *made, size_t offset)
{
    return offset == SPIL_NO_TEXT ? NULL : made->text.text + offset;
}

int spil_mapped_column_of(const spil_mapped *m, const spil_template *t)
{
    for (size_t i = 0; i < t->pieces.count; i++) {
        const spil_piece *const piece = &m->mapping->pieces.items[t->pieces.from + i];
        if (!piece->text)
            return m->at[piece->column];
    }
    return SPIL_NO_COLUMN;
}

size_t spil_mapped_put(spil_mapped *m, const char *text)
{
    const size_t at = m->made.text.length;
    if (!text || text[0] == '\0')
        return SPIL_NO_TEXT;
    spil_str_add_n(&m->made.text, text, strlen(text) + 1);
    return m->made.text.failed ? SPIL_NO_TEXT : at;
}

/* ---- templates ---- */

/* The value of a hole after its steps; NULL: a complaint. */
static const char *value_of(spil_mapped *m, const spil_piece *piece)
{
    const char *value = m->values[piece->column];
    for (uint8_t i = 0; i < piece->step_count && value[0] != '\0'; i++) {
        spil_str *const out = &m->work[i % 2];
        spil_str_clear(out);
        if (!spil_mapped_step(m, &piece->steps[i], m->at[piece->column], value, out))
            return NULL;
        value = spil_str_text(out);
    }
    return value;
}

/* In place: one blank for several, and none at the ends, where commas go too when something was
 * left out. */
static size_t tidy(char *text, size_t length, bool left_out)
{
    const char *const marks = left_out ? " ,;/-" : " ";
    size_t to = 0;
    for (size_t i = 0; i < length; i++)
        if (text[i] != ' ' || (to > 0 && text[to - 1] != ' '))
            text[to++] = text[i];
    while (to > 0 && strchr(marks, text[to - 1]))
        to--;
    size_t from = 0;
    while (from < to && strchr(marks, text[from]))
        from++;
    memmove(text, text + from, to - from);
    return to - from;
}

bool spil_mapped_text(spil_mapped *m, const spil_template *t, bool strict, size_t *out)
{
    spil_str *const text = &m->made.text;
    const size_t at = text->length;
    bool any = false, left_out = false;
    *out = SPIL_NO_TEXT;
    for (size_t i = 0; i < t->pieces.count; i++) {
        const spil_piece *const piece = &m->mapping->pieces.items[t->pieces.from + i];
        const char *const value = piece->text ? piece->text : value_of(m, piece);
        if (!value)
            return false;
        any |= value[0] != '\0' && !piece->text;
        left_out |= value[0] == '\0';
        if (value[0] == '\0' && strict && !piece->optional) {
            text->length = at;
            return true;
        }
        if (text->length + strlen(value) > SPIL_MADE_TEXT_MOST) {
            spil_intake_complain(m->intake, spil_mapped_column_of(m, t),
                                 "the mapping makes more of this row than the limit of %d bytes",
                                 (int)SPIL_MADE_TEXT_MOST);
            return false;
        }
        spil_str_add(text, value);
    }
    if (text->failed)
        return false;
    if (!any && spil_mapped_column_of(m, t) == SPIL_NO_COLUMN)
        any = t->pieces.count > 0 && !left_out; /* a text without columns */
    if (any && text->length > at)
        text->length = at + tidy(text->text + at, text->length - at, left_out);
    if (!any || text->length == at) {
        text->length = at;
        return true;
    }
    text->text[text->length] = '\0';
    spil_str_add_n(text, "", 1); /* the NUL stays */
    *out = at;
    return !text->failed;
}

bool spil_mapped_key(spil_mapped *m, const spil_template *t, size_t *out)
{
    if (!spil_mapped_text(m, t, true, out))
        return false;
    if (*out == SPIL_NO_TEXT)
        return true;
    const char *const key = spil_made_text(&m->made, *out);
    const size_t length = strlen(key);
    if (length > SPIL_MAX_KEY) {
        spil_intake_complain(m->intake, spil_mapped_column_of(m, t),
                             "%zu bytes, more than the limit of %d for a key", length,
                             SPIL_MAX_KEY);
        return false;
    }
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)key[i] < 0x20 || key[i] == 0x7f) {
            spil_intake_complain(m->intake, spil_mapped_column_of(m, t),
                                 "a control character or line end in a key; expected plain text");
            return false;
        }
    return true;
}

/* ---- numbers and dates ---- */

/* Numbers that the mapping itself states, or that a step made, have a point; what a column holds is
 * written as the mapping says. */
static spil_decimal decimal_of(const spil_mapped *m, const spil_template *t)
{
    for (size_t i = 0; i < t->pieces.count; i++) {
        const spil_piece *const piece = &m->mapping->pieces.items[t->pieces.from + i];
        if (!piece->text && piece->step_count == 0)
            return m->decimal;
    }
    return SPIL_DECIMAL_POINT;
}

bool spil_mapped_number(spil_mapped *m, const spil_template *t, double least, double most,
                        double *out)
{
    size_t at;
    if (!spil_mapped_text(m, t, false, &at))
        return false;
    const char *const text = spil_made_text(&m->made, at);
    return !text || spil_intake_decimal(m->intake, spil_mapped_column_of(m, t), text,
                                        decimal_of(m, t), least, most, out);
}

bool spil_mapped_day(spil_mapped *m, const spil_template *t, spil_day *out)
{
    size_t at;
    if (!spil_mapped_text(m, t, false, &at))
        return false;
    const char *const text = spil_made_text(&m->made, at);
    if (!text || text[strspn(text, "0-/. ")] == '\0') /* 00000000: the registers' "not known" */
        return true;
    if (spil_value_day_as(text, &m->mapping->dates, out))
        return true;
    spil_intake_complain(m->intake, spil_mapped_column_of(m, t),
                         "'%.80s' is no date that exists; expected " SPIL_VALUE_DAY_FORMS, text);
    return false;
}

bool spil_mapped_confidence(spil_mapped *m, const spil_template *confidence,
                            const spil_template *grade, double *out)
{
    size_t at;
    spil_err why = SPIL_ERR_INIT;
    *out = m->intake->confidence;
    if (!spil_mapped_text(m, grade, false, &at))
        return false;
    const char *const code = spil_made_text(&m->made, at);
    if (code && spil_grade_confidence(code, out, &why) != SPIL_OK) {
        spil_intake_complain(m->intake, spil_mapped_column_of(m, grade), "%s", why.msg);
        return false;
    }
    return spil_mapped_number(m, confidence, 0, 1, out);
}

/* ---- conditions ---- */

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* * stands for any stretch of the text, ? for one character of it. Time: their product at most. */
static bool is_like(const char *text, const char *pattern)
{
    const char *star = NULL, *from = text;
    while (*text) {
        if (*pattern == '*') {
            star = ++pattern;
            from = text;
        } else if (*pattern == '?' || small(*pattern) == small(*text)) {
            text++;
            if (*pattern++ == '?')
                while (((unsigned char)*text & 0xc0) == 0x80)
                    text++;
        } else if (star) {
            pattern = star;
            text = ++from;
        } else {
            return false;
        }
    }
    while (*pattern == '*')
        pattern++;
    return *pattern == '\0';
}

static bool is_met(const spil_mapped *m, const spil_when *when)
{
    const char *const value = m->values[when->column];
    bool met = when->test == SPIL_TEST_EMPTY && value[0] == '\0';
    for (size_t i = 0; i < when->words.count && !met; i++) {
        const char *const word = m->mapping->words.items[when->words.from + i];
        met =
            when->test == SPIL_TEST_IS ? spil_text_equal_nocase(value, word) : is_like(value, word);
    }
    return met != when->negated;
}

bool spil_mapped_holds(const spil_mapped *m, spil_range when)
{
    for (size_t i = 0; i < when.count; i++)
        if (!is_met(m, &m->mapping->conditions.items[when.from + i]))
            return false;
    return true;
}
