/* evidence_seats.c - who fills a seat: recorded roles, and roles that rules of the model see.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/barriers/evidence_inside.h"

#include "engine/barriers/unread.h"

#include <stdlib.h>
#include <string.h>

/* ---- recorded roles ---- */

spil_status spil_collect_roles(spil_collector *all, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (size_t i = 0; i < all->facts->role_count; i++) {
        const spil_role *const row = &all->facts->roles[i];
        size_t m, s, r;
        double membership;
        spil_fact fact = {.kind = SPIL_FACT_ROLE, .reference = i};
        if (!spil_role_place(all->models, row, &m, &s, &r) ||
            !spil_collector_place(all, row->entity, &fact, &membership))
            continue;
        const spil_model_step *const step = &all->models->models[m]->steps[s];
        fact.model = (uint32_t)m;
        fact.step = (uint32_t)s;
        fact.role = (uint32_t)r;
        fact.family = spil_family_of_role(step, r);
        fact.column = spil_column_role(all->columns, m);
        fact.weight = fact.q = row->confidence * membership;
        fact.name = step->roles[r].id;
        if (fact.q > 0)
            TRY(VEC_PUSH(all->out, fact, err));
    }
done:
    return rc;
}

/* ---- rules ---- */

static bool is_off(const spil_collector *all, const spil_model_rule *rule)
{
    bool off = rule->off;
    for (size_t i = 0; i < all->opts->rules_off_count && !off; i++)
        off = strcmp(all->opts->rules_off[i], rule->id) == 0 ||
              strcmp(all->opts->rules_off[i], rule->rule->name) == 0;
    return off;
}

static int by_entity(const void *left, const void *right)
{
    const spil_rule_hit *const a = left, *const b = right;
    if (a->entity != b->entity)
        return a->entity < b->entity ? -1 : 1;
    return a->saw.reference < b->saw.reference ? -1 : a->saw.reference > b->saw.reference;
}

static spil_status add_hits(spil_collector *all, size_t m, size_t r, const spil_rule_hits *hits,
                            spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_model_rule *const rule = &all->models->models[m]->rules[r];
    const spil_model_step *const step = &all->models->models[m]->steps[rule->step];
    for (size_t i = 0; i < hits->count; i++) {
        const spil_rule_hit *const hit = &hits->items[i];
        double membership;
        spil_fact fact = {.model = (uint32_t)m,
                          .step = (uint32_t)rule->step,
                          .family = SPIL_NO_FAMILY,
                          .role = (uint32_t)rule->role,
                          .kind = SPIL_FACT_RULE,
                          .reference = r,
                          .saw = hit->saw,
                          .name = rule->id};
        if ((i > 0 && hit->entity == hits->items[i - 1].entity) ||
            !spil_kind_admits(step->roles[rule->role].kinds,
                              all->facts->entities[hit->entity].kind) ||
            !spil_collector_place(all, hit->entity, &fact, &membership))
            continue;
        fact.q = rule->probability * membership;
        if (rule->has_ratio) {
            fact.family = spil_family_of_rule(step, r);
            fact.column = spil_column_rule(all->columns, m, r);
            fact.weight = membership;
        }
        if (fact.q > 0 || fact.weight > 0)
            TRY(VEC_PUSH(all->out, fact, err));
    }
done:
    return rc;
}

spil_status spil_collect_rules(spil_collector *all, size_t m, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_model *const model = all->models->models[m];
    const spil_rule_view view = {all->facts,       &all->links, all->network,
                                 all->communities, model,       all->signal_steps};
    spil_rule_hits hits = {0};
    for (size_t r = 0; r < model->rule_count; r++) {
        if (is_off(all, &model->rules[r]))
            continue;
        hits.count = 0;
        TRY(model->rules[r].rule->run(&view, &model->rules[r], &hits, err));
        if (hits.count)
            qsort(hits.items, hits.count, sizeof *hits.items, by_entity);
        TRY(add_hits(all, m, r, &hits, err));
    }
done:
    spil_free(hits.items);
    return rc;
}
