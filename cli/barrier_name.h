/* barrier_name.h - a barrier as people name it: its id, with model and step where that is not
 * enough. SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_CLI_BARRIER_NAME_H
#define SPIL_CLI_BARRIER_NAME_H

#include "engine/barriers/model.h"
#include "engine/base/str.h"

typedef struct spil_barrier_place {
    const spil_model *model;
    const spil_model_step *step;
    const spil_model_barrier *barrier; /* all borrowed from the set */
} spil_barrier_place;

/* The one barrier with this id; model and step narrow it down, NULL or "": any. False when there is
 * none or are several: *why then says so ("...; expected ..."). */
bool spil_barrier_named(spil_barrier_place *out, const spil_model_set *models, const char *model,
                        const char *step, const char *barrier, spil_str *why);

/* The models of the folder; NULL: those that ship. Caller: spil_model_set_free. */
spil_status spil_models_given(spil_model_set **out, const char *folder, spil_err *err) SPIL_CHECKED;

#endif
