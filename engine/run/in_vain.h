/* in_vain.h - what was looked for in a community and not found, with the records that say that
 * somebody looked. SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_RUN_IN_VAIN_H
#define SPIL_RUN_IN_VAIN_H

#include "engine/run/part.h"
#include "engine/run/reopen.h"

/* A family of signals of a step, none of which was found; told by the signal of it that says most.
 */
typedef struct spil_vain_family {
    const spil_model_step *step;
    const spil_model_signal *signal;
    size_t members, looked; /* that it could be seen at; of them with a look on record */
    double looks;           /* in all */
    double ratio;           /* what they multiply the odds of the step by, below 1 */
    size_t first, count;    /* records[first .. first + count): a look each */
} spil_vain_family;

/* Open struct; texts live in the model. */
typedef struct spil_in_vain {
    bool on_record;          /* somebody recorded a look, at whomever */
    spil_vain_family *items; /* lowest ratio first; ties as the model has them */
    size_t count;
    spil_record *records;
    size_t record_count;
} spil_in_vain;

/* model: a set of the one model that the community is held against. Clear in every case. */
spil_status spil_in_vain_find(spil_in_vain *out, const spil_reopened *it, uint32_t community,
                              const spil_model_set *model, spil_err *err) SPIL_CHECKED;
void spil_in_vain_clear(spil_in_vain *it);

#endif
