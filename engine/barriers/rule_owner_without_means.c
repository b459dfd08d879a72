/* rule_owner_without_means.c - who owns homes though no income or assets are known (windhapper).
 * SPDX-License-Identifier: GPL-3.0-or-later
 * `where` says what is recorded of the means: {income: none, assets: none}; a person of whom
 * nothing is recorded does not meet it. Time: attributes of each person, links of those who meet
 * it.
 */
#include "engine/barriers/rule.h"

static spil_status run(const spil_rule_view *view, const spil_model_rule *rule,
                       spil_rule_hits *hits, spil_err *err)
{
    const spil_facts *const facts = view->facts;
    spil_status rc = SPIL_OK;
    for (uint32_t e = 0; e < facts->entity_count; e++) {
        size_t means = 0, deed = 0;
        if (facts->entities[e].kind == SPIL_ENTITY_person &&
            spil_conditions_hold(facts, e, rule->where, rule->where_count, &means) &&
            (double)spil_homes_owned(view, e, &deed) >= rule->at_least)
            TRY(spil_rule_add(hits, e, SPIL_SAW_LINK, deed, err));
    }
done:
    return rc;
}

const spil_rule spil_rule_owner_without_means = {
    .name = "owner_without_means",
    .summary = "a person whose recorded means meet 'where' and who owns at least 'at_least' homes",
    .needs_where = true,
    .needs_at_least = true,
    .run = run,
};
