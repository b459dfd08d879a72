/* greedy.h - one list of actions, taken greedily; for choose.c alone.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Of a chain with value V a draw keeps the part Q = prod(1 - gain / V) after the actions chosen so
 * far; an action adds Q x gain. What it adds only falls as the list grows, so a value worked out
 * earlier is a bound, and most actions are never worked out again (lazy greedy, Minoux 1978).
 *
 * An action that waits for another (SPIL_LIMIT_AFTER) is weighed together with what it asks for,
 * and again by itself once that is in. What a list must hold is in before anything else.
 */
#ifndef SPIL_INTERVENTIONS_GREEDY_H
#define SPIL_INTERVENTIONS_GREEDY_H

#include "engine/interventions/limit.h"

typedef enum spil_greedy_key {
    SPIL_GREEDY_HOUR,  /* most gain an hour */
    SPIL_GREEDY_GAIN,  /* most gain */
    SPIL_GREEDY_SHARE, /* most gain for the share of its partner's hours and of the money */
    SPIL_GREEDY_KEYS
} spil_greedy_key;

typedef struct spil_greedy_problem {
    const spil_choice *choices;
    size_t count;
    const double *const *chain_value;
    size_t chain_count, draws, top;
    const spil_list_opts *opts;
    const spil_limit_table *table;
    const uint32_t *must; /* to begin with, in order */
    size_t must_count;
} spil_greedy_problem;

struct spil_greedy_entry;

/* One list over the draws [begin, end), and the room to make it in. */
typedef struct spil_greedy {
    struct spil_greedy_entry *heap;
    size_t heap_count;
    double *kept; /* chains x (end - begin): Q */
    spil_room room;
    uint32_t *list;
    double *adds;
    size_t list_count;
    double gain;
} spil_greedy;

/* draws: end - begin at most. Caller: spil_greedy_clear, in every case. */
spil_status spil_greedy_make(spil_greedy *g, const spil_greedy_problem *p, size_t draws,
                             spil_err *err) SPIL_CHECKED;
void spil_greedy_clear(spil_greedy *g);
void spil_greedy_run(const spil_greedy_problem *p, spil_greedy *g, spil_greedy_key key,
                     size_t begin, size_t end);

#endif
