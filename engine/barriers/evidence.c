/* evidence.c - see evidence.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals, recorded roles and rules first; they decide which pairs of community and model are
 * looked at. Opportunities are then looked for in those communities alone: an opportunity shows
 * nothing by itself. Time: O(signals x steps that name them + roles + rules' own + members of the
 * communities concerned x opportunities), and a sort.
 */
#include "engine/barriers/evidence.h"

#include "engine/barriers/against.h"

#include "engine/barriers/rule.h"
#include "engine/barriers/unread.h"
#include "engine/base/strmap.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct collector {
    const spil_facts *facts;
    const spil_network *network;
    const spil_communities *communities;
    const spil_model_set *models;
    const spil_score_opts *opts;
    spil_columns *columns;
    spil_link_index links;
    spil_day as_of;
    spil_effort *looks;
    uint32_t *code; /* by index of facts->signals: number of its code */
    size_t code_count;
    spil_strmap *codes;
    spil_step_mask *signal_steps; /* by index of facts->signals, for the model at hand */
    SPIL_VEC(spil_fact) out;
} collector;

/* ---- families of a step ---- */

uint32_t spil_family_of_signal(const spil_model_step *step, size_t signal)
{
    size_t first = 0;
    while (strcmp(step->signals[first].family, step->signals[signal].family) != 0)
        first++;
    return (uint32_t)first;
}

static uint32_t family_of_opportunity(const spil_model_step *step, size_t opportunity)
{
    return (uint32_t)(step->signal_count + opportunity);
}

uint32_t spil_family_of_role(const spil_model_step *step, size_t role)
{
    return (uint32_t)(step->signal_count + step->opportunity_count + role);
}

static uint32_t family_of_rule(const spil_model_step *step, size_t rule)
{
    return (uint32_t)(step->signal_count + step->opportunity_count + step->role_count + rule);
}

/* ---- one fact ---- */

/* Community, membership of the entity; false when it is not analysed. */
static bool place(const collector *all, uint32_t entity, spil_fact *fact, double *membership)
{
    const spil_vid v = all->network->vertex[entity];
    if (v == SPIL_NO_VERTEX)
        return false;
    fact->entity = entity;
    const uint32_t community = all->communities->best.of[v];
    if (community == SPIL_NO_COMMUNITY ||
        (all->opts->community && community != *all->opts->community))
        return false;
    fact->community = community;
    *membership = all->communities->membership[v];
    return true;
}

static bool admits(spil_kind_mask mask, spil_entity_kind kind)
{
    return mask >> kind & 1U;
}

/* ---- signals ---- */

static spil_status number_codes(collector *all, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_facts *const facts = all->facts;
    TRY(spil_strmap_new(&all->codes, err));
    TRY(NEW_ARRAY(all->code, facts->signal_count, err));
    TRY(NEW_ARRAY(all->signal_steps, facts->signal_count, err));
    for (size_t i = 0; i < facts->signal_count; i++) {
        int64_t number;
        if (!spil_strmap_get(all->codes, facts->signals[i].code, &number)) {
            number = (int64_t)all->code_count++;
            TRY(spil_strmap_put(all->codes, facts->signals[i].code, number, err));
        }
        all->code[i] = (uint32_t)number;
    }
done:
    return rc;
}

/* 2^(-age / half-life); a signal without date does not age. */
static double ageing(const collector *all, const spil_signal *signal, double half_life)
{
    if (signal->date == SPIL_NO_DAY || all->as_of == SPIL_NO_DAY || signal->date >= all->as_of)
        return 1;
    return exp2(-(double)(all->as_of - signal->date) / half_life);
}

static spil_status add_signal(collector *all, size_t m, size_t s, size_t item, size_t i,
                              spil_err *err)
{
    const spil_model_step *const step = &all->models->models[m]->steps[s];
    const spil_model_signal *const kind = &step->signals[item];
    const spil_signal *const signal = &all->facts->signals[i];
    double membership;
    spil_fact fact = {.model = (uint32_t)m,
                      .step = (uint32_t)s,
                      .family = spil_family_of_signal(step, item),
                      .column = spil_column_signal(all->columns, m, s, item),
                      .role = SPIL_NO_SEAT,
                      .kind = SPIL_FACT_SIGNAL,
                      .reference = i,
                      .name = kind->code};
    if (!place(all, signal->entity, &fact, &membership))
        return SPIL_OK;
    fact.weight =
        signal->strength * signal->confidence * ageing(all, signal, kind->half_life_days) *
        membership *
        spil_effort_found(kind, spil_effort_at(all->looks, signal->entity, kind->partner));
    return fact.weight > 0 ? VEC_PUSH(all->out, fact, err) : SPIL_OK;
}

/* item[s * codes + c]: position of code c among the signals of step s, or UINT8_MAX. */
static void fill_items(const collector *all, const spil_model *model, uint8_t *item)
{
    memset(item, UINT8_MAX, model->step_count * all->code_count);
    for (size_t s = 0; s < model->step_count; s++)
        for (size_t i = 0; i < model->steps[s].signal_count; i++) {
            int64_t code;
            if (spil_strmap_get(all->codes, model->steps[s].signals[i].code, &code))
                item[s * all->code_count + (size_t)code] = (uint8_t)i;
        }
}

/* Signals of the model, and for its rules the steps that each recorded signal shows. */
static spil_status collect_signals(collector *all, size_t m, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_model *const model = all->models->models[m];
    const spil_facts *const facts = all->facts;
    uint8_t *item = NULL;
    TRY(NEW_ARRAY(item, model->step_count * all->code_count, err));
    fill_items(all, model, item);
    for (size_t i = 0; i < facts->signal_count; i++) {
        all->signal_steps[i] = 0;
        const spil_entity_kind kind = facts->entities[facts->signals[i].entity].kind;
        for (size_t s = 0; s < model->step_count; s++) {
            const uint8_t at = item[s * all->code_count + all->code[i]];
            if (at == UINT8_MAX || !admits(model->steps[s].signals[at].applies_to, kind))
                continue;
            all->signal_steps[i] |= (spil_step_mask)1 << s;
            TRY(add_signal(all, m, s, at, i, err));
        }
    }
done:
    spil_free(item);
    return rc;
}

/* ---- recorded roles ---- */

static spil_status collect_roles(collector *all, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (size_t i = 0; i < all->facts->role_count; i++) {
        const spil_role *const row = &all->facts->roles[i];
        size_t m, s, r;
        double membership;
        spil_fact fact = {.kind = SPIL_FACT_ROLE, .reference = i};
        if (!spil_role_place(all->models, row, &m, &s, &r) ||
            !place(all, row->entity, &fact, &membership))
            continue;
        const spil_model_step *const step = &all->models->models[m]->steps[s];
        fact.model = (uint32_t)m;
        fact.step = (uint32_t)s;
        fact.role = (uint32_t)r;
        fact.family = spil_family_of_role(step, r);
        fact.column = spil_column_role(all->columns, m);
        fact.weight = fact.q = row->confidence * membership;
        fact.name = step->roles[r].id;
        if (fact.q > 0)
            TRY(VEC_PUSH(all->out, fact, err));
    }
done:
    return rc;
}

/* ---- rules ---- */

static bool is_off(const collector *all, const spil_model_rule *rule)
{
    bool off = rule->off;
    for (size_t i = 0; i < all->opts->rules_off_count && !off; i++)
        off = strcmp(all->opts->rules_off[i], rule->id) == 0 ||
              strcmp(all->opts->rules_off[i], rule->rule->name) == 0;
    return off;
}

static int by_entity(const void *left, const void *right)
{
    const spil_rule_hit *const a = left, *const b = right;
    if (a->entity != b->entity)
        return a->entity < b->entity ? -1 : 1;
    return a->saw.reference < b->saw.reference ? -1 : a->saw.reference > b->saw.reference;
}

static spil_status add_hits(collector *all, size_t m, size_t r, const spil_rule_hits *hits,
                            spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_model_rule *const rule = &all->models->models[m]->rules[r];
    const spil_model_step *const step = &all->models->models[m]->steps[rule->step];
    for (size_t i = 0; i < hits->count; i++) {
        const spil_rule_hit *const hit = &hits->items[i];
        double membership;
        spil_fact fact = {.model = (uint32_t)m,
                          .step = (uint32_t)rule->step,
                          .family = SPIL_NO_FAMILY,
                          .role = (uint32_t)rule->role,
                          .kind = SPIL_FACT_RULE,
                          .reference = r,
                          .saw = hit->saw,
                          .name = rule->id};
        if ((i > 0 && hit->entity == hits->items[i - 1].entity) ||
            !admits(step->roles[rule->role].kinds, all->facts->entities[hit->entity].kind) ||
            !place(all, hit->entity, &fact, &membership))
            continue;
        fact.q = rule->probability * membership;
        if (rule->has_ratio) {
            fact.family = family_of_rule(step, r);
            fact.column = spil_column_rule(all->columns, m, r);
            fact.weight = membership;
        }
        if (fact.q > 0 || fact.weight > 0)
            TRY(VEC_PUSH(all->out, fact, err));
    }
done:
    return rc;
}

static spil_status collect_rules(collector *all, size_t m, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_model *const model = all->models->models[m];
    const spil_rule_view view = {all->facts,       &all->links, all->network,
                                 all->communities, model,       all->signal_steps};
    spil_rule_hits hits = {0};
    for (size_t r = 0; r < model->rule_count; r++) {
        if (is_off(all, &model->rules[r]))
            continue;
        hits.count = 0;
        TRY(model->rules[r].rule->run(&view, &model->rules[r], &hits, err));
        if (hits.count)
            qsort(hits.items, hits.count, sizeof *hits.items, by_entity);
        TRY(add_hits(all, m, r, &hits, err));
    }
done:
    spil_free(hits.items);
    return rc;
}

/* ---- opportunities, and the order of all ---- */

static int compare_size(size_t a, size_t b)
{
    return a < b ? -1 : a > b;
}

static int by_place(const void *left, const void *right)
{
    const spil_fact *const a = left, *const b = right;
    int order = compare_size(a->community, b->community);
    if (order == 0)
        order = compare_size(a->model, b->model);
    if (order == 0)
        order = compare_size(a->step, b->step);
    if (order == 0)
        order = compare_size(a->kind, b->kind);
    if (order == 0)
        order = strcmp(a->name, b->name);
    if (order == 0)
        order = compare_size(a->entity, b->entity);
    return order ? order : compare_size(a->reference, b->reference);
}

static void sort_facts(collector *all)
{
    if (all->out.count)
        qsort(all->out.items, all->out.count, sizeof(spil_fact), by_place);
}

static spil_status add_opportunities(collector *all, uint32_t entity, size_t m, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_model *const model = all->models->models[m];
    const spil_entity_kind kind = all->facts->entities[entity].kind;
    for (size_t s = 0; s < model->step_count; s++)
        for (size_t i = 0; i < model->steps[s].opportunity_count; i++) {
            const spil_model_opportunity *const each = &model->steps[s].opportunities[i];
            double membership;
            spil_fact fact = {.model = (uint32_t)m,
                              .step = (uint32_t)s,
                              .family = family_of_opportunity(&model->steps[s], i),
                              .column = spil_column_opportunity(all->columns, m, s, i),
                              .role = SPIL_NO_SEAT,
                              .kind = SPIL_FACT_OPPORTUNITY,
                              .name = each->id};
            if (!each->has_ratio || !admits(each->applies_to, kind) ||
                !spil_conditions_hold(all->facts, entity, each->where, each->where_count,
                                      &fact.reference) ||
                !place(all, entity, &fact, &membership))
                continue;
            fact.weight = membership;
            if (fact.weight > 0)
                TRY(VEC_PUSH(all->out, fact, err));
        }
done:
    return rc;
}

static bool same_pair(const spil_fact *a, const spil_fact *b)
{
    return a->community == b->community && a->model == b->model;
}

/* Of sorted facts: drops those of pairs where nothing is evidence (seats that rules alone see). */
static void drop_bare_pairs(collector *all)
{
    spil_fact *const facts = all->out.items;
    const size_t count = all->out.count;
    size_t kept = 0;
    for (size_t begin = 0, end; begin < count; begin = end) {
        bool shown = false;
        for (end = begin; end < count && same_pair(&facts[end], &facts[begin]); end++)
            shown = shown || facts[end].family != SPIL_NO_FAMILY;
        for (size_t f = begin; shown && f < end; f++)
            facts[kept++] = facts[f];
    }
    all->out.count = kept;
}

/* In every community and model that has evidence already. */
static spil_status collect_opportunities(collector *all, const size_t *member_row,
                                         const spil_vid *member, spil_err *err)
{
    spil_status rc = SPIL_OK;
    sort_facts(all);
    drop_bare_pairs(all);
    const size_t known = all->out.count;
    for (size_t f = 0; f < known; f++) {
        const uint32_t c = all->out.items[f].community, m = all->out.items[f].model;
        if (f > 0 && same_pair(&all->out.items[f], &all->out.items[f - 1]))
            continue;
        for (size_t i = member_row[c]; i < member_row[c + 1]; i++) {
            const uint32_t entity = all->network->entity[member[i]];
            if (all->facts->attribute_row[entity] < all->facts->attribute_row[entity + 1])
                TRY(add_opportunities(all, entity, m, err));
        }
    }
    sort_facts(all);
done:
    return rc;
}

/* ---- all ---- */

static spil_status find_pairs(spil_evidence *evidence, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_fact *const facts = evidence->facts;
    size_t count = 0;
    TRY(NEW_ARRAY(evidence->pair, evidence->fact_count + 1, err));
    for (size_t f = 0; f < evidence->fact_count; f++)
        if (f == 0 || !same_pair(&facts[f], &facts[f - 1]))
            evidence->pair[count++] = f;
    evidence->pair[count] = evidence->fact_count;
    evidence->pair_count = count;
done:
    return rc;
}

const double *spil_evidence_against(const spil_evidence *evidence, size_t pair)
{
    return evidence->against ? evidence->against + pair * SPIL_MODEL_STEPS_MOST : NULL;
}

static void clear(collector *all)
{
    spil_free(all->code);
    spil_free(all->signal_steps);
    spil_free(all->out.items);
    spil_strmap_free(all->codes);
    spil_link_index_clear(&all->links);
    spil_columns_free(all->columns);
    spil_effort_free(all->looks);
}

spil_status spil_evidence_collect(spil_evidence **out, const spil_facts *facts,
                                  const spil_network *network, const spil_communities *communities,
                                  const size_t *member_row, const spil_vid *member,
                                  const spil_model_set *models, const spil_score_opts *opts,
                                  spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_evidence *evidence = NULL;
    collector all = {.facts = facts,
                     .network = network,
                     .communities = communities,
                     .models = models,
                     .opts = opts,
                     .as_of = opts->as_of == SPIL_NO_DAY ? facts->newest : opts->as_of};
    TRY(NEW(evidence, err));
    TRY(spil_columns_new(&all.columns, models, err));
    TRY(spil_link_index_build(&all.links, facts, err));
    TRY(number_codes(&all, err));
    TRY(spil_effort_new(&all.looks, facts, err));
    for (size_t m = 0; m < models->count; m++) {
        TRY(collect_signals(&all, m, err));
        TRY(collect_rules(&all, m, err));
    }
    TRY(collect_roles(&all, err));
    TRY(collect_opportunities(&all, member_row, member, err));
    evidence->facts = all.out.items;
    evidence->fact_count = all.out.count;
    all.out.items = NULL;
    TRY(find_pairs(evidence, err));
    const spil_against_place place = {facts, network, models, all.looks, member_row, member};
    TRY(spil_against_find(evidence, &place, err));
    evidence->columns = all.columns;
    all.columns = NULL;
    if (!opts->number) {
        TRY(NEW_ARRAY(evidence->drawn, opts->draws * evidence->columns->count, err));
        spil_columns_draw(evidence->columns, opts->seed, opts->draws, evidence->drawn);
    }
    evidence->number = opts->number ? opts->number : evidence->drawn;
    *out = evidence;
    evidence = NULL;
done:
    clear(&all);
    spil_evidence_free(evidence);
    return rc;
}

void spil_evidence_free(spil_evidence *evidence)
{
    if (!evidence)
        return;
    spil_free(evidence->facts);
    spil_free(evidence->pair);
    spil_free(evidence->drawn);
    spil_free(evidence->against);
    spil_columns_free(evidence->columns);
    spil_free(evidence);
}
