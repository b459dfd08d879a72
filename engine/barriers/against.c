/* against.c - see against.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/barriers/against.h"

#include <math.h>

/* Looked for and not found: mean of the ratios of the members that the signal applies to. */
static double missed_by_all(const spil_against_place *all, const spil_model_signal *signal,
                            uint32_t community)
{
    double sum = 0;
    size_t count = 0;
    for (size_t i = all->member_row[community]; i < all->member_row[community + 1]; i++) {
        const uint32_t entity = all->network->entity[all->member[i]];
        if (!(signal->applies_to >> all->facts->entities[entity].kind & 1U))
            continue;
        sum += spil_effort_missed(signal, spil_effort_at(all->looks, entity, signal->partner));
        count++;
    }
    return count ? sum / (double)count : 1;
}

/* A family none of which was found: the one of it that says most. */
static double against_family(const spil_against_place *all, const spil_model_step *step,
                             size_t first, uint32_t community)
{
    double least = 1;
    for (size_t i = first; i < step->signal_count; i++)
        if (spil_family_of_signal(step, i) == first)
            least = fmin(least, missed_by_all(all, &step->signals[i], community));
    return log(least);
}

static void against_pair(const spil_against_place *all, const spil_fact *facts, size_t count,
                         double *against)
{
    const spil_model *const model = all->models->models[facts->model];
    for (size_t s = 0; s < model->step_count; s++)
        for (size_t i = 0; i < model->steps[s].signal_count; i++) {
            bool found = spil_family_of_signal(&model->steps[s], i) != i; /* told by its first */
            for (size_t f = 0; f < count && !found; f++)
                found = facts[f].step == s && facts[f].family == i;
            if (!found)
                against[s] += against_family(all, &model->steps[s], i, facts->community);
        }
}

spil_status spil_against_find(spil_evidence *evidence, const spil_against_place *all, spil_err *err)
{
    spil_status rc = SPIL_OK;
    if (!all->looks)
        return SPIL_OK;
    TRY(NEW_ARRAY(evidence->against, evidence->pair_count * SPIL_MODEL_STEPS_MOST, err));
    for (size_t p = 0; p < evidence->pair_count; p++)
        against_pair(all, evidence->facts + evidence->pair[p],
                     evidence->pair[p + 1] - evidence->pair[p],
                     evidence->against + p * SPIL_MODEL_STEPS_MOST);
done:
    return rc;
}
