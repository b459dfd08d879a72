/* plan_done.c - see plan_done.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/plan_done.h"

#include <math.h>
#include <string.h>

static bool is_of(const spil_plan_item *item, const spil_outcome *row)
{
    return strcmp(item->entity->key, row->key) == 0 && strcmp(item->barrier, row->barrier) == 0 &&
           strcmp(item->step, row->step) == 0 && strcmp(item->model, row->model) == 0 &&
           strcmp(spil_partner_id(item->partner), row->partner) == 0;
}

/* Outcomes come by day, so a later one overrules. */
static spil_status mark(const spil_outcome *row, void *user, spil_err *err)
{
    spil_plan *const plan = user;
    (void)err;
    for (size_t i = 0; i < plan->item_count; i++) {
        spil_plan_record *const record = &plan->items[i].record;
        if (!is_of(&plan->items[i], row))
            continue;
        record->known = true;
        record->done = row->done;
        record->result = row->result;
        record->day = row->day;
        record->hours += row->done && isfinite(row->hours) ? row->hours : 0;
    }
    return SPIL_OK;
}

static bool has_worked(const spil_plan_item *item)
{
    return item->record.done && item->record.result == SPIL_OUTCOME_WORKS;
}

static bool same_chain(const spil_plan_item *a, const spil_plan_item *b)
{
    return a->community == b->community && strcmp(a->model, b->model) == 0;
}

static void add_up(spil_plan *plan)
{
    spil_plan_tally *const all = &plan->tally;
    for (size_t i = 0; i < plan->item_count; i++) {
        const spil_plan_item *const item = &plan->items[i];
        bool new_chain = has_worked(item), new_step = new_chain;
        all->hours_planned += item->hours;
        all->hours_used += item->record.hours;
        all->done += item->record.done;
        all->works += has_worked(item);
        all->fails += item->record.done && item->record.result == SPIL_OUTCOME_FAILS;
        plan->partners[item->partner].done += item->record.done;
        plan->partners[item->partner].hours_done += item->record.hours;
        for (size_t k = 0; k < i; k++) {
            const spil_plan_item *const before = &plan->items[k];
            if (!has_worked(before) || !same_chain(before, item))
                continue;
            new_chain = false;
            new_step = new_step && strcmp(before->step, item->step) != 0;
        }
        all->chains_hit += new_chain;
        all->steps_hit += new_step;
    }
}

spil_status spil_plan_mark_done(spil_plan *plan, spil_store *store, spil_err *err)
{
    const spil_status rc = spil_store_each_outcome(store, mark, plan, err);
    if (rc == SPIL_OK)
        add_up(plan);
    return rc;
}
