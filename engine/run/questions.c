/* questions.c - see questions.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/questions.h"

#include "engine/base/strmap.h"
#include "engine/base/vec.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double surest = 0.95; /* a signal is never certain to be found where it should be */

/* What is usual for one code. */
typedef struct usual {
    size_t count;
    double weight; /* sum of strength x confidence */
} usual;

struct spil_questions_room {
    const spil_facts *facts;
    const spil_network *network;
    const spil_communities *communities;
    const spil_model_set *models;
    size_t *member_row;
    spil_vid *member;
    spil_effort *looks;
    spil_evidence *evidence;
    spil_replay *replay;
    spil_strmap *codes; /* number of each recorded code */
    SPIL_VEC(usual) usual;
    double signal_weight, role_confidence; /* means over all; 1 without any */
    size_t kinds[SPIL_ENTITY_KIND_COUNT];  /* analysed entities */
    double *value;                         /* by pair */
    double *sorted;                        /* the same, largest first */
    double *step;                          /* P(s) of the pair at hand */
    uint32_t *own;                         /* by entity: records that count in the pair at hand */
    size_t top;
};

/* ---- what is usual ---- */

static spil_status count_signals(struct spil_questions_room *room, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_facts *const facts = room->facts;
    double weight = 0, confidence = 0;
    TRY(spil_strmap_new(&room->codes, err));
    for (size_t i = 0; i < facts->signal_count; i++) {
        const spil_signal *const signal = &facts->signals[i];
        int64_t number;
        if (!spil_strmap_get(room->codes, signal->code, &number)) {
            number = (int64_t)room->usual.count;
            TRY(spil_strmap_put(room->codes, signal->code, number, err));
            TRY(VEC_PUSH(room->usual, ((usual){0, 0}), err));
        }
        room->usual.items[number].count++;
        room->usual.items[number].weight += signal->strength * signal->confidence;
        weight += signal->strength * signal->confidence;
    }
    for (size_t i = 0; i < facts->role_count; i++)
        confidence += facts->roles[i].confidence;
    room->signal_weight = facts->signal_count ? weight / (double)facts->signal_count : 1;
    room->role_confidence = facts->role_count ? confidence / (double)facts->role_count : 1;
    for (spil_vid v = 0; v < room->network->csr->n; v++)
        room->kinds[facts->entities[room->network->entity[v]].kind]++;
done:
    return rc;
}

static usual usual_of(const struct spil_questions_room *room, const char *code)
{
    int64_t number;
    return spil_strmap_get(room->codes, code, &number) ? room->usual.items[number] : (usual){0, 0};
}

/* Share of the entities that it applies to with this code on record; half a record is added, so
 * that one which was never seen is rare and not impossible. */
static double share_on_record(const struct spil_questions_room *room,
                              const spil_model_signal *signal)
{
    size_t entities = 0;
    for (unsigned k = 0; k < SPIL_ENTITY_KIND_COUNT; k++)
        if (signal->applies_to >> k & 1U)
            entities += room->kinds[k];
    return ((double)usual_of(room, signal->code).count + 0.5) / ((double)entities + 1);
}

/* ---- one question ---- */

static int larger_first(const void *left, const void *right)
{
    const double a = *(const double *)left, b = *(const double *)right;
    return (a < b) - (a > b);
}

/* From 1: one more than the pairs with a larger value. */
static size_t place_of(const struct spil_questions_room *room, double value)
{
    size_t low = 0, high = room->evidence->pair_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (room->sorted[middle] > value)
            low = middle + 1;
        else
            high = middle;
    }
    return low + 1;
}

static bool on_record(const struct spil_questions_room *room, const spil_question *q,
                      uint32_t entity)
{
    const spil_facts *const facts = room->facts;
    const spil_model *const model = room->models->models[q->model];
    const spil_model_step *const step = &model->steps[q->step];
    if (q->kind == SPIL_FACT_SIGNAL) {
        for (size_t i = facts->signal_row[entity]; i < facts->signal_row[entity + 1]; i++)
            if (strcmp(facts->signals[i].code, step->signals[q->item].code) == 0)
                return true;
        return false;
    }
    for (size_t i = facts->role_row[entity]; i < facts->role_row[entity + 1]; i++)
        if (strcmp(facts->roles[i].model, model->id) == 0 &&
            strcmp(facts->roles[i].step, step->id) == 0 &&
            strcmp(facts->roles[i].role, step->roles[q->item].id) == 0)
            return true;
    return false;
}

static bool can_ask(const struct spil_questions_room *room, const spil_question *q, uint32_t entity)
{
    const spil_model_step *const step = &room->models->models[q->model]->steps[q->step];
    const spil_kind_mask kinds = q->kind == SPIL_FACT_SIGNAL ? step->signals[q->item].applies_to
                                                             : step->roles[q->item].kinds;
    return (kinds >> room->facts->entities[entity].kind & 1U) && !on_record(room, q, entity);
}

static spil_fact answer_of(const struct spil_questions_room *room, const spil_question *q)
{
    const spil_model_step *const step = &room->models->models[q->model]->steps[q->step];
    const double membership = room->communities->membership[room->network->vertex[q->entity]];
    spil_fact fact = {.community = q->community,
                      .model = (uint32_t)q->model,
                      .step = (uint32_t)q->step,
                      .entity = q->entity,
                      .role = SPIL_NO_SEAT,
                      .kind = q->kind};
    if (q->kind == SPIL_FACT_SIGNAL) {
        const usual mine = usual_of(room, step->signals[q->item].code);
        fact.family = spil_family_of_signal(step, q->item);
        fact.column = spil_column_signal(room->evidence->columns, q->model, q->step, q->item);
        fact.weight =
            membership * (mine.count ? mine.weight / (double)mine.count : room->signal_weight);
    } else {
        fact.family = spil_family_of_role(step, q->item);
        fact.column = spil_column_role(room->evidence->columns, q->model);
        fact.role = (uint32_t)q->item;
        fact.weight = fact.q = membership * room->role_confidence;
    }
    return fact;
}

/* Share of the entity among the members who can be asked about. */
static double share_of(const struct spil_questions_room *room, const spil_question *q,
                       uint32_t entity)
{
    double all = 0;
    for (size_t i = room->member_row[q->community]; i < room->member_row[q->community + 1]; i++) {
        const uint32_t other = room->network->entity[room->member[i]];
        if (can_ask(room, q, other))
            all += 1 + room->own[other];
    }
    return (1 + room->own[entity]) / all;
}

static double chance_of(const struct spil_questions_room *room, const spil_question *q)
{
    const spil_model_step *const step = &room->models->models[q->model]->steps[q->step];
    const double its = room->step[q->step] * share_of(room, q, q->entity);
    if (q->kind == SPIL_FACT_ROLE)
        return its;
    const double often = share_on_record(room, &step->signals[q->item]);
    return often + its * (fmin(surest, often * step->signals[q->item].ratio.mid) - often);
}

/* For the pair that room->step and room->own are about. */
static spil_status weigh(const struct spil_questions_room *room, spil_question *q, spil_err *err)
{
    const spil_fact fact = answer_of(room, q);
    spil_replay_pair after = {0};
    const spil_status rc = spil_replay_pair_value(room->replay, q->pair, &fact, &after, err);
    if (rc != SPIL_OK)
        return rc;
    q->chance = chance_of(room, q);
    q->value_yes = after.value;
    q->place_yes = place_of(room, after.value);
    if (after.value < q->value)
        q->place_yes--; /* its own former place is above it */
    q->worth = q->place <= room->top || q->place_yes <= room->top
                   ? q->chance * fabs(q->value_yes - q->value)
                   : 0;
    return SPIL_OK;
}

/* ---- one pair ---- */

static spil_status open_pair(const struct spil_questions_room *room, size_t pair, spil_err *err)
{
    const spil_evidence *const evidence = room->evidence;
    spil_replay_pair now = {.step = room->step};
    for (size_t f = evidence->pair[pair]; f < evidence->pair[pair + 1]; f++)
        room->own[evidence->facts[f].entity]++;
    return spil_replay_pair_value(room->replay, pair, NULL, &now, err);
}

static void close_pair(const struct spil_questions_room *room, size_t pair)
{
    const spil_evidence *const evidence = room->evidence;
    for (size_t f = evidence->pair[pair]; f < evidence->pair[pair + 1]; f++)
        room->own[evidence->facts[f].entity] = 0;
}

/* The member who is likeliest to be the one; ties: the first. */
static bool choose_member(const struct spil_questions_room *room, spil_question *q)
{
    double best = 0;
    for (size_t i = room->member_row[q->community]; i < room->member_row[q->community + 1]; i++) {
        const uint32_t entity = room->network->entity[room->member[i]];
        const double weight =
            room->communities->membership[room->member[i]] * (1 + room->own[entity]);
        if (weight > best && can_ask(room, q, entity)) {
            best = weight;
            q->entity = entity;
        }
    }
    return best > 0;
}

typedef SPIL_VEC(spil_question) question_list;

static spil_status ask_item(const struct spil_questions_room *room, spil_question q,
                            question_list *found, spil_err *err)
{
    spil_status rc = SPIL_OK;
    if (!choose_member(room, &q))
        return SPIL_OK;
    TRY(weigh(room, &q, err));
    if (q.worth > 0)
        TRY(VEC_PUSH(*found, q, err));
done:
    return rc;
}

static spil_status ask_pair(const struct spil_questions_room *room, size_t pair,
                            question_list *found, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_fact *const first = &room->evidence->facts[room->evidence->pair[pair]];
    const spil_model *const model = room->models->models[first->model];
    spil_question q = {.community = first->community,
                       .pair = pair,
                       .model = first->model,
                       .value = room->value[pair],
                       .place = place_of(room, room->value[pair])};
    TRY(spil_check_stop(err));
    TRY(open_pair(room, pair, err));
    for (q.step = 0; q.step < model->step_count; q.step++) {
        const spil_model_step *const step = &model->steps[q.step];
        q.kind = SPIL_FACT_SIGNAL;
        for (q.item = 0; q.item < step->signal_count; q.item++) {
            q.partner = step->signals[q.item].partner;
            TRY(ask_item(room, q, found, err));
        }
        q.kind = SPIL_FACT_ROLE;
        q.partner = step->barriers[0].partner;
        for (q.item = 0; q.item < step->role_count; q.item++)
            TRY(ask_item(room, q, found, err));
    }
done:
    close_pair(room, pair);
    return rc;
}

/* ---- all ---- */

static int by_worth(const void *left, const void *right)
{
    const spil_question *const a = left, *const b = right;
    if (a->worth != b->worth)
        return a->worth > b->worth ? -1 : 1;
    if (a->pair != b->pair)
        return a->pair < b->pair ? -1 : 1;
    if (a->step != b->step)
        return a->step < b->step ? -1 : 1;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    return a->item < b->item ? -1 : a->item > b->item;
}

static spil_status open_room(struct spil_questions_room *room, const spil_questions_opts *opts,
                             spil_err *err)
{
    spil_status rc = SPIL_OK;
    size_t most_steps = 0;
    const spil_score_opts scoring = {.draws = 1, .seed = 1, .as_of = opts->as_of};
    TRY(spil_partition_members(&room->member_row, &room->member, &room->communities->best, err));
    TRY(spil_evidence_collect(&room->evidence, room->facts, room->network, room->communities,
                              room->member_row, room->member, room->models, &scoring, err));
    TRY(spil_effort_new(&room->looks, room->facts, err));
    const spil_against_place place = {room->facts, room->network,    room->models,
                                      room->looks, room->member_row, room->member};
    TRY(spil_replay_new(&room->replay, room->evidence, room->models, &place, err));
    TRY(count_signals(room, err));
    for (size_t m = 0; m < room->models->count; m++)
        if (room->models->models[m]->step_count > most_steps)
            most_steps = room->models->models[m]->step_count;
    const size_t pairs = room->evidence->pair_count;
    room->top = opts->top;
    TRY(NEW_ARRAY(room->step, most_steps, err));
    TRY(NEW_ARRAY(room->own, room->facts->entity_count, err));
    TRY(NEW_ARRAY(room->value, pairs, err));
    TRY(NEW_ARRAY(room->sorted, pairs, err));
    spil_replay_values(room->replay, room->value);
    memcpy(room->sorted, room->value, pairs * sizeof *room->sorted);
    if (pairs)
        qsort(room->sorted, pairs, sizeof *room->sorted, larger_first);
done:
    return rc;
}

spil_status spil_questions_find(spil_questions *out, const spil_facts *facts,
                                const spil_network *network, const spil_communities *communities,
                                const spil_model_set *models, const spil_questions_opts *opts,
                                spil_err *err)
{
    spil_status rc = SPIL_OK;
    question_list found = {0};
    *out = (spil_questions){.top = opts->top};
    TRY(NEW(out->room, err));
    struct spil_questions_room *const room = out->room;
    room->facts = facts;
    room->network = network;
    room->communities = communities;
    room->models = models;
    TRY(open_room(room, opts, err));
    out->pairs = room->evidence->pair_count;
    for (size_t p = 0; p < out->pairs; p++)
        TRY(ask_pair(room, p, &found, err));
    if (found.count)
        qsort(found.items, found.count, sizeof *found.items, by_worth);
    out->items = found.items;
    out->count = found.count;
    found.items = NULL;
done:
    spil_free(found.items);
    return rc;
}

void spil_questions_clear(spil_questions *questions)
{
    struct spil_questions_room *const room = questions->room;
    spil_free(questions->items);
    if (room) {
        spil_replay_free(room->replay);
        spil_evidence_free(room->evidence);
        spil_effort_free(room->looks);
        spil_strmap_free(room->codes);
        void *const blocks[] = {room->usual.items, room->member_row, room->member, room->value,
                                room->sorted,      room->step,       room->own};
        for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
            spil_free(blocks[i]);
    }
    spil_free(room);
    *questions = (spil_questions){0};
}

spil_status spil_question_about(const spil_questions *questions, spil_question *question,
                                uint32_t entity, bool *askable, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const struct spil_questions_room *const room = questions->room;
    const spil_vid v = room->network->vertex[entity];
    *askable = v != SPIL_NO_VERTEX && room->communities->best.of[v] == question->community &&
               can_ask(room, question, entity);
    if (!*askable)
        return SPIL_OK;
    question->entity = entity;
    TRY(open_pair(room, question->pair, err));
    rc = weigh(room, question, err);
done:
    close_pair(room, question->pair);
    return rc;
}
