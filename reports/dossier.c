/* dossier.c - see dossier.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Columns and filling of each part stand side by side; `parts` below names them in order. Errors of
 * memory stick in the maker, so that filling reads as a list.
 */
#include "reports/dossier.h"

#include "reports/say.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct maker {
    spil_dossier_tables *to;
    const spil_dossier *from;
    spil_dossier_table *table; /* that is filled */
    const char **source_names; /* of the facts' sources */
    bool *source_used;
    spil_lang lang;
    spil_status rc;
    spil_err *err;
} maker;

/* ---- cells, from left to right ---- */

static void push(maker *m, spil_dossier_cell cell)
{
    if (m->rc == SPIL_OK)
        m->rc = VEC_PUSH(m->table->cells, cell, m->err);
}

static void put_text(maker *m, const char *text)
{
    push(m, (spil_dossier_cell){.text = text, .number = (double)NAN, .day = SPIL_NO_DAY});
}

static void put_names(maker *m, spil_names names)
{
    put_text(m, spil_name_in(names, m->lang));
}

static void put_word(maker *m, spil_word word)
{
    put_text(m, spil_word_text(m->lang, word));
}

static void put_number(maker *m, double number)
{
    push(m, (spil_dossier_cell){.number = number, .day = SPIL_NO_DAY});
}

static void put_day(maker *m, spil_day day)
{
    push(m, (spil_dossier_cell){.number = (double)NAN, .day = day});
}

static void put_origin(maker *m, spil_origin origin)
{
    m->source_used[origin.source] = true;
    put_text(m, m->source_names[origin.source]);
    put_number(m, (double)origin.line);
}

static void put_no_origin(maker *m)
{
    put_text(m, "");
    put_number(m, (double)NAN);
}

#define ORIGIN_COLUMNS                                                                             \
    {"file", SPIL_SAY_col_file, SPIL_CELL_TEXT, 22},                                               \
    {                                                                                              \
        "line", SPIL_SAY_col_line, SPIL_CELL_WHOLE, 8                                              \
    }

static const spil_facts *facts_of(const maker *m)
{
    return m->from->facts;
}

static const char *name_of(const maker *m, uint32_t entity)
{
    const spil_entity *const row = &facts_of(m)->entities[entity];
    return row->label[0] ? row->label : row->key;
}

/* ---- what came in ---- */

static const spil_dossier_column record_columns[] = {
    {"key", SPIL_SAY_col_key, SPIL_CELL_TEXT, 14},
    {"name", SPIL_SAY_col_name, SPIL_CELL_TEXT, 30},
    {"type", SPIL_SAY_dos_type, SPIL_CELL_TEXT, 16},
    ORIGIN_COLUMNS,
};

static void fill_records(maker *m, uint32_t entity)
{
    const spil_facts *const f = facts_of(m);
    const size_t begin = f->member_row ? f->member_row[entity] : 0;
    const size_t end = f->member_row ? f->member_row[entity + 1] : 0;
    for (size_t i = begin; i < end; i++) {
        put_text(m, f->members[i].key);
        put_text(m, f->members[i].label);
        put_text(m, f->members[i].type);
        put_origin(m, f->members[i].origin);
    }
    if (begin == end) {
        put_text(m, f->entities[entity].key);
        put_text(m, f->entities[entity].label);
        put_text(m, f->entities[entity].type);
        put_origin(m, f->entities[entity].origin);
    }
}

static const spil_dossier_column attribute_columns[] = {
    {"attribute", SPIL_SAY_dos_attribute, SPIL_CELL_TEXT, 22},
    {"value", SPIL_SAY_dos_value, SPIL_CELL_TEXT, 40},
    ORIGIN_COLUMNS,
};

static void fill_attributes(maker *m, uint32_t entity)
{
    const spil_facts *const f = facts_of(m);
    for (size_t i = f->attribute_row[entity]; i < f->attribute_row[entity + 1]; i++) {
        if (spil_dossier_hides(f->attributes[i].name))
            continue;
        put_text(m, f->attributes[i].name);
        put_text(m, f->attributes[i].value);
        put_origin(m, f->attributes[i].origin);
    }
}

static const spil_dossier_column link_columns[] = {
    {"direction", SPIL_SAY_dos_direction, SPIL_CELL_TEXT, 9},
    {"link", SPIL_SAY_col_link, SPIL_CELL_TEXT, 24},
    {"type", SPIL_SAY_dos_type, SPIL_CELL_TEXT, 16},
    {"other_key", SPIL_SAY_dos_other_key, SPIL_CELL_TEXT, 14},
    {"other_name", SPIL_SAY_dos_other_name, SPIL_CELL_TEXT, 30},
    {"other_kind", SPIL_SAY_col_kind, SPIL_CELL_TEXT, 12},
    {"confidence", SPIL_SAY_col_confidence, SPIL_CELL_SHARE, 12},
    {"weight", SPIL_SAY_dos_weight, SPIL_CELL_REAL, 9},
    {"since", SPIL_SAY_dos_since, SPIL_CELL_DAY, 11},
    {"until", SPIL_SAY_dos_until, SPIL_CELL_DAY, 11},
    {"details", SPIL_SAY_dos_details, SPIL_CELL_TEXT, 22},
    ORIGIN_COLUMNS,
};

/* "amount 12.50, currency EUR" */
static void put_details(maker *m, const spil_link *link)
{
    spil_str text = SPIL_STR_INIT;
    size_t count;
    const spil_facts *const f = facts_of(m);
    const spil_detail *const rows = spil_facts_details(f, (size_t)(link - f->links), &count);
    for (size_t i = 0; i < count; i++)
        spil_str_addf(&text, "%s%s %s", i ? ", " : "", rows[i].name, rows[i].value);
    const char *kept = "";
    if (m->rc == SPIL_OK)
        m->rc = spil_str_status(&text, m->err);
    if (m->rc == SPIL_OK && text.length > 0)
        m->rc = spil_arena_text(f->arena, &kept, text.text, text.length, m->err);
    put_text(m, kept);
    spil_str_free(&text);
}

static void put_link(maker *m, const spil_link *link, bool out)
{
    const uint32_t other = out ? link->to : link->from;
    const spil_entity *const entity = &facts_of(m)->entities[other];
    put_word(m, out ? SPIL_SAY_dos_out : SPIL_SAY_dos_in);
    put_names(m, spil_link_names(link->kind));
    put_text(m, link->type);
    put_text(m, entity->key);
    put_text(m, name_of(m, other));
    put_names(m, spil_kind_names(entity->kind));
    put_number(m, link->confidence);
    put_number(m, link->weight);
    put_day(m, link->since);
    put_day(m, link->until);
    put_details(m, link);
    put_origin(m, link->origin);
}

static void fill_links(maker *m, uint32_t entity)
{
    const spil_facts *const f = facts_of(m);
    for (size_t i = 0; i < f->link_count; i++)
        if (f->links[i].from == entity)
            put_link(m, &f->links[i], true);
    for (size_t i = 0; i < f->link_count; i++)
        if (f->links[i].to == entity && f->links[i].from != entity)
            put_link(m, &f->links[i], false);
}

static const spil_dossier_column role_columns[] = {
    {"role", SPIL_SAY_dos_role, SPIL_CELL_TEXT, 24},
    {"model", SPIL_SAY_col_model, SPIL_CELL_TEXT, 26},
    {"step", SPIL_SAY_col_step, SPIL_CELL_TEXT, 26},
    {"confidence", SPIL_SAY_col_confidence, SPIL_CELL_SHARE, 12},
    ORIGIN_COLUMNS,
};

static void fill_roles(maker *m, uint32_t entity)
{
    const spil_facts *const f = facts_of(m);
    for (size_t i = f->role_row[entity]; i < f->role_row[entity + 1]; i++) {
        const spil_role *const r = &f->roles[i];
        put_names(m, spil_dossier_role_names(m->from, r->model, r->step, r->role));
        put_names(m, spil_dossier_model_names(m->from, r->model));
        put_names(m, spil_dossier_step_names(m->from, r->model, r->step));
        put_number(m, r->confidence);
        put_origin(m, r->origin);
    }
}

static const spil_dossier_column signal_columns[] = {
    {"signal", SPIL_SAY_term_signal, SPIL_CELL_TEXT, 40},
    {"code", SPIL_SAY_dos_code, SPIL_CELL_TEXT, 24},
    {"date", SPIL_SAY_dos_date, SPIL_CELL_DAY, 11},
    {"strength", SPIL_SAY_dos_strength, SPIL_CELL_SHARE, 10},
    {"confidence", SPIL_SAY_col_confidence, SPIL_CELL_SHARE, 12},
    ORIGIN_COLUMNS,
};

static void fill_signals(maker *m, uint32_t entity)
{
    const spil_facts *const f = facts_of(m);
    for (size_t i = f->signal_row[entity]; i < f->signal_row[entity + 1]; i++) {
        const spil_signal *const s = &f->signals[i];
        put_names(m, spil_dossier_signal_names(m->from, s->code));
        put_text(m, s->code);
        put_day(m, s->date);
        put_number(m, s->strength);
        put_number(m, s->confidence);
        put_origin(m, s->origin);
    }
}

/* ---- what was made of it ---- */

static const spil_dossier_column community_columns[] = {
    {"community", SPIL_SAY_community_word, SPIL_CELL_WHOLE, 12},
    {"members", SPIL_SAY_members_caption, SPIL_CELL_WHOLE, 9},
    {"membership", SPIL_SAY_col_membership, SPIL_CELL_SHARE, 12},
    {"model", SPIL_SAY_col_model, SPIL_CELL_TEXT, 26},
    {"chain", SPIL_SAY_dos_chain, SPIL_CELL_SHARE, 14},
    {"fall", SPIL_SAY_dos_fall, SPIL_CELL_SHARE, 14},
};

static void put_community(maker *m, const spil_member_row *member, const spil_score_row *chain,
                          uint32_t entity)
{
    const spil_results *const r = m->from->rows;
    double fall = chain ? 0.0 : (double)NAN;
    for (size_t i = 0; chain && i < r->fall_count; i++)
        if (r->falls[i].community == member->community && r->falls[i].entity == entity &&
            strcmp(r->falls[i].model, chain->model) == 0)
            fall = r->falls[i].fall.mean;
    put_number(m, (double)member->community + 1);
    put_number(m, (double)r->communities[member->community].size);
    put_number(m, member->membership);
    put_names(m, spil_dossier_model_names(m->from, chain ? chain->model : ""));
    put_number(m, chain ? chain->probability.mean : (double)NAN);
    put_number(m, fall);
}

static void fill_communities(maker *m, uint32_t entity)
{
    const spil_results *const r = m->from->rows;
    for (size_t i = 0; r && i < r->member_count; i++) {
        bool scored = false;
        if (r->members[i].entity != entity)
            continue;
        for (size_t s = 0; s < r->score_count; s++)
            if (r->scores[s].community == r->members[i].community &&
                r->scores[s].part == SPIL_PART_CHAIN) {
                put_community(m, &r->members[i], &r->scores[s], entity);
                scored = true;
            }
        if (!scored)
            put_community(m, &r->members[i], NULL, entity);
    }
}

static const spil_dossier_column place_columns[] = {
    {"community", SPIL_SAY_community_word, SPIL_CELL_WHOLE, 12},
    {"role", SPIL_SAY_dos_role, SPIL_CELL_TEXT, 24},
    {"model", SPIL_SAY_col_model, SPIL_CELL_TEXT, 26},
    {"step", SPIL_SAY_col_step, SPIL_CELL_TEXT, 26},
    {"chance", SPIL_SAY_dos_chance, SPIL_CELL_SHARE, 10},
};

static void fill_places(maker *m, uint32_t entity)
{
    const spil_results *const r = m->from->rows;
    for (size_t i = 0; r && i < r->holder_count; i++) {
        const spil_holder_row *const h = &r->holders[i];
        if (h->entity != entity)
            continue;
        put_number(m, (double)h->community + 1);
        put_names(m, spil_dossier_role_names(m->from, h->model, h->step, h->role));
        put_names(m, spil_dossier_model_names(m->from, h->model));
        put_names(m, spil_dossier_step_names(m->from, h->model, h->step));
        put_number(m, h->q);
    }
}

static const spil_dossier_column position_columns[] = {
    {"metric", SPIL_SAY_dos_metric, SPIL_CELL_TEXT, 28},
    {"value", SPIL_SAY_dos_value, SPIL_CELL_REAL, 14},
    {"place", SPIL_SAY_dos_place, SPIL_CELL_WHOLE, 10},
    {"of", SPIL_SAY_dos_of, SPIL_CELL_WHOLE, 10},
};

static void fill_position(maker *m, uint32_t entity)
{
    const spil_results *const r = m->from->rows;
    for (size_t i = 0; r && i < r->metric_count; i++) {
        const spil_metric_row *const metric = &r->metrics[i];
        size_t at = 0, above = 0;
        while (at < metric->count && metric->entity[at] != entity)
            at++;
        if (at == metric->count)
            continue;
        for (size_t k = 0; k < metric->count; k++)
            above += metric->value[k] > metric->value[at];
        put_names(m, spil_dossier_metric_names(metric->name));
        put_number(m, metric->value[at]);
        put_number(m, (double)above + 1);
        put_number(m, (double)metric->count);
    }
}

static const spil_dossier_column reason_columns[] = {
    {"community", SPIL_SAY_community_word, SPIL_CELL_WHOLE, 12},
    {"model", SPIL_SAY_col_model, SPIL_CELL_TEXT, 26},
    {"step", SPIL_SAY_col_step, SPIL_CELL_TEXT, 26},
    {"reason", SPIL_SAY_col_reason, SPIL_CELL_TEXT, 40},
    {"fall", SPIL_SAY_dos_fall, SPIL_CELL_SHARE, 14},
    ORIGIN_COLUMNS,
};

/* The record that a reason rests on; false: none, or one that is not shown. */
static bool origin_of(const maker *m, const spil_contribution_row *row, spil_origin *out)
{
    const spil_facts *const f = facts_of(m);
    switch (row->refers) {
    case SPIL_REFERENCE_SIGNAL:
        *out = f->signals[row->reference].origin;
        return true;
    case SPIL_REFERENCE_ATTRIBUTE:
        *out = f->attributes[row->reference].origin;
        return true;
    case SPIL_REFERENCE_ROLE:
        *out = f->roles[row->reference].origin;
        return true;
    case SPIL_REFERENCE_LINK:
        *out = f->links[row->reference].origin;
        return true;
    case SPIL_REFERENCE_NONE:
        break;
    }
    return false;
}

static void fill_reasons(maker *m, uint32_t entity)
{
    const spil_results *const r = m->from->rows;
    for (size_t i = 0; r && i < r->contribution_count; i++) {
        const spil_contribution_row *const c = &r->contributions[i];
        spil_origin origin;
        if (c->entity != entity)
            continue;
        put_number(m, (double)c->community + 1);
        put_names(m, spil_dossier_model_names(m->from, c->model));
        put_names(m, spil_dossier_step_names(m->from, c->model, c->step));
        if (strcmp(c->kind, "position") == 0)
            put_word(m, SPIL_SAY_dos_position);
        else
            put_names(m, spil_dossier_reason_names(m->from, c));
        put_number(m, c->value);
        if (origin_of(m, c, &origin))
            put_origin(m, origin);
        else
            put_no_origin(m);
    }
}

static const spil_dossier_column action_columns[] = {
    {"rank", SPIL_SAY_col_rank, SPIL_CELL_WHOLE, 6},
    {"status", SPIL_SAY_col_status, SPIL_CELL_TEXT, 14},
    {"barrier", SPIL_SAY_col_barrier, SPIL_CELL_TEXT, 30},
    {"partner", SPIL_SAY_partner, SPIL_CELL_TEXT, 22},
    {"model", SPIL_SAY_col_model, SPIL_CELL_TEXT, 26},
    {"step", SPIL_SAY_col_step, SPIL_CELL_TEXT, 26},
    {"community", SPIL_SAY_community_word, SPIL_CELL_WHOLE, 12},
    {"hours", SPIL_SAY_hours, SPIL_CELL_REAL, 8},
    {"effect", SPIL_SAY_works, SPIL_CELL_SHARE, 10},
    {"recovers", SPIL_SAY_col_recovers, SPIL_CELL_SHARE, 14},
    {"stability", SPIL_SAY_col_stability, SPIL_CELL_SHARE, 12},
};

static spil_word status_word(const char *status)
{
    static const struct {
        const char *status;
        spil_word word;
    } words[] = {{"accepted", SPIL_SAY_status_accepted},
                 {"rejected", SPIL_SAY_status_rejected},
                 {"held", SPIL_SAY_status_held}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].status, status) == 0)
            return words[i].word;
    return SPIL_SAY_status_proposed;
}

static void put_barrier(maker *m, const spil_action_row *a)
{
    spil_partner partner;
    put_names(m, spil_dossier_barrier_names(m->from, a->model, a->step, a->barrier));
    if (spil_partner_find(a->partner, &partner))
        put_names(m, spil_partner_names(partner));
    else
        put_text(m, a->partner);
}

static void put_action(maker *m, const spil_action_row *a, size_t rank,
                       const spil_target_row *target)
{
    put_number(m, target ? (double)rank : (double)NAN);
    put_word(m, target ? status_word(target->status) : SPIL_SAY_dos_not_listed);
    put_barrier(m, a);
    put_names(m, spil_dossier_model_names(m->from, a->model));
    put_names(m, spil_dossier_step_names(m->from, a->model, a->step));
    put_number(m, (double)a->community + 1);
    put_number(m, a->hours);
    put_number(m, a->effect);
    put_number(m, a->recovers);
    put_number(m, target ? target->stability : (double)NAN);
}

/* Those on the list first, by rank. */
static void fill_actions(maker *m, uint32_t entity)
{
    const spil_results *const r = m->from->rows;
    for (size_t t = 0; r && t < r->target_count; t++)
        if (r->actions[r->targets[t].action].entity == entity)
            put_action(m, &r->actions[r->targets[t].action], t + 1, &r->targets[t]);
    for (size_t a = 0; r && a < r->action_count; a++) {
        bool listed = false;
        if (r->actions[a].entity != entity)
            continue;
        for (size_t t = 0; t < r->target_count; t++)
            listed = listed || (size_t)r->targets[t].action == a;
        if (!listed)
            put_action(m, &r->actions[a], 0, NULL);
    }
}

static const spil_dossier_column decision_columns[] = {
    {"rank", SPIL_SAY_col_rank, SPIL_CELL_WHOLE, 6},
    {"barrier", SPIL_SAY_col_barrier, SPIL_CELL_TEXT, 30},
    {"partner", SPIL_SAY_partner, SPIL_CELL_TEXT, 22},
    {"verdict", SPIL_SAY_dos_verdict, SPIL_CELL_TEXT, 14},
    {"reviewer", SPIL_SAY_dos_reviewer, SPIL_CELL_TEXT, 20},
    {"reason", SPIL_SAY_col_reason, SPIL_CELL_TEXT, 40},
    {"date", SPIL_SAY_dos_date, SPIL_CELL_DAY, 11},
};

static spil_day day_of(int64_t microseconds)
{
    return (spil_day)(microseconds / INT64_C(86400000000));
}

static void fill_decisions(maker *m, uint32_t entity)
{
    const spil_results *const r = m->from->rows;
    for (size_t i = 0; r && i < r->decision_count; i++) {
        const spil_decision_row *const d = &r->decisions[i];
        const spil_action_row *const a = &r->actions[r->targets[d->target].action];
        if (a->entity != entity)
            continue;
        put_number(m, (double)d->target + 1);
        put_barrier(m, a);
        put_word(m, status_word(spil_verdict_word(d->verdict)));
        put_text(m, d->reviewer);
        put_text(m, d->reason);
        put_day(m, day_of(d->time));
    }
}

/* ---- timeline ---- */

static const spil_dossier_column timeline_columns[] = {
    {"date", SPIL_SAY_dos_date, SPIL_CELL_DAY, 11},
    {"event", SPIL_SAY_dos_event, SPIL_CELL_TEXT, 18},
    {"what", SPIL_SAY_dos_what, SPIL_CELL_TEXT, 34},
    {"other_key", SPIL_SAY_dos_other_key, SPIL_CELL_TEXT, 14},
    {"other_name", SPIL_SAY_dos_other_name, SPIL_CELL_TEXT, 30},
    ORIGIN_COLUMNS,
};

typedef struct moment {
    spil_day day;
    size_t order; /* of adding */
    spil_word event;
    const char *what;
    uint32_t other; /* UINT32_MAX: none */
    spil_origin origin;
} moment;

typedef SPIL_VEC(moment) moments;

static void add_moment(maker *m, moments *all, moment row)
{
    row.order = all->count;
    if (row.day != SPIL_NO_DAY && m->rc == SPIL_OK)
        m->rc = VEC_PUSH(*all, row, m->err);
}

static int by_day(const void *a, const void *b)
{
    const moment *const x = a, *const y = b;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static void add_links(maker *m, moments *all, uint32_t entity)
{
    const spil_facts *const f = facts_of(m);
    for (size_t i = 0; i < f->link_count; i++) {
        const spil_link *const l = &f->links[i];
        if (l->from != entity && l->to != entity)
            continue;
        moment row = {.what = spil_name_in(spil_link_names(l->kind), m->lang),
                      .other = l->from == entity ? l->to : l->from,
                      .origin = l->origin};
        row.day = l->since;
        row.event = SPIL_SAY_dos_begins;
        add_moment(m, all, row);
        row.day = l->until;
        row.event = SPIL_SAY_dos_ends;
        add_moment(m, all, row);
    }
}

static void fill_timeline(maker *m, uint32_t entity)
{
    const spil_facts *const f = facts_of(m);
    moments all = {0};
    add_links(m, &all, entity);
    for (size_t i = f->signal_row[entity]; i < f->signal_row[entity + 1]; i++)
        add_moment(m, &all,
                   (moment){.day = f->signals[i].date,
                            .event = SPIL_SAY_term_signal,
                            .what = spil_name_in(
                                spil_dossier_signal_names(m->from, f->signals[i].code), m->lang),
                            .other = UINT32_MAX,
                            .origin = f->signals[i].origin});
    for (size_t i = f->attribute_row[entity]; i < f->attribute_row[entity + 1]; i++) {
        moment row = {.event = SPIL_SAY_dos_attribute,
                      .what = f->attributes[i].name,
                      .other = UINT32_MAX,
                      .origin = f->attributes[i].origin};
        if (!spil_dossier_hides(row.what) && spil_parse_day(f->attributes[i].value, &row.day))
            add_moment(m, &all, row);
    }
    if (all.count > 0)
        qsort(all.items, all.count, sizeof *all.items, by_day);
    for (size_t i = 0; i < all.count; i++) {
        const moment *const row = &all.items[i];
        const bool other = row->other != UINT32_MAX;
        put_day(m, row->day);
        put_word(m, row->event);
        put_text(m, row->what);
        put_text(m, other ? f->entities[row->other].key : "");
        put_text(m, other ? name_of(m, row->other) : "");
        put_origin(m, row->origin);
    }
    spil_free(all.items);
}

/* ---- sources ---- */

static const spil_dossier_column source_columns[] = {
    {"file", SPIL_SAY_col_file, SPIL_CELL_TEXT, 28},
    {"sha256", SPIL_SAY_col_digest, SPIL_CELL_TEXT, 68},
    {"grade", SPIL_SAY_col_grade, SPIL_CELL_TEXT, 10},
    {"owner", SPIL_SAY_col_owner, SPIL_CELL_TEXT, 20},
    {"basis", SPIL_SAY_basis, SPIL_CELL_TEXT, 24},
    {"purpose", SPIL_SAY_col_purpose, SPIL_CELL_TEXT, 24},
    {"keep_until", SPIL_SAY_keep_until, SPIL_CELL_DAY, 12},
};

static void fill_sources(maker *m)
{
    const spil_facts *const f = facts_of(m);
    for (size_t i = 0; i < f->source_count; i++) {
        if (!m->source_used[i])
            continue;
        put_text(m, m->source_names[i]);
        put_text(m, f->sources[i].sha256);
        put_text(m, f->sources[i].grade);
        put_text(m, f->sources[i].owner);
        put_text(m, f->sources[i].basis);
        put_text(m, f->sources[i].purpose);
        put_day(m, f->sources[i].keep_until);
    }
}

/* Two files of one name carry eight digits of their digest too. */
static spil_status name_sources(maker *m, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_facts *const f = facts_of(m);
    spil_str text = SPIL_STR_INIT;
    TRY(NEW_ARRAY(m->source_names, f->source_count, err));
    TRY(NEW_ARRAY(m->source_used, f->source_count, err));
    for (size_t i = 0; i < f->source_count; i++) {
        const char *const name = strrchr(f->sources[i].path, '/');
        bool twin = false;
        m->source_names[i] = name ? name + 1 : f->sources[i].path;
        for (size_t k = 0; k < f->source_count; k++) {
            const char *const other = strrchr(f->sources[k].path, '/');
            twin = twin || (k != i && strcmp(other ? other + 1 : f->sources[k].path,
                                             m->source_names[i]) == 0);
        }
        if (!twin)
            continue;
        spil_str_clear(&text);
        spil_str_addf(&text, "%s (%.8s)", m->source_names[i], f->sources[i].sha256);
        TRY(spil_str_status(&text, err));
        TRY(spil_arena_text(m->to->arena, &m->source_names[i], text.text, text.length, err));
    }
done:
    spil_str_free(&text);
    return rc;
}

/* ---- all of it ---- */

#define FILLED(name, title)                                                                        \
    {                                                                                              \
#name "s", title, name##_columns, sizeof name##_columns / sizeof *name##_columns,          \
            fill_##name##s                                                                         \
    }

static const struct {
    const char *name;
    spil_word title;
    const spil_dossier_column *columns;
    size_t column_count;
    void (*fill)(maker *m, uint32_t entity);
} parts[] = {
    FILLED(record, SPIL_SAY_dos_records),
    FILLED(attribute, SPIL_SAY_dos_attributes),
    FILLED(link, SPIL_SAY_links_caption),
    FILLED(role, SPIL_SAY_panel_roles),
    FILLED(signal, SPIL_SAY_panel_signals),
    {"timeline", SPIL_SAY_time_title, timeline_columns,
     sizeof timeline_columns / sizeof *timeline_columns, fill_timeline},
    {"communities", SPIL_SAY_dos_communities, community_columns,
     sizeof community_columns / sizeof *community_columns, fill_communities},
    FILLED(place, SPIL_SAY_dos_places),
    {"position", SPIL_SAY_dos_position, position_columns,
     sizeof position_columns / sizeof *position_columns, fill_position},
    FILLED(reason, SPIL_SAY_sheet_reasons),
    FILLED(action, SPIL_SAY_dos_actions),
    FILLED(decision, SPIL_SAY_dos_decisions),
};

enum { PARTS = sizeof parts / sizeof *parts };

static size_t rows_of(const spil_dossier_table *table)
{
    return table->cells.count / table->column_count;
}

static spil_status fill_table(maker *m, size_t part, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_dossier_table *const table = m->table = &m->to->tables[part];
    const size_t subjects = part < PARTS ? m->from->count : 1;
    TRY(NEW_ARRAY(table->row_of, subjects + 1, err));
    if (part < PARTS) {
        table->name = parts[part].name;
        table->title = parts[part].title;
        table->columns = parts[part].columns;
        table->column_count = parts[part].column_count;
    } else {
        table->name = "sources";
        table->title = SPIL_SAY_sources_caption;
        table->columns = source_columns;
        table->column_count = sizeof source_columns / sizeof *source_columns;
    }
    for (size_t i = 0; i < subjects; i++) {
        if (part < PARTS)
            parts[part].fill(m, m->from->entities[i]);
        else
            fill_sources(m);
        table->row_of[i + 1] = rows_of(table);
    }
    rc = m->rc;
done:
    return rc;
}

spil_status spil_dossier_tables_make(spil_dossier_tables **out, const spil_dossier *dossier,
                                     spil_lang lang, const char *by, spil_err *err)
{
    spil_status rc = SPIL_OK;
    maker m = {.from = dossier, .lang = lang, .err = err};
    TRY(NEW(m.to, err));
    TRY(spil_arena_new(&m.to->arena, err));
    TRY(NEW_ARRAY(m.to->subjects, dossier->count, err));
    TRY(NEW_ARRAY(m.to->tables, PARTS + 1, err));
    m.to->table_count = PARTS + 1;
    TRY(name_sources(&m, err));
    TRY(spil_arena_text(m.to->arena, &m.to->by, by ? by : "", by ? strlen(by) : 0, err));
    m.to->subject_count = dossier->count;
    m.to->has_run = dossier->rows != NULL;
    m.to->stale = dossier->stale;
    m.to->as_of = dossier->rows ? dossier->rows->run.as_of : dossier->facts->newest;
    for (size_t i = 0; i < dossier->count; i++) {
        const spil_entity *const entity = &dossier->facts->entities[dossier->entities[i]];
        m.to->subjects[i] = (spil_dossier_subject){
            .key = entity->key, .name = name_of(&m, dossier->entities[i]), .kind = entity->kind};
    }
    for (size_t part = 0; part <= PARTS; part++)
        TRY(fill_table(&m, part, err));
    *out = m.to;
    m.to = NULL;
done:
    spil_free(m.source_names);
    spil_free(m.source_used);
    spil_dossier_tables_free(m.to);
    return rc;
}

void spil_dossier_tables_free(spil_dossier_tables *tables)
{
    if (!tables)
        return;
    for (size_t i = 0; tables->tables && i < tables->table_count; i++) {
        spil_free(tables->tables[i].cells.items);
        spil_free(tables->tables[i].row_of);
    }
    spil_free(tables->tables);
    spil_free(tables->subjects);
    spil_arena_free(tables->arena);
    spil_free(tables);
}

size_t spil_dossier_rows(const spil_dossier_tables *tables)
{
    size_t rows = 0;
    for (size_t i = 0; i + 1 < tables->table_count; i++)
        rows += rows_of(&tables->tables[i]);
    return rows;
}
