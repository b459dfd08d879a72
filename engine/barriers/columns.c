/* columns.c - see columns.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Columns of a model: [recorded roles][prior][rules ...][step 0: prior, given, signals,
 * opportunities][step 1: ...] ...
 */
#include "engine/barriers/columns.h"

#include "engine/stats/draw.h"

enum { OF_MODEL = 2, OF_STEP = 2 }; /* columns before the rules, before the signals */

static void number(spil_columns *columns)
{
    size_t next = 0, step_next = 0;
    for (size_t m = 0; m < columns->models->count; m++) {
        const spil_model *const model = columns->models->models[m];
        columns->model_base[m] = next;
        columns->step_row[m] = step_next;
        next += OF_MODEL + model->rule_count;
        for (size_t s = 0; s < model->step_count; s++) {
            columns->step_base[step_next++] = next;
            next += OF_STEP + model->steps[s].signal_count + model->steps[s].opportunity_count;
        }
    }
    columns->count = next;
}

spil_status spil_columns_new(spil_columns **out, const spil_model_set *models, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_columns *columns = NULL;
    size_t steps = 0;
    for (size_t m = 0; m < models->count; m++)
        steps += models->models[m]->step_count;
    TRY(NEW(columns, err));
    columns->models = models;
    TRY(NEW_ARRAY(columns->model_base, models->count, err));
    TRY(NEW_ARRAY(columns->step_row, models->count, err));
    TRY(NEW_ARRAY(columns->step_base, steps, err));
    number(columns);
    *out = columns;
    columns = NULL;
done:
    spil_columns_free(columns);
    return rc;
}

void spil_columns_free(spil_columns *columns)
{
    if (!columns)
        return;
    spil_free(columns->model_base);
    spil_free(columns->step_row);
    spil_free(columns->step_base);
    spil_free(columns);
}

uint32_t spil_column_role(const spil_columns *columns, size_t model)
{
    return (uint32_t)columns->model_base[model];
}

uint32_t spil_column_process(const spil_columns *columns, size_t model)
{
    return (uint32_t)(columns->model_base[model] + 1);
}

uint32_t spil_column_step(const spil_columns *columns, size_t model, size_t step)
{
    return (uint32_t)columns->step_base[columns->step_row[model] + step];
}

uint32_t spil_column_rule(const spil_columns *columns, size_t model, size_t rule)
{
    return (uint32_t)(columns->model_base[model] + OF_MODEL + rule);
}

uint32_t spil_column_signal(const spil_columns *columns, size_t model, size_t step, size_t signal)
{
    return (uint32_t)(spil_column_step(columns, model, step) + OF_STEP + signal);
}

uint32_t spil_column_opportunity(const spil_columns *columns, size_t model, size_t step,
                                 size_t opportunity)
{
    const size_t signals = columns->models->models[model]->steps[step].signal_count;
    return spil_column_signal(columns, model, step, signals + opportunity);
}

/* One column in all draws. */
static void draw_column(const spil_ratio *ratio, uint64_t key, size_t draws, double *column,
                        size_t stride)
{
    for (size_t b = 0; b < draws; b++) {
        spil_rng rng = spil_rng_stream(key, b);
        const double log_ratio = spil_draw_log_ratio(&rng, ratio->mid, ratio->low, ratio->high);
        column[b * stride] = log_ratio > 0 ? log_ratio : 0; /* a signal may be worthless */
    }
}

static void draw_chance(double mid, const spil_range *range, uint64_t key, size_t draws,
                        double *column, size_t stride)
{
    for (size_t b = 0; b < draws; b++) {
        spil_rng rng = spil_rng_stream(key, b);
        column[b * stride] = spil_draw_chance(&rng, mid, range->low, range->high);
    }
}

static uint64_t key_of(uint64_t model, const char *step, const char *kind, const char *item)
{
    const uint64_t place = spil_key_join(model, spil_key_text(step));
    return spil_key_join(spil_key_join(place, spil_key_text(kind)), spil_key_text(item));
}

/* Both from their own stream; where the wide ranges of both cross, the prior gives way. */
static void draw_step_chances(const spil_columns *columns, size_t m, size_t s, uint64_t key,
                              size_t draws, double *table)
{
    const spil_model_step *const step = &columns->models->models[m]->steps[s];
    double *const prior = table + spil_column_step(columns, m, s), *const given = prior + 1;
    const size_t stride = columns->count;
    draw_chance(step->prior, &step->prior_range, key_of(key, step->id, "prior", ""), draws, prior,
                stride);
    draw_chance(step->given, &step->given_range, key_of(key, step->id, "given", ""), draws, given,
                stride);
    for (size_t b = 0; b < draws; b++)
        if (prior[b * stride] > given[b * stride])
            prior[b * stride] = given[b * stride];
}

static void draw_step(const spil_columns *columns, size_t m, size_t s, uint64_t key, size_t draws,
                      double *table)
{
    const spil_model_step *const step = &columns->models->models[m]->steps[s];
    draw_step_chances(columns, m, s, key, draws, table);
    for (size_t i = 0; i < step->signal_count; i++)
        draw_column(&step->signals[i].ratio, key_of(key, step->id, "signal", step->signals[i].code),
                    draws, table + spil_column_signal(columns, m, s, i), columns->count);
    for (size_t i = 0; i < step->opportunity_count; i++)
        if (step->opportunities[i].has_ratio)
            draw_column(&step->opportunities[i].ratio,
                        key_of(key, step->id, "opportunity", step->opportunities[i].id), draws,
                        table + spil_column_opportunity(columns, m, s, i), columns->count);
}

void spil_columns_draw(const spil_columns *columns, uint64_t seed, size_t draws, double *table)
{
    for (size_t m = 0; m < columns->models->count; m++) {
        const spil_model *const model = columns->models->models[m];
        const uint64_t key = spil_key_join(seed, spil_key_text(model->id));
        draw_column(&model->role_ratio, key_of(key, "", "role", ""), draws,
                    table + spil_column_role(columns, m), columns->count);
        draw_chance(model->prior, &model->prior_range, key_of(key, "", "prior", ""), draws,
                    table + spil_column_process(columns, m), columns->count);
        for (size_t r = 0; r < model->rule_count; r++)
            if (model->rules[r].has_ratio)
                draw_column(&model->rules[r].ratio, key_of(key, "", "rule", model->rules[r].id),
                            draws, table + spil_column_rule(columns, m, r), columns->count);
        for (size_t s = 0; s < model->step_count; s++)
            draw_step(columns, m, s, key, draws, table);
    }
}
