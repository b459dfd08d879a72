/* text.c - see text.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/base/text.h"

#include <errno.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <utf8proc.h>

/* Digits with or without a point among them: of up to 15 digits, the whole number and the power of
 * ten are both exact, so their quotient is what strtod gives (Clinger 1990). */
static bool parse_plain(const char *text, double *out)
{
    static const double ten_to[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    uint64_t whole = 0;
    size_t digits = 0, decimals = 0;
    bool point = false;
    for (; *text; text++) {
        if (*text >= '0' && *text <= '9') {
            whole = whole * 10 + (uint64_t)(*text - '0');
            digits++;
            decimals += point;
        } else if (*text == '.' && !point) {
            point = true;
        } else {
            return false;
        }
        if (digits > 15)
            return false;
    }
    *out = (double)whole / ten_to[decimals];
    return digits > 0 && FLT_EVAL_METHOD == 0;
}

bool spil_parse_double(const char *text, double *out)
{
    double plain;
    if (parse_plain(text, &plain)) {
        *out = plain;
        return true;
    }
    /* strtod also takes blanks, "inf", "nan" and hexadecimal: none of these is a number in an
     * export. */
    if (text[0] == '\0' || text[strspn(text, "0123456789.+-eE")] != '\0')
        return false;
    char *end = NULL;
    const double value = strtod(text, &end);
    if (*end != '\0' || !isfinite(value))
        return false;
    *out = value;
    return true;
}

bool spil_parse_uint(const char *text, uint64_t max, uint64_t *out)
{
    if (text[0] == '\0' || text[strspn(text, "0123456789")] != '\0')
        return false;
    errno = 0;
    const unsigned long long value = strtoull(text, NULL, 10);
    if (errno != 0 || value > max)
        return false;
    *out = value;
    return true;
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

/* Counting from 1 March lets leap days fall at the end of the year; 719468 = days from 0000-03-01
 * to 1970-01-01. */
bool spil_day_from_civil(int year, int month, int day, spil_day *out)
{
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 ||
        day > days_in_month(year, month))
        return false;
    const int y = month <= 2 ? year - 1 : year;
    const int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    *out = y * 365 + y / 4 - y / 100 + y / 400 + day_of_year - 719468;
    return true;
}

bool spil_parse_day(const char *text, spil_day *out)
{
    if (strlen(text) != 10 || text[4] != '-' || text[7] != '-')
        return false;
    for (size_t i = 0; i < 10; i++)
        if (i != 4 && i != 7 && (text[i] < '0' || text[i] > '9'))
            return false;
    return spil_day_from_civil(atoi(text), atoi(text + 5), atoi(text + 8), out);
}

void spil_format_day(spil_day day, char out[16])
{
    out[0] = '\0';
    if (day == SPIL_NO_DAY)
        return;
    const int64_t z = (int64_t)day + 719468;
    const int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    const int64_t doe = z - era * 146097;
    const int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    const int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    const int64_t mp = (5 * doy + 2) / 153;
    const int64_t month = mp < 10 ? mp + 3 : mp - 9;
    const int64_t year = yoe + era * 400 + (month <= 2);
    const int64_t day_of_month = doy - (153 * mp + 2) / 5 + 1;
    (void)snprintf(out, 16, "%04u-%02u-%02u", (unsigned)year % 10000U, (unsigned)month % 100U,
                   (unsigned)day_of_month % 100U);
}

bool spil_utf8_valid(const char *text, size_t length)
{
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
    size_t left = length;
    while (left > 0) {
        if (*at - 1U < 0x7f) { /* most of any export */
            at++;
            left--;
            continue;
        }
        utf8proc_int32_t point;
        const utf8proc_ssize_t used = utf8proc_iterate(at, (utf8proc_ssize_t)left, &point);
        if (used <= 0 || point == 0)
            return false;
        at += used;
        left -= (size_t)used;
    }
    return true;
}

void spil_make_printable(char *text)
{
    for (char *at = text; *at;) {
        utf8proc_int32_t point;
        const utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)at, -1, &point);
        const size_t size = used > 0 ? (size_t)used : 1;
        const bool control = point < 0x20 || (point >= 0x7f && point < 0xa0);
        if (used <= 0 || control)
            memset(at, '?', size);
        at += size;
    }
}

bool spil_text_equal_nocase(const char *a, const char *b)
{
    return strcasecmp(a, b) == 0;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Compares two runs of digits by value, ignoring leading zeros; advances both past their run. */
static int compare_digits(const char **a, const char **b)
{
    while (**a == '0')
        ++*a;
    while (**b == '0')
        ++*b;
    const size_t la = strspn(*a, "0123456789"), lb = strspn(*b, "0123456789");
    const int by_value = la != lb ? (la < lb ? -1 : 1) : memcmp(*a, *b, la);
    *a += la;
    *b += lb;
    return by_value;
}

int spil_compare_natural(const char *a, const char *b)
{
    const char *x = a, *y = b;
    while (*x && *y) {
        if (is_digit(*x) && is_digit(*y)) {
            const int by_value = compare_digits(&x, &y);
            if (by_value)
                return by_value;
        } else if (*x != *y) {
            return (unsigned char)*x < (unsigned char)*y ? -1 : 1;
        } else {
            x++;
            y++;
        }
    }
    if (*x || *y)
        return *x ? 1 : -1;
    return strcmp(a, b); /* "01" and "1" differ still */
}

bool spil_starts_formula(const char *text)
{
    static const char *const wide[] = {"\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D",
                                       "\xEF\xBC\xA0"};
    if (*text && strchr("=+-@\t\r\n", *text))
        return true;
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (strncmp(text, wide[i], 3) == 0)
            return true;
    return false;
}
