/* rule_attribute.c - what an entity is recorded to be makes the role likely: a vacant barn, a
 * company in a sector that supplies the process. SPDX-License-Identifier: GPL-3.0-or-later
 * Time: one look at each entity's attributes.
 */
#include "engine/barriers/rule.h"

static spil_status run(const spil_rule_view *view, const spil_model_rule *rule,
                       spil_rule_hits *hits, spil_err *err)
{
    const spil_facts *const facts = view->facts;
    spil_status rc = SPIL_OK;
    for (uint32_t e = 0; e < facts->entity_count; e++) {
        size_t first = 0;
        if (spil_conditions_hold(facts, e, rule->where, rule->where_count, &first))
            TRY(spil_rule_add(hits, e, SPIL_SAW_ATTRIBUTE, first, err));
    }
done:
    return rc;
}

const spil_rule spil_rule_attribute = {
    .name = "attribute",
    .summary = "the entity's recorded attributes meet every condition of 'where'",
    .needs_where = true,
    .run = run,
};
