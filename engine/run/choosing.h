/* choosing.h - what a choice among actions is made from: a kept analysis as choices and chains.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_RUN_CHOOSING_H
#define SPIL_RUN_CHOOSING_H

#include "engine/base/strmap.h"
#include "engine/base/vec.h"
#include "engine/interventions/target.h"
#include "engine/store/results.h"

/* Open struct. choices[i] is rows->actions[i]; its chain a position in chains. */
typedef struct spil_choosing {
    spil_store *store; /* borrowed */
    spil_facts *facts;
    spil_results *rows;
    spil_strmap *chain_of;     /* "community model" -> chain */
    SPIL_VEC(double *) chains; /* draws: V = harm x chance of the chain */
    spil_choice *choices;
} spil_choosing;

/* run: a list of targets, whose analysis is taken, or 0: the newest analysis. SPIL_NOT_FOUND when
 * there is none, SPIL_INPUT when files came in since. Close it in every case. */
spil_status spil_choosing_open(spil_choosing *c, spil_store *store, int64_t run,
                               spil_err *err) SPIL_CHECKED;
void spil_choosing_close(spil_choosing *c);

/* The run of the newest list of targets. SPIL_NOT_FOUND when there is none yet. */
spil_status spil_newest_list(int64_t *run, spil_store *store, spil_err *err) SPIL_CHECKED;

static inline const double *const *spil_choosing_values(const spil_choosing *c)
{
    return (const double *const *)c->chains.items;
}

#endif
