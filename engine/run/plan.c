/* plan.c - see plan.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/plan.h"

#include "engine/run/plan_done.h"
#include "engine/run/wishes.h"
#include "engine/run/words.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

spil_plan_opts spil_plan_defaults(void)
{
    spil_plan_opts opts = {
        .start = SPIL_NO_DAY, .gap_days = 7, .more_hours = 40, .exact_seconds = 10};
    for (size_t p = 0; p < SPIL_PARTNER_COUNT; p++)
        opts.week[p] = 16;
    return opts;
}

/* What the parts of making a plan share. */
typedef struct planning {
    spil_plan *plan;
    const spil_plan_opts *opts;
    spil_list_opts list; /* as the list was asked for */
    spil_wishes *wishes;
    spil_limits *limits;
    spil_places places;
    size_t *chosen; /* positions of the list's actions in the choices */
} planning;

static size_t count_of(const planning *p)
{
    return p->plan->from.rows->target_count;
}

/* ---- what the list was asked for ---- */

static double number_of(const json_t *options, const char *name, double otherwise)
{
    const json_t *const value = json_object_get(options, name);
    return json_is_number(value) ? json_number_value(value) : otherwise;
}

static spil_status read_list_opts(planning *p, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_results *const rows = p->plan->from.rows;
    json_t *const options = json_loads(rows->run.options, 0, NULL);
    const json_t *const top = json_object_get(options, "top");
    if (!json_is_integer(top)) {
        json_decref(options);
        return spil_fail(err, SPIL_INPUT, "the options of run %lld do not say how long the list is",
                         (long long)rows->run.id);
    }
    p->list.top = (size_t)json_integer_value(top);
    p->list.budget = p->plan->budget = number_of(options, "budget", HUGE_VAL);
    p->list.days = number_of(options, "days", 0);
    p->list.gap_days = number_of(options, "gap_days", 7);
    json_decref(options);
    for (size_t partner = 0; partner < SPIL_PARTNER_COUNT; partner++) {
        char name[120];
        (void)snprintf(name, sizeof name, SPIL_FIGURE_HOURS_GIVEN "%s",
                       spil_partner_id((spil_partner)partner));
        p->list.hours[partner] = spil_results_figure(rows, name, HUGE_VAL);
        p->plan->partners[partner].given = p->list.hours[partner];
    }
    TRY(spil_wishes_read(&p->wishes, rows->run.options, err));
    p->list.wishes = p->wishes;
    TRY(spil_limits_make(&p->limits, &p->plan->from, &p->list, err));
    spil_limits_use(p->limits, &p->list);
done:
    return rc;
}

/* ---- schedule ---- */

static const spil_action_row *row_of(const planning *p, size_t item)
{
    const spil_results *const rows = p->plan->from.rows;
    return &rows->actions[rows->targets[item].action];
}

/* One warns of the other: on one entity, or both seen at one address. */
static bool warns(const planning *p, size_t a, size_t b)
{
    const spil_action_row *const one = row_of(p, a), *const other = row_of(p, b);
    return one->entity == other->entity ||
           (!one->covert && !other->covert &&
            spil_places_share(&p->places, one->entity, other->entity));
}

/* The first day from `day` on that is a gap away from every action so far that warns of item i. */
static spil_day keep_apart(const planning *p, size_t item, spil_day day)
{
    const double gap = p->opts->gap_days;
    for (size_t i = 0; i < item; i++) {
        const spil_plan_item *const other = &p->plan->items[i];
        if (fabs((double)(other->stands - day)) >= gap || !warns(p, item, i))
            continue;
        day = other->stands + (spil_day)ceil(gap);
        i = (size_t)-1; /* it may now stand too near to one looked at before */
    }
    return day;
}

/* Days from the start before which no work on item i begins: a day that was asked for, or when what
 * it waits for stands. */
static double not_before(const planning *p, size_t i)
{
    const spil_facts *const facts = p->plan->from.facts;
    double day = 0;
    for (size_t k = 0; k < spil_wishes_count(p->wishes); k++) {
        const spil_wish *const wish = spil_wishes_at(p->wishes, k);
        if ((wish->kind != SPIL_WISH_NOT_BEFORE && wish->kind != SPIL_WISH_AFTER) ||
            !spil_wish_means(wish, false, facts, row_of(p, i)))
            continue;
        if (wish->kind == SPIL_WISH_NOT_BEFORE) {
            day = fmax(day, (double)wish->day - p->opts->start);
            continue;
        }
        for (size_t before = 0; before < i; before++)
            if (spil_wish_means(wish, true, facts, row_of(p, before))) {
                day = fmax(day, (double)p->plan->items[before].stands - p->opts->start);
                break;
            }
    }
    return day;
}

static void schedule(planning *p, size_t i, double *busy)
{
    spil_plan *const plan = p->plan;
    const spil_results *const rows = plan->from.rows;
    const spil_target_row *const target = &rows->targets[i];
    const spil_action_row *const action = &rows->actions[target->action];
    const spil_choice *const choice = &plan->from.choices[target->action];
    const double week = p->opts->week[choice->partner];
    const double begin = fmax(busy[choice->partner], not_before(p, i));
    const double work = 7 * action->hours / week;
    const double stands = fmax(begin + work, begin + action->lead_days);
    plan->items[i] = (spil_plan_item){.rank = (uint32_t)i + 1,
                                      .community = action->community,
                                      .entity = &plan->from.facts->entities[action->entity],
                                      .model = action->model,
                                      .step = action->step,
                                      .barrier = action->barrier,
                                      .partner = choice->partner,
                                      .hours = action->hours,
                                      .lead_days = action->lead_days,
                                      .cost = action->cost,
                                      .marginal = target->marginal,
                                      .begin = p->opts->start + (spil_day)floor(begin),
                                      .status = target->status};
    plan->items[i].stands = keep_apart(p, i, p->opts->start + (spil_day)ceil(stands));
    plan->money += action->cost;
    busy[choice->partner] = begin + work;
    spil_plan_partner *const partner = &plan->partners[choice->partner];
    partner->used += action->hours;
    partner->actions++;
    if (partner->last == SPIL_NO_DAY || plan->items[i].stands > partner->last)
        partner->last = plan->items[i].stands;
    p->chosen[i] = (size_t)target->action;
}

static spil_status schedule_all(planning *p, spil_err *err)
{
    spil_status rc = SPIL_OK;
    double busy[SPIL_PARTNER_COUNT] = {0};
    p->plan->item_count = count_of(p);
    TRY(NEW_ARRAY(p->plan->items, count_of(p), err));
    TRY(NEW_ARRAY(p->chosen, count_of(p), err));
    TRY(spil_places_find(&p->places, p->plan->from.facts, err));
    for (size_t partner = 0; partner < SPIL_PARTNER_COUNT; partner++)
        p->plan->partners[partner].last = SPIL_NO_DAY;
    for (size_t i = 0; i < count_of(p); i++)
        schedule(p, i, busy);
done:
    return rc;
}

/* ---- what the list does ---- */

/* What moves elsewhere, in the proportion in which each action moves by itself. */
static void add_up_moves(planning *p)
{
    for (size_t i = 0; i < count_of(p); i++) {
        const spil_action_row *const row = row_of(p, i);
        spil_plan_item *const item = &p->plan->items[i];
        const double scale = row->gain.mean > 0 ? item->marginal / row->gain.mean : 0;
        item->moved = scale * row->moved;
        item->abroad = scale * row->abroad;
        p->plan->moved += item->moved;
        p->plan->abroad += item->abroad;
    }
}

/* Over the chains that the list touches: how many of them it is expected to break. */
static void count_broken(planning *p)
{
    const spil_choosing *const from = &p->plan->from;
    const size_t draws = from->rows->draws;
    for (size_t c = 0; c < from->chains.count; c++) {
        const double *const value = from->chains.items[c];
        double broken = 0;
        bool touched = false;
        for (size_t b = 0; b < draws; b++) {
            double left = 1;
            for (size_t i = 0; i < count_of(p); i++) {
                const spil_choice *const each = &from->choices[p->chosen[i]];
                if (each->chain != c)
                    continue;
                touched = true;
                if (value[b] > 0)
                    left *= each->draw[b] < value[b] ? 1 - each->draw[b] / value[b] : 0;
            }
            broken += 1 - left;
        }
        p->plan->chains += touched;
        p->plan->broken += broken / (double)draws;
    }
    for (size_t i = 0; i < count_of(p); i++) {
        bool first = true;
        const spil_plan_item *const a = &p->plan->items[i];
        for (size_t k = 0; first && k < i; k++)
            first = p->plan->items[k].community != a->community ||
                    strcmp(p->plan->items[k].model, a->model) != 0 ||
                    strcmp(p->plan->items[k].step, a->step) != 0;
        p->plan->steps += first;
    }
}

static spil_status divide(planning *p, spil_err *err)
{
    spil_credit credit;
    const spil_choosing *const from = &p->plan->from;
    const spil_status rc = spil_credit_divide(&credit, from->choices, p->chosen, count_of(p),
                                              spil_choosing_values(from), from->chains.count,
                                              from->rows->draws, from->rows->run.seed, err);
    if (rc != SPIL_OK)
        return rc;
    p->plan->gain = credit.gain;
    p->plan->credit_exact = credit.exact;
    for (size_t partner = 0; partner < SPIL_PARTNER_COUNT; partner++) {
        p->plan->partners[partner].credit = credit.share[partner];
        p->plan->partners[partner].credit_error = credit.error[partner];
    }
    p->plan->possible = spil_results_figure(from->rows, SPIL_FIGURE_POSSIBLE, 0);
    return SPIL_OK;
}

/* Gain of the greedy list with these hours and this money; a list without a partner need not hold
 * what is its to do. */
static spil_status gain_with(const planning *p, const double *hours, double budget, bool musts,
                             double *gain, spil_err *err)
{
    const spil_choosing *const from = &p->plan->from;
    spil_list_opts opts = p->list;
    spil_target_list *list = NULL;
    memcpy(opts.hours, hours, sizeof opts.hours);
    opts.budget = budget;
    if (!musts)
        spil_limits_use_but_musts(p->limits, &opts);
    opts.gain_alone = true;
    const spil_status rc = spil_targets_choose(&list, from->choices, from->rows->action_count,
                                               spil_choosing_values(from), from->chains.count,
                                               from->rows->draws, &opts, NULL, err);
    if (rc == SPIL_OK)
        *gain = list->gain;
    spil_target_list_free(list);
    return rc;
}

static spil_status vary_hours(planning *p, spil_err *err)
{
    spil_status rc = SPIL_OK;
    double hours[SPIL_PARTNER_COUNT], gain = 0;
    spil_progress_begin(p->opts->progress, "partners", SPIL_PARTNER_COUNT);
    for (size_t partner = 0; partner < SPIL_PARTNER_COUNT; partner++) {
        spil_plan_partner *const it = &p->plan->partners[partner];
        memcpy(hours, p->list.hours, sizeof hours);
        it->out = p->plan->gain;
        if (it->actions) {
            hours[partner] = 0;
            TRY(gain_with(p, hours, p->list.budget, false, &it->out, err));
        }
        if (isfinite(it->given)) {
            hours[partner] = it->given + p->opts->more_hours;
            TRY(gain_with(p, hours, p->list.budget, true, &gain, err));
            it->more = fmax(gain - p->plan->gain, 0);
        }
        TRY(spil_check_stop(err));
        spil_progress_step(p->opts->progress, 1);
    }
    if (isfinite(p->list.budget)) {
        TRY(gain_with(p, p->list.hours, p->list.budget * (1 + SPIL_PLAN_MORE_MONEY), true, &gain,
                      err));
        p->plan->more_money = fmax(gain - p->plan->gain, 0);
    }
done:
    spil_progress_end(p->opts->progress);
    return rc;
}

/* Too large a case is no failure: it gets a limit instead. */
static spil_status find_optimum(planning *p, spil_err *err)
{
    const spil_choosing *const from = &p->plan->from;
    spil_optimum *best = NULL;
    spil_err own = SPIL_ERR_INIT;
    if (p->opts->exact_seconds <= 0)
        return SPIL_OK;
    const spil_status rc = spil_optimum_find(
        &best, from->choices, from->rows->action_count, spil_choosing_values(from),
        from->chains.count, from->rows->draws, &p->list, p->opts->exact_seconds, &own);
    if (rc == SPIL_LIMIT) {
        spil_err late = SPIL_ERR_INIT;
        const spil_status found =
            spil_optimum_bound(&p->plan->bound, from->choices, from->rows->action_count,
                               spil_choosing_values(from), from->chains.count, from->rows->draws,
                               &p->list, p->chosen, count_of(p), p->opts->exact_seconds, &late);
        if (found == SPIL_LIMIT || found == SPIL_OK)
            return SPIL_OK;
        return spil_fail(err, found, "%s", late.msg);
    }
    if (rc != SPIL_OK)
        return spil_fail(err, rc, "%s", own.msg);
    p->plan->has_optimum = true;
    p->plan->optimum = best->gain;
    p->plan->bound = best->bound;
    spil_optimum_free(best);
    return SPIL_OK;
}

spil_status spil_plan_make(spil_plan **out, spil_store *store, const spil_plan_opts *opts,
                           spil_err *err)
{
    spil_status rc = SPIL_OK;
    int64_t run = 0;
    spil_plan *plan = NULL;
    planning p = {.opts = opts};
    TRY(spil_newest_list(&run, store, err));
    TRY(NEW(plan, err));
    p.plan = plan;
    TRY(spil_choosing_open(&plan->from, store, run, err));
    TRY(read_list_opts(&p, err));
    TRY(schedule_all(&p, err));
    add_up_moves(&p);
    count_broken(&p);
    TRY(divide(&p, err));
    TRY(vary_hours(&p, err));
    TRY(find_optimum(&p, err));
    TRY(spil_plan_mark_done(plan, store, err));
    *out = plan;
    plan = NULL;
done:
    spil_free(p.chosen);
    spil_places_clear(&p.places);
    spil_limits_free(p.limits);
    spil_wishes_free(p.wishes);
    spil_plan_free(plan);
    return rc;
}

void spil_plan_free(spil_plan *plan)
{
    if (!plan)
        return;
    spil_choosing_close(&plan->from);
    spil_free(plan->items);
    spil_free(plan);
}
