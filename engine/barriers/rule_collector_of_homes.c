/* rule_collector_of_homes.c - who gathers homes in a short time (verzamelaar).
 * SPDX-License-Identifier: GPL-3.0-or-later
 * Counts homes whose ownership began within `within_days` of each other; a deed without a date does
 * not count. Old large owners (housing corporations) bought over decades and are left alone. A
 * purchase counts though the home was sold since. Time: links of each owner, sorted by date.
 */
#include "engine/barriers/rule.h"

#include <stdlib.h>

typedef struct deed {
    spil_day since;
    uint32_t home, link;
} deed;
typedef SPIL_VEC(deed) deeds;

static int by_date(const void *left, const void *right)
{
    const deed *const a = left, *const b = right;
    if (a->since != b->since)
        return a->since < b->since ? -1 : 1;
    if (a->home != b->home)
        return a->home < b->home ? -1 : 1;
    return a->link < b->link ? -1 : a->link > b->link;
}

static spil_status collect(deeds *out, const spil_rule_view *view, uint32_t owner, spil_err *err)
{
    spil_status rc = SPIL_OK;
    uint32_t last = UINT32_MAX;
    out->count = 0;
    for (size_t i = view->links->row[owner]; i < view->links->row[owner + 1]; i++) {
        const uint32_t link = view->links->link[i]; /* equal ends are adjacent, by date */
        const uint32_t home = spil_link_target(view->facts, link, SPIL_LINK_owns, owner);
        if (home == UINT32_MAX || home == last || !spil_is_home(view->facts, home) ||
            view->facts->links[link].since == SPIL_NO_DAY)
            continue;
        last = home;
        TRY(VEC_PUSH(*out, ((deed){view->facts->links[link].since, home, link}), err));
    }
    if (out->count)
        qsort(out->items, out->count, sizeof(deed), by_date);
done:
    return rc;
}

/* Most homes in one stretch of so many days; *first: the deed that begins it. */
static size_t most_within(const deeds *all, double days, size_t *first)
{
    size_t most = 0, begin = 0;
    for (size_t end = 0; end < all->count; end++) {
        while ((double)(all->items[end].since - all->items[begin].since) > days)
            begin++;
        if (end - begin + 1 > most) {
            most = end - begin + 1;
            *first = all->items[begin].link;
        }
    }
    return most;
}

static spil_status run(const spil_rule_view *view, const spil_model_rule *rule,
                       spil_rule_hits *hits, spil_err *err)
{
    const spil_facts *const facts = view->facts;
    spil_status rc = SPIL_OK;
    deeds all = {0};
    for (uint32_t e = 0; e < facts->entity_count; e++) {
        size_t first = 0;
        if (facts->entities[e].kind != SPIL_ENTITY_person &&
            facts->entities[e].kind != SPIL_ENTITY_company)
            continue;
        TRY(collect(&all, view, e, err));
        if ((double)most_within(&all, rule->within_days, &first) >= rule->at_least)
            TRY(spil_rule_add(hits, e, SPIL_SAW_LINK, first, err));
    }
done:
    spil_free(all.items);
    return rc;
}

const spil_rule spil_rule_collector_of_homes = {
    .name = "collector_of_homes",
    .summary = "a person or company that bought at least 'at_least' homes within 'within_days'",
    .needs_at_least = true,
    .needs_within_days = true,
    .run = run,
};
