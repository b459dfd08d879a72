/* explain_text.c - see explain_text.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/explain_text.h"

#include "engine/barriers/rule.h"
#include "engine/base/file.h"
#include "engine/base/mem.h"
#include "engine/run/table.h"
#include "engine/run/words.h"

#include <inttypes.h>
#include <string.h>

enum { SHOWN = 20, LINES_NAMED = 3, NUMBERS_SHOWN = 6 };

/* ---- names ---- */

spil_status spil_explain_names(spil_result *out, const spil_facts *facts, spil_err *err)
{
    spil_status rc = SPIL_OK;
    *out = (spil_result){0};
    TRY(NEW_ARRAY(out->sources, facts->source_count, err));
    TRY(NEW_ARRAY(out->entities, facts->entity_count, err));
    for (size_t i = 0; i < facts->source_count; i++)
        out->sources[i].name = spil_path_name(facts->sources[i].path);
    for (size_t i = 0; i < facts->entity_count; i++)
        out->entities[i] = (spil_result_entity){.key = facts->entities[i].key,
                                                .name = spil_entity_name(&facts->entities[i]),
                                                .kind = facts->entities[i].kind};
    out->source_count = facts->source_count;
    out->entity_count = facts->entity_count;
done:
    return rc;
}

void spil_explain_names_clear(spil_result *names)
{
    spil_free(names->sources);
    spil_free(names->entities);
    *names = (spil_result){0};
}

/* ---- one record ---- */

spil_origin spil_record_origin(const spil_facts *facts, spil_record record)
{
    switch (record.kind) {
    case SPIL_RECORD_SIGNAL:
        return facts->signals[record.index].origin;
    case SPIL_RECORD_ROLE:
        return facts->roles[record.index].origin;
    case SPIL_RECORD_ATTRIBUTE:
        return facts->attributes[record.index].origin;
    case SPIL_RECORD_LINK:
        break;
    }
    return facts->links[record.index].origin;
}

static void say_origin(const spil_pen *pen, spil_origin origin)
{
    spil_str_add(pen->out, " ");
    PART(pen, A_ORIGIN(origin));
}

static spil_names signal_names(const spil_model *model, const char *code)
{
    for (size_t s = 0; s < model->step_count; s++)
        for (size_t i = 0; i < model->steps[s].signal_count; i++)
            if (strcmp(model->steps[s].signals[i].code, code) == 0)
                return model->steps[s].signals[i].names;
    return (spil_names){code, code};
}

static void say_role(const spil_pen *pen, const spil_model *model, const spil_role *role)
{
    spil_names step_names = {role->step, role->step}, role_names = {role->role, role->role};
    for (size_t s = 0; s < model->step_count; s++) {
        const spil_model_step *const step = &model->steps[s];
        if (strcmp(step->id, role->step) != 0)
            continue;
        step_names = step->names;
        for (size_t r = 0; r < step->role_count; r++)
            if (strcmp(step->roles[r].id, role->role) == 0)
                role_names = step->roles[r].names;
    }
    SAY(pen, record_role, A_ENTITY(role->entity), A_WORDS(role_names), A_WORDS(step_names));
}

static void say_attribute(const spil_pen *pen, const spil_attribute *attribute)
{
    spil_str text = SPIL_STR_INIT;
    spil_str_addf(&text, "%s = %s", attribute->name, attribute->value);
    SAY(pen, record_attribute, A_ENTITY(attribute->entity), A_NAME(spil_str_text(&text)));
    spil_str_free(&text);
}

void spil_explain_record(const spil_pen *pen, const spil_facts *facts, const spil_model *model,
                         spil_record record)
{
    switch (record.kind) {
    case SPIL_RECORD_SIGNAL: {
        const spil_signal *const signal = &facts->signals[record.index];
        SAY(pen, record_signal, A_WORDS(signal_names(model, signal->code)),
            A_ENTITY(signal->entity));
        break;
    }
    case SPIL_RECORD_ROLE:
        say_role(pen, model, &facts->roles[record.index]);
        break;
    case SPIL_RECORD_ATTRIBUTE:
        say_attribute(pen, &facts->attributes[record.index]);
        break;
    case SPIL_RECORD_LINK: {
        const spil_link *const link = &facts->links[record.index];
        SAY(pen, record_link, A_ENTITY(link->from), A_ENTITY(link->to),
            A_WORDS(spil_link_names(link->kind)));
        break;
    }
    }
    say_origin(pen, spil_record_origin(facts, record));
}

/* ---- reasons ---- */

/* The links of the entity inside its community are what its place rests on. */
static void say_position(const spil_pen *pen, const spil_reopened *it, const spil_explained *why,
                         uint32_t entity)
{
    const spil_facts *const facts = it->facts;
    size_t found = 0;
    WORD(pen, reason_position);
    for (size_t i = 0; i < facts->link_count; i++) {
        const spil_link *const link = &facts->links[i];
        const uint32_t other = link->from == entity ? link->to : link->from;
        if ((link->from != entity && link->to != entity) ||
            it->network->vertex[other] == SPIL_NO_VERTEX ||
            it->communities->best.of[it->network->vertex[other]] != why->community)
            continue;
        if (found++ < LINES_NAMED)
            say_origin(pen, link->origin);
    }
    if (found > LINES_NAMED) {
        spil_str_add(pen->out, " ");
        SAY(pen, and_more, A_COUNT(found - LINES_NAMED));
    }
}

static void say_signal(const spil_pen *pen, const spil_explained_reason *reason,
                       const spil_signal *signal)
{
    if (signal->date == SPIL_NO_DAY)
        SAY(pen, reason_signal, A_WORDS(reason->names), A_WORDS(reason->step_names),
            A_PERCENT(signal->strength), A_PERCENT(signal->confidence));
    else
        SAY(pen, reason_signal_dated, A_WORDS(reason->names), A_WORDS(reason->step_names),
            A_PERCENT(signal->strength), A_PERCENT(signal->confidence), A_DAY(signal->date));
}

static void say_looks(const spil_pen *pen, const spil_explained_reason *reason)
{
    if (!(reason->looks > 1))
        return;
    spil_str_add(pen->out, " ");
    SAY(pen, reason_looks, A_NUMBER(reason->looks), A_PERCENT(reason->look_share));
}

static const spil_model_opportunity *find_opportunity(const spil_model *model, const char *step,
                                                      const char *id)
{
    for (size_t s = 0; s < model->step_count; s++)
        for (size_t i = 0; i < model->steps[s].opportunity_count; i++)
            if (strcmp(model->steps[s].id, step) == 0 &&
                strcmp(model->steps[s].opportunities[i].id, id) == 0)
                return &model->steps[s].opportunities[i];
    return NULL;
}

/* All that the opening asks for, as it is on record. */
static void say_opportunity(const spil_pen *pen, const spil_facts *facts, const spil_model *model,
                            const spil_explained_reason *reason)
{
    spil_str text = SPIL_STR_INIT;
    const spil_model_opportunity *const each = find_opportunity(model, reason->step, reason->item);
    for (size_t i = 0; each && i < each->where_count; i++) {
        size_t row;
        if (spil_conditions_hold(facts, reason->entity, &each->where[i], 1, &row))
            spil_str_addf(&text, "%s%s = %s", text.length ? ", " : "", facts->attributes[row].name,
                          facts->attributes[row].value);
    }
    SAY(pen, reason_opportunity, A_WORDS(reason->names), A_NAME(spil_str_text(&text)),
        A_WORDS(reason->step_names));
    spil_str_free(&text);
}

void spil_explain_reason(const spil_pen *pen, const spil_reopened *it, const spil_explained *why,
                         const spil_explained_reason *reason)
{
    const spil_facts *const facts = it->facts;
    switch (reason->kind) {
    case SPIL_FACT_SIGNAL:
        say_signal(pen, reason, &facts->signals[reason->record.index]);
        say_looks(pen, reason);
        break;
    case SPIL_FACT_OPPORTUNITY:
        say_opportunity(pen, facts, why->model.models[0], reason);
        break;
    case SPIL_FACT_ROLE:
        SAY(pen, reason_role, A_WORDS(reason->names), A_WORDS(reason->step_names),
            A_PERCENT(facts->roles[reason->record.index].confidence));
        break;
    case SPIL_FACT_RULE:
        SAY(pen, reason_rule, A_WORDS(reason->names), A_WORDS(reason->step_names));
        break;
    case SPIL_FACT_POSITION:
        say_position(pen, it, why, reason->entity);
        return;
    }
    if (reason->has_record)
        say_origin(pen, spil_record_origin(facts, reason->record));
}

static void end_line(const spil_pen *pen)
{
    spil_str_add(pen->out, "\n");
}

static void say_reasons(const spil_pen *pen, const spil_reopened *it, const spil_explained *why)
{
    WORD(pen, explain_why);
    end_line(pen);
    for (size_t i = 0; i < why->reason_count && i < SHOWN; i++) {
        const spil_explained_reason *const reason = &why->reasons[i];
        spil_str_add(pen->out, "  ");
        if (why->entity == UINT32_MAX)
            SAY(pen, explain_about, A_POINTS(reason->value), A_ENTITY(reason->entity));
        else
            SAY(pen, explain_points, A_POINTS(reason->value));
        spil_explain_reason(pen, it, why, reason);
        end_line(pen);
    }
    if (why->reason_count > SHOWN) {
        spil_str_add(pen->out, "  ");
        SAY(pen, explain_rest, A_COUNT(why->reason_count - SHOWN));
        end_line(pen);
    }
}

/* ---- what was looked for in vain ---- */

void spil_explain_missed(const spil_pen *pen, const spil_facts *facts, const spil_in_vain *all,
                         const spil_vain_family *family)
{
    SAY(pen, explain_missed, A_WORDS(family->signal->names), A_WORDS(family->step->names),
        A_WORDS(spil_partner_names(family->signal->partner)), A_NUMBER(family->looks),
        A_COUNT(family->looked), A_COUNT(family->members), A_NUMBER(family->ratio));
    for (size_t i = 0; i < family->count && i < LINES_NAMED; i++)
        say_origin(pen, spil_record_origin(facts, all->records[family->first + i]));
    if (family->count > LINES_NAMED) {
        spil_str_add(pen->out, " ");
        SAY(pen, and_more, A_COUNT(family->count - LINES_NAMED));
    }
}

static void say_in_vain(const spil_pen *pen, const spil_reopened *it, const spil_in_vain *all)
{
    if (all->on_record && all->count == 0)
        return;
    if (all->on_record)
        WORD(pen, explain_against);
    else
        WORD(pen, explain_no_looks);
    end_line(pen);
    for (size_t i = 0; i < all->count && i < SHOWN; i++) {
        spil_str_add(pen->out, "  ");
        spil_explain_missed(pen, it->facts, all, &all->items[i]);
        end_line(pen);
    }
    if (all->count > SHOWN) {
        spil_str_add(pen->out, "  ");
        SAY(pen, explain_rest, A_COUNT(all->count - SHOWN));
        end_line(pen);
    }
}

/* ---- what would have to be false; what is assumed ---- */

static void say_halving(const spil_pen *pen, const spil_reopened *it, const spil_explained *why)
{
    const spil_halving *const h = &why->halving;
    if (h->count == 0) {
        SAY(pen, explain_half_none, A_COUNT(SPIL_HALVING_MOST));
        end_line(pen);
        return;
    }
    if (h->count == 1)
        SAY(pen, explain_half_one, A_PERCENT(h->before), A_PERCENT(h->after));
    else
        SAY(pen, explain_half, A_PERCENT(h->before), A_PERCENT(h->after), A_COUNT(h->count));
    end_line(pen);
    for (size_t i = 0; i < h->count; i++) {
        spil_str_add(pen->out, "  ");
        spil_explain_record(pen, it->facts, why->model.models[0], h->records[i]);
        end_line(pen);
    }
    if (h->count > 1) {
        if (h->smallest)
            WORD(pen, explain_smallest);
        else
            WORD(pen, explain_found);
        end_line(pen);
    }
}

spil_word spil_number_say(const spil_number *number)
{
    switch (number->kind) {
    case SPIL_NUMBER_LR:
        return SPIL_SAY_number_lr;
    case SPIL_NUMBER_ROLE_LR:
        return SPIL_SAY_number_role_lr;
    case SPIL_NUMBER_PRIOR:
        return number->step == SIZE_MAX ? SPIL_SAY_number_prior_process : SPIL_SAY_number_prior;
    case SPIL_NUMBER_GIVEN:
        return SPIL_SAY_number_given;
    case SPIL_NUMBER_UNSEEN:
        return SPIL_SAY_number_unseen;
    case SPIL_NUMBER_FOUND:
        return SPIL_SAY_number_found;
    case SPIL_NUMBER_PROBABILITY:
        return SPIL_SAY_number_probability;
    case SPIL_NUMBER_HARM:
        break;
    }
    return SPIL_SAY_number_harm;
}

void spil_explain_number(const spil_pen *pen, const spil_explained_number *each)
{
    const spil_number *const n = &each->number;
    SAY(pen, explain_number, A_WORD(spil_number_say(n)), A_WORDS(n->names), A_NUMBER(n->mid),
        A_NUMBER(n->low), A_NUMBER(n->high), A_PERCENT(each->at_low), A_PERCENT(each->at_high));
}

static void say_assumed(const spil_pen *pen, const spil_explained *why)
{
    if (why->number_count == 0)
        SAY(pen, explain_assumed_none, A_COUNT(why->assumed_count));
    else
        SAY(pen, explain_assumed, A_COUNT(why->assumed_count));
    end_line(pen);
    for (size_t i = 0; i < why->number_count && i < NUMBERS_SHOWN; i++) {
        spil_str_add(pen->out, "  ");
        spil_explain_number(pen, &why->numbers[i]);
        spil_str_addf(pen->out, " (%s)", spil_path_name(why->model.models[0]->path));
        end_line(pen);
    }
}

static spil_spread spread_of(spil_points p)
{
    return (spil_spread){.p5 = p.p5, .p50 = p.p50, .p95 = p.p95, .mean = p.mean};
}

static void say_head(const spil_pen *pen, const spil_reopened *it, const spil_explained *why)
{
    const spil_model *const model = why->model.models[0];
    const spil_spread process = spread_of(why->process), chain = spread_of(why->chain);
    if (why->entity == UINT32_MAX)
        SAY(pen, explain_community, A_COUNT(why->community + 1),
            A_COUNT(it->rows->communities[why->community].size), A_WORDS(model->names));
    else
        SAY(pen, explain_entity, A_ENTITY(why->entity),
            A_WORDS(spil_kind_names(it->facts->entities[why->entity].kind)),
            A_COUNT(why->community + 1), A_WORDS(model->names));
    end_line(pen);
    SAY(pen, explain_process, A_SPREAD(&process), A_SPREAD(&chain));
    end_line(pen);
    if (why->entity != UINT32_MAX) {
        const spil_spread fall = spread_of(why->score);
        SAY(pen, explain_fall, A_ENTITY(why->entity), A_SPREAD(&fall));
        end_line(pen);
    }
}

void spil_explain_say(const spil_pen *pen, const spil_reopened *it, const spil_explained *why)
{
    say_head(pen, it, why);
    say_reasons(pen, it, why);
    say_in_vain(pen, it, &why->in_vain);
    say_halving(pen, it, why);
    say_assumed(pen, why);
}
