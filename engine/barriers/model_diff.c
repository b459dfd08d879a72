/* model_diff.c - see model_write.h: what a model says, line by line, and what two models say
 * differently. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A line has a path of ids, so that order in the file and layout do not count; the order of steps
 * is a line of its own. Time: O(lines).
 */
#include "engine/barriers/model_write.h"

#include "engine/barriers/model_fields.h"
#include "engine/barriers/rule.h"
#include "engine/base/strmap.h"
#include "engine/base/vec.h"

#include <math.h>
#include <string.h>

/* Appends lines below a path; the first failure stays. */
typedef struct writer {
    spil_model_lines *lines;
    spil_str path, value;
    spil_status rc;
    spil_err *err;
} writer;

static void put(writer *w, const char *key)
{
    spil_model_line line = {NULL, NULL};
    spil_str whole = SPIL_STR_INIT;
    spil_str_add(&whole, spil_str_text(&w->path));
    spil_str_addf(&whole, "%s%s", w->path.length && *key ? " / " : "", key);
    if (w->rc == SPIL_OK)
        w->rc = spil_str_status(&whole, w->err);
    if (w->rc == SPIL_OK)
        w->rc = spil_str_status(&w->value, w->err);
    if (w->rc == SPIL_OK)
        w->rc = spil_copy_text(&line.path, spil_str_text(&whole), w->err);
    if (w->rc == SPIL_OK)
        w->rc = spil_copy_text(&line.value, spil_str_text(&w->value), w->err);
    if (w->rc == SPIL_OK)
        w->rc = VEC_PUSH(*w->lines, line, w->err);
    if (w->rc != SPIL_OK) {
        spil_free(line.path);
        spil_free(line.value);
    }
    spil_str_free(&whole);
    spil_str_clear(&w->value);
}

static void put_text(writer *w, const char *key, const char *text)
{
    spil_str_add(&w->value, text);
    put(w, key);
}

static void put_number(writer *w, const char *key, double value)
{
    if (isinf(value))
        spil_str_add(&w->value, "none");
    else
        spil_number_text(&w->value, value);
    put(w, key);
}

static void put_flag(writer *w, const char *key, bool flag)
{
    put_text(w, key, flag ? "yes" : "no");
}

static void put_names(writer *w, spil_names names)
{
    put_text(w, "Dutch name", names.nl);
    put_text(w, "English name", names.en);
}

static void put_kinds(writer *w, const char *key, spil_kind_mask kinds)
{
    spil_kinds_text(&w->value, kinds);
    put(w, key);
}

static void put_ratio(writer *w, const spil_ratio *ratio)
{
    put_number(w, "lr", ratio->mid);
    put_number(w, "lr_low", ratio->low);
    put_number(w, "lr_high", ratio->high);
}

static void put_where(writer *w, const spil_condition *where, size_t count)
{
    for (size_t i = 0; i < count; i++)
        spil_str_addf(&w->value, "%s%s: %s", i ? ", " : "", where[i].attribute, where[i].value);
    if (count)
        put(w, "where");
}

static void put_origin(writer *w, bool assumed, const char *source)
{
    put_flag(w, "assumed", assumed);
    if (*source)
        put_text(w, "source", source);
}

/* Goes into a block "step power"; its own line has the English name. Returns the length to go back
 * to. */
static size_t enter(writer *w, const char *what, const char *id, const char *name)
{
    const size_t length = w->path.length;
    spil_str_addf(&w->path, "%s%s %s", length ? " / " : "", what, id);
    put_text(w, "", name);
    return length;
}

static void leave(writer *w, size_t length)
{
    if (w->path.text && !w->path.failed)
        w->path.text[length] = '\0';
    w->path.length = length;
}

static void add_role(writer *w, const spil_model_role *role)
{
    const size_t back = enter(w, "role", role->id, role->names.en);
    put_names(w, role->names);
    put_kinds(w, "kinds", role->kinds);
    put_number(w, "needed", role->needed);
    put_text(w, "facilitator", spil_facilitator_word(role->facilitator));
    put_number(w, "unseen", role->unseen);
    put_number(w, "substitutability", role->substitutability);
    put_origin(w, role->assumed, role->source);
    leave(w, back);
}

static void add_opportunity(writer *w, const spil_model_opportunity *each)
{
    const size_t back = enter(w, "opportunity", each->id, each->names.en);
    put_names(w, each->names);
    put_kinds(w, "applies_to", each->applies_to);
    put_where(w, each->where, each->where_count);
    if (each->has_ratio)
        put_ratio(w, &each->ratio);
    put_origin(w, each->assumed, each->source);
    leave(w, back);
}

static void add_signal(writer *w, const spil_model_signal *signal)
{
    const size_t back = enter(w, "signal", signal->code, signal->names.en);
    put_names(w, signal->names);
    put_text(w, "family", signal->family);
    put_kinds(w, "applies_to", signal->applies_to);
    put_ratio(w, &signal->ratio);
    put_number(w, "half_life_days", signal->half_life_days);
    if (signal->partner_stated)
        put_text(w, "partner", spil_partner_id(signal->partner));
    if (signal->found_stated)
        put_number(w, "found", signal->found);
    put_origin(w, signal->assumed, signal->source);
    leave(w, back);
}

static void add_shifts(writer *w, const spil_model_barrier *barrier)
{
    for (size_t i = 0; i < barrier->shift_count; i++) {
        const spil_model_shift *const shift = &barrier->shifts[i];
        const size_t back = enter(w, "displaces", shift->to, "");
        spil_number_text(&w->value, shift->share);
        spil_str_add(&w->value, " (");
        spil_number_text(&w->value, shift->range.low);
        spil_str_add(&w->value, " to ");
        spil_number_text(&w->value, shift->range.high);
        spil_str_add(&w->value, ")");
        put(w, "share");
        put_origin(w, shift->assumed, shift->source);
        leave(w, back);
    }
}

static void add_barrier(writer *w, const spil_model_barrier *barrier)
{
    const size_t back = enter(w, "barrier", barrier->id, barrier->names.en);
    put_names(w, barrier->names);
    put_text(w, "partner", spil_partner_id(barrier->partner));
    put_text(w, "basis", barrier->basis);
    put_kinds(w, "applies_to", barrier->applies_to);
    spil_number_text(&w->value, barrier->effect_a);
    spil_str_add(&w->value, ", ");
    spil_number_text(&w->value, barrier->effect_b);
    put(w, "effect");
    put_number(w, "hours", barrier->hours);
    put_number(w, "lead_days", barrier->lead_days);
    put_number(w, "cost", barrier->cost);
    put_text(w, "covert", barrier->covert ? "true" : "false");
    add_shifts(w, barrier);
    put_origin(w, barrier->assumed, barrier->source);
    leave(w, back);
}

/* The range is told where the file states one: not where it follows from the chance. */
static void put_chance(writer *w, const char *name, double mid, bool assumed,
                       const spil_range *range)
{
    const spil_range usual = spil_range_unless_stated(mid, assumed);
    spil_number_text(&w->value, mid);
    if (range->low != usual.low || range->high != usual.high) {
        spil_str_add(&w->value, " (");
        spil_number_text(&w->value, range->low);
        spil_str_add(&w->value, " to ");
        spil_number_text(&w->value, range->high);
        spil_str_add(&w->value, ")");
    }
    put(w, name);
}

static void add_step(writer *w, const spil_model_step *step)
{
    const size_t back = enter(w, "step", step->id, step->names.en);
    put_names(w, step->names);
    put_flag(w, "required", step->required);
    if (*step->any_of)
        put_text(w, "any_of", step->any_of);
    put_flag(w, "any_time", step->any_time);
    put_chance(w, "prior", step->prior, step->assumed, &step->prior_range);
    put_chance(w, "given", step->given, step->assumed, &step->given_range);
    put_flag(w, "assumed", step->assumed);
    for (size_t i = 0; i < step->role_count; i++)
        add_role(w, &step->roles[i]);
    for (size_t i = 0; i < step->opportunity_count; i++)
        add_opportunity(w, &step->opportunities[i]);
    for (size_t i = 0; i < step->signal_count; i++)
        add_signal(w, &step->signals[i]);
    for (size_t i = 0; i < step->barrier_count; i++)
        add_barrier(w, &step->barriers[i]);
    leave(w, back);
}

static void add_rule(writer *w, const spil_model *model, const spil_model_rule *rule)
{
    const spil_model_step *const step = &model->steps[rule->step];
    const size_t back = enter(w, "rule", rule->id, rule->reason.en);
    put_text(w, "condition", rule->rule->name);
    put_text(w, "step", step->id);
    put_text(w, "role", step->roles[rule->role].id);
    put_number(w, "probability", rule->probability);
    put_number(w, "at_least", rule->at_least);
    put_number(w, "within_days", rule->within_days);
    for (size_t s = 0; s < model->step_count; s++)
        if (rule->steps >> s & 1U)
            spil_str_addf(&w->value, "%s%s", w->value.length ? ", " : "", model->steps[s].id);
    put(w, "steps");
    put_where(w, rule->where, rule->where_count);
    if (rule->has_ratio)
        put_ratio(w, &rule->ratio);
    put_text(w, "Dutch reason", rule->reason.nl);
    put_text(w, "English reason", rule->reason.en);
    put_flag(w, "off", rule->off);
    put_origin(w, rule->assumed, rule->source);
    leave(w, back);
}

static void add_head(writer *w, const spil_model *model)
{
    put_text(w, "id", model->id);
    put_text(w, "version", model->version);
    put_text(w, "reviewed_by", model->reviewed_by);
    put_names(w, model->names);
    for (size_t i = 0; i < model->source_count; i++)
        leave(w, enter(w, "source", model->sources[i].id, model->sources[i].text));
    put_number(w, "harm", model->harm);
    put_flag(w, "harm assumed", model->harm_assumed);
    put_chance(w, "prior", model->prior, model->prior_assumed, &model->prior_range);
    put_flag(w, "prior assumed", model->prior_assumed);
    size_t back = enter(w, "role_evidence", "", "");
    put_ratio(w, &model->role_ratio);
    put_flag(w, "assumed", model->role_ratio_assumed);
    leave(w, back);
    back = enter(w, "recovery", "", "");
    put_number(w, "horizon_days", model->horizon_days);
    put_number(w, "attempt_days", model->attempt_days);
    put_number(w, "reach, directly", model->reach[0]);
    put_number(w, "reach, through one other", model->reach[1]);
    put_flag(w, "assumed", model->recovery_assumed);
    leave(w, back);
}

spil_status spil_model_lines_of(spil_model_lines **out, const spil_model *model, spil_err *err)
{
    spil_status rc = SPIL_OK;
    writer w = {.path = SPIL_STR_INIT, .value = SPIL_STR_INIT, .rc = SPIL_OK, .err = err};
    TRY(NEW(w.lines, err));
    add_head(&w, model);
    for (size_t s = 0; s < model->step_count; s++)
        spil_str_addf(&w.value, "%s%s", s ? ", " : "", model->steps[s].id);
    put(&w, "order of steps");
    for (size_t s = 0; s < model->step_count; s++)
        add_step(&w, &model->steps[s]);
    for (size_t r = 0; r < model->rule_count; r++)
        add_rule(&w, model, &model->rules[r]);
    TRY(w.rc);
    *out = w.lines;
    w.lines = NULL;
done:
    spil_model_lines_free(w.lines);
    spil_str_free(&w.path);
    spil_str_free(&w.value);
    return rc;
}

void spil_model_lines_free(spil_model_lines *lines)
{
    for (size_t i = 0; lines && i < lines->count; i++) {
        spil_free(lines->items[i].path);
        spil_free(lines->items[i].value);
    }
    if (lines)
        spil_free(lines->items);
    spil_free(lines);
}

/* ---- difference ---- */

static spil_status index_lines(spil_strmap **out, const spil_model_lines *lines, spil_err *err)
{
    spil_strmap *map = NULL;
    spil_status rc = spil_strmap_new(&map, err);
    for (size_t i = 0; rc == SPIL_OK && i < lines->count; i++)
        rc = spil_strmap_put(map, lines->items[i].path, (int64_t)i, err);
    if (rc == SPIL_OK)
        *out = map;
    else
        spil_strmap_free(map);
    return rc;
}

static bool is_below(const char *path, const char *block)
{
    const size_t length = strlen(block);
    return strncmp(path, block, length) == 0 && strncmp(path + length, " / ", 3) == 0;
}

/* Lines of `from` that `other` (indexed by map) has not, or has with another value when values are
 * compared too; first: from is the first model. */
static void compare(spil_model_change *items, size_t *count, const spil_model_lines *from,
                    const spil_model_lines *other, const spil_strmap *map, bool first)
{
    const char *gone = NULL; /* the block that the other has not */
    for (size_t i = 0; i < from->count; i++) {
        const spil_model_line *const line = &from->items[i];
        int64_t at;
        if (gone && is_below(line->path, gone))
            continue;
        if (!spil_strmap_get(map, line->path, &at)) {
            gone = line->path;
            items[(*count)++] = first ? (spil_model_change){line->path, line->value, NULL}
                                      : (spil_model_change){line->path, NULL, line->value};
        } else if (first && strcmp(other->items[at].value, line->value) != 0) {
            items[(*count)++] =
                (spil_model_change){line->path, line->value, other->items[at].value};
        }
    }
}

spil_status spil_model_diff(spil_model_changes **out, const spil_model *first,
                            const spil_model *second, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_model_changes *changes = NULL;
    spil_strmap *one = NULL, *two = NULL;
    TRY(NEW(changes, err));
    TRY(spil_model_lines_of(&changes->first, first, err));
    TRY(spil_model_lines_of(&changes->second, second, err));
    TRY(index_lines(&one, changes->first, err));
    TRY(index_lines(&two, changes->second, err));
    TRY(NEW_ARRAY(changes->items, changes->first->count + changes->second->count, err));
    compare(changes->items, &changes->count, changes->first, changes->second, two, true);
    compare(changes->items, &changes->count, changes->second, changes->first, one, false);
    *out = changes;
    changes = NULL;
done:
    spil_strmap_free(one);
    spil_strmap_free(two);
    spil_model_changes_free(changes);
    return rc;
}

void spil_model_changes_free(spil_model_changes *changes)
{
    if (!changes)
        return;
    spil_free(changes->items);
    spil_model_lines_free(changes->first);
    spil_model_lines_free(changes->second);
    spil_free(changes);
}
