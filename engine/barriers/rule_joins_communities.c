/* rule_joins_communities.c - a person who ties communities together: two or more ties into each of
 * several, his own among them. SPDX-License-Identifier: GPL-3.0-or-later
 * One tie is an acquaintance; two in one community are a place in it. Time: links of each person,
 * sorted.
 */
#include "engine/barriers/rule.h"

#include <stdlib.h>

enum { TIES = 2 };

typedef struct tie {
    uint32_t community, entity, link;
} tie;
typedef SPIL_VEC(tie) ties;

static int by_community(const void *left, const void *right)
{
    const tie *const a = left, *const b = right;
    if (a->community != b->community)
        return a->community < b->community ? -1 : 1;
    if (a->entity != b->entity)
        return a->entity < b->entity ? -1 : 1;
    return a->link < b->link ? -1 : a->link > b->link;
}

static spil_status collect(ties *out, const spil_rule_view *view, uint32_t person, spil_err *err)
{
    spil_status rc = SPIL_OK;
    out->count = 0;
    for (size_t i = view->links->row[person]; i < view->links->row[person + 1]; i++) {
        const uint32_t link = view->links->link[i];
        const spil_link *const each = &view->facts->links[link];
        const uint32_t other = each->from == person ? each->to : each->from;
        const spil_vid v = view->network->vertex[other];
        if (other != person && v != SPIL_NO_VERTEX && !spil_rule_hub(view, other))
            TRY(VEC_PUSH(*out, ((tie){view->communities->best.of[v], other, link}), err));
    }
    if (out->count)
        qsort(out->items, out->count, sizeof(tie), by_community);
done:
    return rc;
}

/* Communities with so many different ties; *first: a link outside the person's own. */
static size_t joined(const ties *all, uint32_t own, size_t *first)
{
    size_t communities = 0;
    for (size_t begin = 0, end; begin < all->count; begin = end) {
        size_t different = 0;
        for (end = begin;
             end < all->count && all->items[end].community == all->items[begin].community; end++)
            different += end == begin || all->items[end].entity != all->items[end - 1].entity;
        if (different < TIES)
            continue;
        if (communities == 0 || all->items[begin].community != own)
            *first = all->items[begin].link;
        communities++;
    }
    return communities;
}

static spil_status run(const spil_rule_view *view, const spil_model_rule *rule,
                       spil_rule_hits *hits, spil_err *err)
{
    const spil_facts *const facts = view->facts;
    spil_status rc = SPIL_OK;
    ties all = {0};
    for (uint32_t e = 0; e < facts->entity_count; e++) {
        const spil_vid v = view->network->vertex[e];
        size_t first = 0;
        if (facts->entities[e].kind != SPIL_ENTITY_person || v == SPIL_NO_VERTEX)
            continue;
        TRY(collect(&all, view, e, err));
        if ((double)joined(&all, view->communities->best.of[v], &first) >= rule->at_least)
            TRY(spil_rule_add(hits, e, SPIL_SAW_LINK, first, err));
    }
done:
    spil_free(all.items);
    return rc;
}

const spil_rule spil_rule_joins_communities = {
    .name = "joins_communities",
    .summary = "a person with two ties or more into each of at least 'at_least' communities",
    .needs_at_least = true,
    .run = run,
};
