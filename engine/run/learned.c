/* learned.c - see learned.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/learned.h"

#include "engine/run/table.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

static spil_model *find_model(const spil_model_set *models, const char *id)
{
    for (size_t m = 0; m < models->count; m++)
        if (strcmp(models->models[m]->id, id) == 0)
            return models->models[m];
    return NULL;
}

static spil_model_barrier *find_barrier(const spil_model *model, const spil_learned *l)
{
    for (size_t s = 0; s < model->step_count; s++)
        for (size_t b = 0; b < model->steps[s].barrier_count; b++)
            if (strcmp(model->steps[s].id, l->step) == 0 &&
                strcmp(model->steps[s].barriers[b].id, l->barrier) == 0)
                return &model->steps[s].barriers[b];
    return NULL;
}

static bool near(double a, double b)
{
    return fabs(a - b) <= 1e-9 * fmax(1, fabs(b));
}

static spil_status apply_one(spil_model *model, const spil_learned *l, spil_err *err)
{
    spil_model_barrier *const barrier = model ? find_barrier(model, l) : NULL;
    if (!barrier)
        return spil_fail(err, SPIL_INPUT,
                         "there is no barrier '%.60s' at step '%.60s' of a model "
                         "'%.60s'; it cannot take a learned effect",
                         l->barrier, l->step, l->model);
    if (!near(barrier->effect_a, l->prior_a) || !near(barrier->effect_b, l->prior_b))
        return spil_fail(err, SPIL_INPUT,
                         "barrier '%s' of '%s' has the effect [%g, %g] in its model file; expected "
                         "[%g, %g], from which was learned: learn again",
                         l->barrier, l->model, barrier->effect_a, barrier->effect_b, l->prior_a,
                         l->prior_b);
    const spil_status rc =
        spil_arena_text(model->arena, &barrier->learned, l->from, strlen(l->from), err);
    if (rc != SPIL_OK)
        return rc;
    barrier->effect_a += l->works;
    barrier->effect_b += l->fails;
    if ((double)l->works + (double)l->fails >= l->prior_a + l->prior_b)
        barrier->assumed = false;
    return SPIL_OK;
}

spil_status spil_learned_apply(spil_model_set *models, const spil_learned *learned, size_t count,
                               spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (size_t i = 0; i < count && rc == SPIL_OK; i++)
        rc = apply_one(find_model(models, learned[i].model), &learned[i], err);
    return rc;
}

void spil_learned_write(const spil_learned *learned, size_t count, spil_str *out)
{
    for (size_t i = 0; i < count; i++) {
        const spil_learned *const l = &learned[i];
        spil_str_add(out, i ? ", {\"model\": " : ", \"learned\": [{\"model\": ");
        spil_add_json_text(out, l->model);
        spil_str_add(out, ", \"step\": ");
        spil_add_json_text(out, l->step);
        spil_str_add(out, ", \"barrier\": ");
        spil_add_json_text(out, l->barrier);
        spil_str_addf(out, ", \"prior\": [%.17g, %.17g], \"works\": %u, \"fails\": %u, \"from\": ",
                      l->prior_a, l->prior_b, l->works, l->fails);
        spil_add_json_text(out, l->from);
        spil_str_add(out, i + 1 == count ? "}]" : "}");
    }
}

static spil_status again_one(spil_model_set *models, json_t *each, spil_err *err)
{
    spil_learned l = {0};
    int works = 0, fails = 0;
    json_error_t fault;
    if (json_unpack_ex(each, &fault, 0, "{s:s, s:s, s:s, s:[F, F], s:i, s:i, s:s}", "model",
                       &l.model, "step", &l.step, "barrier", &l.barrier, "prior", &l.prior_a,
                       &l.prior_b, "works", &works, "fails", &fails, "from", &l.from) != 0 ||
        works < 0 || fails < 0)
        return spil_fail(err, SPIL_INPUT,
                         "the options of the run hold a learned effect that "
                         "cannot be read: %s",
                         fault.text);
    l.works = (uint32_t)works;
    l.fails = (uint32_t)fails;
    spil_model *const model = find_model(models, l.model);
    return model ? apply_one(model, &l, err) : SPIL_OK;
}

spil_status spil_learned_again(spil_model_set *models, const char *options, spil_err *err)
{
    spil_status rc = SPIL_OK;
    json_error_t fault;
    size_t at;
    json_t *each;
    if (!options || !*options)
        return SPIL_OK;
    json_t *const root = json_loads(options, 0, &fault);
    if (!root)
        return spil_fail(err, SPIL_INPUT, "the run has options that are no JSON: %s", fault.text);
    json_array_foreach(json_object_get(root, "learned"), at, each)
    {
        rc = again_one(models, each, err);
        if (rc != SPIL_OK)
            break;
    }
    json_decref(root);
    return rc;
}
