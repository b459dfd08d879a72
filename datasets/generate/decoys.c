/* decoys.c - the innocent who look like something: see world.h.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each is dense or central for a lawful reason: a student house and a lodging house (one address,
 * many tenants), a landlord and a housing corporation (one owner, many homes), an accountant (many
 * clients), a trust office (one director and one address, many companies), a shared building, a
 * group of youths the police keep meeting together, two people with one name, and large families
 * (everybody with everybody), which the world has anyhow and which are told here.
 */
#include "datasets/generate/dice.h"
#include "datasets/generate/world.h"

#include <string.h>

static double scale(const spil_gen_cell *cell, const spil_gen_options *options)
{
    return options->decoys * (double)cell->quota / (double)SPIL_GEN_CELL;
}

static void tell(spil_gen_cell *cell, spil_entity_kind kind, uint32_t index, const char *name)
{
    const spil_gen_truth truth = {.record = "decoy",
                                  .name = name,
                                  .has_entity = true,
                                  .recorded = true,
                                  .entity = spil_gen_ref_of(cell, kind, index)};
    spil_gen_add_truth(cell, &truth);
}

static void add_tenants(spil_gen_cell *cell, spil_rng *rng, const char *use, const char *name,
                        uint32_t count)
{
    if (cell->persons.count + count > cell->quota * 3 / 4) /* ordinary homes come first */
        return;
    const uint32_t house = spil_gen_add_address(cell, rng, use);
    for (uint32_t i = 0; i < count; i++) {
        char surname[SPIL_GEN_NAME];
        spil_gen_surname(rng, surname);
        const uint32_t tenant = spil_gen_add_person(cell, rng, surname, house, true);
        spil_gen_tie(cell, rng, SPIL_ENTITY_person, tenant, SPIL_ENTITY_address, house,
                     SPIL_LINK_lives_at);
        if (i > 0 && spil_gen_chance(rng, 0.4))
            spil_gen_tie(cell, rng, SPIL_ENTITY_person, tenant, SPIL_ENTITY_person,
                         tenant - spil_gen_between(rng, 1, i), SPIL_LINK_knows);
    }
    tell(cell, SPIL_ENTITY_address, house, name);
}

void spil_gen_decoy_homes(spil_gen_cell *cell, const spil_gen_options *options)
{
    spil_rng rng = spil_gen_cell_rng(cell, SPIL_GEN_FOR_DECOYS);
    for (uint32_t n = spil_gen_count(&rng, 2 * scale(cell, options)); n > 0; n--)
        add_tenants(cell, &rng, "home", "student_house", spil_gen_between(&rng, 5, 9));
    for (uint32_t n = spil_gen_count(&rng, scale(cell, options)); n > 0; n--)
        add_tenants(cell, &rng, "lodging", "lodging_house", spil_gen_between(&rng, 12, 22));
}

/* The stream of the decoys that come after the homes. */
static spil_rng later_rng(const spil_gen_cell *cell, int part)
{
    spil_rng rng = spil_gen_cell_rng(cell, SPIL_GEN_FOR_DECOYS);
    for (int i = 0; i < part; i++)
        rng = spil_rng_stream(spil_rng_u64(&rng), (uint64_t)i);
    return rng;
}

static bool firms_left(const spil_gen_cell *cell, uint32_t count)
{
    return cell->rc == SPIL_OK && cell->companies.count + count <= spil_gen_firm_quota(cell) / 2;
}

static void add_shared_building(spil_gen_cell *cell, spil_rng *rng)
{
    const uint32_t count = spil_gen_between(rng, 5, 9);
    if (!firms_left(cell, count))
        return;
    const uint32_t building = spil_gen_add_address(cell, rng, "office");
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t firm = spil_gen_add_company(cell, rng, spil_gen_sector_draw(rng), building);
        spil_gen_direct(cell, rng, spil_gen_any_adult(cell, rng), firm);
    }
    tell(cell, SPIL_ENTITY_address, building, "shared_building");
}

static void add_trust_office(spil_gen_cell *cell, spil_rng *rng)
{
    static const spil_gen_sector trust = {"6920", "Trust", "office", 0};
    const uint32_t count = spil_gen_between(rng, 5, 9);
    if (!firms_left(cell, count + 1))
        return;
    const uint32_t office = spil_gen_add_address(cell, rng, "office");
    const uint32_t trustee = spil_gen_add_company(cell, rng, &trust, office);
    const uint32_t partner = spil_gen_any_adult(cell, rng);
    spil_gen_direct(cell, rng, partner, trustee);
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t client =
            spil_gen_add_company(cell, rng, spil_gen_sector_find("6420"), office);
        spil_gen_tie(cell, rng, SPIL_ENTITY_company, trustee, SPIL_ENTITY_company, client,
                     SPIL_LINK_directs);
        if (spil_gen_chance(rng, 0.5))
            spil_gen_tie(cell, rng, SPIL_ENTITY_person, partner, SPIL_ENTITY_company, client,
                         SPIL_LINK_directs);
    }
    tell(cell, SPIL_ENTITY_company, trustee, "trust_office");
}

void spil_gen_decoy_companies(spil_gen_cell *cell, const spil_gen_options *options)
{
    spil_rng rng = later_rng(cell, 1);
    for (uint32_t n = spil_gen_count(&rng, scale(cell, options)); n > 0; n--)
        add_shared_building(cell, &rng);
    for (uint32_t n = spil_gen_count(&rng, 0.7 * scale(cell, options)); n > 0; n--)
        add_trust_office(cell, &rng);
}

/* ---- when everybody has a home and a job ---- */

static void add_accountant(spil_gen_cell *cell, spil_rng *rng)
{
    static const spil_gen_sector books = {"6920", "Administraties", "office", 0};
    const uint32_t clients = spil_gen_between(rng, 10, 20), there = spil_gen_firm_quota(cell);
    const uint32_t office = spil_gen_add_address(cell, rng, "office");
    const uint32_t firm = spil_gen_add_company(cell, rng, &books, office);
    spil_gen_direct(cell, rng, spil_gen_any_adult(cell, rng), firm);
    for (uint32_t i = 0; i < clients && there > 0; i++)
        spil_gen_tie(cell, rng, SPIL_ENTITY_company, (uint32_t)spil_rng_below(rng, there),
                     SPIL_ENTITY_company, firm, SPIL_LINK_paid);
    tell(cell, SPIL_ENTITY_company, firm, "accountant");
}

/* Homes that nobody owns yet, in a row from a random one on. */
static void own_homes(spil_gen_cell *cell, spil_rng *rng, spil_entity_kind kind, uint32_t owner,
                      uint32_t count)
{
    const size_t all = cell->addresses.count;
    if (all == 0 || owner == UINT32_MAX || cell->rc != SPIL_OK)
        return;
    const uint64_t from = spil_rng_below(rng, all);
    for (size_t i = 0; i < all && count > 0; i++) {
        const uint32_t address = (uint32_t)((from + i) % all);
        const char use = cell->addresses.items[address].use[0];
        if (cell->addresses.items[address].owned > 0 || (use != 'h' && use != 'l'))
            continue;
        spil_gen_tie(cell, rng, kind, owner, SPIL_ENTITY_address, address, SPIL_LINK_owns);
        count--;
    }
}

static void add_housing_corporation(spil_gen_cell *cell, spil_rng *rng)
{
    static const spil_gen_sector homes = {"6820", "Woningstichting", "office", 0};
    const uint32_t office = spil_gen_add_address(cell, rng, "office");
    const uint32_t firm = spil_gen_add_company(cell, rng, &homes, office);
    spil_gen_direct(cell, rng, spil_gen_any_adult(cell, rng), firm);
    own_homes(cell, rng, SPIL_ENTITY_company, firm, spil_gen_between(rng, 15, 25));
    tell(cell, SPIL_ENTITY_company, firm, "housing_corporation");
}

static void add_group(spil_gen_cell *cell, spil_rng *rng)
{
    static const spil_link_kind seen[] = {SPIL_LINK_met, SPIL_LINK_met, SPIL_LINK_co_suspect,
                                          SPIL_LINK_called};
    uint32_t member[8];
    const uint32_t count = spil_gen_between(rng, 5, 8);
    for (uint32_t i = 0; i < count; i++) {
        member[i] = spil_gen_any_adult(cell, rng);
        if (member[i] == UINT32_MAX)
            return;
        tell(cell, SPIL_ENTITY_person, member[i], "police_acquaintance");
        for (uint32_t j = 0; j < i; j++)
            if (spil_gen_chance(rng, 0.5))
                spil_gen_tie(cell, rng, SPIL_ENTITY_person, member[j], SPIL_ENTITY_person,
                             member[i], seen[spil_rng_below(rng, sizeof seen / sizeof *seen)]);
    }
}

static void add_namesake(spil_gen_cell *cell, spil_rng *rng)
{
    const uint32_t a = spil_gen_any_adult(cell, rng), b = spil_gen_any_adult(cell, rng);
    if (a == UINT32_MAX || b == UINT32_MAX || a == b)
        return;
    memcpy(cell->persons.items[b].name, cell->persons.items[a].name, SPIL_GEN_NAME);
    tell(cell, SPIL_ENTITY_person, b, "namesake");
}

void spil_gen_decoy_ties(spil_gen_cell *cell, const spil_gen_options *options)
{
    spil_rng rng = later_rng(cell, 2);
    const double often = scale(cell, options);
    for (uint32_t n = spil_gen_count(&rng, often); n > 0; n--)
        add_accountant(cell, &rng);
    for (uint32_t n = spil_gen_count(&rng, often); n > 0; n--)
        add_housing_corporation(cell, &rng);
    for (uint32_t n = spil_gen_count(&rng, often); n > 0; n--) {
        const uint32_t landlord = spil_gen_any_adult(cell, &rng);
        own_homes(cell, &rng, SPIL_ENTITY_person, landlord, spil_gen_between(&rng, 5, 12));
        if (landlord != UINT32_MAX)
            tell(cell, SPIL_ENTITY_person, landlord, "landlord");
    }
    for (uint32_t n = spil_gen_count(&rng, 2 * often); n > 0; n--)
        add_group(cell, &rng);
    for (uint32_t n = spil_gen_count(&rng, often); n > 0; n--)
        add_namesake(cell, &rng);
}

/* ---- families: told, not made ---- */

enum { LARGE_FAMILY = 5 };

static bool is_member(const spil_gen_cell *cell, uint32_t person)
{
    const spil_gen_ref it = spil_gen_ref_of(cell, SPIL_ENTITY_person, person);
    for (size_t i = 0; i < cell->truths.count; i++)
        if (strcmp(cell->truths.items[i].record, "member") == 0 &&
            spil_gen_same(cell->truths.items[i].entity, it))
            return true;
    return false;
}

void spil_gen_decoy_families(spil_gen_cell *cell, const spil_gen_options *options)
{
    const size_t all = options->decoys > 0 ? cell->persons.count : 0;
    for (uint32_t first = 0, end; first < all; first = end) {
        const uint32_t home = cell->persons.items[first].home;
        bool kin = true, innocent = true;
        for (end = first; end < all && cell->persons.items[end].home == home; end++) {
            kin = kin && (end < first + 2 || !cell->persons.items[end].adult); /* no lodgers */
            innocent = innocent && !is_member(cell, end);
        }
        if (end - first >= LARGE_FAMILY && kin && innocent)
            tell(cell, SPIL_ENTITY_person, first, "family");
    }
}
