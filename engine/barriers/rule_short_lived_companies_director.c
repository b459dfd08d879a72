/* rule_short_lived_companies_director.c - one person on paper behind companies that came and went
 * (katvanger): founded and dissolved, or directed and left, within so many days.
 * SPDX-License-Identifier: GPL-3.0-or-later
 * A company that still lives counts as little as one of which no date is known. Time: links of each
 * person, attributes of their companies.
 */
#include "engine/barriers/rule.h"

/* Days between two recorded dates; SPIL_NO_DAY when either is not known. */
static spil_day days_between(spil_day from, spil_day to)
{
    return from == SPIL_NO_DAY || to == SPIL_NO_DAY || to < from ? SPIL_NO_DAY : to - from;
}

static spil_day day_of(const spil_facts *facts, uint32_t entity, const char *name)
{
    spil_day day = SPIL_NO_DAY;
    const char *const text = spil_facts_attribute(facts, entity, name);
    return text && spil_parse_day(text, &day) ? day : SPIL_NO_DAY;
}

static bool is_short(spil_day days, double within)
{
    return days != SPIL_NO_DAY && (double)days <= within;
}

/* Short-lived companies that e directs or directed; *first is a link to one of them. */
static size_t companies_of(const spil_rule_view *view, uint32_t e, double within, size_t *first)
{
    const spil_facts *const facts = view->facts;
    size_t count = 0;
    uint32_t last = UINT32_MAX;
    for (size_t i = view->links->row[e]; i < view->links->row[e + 1]; i++) {
        const uint32_t link = view->links->link[i]; /* equal ends are adjacent */
        const uint32_t company = spil_link_target(facts, link, SPIL_LINK_directs, e);
        if (company == UINT32_MAX || company == last ||
            facts->entities[company].kind != SPIL_ENTITY_company)
            continue;
        const spil_day life =
            days_between(day_of(facts, company, "founded"), day_of(facts, company, "dissolved"));
        const spil_day term = days_between(facts->links[link].since, facts->links[link].until);
        if (!is_short(life, within) && !is_short(term, within))
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
        if (facts->entities[e].kind == SPIL_ENTITY_person &&
            (double)companies_of(view, e, rule->within_days, &first) >= rule->at_least)
            TRY(spil_rule_add(hits, e, SPIL_SAW_LINK, first, err));
    }
done:
    return rc;
}

const spil_rule spil_rule_short_lived_companies_director = {
    .name = "short_lived_companies_director",
    .summary = "a person who directed at least 'at_least' companies that lived, or that he led, no "
               "longer than 'within_days'",
    .needs_at_least = true,
    .needs_within_days = true,
    .run = run,
};
