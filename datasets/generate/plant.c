/* plant.c - see plant.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "datasets/generate/plant.h"

#include "datasets/generate/dice.h"
#include "datasets/generate/noise.h"
#include "datasets/generate/shape.h"

#include <string.h>

/* ---- ties ---- */

static void tie(spil_gen_plan *p, uint32_t a, uint32_t b, spil_link_kind kind)
{
    spil_gen_link *const link = spil_gen_add_link(p->cell, &p->rng, spil_gen_ref_of_member(p, a),
                                                  spil_gen_ref_of_member(p, b), kind);
    if (link)
        link->community = p->community;
}

/* The link of two members, as their kinds and parts suggest. */
static void bind(spil_gen_plan *p, uint32_t a, uint32_t b)
{
    static const spil_link_kind among[] = {SPIL_LINK_called, SPIL_LINK_called,
                                           SPIL_LINK_met,    SPIL_LINK_met,
                                           SPIL_LINK_knows,  SPIL_LINK_co_suspect},
                                deals[] = {SPIL_LINK_paid, SPIL_LINK_called, SPIL_LINK_knows};
    if (a == b || a == UINT32_MAX || b == UINT32_MAX)
        return;
    if (p->members[a].kind > p->members[b].kind) { /* person, company, address: in that order */
        const uint32_t swap = a;
        a = b;
        b = swap;
    }
    const spil_gen_member *const x = &p->members[a], *const y = &p->members[b];
    if (y->kind == SPIL_ENTITY_person && x->core && y->core) {
        tie(p, a, b, among[spil_rng_below(&p->rng, sizeof among / sizeof *among)]);
        if (spil_gen_chance(&p->rng, 0.4))
            tie(p, a, b, among[spil_rng_below(&p->rng, sizeof among / sizeof *among)]);
    } else if (y->kind == SPIL_ENTITY_person) {
        tie(p, a, b, deals[spil_rng_below(&p->rng, sizeof deals / sizeof *deals)]);
    } else if (y->kind == SPIL_ENTITY_address) {
        tie(p, a, b, x->core || x->kind == SPIL_ENTITY_company ? SPIL_LINK_uses : SPIL_LINK_owns);
    } else if (x->kind == SPIL_ENTITY_person && strcmp(y->part, "front") == 0) {
        tie(p, a, b, spil_gen_chance(&p->rng, 0.5) ? SPIL_LINK_works_for : SPIL_LINK_uses);
    } else {
        tie(p, a, b, SPIL_LINK_paid);
    }
}

static uint32_t lead_of(const spil_gen_plan *p, uint32_t step)
{
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < p->seat_count; i++) {
            const spil_gen_member *const m = &p->members[p->seats[i].member];
            if (p->seats[i].step == step && (pass == 0 ? m->core : m->kind == SPIL_ENTITY_person))
                return p->seats[i].member;
        }
    return UINT32_MAX;
}

/* A facilitator of a step with a place mostly owns it; others have a chance to know each other. */
static double tie_chance(const spil_gen_member *a, const spil_gen_member *b)
{
    const bool owner = (a->kind == SPIL_ENTITY_address && *b->aware) ||
                       (b->kind == SPIL_ENTITY_address && *a->aware);
    return owner ? 0.8 : 0.5;
}

static void tie_step(spil_gen_plan *p, uint32_t step, uint32_t lead)
{
    for (uint32_t i = 0; i < p->seat_count; i++) {
        const uint32_t a = p->seats[i].member;
        if (p->seats[i].step != step)
            continue;
        bind(p, lead, a);
        for (uint32_t j = 0; j < i; j++) {
            const uint32_t b = p->seats[j].member;
            if (p->seats[j].step == step && b != lead && a != lead &&
                spil_gen_chance(&p->rng, tie_chance(&p->members[a], &p->members[b])))
                bind(p, b, a);
        }
    }
}

static void tie_all(spil_gen_plan *p)
{
    uint32_t organiser = UINT32_MAX, before = UINT32_MAX;
    for (uint32_t m = 0; m < p->member_count && organiser == UINT32_MAX; m++)
        if (p->members[m].core)
            organiser = m;
    for (uint32_t s = 0; s < p->model->step_count; s++) {
        uint32_t lead = lead_of(p, s);
        if (lead == UINT32_MAX)
            lead = organiser;
        tie_step(p, s, lead);
        if (spil_gen_kinds_at(p, s) == 0)
            continue;
        bind(p, before, lead);
        if (organiser != before && spil_gen_chance(&p->rng, 0.6))
            bind(p, organiser, lead);
        before = lead;
    }
    for (uint32_t m = 0; m < p->member_count; m++)
        if (spil_gen_chance(&p->rng, p->members[m].core ? 0.7 : 0.25))
            bind(p, organiser, m);
    for (uint32_t a = 0; a < p->member_count; a++)
        for (uint32_t b = 0; b < a; b++)
            if (p->members[a].core && p->members[b].core && spil_gen_chance(&p->rng, 0.2))
                bind(p, b, a);
}

/* ---- what came to light ---- */

static void show_signals(spil_gen_plan *p, uint32_t step)
{
    const spil_model_step *const it = &p->model->steps[step];
    for (size_t g = 0; g < it->signal_count; g++) {
        if (!spil_gen_chance(&p->rng, SPIL_GEN_SEEN))
            continue;
        const uint32_t m = spil_gen_server_of(p, step, it->signals[g].applies_to);
        if (m == UINT32_MAX)
            continue;
        const uint32_t reports = spil_gen_chance(&p->rng, 0.15) ? 2 : 1;
        for (uint32_t n = 0; n < reports; n++)
            spil_gen_add_signal(p->cell, &p->rng, spil_gen_ref_of_member(p, m), &it->signals[g],
                                p->community, it->id);
    }
}

static void record_roles(spil_gen_plan *p)
{
    for (uint32_t i = 0; i < p->seat_count && p->cell->rc == SPIL_OK; i++) {
        const spil_gen_seat *const s = &p->seats[i];
        if (s->role == SPIL_GEN_NO_ROLE)
            continue;
        const uint32_t sure = spil_gen_between(&p->rng, 40, 90);
        const bool known = spil_gen_chance(&p->rng, SPIL_GEN_KNOWN);
        const spil_model_step *const step = &p->model->steps[s->step];
        const spil_gen_role role = {.entity = spil_gen_ref_of_member(p, s->member),
                                    .model = p->model->id,
                                    .step = step->id,
                                    .role = step->roles[s->role].id,
                                    .confidence = (double)sure / 100.0,
                                    .community = p->community,
                                    .withheld = !known};
        p->cell->rc = VEC_PUSH(p->cell->roles, role, &p->cell->err);
    }
}

static void record_members(spil_gen_plan *p)
{
    for (uint32_t m = 0; m < p->member_count; m++) {
        const spil_gen_truth truth = {.community = p->community,
                                      .model = p->model->id,
                                      .record = "member",
                                      .name = p->members[m].part,
                                      .has_entity = true,
                                      .recorded = true,
                                      .entity = spil_gen_ref_of_member(p, m),
                                      .aware = p->members[m].aware};
        spil_gen_add_truth(p->cell, &truth);
    }
}

void spil_gen_plant(spil_gen_cell *cell, const spil_gen_columns *columns, const spil_model *model,
                    uint64_t number)
{
    spil_gen_plan p = {.cell = cell, .columns = columns, .model = model, .community = number + 1};
    p.rng = spil_rng_stream(cell->seed, UINT64_MAX / 2 + number);
    for (uint32_t s = 0; s < model->step_count; s++)
        if (spil_gen_chance(&p.rng, model->steps[s].given) || p.seat_count == 0)
            spil_gen_run_step(&p, s);
    for (uint32_t n = spil_gen_between(&p.rng, 2, 4); n > 0 && p.seat_count > 0; n--) { /* hands */
        const uint32_t step = p.seats[spil_rng_below(&p.rng, p.seat_count)].step;
        spil_gen_sit(&p,
                     spil_gen_enlist(&p, SPIL_ENTITY_person, spil_gen_free_adult(&p), "core", ""),
                     step, SPIL_GEN_NO_ROLE);
    }
    for (size_t r = 0; r < model->rule_count; r++)
        spil_gen_follow_rule(&p, &model->rules[r]);
    tie_all(&p);
    for (uint32_t s = 0; s < model->step_count; s++) {
        spil_gen_take_opportunities(&p, s);
        show_signals(&p, s);
    }
    record_roles(&p);
    record_members(&p);
}
