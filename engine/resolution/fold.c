/* fold.c - see fold.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/resolution/fold.h"

#include <string.h>
#include <utf8proc.h>

typedef struct folding {
    char *out;
    size_t length, room;
    bool full, apart; /* apart: a blank is due before the next letter */
    char joint;       /* '-' when a hyphen is due instead */
} folding;

static bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static void add(folding *f, const char *bytes, size_t count)
{
    const bool between = f->length > 0 && (f->apart || f->joint);
    if (f->full || f->length + between + count + 1 > f->room) {
        f->full = true;
        return;
    }
    if (between)
        f->out[f->length++] = f->joint ? f->joint : ' ';
    f->apart = false;
    f->joint = 0;
    memcpy(f->out + f->length, bytes, count);
    f->length += count;
}

/* Letters that stay whole when accents are taken off. */
static const char *spelled_out(utf8proc_int32_t point)
{
    switch (point) {
    case 0xe6:
        return "ae";
    case 0xf8:
        return "o";
    case 0xf0:
    case 0x111:
        return "d";
    case 0xfe:
        return "th";
    case 0x131:
        return "i";
    case 0x142:
        return "l";
    case 0x153:
        return "oe";
    default:
        return NULL;
    }
}

static bool is_apostrophe(utf8proc_int32_t point)
{
    return point == '\'' || point == '`' || point == 0xb4 || point == 0x2018 || point == 0x2019;
}

static void add_folded(folding *f, utf8proc_int32_t point)
{
    utf8proc_uint8_t bytes[4];
    const char *const plain = spelled_out(point);
    if (plain) {
        add(f, plain, strlen(plain));
    } else if (point < 0x80) {
        const char c = (char)point;
        if (is_plain(c))
            add(f, &c, 1);
        else
            f->apart = true;
    } else {
        const utf8proc_category_t category = utf8proc_category(point);
        if (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO)
            add(f, (const char *)bytes, (size_t)utf8proc_encode_char(point, bytes));
        else
            f->apart = true;
    }
}

static void add_point(folding *f, utf8proc_int32_t point)
{
    utf8proc_int32_t parts[8];
    int last = 0;
    if (is_apostrophe(point))
        return;
    const utf8proc_ssize_t count = utf8proc_decompose_char(
        point, parts, 8,
        UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK, &last);
    for (utf8proc_ssize_t i = 0; i < count && i < 8; i++)
        add_folded(f, parts[i]);
}

size_t spil_fold(const char *text, char *out, size_t room, bool hyphens)
{
    folding f = {.out = out, .room = room};
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
    while (*at && !f.full) {
        const char c = (char)*at;
        if (*at < 0x80) { /* nearly all */
            at++;
            if (is_plain(c))
                add(&f, &c, 1);
            else if (c >= 'A' && c <= 'Z')
                add(&f, &(char){(char)(c - 'A' + 'a')}, 1);
            else if (c == '-' && hyphens && !f.apart)
                f.joint = '-';
            else if (!is_apostrophe(c))
                f.apart = true;
            if (f.apart)
                f.joint = 0;
            continue;
        }
        utf8proc_int32_t point;
        const utf8proc_ssize_t used = utf8proc_iterate(at, -1, &point);
        at += used > 0 ? used : 1;
        if (used > 0)
            add_point(&f, point);
    }
    out[f.length] = '\0';
    return f.length;
}

size_t spil_fold_words(char *folded, char **words, size_t most)
{
    size_t count = 0;
    for (char *at = folded; *at && count < most;) {
        words[count++] = at;
        char *const blank = strchr(at, ' ');
        if (!blank || count == most)
            break;
        *blank = '\0';
        at = blank + 1;
    }
    return count;
}

/* ---- sound ---- */

static bool is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

/* The sound that starts at word, and how many letters spell it; 0: none of its own. */
static char sound_at(const char *word, size_t *used)
{
    *used = 2;
    if (memcmp(word, "ph", 2) == 0)
        return 'f';
    if (memcmp(word, "th", 2) == 0 || memcmp(word, "dt", 2) == 0)
        return 't';
    if (memcmp(word, "ck", 2) == 0 || memcmp(word, "qu", 2) == 0)
        return 'k';
    if (memcmp(word, "ch", 2) == 0)
        return 'g';
    if (memcmp(word, "ij", 2) == 0)
        return 'a'; /* a vowel */
    *used = 1;
    switch (*word) {
    case 'c':
    case 'q':
    case 'x':
        return 'k';
    case 'z':
        return 's';
    case 'v':
        return 'f';
    case 'd':
        return 't';
    case 'h':
        return 0;
    default:
        return is_vowel(*word) ? 'a' : *word;
    }
}

uint64_t spil_sound(const char *word)
{
    uint64_t hash = 0;
    char last = 0;
    for (size_t used; *word; word += used) {
        const char sound = sound_at(word, &used);
        if (sound && sound != last && (sound != 'a' || hash == 0))
            hash = hash * UINT64_C(0x100000001b3) + (unsigned char)sound;
        last = sound;
    }
    return hash;
}
