/* dossier_derived.c - the parts of a dossier that the newest analysis made; see dossier_parts.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/dossier_parts.h"
#include "reports/say.h"

#include <math.h>
#include <string.h>

static const spil_dossier_column community_columns[] = {
    {"community", SPIL_SAY_community_word, SPIL_CELL_WHOLE, 12},
    {"members", SPIL_SAY_members_caption, SPIL_CELL_WHOLE, 9},
    {"membership", SPIL_SAY_col_membership, SPIL_CELL_SHARE, 12},
    {"model", SPIL_SAY_col_model, SPIL_CELL_TEXT, 26},
    {"chain", SPIL_SAY_dos_chain, SPIL_CELL_SHARE, 14},
    {"fall", SPIL_SAY_dos_fall, SPIL_CELL_SHARE, 14},
};

static void put_community(spil_dossier_maker *m, const spil_member_row *member,
                          const spil_score_row *chain, uint32_t entity)
{
    const spil_results *const r = m->from->rows;
    double fall = chain ? 0.0 : (double)NAN;
    for (size_t i = 0; chain && i < r->fall_count; i++)
        if (r->falls[i].community == member->community && r->falls[i].entity == entity &&
            strcmp(r->falls[i].model, chain->model) == 0)
            fall = r->falls[i].fall.mean;
    spil_dossier_number(m, (double)member->community + 1);
    spil_dossier_number(m, (double)r->communities[member->community].size);
    spil_dossier_number(m, member->membership);
    spil_dossier_names(m, spil_dossier_model_names(m->from, chain ? chain->model : ""));
    spil_dossier_number(m, chain ? chain->probability.mean : (double)NAN);
    spil_dossier_number(m, fall);
}

static void fill_communities(spil_dossier_maker *m, uint32_t entity)
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

static void fill_places(spil_dossier_maker *m, uint32_t entity)
{
    const spil_results *const r = m->from->rows;
    for (size_t i = 0; r && i < r->holder_count; i++) {
        const spil_holder_row *const h = &r->holders[i];
        if (h->entity != entity)
            continue;
        spil_dossier_number(m, (double)h->community + 1);
        spil_dossier_names(m, spil_dossier_role_names(m->from, h->model, h->step, h->role));
        spil_dossier_names(m, spil_dossier_model_names(m->from, h->model));
        spil_dossier_names(m, spil_dossier_step_names(m->from, h->model, h->step));
        spil_dossier_number(m, h->q);
    }
}

static const spil_dossier_column position_columns[] = {
    {"metric", SPIL_SAY_dos_metric, SPIL_CELL_TEXT, 28},
    {"value", SPIL_SAY_dos_value, SPIL_CELL_REAL, 14},
    {"place", SPIL_SAY_dos_place, SPIL_CELL_WHOLE, 10},
    {"of", SPIL_SAY_dos_of, SPIL_CELL_WHOLE, 10},
};

static void fill_position(spil_dossier_maker *m, uint32_t entity)
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
        spil_dossier_names(m, spil_dossier_metric_names(metric->name));
        spil_dossier_number(m, metric->value[at]);
        spil_dossier_number(m, (double)above + 1);
        spil_dossier_number(m, (double)metric->count);
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
static bool origin_of(const spil_dossier_maker *m, const spil_contribution_row *row,
                      spil_origin *out)
{
    const spil_facts *const f = spil_dossier_facts_of(m);
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

static void fill_reasons(spil_dossier_maker *m, uint32_t entity)
{
    const spil_results *const r = m->from->rows;
    for (size_t i = 0; r && i < r->contribution_count; i++) {
        const spil_contribution_row *const c = &r->contributions[i];
        spil_origin origin;
        if (c->entity != entity)
            continue;
        spil_dossier_number(m, (double)c->community + 1);
        spil_dossier_names(m, spil_dossier_model_names(m->from, c->model));
        spil_dossier_names(m, spil_dossier_step_names(m->from, c->model, c->step));
        if (strcmp(c->kind, "position") == 0)
            spil_dossier_word(m, SPIL_SAY_dos_position);
        else
            spil_dossier_names(m, spil_dossier_reason_names(m->from, c));
        spil_dossier_number(m, c->value);
        if (origin_of(m, c, &origin))
            spil_dossier_at(m, origin);
        else
            spil_dossier_nowhere(m);
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

static void put_barrier(spil_dossier_maker *m, const spil_action_row *a)
{
    spil_partner partner;
    spil_dossier_names(m, spil_dossier_barrier_names(m->from, a->model, a->step, a->barrier));
    if (spil_partner_find(a->partner, &partner))
        spil_dossier_names(m, spil_partner_names(partner));
    else
        spil_dossier_text(m, a->partner);
}

static void put_action(spil_dossier_maker *m, const spil_action_row *a, size_t rank,
                       const spil_target_row *target)
{
    spil_dossier_number(m, target ? (double)rank : (double)NAN);
    spil_dossier_word(m, target ? spil_status_word_of(target->status) : SPIL_SAY_dos_not_listed);
    put_barrier(m, a);
    spil_dossier_names(m, spil_dossier_model_names(m->from, a->model));
    spil_dossier_names(m, spil_dossier_step_names(m->from, a->model, a->step));
    spil_dossier_number(m, (double)a->community + 1);
    spil_dossier_number(m, a->hours);
    spil_dossier_number(m, a->effect);
    spil_dossier_number(m, a->recovers);
    spil_dossier_number(m, target ? target->stability : (double)NAN);
}

/* Those on the list first, by rank. */
static void fill_actions(spil_dossier_maker *m, uint32_t entity)
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

static void fill_decisions(spil_dossier_maker *m, uint32_t entity)
{
    const spil_results *const r = m->from->rows;
    for (size_t i = 0; r && i < r->decision_count; i++) {
        const spil_decision_row *const d = &r->decisions[i];
        const spil_action_row *const a = &r->actions[r->targets[d->target].action];
        if (a->entity != entity)
            continue;
        spil_dossier_number(m, (double)d->target + 1);
        put_barrier(m, a);
        spil_dossier_word(m, spil_status_word_of(spil_verdict_word(d->verdict)));
        spil_dossier_text(m, d->reviewer);
        spil_dossier_text(m, d->reason);
        spil_dossier_day(m, day_of(d->time));
    }
}

/* ---- in order ---- */

const spil_dossier_part spil_dossier_derived[] = {
    SPIL_DOSSIER_PART("communities", SPIL_SAY_dos_communities, community_columns, fill_communities),
    SPIL_DOSSIER_PART("places", SPIL_SAY_dos_places, place_columns, fill_places),
    SPIL_DOSSIER_PART("position", SPIL_SAY_dos_position, position_columns, fill_position),
    SPIL_DOSSIER_PART("reasons", SPIL_SAY_sheet_reasons, reason_columns, fill_reasons),
    SPIL_DOSSIER_PART("actions", SPIL_SAY_dos_actions, action_columns, fill_actions),
    SPIL_DOSSIER_PART("decisions", SPIL_SAY_dos_decisions, decision_columns, fill_decisions),
};
const size_t spil_dossier_derived_count =
    sizeof spil_dossier_derived / sizeof *spil_dossier_derived;
