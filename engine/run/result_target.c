/* result_target.c - the proposals and their reasons. See result_draft.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/base/str.h"
#include "engine/run/result_draft.h"
#include "engine/run/words.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- reasons ---- */

static spil_status add_detail(const spil_draft *draft, const spil_attribute *attribute,
                              const char **out, spil_err *err)
{
    spil_str text = SPIL_STR_INIT;
    spil_str_addf(&text, "%s = %s", attribute->name, attribute->value);
    spil_status rc = spil_str_status(&text, err);
    if (rc == SPIL_OK)
        rc = spil_arena_text(draft->room->arena, out, text.text, text.length, err);
    spil_str_free(&text);
    return rc;
}

/* What the model calls it, and whether its weight was measured. */
static void name_reason(spil_result_reason *out, const spil_model *model,
                        const spil_model_step *step)
{
    for (size_t i = 0; step && i < step->signal_count; i++)
        if (out->kind == SPIL_FACT_SIGNAL && strcmp(step->signals[i].code, out->code) == 0) {
            out->names = step->signals[i].names;
            out->assumed = step->signals[i].assumed;
        }
    for (size_t i = 0; step && i < step->opportunity_count; i++)
        if (out->kind == SPIL_FACT_OPPORTUNITY &&
            strcmp(step->opportunities[i].id, out->code) == 0) {
            out->names = step->opportunities[i].names;
            out->assumed = step->opportunities[i].assumed;
        }
    for (size_t i = 0; step && i < step->role_count; i++)
        if (out->kind == SPIL_FACT_ROLE && strcmp(step->roles[i].id, out->code) == 0) {
            out->names = step->roles[i].names;
            out->assumed = model->role_ratio_assumed;
        }
    for (size_t i = 0; i < model->rule_count; i++)
        if (out->kind == SPIL_FACT_RULE && strcmp(model->rules[i].id, out->code) == 0) {
            out->names = model->rules[i].reason;
            out->assumed = model->rules[i].assumed;
        }
}

/* The recorded row that the reason rests on. */
static spil_status add_record(const spil_draft *draft, const spil_contribution_row *row,
                              spil_result_reason *out, spil_err *err)
{
    const spil_facts *const facts = draft->facts;
    spil_origin origin = {0, 0};
    switch (row->refers) {
    case SPIL_REFERENCE_SIGNAL:
        out->strength = facts->signals[row->reference].strength;
        out->confidence = facts->signals[row->reference].confidence;
        out->date = facts->signals[row->reference].date;
        origin = facts->signals[row->reference].origin;
        break;
    case SPIL_REFERENCE_ROLE:
        out->confidence = facts->roles[row->reference].confidence;
        origin = facts->roles[row->reference].origin;
        break;
    case SPIL_REFERENCE_LINK:
        out->confidence = facts->links[row->reference].confidence;
        origin = facts->links[row->reference].origin;
        break;
    case SPIL_REFERENCE_ATTRIBUTE: {
        const spil_status rc =
            add_detail(draft, &facts->attributes[row->reference], &out->detail, err);
        if (rc != SPIL_OK)
            return rc;
        origin = facts->attributes[row->reference].origin;
        break;
    }
    case SPIL_REFERENCE_NONE:
        return SPIL_OK;
    }
    out->has_origin = true;
    out->origin = spil_draft_origin(draft, origin);
    return SPIL_OK;
}

static spil_status add_reason(const spil_draft *draft, const spil_result_target *target,
                              const spil_contribution_row *row, spil_result_reason *out,
                              spil_err *err)
{
    const spil_model *const model = spil_draft_model_file(draft, target->model);
    const size_t step = spil_draft_step(model, row->step);
    const spil_model_step *const at = step < model->step_count ? &model->steps[step] : NULL;
    *out = (spil_result_reason){.code = row->name,
                                .names = {row->name, row->name},
                                .step_names = {"", ""},
                                .detail = "",
                                .value = row->value,
                                .share =
                                    target->fall.mean > 0.0 ? row->value / target->fall.mean : 0.0,
                                .strength = (double)NAN,
                                .confidence = (double)NAN,
                                .date = SPIL_NO_DAY};
    if (!spil_fact_find(row->kind, &out->kind))
        return spil_fail(err, SPIL_INPUT, "run %" PRId64 " has a reason of unknown kind '%s'",
                         draft->rows->run.id, row->kind);
    if (at)
        out->step_names = at->names;
    name_reason(out, model, at);
    return add_record(draft, row, out, err);
}

/* Reasons of the step that the barrier breaks come first; within, the largest. */
typedef struct ordered_reason {
    spil_result_reason reason;
    bool own_step;
    size_t at;
} ordered_reason;

static int own_step_first(const void *left, const void *right)
{
    const ordered_reason *const a = left, *const b = right;
    if (a->own_step != b->own_step)
        return a->own_step ? -1 : 1;
    if (a->reason.value != b->reason.value)
        return a->reason.value > b->reason.value ? -1 : 1;
    return a->at < b->at ? -1 : 1;
}

static bool about(const spil_contribution_row *row, const spil_action_row *action)
{
    return row->entity == action->entity && strcmp(row->model, action->model) == 0;
}

static spil_status add_reasons(const spil_draft *draft, const spil_action_row *action,
                               spil_result_target *out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_results *const rows = draft->rows;
    SPIL_VEC(ordered_reason) found = {0};
    for (size_t i = rows->contribution_row[action->community];
         i < rows->contribution_row[action->community + 1]; i++) {
        const spil_contribution_row *const row = &rows->contributions[i];
        if (!about(row, action))
            continue;
        ordered_reason next = {.own_step = strcmp(row->step, action->step) == 0, .at = i};
        TRY(add_reason(draft, out, row, &next.reason, err));
        TRY(VEC_PUSH(found, next, err));
    }
    if (found.count > 0)
        qsort(found.items, found.count, sizeof *found.items, own_step_first);
    TRY(DRAFT_ARRAY(draft, out->reasons, found.count, err));
    for (size_t i = 0; i < found.count; i++)
        out->reasons[i] = found.items[i].reason;
    out->reason_count = found.count;
done:
    spil_free(found.items);
    return rc;
}

/* ---- targets ---- */

static unsigned what_is_assumed(const spil_model *model, size_t step,
                                const spil_result_target *target)
{
    unsigned assumed = (target->barrier.assumed ? SPIL_ASSUMED_EFFECT : 0U) |
                       (model->recovery_assumed ? SPIL_ASSUMED_RECOVERY : 0U) |
                       (model->prior_assumed ? SPIL_ASSUMED_PRIOR : 0U) |
                       (model->harm_assumed ? SPIL_ASSUMED_HARM : 0U);
    for (size_t i = 0; i < target->reason_count; i++)
        if (target->reasons[i].assumed)
            assumed |= SPIL_ASSUMED_SIGNALS;
    for (size_t i = 0; i < model->steps[step].role_count; i++)
        if (model->steps[step].roles[i].assumed)
            assumed |= SPIL_ASSUMED_ROLES;
    return assumed;
}

static spil_spread fall_of(const spil_results *rows, const spil_action_row *action)
{
    for (size_t i = rows->fall_row[action->community]; i < rows->fall_row[action->community + 1];
         i++)
        if (rows->falls[i].entity == action->entity &&
            strcmp(rows->falls[i].model, action->model) == 0)
            return spil_draft_spread(rows->falls[i].fall);
    return (spil_spread){.mean = 0.0};
}

static spil_result_status status_of(const char *word)
{
    if (strcmp(word, "accepted") == 0)
        return SPIL_TARGET_ACCEPTED;
    if (strcmp(word, "held") == 0)
        return SPIL_TARGET_HELD;
    return strcmp(word, "rejected") == 0 ? SPIL_TARGET_REJECTED : SPIL_TARGET_PROPOSED;
}

/* Model, step and barrier of the action in the model file. */
static spil_status find_barrier(const spil_draft *draft, const spil_action_row *action,
                                spil_result_target *out, spil_err *err)
{
    out->model = spil_draft_model(draft, action->model);
    if (out->model != SPIL_NOT_SHOWN) {
        const spil_model *const model = spil_draft_model_file(draft, out->model);
        out->step = spil_draft_step(model, action->step);
        const spil_model_step *const step =
            out->step < model->step_count ? &model->steps[out->step] : NULL;
        for (size_t i = 0; step && i < step->barrier_count; i++) {
            if (strcmp(step->barriers[i].id, action->barrier) != 0)
                continue;
            out->barrier = spil_draft_barrier(&step->barriers[i]);
            out->step_id = step->id;
            out->step_names = step->names;
            return SPIL_OK;
        }
    }
    return spil_fail(err, SPIL_INPUT,
                     "run %" PRId64 " proposes barrier '%s' of step '%s', which model '%s' lacks",
                     draft->rows->run.id, action->barrier, action->step, action->model);
}

static spil_status add_target(const spil_draft *draft, size_t t, spil_result_target *out,
                              spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_target_row *const row = &draft->rows->targets[t];
    const spil_action_row *const action = &draft->rows->actions[row->action];
    *out = (spil_result_target){.status = status_of(row->status),
                                .rank = (uint32_t)t + 1,
                                .entity = action->entity,
                                .community = draft->shown_as[action->community],
                                .community_number = action->community + 1,
                                .effect = action->effect,
                                .recovers = action->recovers,
                                .candidates = action->candidates,
                                .gain = spil_draft_spread(action->gain),
                                .fall = fall_of(draft->rows, action),
                                .marginal = row->marginal,
                                .stability = row->stability};
    TRY(find_barrier(draft, action, out, err));
    out->barrier.hours = action->hours;
    out->barrier.lead_days = action->lead_days;
    TRY(add_reasons(draft, action, out, err));
    out->assumed = what_is_assumed(spil_draft_model_file(draft, out->model), out->step, out);
done:
    return rc;
}

spil_status spil_draft_targets(spil_draft *draft, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const size_t count = draft->rows->target_count;
    TRY(DRAFT_ARRAY(draft, draft->result->targets, count, err));
    for (size_t t = 0; t < count; t++)
        TRY(add_target(draft, t, &draft->result->targets[t], err));
    draft->result->target_count = count;
done:
    return rc;
}
