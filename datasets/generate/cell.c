/* cell.c - see cell.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "datasets/generate/cell.h"

#include "datasets/generate/dice.h"

#include <stdio.h>
#include <string.h>

/* Step and start of the walk that deals the slots of one kind. */
static void deal_slots(uint64_t seed, uint64_t cell, spil_entity_kind kind, uint64_t *step,
                       uint64_t *start)
{
    static const uint16_t coprime[] = {307, 311, 357, 391, 413, 429, 467, 487, 551, 613, 677, 719};
    spil_rng rng = spil_rng_stream(seed, cell * SPIL_GEN_PURPOSES + SPIL_GEN_FOR_SLOTS);
    for (spil_entity_kind k = 0; k <= kind; k++) {
        *step = coprime[spil_rng_below(&rng, sizeof coprime / sizeof *coprime)];
        *start = spil_rng_below(&rng, SPIL_GEN_SLOTS);
    }
}

void spil_gen_cell_begin(spil_gen_cell *cell, uint64_t seed, uint64_t number, uint32_t quota)
{
    cell->seed = seed;
    cell->number = number;
    cell->quota = quota;
    cell->persons.count = cell->addresses.count = cell->companies.count = 0;
    cell->links.count = cell->signals.count = cell->roles.count = cell->truths.count = 0;
    for (spil_entity_kind kind = 0; kind < SPIL_ENTITY_KIND_COUNT; kind++) {
        cell->values[kind].count = cell->valued[kind] = 0;
        deal_slots(seed, number, kind, &cell->walk_step[kind], &cell->walk_start[kind]);
    }
    for (uint64_t i = 0; i < 3; i++) { /* neighbours share a municipality */
        cell->place_number[i] = number * 2 + i;
        spil_gen_place(seed, number * 2 + i, cell->places[i]);
    }
}

void spil_gen_cell_free(spil_gen_cell *cell)
{
    spil_free(cell->persons.items);
    spil_free(cell->addresses.items);
    spil_free(cell->companies.items);
    spil_free(cell->links.items);
    spil_free(cell->signals.items);
    spil_free(cell->roles.items);
    spil_free(cell->truths.items);
    for (spil_entity_kind kind = 0; kind < SPIL_ENTITY_KIND_COUNT; kind++)
        spil_free(cell->values[kind].items);
    *cell = (spil_gen_cell){0};
}

spil_status spil_gen_cell_status(const spil_gen_cell *cell, spil_err *err)
{
    return cell->rc == SPIL_OK ? SPIL_OK : spil_fail(err, cell->rc, "%s", cell->err.msg);
}

spil_rng spil_gen_cell_rng(const spil_gen_cell *cell, spil_gen_purpose purpose)
{
    return spil_rng_stream(cell->seed, cell->number * SPIL_GEN_PURPOSES + (uint64_t)purpose);
}

spil_gen_ref spil_gen_ref_of(const spil_gen_cell *cell, spil_entity_kind kind, uint32_t index)
{
    const uint64_t slot = (cell->walk_start[kind] + cell->walk_step[kind] * index) % SPIL_GEN_SLOTS;
    return (spil_gen_ref){kind, cell->number * SPIL_GEN_SLOTS + slot};
}

spil_gen_ref spil_gen_ref_elsewhere(uint64_t seed, uint64_t cell, spil_entity_kind kind,
                                    uint32_t index)
{
    uint64_t step, start;
    deal_slots(seed, cell, kind, &step, &start);
    const uint64_t slot = (start + step * index) % SPIL_GEN_SLOTS;
    return (spil_gen_ref){kind, cell * SPIL_GEN_SLOTS + slot};
}

bool spil_gen_same(spil_gen_ref a, spil_gen_ref b)
{
    return a.kind == b.kind && a.number == b.number;
}

int spil_gen_compare(spil_gen_ref a, spil_gen_ref b)
{
    if (a.kind != b.kind)
        return a.kind < b.kind ? -1 : 1;
    return a.number < b.number ? -1 : a.number > b.number;
}

void spil_gen_key(spil_gen_ref ref, char out[24])
{
    const char letter = ref.kind == SPIL_ENTITY_person    ? 'P'
                        : ref.kind == SPIL_ENTITY_address ? 'A'
                                                          : 'C';
    (void)snprintf(out, 24, "%c%llu", letter, (unsigned long long)ref.number + 1);
}

/* A cell has a slot for each entity or none at all: past the last slot keys would repeat. */
static bool has_room(spil_gen_cell *cell, size_t count)
{
    if (cell->rc == SPIL_OK && count >= SPIL_GEN_SLOTS)
        cell->rc = spil_fail(&cell->err, SPIL_LIMIT,
                             "cell %llu: more than %d entities of one kind: fewer communities or "
                             "decoys, please",
                             (unsigned long long)cell->number, (int)SPIL_GEN_SLOTS);
    return cell->rc == SPIL_OK;
}

/* Appends to a vector of the cell unless something failed before. */
#define PUSH(cell, vec, value)                                                                     \
    do {                                                                                           \
        if ((cell)->rc == SPIL_OK)                                                                 \
            (cell)->rc = VEC_PUSH((cell)->vec, value, &(cell)->err);                               \
    } while (0)

static void push_values(spil_gen_cell *cell, spil_entity_kind kind)
{
    for (int i = 0; i < SPIL_GEN_ATTRIBUTES; i++)
        PUSH(cell, values[kind], NULL);
}

uint32_t spil_gen_add_address(spil_gen_cell *cell, spil_rng *rng, const char *use)
{
    spil_gen_address address = {.use = use};
    const uint32_t place = (uint32_t)spil_rng_below(rng, 3);
    address.municipality = place;
    spil_gen_street(rng, address.street);
    spil_gen_postcode(rng, cell->place_number[place], address.postcode);
    address.house_number = spil_gen_between(rng, 1, 180);
    if (!has_room(cell, cell->addresses.count))
        return 0;
    PUSH(cell, addresses, address);
    push_values(cell, SPIL_ENTITY_address);
    return cell->rc == SPIL_OK ? (uint32_t)cell->addresses.count - 1 : 0;
}

uint32_t spil_gen_add_person(spil_gen_cell *cell, spil_rng *rng, const char *surname, uint32_t home,
                             bool adult)
{
    spil_gen_person person = {.home = home, .adult = adult};
    char given[SPIL_GEN_NAME];
    spil_gen_given_name(rng, given);
    (void)snprintf(person.name, sizeof person.name, "%.24s %.38s", given, surname);
    if (!has_room(cell, cell->persons.count) || cell->addresses.count == 0)
        return 0;
    person.municipality = cell->addresses.items[home].municipality;
    PUSH(cell, persons, person);
    push_values(cell, SPIL_ENTITY_person);
    return cell->rc == SPIL_OK ? (uint32_t)cell->persons.count - 1 : 0;
}

uint32_t spil_gen_add_company(spil_gen_cell *cell, spil_rng *rng, const spil_gen_sector *sector,
                              uint32_t address)
{
    spil_gen_company company = {.address = address, .director = UINT32_MAX};
    spil_gen_company_name(rng, sector->word, company.name);
    (void)snprintf(company.sbi, sizeof company.sbi, "%s", sector->sbi);
    (void)snprintf(company.kvk, sizeof company.kvk, "00%06u", spil_gen_between(rng, 0, 999999));
    company.founded = SPIL_GEN_TODAY - (spil_day)spil_gen_between(rng, 200, 9000);
    company.dissolved = SPIL_NO_DAY;
    if (!has_room(cell, cell->companies.count))
        return 0;
    PUSH(cell, companies, company);
    push_values(cell, SPIL_ENTITY_company);
    if (cell->rc != SPIL_OK)
        return 0;
    const uint32_t index = (uint32_t)cell->companies.count - 1;
    spil_gen_link *const link = spil_gen_add_link(
        cell, rng, spil_gen_ref_of(cell, SPIL_ENTITY_company, index),
        spil_gen_ref_of(cell, SPIL_ENTITY_address, address), SPIL_LINK_registered_at);
    if (link && link->since < company.founded)
        link->since = company.founded;
    return index;
}

/* How sure a record of this kind is, in hundredths, and how many days back it may reach. */
typedef struct habit {
    uint32_t sure_low, sure_high, oldest, most_weight;
} habit;

static habit habit_of(spil_link_kind kind)
{
    static const habit registers = {93, 99, 6000, 1}, work = {85, 97, 2500, 1},
                       talk = {60, 85, 1500, 1}, seen = {65, 92, 900, 4}, phone = {80, 95, 540, 9},
                       money = {82, 97, 900, 3}, suspects = {80, 95, 1500, 2},
                       used = {60, 88, 900, 1};
    switch (kind) {
    case SPIL_LINK_works_for:
        return work;
    case SPIL_LINK_knows:
        return talk;
    case SPIL_LINK_met:
        return seen;
    case SPIL_LINK_called:
        return phone;
    case SPIL_LINK_paid:
        return money;
    case SPIL_LINK_co_suspect:
        return suspects;
    case SPIL_LINK_uses:
        return used;
    case SPIL_LINK_lives_at:
    case SPIL_LINK_registered_at:
    case SPIL_LINK_owns:
    case SPIL_LINK_directs:
    case SPIL_LINK_shareholder_of:
    case SPIL_LINK_family:
    case SPIL_LINK_party_to:
    case SPIL_LINK_occurred_at:
    case SPIL_LINK_located_in:
    case SPIL_LINK_investigated_by:
    case SPIL_LINK_related:
    case SPIL_LINK_KIND_COUNT:
        break;
    }
    return registers;
}

spil_gen_link *spil_gen_add_link(spil_gen_cell *cell, spil_rng *rng, spil_gen_ref from,
                                 spil_gen_ref to, spil_link_kind kind)
{
    const habit usual = habit_of(kind);
    const uint32_t sure = spil_gen_between(rng, usual.sure_low, usual.sure_high);
    const uint32_t days = spil_gen_between(rng, 20, usual.oldest);
    const uint32_t weight = spil_gen_between(rng, 1, usual.most_weight);
    if (cell->rc != SPIL_OK || spil_gen_same(from, to))
        return NULL;
    const spil_gen_link link = {.from = from,
                                .to = to,
                                .kind = kind,
                                .weight = weight,
                                .confidence = (double)sure / 100.0,
                                .since = SPIL_GEN_TODAY - (spil_day)days,
                                .until = SPIL_NO_DAY};
    PUSH(cell, links, link);
    return cell->rc == SPIL_OK ? &cell->links.items[cell->links.count - 1] : NULL;
}

void spil_gen_add_truth(spil_gen_cell *cell, const spil_gen_truth *truth)
{
    PUSH(cell, truths, *truth);
}
