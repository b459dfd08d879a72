/* trial.c - see trial.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An evaluation takes a set of facts away, has the steps that they touch worked out (memo.h), and
 * puts them back; all other steps keep the terms of the draw.
 */
#include "engine/barriers/trial.h"

#include "engine/barriers/shares.h"
#include "engine/stats/draw.h"

#include <string.h>

/* ---- making ---- */

static spil_status add_entity(spil_trial *t, uint32_t entity, uint32_t local, uint32_t own,
                              spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_trial_entity each = {.entity = entity, .local = local, .own = own};
    each.key = spil_key_join(t->seed, spil_key_text(t->facts->entities[entity].key));
    TRY(NEW_ARRAY(each.fall, t->draws, err));
    t->slot[local] = (uint32_t)t->entities.count;
    TRY(VEC_PUSH(t->entities, each, err));
    each.fall = NULL;
done:
    spil_free(each.fall);
    return rc;
}

static uint32_t local_of(const spil_trial *t, uint32_t entity)
{
    const spil_vid v = t->network->vertex[entity];
    size_t low = 0, high = t->member_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (t->member[middle] < v)
            low = middle + 1;
        else
            high = middle;
    }
    return (uint32_t)low;
}

/* Steps that each entity of the case serves. */
static void list_services(spil_trial *t)
{
    const spil_case *const c = t->chain_case;
    uint32_t next = 0;
    for (uint32_t i = 0; i < c->entity_count; i++) {
        t->service_row[i] = next;
        for (uint32_t j = c->fact_row[i]; j < c->fact_row[i + 1]; j++) {
            const uint32_t step = c->facts[c->fact_of[j]].step;
            if (next == t->service_row[i] || t->service_step[next - 1] != step)
                t->service_step[next++] = step;
        }
    }
    t->service_row[c->entity_count] = next;
}

static spil_status make_results(spil_trial *t, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_case *const c = t->chain_case;
    const size_t steps = c->model->step_count;
    TRY(NEW_ARRAY(t->service_fall, t->service_row[c->entity_count] * t->draws, err));
    TRY(NEW_ARRAY(t->chain, t->draws, err));
    TRY(NEW_ARRAY(t->process, t->draws, err));
    TRY(NEW_ARRAY(t->probability, steps * t->draws, err));
    TRY(NEW_ARRAY(t->filled, steps * t->draws, err));
    TRY(NEW_ARRAY(t->role_filled, c->role_count * t->draws, err));
    TRY(NEW_ARRAY(t->role_held, c->role_count, err));
    TRY(NEW_ARRAY(t->stand_ins, steps, err));
    TRY(NEW_ARRAY(t->fact_share, c->fact_count, err));
    TRY(NEW_ARRAY(t->present, c->entity_count, err));
done:
    return rc;
}

static spil_status make_scratch(spil_trial *t, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const size_t facts = t->chain_case->fact_count;
    TRY(NEW_ARRAY(t->off, facts, err));
    TRY(NEW_ARRAY(t->lost, facts, err));
    TRY(NEW_ARRAY(t->order, facts + 1, err));
    TRY(NEW_ARRAY(t->cause_row, facts + 2, err));
    TRY(NEW_ARRAY(t->cause_fact, facts, err));
    TRY(NEW_ARRAY(t->gone, facts, err));
done:
    return rc;
}

spil_status spil_trial_new(spil_trial **out, const spil_columns *columns, const spil_fact *facts,
                           size_t fact_count, const spil_trial_place *place, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_trial *t = NULL;
    TRY(NEW(t, err));
    t->facts = place->facts;
    t->network = place->network;
    t->presence = place->presence;
    t->member = place->member;
    t->member_count = place->member_count;
    t->draws = place->draws;
    t->depth = place->depth;
    t->seed = spil_key_join(place->seed, spil_key_text(columns->models->models[facts->model]->id));
    TRY(spil_case_new(&t->chain_case, columns, facts, fact_count, err));
    t->chain_case->against = place->against;
    TRY(spil_memo_new(&t->memo, t->chain_case, err));
    TRY(NEW_ARRAY(t->slot, place->member_count, err));
    TRY(NEW_ARRAY(t->mark, place->member_count, err));
    TRY(NEW_ARRAY(t->holders, place->member_count, err));
    memset(t->slot, 0xff, place->member_count * sizeof *t->slot);
    for (uint32_t i = 0; i < t->chain_case->entity_count; i++) {
        const uint32_t local = local_of(t, t->chain_case->entity[i]);
        t->mark[local] = 1;
        TRY(add_entity(t, t->chain_case->entity[i], local, i, err));
    }
    TRY(NEW_ARRAY(t->service_row, t->chain_case->entity_count + 1, err));
    TRY(NEW_ARRAY(t->service_step, fact_count, err));
    list_services(t);
    TRY(make_results(t, err));
    TRY(make_scratch(t, err));
    *out = t;
    t = NULL;
done:
    spil_trial_free(t);
    return rc;
}

void spil_trial_free(spil_trial *t)
{
    if (!t)
        return;
    for (size_t i = 0; i < t->entities.count; i++)
        spil_free(t->entities.items[i].fall);
    void *const blocks[] = {
        t->entities.items, t->slot,        t->mark,         t->holders,      t->service_row,
        t->chain,          t->process,     t->service_step, t->service_fall, t->filled,
        t->role_held,      t->probability, t->role_filled,  t->stand_ins,    t->fact_share,
        t->present,        t->off,         t->lost,         t->order,        t->cause_row,
        t->cause_fact,     t->gone};
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        spil_free(blocks[i]);
    spil_memo_free(t->memo);
    spil_case_free(t->chain_case);
    spil_free(t);
}

/* ---- evaluating ---- */

static double fall_without(spil_trial *t, size_t b, const uint32_t *facts, size_t count)
{
    const double fall = t->chain[b] - spil_memo_value_without(t->memo, facts, count);
    return fall > 0 ? fall : 0; /* below 0 by rounding alone */
}

/* ---- shares ---- */

/* Causes of an entity's fall: each own fact, then all that is lost with it. Cause i is
 * cause_fact[cause_row[i] .. cause_row[i + 1]). */
static size_t list_causes(spil_trial *t, const spil_trial_entity *entity, size_t lost)
{
    const spil_case *const c = t->chain_case;
    uint32_t next = 0;
    size_t causes = 0;
    if (entity->own != UINT32_MAX)
        for (uint32_t j = c->fact_row[entity->own]; j < c->fact_row[entity->own + 1]; j++) {
            t->cause_row[causes++] = next;
            t->cause_fact[next++] = c->fact_of[j];
        }
    if (lost > 0) {
        t->cause_row[causes++] = next;
        memcpy(t->cause_fact + next, t->lost, lost * sizeof *t->lost);
        next += (uint32_t)lost;
    }
    t->cause_row[causes] = next;
    return causes;
}

static void credit(spil_trial *t, spil_trial_entity *entity, size_t cause, double value)
{
    const spil_case *const c = t->chain_case;
    const size_t own =
        entity->own == UINT32_MAX ? 0 : c->fact_row[entity->own + 1] - c->fact_row[entity->own];
    if (cause < own)
        t->fact_share[c->fact_of[c->fact_row[entity->own] + cause]] += value;
    else
        entity->position += value;
}

static void share_exactly(spil_trial *t, size_t b, spil_trial_entity *entity, size_t causes)
{
    double fall[1 << SPIL_SHARES_EXACT] = {0}, share[SPIL_SHARES_EXACT] = {0};
    for (unsigned gone = 1; gone < 1U << causes; gone++) {
        size_t count = 0;
        for (size_t i = 0; i < causes; i++)
            for (uint32_t j = t->cause_row[i]; (gone >> i & 1U) && j < t->cause_row[i + 1]; j++)
                t->gone[count++] = t->cause_fact[j];
        fall[gone] = fall_without(t, b, t->gone, count);
    }
    spil_shares_exact(fall, causes, share);
    for (size_t i = 0; i < causes; i++)
        credit(t, entity, i, share[i]);
}

/* A random order and its opposite; t->gone grows cause by cause. */
static void share_by_orders(spil_trial *t, size_t b, spil_trial_entity *entity, size_t causes)
{
    spil_rng rng = spil_rng_stream(entity->key, b);
    spil_shares_order(t->order, causes, &rng);
    for (int opposite = 0; opposite < 2; opposite++) {
        size_t count = 0;
        double before = 0;
        for (size_t i = 0; i < causes; i++) {
            const uint32_t cause = t->order[opposite ? causes - 1 - i : i];
            for (uint32_t j = t->cause_row[cause]; j < t->cause_row[cause + 1]; j++)
                t->gone[count++] = t->cause_fact[j];
            const double after = fall_without(t, b, t->gone, count);
            credit(t, entity, cause, (after - before) / 2);
            before = after;
        }
    }
}

/* ---- one entity in one draw ---- */

/* Facts of others that go when the member goes; into t->lost. */
static size_t list_lost(spil_trial *t, uint32_t local)
{
    const spil_case *const c = t->chain_case;
    size_t lost = 0;
    for (uint32_t i = 0; i < c->entity_count; i++) {
        const uint32_t other = t->entities.items[i].local;
        if (other == local || !spil_presence_in(t->presence, other) ||
            spil_presence_stays(t->presence, other, local))
            continue;
        for (uint32_t j = c->fact_row[i]; j < c->fact_row[i + 1]; j++)
            t->lost[lost++] = c->fact_of[j];
    }
    return lost;
}

static void draw_services(spil_trial *t, size_t b, const spil_trial_entity *entity)
{
    const spil_case *const c = t->chain_case;
    uint32_t j = c->fact_row[entity->own];
    for (uint32_t k = t->service_row[entity->own]; k < t->service_row[entity->own + 1]; k++) {
        const uint32_t begin = j;
        while (j < c->fact_row[entity->own + 1] &&
               c->facts[c->fact_of[j]].step == t->service_step[k])
            j++;
        t->service_fall[k * t->draws + b] = fall_without(t, b, c->fact_of + begin, j - begin);
    }
}

static void draw_entity(spil_trial *t, size_t b, size_t slot, bool holds)
{
    spil_trial_entity *const entity = &t->entities.items[slot];
    const size_t lost = holds ? list_lost(t, entity->local) : 0;
    const size_t causes = list_causes(t, entity, lost);
    if (causes == 0)
        return;
    entity->fall[b] = fall_without(t, b, t->cause_fact, t->cause_row[causes]);
    if (t->depth != SPIL_SCORE_FULL)
        return;
    if (entity->own != UINT32_MAX)
        draw_services(t, b, entity);
    if (causes == 1)
        credit(t, entity, 0, entity->fall[b]);
    else if (causes <= SPIL_SHARES_EXACT)
        share_exactly(t, b, entity, causes);
    else
        share_by_orders(t, b, entity, causes);
}

/* ---- one draw ---- */

static void draw_base(spil_trial *t, size_t b, const double *number)
{
    const spil_case *const c = t->chain_case;
    const spil_model *const model = c->model;
    for (uint32_t i = 0; i < c->entity_count; i++) {
        const bool in = spil_presence_in(t->presence, t->entities.items[i].local);
        t->present[i] += in;
        for (uint32_t j = c->fact_row[i]; j < c->fact_row[i + 1]; j++)
            t->off[c->fact_of[j]] = in ? SPIL_COUNTS : SPIL_ABSENT;
    }
    spil_memo_draw(t->memo, b, number, t->off);
    const spil_step_terms *const terms = spil_memo_terms(t->memo);
    const double process = spil_chain_process(c, number, terms);
    t->process[b] = process;
    t->chain[b] = spil_chain_value(c, number, terms);
    for (size_t s = 0; s < model->step_count; s++) {
        t->probability[s * t->draws + b] =
            process * terms[s].given + (1 - process) * terms[s].without;
        t->filled[s * t->draws + b] = terms[s].filled;
    }
}

static void draw_seats(spil_trial *t, size_t b)
{
    const spil_case *const c = t->chain_case;
    for (size_t s = 0; s < c->model->step_count; s++) {
        const spil_seat_terms *const roles = spil_memo_roles(t->memo, s);
        double fewest = -1;
        for (size_t r = 0; r < c->model->steps[s].role_count; r++) {
            const spil_seat_terms seats = roles[r];
            const double needed = c->model->steps[s].roles[r].needed;
            const size_t role = c->role_row[s] + r;
            t->role_filled[role * t->draws + b] = seats.filled;
            t->role_held[role] += seats.held / needed;
            if (fewest < 0 || seats.held / needed < fewest)
                fewest = seats.held / needed;
        }
        t->stand_ins[s] += fewest > 0 ? fewest : 0;
    }
}

/* Members who hold others, each with a slot in entities. */
static spil_status find_holders(spil_trial *t, spil_err *err)
{
    spil_status rc = SPIL_OK;
    if (t->holders_known && spil_presence_certain(t->presence))
        return SPIL_OK;
    t->holders_known = true;
    t->holder_count = spil_presence_holders(t->presence, t->mark, t->holders);
    for (size_t i = 0; i < t->holder_count; i++) {
        const uint32_t local = t->holders[i];
        if (t->slot[local] == UINT32_MAX)
            TRY(add_entity(t, t->network->entity[t->member[local]], local, UINT32_MAX, err));
    }
done:
    return rc;
}

spil_status spil_trial_draw(spil_trial *t, size_t b, const double *number, spil_err *err)
{
    spil_status rc = SPIL_OK;
    draw_base(t, b, number);
    draw_seats(t, b);
    TRY(find_holders(t, err));
    size_t next = 0; /* holders ascend by member, and so do the entities of the case */
    for (uint32_t i = 0; i < t->chain_case->entity_count; i++) {
        const uint32_t local = t->entities.items[i].local;
        while (next < t->holder_count && t->holders[next] < local)
            next++;
        const bool holds = next < t->holder_count && t->holders[next] == local;
        if (spil_presence_in(t->presence, local))
            draw_entity(t, b, i, holds);
    }
    for (size_t i = 0; i < t->holder_count; i++) {
        const uint32_t slot = t->slot[t->holders[i]];
        if (slot >= t->chain_case->entity_count)
            draw_entity(t, b, slot, true);
    }
done:
    return rc;
}
