/* model_tools.h - the actions of `spil model`, one file or a few each.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_CLI_MODEL_TOOLS_H
#define SPIL_CLI_MODEL_TOOLS_H

#include "engine/barriers/model.h"
#include "engine/base/str.h"
#include "reports/report.h"

/* The chain in a terminal: steps, who is needed, what shows, what stops. model_show.c */
void spil_tell_model(const spil_model *model, spil_lang lang);

/* Tells every fault of the file with its line and a mark under the place, and what is no fault but
 * weak; *faults: how many. model_check.c */
spil_status spil_tell_faults(const char *path, size_t *faults, spil_err *err) SPIL_CHECKED;

/* What `spil model new` was given; NULL: ask. */
typedef struct spil_model_wish {
    const char *id, *from, *name_nl, *name_en, *steps;
    bool yes; /* ask nothing */
} spil_model_wish;

/* A model made from answers on standard input: text of a valid file. model_new.c */
spil_status spil_model_ask(spil_str *out, const spil_model_wish *wish, spil_err *err) SPIL_CHECKED;

#endif
