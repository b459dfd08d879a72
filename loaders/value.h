/* value.h - texts of an export as numbers and dates, whatever the country's habit.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_LOADERS_VALUE_H
#define SPIL_LOADERS_VALUE_H

#include "engine/base/text.h"

/* What parts the whole from its decimals. */
typedef enum spil_decimal {
    SPIL_DECIMAL_POINT,  /* 1234.5 */
    SPIL_DECIMAL_EITHER, /* that, and 1234,5; 1.234,5 and 1.234.567 have groups of thousands,
                          * 1.234 is a decimal number. Of a column: see intake_decimal.c */
    SPIL_DECIMAL_COMMA   /* 1234,5 alone: 1.234 is a thousand and more, 12.5 is none */
} spil_decimal;

/* Blanks around it, a sign of currency before it and ",-" behind it are passed over; a blank may
 * part thousands too. SPIL_DECIMAL_POINT takes the bare number alone. */
bool spil_value_decimal(const char *text, spil_decimal decimal, double *out);
/* What the marks in a number say of how its column writes numbers. */
typedef enum spil_decimal_sign {
    SPIL_SIGN_NONE,      /* nothing, or it is no number */
    SPIL_SIGN_POINT,     /* decimals behind a point: 1.5, 0.125, 1234.567 */
    SPIL_SIGN_COMMA,     /* behind a comma, or thousands parted: 1,5, 1.234,5, 1.234.567 */
    SPIL_SIGN_UNDECIDED, /* one mark and three digits behind it, 1.234 or 1,234: a thousand and
                          * more, or one and a bit */
} spil_decimal_sign;
spil_decimal_sign spil_value_decimal_sign(const char *text);
/* comma: "12,5" is a number too (files separated by semicolons): SPIL_DECIMAL_EITHER. */
bool spil_value_number(const char *text, bool comma, double *out);

typedef enum spil_day_order { SPIL_DAY_FIRST, SPIL_MONTH_FIRST, SPIL_YEAR_FIRST } spil_day_order;

/* How dates are written where the text alone does not tell. */
typedef struct spil_day_form {
    spil_day_order order; /* of 1-2-2024 and 24/1/2 */
    int pivot;            /* years of two digits: below it 20yy, from it on 19yy; 0..100 */
} spil_day_form;

enum { SPIL_YEAR_PIVOT = 50 };
#define SPIL_DAY_FORM_DEFAULT                                                                      \
    {                                                                                              \
        SPIL_DAY_FIRST, SPIL_YEAR_PIVOT                                                            \
    }

/* 2024-12-31, 31-12-2024, 31/12/24, 31.12.2024, 20241231, 31 december 2024, 31-dec-2024, with or
 * without a time behind it. A year of four digits in front is always year, month, day. */
bool spil_value_day_as(const char *text, const spil_day_form *form, spil_day *out);
/* Day before month, years of two digits below 50 are 20yy. */
bool spil_value_day(const char *text, spil_day *out);
/* For messages. */
#define SPIL_VALUE_DAY_FORMS "2024-12-31, 31-12-2024, 31/12/24 or 20241231"

#endif
