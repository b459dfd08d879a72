/* plan.h - a list of targets as work: who does what by when, what each partner brings, and what
 * more of its time would bring. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Schedule. A partner takes its targets in the order of the list, one after the other, at so many
 * hours a week. Work begins when it is free; the action stands when the work is done and the lead
 * time has passed since it began. Two actions on one entity, or that people see at one address,
 * stand at least a week apart (gap_days): the first would warn of the second. Work that waits for a
 * day or for another action (wishes.h) begins no sooner; its partner does not fill the time.
 *
 *     begin  = when the partner is free          stands = max(begin + hours / hours a week, begin +
 * lead)
 *
 * Partners. credit.h divides the gain of the list. `out` is the gain of the best list without the
 * partner at all: what the plan is worth when it drops out and the others make a new list. `more`
 * is what another `more_hours` of its time would add, from a new list; it is 0 where nothing is
 * limited.
 *
 * The lists are greedy; in small cases optimum.h tells by how much the best list is better.
 */
#ifndef SPIL_RUN_PLAN_H
#define SPIL_RUN_PLAN_H

#include "engine/base/progress.h"
#include "engine/interventions/credit.h"
#include "engine/interventions/optimum.h"
#include "engine/run/choosing.h"
#include "engine/store/outcome.h"

#define SPIL_PLAN_MORE_MONEY 0.1 /* of the budget */

typedef struct spil_plan_opts {
    spil_day start;
    double week[SPIL_PARTNER_COUNT]; /* hours a week; > 0 */
    double gap_days, more_hours;
    double exact_seconds; /* search this long for the best list; 0: do not */
    spil_progress *progress;
} spil_plan_opts;
spil_plan_opts spil_plan_defaults(void);

typedef struct spil_plan_record { /* what is on record of an action (plan_done.h) */
    bool known, done;
    spil_outcome_result result;
    spil_day day; /* of the last word */
    double hours; /* used, as far as they were told */
} spil_plan_record;

typedef struct spil_plan_item { /* in the order of the list */
    uint32_t rank, community;
    const spil_entity *entity;
    const char *model, *step, *barrier; /* ids */
    spil_partner partner;
    double hours, lead_days, cost, marginal;
    double moved, abroad; /* what comes back at another step; across the border. marginal is net */
    spil_day begin, stands;
    const char *status;
    spil_plan_record record;
} spil_plan_item;

typedef struct spil_plan_partner {
    double given, used; /* hours; HUGE_VAL: no limit */
    uint32_t actions;
    double credit, credit_error;
    double out;    /* gain of the list that the others would make */
    double more;   /* gain that more_hours would add */
    spil_day last; /* when its last action stands; SPIL_NO_DAY: none */
    uint32_t done; /* actions on record as done; the hours told of them */
    double hours_done;
} spil_plan_partner;

typedef struct spil_plan_tally { /* the plan against what is on record */
    double hours_planned, hours_used;
    size_t done, works, fails;    /* actions */
    size_t steps_hit, chains_hit; /* where at least one action worked */
} spil_plan_tally;

typedef struct spil_plan {
    spil_plan_item *items;
    size_t item_count;
    spil_plan_partner partners[SPIL_PARTNER_COUNT];
    double gain, possible;        /* of the list; of all chains */
    double moved, abroad;         /* sums over the items; gain is net of both */
    double money, budget;         /* euro; HUGE_VAL: no limit */
    double more_money;            /* gain that SPIL_PLAN_MORE_MONEY more of the budget would add */
    double chains, broken, steps; /* chains it touches; expected number that no longer run whole;
                                     steps of chains that it touches */
    bool credit_exact, has_optimum;
    double optimum, bound; /* gain of the best list found; proven limit (0: not looked for) */
    spil_plan_tally tally;
    spil_choosing from; /* what the items point into */
} spil_plan;

/* Of the newest list of targets. SPIL_NOT_FOUND when there is none. Caller: spil_plan_free. */
spil_status spil_plan_make(spil_plan **out, spil_store *store, const spil_plan_opts *opts,
                           spil_err *err) SPIL_CHECKED;
void spil_plan_free(spil_plan *plan);

#endif
