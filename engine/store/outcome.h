/* outcome.h - what was done, and what came of it. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An outcome belongs to a barrier of a model's step, raised by a partner against an entity on a
 * day; no run is needed, so that it stays when the analysis that proposed it goes. When the entity
 * is purged its outcomes stay as numbers, without entity and note.
 */
#ifndef SPIL_STORE_OUTCOME_H
#define SPIL_STORE_OUTCOME_H

#include "engine/store/store.h"

typedef enum spil_outcome_result {
    SPIL_OUTCOME_WORKS, /* the entity no longer serves the step */
    SPIL_OUTCOME_FAILS,
    SPIL_OUTCOME_UNKNOWN,
    SPIL_OUTCOME_RESULTS
} spil_outcome_result;
/* "works", "fails", "unknown", and back; false for another word. */
const char *spil_outcome_word(spil_outcome_result result);
bool spil_outcome_find(const char *word, spil_outcome_result *out);

typedef struct spil_outcome {
    int64_t id; /* given by the store */
    const char *model, *step, *barrier, *partner;
    const char *key, *label; /* of the entity; "" when it was purged. label: set when reading */
    spil_day day;
    bool done;
    spil_outcome_result result; /* unknown unless done */
    double hours;               /* of the partner; NaN: not stated */
    const char *reporter, *note;
} spil_outcome;

typedef enum spil_outcome_put {
    SPIL_OUTCOME_NEW,
    SPIL_OUTCOME_CHANGED, /* there was a word on it; this one overrules */
    SPIL_OUTCOME_SAME,    /* the very same word is there */
    SPIL_OUTCOME_PUTS
} spil_outcome_put;

/* Inside a transaction; with its audit entry (none for SAME), which names the reporter and no
 * entity. SPIL_NOT_FOUND when nobody has the key; SPIL_INPUT when reporter or day is missing, or a
 * result stands beside what was not done. */
spil_status spil_store_put_outcome(spil_store *store, const spil_outcome *row,
                                   spil_outcome_put *what, spil_err *err) SPIL_CHECKED;
/* The newest other day on which the same is on record as done to the same entity; SPIL_NO_DAY:
 * none. Who says it again may mean the same action, which would then count twice. */
spil_status spil_store_outcome_other_day(spil_store *store, const spil_outcome *row, spil_day *day,
                                         spil_err *err) SPIL_CHECKED;
/* By day, model, step, barrier, partner, key; texts are borrowed for the call. Stops at the first
 * failure of each. */
spil_status spil_store_each_outcome(spil_store *store,
                                    spil_status (*each)(const spil_outcome *row, void *user,
                                                        spil_err *err),
                                    void *user, spil_err *err) SPIL_CHECKED;

#endif
