/* wishes.h - what people ask of a list of actions beside hours and money, and what a list may hold
 * at one place: rows, kept with the run, and turned into limits (limit.h).
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     must        A510  closure_storage                         it is on the list
 *     must_not    P12                                           nothing is done at P12
 *     after       A510  closure_storage   A510  search          only with, and after, that search
 *     apart       A510  closure_storage   C7    permit          not both
 *     not_before  A510  search            2026-02-01            no work on it before that day
 *
 * An empty barrier: any of the entity's actions. A barrier may serve several steps or models: one
 * of its actions is enough for a must, all of them are meant by the others.
 *
 * With a period of so many days, an action whose lead time is longer is left out, and at one
 * address no more actions that people see than fit with gap days between them (1 + days / gap).
 * What is done to a person or company is seen where they live or are registered.
 */
#ifndef SPIL_RUN_WISHES_H
#define SPIL_RUN_WISHES_H

#include "engine/base/str.h"
#include "engine/run/choosing.h"

typedef enum spil_wish_kind {
    SPIL_WISH_MUST,
    SPIL_WISH_MUST_NOT,
    SPIL_WISH_AFTER,
    SPIL_WISH_APART,
    SPIL_WISH_NOT_BEFORE,
    SPIL_WISH_KINDS
} spil_wish_kind;

extern const char *const spil_wish_words[SPIL_WISH_KINDS];

typedef struct spil_wish {
    spil_wish_kind kind;
    const char *key, *barrier;             /* barrier "": any */
    const char *other_key, *other_barrier; /* "" where the kind has none */
    spil_day day;                          /* SPIL_NO_DAY where the kind has none */
    const char *where;                     /* "--must" or "wishes.csv:3", for messages */
} spil_wish;

typedef struct spil_wishes spil_wishes;

spil_status spil_wishes_new(spil_wishes **out, spil_err *err) SPIL_CHECKED;
void spil_wishes_free(spil_wishes *wishes);
/* Texts are copied. */
spil_status spil_wishes_add(spil_wishes *wishes, const spil_wish *row, spil_err *err) SPIL_CHECKED;
/* NULL: none. Borrowed. */
size_t spil_wishes_count(const spil_wishes *wishes);
const spil_wish *spil_wishes_at(const spil_wishes *wishes, size_t at);
/* A list of JSON objects, and back from the options of a run (JSON text; a run without wishes gives
 * none). */
spil_status spil_wishes_write(const spil_wishes *wishes, spil_str *out, spil_err *err) SPIL_CHECKED;
spil_status spil_wishes_read(spil_wishes **out, const char *options, spil_err *err) SPIL_CHECKED;

/* Whether the wish speaks of this action of the case: its first side, or the other. */
bool spil_wish_means(const spil_wish *wish, bool other, const spil_facts *facts,
                     const spil_action_row *row);

/* The addresses where an entity is seen: itself, or where it lives or is registered. */
typedef struct spil_places {
    size_t *row; /* entity_count + 1 */
    uint32_t *address;
} spil_places;
spil_status spil_places_find(spil_places *out, const spil_facts *facts, spil_err *err) SPIL_CHECKED;
void spil_places_clear(spil_places *places);
bool spil_places_share(const spil_places *places, uint32_t a, uint32_t b);

typedef struct spil_limits spil_limits;

/* Limits for the choices of the case; opts: wishes, days and gap_days are read. SPIL_NOT_FOUND when
 * a key is not in the case, SPIL_INPUT when there is no such action for a must. wishes: borrowed by
 * the result. */
spil_status spil_limits_make(spil_limits **out, const spil_choosing *from,
                             const spil_list_opts *opts, spil_err *err) SPIL_CHECKED;
void spil_limits_free(spil_limits *limits);
/* Puts them into opts, which then borrow them. */
void spil_limits_use(const spil_limits *limits, spil_list_opts *opts);
/* All but the musts: for lists that lack a partner. */
void spil_limits_use_but_musts(const spil_limits *limits, spil_list_opts *opts);

#endif
