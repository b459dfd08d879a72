/* action.c - see target.h: what each partner could do to whom, and what it would bring.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Candidates are first ranked by their mean gain; only those that are kept get their draws, so
 * memory follows the number kept. The effect of a barrier is drawn once a draw for all its uses:
 * how well an instrument works is unknown in the same way everywhere. So is the share of what it
 * takes away that comes back at another step or across the border (the model's `displaces`); a gain
 * is what is left after that.
 */
#include "engine/base/vec.h"
#include "engine/interventions/stand_in.h"
#include "engine/interventions/target.h"
#include "engine/stats/draw.h"

#include <stdlib.h>
#include <string.h>

typedef struct candidate {
    spil_action action;
    const double *fall; /* draws, of the score */
    size_t effect;      /* row of the table of effects */
    double mean;
} candidate;

typedef struct finder {
    const spil_facts *facts;
    const spil_model_set *models;
    const spil_scores *scores;
    size_t **effect_row; /* by model and step: row of its first barrier */
    size_t effect_count;
    double *effect; /* rows x draws */
    double *moved,
        *abroad; /* rows x draws: share of it that comes back at another step; elsewhere */
    spil_stand_in_room *room;
    SPIL_VEC(candidate) found;
} finder;

/* ---- effects ---- */

static spil_status number_effects(finder *f, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(NEW_ARRAY(f->effect_row, f->models->count, err));
    for (size_t m = 0; m < f->models->count; m++) {
        const spil_model *const model = f->models->models[m];
        TRY(NEW_ARRAY(f->effect_row[m], model->step_count, err));
        for (size_t s = 0; s < model->step_count; s++) {
            f->effect_row[m][s] = f->effect_count;
            f->effect_count += model->steps[s].barrier_count;
        }
    }
done:
    return rc;
}

static void draw_effect(const spil_model_barrier *barrier, uint64_t key, size_t draws, double *out)
{
    for (size_t b = 0; b < draws; b++) {
        spil_rng rng = spil_rng_stream(key, b);
        out[b] = spil_draw_beta(&rng, barrier->effect_a, barrier->effect_b);
    }
}

/* Shares of one barrier add up to 1 at most on the average; a draw beyond that is cut back to 1. */
static void draw_shifts(const spil_model_barrier *barrier, uint64_t key, size_t draws,
                        double *moved, double *abroad)
{
    for (size_t i = 0; i < barrier->shift_count; i++) {
        const spil_model_shift *const shift = &barrier->shifts[i];
        double *const out = shift->step == SIZE_MAX ? abroad : moved;
        const uint64_t own = spil_key_join(key, spil_key_text(shift->to));
        for (size_t b = 0; b < draws; b++) {
            spil_rng rng = spil_rng_stream(own, b);
            out[b] += spil_draw_chance(&rng, shift->share, shift->range.low, shift->range.high);
        }
    }
    for (size_t b = 0; b < draws; b++) {
        const double all = moved[b] + abroad[b];
        if (all > 1) {
            moved[b] /= all;
            abroad[b] /= all;
        }
    }
}

static spil_status draw_effects(finder *f, uint64_t seed, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const size_t draws = f->scores->draws;
    TRY(number_effects(f, err));
    TRY(NEW_ARRAY(f->effect, f->effect_count * draws, err));
    TRY(NEW_ARRAY(f->moved, f->effect_count * draws, err));
    TRY(NEW_ARRAY(f->abroad, f->effect_count * draws, err));
    for (size_t m = 0; m < f->models->count; m++) {
        const spil_model *const model = f->models->models[m];
        const uint64_t key = spil_key_join(seed, spil_key_text(model->id));
        for (size_t s = 0; s < model->step_count; s++) {
            const spil_model_step *const step = &model->steps[s];
            const uint64_t place = spil_key_join(key, spil_key_text(step->id));
            for (size_t i = 0; i < step->barrier_count; i++) {
                const uint64_t own = spil_key_join(place, spil_key_text(step->barriers[i].id));
                const size_t at = (f->effect_row[m][s] + i) * draws;
                draw_effect(&step->barriers[i], own, draws, f->effect + at);
                draw_shifts(&step->barriers[i], own, draws, f->moved + at, f->abroad + at);
            }
        }
    }
done:
    return rc;
}

/* ---- candidates ---- */

static double mean_gain(const candidate *each, const finder *f)
{
    const size_t draws = f->scores->draws;
    const size_t at = each->effect * draws;
    double sum = 0;
    for (size_t b = 0; b < draws; b++)
        sum += each->fall[b] * f->effect[at + b] * (1 - f->moved[at + b] - f->abroad[at + b]);
    return f->models->models[each->action.model]->harm * (1 - each->action.recovers) * sum /
           (double)draws;
}

static spil_status add_service(finder *f, size_t chain, uint32_t entity,
                               const spil_service *service, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_score *const score = &f->scores->scores[chain];
    const spil_model *const model = f->models->models[score->model];
    const spil_model_step *const step = &model->steps[service->step];
    const spil_entity_kind kind = f->facts->entities[entity].kind;
    spil_stand_ins recovery = {0, 0, 0};
    bool asked = false;
    for (size_t i = 0; i < step->barrier_count; i++) {
        const spil_model_barrier *const barrier = &step->barriers[i];
        if (!(barrier->applies_to >> kind & 1U) || !spil_entity_kind_info(kind)->target)
            continue;
        if (!asked)
            recovery = spil_stand_in_find(f->room, model, score, service->step, entity);
        asked = true;
        candidate each = {
            .action = {.entity = entity,
                       .community = score->community,
                       .model = score->model,
                       .step = service->step,
                       .barrier = i,
                       .partner = barrier->partner,
                       .hours = barrier->hours,
                       .lead_days = barrier->lead_days,
                       .cost = barrier->cost,
                       .covert = barrier->covert,
                       .effect = barrier->effect_a / (barrier->effect_a + barrier->effect_b),
                       .recovers = recovery.recovers,
                       .candidates = recovery.near + recovery.far,
                       .chain = chain},
            .fall = service->fall,
            .effect = f->effect_row[score->model][service->step] + i};
        each.mean = mean_gain(&each, f);
        if (each.mean > 0)
            TRY(VEC_PUSH(f->found, each, err));
    }
done:
    return rc;
}

static spil_status find_all(finder *f, spil_progress *progress, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_progress_begin(progress, "actions", f->scores->count);
    for (size_t c = 0; c < f->scores->count; c++) {
        const spil_score *const score = &f->scores->scores[c];
        TRY(spil_check_stop(err));
        for (size_t i = 0; i < score->entity_count; i++)
            for (size_t k = 0; k < score->entities[i].service_count; k++)
                TRY(add_service(f, c, score->entities[i].entity, &score->entities[i].services[k],
                                err));
        spil_progress_step(progress, 1);
    }
done:
    spil_progress_end(progress);
    return rc;
}

static int compare_size(size_t a, size_t b)
{
    return a < b ? -1 : a > b;
}

static int by_gain(const void *left, const void *right)
{
    const candidate *const a = left, *const b = right;
    if (a->mean != b->mean)
        return a->mean > b->mean ? -1 : 1;
    int order = compare_size(a->action.entity, b->action.entity);
    if (order == 0)
        order = compare_size(a->action.model, b->action.model);
    if (order == 0)
        order = compare_size(a->action.step, b->action.step);
    return order ? order : compare_size(a->action.barrier, b->action.barrier);
}

/* ---- the result ---- */

static void fill_action(const finder *f, const candidate *from, spil_action *to, double *scratch)
{
    const size_t draws = f->scores->draws;
    const size_t at = from->effect * draws;
    const double worth = f->models->models[from->action.model]->harm * (1 - from->action.recovers);
    double *const draw = to->draw;
    *to = from->action;
    to->draw = draw;
    for (size_t b = 0; b < draws; b++) {
        const double gross = worth * from->fall[b] * f->effect[at + b];
        draw[b] = gross * (1 - f->moved[at + b] - f->abroad[at + b]);
        to->moved += gross * f->moved[at + b] / (double)draws;
        to->abroad += gross * f->abroad[at + b] / (double)draws;
    }
    to->gain = spil_spread_of(draw, draws, scratch);
}

static spil_status fill_actions(spil_actions *actions, const finder *f, size_t count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    double *scratch = NULL;
    TRY(NEW_ARRAY(scratch, actions->draws, err));
    TRY(NEW_ARRAY(actions->actions, count, err));
    for (size_t i = 0; i < count; i++) {
        TRY(NEW_ARRAY(actions->actions[i].draw, actions->draws, err));
        actions->count++;
        fill_action(f, &f->found.items[i], &actions->actions[i], scratch);
    }
done:
    spil_free(scratch);
    return rc;
}

static spil_status fill_chains(spil_actions *actions, const finder *f, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(NEW_ARRAY(actions->chains, f->scores->count, err));
    for (size_t c = 0; c < f->scores->count; c++) {
        const spil_score *const score = &f->scores->scores[c];
        spil_chain *const chain = &actions->chains[c];
        actions->chain_count++;
        chain->community = score->community;
        chain->model = score->model;
        if (!score->chain_draw)
            continue;
        TRY(NEW_ARRAY(chain->value, actions->draws, err));
        for (size_t b = 0; b < actions->draws; b++)
            chain->value[b] = f->models->models[score->model]->harm * score->chain_draw[b];
    }
done:
    return rc;
}

static void clear(finder *f)
{
    for (size_t m = 0; f->effect_row && m < f->models->count; m++)
        spil_free(f->effect_row[m]);
    spil_free(f->effect_row);
    spil_free(f->effect);
    spil_free(f->moved);
    spil_free(f->abroad);
    spil_stand_in_room_free(f->room);
    spil_free(f->found.items);
}

spil_status spil_actions_find(spil_actions **out, const spil_facts *facts,
                              const spil_network *network, const spil_model_set *models,
                              const spil_scores *scores, const spil_action_opts *opts,
                              spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_actions *actions = NULL;
    finder f = {.facts = facts, .models = models, .scores = scores};
    TRY(NEW(actions, err));
    actions->draws = scores->draws;
    TRY(draw_effects(&f, opts->seed, err));
    TRY(spil_stand_in_room_new(&f.room, facts, network, err));
    TRY(find_all(&f, opts->progress, err));
    if (f.found.count)
        qsort(f.found.items, f.found.count, sizeof(candidate), by_gain);
    const size_t count = opts->most && opts->most < f.found.count ? opts->most : f.found.count;
    TRY(fill_actions(actions, &f, count, err));
    TRY(fill_chains(actions, &f, err));
    *out = actions;
    actions = NULL;
done:
    clear(&f);
    spil_actions_free(actions);
    return rc;
}

void spil_actions_free(spil_actions *actions)
{
    if (!actions)
        return;
    for (size_t i = 0; i < actions->count; i++)
        spil_free(actions->actions[i].draw);
    for (size_t c = 0; c < actions->chain_count; c++)
        spil_free(actions->chains[c].value);
    spil_free(actions->actions);
    spil_free(actions->chains);
    spil_free(actions);
}
