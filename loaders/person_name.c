/* person_name.c - see person_name.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A text is cut into words; runs of words are given, prefix or surname. Everything works on spans
 * of the words, so nothing is copied but the answer.
 */
#include "loaders/person_name.h"

#include <stddef.h>
#include <string.h>

enum { WORDS_MOST = 32 };

typedef struct word {
    const char *text;
    size_t length;
} word;

typedef struct words {
    word items[WORDS_MOST];
    size_t count;
} words;

/* ---- words ---- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* False when there are too many. */
static bool cut(const char *text, size_t length, words *out)
{
    out->count = 0;
    for (size_t at = 0; at < length;) {
        while (at < length && is_blank(text[at]))
            at++;
        const size_t from = at;
        while (at < length && !is_blank(text[at]))
            at++;
        if (at == from)
            break;
        if (out->count == WORDS_MOST)
            return false;
        out->items[out->count++] = (word){text + from, at - from};
    }
    return true;
}

/* Small ASCII letters, and one form of the apostrophe (U+2018, U+2019, U+00B4 and ` are others). */
static bool folded(const word *w, char out[16])
{
    size_t length = 0;
    for (size_t i = 0; i < w->length; i++) {
        unsigned char c = (unsigned char)w->text[i];
        if (c == 0xe2 && i + 2 < w->length && (unsigned char)w->text[i + 1] == 0x80 &&
            ((unsigned char)w->text[i + 2] == 0x98 || (unsigned char)w->text[i + 2] == 0x99)) {
            c = '\'';
            i += 2;
        } else if (c == 0xc2 && i + 1 < w->length && (unsigned char)w->text[i + 1] == 0xb4) {
            c = '\'';
            i += 1;
        } else if (c == '`') {
            c = '\'';
        }
        if (length + 1 >= 16)
            return false;
        out[length++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : (char)c;
    }
    out[length] = '\0';
    return true;
}

static bool is_prefix(const word *w)
{
    static const char *const prefixes[] = {
#define PREFIX(text) text,
#include "loaders/surname_prefixes.def"
#undef PREFIX
    };
    char text[16];
    if (!folded(w, text))
        return false;
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        if (strcmp(prefixes[i], text) == 0)
            return true;
    return false;
}

static size_t letter_size(unsigned char lead)
{
    return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/* "J.", "J.P.", "J", "Th.": points between groups, or one letter alone; or capitals alone ("JP")
 * beside words with small letters. */
static bool is_initials(const word *w, bool others_small)
{
    const size_t first = letter_size((unsigned char)w->text[0]);
    if (w->length <= first || memchr(w->text, '.', w->length))
        return true;
    if (!others_small || w->length > 4)
        return false;
    for (size_t i = 0; i < w->length; i++)
        if (w->text[i] < 'A' || w->text[i] > 'Z')
            return false;
    return true;
}

static bool has_small(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (text[i] >= 'a' && text[i] <= 'z')
            return true;
    return false;
}

/* ---- building the answer ---- */

static bool append(char *out, size_t room, const char *text, size_t length)
{
    const size_t at = strlen(out);
    if (at + length >= room)
        return false;
    memcpy(out + at, text, length);
    out[at + length] = '\0';
    return true;
}

/* One more word behind a blank. */
static bool add_word(char *out, size_t room, const word *w)
{
    return (out[0] == '\0' || append(out, room, " ", 1)) && append(out, room, w->text, w->length);
}

/* "JP", "j.p", "Th.A.", "Jan" -> "J.P.", "J.P.", "Th.A.", "J.". */
static bool add_initials(char *out, size_t room, const word *w)
{
    const bool pointed = memchr(w->text, '.', w->length) != NULL;
    const bool whole_name = !pointed && w->length > 1 &&
                            !(w->text[0] >= 'a' && w->text[0] <= 'z') &&
                            has_small(w->text + 1, w->length - 1);
    const size_t end = whole_name ? letter_size((unsigned char)w->text[0]) : w->length;
    for (size_t at = 0; at < end;) {
        if (w->text[at] == '.' || w->text[at] == '-') {
            at++;
            continue;
        }
        size_t size = letter_size((unsigned char)w->text[at]);
        while (pointed && at + size < w->length && w->text[at + size] != '.')
            size++;
        if (size > w->length - at)
            size = w->length - at;
        const size_t from = strlen(out);
        if (!append(out, room, w->text + at, size) || !append(out, room, ".", 1))
            return false;
        if (out[from] >= 'a' && out[from] <= 'z')
            out[from] = (char)(out[from] - 'a' + 'A');
        at += size;
    }
    return true;
}

static bool add_given(spil_person_name *name, const word *w, bool others_small)
{
    if (is_initials(w, others_small))
        return add_initials(name->initials, sizeof name->initials, w);
    return add_word(name->given, sizeof name->given, w);
}

static bool add_prefix(spil_person_name *name, const word *w)
{
    return add_word(name->prefix, sizeof name->prefix, w);
}

static bool add_surname(spil_person_name *name, const word *w)
{
    return add_word(name->surname, sizeof name->surname, w);
}

/* ---- the forms ---- */

/* Surname before a comma: "Vries", "de Vries", "Vries de". */
static bool read_surname(const words *w, spil_person_name *name)
{
    size_t from = 0, to = w->count;
    while (from + 1 < to && is_prefix(&w->items[from]))
        if (!add_prefix(name, &w->items[from++]))
            return false;
    if (from == 0) {
        while (to > 1 && is_prefix(&w->items[to - 1]))
            to--;
        for (size_t i = to; i < w->count; i++)
            if (!add_prefix(name, &w->items[i]))
                return false;
    }
    for (size_t i = from; i < to; i++)
        if (!add_surname(name, &w->items[i]))
            return false;
    return true;
}

/* Behind a comma: "Jan", "Jan de", "J.P. van den", "de". */
static bool read_behind(const words *w, bool others_small, spil_person_name *name)
{
    size_t to = w->count;
    while (to > 0 && is_prefix(&w->items[to - 1]))
        to--;
    for (size_t i = to; i < w->count; i++)
        if (!add_prefix(name, &w->items[i]))
            return false;
    for (size_t i = 0; i < to; i++)
        if (!add_given(name, &w->items[i], others_small))
            return false;
    return true;
}

/* "Jan Piet de Vries", "J.P. Jansen", "Jansen". */
static bool read_straight(const words *w, bool others_small, spil_person_name *name)
{
    size_t surname = w->count ? w->count - 1 : 0;
    for (size_t i = 0; i + 1 < w->count; i++)
        if (is_prefix(&w->items[i])) {
            surname = i;
            break;
        }
    for (size_t i = 0; i < surname; i++)
        if (!add_given(name, &w->items[i], others_small))
            return false;
    while (surname + 1 < w->count && is_prefix(&w->items[surname]))
        if (!add_prefix(name, &w->items[surname++]))
            return false;
    for (; surname < w->count; surname++)
        if (!add_surname(name, &w->items[surname]))
            return false;
    return true;
}

static bool read_full(const char *text, spil_person_name *name)
{
    words w;
    const size_t length = strlen(text);
    const bool small = has_small(text, length);
    const char *comma = strchr(text, ',');
    if (!comma)
        return cut(text, length, &w) && read_straight(&w, small, name);
    if (!cut(text, (size_t)(comma - text), &w) || !read_surname(&w, name))
        return false;
    while (comma) {
        const char *const from = comma + 1;
        comma = strchr(from, ',');
        const size_t part = comma ? (size_t)(comma - from) : strlen(from);
        if (!cut(from, part, &w) || !read_behind(&w, small, name))
            return false;
    }
    return true;
}

static bool given(const char *text)
{
    return text && text[0] != '\0';
}

/* What a column of its own says goes before what was found in the full text. */
static bool read_parts(const spil_name_parts *parts, spil_person_name *name)
{
    words w;
    if (given(parts->surname)) {
        const bool straight = !strchr(parts->surname, ',');
        name->prefix[0] = name->surname[0] = '\0';
        if (straight ? !cut(parts->surname, strlen(parts->surname), &w) || !read_surname(&w, name)
                     : !read_full(parts->surname, name))
            return false;
    }
    if (given(parts->prefix)) {
        name->prefix[0] = '\0';
        if (!cut(parts->prefix, strlen(parts->prefix), &w))
            return false;
        for (size_t i = 0; i < w.count; i++)
            if (!add_prefix(name, &w.items[i]))
                return false;
    }
    if (given(parts->given)) {
        name->given[0] = '\0';
        if (!cut(parts->given, strlen(parts->given), &w))
            return false;
        for (size_t i = 0; i < w.count; i++)
            if (!add_given(name, &w.items[i], true))
                return false;
    }
    if (given(parts->initials)) {
        name->initials[0] = '\0';
        if (!cut(parts->initials, strlen(parts->initials), &w))
            return false;
        for (size_t i = 0; i < w.count; i++)
            if (!add_initials(name->initials, sizeof name->initials, &w.items[i]))
                return false;
    }
    return true;
}

bool spil_person_name_read(const spil_name_parts *parts, spil_person_name *out)
{
    spil_person_name name = {"", "", "", ""};
    if ((given(parts->full) && !read_full(parts->full, &name)) || !read_parts(parts, &name))
        return false;
    *out = name;
    return true;
}

void spil_person_name_text(const spil_person_name *name, char out[4 * SPIL_NAME_ROOM])
{
    const char *const parts[] = {name->given[0] ? name->given : name->initials, name->prefix,
                                 name->surname};
    out[0] = '\0';
    for (size_t i = 0; i < 3; i++) {
        const word w = {parts[i], strlen(parts[i])};
        if (w.length > 0)
            (void)add_word(out, (size_t)4 * SPIL_NAME_ROOM, &w);
    }
}
