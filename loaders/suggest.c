/* suggest.c - see suggest.h: guesses written as a mapping that can be used as it stands.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "loaders/suggest.h"
#include "engine/base/file.h"
#include "loaders/column_name.h"
#include "loaders/limits.h"
#include "loaders/suggest_inside.h"

#include <string.h>
#include <utf8proc.h>

#define HAS(concept) spil_suggested_has(s, SPIL_CONCEPT_##concept)

/* The next character of a text; *plain: YAML takes it as it is. Gives its bytes. */
static size_t next_point(const char *text, utf8proc_int32_t *point, bool *plain)
{
    const utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, point);
    if (size <= 0) {
        *point = (unsigned char)*text;
        *plain = false;
        return 1;
    }
    *plain = (*point >= 0x20 && *point < 0x7f) || (*point >= 0xa0 && *point < 0x2028) ||
             (*point > 0x2029 && *point < 0xd800) || (*point >= 0xe000 && *point < 0xfe00) ||
             (*point > 0xfe0f && *point < 0xfff0 && *point != 0xfeff) ||
             (*point >= 0x10000 && (*point & 0xfffe) != 0xfffe);
    return (size_t)size;
}

/* As YAML: in double quotes. */
static void add_quoted(spil_str *out, const char *text)
{
    utf8proc_int32_t point;
    bool plain;
    size_t size;
    spil_str_add(out, "\"");
    for (; *text; text += size) {
        size = next_point(text, &point, &plain);
        if (*text == '"' || *text == '\\')
            spil_str_addf(out, "\\%c", *text);
        else if (plain)
            spil_str_add_n(out, text, size);
        else
            spil_str_addf(out, "\\U%08x", (unsigned)point);
    }
    spil_str_add(out, "\"");
}

/* A name in a comment: one line. */
static void add_comment_name(spil_str *out, const char *name)
{
    utf8proc_int32_t point;
    bool plain;
    size_t size;
    for (; *name; name += size) {
        size = next_point(name, &point, &plain);
        spil_str_add_n(out, plain ? name : "?", plain ? size : 1);
    }
}

/* ---- columns ---- */

static void add_shape(spil_str *out, const spil_look *look, size_t rows)
{
    static const char *const shapes[SPIL_LOOK_COUNT] = {
        [SPIL_LOOK_postcode] = "postcodes",
        [SPIL_LOOK_chamber_number] = "7 or 8 digits",
        [SPIL_LOOK_citizen_number] = "numbers that pass the eleven test",
        [SPIL_LOOK_date] = "dates",
        [SPIL_LOOK_email] = "e-mail addresses",
        [SPIL_LOOK_iban] = "account numbers",
        [SPIL_LOOK_plate] = "registrations",
        [SPIL_LOOK_bar] = "several parts with | between them",
        [SPIL_LOOK_semicolon] = "several parts with ; between them"};
    spil_str_addf(out, "%zu of %zu rows filled, %zu different", look->filled, rows, look->distinct);
    const bool dates = 2 * look->shapes[SPIL_LOOK_date] > look->filled;
    for (size_t i = 0; i < SPIL_LOOK_COUNT; i++)
        if (look->shapes[i] > 0 && 2 * look->shapes[i] >= look->filled &&
            (!dates || i == SPIL_LOOK_date)) /* 20241231 is eight digits and may pass the test */
            spil_str_addf(out, ", %zu are %s", look->shapes[i], shapes[i]);
}

static void add_column(spil_suggested *s, const spil_look *look, const char *alias,
                       const char *what)
{
    spil_str_addf(s->out, "  %s: ", alias);
    add_quoted(s->out, look->name);
    spil_str_addf(s->out, "   # %s%s: ", what, look->by_value ? " (by its values)" : "");
    add_shape(s->out, look, s->looks->rows);
    spil_str_add(s->out, "\n");
}

/* It gets a word of ours. */
static bool is_named(const spil_suggested *s, const spil_look *look)
{
    if (look->trait && (look->trait->hash == SPIL_HASH_NONE || !s->person))
        return false;
    return look == s->id ||
           (look->concept != SPIL_CONCEPT_NONE && spil_look_find(s->looks, look->concept) == look);
}

static void add_unnamed(spil_suggested *s, const spil_look *look)
{
    spil_str_add(s->out, "  # '");
    add_comment_name(s->out, look->name);
    if (look->trait) {
        spil_str_addf(s->out, "' is %s: dropped at the door, whatever a mapping says\n",
                      look->trait->what);
        return;
    }
    spil_str_add(s->out, "' is not used: ");
    add_shape(s->out, look, s->looks->rows);
    if (look->like) {
        spil_str_add(s->out, "; like '");
        add_comment_name(s->out, look->like->name);
        spil_str_addf(s->out, "' (%s): for both, copy what that makes",
                      spil_concept_name(look->like->concept));
    }
    spil_str_add(s->out, "\n");
}

static void add_columns(spil_suggested *s)
{
    bool any = false;
    for (size_t i = 0; i < s->looks->count; i++)
        any |= is_named(s, &s->looks->items[i]);
    any |= s->first != NULL;
    spil_str_addf(s->out, "\n%scolumns:   # our word: their column, and what was seen in it\n",
                  any ? "" : "# ");
    for (size_t i = 0; i < s->looks->count; i++) {
        const spil_look *const look = &s->looks->items[i];
        if (look == s->first)
            add_column(s, look, "first", "the first column");
        else if (!is_named(s, look))
            add_unnamed(s, look);
        else if (look == s->id)
            add_column(s, look, "id", "tells the rows apart");
        else
            add_column(s, look, spil_concept_name(look->concept), spil_concept_what(look->concept));
    }
}

/* ---- all of it ---- */

static void add_dates(spil_suggested *s)
{
    size_t short_years = 0, month_first = 0, day_first = 0;
    for (size_t i = 0; i < s->looks->count; i++) {
        short_years += s->looks->items[i].short_years;
        month_first += s->looks->items[i].month_first;
        day_first += s->looks->items[i].day_first;
    }
    if (month_first > day_first)
        spil_str_addf(s->out,
                      "\ndates: {order: month_first}   # %zu dates can only be month/day/year, %zu "
                      "only day/month/year\n",
                      month_first, day_first);
    else if (short_years > 0)
        spil_str_addf(
            s->out,
            "\ndates: {pivot: 50}   # %zu years of two digits: below 50 is 20yy, the rest "
            "19yy\n",
            short_years);
}

/* A name that a mapping can hold. */
static bool can_be_named(const spil_look *look)
{
    const size_t length = strlen(look->name);
    return length > 0 && length <= SPIL_MAX_KEY && !look->trait;
}

static const spil_look *find_first(const spil_looks *looks)
{
    for (size_t i = 0; i < looks->count; i++)
        if (can_be_named(&looks->items[i]))
            return &looks->items[i];
    return NULL;
}

/* A name that says so, or so many rows that it can be no chance. */
static bool is_like_id(const spil_looks *looks, const spil_look *look)
{
    static const char *const words[] = {"id",     "nr",   "no",  "nummer",  "number",
                                        "volgnr", "code", "key", "kenmerk", "aanduiding"};
    const spil_column_name name = spil_column_name_fold(look->name);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (spil_column_name_has_word(&name, words[i]))
            return true;
    return looks->rows >= 50;
}

/* A column that is full, different in every row and means nothing else. */
static const spil_look *find_id(const spil_looks *looks)
{
    for (size_t i = 0; i < looks->count; i++) {
        const spil_look *const look = &looks->items[i];
        if (looks->rows >= 2 && look->distinct == looks->rows && look->filled == looks->rows &&
            look->concept == SPIL_CONCEPT_NONE && can_be_named(look) && is_like_id(looks, look))
            return look;
    }
    return NULL;
}

/* "Naam" beside a chamber number is the name of the company. */
static void settle_names(spil_looks *looks)
{
    bool number = false, company = false, surname = false;
    for (size_t i = 0; i < looks->count; i++) {
        number |= looks->items[i].concept == SPIL_CONCEPT_chamber_number;
        company |= looks->items[i].concept == SPIL_CONCEPT_company_name;
        surname |= looks->items[i].concept == SPIL_CONCEPT_surname;
    }
    for (size_t i = 0; i < looks->count && number && !company; i++)
        if (looks->items[i].concept == SPIL_CONCEPT_full_name && !surname)
    looks->items[i].concept = SPIL_CONCEPT_company_name;
}

static void find_split(spil_suggested *s)
{
    const spil_look *const look =
        spil_look_find(s->looks, s->directors ? SPIL_CONCEPT_directors : SPIL_CONCEPT_full_name);
    if (!look)
        return;
    s->split = look->shapes[SPIL_LOOK_bar] > 0 || look->shapes[SPIL_LOOK_semicolon] > 0;
    s->split_by = look->shapes[SPIL_LOOK_bar] >= look->shapes[SPIL_LOOK_semicolon] ? "|" : ";";
}

static spil_status write_mapping(spil_str *out, const char *path, const spil_looks *looks,
                                 spil_err *err)
{
    const char *const name = spil_path_name(path);
    spil_suggested suggested = {.looks = looks, .out = out, .id = find_id(looks)};
    spil_suggested *const s = &suggested;
    s->company = HAS(chamber_number) || HAS(company_name);
    s->directors = HAS(directors) && s->company && !HAS(person_number) && !HAS(surname);
    s->person = HAS(person_number) || HAS(full_name) || HAS(surname) || s->directors;
    s->address = HAS(house_number) || HAS(address_line);
    if (!s->company && !s->person && !s->address && !spil_suggested_thing(s) && !s->id) {
        s->first = find_first(looks);
        if (!s->first)
            return spil_fail(err, SPIL_INPUT, "%s: no column has a name that a mapping can use",
                             path);
    }
    find_split(s);
    spil_str_add(out, "# A first mapping for ");
    add_comment_name(out, name);
    spil_str_addf(
        out,
        ", guessed from its header and its first %zu rows. Read each line: a guess\n"
        "# is a guess. Then see what it would do, before it does it: spil mapping check\n",
        looks->rows);
    spil_str_add(out, "about: ");
    add_quoted(out, name);
    spil_str_add(out, "\n\n# source:   # fill in; what the command line says wins\n"
                      "#   grade: B2            # how reliable the source, how credible the rows\n"
                      "#   owner: whose data it is\n"
                      "#   basis: on which legal ground it is used\n"
                      "#   purpose: to what end\n"
                      "#   keep_until: 2029-12-31\n");
    add_dates(s);
    add_columns(s);
    if (HAS(function) && !s->company)
        spil_str_add(out, "\n# Are there others among the rows: witnesses, victims, who reported "
                          "it? Then let only\n"
                          "# those in who belong here, with their words in the place of these:\n"
                          "# when: {column: function, is: [verdachte, medeverdachte]}\n");
    spil_suggest_entities(s);
    spil_suggest_links(s);
    return spil_str_status(out, err);
}

/* Takes reader. */
static spil_status suggest(spil_str *out, const char *path, spil_text_reader *reader, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_looks looks = {0};
    TRY(spil_look_at(&looks, reader, err));
    settle_names(&looks);
    rc = write_mapping(out, path, &looks, err);
done:
    spil_looks_free(&looks);
    spil_text_reader_free(reader);
    return rc;
}

spil_status spil_mapping_suggest(spil_str *out, const char *path, spil_err *err)
{
    spil_text_reader *reader = NULL;
    const spil_status rc = spil_text_reader_open(&reader, path, err);
    return rc == SPIL_OK ? suggest(out, path, reader, err) : rc;
}

spil_status spil_mapping_suggest_memory(spil_str *out, const char *name, const void *bytes,
                                        size_t length, spil_err *err)
{
    spil_text_reader *reader = NULL;
    const spil_status rc = spil_text_reader_open_memory(&reader, name, bytes, length, err);
    return rc == SPIL_OK ? suggest(out, name, reader, err) : rc;
}
