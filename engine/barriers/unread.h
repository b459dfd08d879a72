/* unread.h - recorded roles and signals that no model reads: told, so that nothing falls away in
 * silence. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A role is read when a model has its step and role; a signal when a step of a model has its code
 * and takes it from that kind of entity. The rest is in the store and in every export, but no score
 * rests on it: a typing error in an export, or a model that is not in the folder.
 */
#ifndef SPIL_BARRIERS_UNREAD_H
#define SPIL_BARRIERS_UNREAD_H

#include "engine/barriers/model.h"
#include "engine/store/facts.h"

typedef enum spil_unread_why {
    SPIL_UNREAD_ROLE,        /* no model has this role; what: "model/step/role" */
    SPIL_UNREAD_SIGNAL,      /* no model has this code; what: the code */
    SPIL_UNREAD_SIGNAL_KIND, /* some model has the code, but not of this kind of entity */
    SPIL_UNREAD_WHY_COUNT
} spil_unread_why;

typedef struct spil_unread_row { /* rows that name the same and go unread for the same reason */
    spil_unread_why why;
    spil_entity_kind kind; /* with SPIL_UNREAD_SIGNAL_KIND; else SPIL_ENTITY_KIND_COUNT */
    const char *what;
    uint64_t rows;
    spil_origin first; /* of the first in the order of the facts */
} spil_unread_row;

typedef struct spil_unread {
    spil_unread_row *rows; /* by why, what, kind */
    size_t count;
    uint64_t all; /* rows together */
    spil_arena *arena;
} spil_unread;

/* Time: O((roles + signals) + distinct ones x models x steps x signals). */
spil_status spil_unread_find(spil_unread **out, const spil_facts *facts,
                             const spil_model_set *models, spil_err *err) SPIL_CHECKED;
void spil_unread_free(spil_unread *unread);

/* Where the models have the recorded role; false when none has. */
bool spil_role_place(const spil_model_set *models, const spil_role *row, size_t *model,
                     size_t *step, size_t *role);

#endif
