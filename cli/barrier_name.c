/* barrier_name.c - see barrier_name.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/barrier_name.h"

#include "cli/suggest.h"

#include <string.h>

static bool fits(const char *wanted, const char *found)
{
    return !wanted || !*wanted || strcmp(wanted, found) == 0;
}

/* Tells of the second and later ones. */
static void add_rival(spil_str *why, size_t count, const spil_barrier_place *first,
                      const spil_barrier_place *other)
{
    if (count == 1)
        spil_str_addf(why, "one barrier; there is %s.%s", first->model->id, first->step->id);
    if (count < 4)
        spil_str_addf(why, " and %s.%s", other->model->id, other->step->id);
    else if (count == 4)
        spil_str_add(why, " and more");
}

bool spil_barrier_named(spil_barrier_place *out, const spil_model_set *models, const char *model,
                        const char *step, const char *barrier, spil_str *why)
{
    size_t count = 0;
    spil_suggestion near = spil_suggest_for(barrier);
    spil_str_clear(why);
    for (size_t m = 0; m < models->count; m++)
        for (size_t s = 0; s < models->models[m]->step_count; s++)
            for (size_t b = 0; b < models->models[m]->steps[s].barrier_count; b++) {
                const spil_barrier_place place = {models->models[m], &models->models[m]->steps[s],
                                                  &models->models[m]->steps[s].barriers[b]};
                if (!fits(model, place.model->id) || !fits(step, place.step->id))
                    continue;
                spil_suggest_weigh(&near, place.barrier->id);
                if (strcmp(place.barrier->id, barrier) != 0)
                    continue;
                if (count == 0)
                    *out = place;
                else
                    add_rival(why, count, out, &place);
                count++;
            }
    if (count == 0)
        spil_str_addf(why, "a barrier of the models%s%s%s", near.best ? "; did you mean '" : "",
                      near.best ? near.best : "", near.best ? "'?" : "; see spil model show MODEL");
    else if (count > 1)
        spil_str_add(why, ": name model and step too");
    return count == 1;
}

spil_status spil_models_given(spil_model_set **out, const char *folder, spil_err *err)
{
    return spil_model_set_read(out, folder, err);
}
