/* facts_order.c - brings the rows of facts.h into canonical order.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sources go by digest and entities by key first, then every other row gets its new entity and
 * source numbers, is put into its entity's bucket by one counting pass, and is sorted within the
 * bucket. After the renumbering a source's number orders as its digest does, so the comparisons
 * need no context. Time O(n log n) for n entities, O(r + b log b) for r rows with buckets of size
 * b.
 */
#include "engine/store/facts.h"

#include <stdlib.h>
#include <string.h>

#define ORDER(a, b) (((a) > (b)) - ((a) < (b)))
/* Returns from a comparison at the first difference. */
#define DIFFER(expression)                                                                         \
    do {                                                                                           \
        const int differ_ = (expression);                                                          \
        if (differ_)                                                                               \
            return differ_;                                                                        \
    } while (0)

/* Equal pointers are common: texts seen lately are shared. */
static int order_text(const char *a, const char *b)
{
    return a == b ? 0 : strcmp(a, b);
}

static int order_origin(const spil_origin *a, const spil_origin *b)
{
    DIFFER(ORDER(a->source, b->source));
    return ORDER(a->line, b->line);
}

static int order_sources(const void *left, const void *right)
{
    const spil_source *const *const a = left, *const *const b = right;
    DIFFER(order_text((*a)->sha256, (*b)->sha256));
    DIFFER(order_text((*a)->path, (*b)->path));
    return ORDER(*a, *b); /* of one array: the order of adding */
}

static int order_entities(const void *left, const void *right)
{
    const spil_entity *const *const a = left, *const *const b = right;
    DIFFER(spil_compare_natural((*a)->key, (*b)->key));
    return ORDER(*a, *b);
}

static int order_attributes(const void *left, const void *right)
{
    const spil_attribute *const a = left, *const b = right;
    DIFFER(order_text(a->name, b->name));
    DIFFER(order_text(a->value, b->value));
    return order_origin(&a->origin, &b->origin);
}

static int order_links(const void *left, const void *right)
{
    const spil_link *const a = left, *const b = right;
    DIFFER(ORDER(a->to, b->to));
    DIFFER(ORDER(a->kind, b->kind));
    DIFFER(order_text(a->type, b->type));
    DIFFER(ORDER(a->since, b->since));
    DIFFER(ORDER(a->weight, b->weight));
    DIFFER(order_origin(&a->origin, &b->origin));
    DIFFER(ORDER(a->until, b->until));
    return ORDER(a->confidence, b->confidence);
}

static int order_roles(const void *left, const void *right)
{
    const spil_role *const a = left, *const b = right;
    DIFFER(order_text(a->model, b->model));
    DIFFER(order_text(a->step, b->step));
    DIFFER(order_text(a->role, b->role));
    DIFFER(ORDER(a->confidence, b->confidence));
    return order_origin(&a->origin, &b->origin);
}

static int order_signals(const void *left, const void *right)
{
    const spil_signal *const a = left, *const b = right;
    DIFFER(order_text(a->code, b->code));
    DIFFER(ORDER(a->date, b->date));
    DIFFER(ORDER(a->strength, b->strength));
    DIFFER(ORDER(a->confidence, b->confidence));
    return order_origin(&a->origin, &b->origin);
}

static int order_members(const void *left, const void *right)
{
    const spil_member *const a = left, *const b = right;
    return spil_compare_natural(a->key, b->key);
}

static int order_member_places(const void *left, const void *right)
{
    const spil_member *const *const a = left, *const *const b = right;
    return order_members(*a, *b);
}

/* Sorts *items (count of size bytes) by compare, which gets pointers to the items' addresses, and
 * fills number[old] = new. */
static spil_status renumber(void **items, size_t count, size_t size,
                            int (*compare)(const void *, const void *), uint32_t *number,
                            spil_err *err)
{
    spil_status rc = SPIL_OK;
    const char **order = NULL;
    char *sorted = NULL;
    const char *const old = *items;
    TRY(NEW_ARRAY(order, count, err));
    TRY(spil_alloc((void **)&sorted, count, size, err));
    for (size_t i = 0; i < count; i++)
        order[i] = old + i * size;
    qsort(order, count, sizeof *order, compare);
    for (size_t i = 0; i < count; i++) {
        memcpy(sorted + i * size, order[i], size);
        number[(size_t)(order[i] - old) / size] = (uint32_t)i;
    }
    spil_free(*items);
    *items = sorted;
    sorted = NULL;
done:
    spil_free(order);
    spil_free(sorted);
    return rc;
}

/* What the rows of one array have in common, so that one function serves all of them. */
typedef struct row_shape {
    const char *noun;
    size_t size, entity, to, origin; /* offsets; to = entity where a row has one entity */
    int (*compare)(const void *, const void *);
} row_shape;

static const row_shape attribute_shape = {
    "attribute",
    sizeof(spil_attribute),
    offsetof(spil_attribute, entity),
    offsetof(spil_attribute, entity),
    offsetof(spil_attribute, origin),
    order_attributes,
};
static const row_shape link_shape = {
    "link",
    sizeof(spil_link),
    offsetof(spil_link, from),
    offsetof(spil_link, to),
    offsetof(spil_link, origin),
    order_links,
};
static const row_shape role_shape = {
    "role",
    sizeof(spil_role),
    offsetof(spil_role, entity),
    offsetof(spil_role, entity),
    offsetof(spil_role, origin),
    order_roles,
};
static const row_shape signal_shape = {
    "signal",
    sizeof(spil_signal),
    offsetof(spil_signal, entity),
    offsetof(spil_signal, entity),
    offsetof(spil_signal, origin),
    order_signals,
};

static const row_shape member_shape = {
    "member",
    sizeof(spil_member),
    offsetof(spil_member, entity),
    offsetof(spil_member, entity),
    offsetof(spil_member, origin),
    order_members,
};

/* New numbers of entities and sources by their old ones. */
typedef struct numbering {
    uint32_t *entity, *source;
    size_t entity_count, source_count;
} numbering;

static uint32_t *entity_at(char *row, size_t offset)
{
    return (void *)(row + offset);
}

static spil_status translate(void *items, size_t count, const row_shape *shape,
                             const numbering *numbers, spil_err *err)
{
    char *row = items;
    for (size_t i = 0; i < count; i++, row += shape->size) {
        uint32_t *const entity = entity_at(row, shape->entity), *const to =
                                                                    entity_at(row, shape->to);
        spil_origin *const origin = (void *)(row + shape->origin);
        if (*entity >= numbers->entity_count || *to >= numbers->entity_count)
            return spil_fail(err, SPIL_RANGE, "%s %zu names an entity that is not there",
                             shape->noun, i);
        if (origin->source >= numbers->source_count)
            return spil_fail(err, SPIL_RANGE, "%s %zu names a source that is not there",
                             shape->noun, i);
        *entity = numbers->entity[*entity];
        if (to != entity)
            *to = numbers->entity[*to];
        origin->source = numbers->source[origin->source];
    }
    return SPIL_OK;
}

/* Translates the rows, brings them into order and fills row[0..n] with the start of each entity's
 * rows. */
static spil_status arrange(void **items, size_t count, const row_shape *shape,
                           const numbering *numbers, size_t *row, spil_err *err)
{
    spil_status rc = SPIL_OK;
    char *sorted = NULL;
    size_t *next = NULL;
    const size_t n = numbers->entity_count, size = shape->size;
    TRY(translate(*items, count, shape, numbers, err));
    TRY(spil_alloc((void **)&sorted, count, size, err));
    TRY(NEW_ARRAY(next, n + 1, err));
    char *const old = *items;
    for (size_t i = 0; i < count; i++)
        row[*entity_at(old + i * size, shape->entity) + 1]++;
    for (size_t e = 0; e < n; e++)
        row[e + 1] += row[e];
    memcpy(next, row, (n + 1) * sizeof *next);
    for (size_t i = 0; i < count; i++) {
        const char *const from = old + i * size;
        memcpy(sorted + next[*entity_at(old + i * size, shape->entity)]++ * size, from, size);
    }
    for (size_t e = 0; e < n; e++)
        if (row[e + 1] - row[e] > 1)
            qsort(sorted + row[e] * size, row[e + 1] - row[e], size, shape->compare);
    spil_free(*items);
    *items = sorted;
    sorted = NULL;
done:
    spil_free(sorted);
    spil_free(next);
    return rc;
}

static spil_status finish_entities(spil_facts *facts, const numbering *numbers, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(renumber((void **)&facts->entities, facts->entity_count, sizeof *facts->entities,
                 order_entities, numbers->entity, err));
    for (size_t e = 0; e < facts->entity_count; e++) {
        spil_entity *const entity = &facts->entities[e];
        if (e > 0 && strcmp(entity->key, facts->entities[e - 1].key) == 0) {
            rc = spil_fail(err, SPIL_RANGE, "two entities have the key '%s'", entity->key);
            goto done;
        }
        if (entity->origin.source >= facts->source_count) {
            rc = spil_fail(err, SPIL_RANGE, "entity '%s' names a source that is not there",
                           entity->key);
            goto done;
        }
        entity->origin.source = numbers->source[entity->origin.source];
    }
done:
    return rc;
}

static spil_status index_members(spil_facts *facts, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_member **order = NULL;
    TRY(NEW_ARRAY(order, facts->member_count, err));
    TRY(NEW_ARRAY(facts->member_by_key, facts->member_count, err));
    for (size_t i = 0; i < facts->member_count; i++)
        order[i] = &facts->members[i];
    qsort(order, facts->member_count, sizeof *order, order_member_places);
    for (size_t i = 0; i < facts->member_count; i++)
        facts->member_by_key[i] = (uint32_t)(order[i] - facts->members);
done:
    spil_free(order);
    return rc;
}

spil_status spil_facts_finish(spil_facts *facts, spil_err *err)
{
    spil_status rc = SPIL_OK;
    numbering numbers = {NULL, NULL, facts->entity_count, facts->source_count};
    size_t *link_row = NULL;
    TRY(NEW_ARRAY(numbers.entity, facts->entity_count, err));
    TRY(NEW_ARRAY(numbers.source, facts->source_count, err));
    TRY(NEW_ARRAY(facts->attribute_row, facts->entity_count + 1, err));
    TRY(NEW_ARRAY(facts->role_row, facts->entity_count + 1, err));
    TRY(NEW_ARRAY(facts->signal_row, facts->entity_count + 1, err));
    TRY(NEW_ARRAY(facts->member_row, facts->entity_count + 1, err));
    TRY(NEW_ARRAY(link_row, facts->entity_count + 1, err));
    TRY(renumber((void **)&facts->sources, facts->source_count, sizeof *facts->sources,
                 order_sources, numbers.source, err));
    TRY(finish_entities(facts, &numbers, err));
    TRY(arrange((void **)&facts->attributes, facts->attribute_count, &attribute_shape, &numbers,
                facts->attribute_row, err));
    TRY(arrange((void **)&facts->links, facts->link_count, &link_shape, &numbers, link_row, err));
    TRY(arrange((void **)&facts->roles, facts->role_count, &role_shape, &numbers, facts->role_row,
                err));
    TRY(arrange((void **)&facts->signals, facts->signal_count, &signal_shape, &numbers,
                facts->signal_row, err));
    TRY(arrange((void **)&facts->members, facts->member_count, &member_shape, &numbers,
                facts->member_row, err));
    TRY(index_members(facts, err));
    spil_free(facts->room);
    facts->room = NULL;
done:
    spil_free(numbers.entity);
    spil_free(numbers.source);
    spil_free(link_row);
    return rc;
}
