/* partner_guard.h - nobody on a partner's list is known by what is told of him.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A target that goes by a pseudonym can still be recognised by a rare combination of what is told:
 * the one farm in the third step of one crime. After the guard each such row has, in all the cells
 * that describe it, at least k - 1 rows by pseudonym that read the same, and so in any part of them
 * (k-anonymity, Samarati & Sweeney 1998). Where fewer read alike, their cells are withheld one
 * column after another, what is needed to act last; rows that are still too few leave the list.
 * Rows that name their target openly are not concerned.
 */
#ifndef SPIL_REPORTS_PARTNER_GUARD_H
#define SPIL_REPORTS_PARTNER_GUARD_H

#include "reports/partner_list.h"

/* Whether the column describes the target. Not: its pseudonym, its place and figures, which are of
 * our own making and known nowhere else, and the status. */
bool spil_partner_describes(spil_partner_field field);

/* Cells that are withheld read `word`. Counts blurred and kept_back of the list. Rows by pseudonym
 * are few, columns a dozen: O(columns x rows). */
spil_status spil_partner_guard(spil_partner_list *list, size_t k, const char *word,
                               spil_err *err) SPIL_CHECKED;

#endif
