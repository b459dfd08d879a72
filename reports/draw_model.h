/* draw_model.h - a barrier model as a drawing: its steps from top to bottom, who is needed on the
 * left, what can stop it on the right. SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     roles    (1) Step        barriers
 *               |
 *     roles    (2) Step        barriers      ways to one end share a line along them;
 *                                            optional steps have a broken rim
 */
#ifndef SPIL_REPORTS_DRAW_MODEL_H
#define SPIL_REPORTS_DRAW_MODEL_H

#include "reports/report.h"

/* Appends a whole SVG document that needs nothing from outside. */
spil_status spil_draw_model(spil_str *out, const spil_model *model, spil_lang lang,
                            spil_err *err) SPIL_CHECKED;

#endif
