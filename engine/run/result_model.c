/* result_model.c - the models that the run was held against. See result_draft.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/learned.h"
#include "engine/run/result_draft.h"

#include <inttypes.h>
#include <string.h>

static const spil_run_row *analysis_of(const spil_draft *draft)
{
    return draft->rows->parent.id ? &draft->rows->parent : &draft->rows->run;
}

static spil_status find_file(const spil_draft *draft, const spil_run_model_row *row, uint32_t *at,
                             spil_err *err)
{
    const spil_model_set *const set = draft->room->models;
    const int64_t run = analysis_of(draft)->id;
    for (size_t i = 0; i < set->count; i++) {
        if (strcmp(set->models[i]->id, row->model) != 0)
            continue;
        *at = (uint32_t)i;
        if (strcmp(set->models[i]->digest, row->digest) == 0)
            return SPIL_OK;
        return spil_fail(err, SPIL_INPUT,
                         "%s: model '%s' has changed since run %" PRId64 "; analyze again",
                         set->models[i]->path, row->model, run);
    }
    return spil_fail(err, SPIL_INPUT,
                     "model '%s' of run %" PRId64 " is not among the model files; analyze again",
                     row->model, run);
}

static void tell(spil_result_model *out, bool assumed)
{
    out->numbers++;
    out->assumed += assumed;
}

/* Groups of numbers, and how many of them nobody measured. */
static void count_assumed(spil_result_model *out, const spil_model *model)
{
    tell(out, model->harm_assumed);
    tell(out, model->prior_assumed);
    tell(out, model->recovery_assumed);
    tell(out, model->role_ratio_assumed);
    for (size_t s = 0; s < model->step_count; s++) {
        const spil_model_step *const step = &model->steps[s];
        tell(out, step->assumed);
        for (size_t i = 0; i < step->role_count; i++)
            tell(out, step->roles[i].assumed);
        for (size_t i = 0; i < step->opportunity_count; i++)
            if (step->opportunities[i].has_ratio)
                tell(out, step->opportunities[i].assumed);
        for (size_t i = 0; i < step->signal_count; i++)
            tell(out, step->signals[i].assumed);
        for (size_t i = 0; i < step->barrier_count; i++)
            tell(out, step->barriers[i].assumed);
    }
    for (size_t i = 0; i < model->rule_count; i++)
        if (!model->rules[i].off)
            tell(out, model->rules[i].assumed);
}

spil_status spil_draft_models(spil_draft *draft, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const size_t count = draft->rows->model_count;
    TRY(NEW_ARRAY(draft->model_at, count, err));
    TRY(DRAFT_ARRAY(draft, draft->result->models, count, err));
    for (size_t i = 0; i < count; i++)
        TRY(find_file(draft, &draft->rows->models[i], &draft->model_at[i], err));
    TRY(spil_learned_again(draft->room->models, analysis_of(draft)->options, err));
    for (size_t i = 0; i < count; i++) {
        const spil_model *const model = draft->room->models->models[draft->model_at[i]];
        spil_result_model *const out = &draft->result->models[i];
        *out = (spil_result_model){.id = model->id,
                                   .version = model->version,
                                   .reviewed_by = model->reviewed_by,
                                   .digest = model->digest,
                                   .names = model->names,
                                   .sources = model->sources,
                                   .source_count = model->source_count,
                                   .step_count = model->step_count,
                                   .harm = model->harm,
                                   .prior = model->prior,
                                   .horizon_days = model->horizon_days};
        count_assumed(out, model);
    }
    draft->result->model_count = count;
done:
    return rc;
}
