/* rule_shared_address_companies.c - several companies at one address with one director. A shared
 * business building alone does not count: its companies have directors of their own.
 * SPDX-License-Identifier: GPL-3.0-or-later
 * Nor does an address of a trust office or the like (a hub): that is its trade.
 * Hits the companies, the director and the address; the role's kinds choose among them.
 * Time: pairs (company at the address, its director), sorted.
 */
#include "engine/barriers/rule.h"

#include <stdlib.h>

typedef struct seat {
    uint32_t director, company, link; /* link: registration of the company */
} seat;
typedef SPIL_VEC(seat) seats;

static int by_director(const void *left, const void *right)
{
    const seat *const a = left, *const b = right;
    if (a->director != b->director)
        return a->director < b->director ? -1 : 1;
    if (a->company != b->company)
        return a->company < b->company ? -1 : 1;
    return a->link < b->link ? -1 : a->link > b->link;
}

/* Who directs which company that is registered at the address. */
static spil_status collect(seats *out, const spil_rule_view *view, uint32_t address, spil_err *err)
{
    const spil_facts *const facts = view->facts;
    const spil_link_index *const links = view->links;
    spil_status rc = SPIL_OK;
    out->count = 0;
    for (size_t i = links->row[address]; i < links->row[address + 1]; i++) {
        const uint32_t at = links->link[i];
        const uint32_t company = spil_link_origin(facts, at, SPIL_LINK_registered_at, address);
        if (company == UINT32_MAX || facts->entities[company].kind != SPIL_ENTITY_company)
            continue;
        for (size_t j = links->row[company]; j < links->row[company + 1]; j++) {
            const uint32_t director =
                spil_link_origin(facts, links->link[j], SPIL_LINK_directs, company);
            if (director != UINT32_MAX)
                TRY(VEC_PUSH(*out, ((seat){director, company, at}), err));
        }
    }
    if (out->count)
        qsort(out->items, out->count, sizeof(seat), by_director);
done:
    return rc;
}

/* seats[begin..end) have one director. */
static spil_status hit_group(const seats *all, size_t begin, size_t end, uint32_t address,
                             double at_least, spil_rule_hits *hits, spil_err *err)
{
    spil_status rc = SPIL_OK;
    size_t distinct = 0;
    for (size_t i = begin; i < end; i++)
        distinct += i == begin || all->items[i].company != all->items[i - 1].company;
    if ((double)distinct < at_least)
        return SPIL_OK;
    for (size_t i = begin; i < end; i++)
        TRY(spil_rule_add(hits, all->items[i].company, SPIL_SAW_LINK, all->items[i].link, err));
    TRY(spil_rule_add(hits, all->items[begin].director, SPIL_SAW_LINK, all->items[begin].link,
                      err));
    TRY(spil_rule_add(hits, address, SPIL_SAW_LINK, all->items[begin].link, err));
done:
    return rc;
}

static spil_status run(const spil_rule_view *view, const spil_model_rule *rule,
                       spil_rule_hits *hits, spil_err *err)
{
    spil_status rc = SPIL_OK;
    seats all = {0};
    for (uint32_t e = 0; e < view->facts->entity_count; e++) {
        if (view->facts->entities[e].kind != SPIL_ENTITY_address || spil_rule_hub(view, e))
            continue;
        TRY(collect(&all, view, e, err));
        for (size_t begin = 0, end; begin < all.count; begin = end) {
            end = begin + 1;
            while (end < all.count && all.items[end].director == all.items[begin].director)
                end++;
            TRY(hit_group(&all, begin, end, e, rule->at_least, hits, err));
        }
    }
done:
    spil_free(all.items);
    return rc;
}

const spil_rule spil_rule_shared_address_companies = {
    .name = "shared_address_companies",
    .summary = "one of at least 'at_least' companies at one address with one director",
    .needs_at_least = true,
    .run = run,
};
