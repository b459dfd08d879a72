/* facts.c - rows taken in, and looked up: see facts.h. SPDX-License-Identifier: GPL-3.0-or-later
 * Finish stands in facts_order.c.
 */
#include "engine/store/facts.h"

#include "engine/base/vec.h"

#include <string.h>

enum { RECENT_SLOTS = 1024, RECENT_LENGTH = 40 };

/* Rooms of the arrays, and short texts seen lately (types, codes, names of attributes come back on
 * row after row): a slot for each hash holds the last such text, so that memory stays bounded. */
struct spil_facts_room {
    size_t sources, entities, attributes, links, roles, signals, members;
    const char *recent[RECENT_SLOTS];
};

spil_status spil_facts_new(spil_facts **out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_facts *facts = NULL;
    TRY(NEW(facts, err));
    facts->newest = SPIL_NO_DAY;
    TRY(NEW(facts->room, err));
    TRY(spil_arena_new(&facts->arena, err));
    *out = facts;
    facts = NULL;
done:
    spil_facts_free(facts);
    return rc;
}

void spil_facts_free(spil_facts *facts)
{
    if (!facts)
        return;
    spil_free(facts->sources);
    spil_free(facts->entities);
    spil_free(facts->attributes);
    spil_free(facts->links);
    spil_free(facts->details);
    spil_free(facts->roles);
    spil_free(facts->signals);
    spil_free(facts->members);
    spil_free(facts->attribute_row);
    spil_free(facts->role_row);
    spil_free(facts->signal_row);
    spil_free(facts->member_row);
    spil_free(facts->member_by_key);
    spil_free(facts->room);
    spil_arena_free(facts->arena);
    spil_free(facts);
}

/* ---- texts ---- */

static size_t slot_of(const char *text, size_t length)
{
    uint32_t hash = 2166136261U; /* FNV-1a */
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)text[i]) * 16777619U;
    return (hash ^ hash >> 16) % RECENT_SLOTS;
}

/* Replaces *text by a copy that lives as long as the facts. */
static spil_status keep(spil_facts *facts, const char **text, spil_err *err)
{
    if (!*text || **text == '\0') {
        *text = "";
        return SPIL_OK;
    }
    const size_t length = strlen(*text);
    if (length > RECENT_LENGTH)
        return spil_arena_text(facts->arena, text, *text, length, err);
    const char **const slot = &facts->room->recent[slot_of(*text, length)];
    if (*slot && strcmp(*slot, *text) == 0) {
        *text = *slot;
        return SPIL_OK;
    }
    const spil_status rc = spil_arena_text(facts->arena, text, *text, length, err);
    if (rc == SPIL_OK)
        *slot = *text;
    return rc;
}

static void note_day(spil_facts *facts, spil_day day)
{
    if (day != SPIL_NO_DAY && day > facts->newest)
        facts->newest = day;
}

/* ---- adding ---- */

static spil_status reserve(void **items, size_t count, size_t *room, size_t size, spil_err *err)
{
    if (count >= UINT32_MAX - 1)
        return spil_fail(err, SPIL_LIMIT, "more than %u rows of one kind", UINT32_MAX - 1);
    return spil_vec_reserve(items, count, room, size, err);
}

spil_status spil_facts_add_source(spil_facts *facts, const spil_source *row, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_source copy = *row;
    TRY(keep(facts, &copy.path, err));
    TRY(keep(facts, &copy.sha256, err));
    TRY(keep(facts, &copy.loader, err));
    TRY(keep(facts, &copy.options, err));
    TRY(keep(facts, &copy.grade, err));
    TRY(keep(facts, &copy.owner, err));
    TRY(keep(facts, &copy.basis, err));
    TRY(keep(facts, &copy.purpose, err));
    TRY(reserve((void **)&facts->sources, facts->source_count, &facts->room->sources, sizeof copy,
                err));
    facts->sources[facts->source_count++] = copy;
done:
    return rc;
}

spil_status spil_facts_add_entity(spil_facts *facts, const spil_entity *row, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_entity copy = *row;
    TRY(keep(facts, &copy.key, err));
    TRY(keep(facts, &copy.label, err));
    TRY(keep(facts, &copy.type, err));
    TRY(reserve((void **)&facts->entities, facts->entity_count, &facts->room->entities, sizeof copy,
                err));
    facts->entities[facts->entity_count++] = copy;
done:
    return rc;
}

spil_status spil_facts_add_attribute(spil_facts *facts, const spil_attribute *row, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_attribute copy = *row;
    TRY(keep(facts, &copy.name, err));
    TRY(keep(facts, &copy.value, err));
    TRY(reserve((void **)&facts->attributes, facts->attribute_count, &facts->room->attributes,
                sizeof copy, err));
    facts->attributes[facts->attribute_count++] = copy;
done:
    return rc;
}

spil_status spil_facts_add_link(spil_facts *facts, const spil_link *row, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_link copy = *row;
    TRY(keep(facts, &copy.type, err));
    TRY(reserve((void **)&facts->links, facts->link_count, &facts->room->links, sizeof copy, err));
    facts->links[facts->link_count++] = copy;
    note_day(facts, copy.since);
done:
    return rc;
}

spil_status spil_facts_add_role(spil_facts *facts, const spil_role *row, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_role copy = *row;
    TRY(keep(facts, &copy.model, err));
    TRY(keep(facts, &copy.step, err));
    TRY(keep(facts, &copy.role, err));
    TRY(reserve((void **)&facts->roles, facts->role_count, &facts->room->roles, sizeof copy, err));
    facts->roles[facts->role_count++] = copy;
done:
    return rc;
}

spil_status spil_facts_add_signal(spil_facts *facts, const spil_signal *row, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_signal copy = *row;
    TRY(keep(facts, &copy.code, err));
    TRY(reserve((void **)&facts->signals, facts->signal_count, &facts->room->signals, sizeof copy,
                err));
    facts->signals[facts->signal_count++] = copy;
    note_day(facts, copy.date);
done:
    return rc;
}

spil_status spil_facts_add_member(spil_facts *facts, const spil_member *row, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_member copy = *row;
    TRY(keep(facts, &copy.key, err));
    TRY(keep(facts, &copy.label, err));
    TRY(keep(facts, &copy.type, err));
    TRY(reserve((void **)&facts->members, facts->member_count, &facts->room->members, sizeof copy,
                err));
    facts->members[facts->member_count++] = copy;
done:
    return rc;
}

/* ---- reading ---- */

const char *spil_facts_attribute(const spil_facts *facts, uint32_t entity, const char *name)
{
    for (size_t i = facts->attribute_row[entity]; i < facts->attribute_row[entity + 1]; i++)
        if (strcmp(facts->attributes[i].name, name) == 0)
            return facts->attributes[i].value;
    return NULL;
}

static uint32_t find_member(const spil_facts *facts, const char *key)
{
    size_t low = 0, high = facts->member_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const spil_member *const member = &facts->members[facts->member_by_key[middle]];
        const int order = spil_compare_natural(member->key, key);
        if (order == 0)
            return member->entity;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return UINT32_MAX;
}

uint32_t spil_facts_find(const spil_facts *facts, const char *key)
{
    size_t low = 0, high = facts->entity_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int order = spil_compare_natural(facts->entities[middle].key, key);
        if (order == 0)
            return (uint32_t)middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return find_member(facts, key);
}

const char *spil_entity_name(const spil_entity *entity)
{
    return entity->label[0] ? entity->label : entity->key;
}
