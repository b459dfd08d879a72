/* plan_files.h - a plan for other programs: a calendar and a workbook.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * iCalendar (RFC 5545, through libical): an event for each action, from the day that work begins to
 * the day that the action stands. Its stamp is the plan's first day, not the clock. A partner alone
 * (SPIL_PARTNER_COUNT: all) may be asked for, so that each gets its own calendar.
 */
#ifndef SPIL_REPORTS_PLAN_FILES_H
#define SPIL_REPORTS_PLAN_FILES_H

#include "engine/run/plan.h"
#include "reports/report.h"

/* What the files need to know beside the plan. */
typedef struct spil_plan_words {
    const spil_model_set *models; /* names of barriers and steps */
    spil_lang lang;
    spil_day start;
    const char *fingerprint; /* of the run: makes the events' ids */
} spil_plan_words;

/* Name of the barrier in the language; its id when the model file lacks it. */
const char *spil_plan_action(const spil_plan_words *words, const spil_plan_item *item);

spil_status spil_plan_calendar(const spil_plan *plan, const spil_plan_words *words,
                               spil_partner partner, spil_str *out, spil_err *err) SPIL_CHECKED;
spil_status spil_plan_workbook(const spil_plan *plan, const spil_plan_words *words, spil_str *out,
                               spil_err *err) SPIL_CHECKED;

#endif
