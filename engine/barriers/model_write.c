/* model_write.c - see model_write.h: the model file. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/barriers/model_write.h"

#include "engine/barriers/model_fields.h"
#include "engine/barriers/rule.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- values ---- */

void spil_number_text(spil_str *out, double value)
{
    char text[40];
    for (int digits = 6; digits <= 17; digits++) {
        (void)snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value)
            break;
    }
    spil_str_add(out, text);
}

void spil_kinds_text(spil_str *out, spil_kind_mask kinds)
{
    const char *between = "";
    for (unsigned k = 0; k < SPIL_ENTITY_KIND_COUNT; k++)
        if (kinds >> k & 1U) {
            spil_str_addf(out, "%s%s", between, spil_entity_kind_info((spil_entity_kind)k)->name);
            between = ", ";
        }
}

/* Texts always in double quotes: no word is then taken for a number or a truth. */
void spil_write_text(spil_str *out, const char *text)
{
    spil_str_add(out, "\"");
    for (const char *p = text; *p; p++) {
        const unsigned char c = (unsigned char)*p;
        if (c == '"' || c == '\\')
            spil_str_addf(out, "\\%c", c);
        else if (c == '\n')
            spil_str_add(out, "\\n");
        else if (c < 0x20 || c == 0x7f)
            spil_str_addf(out, "\\x%02x", c);
        else
            spil_str_add_n(out, p, 1);
    }
    spil_str_add(out, "\"");
}

static void key_text(spil_str *out, const char *key, const char *text)
{
    spil_str_add(out, key);
    spil_write_text(out, text);
}

static void key_number(spil_str *out, const char *key, double value)
{
    spil_str_add(out, key);
    spil_number_text(out, value);
}

static void add_names(spil_str *out, spil_names names)
{
    key_text(out, "{nl: ", names.nl);
    key_text(out, ", en: ", names.en);
    spil_str_add(out, "}");
}

static void key_kinds(spil_str *out, const char *key, spil_kind_mask kinds)
{
    spil_str_addf(out, "%s[", key);
    spil_kinds_text(out, kinds);
    spil_str_add(out, "]");
}

static void add_ratio(spil_str *out, const spil_ratio *ratio)
{
    key_number(out, "lr: ", ratio->mid);
    key_number(out, ", lr_low: ", ratio->low);
    key_number(out, ", lr_high: ", ratio->high);
}

static void add_where(spil_str *out, const spil_condition *where, size_t count)
{
    spil_str_add(out, "where: {");
    for (size_t i = 0; i < count; i++) {
        spil_str_addf(out, "%s%s: ", i ? ", " : "", where[i].attribute);
        spil_write_text(out, where[i].value);
    }
    spil_str_add(out, "}");
}

static void add_origin(spil_str *out, bool assumed, const char *source)
{
    if (assumed)
        spil_str_add(out, ", assumed: true");
    if (*source)
        spil_str_addf(out, ", source: %s", source);
}

/* ---- a step ---- */

void spil_write_role(spil_str *out, const spil_model_role *role)
{
    spil_str_addf(out, "      - {id: %s, name: ", role->id);
    add_names(out, role->names);
    key_kinds(out, ", kinds: ", role->kinds);
    spil_str_addf(out, ",\n         needed: %u, facilitator: %s", (unsigned)role->needed,
                  spil_facilitator_word(role->facilitator));
    key_number(out, ", unseen: ", role->unseen);
    key_number(out, ", substitutability: ", role->substitutability);
    add_origin(out, role->assumed, role->source);
    spil_str_add(out, "}\n");
}

void spil_write_opportunity(spil_str *out, const spil_model_opportunity *each)
{
    spil_str_addf(out, "      - {id: %s, name: ", each->id);
    add_names(out, each->names);
    key_kinds(out, ", applies_to: ", each->applies_to);
    spil_str_add(out, ",\n         ");
    add_where(out, each->where, each->where_count);
    if (each->has_ratio) {
        spil_str_add(out, ", ");
        add_ratio(out, &each->ratio);
    }
    add_origin(out, each->assumed, each->source);
    spil_str_add(out, "}\n");
}

void spil_write_signal(spil_str *out, const spil_model_signal *signal)
{
    spil_str_addf(out, "      - {code: %s, name: ", signal->code);
    add_names(out, signal->names);
    spil_str_addf(out, ", family: %s", signal->family);
    key_kinds(out, ",\n         applies_to: ", signal->applies_to);
    spil_str_add(out, ", ");
    add_ratio(out, &signal->ratio);
    if (isinf(signal->half_life_days))
        spil_str_add(out, ", half_life_days: none");
    else
        key_number(out, ", half_life_days: ", signal->half_life_days);
    if (signal->partner_stated)
        spil_str_addf(out, ", partner: %s", spil_partner_id(signal->partner));
    if (signal->found_stated)
        key_number(out, ", found: ", signal->found);
    add_origin(out, signal->assumed, signal->source);
    spil_str_add(out, "}\n");
}

/* Only what was stated: the range that an assumed share gets by itself is left out. */
static void add_shift(spil_str *out, const spil_model_shift *shift, bool first, bool last)
{
    const spil_range own = spil_range_unless_stated(shift->share, shift->assumed);
    spil_str_addf(out, "%s{to: %s", first ? ",\n         displaces: [" : ", ", shift->to);
    key_number(out, ", share: ", shift->share);
    if (own.low != shift->range.low || own.high != shift->range.high) {
        key_number(out, ", share_low: ", shift->range.low);
        key_number(out, ", share_high: ", shift->range.high);
    }
    add_origin(out, shift->assumed, shift->source);
    spil_str_add(out, last ? "}]" : "}");
}

void spil_write_barrier(spil_str *out, const spil_model_barrier *barrier)
{
    spil_str_addf(out, "      - {id: %s, name: ", barrier->id);
    add_names(out, barrier->names);
    spil_str_addf(out, ", partner: %s", spil_partner_id(barrier->partner));
    key_text(out, ",\n         basis: ", barrier->basis);
    key_kinds(out, ", applies_to: ", barrier->applies_to);
    key_number(out, ",\n         effect: [", barrier->effect_a);
    key_number(out, ", ", barrier->effect_b);
    key_number(out, "], hours: ", barrier->hours);
    key_number(out, ", lead_days: ", barrier->lead_days);
    if (barrier->cost > 0)
        key_number(out, ", cost: ", barrier->cost);
    if (barrier->covert)
        spil_str_add(out, ", covert: true");
    for (size_t i = 0; i < barrier->shift_count; i++)
        add_shift(out, &barrier->shifts[i], i == 0, i + 1 == barrier->shift_count);
    add_origin(out, barrier->assumed, barrier->source);
    spil_str_add(out, "}\n");
}

/* Only what was stated: the range that an assumed value gets by itself is left out. */
static void add_range(spil_str *out, const char *indent, const char *name, double mid,
                      const spil_range *range, bool assumed)
{
    const spil_range own = spil_range_unless_stated(mid, assumed);
    if (own.low == range->low && own.high == range->high)
        return;
    spil_str_addf(out, "%s%s_low: ", indent, name);
    spil_number_text(out, range->low);
    spil_str_addf(out, "\n%s%s_high: ", indent, name);
    spil_number_text(out, range->high);
    spil_str_add(out, "\n");
}

#define LIST(out, title, list, number, write)                                                      \
    do {                                                                                           \
        spil_str_addf(out, "    " title ":%s\n", (number) ? "" : " []");                           \
        for (size_t i = 0; i < (number); i++)                                                      \
            write(out, &(list)[i]);                                                                \
    } while (0)

void spil_write_step(spil_str *out, const spil_model_step *step)
{
    spil_str_addf(out, "  - id: %s\n    name: ", step->id);
    add_names(out, step->names);
    spil_str_addf(out, "\n    required: %s\n", step->required ? "true" : "false");
    if (*step->any_of)
        spil_str_addf(out, "    any_of: %s\n", step->any_of);
    if (step->any_time)
        spil_str_add(out, "    any_time: true\n");
    key_number(out, "    prior: ", step->prior);
    key_number(out, "\n    given: ", step->given);
    spil_str_add(out, "\n");
    add_range(out, "    ", "prior", step->prior, &step->prior_range, step->assumed);
    add_range(out, "    ", "given", step->given, &step->given_range, step->assumed);
    if (step->assumed)
        spil_str_add(out, "    assumed: true\n");
}

static void add_step(spil_str *out, const spil_model_step *step)
{
    spil_write_step(out, step);
    LIST(out, "roles", step->roles, step->role_count, spil_write_role);
    LIST(out, "opportunities", step->opportunities, step->opportunity_count,
         spil_write_opportunity);
    LIST(out, "signals", step->signals, step->signal_count, spil_write_signal);
    LIST(out, "barriers", step->barriers, step->barrier_count, spil_write_barrier);
}

/* ---- rules ---- */

static void add_steps_of(spil_str *out, const spil_model *model, const spil_model_rule *rule)
{
    const char *between = "";
    if (rule->steps == (spil_step_mask)1 << rule->step)
        return;
    spil_str_add(out, ", steps: [");
    for (size_t s = 0; s < model->step_count; s++)
        if (rule->steps >> s & 1U) {
            spil_str_addf(out, "%s%s", between, model->steps[s].id);
            between = ", ";
        }
    spil_str_add(out, "]");
}

static void add_rule(spil_str *out, const spil_model *model, const spil_model_rule *rule)
{
    const spil_model_step *const step = &model->steps[rule->step];
    spil_str_addf(out, "  - {id: %s, rule: %s, step: %s, role: %s", rule->id, rule->rule->name,
                  step->id, step->roles[rule->role].id);
    key_number(out, ", probability: ", rule->probability);
    if (rule->at_least > 0)
        key_number(out, ", at_least: ", rule->at_least);
    if (rule->within_days > 0)
        key_number(out, ", within_days: ", rule->within_days);
    add_steps_of(out, model, rule);
    if (rule->where_count) {
        spil_str_add(out, ",\n     ");
        add_where(out, rule->where, rule->where_count);
    }
    if (rule->has_ratio) {
        spil_str_add(out, ",\n     ");
        add_ratio(out, &rule->ratio);
    }
    if (rule->off)
        spil_str_add(out, ", off: true");
    add_origin(out, rule->assumed, rule->source);
    spil_str_add(out, ",\n     reason: ");
    add_names(out, rule->reason);
    spil_str_add(out, "}\n");
}

/* ---- head ---- */

void spil_write_head(spil_str *out, const spil_model *model)
{
    spil_str_addf(out, "id: %s\n", model->id);
    key_text(out, "version: ", model->version);
    key_text(out, "\nreviewed_by: ", model->reviewed_by);
    spil_str_add(out, "\nname: ");
    add_names(out, model->names);
    spil_str_add(out, "\nsources:\n");
    for (size_t i = 0; i < model->source_count; i++) {
        spil_str_addf(out, "  - {id: %s, ", model->sources[i].id);
        key_text(out, "text: ", model->sources[i].text);
        spil_str_add(out, "}\n");
    }
    key_number(out, "harm: ", model->harm);
    key_number(out, "\nprior: ", model->prior);
    spil_str_add(out, "\n");
    add_range(out, "", "prior", model->prior, &model->prior_range, model->prior_assumed);
    if (model->harm_assumed || model->prior_assumed)
        spil_str_addf(out, "assumed: [%s%s%s]\n", model->harm_assumed ? "harm" : "",
                      model->harm_assumed && model->prior_assumed ? ", " : "",
                      model->prior_assumed ? "prior" : "");
    spil_str_add(out, "role_evidence: {");
    add_ratio(out, &model->role_ratio);
    add_origin(out, model->role_ratio_assumed, "");
    key_number(out, "}\nrecovery: {horizon_days: ", model->horizon_days);
    key_number(out, ", attempt_days: ", model->attempt_days);
    key_number(out, ", reach: [", model->reach[0]);
    key_number(out, ", ", model->reach[1]);
    spil_str_add(out, "]");
    add_origin(out, model->recovery_assumed, "");
    spil_str_add(out, "}\n");
}

void spil_write_rules(spil_str *out, const spil_model *model)
{
    if (model->rule_count)
        spil_str_add(out, "\nrules:\n");
    for (size_t r = 0; r < model->rule_count; r++)
        add_rule(out, model, &model->rules[r]);
}

void spil_model_write(const spil_model *model, spil_str *out)
{
    spil_write_head(out, model);
    spil_str_add(out, "\nsteps:\n");
    for (size_t s = 0; s < model->step_count; s++) {
        spil_str_add(out, s ? "\n" : "");
        add_step(out, &model->steps[s]);
    }
    spil_write_rules(out, model);
}
