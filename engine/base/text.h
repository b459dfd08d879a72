/* text.h - small things about texts and dates that must not depend on the locale.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Spil never calls setlocale, so printf and strtod stay in the C locale whatever LC_ALL says.
 */
#ifndef SPIL_BASE_TEXT_H
#define SPIL_BASE_TEXT_H

#include "engine/base/err.h"

/* The whole text is a finite number / an unsigned integer up to max. No surrounding blanks. */
bool spil_parse_double(const char *text, double *out);
bool spil_parse_uint(const char *text, uint64_t max, uint64_t *out);

/* Days since 1970-01-01 of a proleptic Gregorian date, and back ("2024-12-31", 11 bytes with NUL).
 * The parser takes YYYY-MM-DD alone; loaders understand more. */
typedef int32_t spil_day;
#define SPIL_NO_DAY INT32_MIN
bool spil_parse_day(const char *text, spil_day *out);
bool spil_day_from_civil(int year, int month, int day, spil_day *out);
void spil_format_day(spil_day day, char out[16]); /* "" for SPIL_NO_DAY */

/* Well-formed UTF-8 without NUL. */
bool spil_utf8_valid(const char *text, size_t length);
/* A spreadsheet may run a cell that begins so: = + - @, also full width, a tab or a line end. */
bool spil_starts_formula(const char *text);
/* In place: bytes that are no UTF-8 and control characters become '?', so that texts of a file can
 * be shown on a terminal, in one line. */
void spil_make_printable(char *text);
/* Order of texts in which runs of digits compare as numbers: "P2" < "P10". Total: equal only when
 * the same. */
int spil_compare_natural(const char *a, const char *b);
/* ASCII case folding only. */
bool spil_text_equal_nocase(const char *a, const char *b);

#endif
