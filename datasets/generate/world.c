/* world.c - see world.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shares (singles, couples, families, owners, staff) are round numbers in the order of size of the
 * Dutch statistics, chosen so that a region looks like one; nothing is fitted.
 */
#include "datasets/generate/world.h"

#include "datasets/generate/dice.h"

#include <stdio.h>
#include <string.h>

uint32_t spil_gen_firm_quota(const spil_gen_cell *cell)
{
    return cell->quota / SPIL_GEN_FIRM_SHARE;
}

uint32_t spil_gen_any_adult(const spil_gen_cell *cell, spil_rng *rng)
{
    for (int i = 0; i < 100 && cell->persons.count > 0; i++) {
        const uint64_t index = spil_rng_below(rng, cell->persons.count);
        if (cell->persons.items[index].adult)
            return (uint32_t)index;
    }
    return UINT32_MAX;
}

void spil_gen_tie(spil_gen_cell *cell, spil_rng *rng, spil_entity_kind from_kind, uint32_t from,
                  spil_entity_kind to_kind, uint32_t to, spil_link_kind kind)
{
    if (from == UINT32_MAX || to == UINT32_MAX)
        return;
    (void)spil_gen_add_link(cell, rng, spil_gen_ref_of(cell, from_kind, from),
                            spil_gen_ref_of(cell, to_kind, to), kind);
    if (kind == SPIL_LINK_owns && to_kind == SPIL_ENTITY_address && cell->rc == SPIL_OK)
        cell->addresses.items[to].owned++;
}

void spil_gen_direct(spil_gen_cell *cell, spil_rng *rng, uint32_t person, uint32_t company)
{
    if (person == UINT32_MAX || cell->rc != SPIL_OK)
        return;
    spil_gen_tie(cell, rng, SPIL_ENTITY_person, person, SPIL_ENTITY_company, company,
                 SPIL_LINK_directs);
    if (spil_gen_chance(rng, 0.7))
        spil_gen_tie(cell, rng, SPIL_ENTITY_person, person, SPIL_ENTITY_company, company,
                     SPIL_LINK_shareholder_of);
    cell->companies.items[company].director = person;
}

/* ---- homes ---- */

/* Everybody at home with everybody: in one's own family each pair is a recorded tie. */
static void tie_family(spil_gen_cell *cell, spil_rng *rng, uint32_t first, uint32_t count)
{
    for (uint32_t a = first; a < first + count; a++) {
        spil_gen_tie(cell, rng, SPIL_ENTITY_person, a, SPIL_ENTITY_address,
                     cell->persons.items[a].home, SPIL_LINK_lives_at);
        for (uint32_t b = first; b < a; b++)
            if (spil_gen_chance(rng, 0.9))
                spil_gen_tie(cell, rng, SPIL_ENTITY_person, b, SPIL_ENTITY_person, a,
                             SPIL_LINK_family);
    }
}

static void add_household(spil_gen_cell *cell, spil_rng *rng, uint32_t room)
{
    static const struct {
        uint32_t weight, adults, children_low, children_high;
    } kinds[] = {{36, 1, 0, 0}, {28, 2, 0, 0}, {28, 2, 1, 3}, {8, 1, 1, 2}};
    uint64_t left = spil_rng_below(rng, 100);
    size_t k = 0;
    while (left >= kinds[k].weight)
        left -= kinds[k++].weight;
    const uint32_t children = spil_gen_between(rng, kinds[k].children_low, kinds[k].children_high);
    const uint32_t wanted = kinds[k].adults + children;
    const uint32_t count = wanted < room ? wanted : room;
    const uint32_t home = spil_gen_add_address(cell, rng, "home");
    const uint32_t first = (uint32_t)cell->persons.count;
    char surname[SPIL_GEN_NAME];
    spil_gen_surname(rng, surname);
    for (uint32_t i = 0; i < count; i++) {
        char other[SPIL_GEN_NAME];
        spil_gen_surname(rng, other); /* a partner keeps the own name about as often as not */
        const bool own = i == 1 && kinds[k].adults == 2 && spil_gen_chance(rng, 0.5);
        (void)spil_gen_add_person(cell, rng, own ? other : surname, home, i < kinds[k].adults);
    }
    if (cell->rc != SPIL_OK)
        return;
    tie_family(cell, rng, first, count);
    if (spil_gen_chance(rng, 0.45))
        spil_gen_tie(cell, rng, SPIL_ENTITY_person, first, SPIL_ENTITY_address, home,
                     SPIL_LINK_owns);
}

/* ---- companies ---- */

static uint32_t premises(spil_gen_cell *cell, spil_rng *rng, const char *use, uint32_t director)
{
    if (strcmp(use, "home") == 0 && director != UINT32_MAX)
        return cell->persons.items[director].home;
    return spil_gen_add_address(cell, rng, use);
}

static void add_firm(spil_gen_cell *cell, spil_rng *rng)
{
    const spil_gen_sector *const sector = spil_gen_sector_draw(rng);
    const uint32_t director = spil_gen_any_adult(cell, rng);
    const uint32_t address = premises(cell, rng, sector->use, director);
    const uint32_t company = spil_gen_add_company(cell, rng, sector, address);
    spil_gen_direct(cell, rng, director, company);
    if (strcmp(sector->use, "home") != 0 && spil_gen_chance(rng, 0.4))
        spil_gen_tie(cell, rng, SPIL_ENTITY_person, director, SPIL_ENTITY_address, address,
                     SPIL_LINK_owns);
    if (cell->rc == SPIL_OK && spil_gen_chance(rng, 0.06))
        cell->companies.items[company].dissolved =
            SPIL_GEN_TODAY - (spil_day)spil_gen_between(rng, 10, 190);
}

/* One adult in three works at a firm of the cell; most work elsewhere. */
static void add_jobs(spil_gen_cell *cell, spil_rng *rng)
{
    for (uint32_t p = 0; p < cell->persons.count && cell->companies.count > 0; p++) {
        if (!cell->persons.items[p].adult || !spil_gen_chance(rng, 0.35))
            continue;
        const uint64_t a = spil_rng_below(rng, cell->companies.count);
        const uint64_t b = spil_rng_below(rng, cell->companies.count);
        const uint64_t firm = a < b ? a : b; /* the first firms are the large ones */
        spil_gen_tie(cell, rng, SPIL_ENTITY_person, p, SPIL_ENTITY_company, (uint32_t)firm,
                     SPIL_LINK_works_for);
    }
}

/* Barns and business premises that stand empty, with their owners. */
static void add_empty_premises(spil_gen_cell *cell, spil_rng *rng)
{
    static const char *const uses[] = {"barn", "barn", "business", "shop", "garage"};
    const uint32_t count = spil_gen_count(rng, (double)cell->quota / 30.0);
    for (uint32_t i = 0; i < count; i++) {
        const char *const use = uses[spil_rng_below(rng, sizeof uses / sizeof *uses)];
        const uint32_t address = spil_gen_add_address(cell, rng, use);
        if (cell->rc != SPIL_OK)
            return;
        cell->addresses.items[address].vacant = spil_gen_chance(rng, 0.7);
        spil_gen_tie(cell, rng, SPIL_ENTITY_person, spil_gen_any_adult(cell, rng),
                     SPIL_ENTITY_address, address, SPIL_LINK_owns);
    }
}

static void add_trade(spil_gen_cell *cell, spil_rng *rng)
{
    const uint32_t count = (uint32_t)cell->companies.count;
    for (uint32_t c = 0; c < count; c++)
        for (uint32_t n = spil_gen_count(rng, 0.5); n > 0; n--)
            spil_gen_tie(cell, rng, SPIL_ENTITY_company, c, SPIL_ENTITY_company,
                         (uint32_t)spil_rng_below(rng, count), SPIL_LINK_paid);
}

/* ---- friends, family, and what the police happen to have seen of the innocent ---- */

static void add_acquaintances(spil_gen_cell *cell, spil_rng *rng)
{
    static const struct {
        spil_link_kind kind;
        double each;
    } ties[] = {{SPIL_LINK_knows, 0.15},
                {SPIL_LINK_family, 0.08},
                {SPIL_LINK_called, 0.04},
                {SPIL_LINK_met, 0.03},
                {SPIL_LINK_co_suspect, 0.01}};
    const uint32_t count = (uint32_t)cell->persons.count;
    for (uint32_t p = 0; p < count; p++)
        for (size_t t = 0; t < sizeof ties / sizeof *ties; t++)
            if (spil_gen_chance(rng, ties[t].each)) {
                /* half of them live around the corner */
                const uint32_t near = (p + spil_gen_between(rng, 1, 12)) % count;
                const uint32_t far = (uint32_t)spil_rng_below(rng, count);
                spil_gen_tie(cell, rng, SPIL_ENTITY_person, p, SPIL_ENTITY_person,
                             spil_gen_chance(rng, 0.5) ? near : far, ties[t].kind);
            }
}

/* Ties to earlier cells: mostly the last few, now and then any. */
static void add_ties_back(spil_gen_cell *cell, spil_rng *rng)
{
    static const spil_link_kind kinds[] = {SPIL_LINK_knows, SPIL_LINK_knows, SPIL_LINK_family,
                                           SPIL_LINK_works_for};
    if (cell->number == 0)
        return;
    for (uint32_t n = spil_gen_count(rng, (double)cell->quota / 12.0); n > 0; n--) {
        const uint64_t reach = cell->number < 4 ? cell->number : 4;
        const uint64_t back = spil_gen_chance(rng, 0.8) ? 1 + spil_rng_below(rng, reach)
                                                        : 1 + spil_rng_below(rng, cell->number);
        const spil_link_kind kind = kinds[spil_rng_below(rng, sizeof kinds / sizeof *kinds)];
        const spil_entity_kind to =
            kind == SPIL_LINK_works_for ? SPIL_ENTITY_company : SPIL_ENTITY_person;
        const uint32_t there = to == SPIL_ENTITY_company ? SPIL_GEN_CELL / SPIL_GEN_FIRM_SHARE
                                                         : (uint32_t)SPIL_GEN_CELL;
        const uint32_t index = (uint32_t)spil_rng_below(rng, there);
        const uint32_t from = spil_gen_any_adult(cell, rng);
        if (from != UINT32_MAX)
            (void)spil_gen_add_link(
                cell, rng, spil_gen_ref_of(cell, SPIL_ENTITY_person, from),
                spil_gen_ref_elsewhere(cell->seed, cell->number - back, to, index), kind);
    }
}

void spil_gen_world(spil_gen_cell *cell, const spil_gen_options *options)
{
    spil_rng rng = spil_gen_cell_rng(cell, SPIL_GEN_FOR_WORLD);
    spil_gen_decoy_homes(cell, options);
    while (cell->rc == SPIL_OK && cell->persons.count < cell->quota)
        add_household(cell, &rng, cell->quota - (uint32_t)cell->persons.count);
    spil_gen_decoy_companies(cell, options);
    while (cell->rc == SPIL_OK && cell->companies.count < spil_gen_firm_quota(cell))
        add_firm(cell, &rng);
    add_empty_premises(cell, &rng);
    add_jobs(cell, &rng);
    add_trade(cell, &rng);
    add_acquaintances(cell, &rng);
    add_ties_back(cell, &rng);
    spil_gen_decoy_ties(cell, options);
}
