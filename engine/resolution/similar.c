/* similar.c - see similar.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/resolution/similar.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { LONGEST = 64, PREFIX = 4 };

static size_t length_of(const char *text)
{
    return strnlen(text, LONGEST);
}

/* Letters of the marked places, in order, that differ at equal rank. */
static size_t out_of_order(const char *a, uint64_t in_a, const char *b, uint64_t in_b)
{
    size_t count = 0, i = 0, j = 0;
    for (; in_a; in_a >>= 1, i++) {
        if (!(in_a & 1))
            continue;
        for (; !(in_b & 1); in_b >>= 1)
            j++;
        count += a[i] != b[j];
        in_b >>= 1;
        j++;
    }
    return count;
}

double spil_jaro(const char *a, const char *b)
{
    const size_t la = length_of(a), lb = length_of(b);
    const size_t longer = la > lb ? la : lb;
    if (la == 0 || lb == 0)
        return la == lb;
    const size_t reach = longer / 2 > 0 ? longer / 2 - 1 : 0;
    uint64_t at[256], in_a = 0, in_b = 0; /* at: places of a letter in b; set where it is asked */
    size_t matches = 0;
    for (size_t i = 0; i < la; i++)
        at[(unsigned char)a[i]] = 0;
    for (size_t j = 0; j < lb; j++)
        at[(unsigned char)b[j]] = 0;
    for (size_t j = 0; j < lb; j++)
        at[(unsigned char)b[j]] |= UINT64_C(1) << j;
    for (size_t i = 0; i < la; i++) {
        const size_t from = i > reach ? i - reach : 0, width = i + reach + 1 - from;
        const uint64_t window = (width < 64 ? (UINT64_C(1) << width) - 1 : ~UINT64_C(0)) << from;
        const uint64_t free = at[(unsigned char)a[i]] & window & ~in_b;
        in_a |= (uint64_t)(free != 0) << i;
        in_b |= free & (~free + 1); /* the first of them */
        matches += free != 0;
    }
    if (matches == 0)
        return 0;
    const double m = (double)matches, half = (double)(out_of_order(a, in_a, b, in_b) / 2);
    return (m / (double)la + m / (double)lb + (m - half) / m) / 3;
}

double spil_jaro_winkler(const char *a, const char *b)
{
    const double jaro = spil_jaro(a, b);
    size_t same = 0;
    while (same < PREFIX && a[same] && a[same] == b[same])
        same++;
    return jaro + 0.1 * (double)same * (1 - jaro);
}

bool spil_within_one_edit(const char *a, const char *b)
{
    while (*a && *a == *b) {
        a++;
        b++;
    }
    if (!*a || !*b)
        return strlen(a) + strlen(b) <= 1;
    if (strcmp(a + 1, b + 1) == 0 || strcmp(a + 1, b) == 0 || strcmp(a, b + 1) == 0)
        return true;
    return a[0] == b[1] && a[1] == b[0] && strcmp(a + 2, b + 2) == 0;
}

bool spil_close(const char *a, const char *b)
{
    if (spil_jaro_winkler(a, b) >= 0.90)
        return true;
    return length_of(a) >= 4 && length_of(b) >= 4 && spil_within_one_edit(a, b);
}
