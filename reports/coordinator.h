/* coordinator.h - the page of whoever hands over the lists: to each partner how much was withheld,
 * and what that costs. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It holds figures alone: nobody's name or key, so that it may lie on the table while the
 * disclosure file is talked over.
 *
 *     spil_coordinator_begin(&pen); spil_coordinator_partner(&pen, list, price); ... _end(&pen);
 */
#ifndef SPIL_REPORTS_COORDINATOR_H
#define SPIL_REPORTS_COORDINATOR_H

#include "reports/partner_list.h"
#include "reports/privacy_price.h"
#include "reports/say.h"

/* pen->html must be set; errors stick in pen->out. */
void spil_coordinator_begin(const spil_pen *pen);
void spil_coordinator_partner(const spil_pen *pen, const spil_partner_list *list,
                              const spil_privacy_price *price);
void spil_coordinator_end(const spil_pen *pen);

/* "owner: tax" and the like, as the pen writes. */
void spil_say_price_row(const spil_pen *pen, const spil_price_row *row);

#endif
