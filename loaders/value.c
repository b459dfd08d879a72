/* value.c - see value.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "loaders/value.h"

#include <stdlib.h>
#include <string.h>

bool spil_value_number(const char *text, bool comma, double *out)
{
    char dotted[64];
    const char *const at = comma ? strchr(text, ',') : NULL;
    if (!at)
        return spil_parse_double(text, out);
    const size_t length = strlen(text);
    if (length >= sizeof dotted || strchr(text, '.') || strchr(at + 1, ','))
        return false;
    memcpy(dotted, text, length + 1);
    dotted[at - text] = '.';
    return spil_parse_double(dotted, out);
}

/* The text looks like form, in which 9 stands for a digit; returns what is behind it, or NULL. */
static const char *match(const char *text, const char *form)
{
    for (; *form; form++, text++)
        if (*form == '9' ? *text < '0' || *text > '9' : *text != *form)
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

static bool is_time(const char *text)
{
    if (*text != 'T' && *text != ' ')
        return false;
    const char *rest = match(text + 1, "99:99");
    return rest && rest[strspn(rest, "0123456789:.+-Z")] == '\0';
}

bool spil_value_day(const char *text, spil_day *out)
{
    const char *rest = match(text, "9999-99-99");
    if (rest)
        return (*rest == '\0' || is_time(rest)) &&
               spil_day_from_civil(digits(text, 4), digits(text + 5, 2), digits(text + 8, 2), out);
    rest = match(text, "99999999");
    if (rest)
        return *rest == '\0' &&
               spil_day_from_civil(digits(text, 4), digits(text + 4, 2), digits(text + 6, 2), out);
    const size_t day = strspn(text, "0123456789");
    if (day < 1 || day > 2 || !strchr("-/.", text[day]))
        return false;
    const char *const month_text = text + day + 1;
    const size_t month = strspn(month_text, "0123456789");
    if (month < 1 || month > 2 || month_text[month] != text[day])
        return false;
    rest = match(month_text + month + 1, "9999");
    return rest && *rest == '\0' &&
           spil_day_from_civil(digits(month_text + month + 1, 4), digits(month_text, month),
                               digits(text, day), out);
}
