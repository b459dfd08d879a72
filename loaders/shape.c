/* shape.c - see shape.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "loaders/shape.h"

#include <string.h>
#include <strings.h>

static size_t pass_blanks(const char *head, size_t length, size_t at)
{
    while (at < length && strchr(" \t\r\n", head[at]) && head[at] != '\0')
        at++;
    return at;
}

static size_t pass_comments(const char *head, size_t length, size_t at)
{
    while (at < length && head[at] == '%') {
        const char *const end = memchr(head + at, '\n', length - at);
        at = end ? pass_blanks(head, length, (size_t)(end - head)) : length;
    }
    return at;
}

static int begins(const char *text, size_t length, const char *word)
{
    const size_t size = strlen(word);
    return length >= size && strncasecmp(text, word, size) == 0;
}

/* "dl n=5", "DL\nN = 23, NM = 2", "dl nr=6 nc=3": the word, a blank, and within the next bytes n
 * and an equals sign. */
static int is_dl(const char *text, size_t length)
{
    if (length < 5 || strncasecmp(text, "dl", 2) != 0 || !strchr(" \t\r\n,", text[2]))
        return 0;
    for (size_t i = 3; i < length && i < 64; i++)
        if ((text[i] == 'n' || text[i] == 'N') && strchr(" \t\r\n,", text[i - 1])) {
            size_t at = i + 1;
            if (at < length && strchr("rRcC", text[at]))
                at++;
            at = pass_blanks(text, length, at);
            return at < length && text[at] == '=';
        }
    return 0;
}

spil_shape spil_shape_of(const char *head, size_t length)
{
    size_t at = length >= 3 && memcmp(head, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    at = pass_blanks(head, length, at);
    if (at < length && (head[at] == '{' || head[at] == '['))
        return SPIL_SHAPE_JSON;
    if (at < length && head[at] == '<')
        return SPIL_SHAPE_XML;
    at = pass_comments(head, length, at);
    if (begins(head + at, length - at, "*vertices") || begins(head + at, length - at, "*network"))
        return SPIL_SHAPE_PAJEK;
    return is_dl(head + at, length - at) ? SPIL_SHAPE_DL : SPIL_SHAPE_TABLE;
}

const char *spil_shape_name(spil_shape shape)
{
    static const char *const names[] = {[SPIL_SHAPE_TABLE] = "a table",
                                        [SPIL_SHAPE_JSON] = "JSON",
                                        [SPIL_SHAPE_XML] = "XML",
                                        [SPIL_SHAPE_PAJEK] = "a Pajek network",
                                        [SPIL_SHAPE_DL] = "a UCINET DL network"};
    return names[shape];
}
