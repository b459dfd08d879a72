/* suggest.c - see suggest.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/suggest.h"

#include <string.h>

enum { LONGEST = 40 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Optimal string alignment, three rows. Both texts are shorter than LONGEST. */
static size_t distance(const char *a, const char *b)
{
    size_t rows[3][LONGEST + 1];
    size_t *before = rows[0], *above = rows[1], *row = rows[2];
    const size_t width = strlen(b);
    for (size_t j = 0; j <= width; j++)
        above[j] = j;
    for (size_t i = 1; a[i - 1]; i++) {
        row[0] = i;
        for (size_t j = 1; j <= width; j++) {
            row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], before[j - 2] + 1);
        }
        size_t *const oldest = before;
        before = above;
        above = row;
        row = oldest;
    }
    return above[width];
}

spil_suggestion spil_suggest_for(const char *typed)
{
    return (spil_suggestion){.typed = typed, .best = NULL, .distance = 0};
}

void spil_suggest_weigh(spil_suggestion *suggestion, const char *name)
{
    const size_t length = strlen(suggestion->typed), other = strlen(name);
    if (length < 2 || length >= LONGEST || other >= LONGEST)
        return;
    const bool begins = strncmp(suggestion->typed, name, length) == 0;
    const size_t apart = begins ? 1 : distance(suggestion->typed, name);
    if (apart > least(3, length > 3 ? (length + 2) / 3 : 1))
        return;
    if (!suggestion->best || apart < suggestion->distance) {
        suggestion->best = name;
        suggestion->distance = apart;
    }
}
