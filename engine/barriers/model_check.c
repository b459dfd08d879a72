/* model_check.c - see model_fields.h: what two values together must keep to.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A check runs on a record without faults of its own.
 */
#include "engine/barriers/model_fields.h"
#include "engine/barriers/rule.h"

#include <string.h>

static const double given_unless_stated = 0.9;

/* Odds of an assumed chance are doubted by this factor either way, unless the file says more. */
static const double odds_doubted = 2;

static void no_source(const char **source)
{
    if (!*source)
        *source = "";
}

void spil_check_ratio(spil_yaml *yaml, const yaml_node_t *node, const spil_ratio *ratio)
{
    if (ratio->low > ratio->mid)
        spil_yaml_fault(yaml, spil_yaml_at(yaml, node, "lr_low"), "lr_low %g is above lr %g",
                        ratio->low, ratio->mid);
    if (ratio->mid > ratio->high)
        spil_yaml_fault(yaml, spil_yaml_at(yaml, node, "lr_high"), "lr_high %g is below lr %g",
                        ratio->high, ratio->mid);
    if (ratio->mid < 1)
        spil_yaml_fault(yaml, spil_yaml_at(yaml, node, "lr"),
                        "lr %g is below 1: nothing in a model speaks against its step", ratio->mid);
}

/* lr, lr_low and lr_high come together or not at all. */
static void check_ratio_if_any(spil_yaml *yaml, const yaml_node_t *node, bool has,
                               const spil_ratio *ratio)
{
    if (has && ratio->low > 0 && ratio->high > 0)
        spil_check_ratio(yaml, node, ratio);
    else if (has || ratio->low > 0 || ratio->high > 0)
        spil_yaml_fault(yaml, node, "lr, lr_low and lr_high are stated together or not at all");
}

void spil_check_role(spil_yaml *yaml, const yaml_node_t *node, void *record)
{
    (void)yaml, (void)node;
    no_source(&((spil_model_role *)record)->source);
}

void spil_check_opportunity(spil_yaml *yaml, const yaml_node_t *node, void *record)
{
    spil_model_opportunity *const each = record;
    no_source(&each->source);
    check_ratio_if_any(yaml, node, each->has_ratio, &each->ratio);
}

void spil_check_signal(spil_yaml *yaml, const yaml_node_t *node, void *record)
{
    spil_model_signal *const each = record;
    no_source(&each->source);
    if (!each->found_stated)
        each->found = SPIL_FOUND_UNSTATED;
    spil_check_ratio(yaml, node, &each->ratio);
}

static void check_range(spil_yaml *yaml, const yaml_node_t *node, const char *name, double mid,
                        const spil_range *range);
static void fill_range(spil_range *range, double mid, bool assumed);

void spil_check_shift(spil_yaml *yaml, const yaml_node_t *node, void *record)
{
    spil_model_shift *const each = record;
    no_source(&each->source);
    each->step = SIZE_MAX;
    check_range(yaml, node, "share", each->share, &each->range);
    fill_range(&each->range, each->share, each->assumed);
}

void spil_check_barrier(spil_yaml *yaml, const yaml_node_t *node, void *record)
{
    spil_model_barrier *const each = record;
    double moved = 0;
    no_source(&each->source);
    for (size_t i = 0; i < each->shift_count; i++)
        moved += each->shifts[i].share;
    if (moved > 1)
        spil_yaml_fault(yaml, spil_yaml_at(yaml, node, "displaces"),
                        "barrier '%s' moves more than it takes away: its shares add up to %g",
                        each->id, moved);
    for (unsigned kind = 0; kind < SPIL_ENTITY_KIND_COUNT; kind++)
        if ((each->applies_to >> kind & 1U) &&
            !spil_entity_kind_info((spil_entity_kind)kind)->target)
            spil_yaml_fault(yaml, spil_yaml_at(yaml, node, "applies_to"),
                            "no barrier can be raised against the kind '%s'",
                            spil_entity_kind_info((spil_entity_kind)kind)->name);
}

/* Low and high of a chance come together, on either side of it. */
static void check_range(spil_yaml *yaml, const yaml_node_t *node, const char *name, double mid,
                        const spil_range *range)
{
    if ((range->low > 0) != (range->high > 0))
        spil_yaml_fault(yaml, node, "%s_low and %s_high are stated together or not at all", name,
                        name);
    else if (range->low > mid || (range->high > 0 && range->high < mid))
        spil_yaml_fault(yaml, node, "%s %g is not between %s_low %g and %s_high %g", name, mid,
                        name, range->low, name, range->high);
}

static double odds_times(double chance, double factor)
{
    const double odds = chance / (1 - chance) * factor;
    return odds / (1 + odds);
}

spil_range spil_range_unless_stated(double mid, bool assumed)
{
    const spil_range none = {mid, mid};
    return assumed ? (spil_range){odds_times(mid, 1 / odds_doubted), odds_times(mid, odds_doubted)}
                   : none;
}

static void fill_range(spil_range *range, double mid, bool assumed)
{
    if (range->low > 0)
        return;
    *range = spil_range_unless_stated(mid, assumed);
}

/* Who can act at the step looks at what shows it. */
static void fill_partners(spil_model_step *step)
{
    for (size_t i = 0; i < step->signal_count; i++) {
        spil_model_signal *const signal = &step->signals[i];
        size_t b = 0;
        if (signal->partner_stated)
            continue;
        while (b < step->barrier_count && !(step->barriers[b].applies_to & signal->applies_to))
            b++;
        signal->partner = step->barriers[b < step->barrier_count ? b : 0].partner;
    }
}

void spil_check_step(spil_yaml *yaml, const yaml_node_t *node, void *record)
{
    const spil_model *const model = spil_yaml_user(yaml);
    spil_model_step *const step = record;
    if (step->prior == 0)
        step->prior = model->prior;
    if (step->given == 0)
        step->given = given_unless_stated;
    no_source(&step->any_of);
    step->group = SPIL_NO_GROUP;
    fill_partners(step);
    check_range(yaml, node, "prior", step->prior, &step->prior_range);
    check_range(yaml, node, "given", step->given, &step->given_range);
    if (step->prior > step->given)
        spil_yaml_fault(yaml, spil_yaml_at(yaml, node, "prior"),
                        "step '%s' is seen more often without the process (prior %g) than in it "
                        "(given %g)",
                        step->id, step->prior, step->given);
}

void spil_check_rule(spil_yaml *yaml, const yaml_node_t *node, void *record)
{
    spil_model_rule *const rule = record;
    no_source(&rule->source);
    if (rule->rule->needs_where && rule->where_count == 0)
        spil_yaml_fault(yaml, node, "rule '%s' lacks 'where', which %s needs", rule->id,
                        rule->rule->name);
    if (rule->rule->needs_at_least && rule->at_least == 0)
        spil_yaml_fault(yaml, node, "rule '%s' lacks 'at_least', which %s needs", rule->id,
                        rule->rule->name);
    if (rule->rule->needs_within_days && rule->within_days == 0)
        spil_yaml_fault(yaml, node, "rule '%s' lacks 'within_days', which %s needs", rule->id,
                        rule->rule->name);
    check_ratio_if_any(yaml, node, rule->has_ratio, &rule->ratio);
    if (rule->has_ratio && rule->rule->uses_evidence)
        spil_yaml_fault(yaml, spil_yaml_at(yaml, node, "lr"),
                        "rule '%s' rests on signals that count already, so it has no lr", rule->id);
    if (rule->steps == 0)
        rule->steps = (spil_step_mask)1 << rule->step;
}

void spil_check_role_evidence(spil_yaml *yaml, const yaml_node_t *node, void *record)
{
    spil_check_ratio(yaml, node, &((spil_model *)record)->role_ratio);
}

/* Node of item i of the list under a key. */
static const yaml_node_t *item_node(spil_yaml *yaml, const yaml_node_t *node, const char *key,
                                    size_t i)
{
    const yaml_node_t *const list = spil_yaml_at(yaml, node, key);
    if (list->type != YAML_SEQUENCE_NODE ||
        i >= (size_t)(list->data.sequence.items.top - list->data.sequence.items.start))
        return list;
    return spil_yaml_node(yaml, list->data.sequence.items.start[i]);
}

static const yaml_node_t *step_node(spil_yaml *yaml, const yaml_node_t *model, size_t s)
{
    return item_node(yaml, model, "steps", s);
}

/* First step outside first..last (not included) with this any_of; step_count: none. */
static size_t step_apart(const spil_model *model, size_t first, size_t last, const char *name)
{
    size_t s = 0;
    while (s < model->step_count &&
           ((s >= first && s < last) || strcmp(model->steps[s].any_of, name) != 0))
        s++;
    return s;
}

/* Steps first..last (not included) have one any_of. */
static void check_group(spil_yaml *yaml, const yaml_node_t *node, const spil_model *model,
                        size_t first, size_t last)
{
    const spil_model_step *const steps = model->steps;
    const char *const name = steps[first].any_of;
    const yaml_node_t *const place = spil_yaml_at(yaml, step_node(yaml, node, first), "any_of");
    const size_t apart = step_apart(model, first, last, name);
    if (apart < first)
        spil_yaml_fault(yaml, place, "steps of 'any_of: %s' stand apart; put '%s' beside '%s'",
                        name, steps[first].id, steps[apart].id);
    else if (apart == model->step_count && last - first == 1)
        spil_yaml_fault(yaml, place,
                        "step '%s' is the only one with 'any_of: %s'; a choice needs two or more",
                        steps[first].id, name);
    for (size_t s = first + 1; s < last; s++)
        if (steps[s].required != steps[first].required)
            spil_yaml_fault(yaml, spil_yaml_at(yaml, step_node(yaml, node, s), "required"),
                            "steps '%s' and '%s' of 'any_of: %s' are one required, one not",
                            steps[first].id, steps[s].id, name);
}

static void check_groups(spil_yaml *yaml, const yaml_node_t *node, const spil_model *model)
{
    uint32_t group = 0;
    for (size_t first = 0, last; first < model->step_count; first = last) {
        spil_model_step *const steps = model->steps;
        last = first + 1;
        if (!*steps[first].any_of)
            continue;
        while (last < model->step_count && strcmp(steps[last].any_of, steps[first].any_of) == 0)
            last++;
        check_group(yaml, node, model, first, last);
        for (size_t s = first; s < last; s++)
            steps[s].group = group;
        group++;
    }
}

/* Where the load goes to: a step of the model, but not the barrier's own. */
static void find_shift(spil_yaml *yaml, const yaml_node_t *node, const spil_model *model, size_t s,
                       spil_model_shift *shift)
{
    const char *words[SPIL_MODEL_STEPS_MOST + 1];
    size_t count = 0;
    if (strcmp(shift->to, SPIL_ABROAD) == 0)
        return;
    for (size_t t = 0; t < model->step_count; t++)
        if (t != s && strcmp(model->steps[t].id, shift->to) == 0)
            shift->step = t;
        else if (t != s)
            words[count++] = model->steps[t].id;
    words[count++] = SPIL_ABROAD;
    if (shift->step != SIZE_MAX)
        return;
    spil_yaml_fault(yaml, spil_yaml_at(yaml, node, "to"),
                    "'to: %s' is neither another step nor '" SPIL_ABROAD "'%s", shift->to,
                    spil_yaml_nearest(yaml, shift->to, words, count));
}

static void find_shifts(spil_yaml *yaml, const yaml_node_t *node, spil_model *model)
{
    for (size_t s = 0; s < model->step_count; s++)
        for (size_t b = 0; b < model->steps[s].barrier_count; b++) {
            const yaml_node_t *const barrier =
                item_node(yaml, step_node(yaml, node, s), "barriers", b);
            for (size_t i = 0; i < model->steps[s].barriers[b].shift_count; i++)
                find_shift(yaml, item_node(yaml, barrier, "displaces", i), model, s,
                           &model->steps[s].barriers[b].shifts[i]);
        }
}

void spil_check_model(spil_yaml *yaml, const yaml_node_t *node, void *record)
{
    spil_model *const model = record;
    size_t required = 0;
    check_range(yaml, node, "prior", model->prior, &model->prior_range);
    fill_range(&model->prior_range, model->prior, model->prior_assumed);
    for (size_t s = 0; s < model->step_count; s++) {
        spil_model_step *const step = &model->steps[s];
        required += step->required;
        fill_range(&step->prior_range, step->prior, step->assumed);
        fill_range(&step->given_range, step->given, step->assumed);
    }
    if (required == 0)
        spil_yaml_fault(yaml, spil_yaml_at(yaml, node, "steps"),
                        "no step is required, so there is no chain to break");
    check_groups(yaml, node, model);
    find_shifts(yaml, node, model);
}
