/* portfolio.h - what each partner brings to a list of targets, kept with the list's run.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * To work it out lists are chosen anew, one or two a partner: seconds on a large region. So it is
 * done once, when the list is made, and stays with the run as figures (words.h): whoever shows the
 * list reads them. Gains are on the scale of the list's.
 */
#ifndef SPIL_RUN_PORTFOLIO_H
#define SPIL_RUN_PORTFOLIO_H

#include "engine/interventions/target.h"
#include "engine/store/results.h"

typedef struct spil_result_share { /* of one partner */
    double credit, error;          /* its share of the gain (credit.h), and its sampling error */
    double without;                /* gain of the list that the others would make */
    double more;                   /* what more_hours of its time would add; NAN: it has no limit */
} spil_result_share;

typedef struct spil_result_portfolio {
    bool known; /* false: the list has none kept, as when it is empty */
    double more_hours;
    spil_result_share partners[SPIL_PARTNER_COUNT];
} spil_result_portfolio;

/* Works it out for the newest list, in a transaction of its own, in the place of what was kept. */
spil_status spil_portfolio_keep(spil_store *store, spil_progress *progress,
                                spil_err *err) SPIL_CHECKED;

/* As it was kept with the list in `rows`. */
spil_result_portfolio spil_portfolio_read(const spil_results *rows);

#endif
