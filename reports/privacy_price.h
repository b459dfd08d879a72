/* privacy_price.h - what withholding costs a partner: how its order agrees with the full one.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two questions, each answered by Kendall's tau-b over all targets of the partner on the list,
 * whatever was decided on them:
 *   fields   in what order can the partner put its targets from what it is told? `order` and `gain`
 *            tell it; else it multiplies what it is told of harm (crime), of the chance that the
 *            action works and of the told facts (reasons), and a field that is closed counts the
 *            same for all.
 *   facts    in what order would they stand if the rows of an owner, or all targets of a kind, had
 *            not been there? An entity's gain is then cut by the share of its contributions that
 *            rest on them. The rest is not worked out again: communities and chains stay.
 * NAN: no order can be made.
 */
#ifndef SPIL_REPORTS_PRIVACY_PRICE_H
#define SPIL_REPORTS_PRIVACY_PRICE_H

#include "reports/disclosure.h"

typedef enum spil_price_of { SPIL_PRICE_FIELD, SPIL_PRICE_OWNER, SPIL_PRICE_KIND } spil_price_of;

typedef struct spil_price_row {
    spil_price_of of;
    unsigned field, kind;    /* of a field, of a kind */
    const char *owner;       /* "": sources without one; borrowed from the result */
    bool open;               /* to the partner */
    double with_it, without; /* agreement with the full order */
} spil_price_row;

typedef struct spil_privacy_price {
    size_t targets;
    double told; /* the order the partner can make itself, from what is open now */
    double open; /* the order by facts that are open to it: no closed owner, no closed kind */
    spil_price_row *rows;
    size_t row_count;
} spil_privacy_price;

spil_status spil_privacy_price_of(spil_privacy_price *out, const spil_result *result,
                                  const spil_disclosed *to, spil_err *err) SPIL_CHECKED;
void spil_privacy_price_clear(spil_privacy_price *price);

/* The row whose absence costs most among those that are closed; NULL when none is. */
const spil_price_row *spil_privacy_dearest(const spil_privacy_price *price);

#endif
