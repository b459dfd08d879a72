/* record_ties.c - where entities are and whom they know, for telling who is who. See record.h.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/resolution/record_inside.h"

#include "engine/base/vec.h"

#include <stdlib.h>

enum { MOST_LINKS = 60000 };

/* One end of a link: this entity, and the other. */
typedef struct end {
    uint32_t entity, other;
} end;

typedef SPIL_VEC(end) end_list;

static int by_end(const void *left, const void *right)
{
    const end *const a = left, *const b = right;
    if (a->entity != b->entity)
        return a->entity < b->entity ? -1 : 1;
    return (a->other > b->other) - (a->other < b->other);
}

static bool is_where(spil_link_kind kind)
{
    return kind == SPIL_LINK_lives_at || kind == SPIL_LINK_registered_at;
}

/* Ends of links of the wanted kind that lie at entities of this kind. */
static spil_status collect_ends(end_list *out, const spil_reading *reading, spil_entity_kind kind,
                                bool where, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_facts *const facts = reading->facts;
    for (size_t i = 0; i < facts->link_count; i++) {
        const spil_link *const link = &facts->links[i];
        const uint32_t ends[2] = {link->from, link->to};
        for (size_t k = 0; k < 2; k++) {
            const spil_entity_kind other = facts->entities[ends[1 - k]].kind;
            const bool home = is_where(link->kind) && other == SPIL_ENTITY_address;
            const bool told = other != SPIL_ENTITY_address && other != SPIL_ENTITY_area &&
                              other != SPIL_ENTITY_official && other != SPIL_ENTITY_event;
            if (facts->entities[ends[k]].kind == kind && (where ? home : told) &&
                ends[0] != ends[1])
                TRY(VEC_PUSH(*out, ((end){ends[k], reading->one[ends[1 - k]]}), err));
        }
    }
done:
    return rc;
}

/* How many of the ends lie at each other entity; those above SPIL_HUB are hubs. */
static spil_status count_others(uint32_t **out, const end_list *ends, size_t others, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(NEW_ARRAY(*out, others, err));
    for (size_t i = 0; i < ends->count; i++)
        if (i == 0 || by_end(&ends->items[i - 1], &ends->items[i]) != 0)
            (*out)[ends->items[i].other]++;
done:
    return rc;
}

/* Gives each record its ascending list without hubs; begin and count are written through them.
 * busy (NULL: not wanted): beside the list, how many have each. */
static spil_status deal_out(spil_records *records, end_list *ends, size_t others, uint8_t **busy,
                            spil_err *err)
{
    spil_status rc = SPIL_OK;
    const bool where = busy == NULL;
    uint32_t *degree = NULL, *list = NULL;
    uint8_t *beside = NULL;
    size_t filled = 0, e = 0;
    if (ends->count)
        qsort(ends->items, ends->count, sizeof *ends->items, by_end);
    TRY(count_others(&degree, ends, others, err));
    TRY(NEW_ARRAY(list, ends->count, err));
    TRY(NEW_ARRAY(beside, where ? 0 : ends->count, err));
    for (size_t r = 0; r < records->count; r++) {
        spil_record *const record = &records->items[r];
        const size_t begin = filled;
        while (e < ends->count && ends->items[e].entity < record->entity)
            e++;
        for (; e < ends->count && ends->items[e].entity == record->entity; e++) {
            const uint32_t other = ends->items[e].other;
            const bool again = filled > begin && list[filled - 1] == other;
            if (again || degree[other] > SPIL_HUB || filled - begin >= MOST_LINKS)
                continue;
            if (!where)
                beside[filled] = (uint8_t)degree[other];
            list[filled++] = other;
        }
        *(where ? &record->at_begin : &record->tie_begin) = (uint32_t)begin;
        *(where ? &record->at_count : &record->tie_count) = (uint16_t)(filled - begin);
    }
    *(where ? &records->at : &records->ties) = list;
    list = NULL;
    if (!where) {
        *busy = beside;
        beside = NULL;
    }
done:
    spil_free(beside);
    spil_free(degree);
    spil_free(list);
    return rc;
}

/* Addresses that stand in the entity's own columns: of an address entity, or of nobody else. */
static spil_status add_own_addresses(end_list *ends, const spil_records *records,
                                     const uint32_t *own, const spil_reading *reading,
                                     spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (size_t i = 0; i < records->count; i++) {
        const uint32_t word = own[i];
        if (word == 0)
            continue;
        const uint32_t known = word < reading->of_address_count ? reading->of_address[word] : 0;
        const uint32_t place =
            known ? reading->one[known - 1] : (uint32_t)reading->facts->entity_count + word;
        TRY(VEC_PUSH(*ends, ((end){records->items[i].entity, place}), err));
    }
done:
    return rc;
}

/* A name at an address, and where in `at` it stands. */
typedef struct dweller {
    uint32_t at, name, index;
} dweller;

static int by_dweller(const void *left, const void *right)
{
    const dweller *const a = left, *const b = right;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    if (a->name != b->name)
        return a->name < b->name ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

static spil_status count_namesakes(spil_records *records, spil_err *err)
{
    spil_status rc = SPIL_OK;
    dweller *list = NULL;
    size_t count = 0, filled = 0;
    for (size_t r = 0; r < records->count; r++)
        count += records->items[r].at_count;
    TRY(NEW_ARRAY(list, count, err));
    TRY(NEW_ARRAY(records->namesakes, count, err));
    for (size_t r = 0; r < records->count; r++) {
        const spil_record *const it = &records->items[r];
        for (uint32_t i = it->at_begin; i < it->at_begin + it->at_count; i++)
            list[filled++] = (dweller){records->at[i], it->name, i};
    }
    if (count)
        qsort(list, count, sizeof *list, by_dweller);
    for (size_t i = 0, past; i < count; i = past) {
        for (past = i + 1;
             past < count && list[past].at == list[i].at && list[past].name == list[i].name;)
            past++;
        for (size_t k = i; k < past; k++) /* no more than SPIL_HUB */
            records->namesakes[list[k].index] = (uint8_t)(past - i);
    }
done:
    spil_free(list);
    return rc;
}

spil_status spil_records_surround(spil_records *records, const spil_reading *reading,
                                  const uint32_t *own, spil_err *err)
{
    spil_status rc = SPIL_OK;
    end_list homes = {0}, ties = {0};
    const size_t entities = reading->facts->entity_count;
    const bool moves = records->kind != SPIL_ENTITY_address; /* an address is nowhere else */
    if (moves) {
        TRY(collect_ends(&homes, reading, records->kind, true, err));
        TRY(add_own_addresses(&homes, records, own, reading, err));
        TRY(collect_ends(&ties, reading, records->kind, false, err));
    }
    TRY(deal_out(records, &homes, entities + spil_words_count(reading->words), NULL, err));
    TRY(deal_out(records, &ties, entities, &records->busy, err));
    TRY(count_namesakes(records, err));
done:
    spil_free(homes.items);
    spil_free(ties.items);
    return rc;
}

spil_status spil_records_read_ties(spil_records *records, const spil_reading *reading,
                                   spil_err *err)
{
    spil_status rc = SPIL_OK;
    end_list ties = {0};
    TRY(collect_ends(&ties, reading, records->kind, false, err));
    spil_free(records->ties);
    spil_free(records->busy);
    records->ties = NULL;
    records->busy = NULL;
    TRY(deal_out(records, &ties, reading->facts->entity_count, &records->busy, err));
    for (size_t i = 0; i < records->count; i++)
        records->items[i].one = reading->one[records->items[i].entity];
done:
    spil_free(ties.items);
    return rc;
}
