/* rule_carries_evidence.c - an address or company that itself carries signals of the process fills
 * a seat in it. SPDX-License-Identifier: GPL-3.0-or-later
 * The signals count as evidence already, so the rule only seats. Time: one pass over the signals.
 */
#include "engine/barriers/rule.h"

static unsigned steps_in(spil_step_mask mask)
{
    unsigned count = 0;
    for (; mask; mask &= mask - 1)
        count++;
    return count;
}

static spil_status run(const spil_rule_view *view, const spil_model_rule *rule,
                       spil_rule_hits *hits, spil_err *err)
{
    const spil_facts *const facts = view->facts;
    spil_status rc = SPIL_OK;
    for (uint32_t e = 0; e < facts->entity_count; e++) {
        spil_step_mask steps = 0;
        size_t first = SIZE_MAX;
        for (size_t i = facts->signal_row[e]; i < facts->signal_row[e + 1]; i++) {
            const spil_step_mask shown = view->signal_steps[i] & rule->steps;
            if (shown && first == SIZE_MAX)
                first = i;
            steps |= shown;
        }
        if (steps && steps_in(steps) >= rule->at_least)
            TRY(spil_rule_add(hits, e, SPIL_SAW_SIGNAL, first, err));
    }
done:
    return rc;
}

const spil_rule spil_rule_carries_evidence = {
    .name = "carries_evidence",
    .summary = "the entity itself carries signals of at least 'at_least' of the 'steps'",
    .needs_at_least = true,
    .uses_evidence = true,
    .run = run,
};
