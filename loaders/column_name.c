/* column_name.c - see column_name.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "loaders/column_name.h"

#include <string.h>
#include <utf8proc.h>

typedef struct folding {
    spil_column_name *name;
    size_t joined, words;
    bool after_small, in_word;
} folding;

static void add_letter(folding *f, char c, bool capital)
{
    char *const words = f->name->words;
    if (!f->in_word || (capital && f->after_small))
        words[f->words++] = ' ';
    words[f->words++] = c;
    f->name->joined[f->joined++] = c;
    f->after_small = !capital;
    f->in_word = true;
}

/* One character without its accents; UTF8PROC_DECOMPOSE gives the letter before its marks. */
static void add_point(folding *f, utf8proc_int32_t point)
{
    utf8proc_int32_t parts[8];
    int boundary = 0;
    const utf8proc_ssize_t count = utf8proc_decompose_char(
        point, parts, 8, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_STRIPMARK, &boundary);
    for (utf8proc_ssize_t i = 0; i < count && i < 8; i++) {
        const utf8proc_int32_t c = parts[i];
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            add_letter(f, (char)c, false);
        else if (c >= 'A' && c <= 'Z')
            add_letter(f, (char)(c - 'A' + 'a'), true);
        else
            f->in_word = false;
    }
}

spil_column_name spil_column_name_fold(const char *text)
{
    spil_column_name name = {{0}, {0}};
    folding f = {&name, 0, 0, false, false};
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
    /* 8: the most that one character adds */
    while (*at && f.joined + 8 < SPIL_COLUMN_NAME_ROOM && f.words + 16 < sizeof name.words) {
        utf8proc_int32_t point;
        const utf8proc_ssize_t used = utf8proc_iterate(at, -1, &point);
        if (used > 0)
            add_point(&f, point);
        at += used > 0 ? used : 1;
    }
    if (f.words > 0)
        name.words[f.words] = ' ';
    return name;
}

bool spil_column_name_equal(const char *a, const char *b)
{
    const spil_column_name x = spil_column_name_fold(a), y = spil_column_name_fold(b);
    return strcmp(x.joined, y.joined) == 0;
}

bool spil_column_name_has_word(const spil_column_name *name, const char *word)
{
    const size_t length = strlen(word);
    for (const char *at = strstr(name->words, word); at; at = strstr(at + 1, word))
        if (at > name->words && at[-1] == ' ' && at[length] == ' ')
            return true;
    return false;
}
