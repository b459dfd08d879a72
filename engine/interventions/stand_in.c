/* stand_in.c - see stand_in.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/interventions/stand_in.h"

#include <math.h>

struct spil_stand_in_room {
    const spil_facts *facts;
    const spil_network *network;
    uint32_t *seen; /* by vertex: the question in which it was last met */
    uint32_t question;
};

spil_status spil_stand_in_room_new(spil_stand_in_room **out, const spil_facts *facts,
                                   const spil_network *network, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_stand_in_room *room = NULL;
    TRY(NEW(room, err));
    room->facts = facts;
    room->network = network;
    TRY(NEW_ARRAY(room->seen, network->csr->n, err));
    *out = room;
    room = NULL;
done:
    spil_stand_in_room_free(room);
    return rc;
}

void spil_stand_in_room_free(spil_stand_in_room *room)
{
    if (!room)
        return;
    spil_free(room->seen);
    spil_free(room);
}

double spil_stand_in_chance(const spil_model *model, double substitutability, uint32_t near,
                            uint32_t far)
{
    const double attempts = floor(model->horizon_days / model->attempt_days);
    const double first = fmin(near, attempts), second = fmin(far, attempts - first);
    const double fails = pow(1 - model->reach[0] * substitutability, first) *
                         pow(1 - model->reach[1] * substitutability, second);
    return 1 - fails;
}

typedef struct vacancy {
    spil_kind_mask kinds;
    double substitutability;
} vacancy;

static vacancy vacancy_of(const spil_model_step *step, const spil_score *score, size_t s,
                          uint32_t entity, spil_entity_kind kind)
{
    const spil_kind_mask own = (spil_kind_mask)1 << kind;
    const spil_model_role *role = NULL;
    double most = 0;
    for (size_t i = 0; i < score->holder_count; i++) {
        const spil_holder *const holder = &score->holders[i];
        if (holder->step == s && holder->entity == entity && holder->q > most) {
            most = holder->q;
            role = &step->roles[holder->role];
        }
    }
    for (size_t r = 0; r < step->role_count && !role; r++)
        if (step->roles[r].kinds & own)
            role = &step->roles[r];
    if (role)
        return (vacancy){role->kinds, role->substitutability};
    double largest = step->role_count ? 0 : 1;
    for (size_t r = 0; r < step->role_count; r++)
        largest = fmax(largest, step->roles[r].substitutability);
    return (vacancy){own, largest};
}

/* Meets the vertex: true, once a question, when it could take over. */
static bool meets(spil_stand_in_room *room, spil_vid v, spil_kind_mask kinds)
{
    if (room->seen[v] == room->question)
        return false;
    room->seen[v] = room->question;
    return kinds >> room->facts->entities[room->network->entity[v]].kind & 1U;
}

/* A new question, in which those who serve the step already have been met. */
static void begin(spil_stand_in_room *room, const spil_score *score, size_t step)
{
    if (++room->question == 0) { /* after 2^32 questions the marks are stale: clear them */
        for (spil_vid v = 0; v < room->network->csr->n; v++)
            room->seen[v] = 0;
        room->question = 1;
    }
    for (size_t i = 0; i < score->holder_count; i++)
        if (score->holders[i].step == step)
            room->seen[room->network->vertex[score->holders[i].entity]] = room->question;
}

spil_stand_ins spil_stand_in_find(spil_stand_in_room *room, const spil_model *model,
                                  const spil_score *score, size_t step, uint32_t entity)
{
    const spil_csr *const g = room->network->csr;
    const spil_vid start = room->network->vertex[entity];
    const vacancy open =
        vacancy_of(&model->steps[step], score, step, entity, room->facts->entities[entity].kind);
    spil_stand_ins found = {0, 0, 0};
    begin(room, score, step);
    room->seen[start] = room->question;
    for (spil_eid i = g->row[start]; i < g->row[start + 1]; i++)
        found.near += meets(room, g->col[i], open.kinds);
    for (spil_eid i = g->row[start]; i < g->row[start + 1]; i++)
        for (spil_eid j = g->row[g->col[i]]; j < g->row[g->col[i] + 1]; j++)
            found.far += meets(room, g->col[j], open.kinds);
    found.recovers = spil_stand_in_chance(model, open.substitutability, found.near, found.far);
    return found;
}
