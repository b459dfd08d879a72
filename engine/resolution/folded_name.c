/* folded_name.c - see folded_name.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/resolution/folded_name.h"

#include "engine/resolution/fold.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { MOST_WORDS = 12, LONGEST = 160 };

/* Prefixes that may begin a surname; the first row never is a given name. */
static const char *const prefixes_sure[] = {"van", "de",   "der",  "den",    "ten", "ter", "te",
                                            "het", "des",  "op",   "aan",    "bij", "uit", "vanden",
                                            "von", "voor", "over", "vander", NULL};
static const char *const prefixes_maybe[] = {"in", "la", "le", "du",  "di",  "da", "dos",
                                             "el", "al", "zu", "ben", "ibn", NULL};
static const char *const titles[] = {"mr",  "mevr", "mw",  "dhr", "dr",  "drs",  "ir",
                                     "ing", "prof", "mrs", "ms",  "jhr", "jkvr", NULL};

static bool is_in(const char *const *list, const char *word)
{
    for (; *list; list++)
        if (strcmp(*list, word) == 0)
            return true;
    return false;
}

static bool is_prefix(const char *word)
{
    return is_in(prefixes_sure, word) || is_in(prefixes_maybe, word);
}

static void append(char *out, size_t room, const char *word)
{
    const size_t length = strlen(out);
    (void)snprintf(out + length, room - length, "%s%s", length ? " " : "", word);
}

/* Words of a text: titles out, junior and senior noted. */
typedef struct word_list {
    char text[LONGEST];
    char *at[MOST_WORDS];
    size_t count;
} word_list;

static void drop(word_list *list, size_t i)
{
    list->count--;
    memmove(&list->at[i], &list->at[i + 1], (list->count - i) * sizeof *list->at);
}

/* The apostrophe of 't and 's, in ASCII or as printers set it; how many bytes it takes. */
static size_t apostrophe_at(const char *text, const char *end)
{
    if (end - text >= 3 &&
        (memcmp(text, "\xe2\x80\x99", 3) == 0 || memcmp(text, "\xe2\x80\x98", 3) == 0))
        return 3;
    return *text == '\'' || *text == '`';
}

/* A copy in which 't is "het" and 's is "des": without its apostrophe it would be an initial. */
static void spell_out(const char *text, size_t length, char copy[LONGEST])
{
    const char *const end = text + length;
    size_t filled = 0;
    bool begins = true; /* a word may begin here */
    while (text < end && filled + 4 < LONGEST) {
        const size_t mark = begins ? apostrophe_at(text, end) : 0;
        const char *const letter = text + mark;
        const bool alone = mark && letter < end && strchr("tTsS", *letter) &&
                           (letter + 1 == end || letter[1] == ' ' || letter[1] == '-');
        if (alone) {
            memcpy(copy + filled, strchr("tT", *letter) ? "het" : "des", 3);
            filled += 3;
            text = letter + 1;
        } else {
            begins = *text == ' ' || *text == '-';
            copy[filled++] = *text++;
        }
    }
    copy[filled] = '\0';
}

static void read_words(word_list *list, const char *text, size_t length, spil_folded_name *out)
{
    char copy[LONGEST];
    spell_out(text, length, copy);
    spil_fold(copy, list->text, sizeof list->text, true);
    list->count = spil_fold_words(list->text, list->at, MOST_WORDS);
    for (size_t i = 0; i < list->count && list->count > 1;) {
        const char *const word = list->at[i];
        const bool junior = strcmp(word, "jr") == 0 || strcmp(word, "junior") == 0;
        const bool senior = strcmp(word, "sr") == 0 || strcmp(word, "senior") == 0;
        if (junior || senior)
            out->suffix = junior ? 'j' : 's';
        if (junior || senior || is_in(titles, word))
            drop(list, i);
        else
            i++;
    }
}

/* ---- surname ---- */

/* A word of the surname; "jansen-de" gives "jansen". */
static void add_surname_word(spil_folded_name *out, char *word)
{
    for (char *part = word; part;) {
        char *const hyphen = strchr(part, '-');
        if (hyphen)
            *hyphen = '\0';
        if (*part && !is_prefix(part))
            append(out->surname, sizeof out->surname, part);
        part = hyphen ? hyphen + 1 : NULL;
    }
}

/* Prefixes first, then the words; when nothing but prefixes is left, the last is the surname. */
static void take_surname(spil_folded_name *out, char **words, size_t count)
{
    size_t i = 0;
    while (i + 1 < count && is_prefix(words[i]))
        append(out->prefix, sizeof out->prefix, words[i++]);
    for (; i < count; i++)
        if (i + 1 == count && !out->surname[0])
            append(out->surname, sizeof out->surname, words[i]);
        else
            add_surname_word(out, words[i]);
    if (strchr(out->surname, '-')) { /* the one word that was left had a hyphen */
        char word[sizeof out->surname];
        memcpy(word, out->surname, sizeof word);
        out->surname[0] = '\0';
        add_surname_word(out, word);
        if (!out->surname[0])
            memcpy(out->surname, word, sizeof word);
    }
}

/* ---- given names ---- */

static bool is_vowel(char c)
{
    return c && strchr("aeiouy", c);
}

/* "j", and "jp" written without points: two or three letters none of which can be spoken. */
static bool is_initials(const char *word)
{
    const size_t length = strlen(word);
    bool spoken = false;
    for (size_t i = 0; i < length; i++)
        spoken |= is_vowel(word[i]);
    return length == 1 || (length <= 3 && !spoken);
}

static void add_initial(spil_folded_name *out, char letter)
{
    const size_t length = strlen(out->initials);
    if (length < SPIL_NAME_INITIALS)
        out->initials[length] = letter;
}

static void take_given(spil_folded_name *out, char *word, size_t *full)
{
    if (is_initials(word)) {
        for (const char *c = word; *c; c++)
            add_initial(out, *c);
        return;
    }
    add_initial(out, *word);
    for (char *c = word; *c; c++) /* "anne-marie" is "annemarie" */
        while (*c == '-')
            memmove(c, c + 1, strlen(c));
    if (*full < SPIL_NAME_GIVEN)
        (void)snprintf(out->given[(*full)++], SPIL_NAME_PART, "%.*s", SPIL_NAME_PART - 1, word);
}

/* ---- whole names ---- */

/* "Berg, J.P. van der": prefixes may stand at the end. */
static void read_turned(spil_folded_name *out, word_list *surname, word_list *rest)
{
    size_t full = 0;
    for (size_t i = 0; i < rest->count; i++)
        if (i > 0 && is_prefix(rest->at[i]))
            append(out->prefix, sizeof out->prefix, rest->at[i]);
        else if (i == 0 && is_in(prefixes_sure, rest->at[i]))
            append(out->prefix, sizeof out->prefix, rest->at[i]);
        else
            take_given(out, rest->at[i], &full);
    take_surname(out, surname->at, surname->count);
}

/* Where the surname begins: at the first prefix, at a double name, else at the last word. */
static size_t surname_at(const word_list *list)
{
    if (list->count > 1 && is_in(prefixes_sure, list->at[0]))
        return 0;
    for (size_t i = 1; i < list->count; i++) {
        const char *const hyphen = strchr(list->at[i], '-');
        if (is_prefix(list->at[i]) || (hyphen && (is_prefix(hyphen + 1) || i + 1 == list->count)))
            return i + 1 < list->count || hyphen ? i : list->count - 1;
    }
    return list->count - 1;
}

void spil_folded_name_read(spil_folded_name *out, const char *name)
{
    word_list left, right;
    *out = (spil_folded_name){.surname = ""};
    const char *const comma = strchr(name, ',');
    read_words(&left, name, comma ? (size_t)(comma - name) : strlen(name), out);
    right.count = 0;
    if (comma)
        read_words(&right, comma + 1, strlen(comma + 1), out);
    if (left.count == 0)
        return;
    if (right.count > 0) {
        read_turned(out, &left, &right);
        return;
    }
    const size_t begin = surname_at(&left);
    size_t full = 0;
    for (size_t i = 0; i < begin; i++)
        take_given(out, left.at[i], &full);
    take_surname(out, left.at + begin, left.count - begin);
}
