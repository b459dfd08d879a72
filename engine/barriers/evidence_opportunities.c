/* evidence_opportunities.c - what makes a step easy, in communities and models that something
 * shows. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An opportunity shows nothing by itself. O(members of the communities concerned x opportunities).
 */
#include "engine/barriers/evidence_inside.h"

static spil_status add_opportunities(spil_collector *all, uint32_t entity, size_t m, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_model *const model = all->models->models[m];
    const spil_entity_kind kind = all->facts->entities[entity].kind;
    for (size_t s = 0; s < model->step_count; s++)
        for (size_t i = 0; i < model->steps[s].opportunity_count; i++) {
            const spil_model_opportunity *const each = &model->steps[s].opportunities[i];
            double membership;
            spil_fact fact = {.model = (uint32_t)m,
                              .step = (uint32_t)s,
                              .family = spil_family_of_opportunity(&model->steps[s], i),
                              .column = spil_column_opportunity(all->columns, m, s, i),
                              .role = SPIL_NO_SEAT,
                              .kind = SPIL_FACT_OPPORTUNITY,
                              .name = each->id};
            if (!each->has_ratio || !spil_kind_admits(each->applies_to, kind) ||
                !spil_conditions_hold(all->facts, entity, each->where, each->where_count,
                                      &fact.reference) ||
                !spil_collector_place(all, entity, &fact, &membership))
                continue;
            fact.weight = membership;
            if (fact.weight > 0)
                TRY(VEC_PUSH(all->out, fact, err));
        }
done:
    return rc;
}

/* Of sorted facts: drops those of pairs where nothing is evidence (seats that rules alone see). */
static void drop_bare_pairs(spil_collector *all)
{
    spil_fact *const facts = all->out.items;
    const size_t count = all->out.count;
    size_t kept = 0;
    for (size_t begin = 0, end; begin < count; begin = end) {
        bool shown = false;
        for (end = begin; end < count && spil_same_pair(&facts[end], &facts[begin]); end++)
            shown = shown || facts[end].family != SPIL_NO_FAMILY;
        for (size_t f = begin; shown && f < end; f++)
            facts[kept++] = facts[f];
    }
    all->out.count = kept;
}

/* In every community and model that has evidence already. */
spil_status spil_collect_opportunities(spil_collector *all, const size_t *member_row,
                                       const spil_vid *member, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_collector_sort(all);
    drop_bare_pairs(all);
    const size_t known = all->out.count;
    for (size_t f = 0; f < known; f++) {
        const uint32_t c = all->out.items[f].community, m = all->out.items[f].model;
        if (f > 0 && spil_same_pair(&all->out.items[f], &all->out.items[f - 1]))
            continue;
        for (size_t i = member_row[c]; i < member_row[c + 1]; i++) {
            const uint32_t entity = all->network->entity[member[i]];
            if (all->facts->attribute_row[entity] < all->facts->attribute_row[entity + 1])
                TRY(add_opportunities(all, entity, m, err));
        }
    }
    spil_collector_sort(all);
done:
    return rc;
}
