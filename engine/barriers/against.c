/* against.c - see against.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/barriers/against.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- what was missed ---- */

static int by_size(const void *left, const void *right)
{
    const double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Looks at the members that the signal applies to, into the scratch. */
static spil_status look_at_members(spil_missed_list *list, const spil_against_place *place,
                                   const spil_model_signal *signal, uint32_t community,
                                   spil_missed *missed, spil_err *err)
{
    spil_status rc = SPIL_OK;
    list->scratch.count = 0;
    for (size_t i = place->member_row[community]; i < place->member_row[community + 1]; i++) {
        const uint32_t entity = place->network->entity[place->member[i]];
        if (!(signal->applies_to >> place->facts->entities[entity].kind & 1U))
            continue;
        missed->members++;
        const double looks = spil_effort_at(place->looks, entity, signal->partner);
        if (looks > 0)
            TRY(VEC_PUSH(list->scratch, looks, err));
    }
    missed->looked = list->scratch.count;
done:
    return rc;
}

static spil_status add_signal(spil_missed_list *list, const spil_against_place *place,
                              const spil_model_step *step, uint32_t community, spil_missed missed,
                              spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(look_at_members(list, place, &step->signals[missed.signal], community, &missed, err));
    if (missed.looked == 0)
        return SPIL_OK;
    qsort(list->scratch.items, missed.looked, sizeof(double), by_size);
    missed.first = list->looks.count;
    for (size_t i = 0; i < missed.looked; i++)
        if (i > 0 && list->scratch.items[i] == list->scratch.items[i - 1])
            list->looks.items[list->looks.count - 1].members++;
        else
            TRY(VEC_PUSH(list->looks, ((spil_look_count){list->scratch.items[i], 1}), err));
    missed.count = list->looks.count - missed.first;
    rc = VEC_PUSH(list->items, missed, err);
done:
    return rc;
}

static bool is_found(const spil_fact *facts, size_t count, size_t step, uint32_t family)
{
    for (size_t f = 0; f < count; f++)
        if (facts[f].step == step && facts[f].family == family)
            return true;
    return false;
}

spil_status spil_missed_add(spil_missed_list *list, const spil_against_place *place,
                            const spil_fact *facts, size_t count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    if (!place->looks)
        return SPIL_OK;
    const spil_model *const model = place->models->models[facts->model];
    for (size_t s = 0; s < model->step_count; s++)
        for (size_t i = 0; i < model->steps[s].signal_count; i++) {
            const spil_missed missed = {.step = (uint32_t)s,
                                        .signal = (uint32_t)i,
                                        .family = spil_family_of_signal(&model->steps[s], i)};
            if (!is_found(facts, count, s, missed.family))
                TRY(add_signal(list, place, &model->steps[s], facts->community, missed, err));
        }
done:
    return rc;
}

void spil_missed_clear(spil_missed_list *list)
{
    spil_free(list->items.items);
    spil_free(list->looks.items);
    spil_free(list->scratch.items);
    *list = (spil_missed_list){0};
}

/* ---- what it says ---- */

double spil_missed_ratio(const spil_missed_list *list, const spil_missed *missed,
                         const spil_model_signal *signal)
{
    double sum = (double)(missed->members - missed->looked); /* 1 each */
    for (size_t i = missed->first; i < missed->first + missed->count; i++)
        sum += (double)list->looks.items[i].members *
               spil_effort_missed(signal, list->looks.items[i].looks);
    return sum / (double)missed->members;
}

static double ratio_of(const spil_missed_list *list, size_t i, const spil_model *model)
{
    const spil_missed *const missed = &list->items.items[i];
    return spil_missed_ratio(list, missed, &model->steps[missed->step].signals[missed->signal]);
}

size_t spil_missed_strongest(const spil_missed_list *list, size_t begin, size_t end, size_t i,
                             const spil_model *model)
{
    const spil_missed *const items = list->items.items;
    size_t best = SIZE_MAX;
    double least = HUGE_VAL;
    for (size_t j = begin; j < end; j++) {
        if (items[j].step != items[i].step || items[j].family != items[i].family)
            continue;
        const double ratio = ratio_of(list, j, model);
        if (ratio < least) {
            least = ratio;
            best = j;
        }
    }
    return best;
}

void spil_missed_sum(const spil_missed_list *list, size_t begin, size_t end,
                     const spil_model *model, const spil_fact *found, double *against)
{
    for (size_t s = 0; s < model->step_count; s++)
        against[s] = 0;
    for (size_t i = begin; i < end; i++) {
        const spil_missed *const each = &list->items.items[i];
        if ((found && found->step == each->step && found->family == each->family) ||
            spil_missed_strongest(list, begin, end, i, model) != i)
            continue;
        against[each->step] += log(ratio_of(list, i, model));
    }
}

spil_status spil_against_find(spil_evidence *evidence, const spil_against_place *place,
                              spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_missed_list missed = {0};
    if (!place->looks)
        return SPIL_OK;
    TRY(NEW_ARRAY(evidence->against, evidence->pair_count * SPIL_MODEL_STEPS_MOST, err));
    for (size_t p = 0; p < evidence->pair_count; p++) {
        const spil_fact *const facts = evidence->facts + evidence->pair[p];
        missed.items.count = missed.looks.count = 0;
        TRY(spil_missed_add(&missed, place, facts, evidence->pair[p + 1] - evidence->pair[p], err));
        spil_missed_sum(&missed, 0, missed.items.count, place->models->models[facts->model], NULL,
                        evidence->against + p * SPIL_MODEL_STEPS_MOST);
    }
done:
    spil_missed_clear(&missed);
    return rc;
}
