/* value.c - see value.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "loaders/value.h"

#include <stdlib.h>
#include <string.h>

/* ---- numbers ---- */

enum { NUMBER_MOST = 63 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The number without what people put around it: "\u20ac 1.250,-" becomes "1.250". */
static bool bare(const char *text, char out[NUMBER_MOST + 1])
{
    static const char *const before[] = {"\xe2\x82\xac", "EUR", "eur", "\xc2\xa0"};
    text += strspn(text, " ");
    for (size_t i = 0; i < sizeof before / sizeof *before; i++)
        if (strncmp(text, before[i], strlen(before[i])) == 0)
            text += strlen(before[i]);
    text += strspn(text, " ");
    size_t length = strlen(text);
    while (length > 0 && text[length - 1] == ' ')
        length--;
    if (length > 2 && strncmp(text + length - 2, ",-", 2) == 0)
        length -= 2;
    if (length == 0 || length > NUMBER_MOST)
        return false;
    memcpy(out, text, length);
    out[length] = '\0';
    return true;
}

/* text has groups of three digits, parted by mark, before end: "1.234.567". Takes the marks out
 * and gives how many there were, or -1 when the groups are wrong. */
static int join_groups(char *text, char mark)
{
    int groups = 0;
    char *to = text;
    const char *at = text + (*text == '-' || *text == '+');
    const char *const end = at + strcspn(at, ",");
    if (strcspn(at, (char[]){mark, '\0'}) > 3 && memchr(at, mark, (size_t)(end - at)))
        return -1;
    to += at - text;
    for (; *at; at++) {
        if (at < end && *at == mark) {
            groups++;
            if (!is_digit(at[1]) || !is_digit(at[2]) || !is_digit(at[3]) || is_digit(at[4]))
                return -1;
        } else {
            *to++ = *at;
        }
    }
    *to = '\0';
    return groups;
}

bool spil_value_decimal(const char *text, spil_decimal decimal, double *out)
{
    char number[NUMBER_MOST + 1];
    if (decimal == SPIL_DECIMAL_POINT)
        return spil_parse_double(text, out);
    if (!bare(text, number))
        return false;
    char *comma = strchr(number, ',');
    const char *const point = strchr(number, '.');
    const bool one_point = point && !strchr(point + 1, '.');
    if (decimal == SPIL_DECIMAL_EITHER && !comma && (!point || one_point) && !strchr(number, ' '))
        return spil_parse_double(number, out);
    if (join_groups(number, point ? '.' : ' ') < 0)
        return false;
    comma = strchr(number, ',');
    if (comma && (strchr(comma + 1, ',') || strchr(comma + 1, '.')))
        return false;
    if (comma)
        *comma = '.';
    return spil_parse_double(number, out);
}

spil_decimal_sign spil_value_decimal_sign(const char *text)
{
    char number[NUMBER_MOST + 1];
    double value;
    if (!bare(text, number) || !spil_value_decimal(text, SPIL_DECIMAL_EITHER, &value))
        return SPIL_SIGN_NONE;
    const char *const whole = number + (*number == '-' || *number == '+');
    const char *const mark = strpbrk(whole, ".,");
    if (!mark)
        return SPIL_SIGN_NONE;
    if (strpbrk(mark + 1, ".,"))
        return SPIL_SIGN_COMMA;
    const size_t before = (size_t)(mark - whole);
    if (before >= 1 && before <= 3 && *whole != '0' && strspn(whole, "0123456789") == before &&
        strspn(mark + 1, "0123456789") == 3 && mark[4] == '\0')
        return SPIL_SIGN_UNDECIDED;
    return *mark == '.' ? SPIL_SIGN_POINT : SPIL_SIGN_COMMA;
}

bool spil_value_number(const char *text, bool comma, double *out)
{
    return spil_value_decimal(text, comma ? SPIL_DECIMAL_EITHER : SPIL_DECIMAL_POINT, out);
}

/* ---- dates ---- */

/* The text looks like form, in which 9 stands for a digit; returns what is behind it, or NULL. */
static const char *match(const char *text, const char *form)
{
    for (; *form; form++, text++)
        if (*form == '9' ? !is_digit(*text) : *text != *form)
            return NULL;
    return text;
}

static int digits(const char *text, size_t count)
{
    int value = 0;
    for (size_t i = 0; i < count; i++)
        value = value * 10 + (text[i] - '0');
    return value;
}

/* Nothing, or a time. */
static bool is_end(const char *text)
{
    if (*text == '\0')
        return true;
    if (*text != 'T' && *text != ' ')
        return false;
    const char *rest = match(text + 1, "99:99");
    if (!rest)
        rest = match(text + 1, "9:99");
    return rest && rest[strspn(rest, "0123456789:.+-Z")] == '\0';
}

/* 1..12 of the first three letters of a Dutch or English month and passes over the word; else 0. */
static int month_of_word(const char **text)
{
    static const char names[] = "jan|feb|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec|"
                                "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|"
                                "jan|feb|maa|apr|mei|jun|jul|aug|sep|okt|nov|dec|";
    char word[4] = "";
    size_t length = 0;
    const char *at = *text;
    for (; (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z'); at++, length++)
        if (length < 3)
            word[length] = (char)(*at | 0x20);
    if (length < 3 || length > 9)
        return 0;
    const char *const found = strstr(names, word);
    *text = at + (*at == '.');
    return found ? (int)((found - names) / 4 % 12) + 1 : 0;
}

static int full_year(int year, size_t width, int pivot)
{
    return width == 4 ? year : year < pivot ? 2000 + year : 1900 + year;
}

/* A number of one to four digits; passes over it. */
static bool part(const char **text, int *value, size_t *width)
{
    *width = strspn(*text, "0123456789");
    if (*width < 1 || *width > 4)
        return false;
    *value = digits(*text, *width);
    *text += *width;
    return true;
}

/* The mark between the parts of a date; blanks count as one. */
static bool mark(const char **text, char expected)
{
    if (**text != expected)
        return false;
    *text += expected == ' ' ? strspn(*text, " ") : 1;
    return true;
}

/* Three parts with the same mark between them. */
static bool parted_day(const char *text, const spil_day_form *form, spil_day *out)
{
    int values[3];
    size_t widths[3];
    bool word = false;
    if (!part(&text, &values[0], &widths[0]) || !*text || !strchr("-/. ", *text))
        return false;
    const char between = *text;
    if (!mark(&text, between))
        return false;
    if (is_digit(*text)) {
        if (!part(&text, &values[1], &widths[1]))
            return false;
    } else if ((values[1] = month_of_word(&text)) != 0) {
        widths[1] = 2;
        word = true;
    } else {
        return false;
    }
    if (!mark(&text, between) || !part(&text, &values[2], &widths[2]) || !is_end(text) ||
        (between == ' ' && !word))
        return false;
    const bool year_first = !word && (widths[0] == 4 || form->order == SPIL_YEAR_FIRST);
    const bool month_first = !word && !year_first && form->order == SPIL_MONTH_FIRST;
    const size_t y = year_first ? 0 : 2, d = year_first ? 2 : month_first ? 1 : 0;
    const size_t m = month_first ? 0 : 1;
    if ((widths[y] != 2 && widths[y] != 4) || widths[d] > 2 || widths[m] > 2)
        return false;
    return spil_day_from_civil(full_year(values[y], widths[y], form->pivot), values[m], values[d],
                               out);
}

bool spil_value_day_as(const char *text, const spil_day_form *form, spil_day *out)
{
    const char *rest = match(text, "9999-99-99");
    if (rest && is_end(rest))
        return spil_day_from_civil(digits(text, 4), digits(text + 5, 2), digits(text + 8, 2), out);
    rest = match(text, "99999999");
    if (rest) {
        const bool time = match(rest, "999999") && rest[6] == '\0';
        return (time || is_end(rest)) &&
               spil_day_from_civil(digits(text, 4), digits(text + 4, 2), digits(text + 6, 2), out);
    }
    return parted_day(text, form, out);
}

bool spil_value_day(const char *text, spil_day *out)
{
    static const spil_day_form form = SPIL_DAY_FORM_DEFAULT;
    return spil_value_day_as(text, &form, out);
}
