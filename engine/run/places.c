/* places.c - the addresses where an entity is seen (wishes.h).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/wishes.h"

void spil_places_clear(spil_places *places)
{
    spil_free(places->row);
    spil_free(places->address);
}

/* UINT32_MAX: the link puts nobody at an address. */
static uint32_t address_of(const spil_facts *facts, const spil_link *link)
{
    const bool stays = link->kind == SPIL_LINK_lives_at || link->kind == SPIL_LINK_registered_at;
    return stays && facts->entities[link->to].kind == SPIL_ENTITY_address ? link->to : UINT32_MAX;
}

spil_status spil_places_find(spil_places *out, const spil_facts *facts, spil_err *err)
{
    spil_status rc = SPIL_OK;
    size_t *next = NULL;
    *out = (spil_places){0};
    TRY(NEW_ARRAY(out->row, facts->entity_count + 1, err));
    TRY(NEW_ARRAY(next, facts->entity_count + 1, err));
    for (size_t e = 0; e < facts->entity_count; e++)
        out->row[e + 1] = facts->entities[e].kind == SPIL_ENTITY_address;
    for (size_t i = 0; i < facts->link_count; i++)
        if (address_of(facts, &facts->links[i]) != UINT32_MAX)
            out->row[facts->links[i].from + 1]++;
    for (size_t e = 0; e < facts->entity_count; e++) {
        next[e] = out->row[e];
        out->row[e + 1] += out->row[e];
    }
    TRY(NEW_ARRAY(out->address, out->row[facts->entity_count], err));
    for (uint32_t e = 0; e < facts->entity_count; e++)
        if (facts->entities[e].kind == SPIL_ENTITY_address)
            out->address[next[e]++] = e;
    for (size_t i = 0; i < facts->link_count; i++) {
        const uint32_t address = address_of(facts, &facts->links[i]);
        if (address != UINT32_MAX)
            out->address[next[facts->links[i].from]++] = address;
    }
done:
    spil_free(next);
    return rc;
}

bool spil_places_share(const spil_places *places, uint32_t a, uint32_t b)
{
    for (size_t i = places->row[a]; i < places->row[a + 1]; i++)
        for (size_t k = places->row[b]; k < places->row[b + 1]; k++)
            if (places->address[i] == places->address[k])
                return true;
    return false;
}
