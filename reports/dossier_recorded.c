/* dossier_recorded.c - the parts of a dossier that the files say themselves; see dossier_parts.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/dossier_parts.h"
#include "reports/say.h"

#include <stdlib.h>

/* ---- what came in ---- */

static const spil_dossier_column record_columns[] = {
    {"key", SPIL_SAY_col_key, SPIL_CELL_TEXT, 14},
    {"name", SPIL_SAY_col_name, SPIL_CELL_TEXT, 30},
    {"type", SPIL_SAY_dos_type, SPIL_CELL_TEXT, 16},
    ORIGIN_COLUMNS,
};

static void fill_records(spil_dossier_maker *m, uint32_t entity)
{
    const spil_facts *const f = spil_dossier_facts_of(m);
    const size_t begin = f->member_row ? f->member_row[entity] : 0;
    const size_t end = f->member_row ? f->member_row[entity + 1] : 0;
    for (size_t i = begin; i < end; i++) {
        spil_dossier_text(m, f->members[i].key);
        spil_dossier_text(m, f->members[i].label);
        spil_dossier_text(m, f->members[i].type);
        spil_dossier_at(m, f->members[i].origin);
    }
    if (begin == end) {
        spil_dossier_text(m, f->entities[entity].key);
        spil_dossier_text(m, f->entities[entity].label);
        spil_dossier_text(m, f->entities[entity].type);
        spil_dossier_at(m, f->entities[entity].origin);
    }
}

static const spil_dossier_column attribute_columns[] = {
    {"attribute", SPIL_SAY_dos_attribute, SPIL_CELL_TEXT, 22},
    {"value", SPIL_SAY_dos_value, SPIL_CELL_TEXT, 40},
    ORIGIN_COLUMNS,
};

static void fill_attributes(spil_dossier_maker *m, uint32_t entity)
{
    const spil_facts *const f = spil_dossier_facts_of(m);
    for (size_t i = f->attribute_row[entity]; i < f->attribute_row[entity + 1]; i++) {
        if (spil_dossier_hides(f->attributes[i].name))
            continue;
        spil_dossier_text(m, f->attributes[i].name);
        spil_dossier_text(m, f->attributes[i].value);
        spil_dossier_at(m, f->attributes[i].origin);
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
static void put_details(spil_dossier_maker *m, const spil_link *link)
{
    spil_str text = SPIL_STR_INIT;
    size_t count;
    const spil_facts *const f = spil_dossier_facts_of(m);
    const spil_detail *const rows = spil_facts_details(f, (size_t)(link - f->links), &count);
    for (size_t i = 0; i < count; i++)
        spil_str_addf(&text, "%s%s %s", i ? ", " : "", rows[i].name, rows[i].value);
    const char *kept = "";
    if (m->rc == SPIL_OK)
        m->rc = spil_str_status(&text, m->err);
    if (m->rc == SPIL_OK && text.length > 0)
        m->rc = spil_arena_text(f->arena, &kept, text.text, text.length, m->err);
    spil_dossier_text(m, kept);
    spil_str_free(&text);
}

static void put_link(spil_dossier_maker *m, const spil_link *link, bool out)
{
    const uint32_t other = out ? link->to : link->from;
    const spil_entity *const entity = &spil_dossier_facts_of(m)->entities[other];
    spil_dossier_word(m, out ? SPIL_SAY_dos_out : SPIL_SAY_dos_in);
    spil_dossier_names(m, spil_link_names(link->kind));
    spil_dossier_text(m, link->type);
    spil_dossier_text(m, entity->key);
    spil_dossier_text(m, spil_dossier_name_of(m, other));
    spil_dossier_names(m, spil_kind_names(entity->kind));
    spil_dossier_number(m, link->confidence);
    spil_dossier_number(m, link->weight);
    spil_dossier_day(m, link->since);
    spil_dossier_day(m, link->until);
    put_details(m, link);
    spil_dossier_at(m, link->origin);
}

static void fill_links(spil_dossier_maker *m, uint32_t entity)
{
    const spil_facts *const f = spil_dossier_facts_of(m);
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

static void fill_roles(spil_dossier_maker *m, uint32_t entity)
{
    const spil_facts *const f = spil_dossier_facts_of(m);
    for (size_t i = f->role_row[entity]; i < f->role_row[entity + 1]; i++) {
        const spil_role *const r = &f->roles[i];
        spil_dossier_names(m, spil_dossier_role_names(m->from, r->model, r->step, r->role));
        spil_dossier_names(m, spil_dossier_model_names(m->from, r->model));
        spil_dossier_names(m, spil_dossier_step_names(m->from, r->model, r->step));
        spil_dossier_number(m, r->confidence);
        spil_dossier_at(m, r->origin);
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

static void fill_signals(spil_dossier_maker *m, uint32_t entity)
{
    const spil_facts *const f = spil_dossier_facts_of(m);
    for (size_t i = f->signal_row[entity]; i < f->signal_row[entity + 1]; i++) {
        const spil_signal *const s = &f->signals[i];
        spil_dossier_names(m, spil_dossier_signal_names(m->from, s->code));
        spil_dossier_text(m, s->code);
        spil_dossier_day(m, s->date);
        spil_dossier_number(m, s->strength);
        spil_dossier_number(m, s->confidence);
        spil_dossier_at(m, s->origin);
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

static void add_moment(spil_dossier_maker *m, moments *all, moment row)
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

static void add_links(spil_dossier_maker *m, moments *all, uint32_t entity)
{
    const spil_facts *const f = spil_dossier_facts_of(m);
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

static void fill_timeline(spil_dossier_maker *m, uint32_t entity)
{
    const spil_facts *const f = spil_dossier_facts_of(m);
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
        spil_dossier_day(m, row->day);
        spil_dossier_word(m, row->event);
        spil_dossier_text(m, row->what);
        spil_dossier_text(m, other ? f->entities[row->other].key : "");
        spil_dossier_text(m, other ? spil_dossier_name_of(m, row->other) : "");
        spil_dossier_at(m, row->origin);
    }
    spil_free(all.items);
}

/* ---- in order ---- */

const spil_dossier_part spil_dossier_recorded[] = {
    SPIL_DOSSIER_PART("records", SPIL_SAY_dos_records, record_columns, fill_records),
    SPIL_DOSSIER_PART("attributes", SPIL_SAY_dos_attributes, attribute_columns, fill_attributes),
    SPIL_DOSSIER_PART("links", SPIL_SAY_links_caption, link_columns, fill_links),
    SPIL_DOSSIER_PART("roles", SPIL_SAY_panel_roles, role_columns, fill_roles),
    SPIL_DOSSIER_PART("signals", SPIL_SAY_panel_signals, signal_columns, fill_signals),
    SPIL_DOSSIER_PART("timeline", SPIL_SAY_time_title, timeline_columns, fill_timeline),
};
const size_t spil_dossier_recorded_count =
    sizeof spil_dossier_recorded / sizeof *spil_dossier_recorded;
