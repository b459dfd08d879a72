/* planner.c - see planner.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/plans/planner.h"

#include "engine/base/strmap.h"
#include "engine/base/vec.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct spil_bench_planner {
    const spil_bench_case *it;
    double hours;
    spil_actions *actions;
    spil_choice *choices;
    const double **chain_value;
    size_t *row, *by_entity; /* actions of entity e: by_entity[row[e] .. row[e + 1]), best first */
};

void spil_bench_planner_free(spil_bench_planner *planner)
{
    if (!planner)
        return;
    spil_actions_free(planner->actions);
    spil_free(planner->choices);
    spil_free(planner->chain_value);
    spil_free(planner->row);
    spil_free(planner->by_entity);
    spil_free(planner);
}

void spil_bench_plan_clear(spil_bench_plan *plan)
{
    spil_free(plan->deeds);
    *plan = (spil_bench_plan){0};
}

/* One instrument an entity, model and step, as in an analysis. */
static spil_status list_choices(spil_bench_planner *p, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_strmap *groups = NULL;
    TRY(spil_strmap_new(&groups, err));
    TRY(NEW_ARRAY(p->choices, p->actions->count, err));
    TRY(NEW_ARRAY(p->chain_value, p->actions->chain_count, err));
    for (size_t c = 0; c < p->actions->chain_count; c++)
        p->chain_value[c] = p->actions->chains[c].value;
    for (size_t i = 0; i < p->actions->count; i++) {
        const spil_action *const a = &p->actions->actions[i];
        char key[80];
        int64_t group = (int64_t)spil_strmap_count(groups);
        (void)snprintf(key, sizeof key, "%u %zu %zu", a->entity, a->model, a->step);
        if (!spil_strmap_get(groups, key, &group))
            TRY(spil_strmap_put(groups, key, group, err));
        p->choices[i] =
            (spil_choice){a->hours, a->partner, a->chain, a->draw, (uint32_t)group, a->cost};
    }
done:
    spil_strmap_free(groups);
    return rc;
}

static spil_status sort_by_entity(spil_bench_planner *p, spil_err *err)
{
    spil_status rc = SPIL_OK;
    size_t *next = NULL;
    const size_t entities = p->it->facts->entity_count;
    TRY(NEW_ARRAY(p->row, entities + 1, err));
    TRY(NEW_ARRAY(p->by_entity, p->actions->count, err));
    TRY(NEW_ARRAY(next, entities, err));
    for (size_t i = 0; i < p->actions->count; i++)
        p->row[p->actions->actions[i].entity + 1]++;
    for (size_t e = 0; e < entities; e++) {
        next[e] = p->row[e];
        p->row[e + 1] += p->row[e];
    }
    for (size_t i = 0; i < p->actions->count; i++)
        p->by_entity[next[p->actions->actions[i].entity]++] = i;
done:
    spil_free(next);
    return rc;
}

spil_status spil_bench_planner_new(spil_bench_planner **out, const spil_bench_case *it,
                                   double hours, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_bench_planner *p = NULL;
    const spil_action_opts opts = {.seed = 1};
    TRY(NEW(p, err));
    p->it = it;
    p->hours = hours;
    TRY(spil_actions_find(&p->actions, it->facts, it->network, it->models, it->scores, &opts, err));
    TRY(list_choices(p, err));
    TRY(sort_by_entity(p, err));
    *out = p;
    p = NULL;
done:
    spil_bench_planner_free(p);
    return rc;
}

/* ---- Spil's ---- */

spil_status spil_bench_plan_spil(spil_bench_plan *out, spil_bench_planner *p, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_target_list *list = NULL;
    spil_list_opts opts = {.top = p->actions->count, .budget = HUGE_VAL, .gain_alone = true};
    for (size_t i = 0; i < SPIL_PARTNER_COUNT; i++)
        opts.hours[i] = p->hours;
    TRY(spil_targets_choose(&list, p->choices, p->actions->count, p->chain_value,
                            p->actions->chain_count, p->actions->draws, &opts, NULL, err));
    TRY(NEW_ARRAY(out->deeds, list->count, err));
    for (size_t i = 0; i < list->count; i++) {
        const spil_action *const a = &p->actions->actions[list->targets[i].choice];
        out->deeds[out->count++] = (spil_bench_deed){a->entity, a->model, a->step, a->barrier};
        out->hours += a->hours;
    }
    out->gain = list->gain;
    out->possible = list->possible;
done:
    spil_target_list_free(list);
    return rc;
}

/* ---- by an order of people ---- */

typedef struct ranked {
    uint32_t entity;
    double value;
} ranked;

static int by_value(const void *left, const void *right)
{
    const ranked *const a = left, *const b = right;
    if (a->value != b->value)
        return a->value > b->value ? -1 : 1;
    return a->entity < b->entity ? -1 : a->entity > b->entity;
}

typedef struct filling {
    spil_bench_planner *p;
    double hours[SPIL_PARTNER_COUNT];
    bool known;
    SPIL_VEC(spil_bench_deed) deeds;
    double used;
} filling;

static spil_status do_it(filling *f, uint32_t entity, size_t model, size_t step, size_t barrier,
                         spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_model_barrier *const it =
        &f->p->it->models->models[model]->steps[step].barriers[barrier];
    const spil_bench_deed deed = {entity, model, step, barrier};
    f->hours[it->partner] -= it->hours;
    f->used += it->hours;
    TRY(VEC_PUSH(f->deeds, deed, err));
done:
    return rc;
}

/* The shortest work on the kind that somebody still has hours for. */
static spil_status do_in_vain(filling *f, uint32_t entity, spil_err *err)
{
    const spil_model_set *const models = f->p->it->models;
    const spil_entity_kind kind = f->p->it->facts->entities[entity].kind;
    size_t model = SIZE_MAX, step = 0, barrier = 0;
    double least = HUGE_VAL;
    for (size_t m = 0; m < models->count; m++)
        for (size_t s = 0; s < models->models[m]->step_count; s++)
            for (size_t b = 0; b < models->models[m]->steps[s].barrier_count; b++) {
                const spil_model_barrier *const it = &models->models[m]->steps[s].barriers[b];
                if (!(it->applies_to >> kind & 1U) || it->hours > f->hours[it->partner] ||
                    it->hours >= least)
                    continue;
                least = it->hours;
                model = m;
                step = s;
                barrier = b;
            }
    return model == SIZE_MAX ? SPIL_OK : do_it(f, entity, model, step, barrier, err);
}

static spil_status take_entity(filling *f, uint32_t entity, spil_err *err)
{
    const spil_bench_planner *const p = f->p;
    if (!spil_entity_kind_info(p->it->facts->entities[entity].kind)->target)
        return SPIL_OK;
    for (size_t i = p->row[entity]; i < p->row[entity + 1]; i++) {
        const spil_action *const a = &p->actions->actions[p->by_entity[i]];
        if (a->hours <= f->hours[a->partner])
            return do_it(f, entity, a->model, a->step, a->barrier, err);
    }
    if (f->known || p->row[entity] < p->row[entity + 1])
        return SPIL_OK;
    return do_in_vain(f, entity, err);
}

/* Entities in the order of their value, those above 0. */
static spil_status rank(ranked **out, size_t *count, const double *value, size_t entities,
                        spil_err *err)
{
    spil_status rc = SPIL_OK;
    *count = 0;
    TRY(NEW_ARRAY(*out, entities, err));
    for (uint32_t e = 0; e < entities; e++)
        if (value[e] > 0)
            (*out)[(*count)++] = (ranked){e, value[e]};
    if (*count)
        qsort(*out, *count, sizeof **out, by_value);
done:
    return rc;
}

static void hand_over(filling *f, spil_bench_plan *out)
{
    out->deeds = f->deeds.items;
    out->count = f->deeds.count;
    out->hours = f->used;
}

spil_status spil_bench_plan_scorer(spil_bench_plan *out, spil_bench_planner *p,
                                   const spil_bench_scorer *scorer, uint64_t seed, bool known,
                                   spil_err *err)
{
    spil_status rc = SPIL_OK;
    double *value = NULL;
    ranked *order = NULL;
    size_t count = 0;
    filling f = {.p = p, .known = known};
    for (size_t i = 0; i < SPIL_PARTNER_COUNT; i++)
        f.hours[i] = p->hours;
    TRY(NEW_ARRAY(value, p->it->facts->entity_count, err));
    TRY(scorer->run(p->it, seed, value, err));
    TRY(rank(&order, &count, value, p->it->facts->entity_count, err));
    for (size_t i = 0; i < count; i++)
        TRY(take_entity(&f, order[i].entity, err));
    hand_over(&f, out);
    f.deeds.items = NULL;
done:
    spil_free(value);
    spil_free(order);
    spil_free(f.deeds.items);
    return rc;
}

/* ---- by inhabitants ---- */

static const spil_bench_scorer *scorer_named(const char *name)
{
    for (size_t s = 0; s < spil_bench_scorer_count; s++)
        if (strcmp(spil_bench_scorers[s]->name, name) == 0)
            return spil_bench_scorers[s];
    return NULL;
}

/* Persons by municipality; town[e]: number of the entity's, or UINT32_MAX. */
static spil_status count_towns(const spil_facts *facts, uint32_t *town, double *persons,
                               size_t *towns, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_strmap *map = NULL;
    TRY(spil_strmap_new(&map, err));
    for (uint32_t e = 0; e < facts->entity_count; e++) {
        const char *const name = spil_facts_attribute(facts, e, "municipality");
        int64_t number = (int64_t)*towns;
        town[e] = UINT32_MAX;
        if (!name || !*name)
            continue;
        if (!spil_strmap_get(map, name, &number)) {
            TRY(spil_strmap_put(map, name, number, err));
            ++*towns;
        }
        town[e] = (uint32_t)number;
        persons[number] += facts->entities[e].kind == SPIL_ENTITY_person;
    }
done:
    spil_strmap_free(map);
    return rc;
}

spil_status spil_bench_plan_inhabitants(spil_bench_plan *out, spil_bench_planner *p, bool known,
                                        spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_facts *const facts = p->it->facts;
    double *value = NULL, *persons = NULL, all = 0;
    uint32_t *town = NULL;
    ranked *order = NULL;
    size_t count = 0, towns = 0;
    filling f = {.p = p, .known = known};
    TRY(NEW_ARRAY(value, facts->entity_count, err));
    TRY(NEW_ARRAY(persons, facts->entity_count, err));
    TRY(NEW_ARRAY(town, facts->entity_count, err));
    TRY(count_towns(facts, town, persons, &towns, err));
    TRY(scorer_named("signals")->run(p->it, 0, value, err));
    TRY(rank(&order, &count, value, facts->entity_count, err));
    for (size_t t = 0; t < towns; t++)
        all += persons[t];
    for (size_t t = 0; t < towns; t++) {
        for (size_t i = 0; i < SPIL_PARTNER_COUNT; i++)
            f.hours[i] += p->hours * persons[t] / all; /* what one leaves goes to the next */
        for (size_t i = 0; i < count; i++)
            if (town[order[i].entity] == t)
                TRY(take_entity(&f, order[i].entity, err));
    }
    hand_over(&f, out);
    f.deeds.items = NULL;
done:
    spil_free(value);
    spil_free(persons);
    spil_free(town);
    spil_free(order);
    spil_free(f.deeds.items);
    return rc;
}
