/* numbers.c - see numbers.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/barriers/numbers.h"

#include "engine/base/vec.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

static const double doubted = 2; /* either way, where the draws know no range */

typedef struct list {
    SPIL_VEC(spil_number) items;
    size_t model;
} list;

static double odds_times(double chance, double factor)
{
    const double odds = chance / (1 - chance) * factor;
    return odds / (1 + odds);
}

static spil_status add(list *out, spil_number number, spil_err *err)
{
    number.model = out->model;
    number.order = out->items.count;
    number.mid = *number.where;
    if (number.low_at) {
        number.low = *number.low_at;
        number.high = *number.high_at;
    } else if (number.kind == SPIL_NUMBER_HARM) {
        number.low = number.mid / doubted;
        number.high = number.mid * doubted;
    } else {
        const bool sure = number.mid <= 0 || number.mid >= 1;
        number.low = sure ? number.mid : odds_times(number.mid, 1 / doubted);
        number.high = sure ? number.mid : odds_times(number.mid, doubted);
    }
    return VEC_PUSH(out->items, number, err);
}

static spil_status add_ratio(list *out, spil_number_kind kind, size_t step, const char *item,
                             spil_names names, spil_ratio *ratio, bool assumed, spil_err *err)
{
    return add(out,
               (spil_number){.kind = kind,
                             .step = step,
                             .item = item,
                             .names = names,
                             .assumed = assumed,
                             .where = &ratio->mid,
                             .low_at = &ratio->low,
                             .high_at = &ratio->high},
               err);
}

static spil_status add_chance(list *out, spil_number_kind kind, size_t step, spil_names names,
                              double *mid, spil_range *range, bool assumed, spil_err *err)
{
    return add(out,
               (spil_number){.kind = kind,
                             .step = step,
                             .item = "",
                             .names = names,
                             .assumed = assumed,
                             .where = mid,
                             .low_at = &range->low,
                             .high_at = &range->high},
               err);
}

static spil_status add_plain(list *out, spil_number_kind kind, size_t step, const char *item,
                             spil_names names, double *where, bool assumed, spil_err *err)
{
    return add(out,
               (spil_number){.kind = kind,
                             .step = step,
                             .item = item,
                             .names = names,
                             .assumed = assumed,
                             .where = where},
               err);
}

static spil_status list_step(list *out, spil_model_step *step, size_t s, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(add_chance(out, SPIL_NUMBER_PRIOR, s, step->names, &step->prior, &step->prior_range,
                   step->assumed, err));
    TRY(add_chance(out, SPIL_NUMBER_GIVEN, s, step->names, &step->given, &step->given_range,
                   step->assumed, err));
    for (size_t i = 0; i < step->role_count; i++)
        TRY(add_plain(out, SPIL_NUMBER_UNSEEN, s, step->roles[i].id, step->roles[i].names,
                      &step->roles[i].unseen, step->roles[i].assumed, err));
    for (size_t i = 0; i < step->opportunity_count; i++)
        if (step->opportunities[i].has_ratio)
            TRY(add_ratio(out, SPIL_NUMBER_LR, s, step->opportunities[i].id,
                          step->opportunities[i].names, &step->opportunities[i].ratio,
                          step->opportunities[i].assumed, err));
    for (size_t i = 0; i < step->signal_count; i++) {
        spil_model_signal *const signal = &step->signals[i];
        TRY(add_ratio(out, SPIL_NUMBER_LR, s, signal->code, signal->names, &signal->ratio,
                      signal->assumed, err));
        TRY(add_plain(out, SPIL_NUMBER_FOUND, s, signal->code, signal->names, &signal->found,
                      signal->assumed || !signal->found_stated, err));
    }
done:
    return rc;
}

static spil_status list_model(list *out, spil_model *model, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(add_plain(out, SPIL_NUMBER_HARM, SIZE_MAX, "", model->names, &model->harm,
                  model->harm_assumed, err));
    TRY(add_chance(out, SPIL_NUMBER_PRIOR, SIZE_MAX, model->names, &model->prior,
                   &model->prior_range, model->prior_assumed, err));
    TRY(add_ratio(out, SPIL_NUMBER_ROLE_LR, SIZE_MAX, "", model->names, &model->role_ratio,
                  model->role_ratio_assumed, err));
    for (size_t s = 0; s < model->step_count; s++)
        TRY(list_step(out, &model->steps[s], s, err));
    for (size_t r = 0; r < model->rule_count; r++) {
        spil_model_rule *const rule = &model->rules[r];
        if (rule->off)
            continue;
        TRY(add_plain(out, SPIL_NUMBER_PROBABILITY, rule->step, rule->id, rule->reason,
                      &rule->probability, rule->assumed, err));
        if (rule->has_ratio)
            TRY(add_ratio(out, SPIL_NUMBER_LR, rule->step, rule->id, rule->reason, &rule->ratio,
                          rule->assumed, err));
    }
done:
    return rc;
}

spil_status spil_numbers_list(spil_numbers *out, const spil_model_set *models, spil_err *err)
{
    spil_status rc = SPIL_OK;
    list all = {0};
    for (all.model = 0; all.model < models->count; all.model++)
        TRY(list_model(&all, models->models[all.model], err));
    *out = (spil_numbers){all.items.items, all.items.count};
    all.items.items = NULL;
done:
    spil_free(all.items.items);
    return rc;
}

void spil_numbers_free(spil_numbers *numbers)
{
    spil_free(numbers->items);
    *numbers = (spil_numbers){0};
}

static void put(const spil_number *number, double mid, double low, double high)
{
    *number->where = mid;
    if (number->low_at) {
        *number->low_at = low;
        *number->high_at = high;
    }
}

void spil_number_pin(const spil_number *number, double value)
{
    put(number, value, value, value);
}

void spil_number_reset(const spil_number *number)
{
    put(number, number->mid, number->low, number->high);
}

static bool is_chance(spil_number_kind kind)
{
    return kind == SPIL_NUMBER_PRIOR || kind == SPIL_NUMBER_GIVEN || kind == SPIL_NUMBER_UNSEEN ||
           kind == SPIL_NUMBER_FOUND || kind == SPIL_NUMBER_PROBABILITY;
}

static double scaled(const spil_number *number, double value)
{
    return is_chance(number->kind) ? log(value / (1 - value)) : log(value);
}

double spil_number_point(const spil_number *number, double u)
{
    if (number->low == number->high)
        return number->mid;
    const double z = gsl_cdf_ugaussian_Pinv(u) / gsl_cdf_ugaussian_Pinv(0.95);
    const double middle = scaled(number, number->mid);
    const double width =
        z < 0 ? middle - scaled(number, number->low) : scaled(number, number->high) - middle;
    const double at = middle + z * width;
    return is_chance(number->kind) ? 1 / (1 + exp(-at)) : exp(at);
}

const char *spil_number_word(spil_number_kind kind)
{
    static const char *const words[] = {
        [SPIL_NUMBER_LR] = "lr",         [SPIL_NUMBER_ROLE_LR] = "role_evidence.lr",
        [SPIL_NUMBER_PRIOR] = "prior",   [SPIL_NUMBER_GIVEN] = "given",
        [SPIL_NUMBER_UNSEEN] = "unseen", [SPIL_NUMBER_FOUND] = "found",
        [SPIL_NUMBER_HARM] = "harm",     [SPIL_NUMBER_PROBABILITY] = "probability",
    };
    return words[kind];
}
