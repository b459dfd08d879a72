/* crew.c - see crew.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "datasets/generate/crew.h"

#include "datasets/generate/dice.h"
#include "datasets/generate/world.h"

#include <string.h>

spil_gen_ref spil_gen_ref_of_member(const spil_gen_plan *p, uint32_t m)
{
    return spil_gen_ref_of(p->cell, p->members[m].kind, p->members[m].index);
}

static bool *taken(spil_gen_plan *p, spil_entity_kind kind, uint32_t index)
{
    return kind == SPIL_ENTITY_person    ? &p->cell->persons.items[index].taken
           : kind == SPIL_ENTITY_company ? &p->cell->companies.items[index].taken
                                         : &p->cell->addresses.items[index].taken;
}

uint32_t spil_gen_enlist(spil_gen_plan *p, spil_entity_kind kind, uint32_t index, const char *part,
                         const char *aware)
{
    if (p->cell->rc != SPIL_OK || index == UINT32_MAX || p->member_count == SPIL_GEN_MEMBERS)
        return UINT32_MAX;
    *taken(p, kind, index) = true;
    p->members[p->member_count] = (spil_gen_member){
        .kind = kind, .index = index, .core = !strcmp(part, "core"), .aware = aware, .part = part};
    return p->member_count++;
}

void spil_gen_sit(spil_gen_plan *p, uint32_t m, uint32_t step, uint32_t role)
{
    if (m == UINT32_MAX || p->seat_count == SPIL_GEN_SEATS)
        return;
    p->seats[p->seat_count++] = (spil_gen_seat){m, step, role};
}

static bool sits(const spil_gen_plan *p, uint32_t m, uint32_t step)
{
    for (uint32_t i = 0; i < p->seat_count; i++)
        if (p->seats[i].member == m && p->seats[i].step == step)
            return true;
    return false;
}

/* A member of that kind and part who does not serve the step yet; UINT32_MAX when there is none. */
static uint32_t one_of_ours(spil_gen_plan *p, spil_entity_kind kind, const char *part,
                            uint32_t step)
{
    uint32_t found = UINT32_MAX, count = 0;
    for (uint32_t m = 0; m < p->member_count; m++)
        if (p->members[m].kind == kind && strcmp(p->members[m].part, part) == 0 &&
            !sits(p, m, step) && spil_rng_below(&p->rng, ++count) == 0)
            found = m;
    return found;
}

uint32_t spil_gen_free_adult(spil_gen_plan *p)
{
    for (int i = 0; i < 60; i++) {
        const uint32_t person = spil_gen_any_adult(p->cell, &p->rng);
        if (person != UINT32_MAX && !p->cell->persons.items[person].taken)
            return person;
    }
    return UINT32_MAX;
}

/* Somebody who directs a firm or owns premises, hence has something to offer. */
static uint32_t free_director(spil_gen_plan *p)
{
    for (int i = 0; i < 60 && p->cell->companies.count > 0; i++) {
        const spil_gen_company *const firm =
            &p->cell->companies.items[spil_rng_below(&p->rng, p->cell->companies.count)];
        if (firm->director != UINT32_MAX && !p->cell->persons.items[firm->director].taken)
            return firm->director;
    }
    return spil_gen_free_adult(p);
}

static uint32_t free_firm(spil_gen_plan *p)
{
    for (int i = 0; i < 60 && p->cell->companies.count > 0; i++) {
        const uint64_t firm = spil_rng_below(&p->rng, p->cell->companies.count);
        const spil_gen_company *const it = &p->cell->companies.items[firm];
        if (!it->taken && it->dissolved == SPIL_NO_DAY)
            return (uint32_t)firm;
    }
    return UINT32_MAX;
}

/* An empty barn, unit or shop; a new one when none is left. */
static uint32_t free_place(spil_gen_plan *p)
{
    for (int i = 0; i < 200 && p->cell->addresses.count > 0; i++) {
        const uint64_t place = spil_rng_below(&p->rng, p->cell->addresses.count);
        const spil_gen_address *const it = &p->cell->addresses.items[place];
        if (!it->taken && it->vacant)
            return (uint32_t)place;
    }
    return spil_gen_add_address(p->cell, &p->rng,
                                spil_gen_chance(&p->rng, 0.5) ? "barn" : "business");
}

static uint32_t place_for(spil_gen_plan *p, uint32_t step)
{
    const uint32_t ours = one_of_ours(p, SPIL_ENTITY_address, "place", step);
    if (ours != UINT32_MAX && spil_gen_chance(&p->rng, 0.6))
        return ours;
    return spil_gen_enlist(p, SPIL_ENTITY_address, free_place(p), "place", "");
}

static uint32_t person_for(spil_gen_plan *p, uint32_t step)
{
    const uint32_t ours = one_of_ours(p, SPIL_ENTITY_person, "core", step);
    if (ours != UINT32_MAX && spil_gen_chance(&p->rng, 0.3))
        return ours;
    return spil_gen_enlist(p, SPIL_ENTITY_person, spil_gen_free_adult(p), "core", "");
}

/* A front: founded lately, at a place of ours or above somebody's shop, with one of us in charge.
 */
static uint32_t front_for(spil_gen_plan *p, uint32_t step)
{
    const uint32_t ours = one_of_ours(p, SPIL_ENTITY_company, "front", step);
    if (ours != UINT32_MAX && spil_gen_chance(&p->rng, 0.5))
        return ours;
    const uint32_t place = one_of_ours(p, SPIL_ENTITY_address, "place", UINT32_MAX);
    const uint32_t seat_of_firm = place != UINT32_MAX && spil_gen_chance(&p->rng, 0.4)
                                      ? p->members[place].index
                                      : spil_gen_add_address(p->cell, &p->rng, "shop");
    const uint32_t firm =
        spil_gen_add_company(p->cell, &p->rng, spil_gen_sector_draw(&p->rng), seat_of_firm);
    const uint32_t head = person_for(p, UINT32_MAX);
    if (p->cell->rc != SPIL_OK)
        return UINT32_MAX;
    if (!p->cell->addresses.items[seat_of_firm].taken)
        (void)spil_gen_enlist(p, SPIL_ENTITY_address, seat_of_firm, "place", "");
    p->cell->companies.items[firm].founded =
        SPIL_GEN_TODAY - (spil_day)spil_gen_between(&p->rng, 90, 1500);
    if (head != UINT32_MAX)
        spil_gen_direct(p->cell, &p->rng, p->members[head].index, firm);
    return spil_gen_enlist(p, SPIL_ENTITY_company, firm, "front", "");
}

static const char *awareness(spil_gen_plan *p, spil_facilitator facilitator)
{
    if (facilitator == SPIL_FACILITATOR_AWARE)
        return "yes";
    if (facilitator == SPIL_FACILITATOR_UNAWARE)
        return "no";
    return spil_gen_chance(&p->rng, 0.5) ? "yes" : "no";
}

/* Does the role go to somebody from outside, as the model allows? Often one of us does it. */
static bool hires(spil_gen_plan *p, spil_facilitator facilitator)
{
    static const double share[] = {[SPIL_FACILITATOR_NO] = 0,
                                   [SPIL_FACILITATOR_AWARE] = 0.5,
                                   [SPIL_FACILITATOR_UNAWARE] = 1,
                                   [SPIL_FACILITATOR_BOTH] = 0.6};
    return spil_gen_chance(&p->rng, share[facilitator]);
}

static spil_entity_kind kind_for(spil_gen_plan *p, const spil_model_role *role)
{
    static const spil_entity_kind kinds[] = {SPIL_ENTITY_person, SPIL_ENTITY_company,
                                             SPIL_ENTITY_address};
    spil_entity_kind found = SPIL_ENTITY_KIND_COUNT;
    uint32_t weight = 0;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        if (!(role->kinds >> kinds[k] & 1))
            continue;
        const uint32_t w =
            kinds[k] == SPIL_ENTITY_person && role->facilitator == SPIL_FACILITATOR_NO ? 3 : 1;
        weight += w;
        if (spil_rng_below(&p->rng, weight) < w)
            found = kinds[k];
    }
    return found;
}

/* Somebody or some firm from outside. Two draws, two statements: the order of arguments is the
 * compiler's choice. */
static uint32_t outsider_for(spil_gen_plan *p, spil_entity_kind kind, spil_facilitator facilitator)
{
    const char *const aware = awareness(p, facilitator);
    const uint32_t who = kind == SPIL_ENTITY_company ? free_firm(p) : free_director(p);
    return spil_gen_enlist(p, kind, who, "facilitator", aware);
}

static void fill_seat(spil_gen_plan *p, uint32_t step, uint32_t r)
{
    const spil_model_role *const role = &p->model->steps[step].roles[r];
    const bool facilitator = hires(p, role->facilitator);
    const spil_entity_kind kind = kind_for(p, role);
    uint32_t m = UINT32_MAX;
    if (kind == SPIL_ENTITY_address)
        m = place_for(p, step);
    else if (facilitator && (kind == SPIL_ENTITY_company || kind == SPIL_ENTITY_person))
        m = outsider_for(p, kind, role->facilitator);
    else if (kind == SPIL_ENTITY_company)
        m = front_for(p, step);
    else if (kind == SPIL_ENTITY_person)
        m = person_for(p, step);
    spil_gen_sit(p, m, step, r);
}

spil_kind_mask spil_gen_kinds_at(const spil_gen_plan *p, uint32_t step)
{
    spil_kind_mask mask = 0;
    for (uint32_t i = 0; i < p->seat_count; i++)
        if (p->seats[i].step == step)
            mask |= (spil_kind_mask)1 << p->members[p->seats[i].member].kind;
    return mask;
}

/* A step whose signs show on a place or a firm uses one, though no role asks for it. */
static void add_uses(spil_gen_plan *p, uint32_t step)
{
    const spil_model_step *const it = &p->model->steps[step];
    const spil_kind_mask known = (spil_kind_mask)1 << SPIL_ENTITY_address |
                                 (spil_kind_mask)1 << SPIL_ENTITY_company |
                                 (spil_kind_mask)1 << SPIL_ENTITY_person;
    for (size_t g = 0; g < it->signal_count; g++) {
        const spil_kind_mask wanted = it->signals[g].applies_to & known;
        if (!wanted || (wanted & spil_gen_kinds_at(p, step)))
            continue;
        if (wanted >> SPIL_ENTITY_address & 1)
            spil_gen_sit(p, place_for(p, step), step, SPIL_GEN_NO_ROLE);
        else if (wanted >> SPIL_ENTITY_company & 1)
            spil_gen_sit(p, front_for(p, step), step, SPIL_GEN_NO_ROLE);
        else
            spil_gen_sit(p, person_for(p, step), step, SPIL_GEN_NO_ROLE);
    }
}

void spil_gen_run_step(spil_gen_plan *p, uint32_t step)
{
    const spil_model_step *const it = &p->model->steps[step];
    for (uint32_t r = 0; r < it->role_count; r++) {
        const uint32_t spare =
            spil_gen_chance(&p->rng, 0.25 * it->roles[r].substitutability) ? 1 : 0;
        for (uint32_t n = it->roles[r].needed + spare; n > 0; n--)
            fill_seat(p, step, r);
    }
    add_uses(p, step);
    const spil_gen_truth truth = {.community = p->community,
                                  .model = p->model->id,
                                  .record = "step",
                                  .step = it->id,
                                  .recorded = true};
    spil_gen_add_truth(p->cell, &truth);
}

uint32_t spil_gen_server_of(spil_gen_plan *p, uint32_t step, spil_kind_mask mask)
{
    uint32_t found = UINT32_MAX, count = 0;
    for (uint32_t i = 0; i < p->seat_count; i++)
        if (p->seats[i].step == step && (mask >> p->members[p->seats[i].member].kind & 1) &&
            spil_rng_below(&p->rng, ++count) == 0)
            found = p->seats[i].member;
    return found;
}
