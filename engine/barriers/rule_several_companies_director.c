/* rule_several_companies_director.c - one person on paper behind many companies (katvanger).
 * SPDX-License-Identifier: GPL-3.0-or-later
 * Not one who directs hundreds (a hub): that is the trade of a trust office.
 * Time: links of each person; companies are few, so distinct ones are found by looking back.
 */
#include "engine/barriers/rule.h"

/* Distinct companies that e directs; *first is a link to one of them. */
static size_t companies_of(const spil_rule_view *view, uint32_t e, size_t *first)
{
    const spil_facts *const facts = view->facts;
    const size_t begin = view->links->row[e], end = view->links->row[e + 1];
    size_t count = 0;
    uint32_t last = UINT32_MAX;
    for (size_t i = begin; i < end; i++) { /* links stand by (from, to): equal ends are adjacent */
        const uint32_t link = view->links->link[i];
        const uint32_t company = spil_link_target(facts, link, SPIL_LINK_directs, e);
        if (company == UINT32_MAX || company == last ||
            facts->entities[company].kind != SPIL_ENTITY_company)
            continue;
        last = company;
        if (count++ == 0)
            *first = link;
    }
    return count;
}

static spil_status run(const spil_rule_view *view, const spil_model_rule *rule,
                       spil_rule_hits *hits, spil_err *err)
{
    const spil_facts *const facts = view->facts;
    spil_status rc = SPIL_OK;
    for (uint32_t e = 0; e < facts->entity_count; e++) {
        size_t first = 0;
        if (facts->entities[e].kind == SPIL_ENTITY_person && !spil_rule_hub(view, e) &&
            (double)companies_of(view, e, &first) >= rule->at_least)
            TRY(spil_rule_add(hits, e, SPIL_SAW_LINK, first, err));
    }
done:
    return rc;
}

const spil_rule spil_rule_several_companies_director = {
    .name = "several_companies_director",
    .summary = "a person who directs at least 'at_least' companies",
    .needs_at_least = true,
    .run = run,
};
