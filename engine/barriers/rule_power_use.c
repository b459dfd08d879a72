/* rule_power_use.c - a place that should need little power and takes much: a barn, a vacant unit.
 * SPDX-License-Identifier: GPL-3.0-or-later
 * Reads the recorded attribute power_kwh, the use of a year. Time: attributes of each address.
 */
#include "engine/barriers/rule.h"

static spil_status run(const spil_rule_view *view, const spil_model_rule *rule,
                       spil_rule_hits *hits, spil_err *err)
{
    const spil_facts *const facts = view->facts;
    spil_status rc = SPIL_OK;
    for (uint32_t e = 0; e < facts->entity_count; e++) {
        size_t place = 0;
        double used;
        if (facts->entities[e].kind != SPIL_ENTITY_address ||
            !spil_conditions_hold(facts, e, rule->where, rule->where_count, &place))
            continue;
        for (size_t a = facts->attribute_row[e]; a < facts->attribute_row[e + 1]; a++)
            if (spil_text_equal_nocase(facts->attributes[a].name, SPIL_POWER_ATTRIBUTE) &&
                spil_parse_double(facts->attributes[a].value, &used) && used >= rule->at_least) {
                TRY(spil_rule_add(hits, e, SPIL_SAW_ATTRIBUTE, a, err));
                break;
            }
    }
done:
    return rc;
}

const spil_rule spil_rule_power_use = {
    .name = "power_use",
    .summary = "an address that meets 'where' and takes at least 'at_least' kWh a year (attribute "
               "power_kwh)",
    .needs_where = true,
    .needs_at_least = true,
    .run = run,
};
