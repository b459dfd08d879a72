/* dossier.c - see dossier.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/dossier.h"

#include "engine/run/words.h"

#include <string.h>

bool spil_dossier_hides(const char *attribute)
{
    return strcmp(attribute, "bsn_hash") == 0 || strcmp(attribute, "birth_hash") == 0;
}

/* ---- loading ---- */

/* A run whose rows are no longer those of the facts is passed over, and said. */
static spil_status load_run(spil_dossier *out, spil_store *store, spil_err *err)
{
    spil_status rc = SPIL_OK;
    int64_t run = 0;
    char digest[65];
    TRY(spil_store_find_run(store, SPIL_RUN_TARGETS, &run, err));
    if (run == 0)
        TRY(spil_store_find_run(store, SPIL_RUN_ANALYZE, &run, err));
    if (run == 0)
        goto done;
    spil_err why = SPIL_ERR_INIT;
    const unsigned what = SPIL_RESULTS_ALL & ~(unsigned)SPIL_RESULTS_DRAWS;
    rc = spil_results_load(&out->rows, store, run, out->facts, what, &why);
    if (rc == SPIL_INPUT) {
        out->stale = true;
        return SPIL_OK;
    }
    if (rc != SPIL_OK)
        return spil_fail(err, rc, "%s", why.msg);
    TRY(spil_store_input_digest(store, digest, err));
    out->stale = strcmp(digest, out->rows->run.input_digest) != 0;
done:
    return rc;
}

static spil_status load_models(spil_dossier *out, const char *folder, spil_err *err)
{
    spil_err why = SPIL_ERR_INIT;
    const spil_status rc = spil_model_set_read(&out->models, folder, &why);
    if (rc == SPIL_NO_MEMORY || (rc != SPIL_OK && folder))
        return spil_fail(err, rc, "%s", why.msg);
    return SPIL_OK; /* else ids stand for names */
}

spil_status spil_dossier_load(spil_dossier *out, spil_store *store, const char *folder,
                              spil_err *err)
{
    spil_status rc = SPIL_OK;
    *out = (spil_dossier){0};
    TRY(spil_store_load_facts(&out->facts, store, err));
    TRY(spil_store_load_details(out->facts, store, err));
    TRY(load_run(out, store, err));
    rc = load_models(out, folder, err);
done:
    return rc;
}

spil_status spil_dossier_room(spil_dossier *dossier, size_t most, spil_err *err)
{
    return NEW_ARRAY(dossier->entities, most, err);
}

spil_status spil_dossier_add(spil_dossier *dossier, const char *key, spil_err *err)
{
    const uint32_t entity = spil_facts_find(dossier->facts, key);
    if (entity == UINT32_MAX)
        return spil_fail(err, SPIL_NOT_FOUND, "there is no entity '%s'", key);
    for (size_t i = 0; i < dossier->count; i++)
        if (dossier->entities[i] == entity)
            return SPIL_OK;
    dossier->entities[dossier->count++] = entity;
    return SPIL_OK;
}

void spil_dossier_clear(spil_dossier *dossier)
{
    spil_free(dossier->entities);
    spil_model_set_free(dossier->models);
    spil_results_free(dossier->rows);
    spil_facts_free(dossier->facts);
    *dossier = (spil_dossier){0};
}

/* ---- names ---- */

static const spil_model *find_model(const spil_dossier *dossier, const char *id)
{
    for (size_t i = 0; dossier->models && i < dossier->models->count; i++)
        if (strcmp(dossier->models->models[i]->id, id) == 0)
            return dossier->models->models[i];
    return NULL;
}

static const spil_model_step *find_step(const spil_dossier *dossier, const char *model,
                                        const char *step)
{
    const spil_model *const found = find_model(dossier, model);
    for (size_t i = 0; found && i < found->step_count; i++)
        if (strcmp(found->steps[i].id, step) == 0)
            return &found->steps[i];
    return NULL;
}

static spil_names as_is(const char *id)
{
    return (spil_names){.nl = id, .en = id};
}

spil_names spil_dossier_model_names(const spil_dossier *dossier, const char *model)
{
    const spil_model *const found = find_model(dossier, model);
    return found ? found->names : as_is(model);
}

spil_names spil_dossier_step_names(const spil_dossier *dossier, const char *model, const char *step)
{
    const spil_model_step *const found = find_step(dossier, model, step);
    return found ? found->names : as_is(step);
}

spil_names spil_dossier_role_names(const spil_dossier *dossier, const char *model, const char *step,
                                   const char *role)
{
    const spil_model_step *const found = find_step(dossier, model, step);
    for (size_t i = 0; found && i < found->role_count; i++)
        if (strcmp(found->roles[i].id, role) == 0)
            return found->roles[i].names;
    return as_is(role);
}

spil_names spil_dossier_barrier_names(const spil_dossier *dossier, const char *model,
                                      const char *step, const char *barrier)
{
    const spil_model_step *const found = find_step(dossier, model, step);
    for (size_t i = 0; found && i < found->barrier_count; i++)
        if (strcmp(found->barriers[i].id, barrier) == 0)
            return found->barriers[i].names;
    return as_is(barrier);
}

spil_names spil_dossier_signal_names(const spil_dossier *dossier, const char *code)
{
    for (size_t m = 0; dossier->models && m < dossier->models->count; m++) {
        const spil_model *const model = dossier->models->models[m];
        for (size_t s = 0; s < model->step_count; s++)
            for (size_t i = 0; i < model->steps[s].signal_count; i++)
                if (strcmp(model->steps[s].signals[i].code, code) == 0)
                    return model->steps[s].signals[i].names;
    }
    return as_is(code);
}

static spil_names opportunity_names(const spil_model_step *step, const char *id)
{
    for (size_t i = 0; step && i < step->opportunity_count; i++)
        if (strcmp(step->opportunities[i].id, id) == 0)
            return step->opportunities[i].names;
    return as_is(id);
}

static spil_names rule_names(const spil_model *model, const char *id)
{
    for (size_t i = 0; model && i < model->rule_count; i++)
        if (strcmp(model->rules[i].id, id) == 0 && model->rules[i].reason.en[0])
            return model->rules[i].reason;
    return as_is(id);
}

spil_names spil_dossier_reason_names(const spil_dossier *dossier, const spil_contribution_row *row)
{
    spil_fact_kind kind;
    if (!spil_fact_find(row->kind, &kind))
        return as_is(row->name);
    switch (kind) {
    case SPIL_FACT_SIGNAL:
        return spil_dossier_signal_names(dossier, row->name);
    case SPIL_FACT_OPPORTUNITY:
        return opportunity_names(find_step(dossier, row->model, row->step), row->name);
    case SPIL_FACT_ROLE:
        return spil_dossier_role_names(dossier, row->model, row->step, row->name);
    case SPIL_FACT_RULE:
        return rule_names(find_model(dossier, row->model), row->name);
    case SPIL_FACT_POSITION:
        break;
    }
    return as_is(row->name);
}

spil_names spil_dossier_metric_names(const char *name)
{
    const spil_metric *const metric = spil_metric_find(name);
    return metric ? (spil_names){.nl = metric->label_nl, .en = metric->label_en} : as_is(name);
}
