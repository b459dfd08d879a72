/* mapped_step.c - what a mapping can do to a value (mapping_steps.def). SPDX-License-Identifier:
 * GPL-3.0-or-later
 */
#include "loaders/dutch.h"
#include "loaders/mapped_inside.h"
#include "loaders/person_name.h"

#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

typedef struct step_call {
    spil_mapped *m;
    int column;
    const char *text;
    spil_str *out;
} step_call;

static bool fault(const step_call *c, const char *expected)
{
    spil_intake_complain(c->m->intake, c->column, "'%.80s' is no %s", c->text, expected);
    return false;
}

static bool step_postcode(const step_call *c)
{
    char code[8];
    if (!spil_dutch_postcode(c->text, code))
        return fault(c, "postcode; expected four digits and two letters, such as 1234AB");
    spil_str_add(c->out, code);
    return true;
}

static bool step_chamber_number(const step_call *c)
{
    char number[16];
    if (!spil_dutch_chamber_number(c->text, number))
        return fault(c, "number of the chamber of commerce; expected 8 digits");
    spil_str_add(c->out, number);
    return true;
}

static bool step_branch_number(const step_call *c)
{
    char number[16];
    if (!spil_dutch_branch_number(c->text, number))
        return fault(c, "number of a branch; expected 12 digits");
    spil_str_add(c->out, number);
    return true;
}

static bool step_house_number(const step_call *c)
{
    spil_house_number number;
    char text[40];
    if (!spil_dutch_house_number(c->text, &number))
        return fault(c, "house number; expected such as 12, 12a or 12-2");
    spil_dutch_house_number_text(&number, text);
    spil_str_add(c->out, text);
    return true;
}

static bool step_date(const step_call *c)
{
    spil_day day;
    char text[16];
    if (c->text[strspn(c->text, "0-/. ")] == '\0') /* 00000000: not known */
        return true;
    if (!spil_value_day_as(c->text, &c->m->mapping->dates, &day))
        return fault(c, "date that exists; expected " SPIL_VALUE_DAY_FORMS);
    spil_format_day(day, text);
    spil_str_add(c->out, text);
    return true;
}

static bool between(const step_call *c, double least, double most)
{
    double value;
    if (!spil_intake_decimal(c->m->intake, c->column, c->text, c->m->decimal, least, most, &value))
        return false;
    spil_str_addf(c->out, "%.15g", value);
    return true;
}

static bool step_number(const step_call *c)
{
    return between(c, -1e300, 1e300);
}

static bool step_latitude(const step_call *c)
{
    return between(c, -90, 90);
}

static bool step_longitude(const step_call *c)
{
    return between(c, -180, 180);
}

static bool step_digits(const step_call *c)
{
    for (const char *at = c->text; *at; at++)
        if (*at >= '0' && *at <= '9')
            spil_str_add_n(c->out, at, 1);
    return true;
}

static bool step_phone(const step_call *c)
{
    char number[24];
    if (!spil_dutch_phone(c->text, number))
        return step_digits(c);
    spil_str_add(c->out, number);
    return true;
}

/* Every character through one change of utf8proc. */
static bool each_point(const step_call *c, utf8proc_int32_t (*change)(utf8proc_int32_t))
{
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)c->text;
    while (*at) {
        utf8proc_int32_t point;
        utf8proc_uint8_t bytes[4];
        const utf8proc_ssize_t used = utf8proc_iterate(at, -1, &point);
        if (used <= 0)
            return fault(c, "text");
        const utf8proc_ssize_t size = utf8proc_encode_char(change(point), bytes);
        spil_str_add_n(c->out, (const char *)bytes, (size_t)size);
        at += used;
    }
    return true;
}

static bool step_upper(const step_call *c)
{
    return each_point(c, utf8proc_toupper);
}

static bool step_lower(const step_call *c)
{
    return each_point(c, utf8proc_tolower);
}

/* Without accents, points and blanks: letters of any alphabet, and digits. */
static bool step_letters(const step_call *c)
{
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)c->text;
    while (*at) {
        utf8proc_int32_t point, parts[16];
        int boundary = 0;
        const utf8proc_ssize_t used = utf8proc_iterate(at, -1, &point);
        if (used <= 0)
            return fault(c, "text");
        const utf8proc_ssize_t count = utf8proc_decompose_char(
            point, parts, 16,
            UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK,
            &boundary);
        for (utf8proc_ssize_t i = 0; i < count && i < 16; i++) {
            const utf8proc_category_t kind = utf8proc_category(parts[i]);
            utf8proc_uint8_t bytes[4];
            if (kind <= UTF8PROC_CATEGORY_LO || kind == UTF8PROC_CATEGORY_ND)
                spil_str_add_n(c->out, (const char *)bytes,
                               (size_t)utf8proc_encode_char(parts[i], bytes));
        }
        at += used;
    }
    return true;
}

static bool step_name(const step_call *c)
{
    spil_person_name name;
    char text[4 * SPIL_NAME_ROOM];
    if (!spil_person_name_read(&(spil_name_parts){.full = c->text}, &name))
        return fault(c, "name: it is too long");
    spil_person_name_text(&name, text);
    spil_str_add(c->out, text);
    return true;
}

static bool step_initials(const step_call *c)
{
    spil_person_name name;
    if (!spil_person_name_read(&(spil_name_parts){.initials = c->text}, &name))
        return fault(c, "row of initials: it is too long");
    spil_str_add(c->out, name.initials);
    return true;
}

static bool step_table(const step_call *c, const spil_mapping_table *table)
{
    const char *const *const pairs = VEC_FROM(c->m->mapping->words, table->pairs.from);
    for (size_t i = 0; i + 1 < table->pairs.count; i += 2)
        if (spil_text_equal_nocase(pairs[i], c->text)) {
            spil_str_add(c->out, pairs[i + 1]);
            return true;
        }
    if (table->other) {
        spil_str_add(c->out, table->other);
        return true;
    }
    spil_intake_complain(
        c->m->intake, c->column,
        "'%.80s' stands not in table '%.60s' of the mapping (line %llu); expected a word of "
        "it, or \"*\" in it for all others",
        c->text, table->name, (unsigned long long)table->line);
    return false;
}

bool spil_mapped_step(spil_mapped *m, const spil_step *step, int column, const char *text,
                      spil_str *out)
{
    static bool (*const steps[])(const step_call *) = {
#define STEP(name, what) step_##name,
#include "loaders/mapping_steps.def"
#undef STEP
    };
    const step_call call = {m, column, text, out};
    if (step->kind == SPIL_STEP_TABLE)
        return step_table(&call, &m->mapping->tables.items[step->table]);
    return steps[step->kind](&call);
}
