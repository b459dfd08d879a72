/* moved.h - the assumed numbers that move the ranking most, kept with the analysis they are of.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Kept as figures of the run, so that a report can tell them: for each number, in order,
 *     sensitivity.places/NAME  sensitivity.kept/NAME  sensitivity.share/NAME
 * where NAME is model.step.item.number, as `spil sensitivity` prints it.
 */
#ifndef SPIL_RUN_MOVED_H
#define SPIL_RUN_MOVED_H

#include "engine/barriers/sensitivity.h"
#include "engine/base/str.h"
#include "engine/run/result_draft.h"
#include "engine/store/results.h"

enum { SPIL_MOVED_KEPT = 10 }; /* numbers */

/* "cannabis_cultivation.power.power_theft.lr", in the place of what out held. */
void spil_moved_name(spil_str *out, const spil_model_set *models, const spil_number *number);

/* The first ten, in the place of those that the run had. One transaction. */
spil_status spil_moved_keep(spil_store *store, int64_t run, const spil_model_set *models,
                            const spil_sensitivity *found, spil_err *err) SPIL_CHECKED;

/* Fills the result's rows from the figures; none when nothing was kept. */
spil_status spil_draft_moved(const spil_draft *draft, spil_err *err) SPIL_CHECKED;

#endif
