/* shape.c - see shape.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "datasets/generate/shape.h"

#include "datasets/generate/dice.h"
#include "datasets/generate/noise.h"
#include "datasets/generate/world.h"
#include "engine/barriers/rule.h"

#include <string.h>

/* A firm has one sector and a place one use: whoever has the one asked for keeps it. */
static bool casts(const spil_condition *where, size_t count)
{
    for (size_t c = 0; c < count; c++)
        if (strcmp(where[c].attribute, "use") == 0 || strcmp(where[c].attribute, "sbi") == 0)
            return true;
    return false;
}

static void meet_all(spil_gen_plan *p, const spil_condition *where, size_t count, uint32_t m)
{
    spil_gen_member *const holder = &p->members[m];
    for (size_t c = 0; c < count; c++)
        spil_gen_meet(p->cell, p->columns, holder->kind, holder->index, &where[c]);
    holder->cast = holder->cast || casts(where, count);
}

/* Who could be the opening: one who serves the step, else any of the collaboration. */
static uint32_t opening_of(spil_gen_plan *p, uint32_t step, const spil_model_opportunity *opening)
{
    const bool casting = casts(opening->where, opening->where_count);
    uint32_t found = UINT32_MAX, count = 0;
    for (uint32_t i = 0; i < p->seat_count; i++) {
        const spil_gen_member *const m = &p->members[p->seats[i].member];
        if (p->seats[i].step == step && (opening->applies_to >> m->kind & 1) &&
            !(casting && m->cast) && spil_rng_below(&p->rng, ++count) == 0)
            found = p->seats[i].member;
    }
    for (uint32_t m = 0; m < p->member_count && found == UINT32_MAX; m++)
        if ((opening->applies_to >> p->members[m].kind & 1) && !(casting && p->members[m].cast))
            found = m;
    return found;
}

void spil_gen_take_opportunities(spil_gen_plan *p, uint32_t step)
{
    const spil_model_step *const it = &p->model->steps[step];
    if (spil_gen_kinds_at(p, step) == 0) /* it is not run */
        return;
    for (size_t o = 0; o < it->opportunity_count; o++) {
        const spil_model_opportunity *const opening = &it->opportunities[o];
        const uint32_t m = opening_of(p, step, opening);
        if (m != UINT32_MAX && spil_gen_chance(&p->rng, 0.5))
            meet_all(p, opening->where, opening->where_count, m);
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
        meet_all(p, rule->where, rule->where_count, m);
        add_homes(p, rule, &holder);
    } else if (!strcmp(name, "power_use") && holder.kind == SPIL_ENTITY_address) {
        const spil_condition use = spil_gen_power_use(rule);
        meet_all(p, rule->where, rule->where_count, m);
        meet_all(p, &use, 1, m);
    } else if (!strcmp(name, "supplies_process") && holder.kind == SPIL_ENTITY_company) {
        meet_all(p, rule->where, rule->where_count, m);
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
