/* shape.c - see shape.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "datasets/generate/shape.h"

#include "datasets/generate/dice.h"
#include "datasets/generate/noise.h"
#include "datasets/generate/world.h"
#include "engine/barriers/rule.h"

#include <string.h>

void spil_gen_take_opportunities(spil_gen_plan *p, uint32_t step)
{
    const spil_model_step *const it = &p->model->steps[step];
    for (size_t o = 0; o < it->opportunity_count; o++) {
        const spil_model_opportunity *const opening = &it->opportunities[o];
        const uint32_t m = spil_gen_server_of(p, step, opening->applies_to);
        if (m == UINT32_MAX || !spil_gen_chance(&p->rng, 0.5))
            continue;
        for (size_t c = 0; c < opening->where_count; c++)
            spil_gen_meet(p->cell, p->columns, p->members[m].kind, p->members[m].index,
                          &opening->where[c]);
    }
}

/* The companies that make a director of so many: all at his own address; short-lived ones have come
 * and gone within the stretch that the rule looks at. */
static void add_shells(spil_gen_plan *p, const spil_model_rule *rule, const spil_gen_member *holder)
{
    uint32_t director = UINT32_MAX, address = UINT32_MAX;
    if (holder->kind == SPIL_ENTITY_person) {
        director = holder->index;
        address = p->cell->persons.items[director].home;
    } else if (holder->kind == SPIL_ENTITY_company) {
        director = p->cell->companies.items[holder->index].director;
        address = p->cell->companies.items[holder->index].address;
    }
    for (uint32_t n = (uint32_t)rule->at_least;
         n > 0 && director != UINT32_MAX && p->cell->rc == SPIL_OK; n--) {
        const uint32_t firm =
            spil_gen_add_company(p->cell, &p->rng, spil_gen_sector_find("6420"), address);
        if (rule->within_days > 0 && p->cell->rc == SPIL_OK) {
            const uint32_t longest = (uint32_t)rule->within_days;
            const uint32_t life = spil_gen_between(&p->rng, longest / 4, longest);
            const uint32_t over = spil_gen_between(&p->rng, 30, 900);
            spil_gen_company *const it = &p->cell->companies.items[firm];
            it->dissolved = SPIL_GEN_TODAY - (spil_day)over;
            it->founded = it->dissolved - (spil_day)life;
        }
        spil_gen_direct(p->cell, &p->rng, director, firm);
        (void)spil_gen_enlist(p, SPIL_ENTITY_company, firm, "front", "");
    }
}

/* Homes in the holder's name, bought within the stretch that the rule looks at (or two years). */
static void add_homes(spil_gen_plan *p, const spil_model_rule *rule, const spil_gen_member *holder)
{
    const uint32_t stretch = rule->within_days > 0 ? (uint32_t)rule->within_days : 730;
    const spil_day begin =
        SPIL_GEN_TODAY - (spil_day)stretch - (spil_day)spil_gen_between(&p->rng, 0, 400);
    if (holder->kind == SPIL_ENTITY_address)
        return;
    for (uint32_t n = (uint32_t)rule->at_least; n > 0 && p->cell->rc == SPIL_OK; n--) {
        const uint32_t home = spil_gen_add_address(p->cell, &p->rng, "home");
        const uint32_t later = spil_gen_between(&p->rng, 0, stretch);
        const uint32_t tenant = spil_gen_any_adult(p->cell, &p->rng);
        const uint32_t at = spil_gen_enlist(p, SPIL_ENTITY_address, home, "place", "");
        if (at == UINT32_MAX)
            return;
        spil_gen_link *const deed = spil_gen_add_link(
            p->cell, &p->rng, spil_gen_ref_of(p->cell, holder->kind, holder->index),
            spil_gen_ref_of_member(p, at), SPIL_LINK_owns);
        if (!deed)
            return;
        deed->since = begin + (spil_day)later;
        deed->community = p->community;
        p->cell->addresses.items[home].owned++;
        if (tenant != UINT32_MAX)
            spil_gen_tie(p->cell, &p->rng, SPIL_ENTITY_person, tenant, SPIL_ENTITY_address, home,
                         SPIL_LINK_lives_at);
    }
}

static void meet_all(spil_gen_plan *p, const spil_condition *where, size_t count,
                     const spil_gen_member *holder)
{
    for (size_t c = 0; c < count; c++)
        spil_gen_meet(p->cell, p->columns, holder->kind, holder->index, &where[c]);
}

/* Ties the holder to three persons of the collaboration that was planted in this cell before. The
 * stream is its own, so that whether there is one changes nothing else. */
static void join_another(spil_gen_plan *p, const spil_gen_member *holder)
{
    enum { TIES = 3 };
    spil_rng rng = spil_rng_stream(p->cell->seed, UINT64_MAX / 4 + p->community);
    const spil_gen_ref own = spil_gen_ref_of(p->cell, holder->kind, holder->index);
    uint64_t other = 0;
    int tied = 0;
    if (holder->kind != SPIL_ENTITY_person)
        return;
    for (size_t i = p->cell->truths.count; i-- > 0 && tied < TIES && p->cell->rc == SPIL_OK;) {
        const spil_gen_truth *const row = &p->cell->truths.items[i];
        if (strcmp(row->record, "member") != 0 || row->entity.kind != SPIL_ENTITY_person ||
            row->community == p->community || (other && row->community != other))
            continue;
        spil_gen_link *const link =
            spil_gen_add_link(p->cell, &rng, own, row->entity, SPIL_LINK_met);
        other = row->community;
        if (link) {
            link->community = p->community;
            tied++;
        }
    }
}

/* Makes the holder of a role such as the rule sees. */
static void show_by_rule(spil_gen_plan *p, const spil_model_rule *rule, uint32_t m)
{
    const spil_gen_member holder = p->members[m]; /* enlisting moves nothing, but counts */
    const char *const name = rule->rule->name;
    if (!strcmp(name, "several_companies_director") || !strcmp(name, "shared_address_companies") ||
        !strcmp(name, "short_lived_companies_director")) {
        add_shells(p, rule, &holder);
    } else if (!strcmp(name, "joins_communities")) {
        join_another(p, &holder);
    } else if (!strcmp(name, "collector_of_homes")) {
        add_homes(p, rule, &holder);
    } else if (!strcmp(name, "owner_without_means")) {
        meet_all(p, rule->where, rule->where_count, &holder);
        add_homes(p, rule, &holder);
    } else if (!strcmp(name, "power_use") && holder.kind == SPIL_ENTITY_address) {
        const spil_condition use = spil_gen_power_use(rule);
        meet_all(p, rule->where, rule->where_count, &holder);
        meet_all(p, &use, 1, &holder);
    } else if (!strcmp(name, "supplies_process") && holder.kind == SPIL_ENTITY_company) {
        meet_all(p, rule->where, rule->where_count, &holder);
    }
}

void spil_gen_follow_rule(spil_gen_plan *p, const spil_model_rule *rule)
{
    if (!spil_gen_chance(&p->rng, 0.5))
        return;
    for (uint32_t i = 0; i < p->seat_count; i++)
        if (p->seats[i].step == rule->step && p->seats[i].role == rule->role) {
            show_by_rule(p, rule, p->seats[i].member);
            return;
        }
}
