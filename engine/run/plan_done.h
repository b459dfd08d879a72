/* plan_done.h - what is on record as done of a plan. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An outcome (outcome.h) belongs to an action of the plan when it tells of the same barrier of the
 * same step, by the same partner, against the same entity, on whatever day: the last word counts,
 * and hours add up over the days on which it was done.
 */
#ifndef SPIL_RUN_PLAN_DONE_H
#define SPIL_RUN_PLAN_DONE_H

#include "engine/run/plan.h"

/* Fills the records of the items, done and hours_done of the partners, and the plan's tally. */
spil_status spil_plan_mark_done(spil_plan *plan, spil_store *store, spil_err *err) SPIL_CHECKED;

#endif
