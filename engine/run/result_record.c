/* result_record.c - what is recorded of each entity that is shown. See result_draft.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/result_draft.h"

#include <string.h>

/* ---- the model's word for what a file calls by a code ---- */

static spil_names signal_names(const spil_draft *draft, const char *code)
{
    for (size_t m = 0; m < draft->result->model_count; m++) {
        const spil_model *const model = spil_draft_model_file(draft, (uint32_t)m);
        for (size_t s = 0; s < model->step_count; s++)
            for (size_t i = 0; i < model->steps[s].signal_count; i++)
                if (strcmp(model->steps[s].signals[i].code, code) == 0)
                    return model->steps[s].signals[i].names;
    }
    return (spil_names){.nl = code, .en = code};
}

static void name_role(const spil_draft *draft, spil_result_recorded_role *out, const spil_role *row)
{
    out->names = (spil_names){.nl = row->role, .en = row->role};
    out->step_names = (spil_names){.nl = row->step, .en = row->step};
    out->model_names = (spil_names){.nl = row->model, .en = row->model};
    const uint32_t at = spil_draft_model(draft, row->model);
    if (at == SPIL_NOT_SHOWN)
        return;
    const spil_model *const model = spil_draft_model_file(draft, at);
    out->model_names = draft->result->models[at].names;
    const size_t step = spil_draft_step(model, row->step);
    if (step == model->step_count)
        return;
    out->step_names = model->steps[step].names;
    for (size_t i = 0; i < model->steps[step].role_count; i++)
        if (strcmp(model->steps[step].roles[i].id, row->role) == 0)
            out->names = model->steps[step].roles[i].names;
}

/* ---- the rows ---- */

static void add_of(const spil_draft *draft, size_t i, uint32_t entity)
{
    spil_result *const result = draft->result;
    const spil_facts *const facts = draft->facts;
    for (size_t a = facts->attribute_row[i]; a < facts->attribute_row[i + 1]; a++) {
        const spil_attribute *const row = &facts->attributes[a];
        result->recorded_attributes[result->recorded_attribute_count++] =
            (spil_result_attribute){.entity = entity,
                                    .name = row->name,
                                    .value = row->value,
                                    .origin = spil_draft_origin(draft, row->origin)};
    }
    for (size_t s = facts->signal_row[i]; s < facts->signal_row[i + 1]; s++) {
        const spil_signal *const row = &facts->signals[s];
        result->recorded_signals[result->recorded_signal_count++] =
            (spil_result_signal){.entity = entity,
                                 .code = row->code,
                                 .names = signal_names(draft, row->code),
                                 .strength = row->strength,
                                 .confidence = row->confidence,
                                 .date = row->date,
                                 .origin = spil_draft_origin(draft, row->origin)};
    }
    for (size_t r = facts->role_row[i]; r < facts->role_row[i + 1]; r++) {
        spil_result_recorded_role *const out =
            &result->recorded_roles[result->recorded_role_count++];
        *out =
            (spil_result_recorded_role){.entity = entity,
                                        .confidence = facts->roles[r].confidence,
                                        .origin = spil_draft_origin(draft, facts->roles[r].origin)};
        name_role(draft, out, &facts->roles[r]);
    }
}

spil_status spil_draft_records(spil_draft *draft, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_result *const result = draft->result;
    const spil_facts *const facts = draft->facts;
    size_t attributes = 0, signals = 0, roles = 0;
    for (size_t i = 0; i < facts->entity_count; i++) {
        if (draft->entity_at[i] == SPIL_NOT_SHOWN)
            continue;
        attributes += facts->attribute_row[i + 1] - facts->attribute_row[i];
        signals += facts->signal_row[i + 1] - facts->signal_row[i];
        roles += facts->role_row[i + 1] - facts->role_row[i];
    }
    TRY(DRAFT_ARRAY(draft, result->recorded_attributes, attributes, err));
    TRY(DRAFT_ARRAY(draft, result->recorded_signals, signals, err));
    TRY(DRAFT_ARRAY(draft, result->recorded_roles, roles, err));
    for (size_t i = 0; i < facts->entity_count; i++)
        if (draft->entity_at[i] != SPIL_NOT_SHOWN)
            add_of(draft, i, draft->entity_at[i]);
done:
    return rc;
}
