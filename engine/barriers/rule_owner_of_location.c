/* rule_owner_of_location.c - who owns an address that carries signals of the process may be the one
 * who supplies it. SPDX-License-Identifier: GPL-3.0-or-later
 * A seat, no evidence: the address's signals count already. Time: links of the addresses concerned.
 */
#include "engine/barriers/rule.h"

/* First signal of the entity at one of the steps, or SIZE_MAX. */
static size_t first_signal(const spil_rule_view *view, uint32_t entity, spil_step_mask steps)
{
    const size_t *const row = view->facts->signal_row;
    for (size_t i = row[entity]; i < row[entity + 1]; i++)
        if (view->signal_steps[i] & steps)
            return i;
    return SIZE_MAX;
}

static spil_status run(const spil_rule_view *view, const spil_model_rule *rule,
                       spil_rule_hits *hits, spil_err *err)
{
    const spil_facts *const facts = view->facts;
    spil_status rc = SPIL_OK;
    for (uint32_t e = 0; e < facts->entity_count; e++) {
        if (facts->entities[e].kind != SPIL_ENTITY_address ||
            first_signal(view, e, rule->steps) == SIZE_MAX)
            continue;
        for (size_t i = view->links->row[e]; i < view->links->row[e + 1]; i++) {
            const uint32_t link = view->links->link[i];
            const uint32_t owner = spil_link_origin(facts, link, SPIL_LINK_owns, e);
            if (owner != UINT32_MAX)
                TRY(spil_rule_add(hits, owner, SPIL_SAW_LINK, link, err));
        }
    }
done:
    return rc;
}

const spil_rule spil_rule_owner_of_location = {
    .name = "owner_of_location",
    .summary = "owns an address that carries a signal of one of the 'steps'",
    .uses_evidence = true,
    .run = run,
};
