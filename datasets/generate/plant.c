/* plant.c - see plant.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "datasets/generate/plant.h"

#include "datasets/generate/dice.h"
#include "datasets/generate/noise.h"
#include "datasets/generate/world.h"
#include "engine/barriers/rule.h"

#include <string.h>

enum { MEMBERS = 96, SEATS = 256 };
enum { NO_ROLE = SPIL_MODEL_ITEMS_MOST }; /* the seat of a place or firm that a step merely uses */

typedef struct member {
    spil_entity_kind kind;
    uint32_t index;
    bool core;         /* person who is in it for the crime */
    const char *aware; /* facilitators: "yes" or "no"; else "" */
    const char *part;  /* for the truth file: core, facilitator, front, place */
} member;

typedef struct seat {
    uint32_t member, step, role;
} seat;

typedef struct plan {
    spil_gen_cell *cell;
    spil_rng rng;
    const spil_gen_columns *columns;
    const spil_model *model;
    uint64_t community; /* number + 1 */
    member members[MEMBERS];
    seat seats[SEATS];
    uint32_t member_count, seat_count;
} plan;

static spil_gen_ref ref_of(const plan *p, uint32_t m)
{
    return spil_gen_ref_of(p->cell, p->members[m].kind, p->members[m].index);
}

/* ---- who takes part ---- */

static bool *taken(plan *p, spil_entity_kind kind, uint32_t index)
{
    return kind == SPIL_ENTITY_person    ? &p->cell->persons.items[index].taken
           : kind == SPIL_ENTITY_company ? &p->cell->companies.items[index].taken
                                         : &p->cell->addresses.items[index].taken;
}

static uint32_t enlist(plan *p, spil_entity_kind kind, uint32_t index, const char *part,
                       const char *aware)
{
    if (p->cell->rc != SPIL_OK || index == UINT32_MAX || p->member_count == MEMBERS)
        return UINT32_MAX;
    *taken(p, kind, index) = true;
    p->members[p->member_count] = (member){
        .kind = kind, .index = index, .core = !strcmp(part, "core"), .aware = aware, .part = part};
    return p->member_count++;
}

static void sit(plan *p, uint32_t m, uint32_t step, uint32_t role)
{
    if (m == UINT32_MAX || p->seat_count == SEATS)
        return;
    p->seats[p->seat_count++] = (seat){m, step, role};
}

static bool sits(const plan *p, uint32_t m, uint32_t step)
{
    for (uint32_t i = 0; i < p->seat_count; i++)
        if (p->seats[i].member == m && p->seats[i].step == step)
            return true;
    return false;
}

/* A member of that kind and part who does not serve the step yet; UINT32_MAX when there is none. */
static uint32_t one_of_ours(plan *p, spil_entity_kind kind, const char *part, uint32_t step)
{
    uint32_t found = UINT32_MAX, count = 0;
    for (uint32_t m = 0; m < p->member_count; m++)
        if (p->members[m].kind == kind && strcmp(p->members[m].part, part) == 0 &&
            !sits(p, m, step) && spil_rng_below(&p->rng, ++count) == 0)
            found = m;
    return found;
}

static uint32_t free_adult(plan *p)
{
    for (int i = 0; i < 60; i++) {
        const uint32_t person = spil_gen_any_adult(p->cell, &p->rng);
        if (person != UINT32_MAX && !p->cell->persons.items[person].taken)
            return person;
    }
    return UINT32_MAX;
}

/* Somebody who directs a firm or owns premises, hence has something to offer. */
static uint32_t free_director(plan *p)
{
    for (int i = 0; i < 60 && p->cell->companies.count > 0; i++) {
        const spil_gen_company *const firm =
            &p->cell->companies.items[spil_rng_below(&p->rng, p->cell->companies.count)];
        if (firm->director != UINT32_MAX && !p->cell->persons.items[firm->director].taken)
            return firm->director;
    }
    return free_adult(p);
}

static uint32_t free_firm(plan *p)
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
static uint32_t free_place(plan *p)
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

static uint32_t place_for(plan *p, uint32_t step)
{
    const uint32_t ours = one_of_ours(p, SPIL_ENTITY_address, "place", step);
    if (ours != UINT32_MAX && spil_gen_chance(&p->rng, 0.6))
        return ours;
    return enlist(p, SPIL_ENTITY_address, free_place(p), "place", "");
}

static uint32_t person_for(plan *p, uint32_t step)
{
    const uint32_t ours = one_of_ours(p, SPIL_ENTITY_person, "core", step);
    if (ours != UINT32_MAX && spil_gen_chance(&p->rng, 0.3))
        return ours;
    return enlist(p, SPIL_ENTITY_person, free_adult(p), "core", "");
}

/* A front: founded lately, at a place of ours or above somebody's shop, with one of us in charge.
 */
static uint32_t front_for(plan *p, uint32_t step)
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
        (void)enlist(p, SPIL_ENTITY_address, seat_of_firm, "place", "");
    p->cell->companies.items[firm].founded =
        SPIL_GEN_TODAY - (spil_day)spil_gen_between(&p->rng, 90, 1500);
    if (head != UINT32_MAX)
        spil_gen_direct(p->cell, &p->rng, p->members[head].index, firm);
    return enlist(p, SPIL_ENTITY_company, firm, "front", "");
}

static const char *awareness(plan *p, spil_facilitator facilitator)
{
    if (facilitator == SPIL_FACILITATOR_AWARE)
        return "yes";
    if (facilitator == SPIL_FACILITATOR_UNAWARE)
        return "no";
    return spil_gen_chance(&p->rng, 0.5) ? "yes" : "no";
}

/* Does the role go to somebody from outside, as the model allows? Often one of us does it. */
static bool hires(plan *p, spil_facilitator facilitator)
{
    static const double share[] = {[SPIL_FACILITATOR_NO] = 0,
                                   [SPIL_FACILITATOR_AWARE] = 0.5,
                                   [SPIL_FACILITATOR_UNAWARE] = 1,
                                   [SPIL_FACILITATOR_BOTH] = 0.6};
    return spil_gen_chance(&p->rng, share[facilitator]);
}

static spil_entity_kind kind_for(plan *p, const spil_model_role *role)
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
static uint32_t outsider_for(plan *p, spil_entity_kind kind, spil_facilitator facilitator)
{
    const char *const aware = awareness(p, facilitator);
    const uint32_t who = kind == SPIL_ENTITY_company ? free_firm(p) : free_director(p);
    return enlist(p, kind, who, "facilitator", aware);
}

static void fill_seat(plan *p, uint32_t step, uint32_t r)
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
    sit(p, m, step, r);
}

/* The kinds among those who serve the step. */
static spil_kind_mask kinds_at(const plan *p, uint32_t step)
{
    spil_kind_mask mask = 0;
    for (uint32_t i = 0; i < p->seat_count; i++)
        if (p->seats[i].step == step)
            mask |= (spil_kind_mask)1 << p->members[p->seats[i].member].kind;
    return mask;
}

/* A step whose signs show on a place or a firm uses one, though no role asks for it. */
static void add_uses(plan *p, uint32_t step)
{
    const spil_model_step *const it = &p->model->steps[step];
    const spil_kind_mask known = (spil_kind_mask)1 << SPIL_ENTITY_address |
                                 (spil_kind_mask)1 << SPIL_ENTITY_company |
                                 (spil_kind_mask)1 << SPIL_ENTITY_person;
    for (size_t g = 0; g < it->signal_count; g++) {
        const spil_kind_mask wanted = it->signals[g].applies_to & known;
        if (!wanted || (wanted & kinds_at(p, step)))
            continue;
        if (wanted >> SPIL_ENTITY_address & 1)
            sit(p, place_for(p, step), step, NO_ROLE);
        else if (wanted >> SPIL_ENTITY_company & 1)
            sit(p, front_for(p, step), step, NO_ROLE);
        else
            sit(p, person_for(p, step), step, NO_ROLE);
    }
}

static void run_step(plan *p, uint32_t step)
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

/* ---- what makes it easy, and what structure shows ---- */

static uint32_t server_of(plan *p, uint32_t step, spil_kind_mask mask)
{
    uint32_t found = UINT32_MAX, count = 0;
    for (uint32_t i = 0; i < p->seat_count; i++)
        if (p->seats[i].step == step && (mask >> p->members[p->seats[i].member].kind & 1) &&
            spil_rng_below(&p->rng, ++count) == 0)
            found = p->seats[i].member;
    return found;
}

static void take_opportunities(plan *p, uint32_t step)
{
    const spil_model_step *const it = &p->model->steps[step];
    for (size_t o = 0; o < it->opportunity_count; o++) {
        const spil_model_opportunity *const opening = &it->opportunities[o];
        const uint32_t m = server_of(p, step, opening->applies_to);
        if (m == UINT32_MAX || !spil_gen_chance(&p->rng, 0.5))
            continue;
        for (size_t c = 0; c < opening->where_count; c++)
            spil_gen_meet(p->cell, p->columns, p->members[m].kind, p->members[m].index,
                          &opening->where[c]);
    }
}

/* The companies that make a director of so many: all at his own address; short-lived ones have come
 * and gone within the stretch that the rule looks at. */
static void add_shells(plan *p, const spil_model_rule *rule, const member *holder)
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
        (void)enlist(p, SPIL_ENTITY_company, firm, "front", "");
    }
}

/* Homes in the holder's name, bought within the stretch that the rule looks at (or two years). */
static void add_homes(plan *p, const spil_model_rule *rule, const member *holder)
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
        const uint32_t at = enlist(p, SPIL_ENTITY_address, home, "place", "");
        if (at == UINT32_MAX)
            return;
        spil_gen_link *const deed = spil_gen_add_link(
            p->cell, &p->rng, spil_gen_ref_of(p->cell, holder->kind, holder->index), ref_of(p, at),
            SPIL_LINK_owns);
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

static void meet_all(plan *p, const spil_condition *where, size_t count, const member *holder)
{
    for (size_t c = 0; c < count; c++)
        spil_gen_meet(p->cell, p->columns, holder->kind, holder->index, &where[c]);
}

/* Makes the holder of a role such as the rule sees. */
static void show_by_rule(plan *p, const spil_model_rule *rule, uint32_t m)
{
    const member holder = p->members[m]; /* enlisting moves nothing, but counts */
    const char *const name = rule->rule->name;
    if (!strcmp(name, "several_companies_director") || !strcmp(name, "shared_address_companies") ||
        !strcmp(name, "short_lived_companies_director")) {
        add_shells(p, rule, &holder);
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

/* Half of the collaborations show what a rule looks for, on one holder of the rule's role. */
static void follow_rule(plan *p, const spil_model_rule *rule)
{
    if (!spil_gen_chance(&p->rng, 0.5))
        return;
    for (uint32_t i = 0; i < p->seat_count; i++)
        if (p->seats[i].step == rule->step && p->seats[i].role == rule->role) {
            show_by_rule(p, rule, p->seats[i].member);
            return;
        }
}

/* ---- ties ---- */

static void tie(plan *p, uint32_t a, uint32_t b, spil_link_kind kind)
{
    spil_gen_link *const link =
        spil_gen_add_link(p->cell, &p->rng, ref_of(p, a), ref_of(p, b), kind);
    if (link)
        link->community = p->community;
}

/* The link of two members, as their kinds and parts suggest. */
static void bind(plan *p, uint32_t a, uint32_t b)
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
    const member *const x = &p->members[a], *const y = &p->members[b];
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

static uint32_t lead_of(const plan *p, uint32_t step)
{
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < p->seat_count; i++) {
            const member *const m = &p->members[p->seats[i].member];
            if (p->seats[i].step == step && (pass == 0 ? m->core : m->kind == SPIL_ENTITY_person))
                return p->seats[i].member;
        }
    return UINT32_MAX;
}

/* A facilitator of a step with a place mostly owns it; others have a chance to know each other. */
static double tie_chance(const member *a, const member *b)
{
    const bool owner = (a->kind == SPIL_ENTITY_address && *b->aware) ||
                       (b->kind == SPIL_ENTITY_address && *a->aware);
    return owner ? 0.8 : 0.5;
}

static void tie_step(plan *p, uint32_t step, uint32_t lead)
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

static void tie_all(plan *p)
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
        if (kinds_at(p, s) == 0)
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

static void show_signals(plan *p, uint32_t step)
{
    const spil_model_step *const it = &p->model->steps[step];
    for (size_t g = 0; g < it->signal_count; g++) {
        if (!spil_gen_chance(&p->rng, SPIL_GEN_SEEN))
            continue;
        const uint32_t m = server_of(p, step, it->signals[g].applies_to);
        if (m == UINT32_MAX)
            continue;
        const uint32_t reports = spil_gen_chance(&p->rng, 0.15) ? 2 : 1;
        for (uint32_t n = 0; n < reports; n++)
            spil_gen_add_signal(p->cell, &p->rng, ref_of(p, m), &it->signals[g], p->community,
                                it->id);
    }
}

static void record_roles(plan *p)
{
    for (uint32_t i = 0; i < p->seat_count && p->cell->rc == SPIL_OK; i++) {
        const seat *const s = &p->seats[i];
        if (s->role == NO_ROLE)
            continue;
        const uint32_t sure = spil_gen_between(&p->rng, 40, 90);
        const bool known = spil_gen_chance(&p->rng, SPIL_GEN_KNOWN);
        const spil_model_step *const step = &p->model->steps[s->step];
        const spil_gen_role role = {.entity = ref_of(p, s->member),
                                    .model = p->model->id,
                                    .step = step->id,
                                    .role = step->roles[s->role].id,
                                    .confidence = (double)sure / 100.0,
                                    .community = p->community,
                                    .withheld = !known};
        p->cell->rc = VEC_PUSH(p->cell->roles, role, &p->cell->err);
    }
}

static void record_members(plan *p)
{
    for (uint32_t m = 0; m < p->member_count; m++) {
        const spil_gen_truth truth = {.community = p->community,
                                      .model = p->model->id,
                                      .record = "member",
                                      .name = p->members[m].part,
                                      .has_entity = true,
                                      .recorded = true,
                                      .entity = ref_of(p, m),
                                      .aware = p->members[m].aware};
        spil_gen_add_truth(p->cell, &truth);
    }
}

void spil_gen_plant(spil_gen_cell *cell, const spil_gen_columns *columns, const spil_model *model,
                    uint64_t number)
{
    plan p = {.cell = cell, .columns = columns, .model = model, .community = number + 1};
    p.rng = spil_rng_stream(cell->seed, UINT64_MAX / 2 + number);
    for (uint32_t s = 0; s < model->step_count; s++)
        if (spil_gen_chance(&p.rng, model->steps[s].given) || p.seat_count == 0)
            run_step(&p, s);
    for (uint32_t n = spil_gen_between(&p.rng, 2, 4); n > 0 && p.seat_count > 0; n--) { /* hands */
        const uint32_t step = p.seats[spil_rng_below(&p.rng, p.seat_count)].step;
        sit(&p, enlist(&p, SPIL_ENTITY_person, free_adult(&p), "core", ""), step, NO_ROLE);
    }
    for (size_t r = 0; r < model->rule_count; r++)
        follow_rule(&p, &model->rules[r]);
    tie_all(&p);
    for (uint32_t s = 0; s < model->step_count; s++) {
        take_opportunities(&p, s);
        show_signals(&p, s);
    }
    record_roles(&p);
    record_members(&p);
}
