/* str.c - see str.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/base/str.h"

#include <stdio.h>
#include <string.h>

static bool make_room(spil_str *str, size_t more)
{
    if (str->failed || more > SIZE_MAX / 4 - str->length) {
        str->failed = true;
        return false;
    }
    const size_t needed = str->length + more + 1;
    if (needed <= str->room)
        return true;
    size_t room = str->room ? str->room : 64;
    while (room < needed)
        room *= 2;
    if (RESIZE_ARRAY(str->text, room, NULL) != SPIL_OK) {
        str->failed = true;
        return false;
    }
    str->room = room;
    return true;
}

void spil_str_add_n(spil_str *str, const char *text, size_t length)
{
    if (!make_room(str, length))
        return;
    memcpy(str->text + str->length, text, length);
    str->length += length;
    str->text[str->length] = '\0';
}

void spil_str_add(spil_str *str, const char *text)
{
    spil_str_add_n(str, text, strlen(text));
}

void spil_str_addf(spil_str *str, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    va_list again;
    va_copy(again, args);
    const int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length < 0)
        str->failed = true;
    else if (make_room(str, (size_t)length)) {
        (void)vsnprintf(str->text + str->length, (size_t)length + 1, format, again);
        str->length += (size_t)length;
    }
    va_end(again);
}

void spil_str_clear(spil_str *str)
{
    str->length = 0;
    if (str->text)
        str->text[0] = '\0';
}

void spil_str_free(spil_str *str)
{
    spil_free(str->text);
    *str = (spil_str)SPIL_STR_INIT;
}

const char *spil_str_text(const spil_str *str)
{
    return str->text ? str->text : "";
}

spil_status spil_str_status(const spil_str *str, spil_err *err)
{
    return str->failed ? spil_fail(err, SPIL_NO_MEMORY, "out of memory while building a text")
                       : SPIL_OK;
}
