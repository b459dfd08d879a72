/* model.c - see model.h: one model from a file. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/barriers/model.h"

#include "engine/barriers/model_fields.h"

#include <string.h>

static void free_step(spil_model_step *step)
{
    for (size_t i = 0; i < step->opportunity_count; i++)
        spil_free(step->opportunities[i].where);
    spil_free(step->roles);
    spil_free(step->opportunities);
    spil_free(step->signals);
    for (size_t i = 0; i < step->barrier_count; i++)
        spil_free(step->barriers[i].shifts);
    spil_free(step->barriers);
}

void spil_model_free(spil_model *model)
{
    if (!model)
        return;
    for (size_t s = 0; s < model->step_count; s++)
        free_step(&model->steps[s]);
    for (size_t r = 0; r < model->rule_count; r++)
        spil_free(model->rules[r].where);
    spil_free(model->steps);
    spil_free(model->rules);
    spil_free(model->sources);
    spil_arena_free(model->arena);
    spil_free(model);
}

/* Model and the opened file it was read from, with its faults. */
static spil_status read_with_faults(spil_model **model_out, spil_yaml **yaml_out, const char *path,
                                    spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_model *model = NULL;
    spil_yaml *yaml = NULL;
    TRY(NEW(model, err));
    TRY(spil_arena_new(&model->arena, err));
    TRY(spil_arena_text(model->arena, &model->path, path, strlen(path), err));
    TRY(spil_yaml_open(&yaml, path, SPIL_MODEL_BYTES_MOST, model->arena, model, err));
    memcpy(model->digest, spil_yaml_digest(yaml), sizeof model->digest);
    TRY(spil_yaml_read(yaml, &spil_model_shape, model, err));
    *model_out = model;
    *yaml_out = yaml;
    model = NULL;
    yaml = NULL;
done:
    spil_yaml_close(yaml);
    spil_model_free(model);
    return rc;
}

spil_status spil_model_read(spil_model **out, const char *path, spil_err *err)
{
    spil_model *model = NULL;
    spil_yaml *yaml = NULL;
    spil_status rc = read_with_faults(&model, &yaml, path, err);
    if (rc == SPIL_OK)
        rc = spil_yaml_status(yaml, err);
    spil_yaml_close(yaml);
    if (rc == SPIL_OK)
        *out = model;
    else
        spil_model_free(model);
    return rc;
}

spil_status spil_model_faults(char **out, const char *path, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_model *model = NULL;
    spil_yaml *yaml = NULL;
    spil_str text = SPIL_STR_INIT;
    TRY(read_with_faults(&model, &yaml, path, err));
    spil_yaml_faults(yaml, &text);
    TRY(spil_str_status(&text, err));
    TRY(spil_copy_text(out, spil_str_text(&text), err));
done:
    spil_str_free(&text);
    spil_yaml_close(yaml);
    spil_model_free(model);
    return rc;
}
