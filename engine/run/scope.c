/* scope.c - see scope.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/scope.h"

#include "engine/base/vec.h"
#include "engine/run/table.h"

#include <stdlib.h>
#include <string.h>

struct spil_scope {
    unsigned within;
    SPIL_VEC(spil_scope_member) members; /* texts in arena */
    spil_arena *arena;
};

spil_status spil_scope_new(spil_scope **out, unsigned within, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_scope *scope = NULL;
    TRY(NEW(scope, err));
    scope->within = within;
    TRY(spil_arena_new(&scope->arena, err));
    *out = scope;
    scope = NULL;
done:
    spil_scope_free(scope);
    return rc;
}

void spil_scope_free(spil_scope *scope)
{
    if (!scope)
        return;
    spil_free(scope->members.items);
    spil_arena_free(scope->arena);
    spil_free(scope);
}

static int by_community(const void *left, const void *right)
{
    const spil_scope_member *const a = left, *const b = right;
    const int order = spil_compare_natural(a->community, b->community);
    return order ? order : spil_compare_natural(a->key, b->key);
}

static spil_status copy(const spil_scope *scope, const char **text, spil_err *err)
{
    return spil_arena_text(scope->arena, text, *text, strlen(*text), err);
}

spil_status spil_scope_add(spil_scope *scope, const spil_scope_member *row, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_scope_member own = *row;
    TRY(copy(scope, &own.key, err));
    TRY(copy(scope, &own.community, err));
    TRY(copy(scope, &own.where, err));
    rc = VEC_PUSH(scope->members, own, err);
done:
    return rc;
}

void spil_scope_finish(spil_scope *scope)
{
    if (scope->members.count)
        qsort(scope->members.items, scope->members.count, sizeof *scope->members.items,
              by_community);
}

/* ---- communities ---- */

static spil_status seat(uint32_t *of, spil_vid *out, uint32_t number, const spil_scope_member *row,
                        const spil_facts *facts, const spil_network *network, spil_err *err)
{
    const uint32_t entity = spil_facts_find(facts, row->key);
    if (entity == UINT32_MAX)
        return spil_fail(err, SPIL_NOT_FOUND, "%s: there is no entity '%s' in the case", row->where,
                         row->key);
    const spil_vid v = network->vertex[entity];
    if (v == SPIL_NO_VERTEX)
        return spil_fail(
            err, SPIL_INPUT, "%s: '%s' is of the kind %s, which is not analysed as a member",
            row->where, row->key, spil_entity_kind_info(facts->entities[entity].kind)->name);
    if (of[v] != SPIL_NO_COMMUNITY && of[v] != number)
        return spil_fail(err, SPIL_INPUT,
                         "%s: '%s' stands in two communities; an entity is scored in one",
                         row->where, row->key);
    of[v] = number;
    *out = v;
    return SPIL_OK;
}

/* Breadth first from queue[0 .. count), which stand by community. */
static void grow(uint32_t *of, const spil_csr *g, spil_vid *queue, size_t count, unsigned within)
{
    size_t begin = 0;
    for (unsigned step = 0; step < within; step++) {
        const size_t end = count;
        for (; begin < end; begin++)
            for (spil_eid i = g->row[queue[begin]]; i < g->row[queue[begin] + 1]; i++) {
                const spil_vid u = g->col[i];
                if (of[u] == SPIL_NO_COMMUNITY) {
                    of[u] = of[queue[begin]];
                    queue[count++] = u;
                }
            }
    }
}

spil_status spil_scope_communities(spil_communities **out, const spil_scope *scope,
                                   const spil_facts *facts, const spil_network *network,
                                   spil_err *err)
{
    spil_status rc = SPIL_OK;
    uint32_t *of = NULL, number = 0;
    spil_vid *queue = NULL;
    size_t count = 0;
    const spil_csr *const g = network->csr;
    TRY(NEW_ARRAY(of, g->n, err));
    TRY(NEW_ARRAY(queue, (size_t)g->n + scope->members.count, err));
    memset(of, 0xff, g->n * sizeof *of); /* SPIL_NO_COMMUNITY */
    for (size_t i = 0; i < scope->members.count; i++) {
        const spil_scope_member *const row = &scope->members.items[i];
        if (i > 0 && strcmp(row->community, scope->members.items[i - 1].community) != 0)
            number++;
        TRY(seat(of, &queue[count], number, row, facts, network, err));
        count++;
    }
    grow(of, g, queue, count, scope->within);
    rc = spil_communities_stated(out, g, of, number + (scope->members.count > 0), err);
done:
    spil_free(of);
    spil_free(queue);
    return rc;
}

void spil_scope_write(const spil_scope *scope, spil_str *out)
{
    spil_str_addf(out, ", \"within\": %u, \"members\": [", scope->within);
    for (size_t i = 0; i < scope->members.count; i++) {
        const spil_scope_member *const row = &scope->members.items[i];
        const bool first =
            i == 0 || strcmp(row->community, scope->members.items[i - 1].community) != 0;
        spil_str_add(out, i == 0 ? "[" : first ? "], [" : ", ");
        spil_add_json_text(out, row->key);
    }
    spil_str_add(out, scope->members.count ? "]]" : "]");
}
