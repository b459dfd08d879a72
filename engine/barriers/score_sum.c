/* score_sum.c - see trial.h: the draws of a trial summed up as a score.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/barriers/trial.h"

#include <stdlib.h>
#include <string.h>

/* ---- steps and roles ---- */

static bool has_holder(const spil_case *c, const spil_trial *t, size_t step)
{
    for (size_t r = c->role_row[step]; r < c->role_row[step + 1]; r++)
        if (t->role_held[r] > 0)
            return true;
    return false;
}

/* Steps that are ways to one end are one link: their stand-ins add up, and the one that most hangs
 * on stands for it. */
static void find_weakest(const spil_case *c, const spil_trial *t, spil_score *score)
{
    const spil_model_step *const steps = c->model->steps;
    size_t weakest = SIZE_MAX;
    double fewest = 0;
    for (size_t s = 0, next; s < c->model->step_count; s = next) {
        size_t at = SIZE_MAX;
        double stand_ins = 0;
        next = s;
        do {
            stand_ins += score->steps[next].stand_ins;
            if (steps[next].required && has_holder(c, t, next) &&
                (at == SIZE_MAX || score->steps[next].stand_ins > score->steps[at].stand_ins))
                at = next;
        } while (++next < c->model->step_count && steps[s].group != SPIL_NO_GROUP &&
                 steps[next].group == steps[s].group);
        if (at != SIZE_MAX && (weakest == SIZE_MAX || stand_ins < fewest)) {
            weakest = at;
            fewest = stand_ins;
        }
    }
    if (weakest != SIZE_MAX)
        score->steps[weakest].weakest = true;
}

static spil_status sum_steps(const spil_trial *t, spil_score *score, double *scratch, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_case *const c = t->chain_case;
    const size_t draws = t->draws;
    score->step_count = c->model->step_count;
    TRY(NEW_ARRAY(score->steps, score->step_count, err));
    TRY(NEW_ARRAY(score->roles, c->role_count, err));
    for (size_t r = 0; r < c->role_count; r++) {
        score->roles[r].filled = spil_spread_of(t->role_filled + r * draws, draws, scratch);
        score->roles[r].seats = t->role_held[r] / (double)draws;
    }
    for (size_t s = 0; s < score->step_count; s++) {
        spil_step_score *const step = &score->steps[s];
        step->probability = spil_spread_of(t->probability + s * draws, draws, scratch);
        step->filled = spil_spread_of(t->filled + s * draws, draws, scratch);
        step->stand_ins = t->stand_ins[s] / (double)draws;
        step->roles = score->roles + c->role_row[s];
    }
    find_weakest(c, t, score);
done:
    return rc;
}

/* ---- holders ---- */

static int by_role(const void *left, const void *right)
{
    const spil_holder *const a = left, *const b = right;
    if (a->step != b->step)
        return a->step < b->step ? -1 : 1;
    if (a->role != b->role)
        return a->role < b->role ? -1 : 1;
    if (a->q != b->q)
        return a->q > b->q ? -1 : 1;
    return a->entity < b->entity ? -1 : a->entity > b->entity;
}

/* Draws in which the entity is there. */
static uint32_t presence_of(const spil_trial *t, uint32_t entity)
{
    const spil_case *const c = t->chain_case;
    uint32_t low = 0, high = c->entity_count;
    while (low + 1 < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (c->entity[middle] <= entity)
            low = middle;
        else
            high = middle;
    }
    return t->present[low];
}

static spil_status sum_holders(const spil_trial *t, spil_score *score, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_case *const c = t->chain_case;
    const uint32_t seats = c->seat_row[c->model->step_count];
    TRY(NEW_ARRAY(score->holders, seats, err));
    for (uint32_t i = 0; i < seats; i++) {
        const spil_fact *const fact = &c->facts[c->by_seat[i]];
        spil_holder *const last =
            score->holder_count ? &score->holders[score->holder_count - 1] : NULL;
        const double q = fact->q * presence_of(t, fact->entity) / (double)t->draws;
        if (last && last->step == fact->step && last->role == fact->role &&
            last->entity == fact->entity) {
            if (q > last->q)
                last->q = q;
        } else if (q > 0) {
            score->holders[score->holder_count++] =
                (spil_holder){fact->entity, fact->step, fact->role, q};
        }
    }
    if (score->holder_count)
        qsort(score->holders, score->holder_count, sizeof *score->holders, by_role);
done:
    return rc;
}

/* ---- entities and their contributions ---- */

typedef struct ranked {
    const spil_trial_entity *from;
    spil_spread fall;
} ranked;

static int by_fall(const void *left, const void *right)
{
    const ranked *const a = left, *const b = right;
    if (a->fall.mean != b->fall.mean)
        return a->fall.mean > b->fall.mean ? -1 : 1;
    return a->from->entity < b->from->entity ? -1 : a->from->entity > b->from->entity;
}

static bool falls_ever(const double *fall, size_t draws)
{
    for (size_t b = 0; b < draws; b++)
        if (fall[b] > 0)
            return true;
    return false;
}

static int by_value(const void *left, const void *right)
{
    const spil_contribution *const a = left, *const b = right;
    if (a->value != b->value)
        return a->value > b->value ? -1 : 1;
    if (a->step != b->step)
        return a->step < b->step ? -1 : 1;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    const int order = strcmp(a->name, b->name);
    if (order)
        return order;
    return a->reference < b->reference ? -1 : a->reference > b->reference;
}

static void add_contributions(const spil_trial *t, const spil_trial_entity *entity,
                              spil_score *score)
{
    const spil_case *const c = t->chain_case;
    const size_t begin = score->contribution_count;
    size_t next = begin;
    if (entity->own != UINT32_MAX)
        for (uint32_t j = c->fact_row[entity->own]; j < c->fact_row[entity->own + 1]; j++) {
            const uint32_t f = c->fact_of[j];
            const spil_fact *const fact = &c->facts[f];
            if (t->fact_share[f] != 0)
                score->contributions[next++] =
                    (spil_contribution){entity->entity,
                                        fact->step,
                                        fact->kind,
                                        fact->reference,
                                        fact->saw,
                                        fact->name,
                                        t->fact_share[f] / (double)t->draws};
        }
    if (entity->position != 0)
        score->contributions[next++] = (spil_contribution){entity->entity,
                                                           SIZE_MAX,
                                                           SPIL_FACT_POSITION,
                                                           SIZE_MAX,
                                                           {SPIL_SAW_NOTHING, 0},
                                                           "position",
                                                           entity->position / (double)t->draws};
    if (next > begin)
        qsort(score->contributions + begin, next - begin, sizeof(spil_contribution), by_value);
    score->contribution_count = next;
}

/* Copies the services of the entity to the end of those of the score. */
static void add_services(const spil_trial *t, const spil_trial_entity *entity, spil_score *score,
                         size_t *used, spil_entity_score *out)
{
    out->services = score->services + *used;
    if (entity->own == UINT32_MAX)
        return;
    for (uint32_t k = t->service_row[entity->own]; k < t->service_row[entity->own + 1]; k++) {
        double *const fall = score->falls + *used * t->draws;
        memcpy(fall, t->service_fall + k * t->draws, t->draws * sizeof *fall);
        score->services[(*used)++] = (spil_service){t->service_step[k], fall};
        out->service_count++;
    }
}

static spil_status sum_entities(const spil_trial *t, spil_score *score, double *scratch,
                                spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_case *const c = t->chain_case;
    ranked *order = NULL;
    size_t count = 0, services = 0, used = 0;
    TRY(NEW_ARRAY(order, t->entities.count, err));
    for (size_t i = 0; i < t->entities.count; i++) {
        const spil_trial_entity *const each = &t->entities.items[i];
        if (!falls_ever(each->fall, t->draws))
            continue;
        order[count++] = (ranked){each, spil_spread_of(each->fall, t->draws, scratch)};
        if (each->own != UINT32_MAX)
            services += t->service_row[each->own + 1] - t->service_row[each->own];
    }
    if (count)
        qsort(order, count, sizeof *order, by_fall);
    TRY(NEW_ARRAY(score->entities, count, err));
    TRY(NEW_ARRAY(score->services, services, err));
    TRY(NEW_ARRAY(score->falls, services * t->draws, err));
    TRY(NEW_ARRAY(score->contributions, c->fact_count + count, err));
    score->entity_count = count;
    for (size_t i = 0; i < count; i++) {
        score->entities[i].entity = order[i].from->entity;
        score->entities[i].fall = order[i].fall;
        add_services(t, order[i].from, score, &used, &score->entities[i]);
        add_contributions(t, order[i].from, score);
    }
done:
    spil_free(order);
    return rc;
}

/* ---- all ---- */

spil_status spil_trial_finish(const spil_trial *t, spil_score *score, spil_err *err)
{
    spil_status rc = SPIL_OK;
    double *scratch = NULL;
    TRY(NEW_ARRAY(scratch, t->draws, err));
    TRY(NEW_ARRAY(score->chain_draw, t->draws, err));
    memcpy(score->chain_draw, t->chain, t->draws * sizeof *t->chain);
    score->chain = spil_spread_of(t->chain, t->draws, scratch);
    score->process = spil_spread_of(t->process, t->draws, scratch);
    TRY(sum_steps(t, score, scratch, err));
    TRY(sum_holders(t, score, err));
    TRY(sum_entities(t, score, scratch, err));
done:
    spil_free(scratch);
    return rc;
}

void spil_score_clear(spil_score *score)
{
    spil_free(score->chain_draw);
    spil_free(score->steps);
    spil_free(score->roles);
    spil_free(score->holders);
    spil_free(score->entities);
    spil_free(score->services);
    spil_free(score->falls);
    spil_free(score->contributions);
    *score = (spil_score){0};
}
