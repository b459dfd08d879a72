/* value.h - texts of an export as numbers and dates, whatever the country's habit.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_LOADERS_VALUE_H
#define SPIL_LOADERS_VALUE_H

#include "engine/base/text.h"

/* comma: "12,5" is a number too (files separated by semicolons). Groups of thousands are none. */
bool spil_value_number(const char *text, bool comma, double *out);
/* 2024-12-31, 31-12-2024, 31/12/2024, 31.12.2024, 20241231, and the first with a time behind it.
 * Day before month always; a year of two digits is no date. */
bool spil_value_day(const char *text, spil_day *out);
/* For messages. */
#define SPIL_VALUE_DAY_FORMS "2024-12-31, 31-12-2024, 31/12/2024 or 20241231"

#endif
