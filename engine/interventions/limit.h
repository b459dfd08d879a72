/* limit.h - what a list of actions must and must not hold, beside the hours and the money.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Actions are positions in the choices (target.h). A limit names one or two sets of them:
 *
 *     MOST    no more than `most` of `of`          (0: none of them: must-not)
 *     MUST    at least one of `of`
 *     AFTER   whoever is of `of` only beside one of `by`    (not before that search)
 *     APART   nobody of `of` beside anybody of `by`
 *
 * One that stands in both sets of a limit meets AFTER by itself and is not apart from itself.
 *
 * A room is what is still allowed while a list grows: hours left, money left, groups taken, and for
 * each limit how many of either set are in. Taking and dropping undo each other. Settling finds, by
 * trying members in their order and turning back where that leads nowhere, actions that meet every
 * MUST and AFTER still open.
 */
#ifndef SPIL_INTERVENTIONS_LIMIT_H
#define SPIL_INTERVENTIONS_LIMIT_H

#include "engine/interventions/target.h"

typedef enum spil_limit_kind {
    SPIL_LIMIT_MOST,
    SPIL_LIMIT_MUST,
    SPIL_LIMIT_AFTER,
    SPIL_LIMIT_APART
} spil_limit_kind;

/* Open struct; ascending positions without repeats, borrowed. */
struct spil_limit {
    spil_limit_kind kind;
    const uint32_t *of, *by;
    size_t of_count, by_count, most;
    const char *text; /* who asked for it, for messages; NULL: nobody in particular */
};

/* Which limits an action stands in: rows by action. Shared by all rooms of one problem. */
typedef struct spil_limit_table {
    const spil_choice *choices;
    const spil_list_opts *opts;
    const uint32_t *group; /* by action: number of its excluding group, or UINT32_MAX */
    size_t count, group_count;
    size_t *row; /* count + 1 */
    uint32_t *limit;
    uint8_t *side; /* 0: of, 1: by */
} spil_limit_table;

/* group: borrowed. Caller: spil_limit_table_clear, in every case. */
spil_status spil_limit_table_make(spil_limit_table *out, const spil_choice *choices, size_t count,
                                  const uint32_t *group, size_t group_count,
                                  const spil_list_opts *opts, spil_err *err) SPIL_CHECKED;
void spil_limit_table_clear(spil_limit_table *table);

typedef struct spil_room {
    const spil_limit_table *table;
    double hours[SPIL_PARTNER_COUNT], money; /* left */
    uint8_t *chosen;                         /* by action */
    uint8_t *taken;                          /* by group */
    uint32_t *in;                            /* 2 a limit: of, by */
    uint32_t *trail;                         /* what was taken, in order */
    size_t trail_count;
} spil_room;

/* Caller: spil_room_clear, in every case. */
spil_status spil_room_make(spil_room *room, const spil_limit_table *table,
                           spil_err *err) SPIL_CHECKED;
void spil_room_clear(spil_room *room);
void spil_room_empty(spil_room *room);

/* Whether it may be taken now, AFTER left aside. Once false it stays false as the list grows. */
bool spil_room_fits(const spil_room *room, uint32_t action);
/* Whether an AFTER still asks for another one first. */
bool spil_room_waits(const spil_room *room, uint32_t action);
void spil_room_take(spil_room *room, uint32_t action);
void spil_room_drop_to(spil_room *room, size_t trail_count);
/* Takes what every open MUST and AFTER asks for. False, and the room as it was: there is nothing
 * that meets them all, or it was not found in so many tries. *open: a limit that stood open at the
 * last; NULL allowed. */
bool spil_room_settle(spil_room *room, size_t tries, size_t *open);

#endif
