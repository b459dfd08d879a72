/* str.h - a text that grows: printf into it, then read it, write it or steal it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Errors stick: once memory ran out every append is ignored, and spil_str_status tells, so that a
 * writer of fifty lines needs one check at its end.
 */
#ifndef SPIL_BASE_STR_H
#define SPIL_BASE_STR_H

#include "engine/base/mem.h"

typedef struct spil_str {
    char *text; /* NUL-terminated once anything was added; NULL while empty */
    size_t length, room;
    bool failed;
} spil_str;

#define SPIL_STR_INIT                                                                              \
    {                                                                                              \
        NULL, 0, 0, false                                                                          \
    }

void spil_str_add(spil_str *str, const char *text);
void spil_str_add_n(spil_str *str, const char *text, size_t length);
void spil_str_addf(spil_str *str, const char *format, ...) SPIL_PRINTF(2, 3);
void spil_str_clear(spil_str *str); /* keeps the room */
void spil_str_free(spil_str *str);
/* "" while empty; borrowed until the next append. */
const char *spil_str_text(const spil_str *str);
spil_status spil_str_status(const spil_str *str, spil_err *err) SPIL_CHECKED;

#endif
