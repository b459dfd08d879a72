/* intake_decimal.c - see intake.h: is 1.234 a thousand and more, or one and a bit?
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where a semicolon separates, a decimal comma is likely and a decimal point possible, and a mark
 * with three digits behind it can be either. What decides, in this order: the user or the mapping;
 * the range (a confidence of 1.000 is no thousand); the other values of the column: 12,5 speaks for
 * the comma, 0.75 for the point. The whole column is asked, so that the order of rows changes
 * nothing: the file is gone through once more, when the first such value comes. When the column
 * says nothing, or both, the row is rejected: nobody can tell.
 */
#include "loaders/intake_inside.h"
#include "loaders/value.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

struct spil_column_signs {
    bool comma, point;
};

/* ---- what the columns say ---- */

static void take_signs(struct spil_column_signs *signs, const spil_row *row)
{
    for (size_t i = 0; i < row->count; i++) {
        const spil_decimal_sign sign = spil_value_decimal_sign(row->fields[i]);
        signs[i].comma |= sign == SPIL_SIGN_COMMA;
        signs[i].point |= sign == SPIL_SIGN_POINT;
    }
}

static spil_status look_through(const spil_intake *intake, struct spil_column_signs *signs,
                                spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_byte_source *source = NULL;
    spil_text_reader *reader = NULL;
    spil_row row;
    bool got = false;
    TRY(spil_byte_source_again(&source, spil_text_reader_source(intake->reader), err));
    rc = spil_text_reader_new(&reader, source, intake->header.path, err); /* takes source */
    for (; rc == SPIL_OK; rc = spil_check_stop(err)) {
        TRY(spil_text_reader_next(reader, &row, &got, err));
        if (!got)
            break;
        if (!row.reason && row.count == intake->header.count)
            take_signs(signs, &row);
    }
done:
    spil_text_reader_free(reader);
    return rc;
}

static bool ask_column(spil_intake *intake, int column, struct spil_column_signs *out)
{
    struct spil_intake_room *const room = intake->room;
    if (!room->signs) {
        spil_status rc = NEW_ARRAY(room->signs, intake->header.count, &room->look_failed);
        if (rc == SPIL_OK)
            rc = look_through(intake, room->signs, &room->look_failed);
        if (rc != SPIL_OK)
            return false;
    }
    *out = room->signs[column];
    return true;
}

spil_status spil_intake_decimal_status(spil_intake *intake, spil_err *err)
{
    const spil_err *const failed = &intake->room->look_failed;
    return failed->code == SPIL_OK ? SPIL_OK : spil_fail(err, failed->code, "%s", failed->msg);
}

/* ---- a value ---- */

static bool within(double value, double least, double most)
{
    return value >= least && value <= most;
}

/* One mark with three digits behind it; *value: read with decimals. */
static bool settle(spil_intake *intake, int column, const char *text, double least, double most,
                   double *value)
{
    const double thousands = round(*value * 1000);
    const bool comma = strchr(text, ',') != NULL;
    struct spil_column_signs signs = {false, false};
    if (!within(*value, least, most) || !within(thousands, least, most)) {
        if (within(thousands, least, most))
            *value = thousands;
        return true;
    }
    if (column != SPIL_NO_COLUMN && !ask_column(intake, column, &signs))
        return false;
    if (signs.comma == signs.point && (signs.comma || !comma)) {
        spil_intake_complain(intake, column,
                             "'%.60s' can be a thousand and more, or a number with decimals, and "
                             "the other values of the column %s; expected --decimal comma or "
                             "--decimal point, or the same in a mapping",
                             text, signs.comma ? "are written in both ways" : "do not tell");
        return false;
    }
    const bool decimals = signs.comma == signs.point || signs.comma == comma;
    if (!decimals)
        *value = thousands;
    return true;
}

/* "'often' is no number; expected one from 0 to 1" */
static void complain_no_number(spil_intake *intake, int column, const char *text,
                               spil_decimal decimal, double least, double most)
{
    const bool comma = decimal == SPIL_DECIMAL_POINT && strchr(text, ',');
    char expected[64];
    if (most < 1e300) /* else there is no range to speak of */
        (void)snprintf(expected, sizeof expected, "one from %g to %g", least, most);
    else
        (void)snprintf(expected, sizeof expected, "one such as %s",
                       decimal == SPIL_DECIMAL_COMMA    ? "1.234,5"
                       : decimal == SPIL_DECIMAL_EITHER ? "1234.5 or 1.234,5"
                                                        : "1234.5");
    spil_intake_complain(intake, column, "'%.80s' is no number; expected %s%s", text, expected,
                         comma ? " (a decimal comma is understood where ; separates, or with "
                                 "--decimal comma)"
                               : "");
}

bool spil_intake_decimal(spil_intake *intake, int column, const char *text, spil_decimal decimal,
                         double least, double most, double *out)
{
    double value;
    if (!spil_value_decimal(text, decimal, &value)) {
        complain_no_number(intake, column, text, decimal, least, most);
        return false;
    }
    if (decimal == SPIL_DECIMAL_EITHER && spil_value_decimal_sign(text) == SPIL_SIGN_UNDECIDED &&
        !settle(intake, column, text, least, most, &value))
        return false;
    if (!within(value, least, most)) {
        spil_intake_complain(intake, column, "'%.80s' is outside the range %g to %g", text, least,
                             most);
        return false;
    }
    *out = value;
    return true;
}
