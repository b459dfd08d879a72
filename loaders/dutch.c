/* dutch.c - see dutch.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "loaders/dutch.h"

#include <stdio.h>
#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char capital(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* Blanks, and the blank that does not break a line (U+00A0). */
static const char *past_blanks(const char *text)
{
    for (;;) {
        if (*text == ' ' || *text == '\t')
            text++;
        else if (text[0] == '\xc2' && text[1] == '\xa0')
            text += 2;
        else
            return text;
    }
}

/* ---- postcodes ---- */

/* Reads a postcode at text and gives what is behind it, or NULL. */
static const char *read_postcode(const char *text, char out[8])
{
    if (*text < '1' || *text > '9')
        return NULL;
    for (int i = 1; i < 4; i++)
        if (!is_digit(text[i]))
            return NULL;
    const char *const letters = past_blanks(text + 4);
    if (!is_letter(letters[0]) || !is_letter(letters[1]))
        return NULL;
    const char pair[3] = {capital(letters[0]), capital(letters[1]), '\0'};
    if (strcmp(pair, "SA") == 0 || strcmp(pair, "SD") == 0 || strcmp(pair, "SS") == 0)
        return NULL;
    memcpy(out, text, 4);
    memcpy(out + 4, pair, sizeof pair);
    return letters + 2;
}

bool spil_dutch_postcode(const char *text, char out[8])
{
    char code[8];
    const char *const rest = read_postcode(past_blanks(text), code);
    if (!rest || *past_blanks(rest) != '\0')
        return false;
    memcpy(out, code, sizeof code);
    return true;
}

/* ---- numbers ---- */

/* The digits of text, filled up with zeros in front to width; blanks and points are passed over.
 * False when anything else stands there, or fewer than least digits, or more than width. */
static bool padded(const char *text, size_t least, size_t width, char out[16])
{
    char found[16];
    size_t count = 0;
    for (text = past_blanks(text); *text; text++) {
        if (is_digit(*text) && count < width)
            found[count++] = *text;
        else if (is_digit(*text) || (*text != '.' && *text != ' '))
            return false;
    }
    if (count < least)
        return false;
    memset(out, '0', width - count);
    memcpy(out + width - count, found, count);
    out[width] = '\0';
    return true;
}

static bool all_zero(const char *digits)
{
    return digits[strspn(digits, "0")] == '\0';
}

bool spil_dutch_chamber_number(const char *text, char out[16])
{
    char number[16];
    if (!padded(text, 7, 8, number) || all_zero(number))
        return false;
    memcpy(out, number, sizeof number);
    return true;
}

bool spil_dutch_branch_number(const char *text, char out[16])
{
    char number[16];
    if (!padded(text, 5, 12, number) || all_zero(number))
        return false;
    memcpy(out, number, sizeof number);
    return true;
}

bool spil_dutch_citizen_number(const char *text, char out[16])
{
    char number[16];
    int sum = 0;
    if (!padded(text, 8, 9, number) || all_zero(number))
        return false;
    for (int i = 0; i < 8; i++)
        sum += (9 - i) * (number[i] - '0');
    if ((sum - (number[8] - '0')) % 11 != 0)
        return false;
    memcpy(out, number, sizeof number);
    return true;
}

/* ---- telephones ---- */

/* Digits of a telephone number, without the "(0)" behind the code of a country; false when it has
 * more than 20, or other signs than people write between them. */
static bool read_phone(const char *text, char digits[24])
{
    size_t count = 0;
    for (text = past_blanks(text); *text; text = past_blanks(text + 1)) {
        if (count > 0 && strncmp(text, "(0)", 3) == 0)
            text += 2;
        else if (is_digit(*text) && count < 20)
            digits[count++] = *text;
        else if (is_digit(*text) || !strchr("()-./", *text))
            return false;
    }
    digits[count] = '\0';
    return true;
}

/* The nine digits of a number of the Netherlands, or NULL. abroad: digits begin with the code of a
 * country. */
static const char *dutch_part(const char *digits, bool abroad)
{
    const size_t length = strlen(digits);
    const char *part = NULL;
    if (strncmp(digits, "31", 2) == 0 && length >= 11) /* 31 6 12345678, with a plus or without */
        part = digits + (digits[2] == '0' ? 3 : 2);
    else if (!abroad && *digits == '0' && length == 10)
        part = digits + 1;
    else if (!abroad && *digits == '6' && length == 9) /* the zero was lost */
        part = digits;
    return part && strlen(part) == 9 && *part != '0' ? part : NULL;
}

bool spil_dutch_phone(const char *text, char out[24])
{
    char digits[24];
    text = past_blanks(text);
    text += strncmp(text, "(+", 2) == 0;
    const bool plus = *text == '+';
    if (!read_phone(text + plus, digits))
        return false;
    const bool zeros = !plus && strncmp(digits, "00", 2) == 0;
    const char *const number = digits + (zeros ? 2 : 0);
    const char *const dutch = dutch_part(number, plus || zeros);
    const size_t length = strlen(number);
    if (dutch)
        (void)snprintf(out, 24, "+31%.9s", dutch);
    else if ((plus || zeros) && strncmp(number, "31", 2) != 0 && *number != '0' && length >= 7 &&
             length <= 15)
        (void)snprintf(out, 24, "+%.15s", number);
    else
        return false;
    return true;
}

/* ---- house numbers ---- */

static const char *past_marks(const char *text)
{
    for (;;) {
        const char *const next = past_blanks(text + strspn(text, "-/.,_+"));
        if (next == text)
            return text;
        text = next;
    }
}

/* A letter that stands alone: "12a", "12 a-2", but not the b of "12 bis". */
static const char *read_letter(const char *text, char out[4])
{
    if (!is_letter(text[0]) || is_letter(text[1]) || (unsigned char)text[1] >= 0x80)
        return text;
    out[0] = capital(text[0]);
    out[1] = '\0';
    return text + 1;
}

bool spil_dutch_house_number(const char *text, spil_house_number *out)
{
    spil_house_number found = {"", "", ""};
    text = past_blanks(text);
    text += strspn(text, "0");
    const size_t digits = strspn(text, "0123456789");
    if (digits < 1 || digits > 5)
        return false;
    memcpy(found.number, text, digits);
    const char *const behind = text + digits;
    text = past_marks(behind);
    /* "12-A" is an addition by its mark, "12 A" and "12A" a letter: both are the letter here,
     * since partners write them through each other */
    text = read_letter(text, found.letter);
    text = past_marks(text);
    size_t length = 0;
    for (; *text; text = past_marks(text)) {
        if (!is_letter(*text) && !is_digit(*text))
            return false;
        if (length + 1 >= sizeof found.addition)
            return false;
        found.addition[length++] = capital(*text++);
    }
    *out = found;
    return true;
}

void spil_dutch_house_number_text(const spil_house_number *number, char out[40])
{
    (void)snprintf(out, 40, "%s%s%s%s", number->number, number->letter,
                   number->addition[0] ? "-" : "", number->addition);
}

/* ---- a whole address in one text ---- */

/* Copies from..to without blanks and commas at its ends; false when it does not fit. */
static bool copy_part(const char *from, const char *to, char *out, size_t room)
{
    while (from < to && (*from == ' ' || *from == ','))
        from++;
    while (to > from && (to[-1] == ' ' || to[-1] == ','))
        to--;
    if ((size_t)(to - from) >= room)
        return false;
    memcpy(out, from, (size_t)(to - from));
    out[to - from] = '\0';
    return true;
}

/* Where the house number starts in text..end: at the last word that begins with a digit, or the one
 * before when that does too and cannot be a year of a name ("Dorpsstraat 12 2", but "Plein 1944
 * 12"). NULL: there is none behind a first word. */
static const char *find_number(const char *text, const char *end)
{
    const char *last = NULL, *before = NULL;
    for (const char *at = text; at < end; at++) {
        if (!is_digit(*at) || at == text || at[-1] != ' ')
            continue;
        before = last;
        last = at;
    }
    if (!before)
        return last;
    const bool year = strspn(before, "0123456789") == 4 && before[4] == ' ';
    const char *const gap = memchr(before, ' ', (size_t)(last - before));
    const bool next_to = gap && past_blanks(gap) == last;
    return year || !next_to ? last : before;
}

bool spil_dutch_address_line(const char *text, spil_address_line *out)
{
    spil_address_line found = {"", "", "", ""};
    const char *const end = text + strlen(text);
    const char *line_end = end, *city = end;
    for (const char *at = text; at < end; at++) {
        const bool starts = at > text && (at[-1] == ' ' || at[-1] == ',');
        const char *const rest = starts ? read_postcode(at, found.postcode) : NULL;
        if (rest && !is_letter(*rest) && !is_digit(*rest)) {
            line_end = at;
            city = rest;
            break;
        }
        found.postcode[0] = '\0';
    }
    const char *const comma = line_end == end ? strrchr(text, ',') : NULL;
    if (comma) { /* "Dorpsstraat 12, Ede" */
        line_end = comma;
        city = comma + 1;
    }
    const char *const number = find_number(text, line_end);
    if (!number || !copy_part(text, number, found.street, sizeof found.street) ||
        !copy_part(number, line_end, found.number, sizeof found.number) ||
        !copy_part(city, end, found.city, sizeof found.city) || found.street[0] == '\0')
        return false;
    *out = found;
    return true;
}
