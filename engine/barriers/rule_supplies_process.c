/* rule_supplies_process.c - a company whose sector supplies the process, tied to somebody or some
 * place that carries its signals. SPDX-License-Identifier: GPL-3.0-or-later
 * A sector code alone says little, and the signals count already: a seat, no evidence. Time:
 * attributes of each company, links of those that meet 'where'.
 */
#include "engine/barriers/rule.h"

static bool carries(const spil_rule_view *view, uint32_t entity, spil_step_mask steps)
{
    const size_t *const row = view->facts->signal_row;
    for (size_t i = row[entity]; i < row[entity + 1]; i++)
        if (view->signal_steps[i] & steps)
            return true;
    return false;
}

static spil_status run(const spil_rule_view *view, const spil_model_rule *rule,
                       spil_rule_hits *hits, spil_err *err)
{
    const spil_facts *const facts = view->facts;
    spil_status rc = SPIL_OK;
    for (uint32_t e = 0; e < facts->entity_count; e++) {
        size_t sector = 0;
        if (facts->entities[e].kind != SPIL_ENTITY_company ||
            !spil_conditions_hold(facts, e, rule->where, rule->where_count, &sector))
            continue;
        for (size_t i = view->links->row[e]; i < view->links->row[e + 1]; i++) {
            const spil_link *const link = &facts->links[view->links->link[i]];
            const uint32_t other = link->from == e ? link->to : link->from;
            if (other == e || !carries(view, other, rule->steps))
                continue;
            TRY(spil_rule_add(hits, e, SPIL_SAW_LINK, view->links->link[i], err));
            break;
        }
    }
done:
    return rc;
}

const spil_rule spil_rule_supplies_process = {
    .name = "supplies_process",
    .summary =
        "a company that meets 'where' and is tied to one who carries a signal of the 'steps'",
    .needs_where = true,
    .uses_evidence = true,
    .run = run,
};
