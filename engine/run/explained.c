/* explained.c - see explained.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/explained.h"

#include "engine/barriers/effort.h"
#include "engine/base/vec.h"
#include "engine/run/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double worth_telling = 0.01; /* of the score */

/* ---- which score ---- */

static const spil_fall_row *find_fall(const spil_reopened *it, uint32_t community, uint32_t entity,
                                      const char *model)
{
    const spil_results *const rows = it->rows;
    for (size_t i = rows->fall_row[community]; i < rows->fall_row[community + 1]; i++)
        if (rows->falls[i].entity == entity && strcmp(rows->falls[i].model, model) == 0)
            return &rows->falls[i];
    return NULL;
}

static const spil_points *find_points(const spil_reopened *it, const spil_explain_opts *opts,
                                      const char *model)
{
    if (opts->entity == UINT32_MAX) {
        const spil_score_row *const row =
            spil_reopened_score(it, opts->community, model, SPIL_PART_CHAIN, "");
        return row ? &row->probability : NULL;
    }
    const spil_fall_row *const row = find_fall(it, opts->community, opts->entity, model);
    return row ? &row->fall : NULL;
}

/* Were the steps and entities of the community worked out, or its chains alone? */
static bool is_deep(const spil_reopened *it, uint32_t community)
{
    const spil_results *const rows = it->rows;
    for (size_t i = rows->score_row[community]; i < rows->score_row[community + 1]; i++)
        if (rows->scores[i].part == SPIL_PART_STEP)
            return true;
    return rows->score_row[community] == rows->score_row[community + 1]; /* nothing to go into */
}

static spil_status choose_model(spil_explained *out, const spil_reopened *it,
                                const spil_explain_opts *opts, spil_err *err)
{
    double most = -1;
    for (size_t m = 0; m < it->models->count; m++) {
        const spil_model *const model = it->models->models[m];
        const spil_points *const points = find_points(it, opts, model->id);
        if (!points || (opts->model && strcmp(opts->model, model->id) != 0) ||
            model->harm * points->mean <= most)
            continue;
        most = model->harm * points->mean;
        out->model_at = m;
        out->model = (spil_model_set){&it->models->models[m], 1};
        out->score = *points;
    }
    if (most >= 0)
        return SPIL_OK;
    if (opts->entity != UINT32_MAX && !is_deep(it, opts->community))
        return spil_fail(err, SPIL_NOT_FOUND,
                         "'%s' has no score: of community %u the analysis worked out chains alone; "
                         "analyze with a larger --deep",
                         it->facts->entities[opts->entity].key, opts->community + 1);
    if (opts->entity != UINT32_MAX)
        return spil_fail(err, SPIL_NOT_FOUND,
                         "'%s' has no score%s%s: nothing recorded makes a chain fall without it",
                         it->facts->entities[opts->entity].key,
                         opts->model ? " against the model " : "", opts->model ? opts->model : "");
    return spil_fail(err, SPIL_NOT_FOUND,
                     "community %u has no score%s%s: no signal, role or rule speaks of it",
                     opts->community + 1, opts->model ? " against the model " : "",
                     opts->model ? opts->model : "");
}

/* ---- reasons ---- */

static void name_signal(spil_explained_reason *out, const spil_model_signal *signal,
                        const spil_effort *looks)
{
    out->names = signal->names;
    out->assumed = signal->assumed;
    out->looks = spil_effort_at(looks, out->entity, signal->partner);
    out->look_share = spil_effort_found(signal, out->looks);
}

static void name_reason(spil_explained_reason *out, const spil_contribution_row *row,
                        const spil_model *model, const spil_model_step *step,
                        const spil_effort *looks)
{
    for (size_t i = 0; step && i < step->signal_count; i++)
        if (out->kind == SPIL_FACT_SIGNAL && strcmp(step->signals[i].code, row->name) == 0)
            name_signal(out, &step->signals[i], looks);
    for (size_t i = 0; step && i < step->opportunity_count; i++)
        if (out->kind == SPIL_FACT_OPPORTUNITY &&
            strcmp(step->opportunities[i].id, row->name) == 0) {
            out->names = step->opportunities[i].names;
            out->assumed = step->opportunities[i].assumed;
        }
    for (size_t i = 0; step && i < step->role_count; i++)
        if (out->kind == SPIL_FACT_ROLE && strcmp(step->roles[i].id, row->name) == 0) {
            out->names = step->roles[i].names;
            out->assumed = model->role_ratio_assumed;
        }
    for (size_t i = 0; i < model->rule_count; i++)
        if (out->kind == SPIL_FACT_RULE && strcmp(model->rules[i].id, row->name) == 0) {
            out->names = model->rules[i].reason;
            out->assumed = model->rules[i].assumed;
        }
}

static bool find_record(spil_record *out, const spil_contribution_row *row)
{
    out->index = row->reference;
    switch (row->refers) {
    case SPIL_REFERENCE_SIGNAL:
        out->kind = SPIL_RECORD_SIGNAL;
        return true;
    case SPIL_REFERENCE_ROLE:
        out->kind = SPIL_RECORD_ROLE;
        return true;
    case SPIL_REFERENCE_ATTRIBUTE:
        out->kind = SPIL_RECORD_ATTRIBUTE;
        return true;
    case SPIL_REFERENCE_LINK:
        out->kind = SPIL_RECORD_LINK;
        return true;
    case SPIL_REFERENCE_NONE:
        break;
    }
    return false;
}

static spil_explained_reason reason_of(const spil_model *model, const spil_contribution_row *row,
                                       const spil_effort *looks)
{
    const spil_model_step *step = NULL;
    spil_explained_reason reason = {.entity = row->entity,
                                    .step = row->step,
                                    .item = row->name,
                                    .names = {row->name, row->name},
                                    .step_names = {"", ""},
                                    .looks = (double)NAN,
                                    .look_share = 1};
    if (!spil_fact_find(row->kind, &reason.kind))
        reason.kind = SPIL_FACT_POSITION;
    if (reason.kind == SPIL_FACT_POSITION)
        reason.step = reason.item = "";
    for (size_t s = 0; s < model->step_count; s++)
        if (strcmp(model->steps[s].id, row->step) == 0)
            step = &model->steps[s];
    if (step)
        reason.step_names = step->names;
    name_reason(&reason, row, model, step, looks);
    reason.has_record = find_record(&reason.record, row);
    reason.value = row->value;
    return reason;
}

static spil_status list_reasons(spil_explained *out, const spil_reopened *it, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_results *const rows = it->rows;
    const spil_model *const model = it->models->models[out->model_at];
    SPIL_VEC(spil_explained_reason) found = {0};
    spil_effort *looks = NULL;
    TRY(spil_effort_new(&looks, it->facts, err));
    for (size_t i = rows->contribution_row[out->community];
         i < rows->contribution_row[out->community + 1]; i++) {
        const spil_contribution_row *const row = &rows->contributions[i];
        if (strcmp(row->model, model->id) == 0 &&
            (out->entity == UINT32_MAX || row->entity == out->entity))
            TRY(VEC_PUSH(found, reason_of(model, row, looks), err));
    }
    out->reasons = found.items;
    out->reason_count = found.count;
    found.items = NULL;
done:
    spil_free(found.items);
    spil_effort_free(looks);
    return rc;
}

/* ---- numbers ---- */

static double moved(const spil_explained_number *number, double score)
{
    return fmax(fabs(number->at_low - score), fabs(number->at_high - score));
}

static spil_status try_number(const spil_number *number, const spil_part *part, double value,
                              double *out, spil_err *err)
{
    spil_number_pin(number, value);
    const spil_status rc = spil_part_value(part, NULL, 0, out, err);
    spil_number_reset(number);
    return rc;
}

/* Harm is left out: it weighs between models and is no part of a chance; so is how often a look
 * finds a signal, where nobody recorded a look. */
static bool can_move(const spil_explained *out, const spil_number *number)
{
    return number->assumed && number->kind != SPIL_NUMBER_HARM &&
           (number->kind != SPIL_NUMBER_FOUND || out->in_vain.on_record);
}

static spil_status try_numbers(spil_explained *out, const spil_part *part, spil_progress *progress,
                               spil_err *err)
{
    spil_status rc = SPIL_OK;
    const double score = out->halving.before;
    TRY(spil_numbers_list(&out->listed, &out->model, err));
    TRY(NEW_ARRAY(out->numbers, out->listed.count, err));
    spil_progress_begin(progress, "what is assumed", out->listed.count);
    for (size_t i = 0; i < out->listed.count; i++) {
        spil_explained_number each = {.number = out->listed.items[i]};
        spil_progress_step(progress, 1);
        if (!can_move(out, &each.number))
            continue;
        out->assumed_count++;
        TRY(try_number(&each.number, part, each.number.low, &each.at_low, err));
        TRY(try_number(&each.number, part, each.number.high, &each.at_high, err));
        if (moved(&each, score) < worth_telling * score)
            continue;
        size_t at = out->number_count++;
        for (; at > 0 && moved(&out->numbers[at - 1], score) < moved(&each, score); at--)
            out->numbers[at] = out->numbers[at - 1];
        out->numbers[at] = each;
    }
done:
    spil_progress_end(progress);
    return rc;
}

/* ---- all ---- */

spil_status spil_explain(spil_explained *out, const spil_reopened *it,
                         const spil_explain_opts *opts, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_part *part = NULL;
    const spil_run_row *const run = spil_reopened_run(it);
    *out = (spil_explained){.community = opts->community, .entity = opts->entity};
    TRY(choose_model(out, it, opts, err));
    const char *const model = it->models->models[out->model_at]->id;
    const spil_score_row *const chain =
        spil_reopened_score(it, opts->community, model, SPIL_PART_CHAIN, "");
    const spil_score_row *const process =
        spil_reopened_score(it, opts->community, model, SPIL_PART_PROCESS, "");
    out->chain = chain ? chain->probability : out->score;
    out->process = process ? process->probability : out->score;
    TRY(list_reasons(out, it, err));
    TRY(spil_in_vain_find(&out->in_vain, it, opts->community, &out->model, err));
    const spil_part_opts asked = {.community = opts->community,
                                  .entity = opts->entity,
                                  .draws = (size_t)run->draws,
                                  .seed = run->seed,
                                  .as_of = run->as_of,
                                  .known = out->score.mean};
    TRY(spil_part_new(&part, it->facts, it->network, it->communities, &out->model, &asked, err));
    TRY(spil_part_halve(&out->halving, part, opts->progress, err));
    TRY(try_numbers(out, part, opts->progress, err));
done:
    spil_part_free(part);
    return rc;
}

void spil_explained_clear(spil_explained *explained)
{
    spil_free(explained->reasons);
    spil_in_vain_clear(&explained->in_vain);
    spil_free(explained->halving.records);
    spil_free(explained->numbers);
    spil_numbers_free(&explained->listed);
    *explained = (spil_explained){0};
}
