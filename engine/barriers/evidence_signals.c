/* evidence_signals.c - recorded signals as evidence for the steps of the models.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * O(signals x steps that name them).
 */
#include "engine/barriers/evidence_inside.h"

#include <math.h>
#include <string.h>

spil_status spil_number_codes(spil_collector *all, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_facts *const facts = all->facts;
    TRY(spil_strmap_new(&all->codes, err));
    TRY(NEW_ARRAY(all->code, facts->signal_count, err));
    TRY(NEW_ARRAY(all->signal_steps, facts->signal_count, err));
    for (size_t i = 0; i < facts->signal_count; i++) {
        int64_t number;
        if (!spil_strmap_get(all->codes, facts->signals[i].code, &number)) {
            number = (int64_t)all->code_count++;
            TRY(spil_strmap_put(all->codes, facts->signals[i].code, number, err));
        }
        all->code[i] = (uint32_t)number;
    }
done:
    return rc;
}

/* 2^(-age / half-life); a signal without date does not age. */
static double ageing(const spil_collector *all, const spil_signal *signal, double half_life)
{
    if (signal->date == SPIL_NO_DAY || all->as_of == SPIL_NO_DAY || signal->date >= all->as_of)
        return 1;
    return exp2(-(double)(all->as_of - signal->date) / half_life);
}

static spil_status add_signal(spil_collector *all, size_t m, size_t s, size_t item, size_t i,
                              spil_err *err)
{
    const spil_model_step *const step = &all->models->models[m]->steps[s];
    const spil_model_signal *const kind = &step->signals[item];
    const spil_signal *const signal = &all->facts->signals[i];
    double membership;
    spil_fact fact = {.model = (uint32_t)m,
                      .step = (uint32_t)s,
                      .family = spil_family_of_signal(step, item),
                      .column = spil_column_signal(all->columns, m, s, item),
                      .role = SPIL_NO_SEAT,
                      .kind = SPIL_FACT_SIGNAL,
                      .reference = i,
                      .name = kind->code};
    if (!spil_collector_place(all, signal->entity, &fact, &membership))
        return SPIL_OK;
    fact.weight =
        signal->strength * signal->confidence * ageing(all, signal, kind->half_life_days) *
        membership *
        spil_effort_found(kind, spil_effort_at(all->looks, signal->entity, kind->partner));
    return fact.weight > 0 ? VEC_PUSH(all->out, fact, err) : SPIL_OK;
}

/* item[s * codes + c]: position of code c among the signals of step s, or UINT8_MAX. */
static void fill_items(const spil_collector *all, const spil_model *model, uint8_t *item)
{
    memset(item, UINT8_MAX, model->step_count * all->code_count);
    for (size_t s = 0; s < model->step_count; s++)
        for (size_t i = 0; i < model->steps[s].signal_count; i++) {
            int64_t code;
            if (spil_strmap_get(all->codes, model->steps[s].signals[i].code, &code))
                item[s * all->code_count + (size_t)code] = (uint8_t)i;
        }
}

/* Signals of the model, and for its rules the steps that each recorded signal shows. */
spil_status spil_collect_signals(spil_collector *all, size_t m, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_model *const model = all->models->models[m];
    const spil_facts *const facts = all->facts;
    uint8_t *item = NULL;
    TRY(NEW_ARRAY(item, model->step_count * all->code_count, err));
    fill_items(all, model, item);
    for (size_t i = 0; i < facts->signal_count; i++) {
        all->signal_steps[i] = 0;
        const spil_entity_kind kind = facts->entities[facts->signals[i].entity].kind;
        for (size_t s = 0; s < model->step_count; s++) {
            const uint8_t at = item[s * all->code_count + all->code[i]];
            if (at == UINT8_MAX || !spil_kind_admits(model->steps[s].signals[at].applies_to, kind))
                continue;
            all->signal_steps[i] |= (spil_step_mask)1 << s;
            TRY(add_signal(all, m, s, at, i, err));
        }
    }
done:
    spil_free(item);
    return rc;
}
