/* returns.h - what hours bring in a case, as the three numbers that dividing over regions needs.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A list is chosen for so many hours, whichever partner's they are, and its gain taken:
 *
 *     harm   what all processes of the newest analysis stand for, over its draws
 *     reach  the part of it that all actions together take away
 *     half   the least hours whose list takes away half of that; its 5% and 95% points over the
 *            draws in which that list and the list of all actions are looked at
 *
 * Between those points allocate.h takes the curve 1 - 2^(-x / half): `misfit` says how far lists at
 * a quarter, twice and four times the hours are from it. Hours of partners are not told apart, so
 * this is the best that a region could do with them.
 */
#ifndef SPIL_RUN_RETURNS_H
#define SPIL_RUN_RETURNS_H

#include "engine/interventions/allocate.h"
#include "engine/store/store.h"

typedef struct spil_returns {
    spil_allocate_number harm, half;
    double reach;
    double misfit; /* as a part of harm x reach */
} spil_returns;

/* SPIL_NOT_FOUND without an analysis; SPIL_INPUT when files came in since, or there is nothing to
 * do in it. */
spil_status spil_returns_find(spil_returns *out, spil_store *store, spil_err *err) SPIL_CHECKED;

#endif
