/* truth_harm.c - see truth_harm.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/plans/truth_harm.h"

#include "engine/interventions/stand_in.h"

#include <math.h>

typedef struct judge {
    const spil_bench_case *it;
    const spil_bench_deed *deeds;
    size_t deed_count;
    uint32_t *seen, question; /* by vertex */
    double *lost;             /* seats: chance that so many of a role are out */
} judge;

/* ---- recovery ---- */

static bool meets(judge *j, spil_vid v, spil_kind_mask kinds)
{
    if (j->seen[v] == j->question)
        return false;
    j->seen[v] = j->question;
    return kinds >> j->it->facts->entities[j->it->network->entity[v]].kind & 1U;
}

static double recovers(judge *j, const spil_bench_seat *seat)
{
    const spil_bench_case *const it = j->it;
    const spil_csr *const g = it->network->csr;
    const spil_model *const model = it->models->models[it->planted[seat->planted].model];
    const spil_model_role *const role = &model->steps[seat->step].roles[seat->role];
    const spil_vid start = it->network->vertex[seat->entity];
    uint32_t near = 0, far = 0;
    if (start == SPIL_NO_VERTEX)
        return 0;
    j->question++;
    for (size_t i = 0; i < it->seat_count; i++)
        if (it->seats[i].planted == seat->planted && it->seats[i].step == seat->step &&
            it->network->vertex[it->seats[i].entity] != SPIL_NO_VERTEX)
            j->seen[it->network->vertex[it->seats[i].entity]] = j->question;
    for (spil_eid i = g->row[start]; i < g->row[start + 1]; i++)
        near += meets(j, g->col[i], role->kinds);
    for (spil_eid i = g->row[start]; i < g->row[start + 1]; i++)
        for (spil_eid k = g->row[g->col[i]]; k < g->row[g->col[i] + 1]; k++)
            far += meets(j, g->col[k], role->kinds);
    return spil_stand_in_chance(model, role->substitutability, near, far);
}

/* ---- seats, roles, steps, chains ---- */

static double works(const spil_model_barrier *barrier)
{
    double moved = 0;
    for (size_t i = 0; i < barrier->shift_count; i++)
        moved += barrier->shifts[i].share;
    return barrier->effect_a / (barrier->effect_a + barrier->effect_b) * (1 - moved);
}

/* Chance that the seat is empty in the end. */
static double is_out(judge *j, const spil_bench_seat *seat)
{
    const size_t m = j->it->planted[seat->planted].model;
    double stays = 1;
    for (size_t i = 0; i < j->deed_count; i++) {
        const spil_bench_deed *const deed = &j->deeds[i];
        if (deed->entity == seat->entity && deed->model == m && deed->step == seat->step)
            stays *=
                1 - works(&j->it->models->models[m]->steps[deed->step].barriers[deed->barrier]);
    }
    return stays < 1 ? (1 - stays) * (1 - recovers(j, seat)) : 0;
}

/* Those whom no file names hold their seats. */
static double role_works(judge *j, uint32_t planted, size_t step, size_t role, uint32_t needed)
{
    const spil_bench_case *const it = j->it;
    size_t holders = 0;
    double sum = 0;
    j->lost[0] = 1;
    for (size_t i = 0; i < it->seat_count; i++) {
        const spil_bench_seat *const seat = &it->seats[i];
        if (seat->planted != planted || seat->step != step || seat->role != role)
            continue;
        const double out = is_out(j, seat);
        j->lost[++holders] = 0;
        for (size_t k = holders; k > 0; k--)
            j->lost[k] = j->lost[k] * (1 - out) + j->lost[k - 1] * out;
        j->lost[0] *= 1 - out;
    }
    const size_t spare = holders > needed ? holders - needed : 0;
    for (size_t k = 0; k <= spare && k <= holders; k++)
        sum += j->lost[k];
    return sum;
}

static double chain_runs(judge *j, uint32_t planted)
{
    const spil_model *const model = j->it->models->models[j->it->planted[planted].model];
    double all = 1;
    for (size_t first = 0, end; first < model->step_count; first = end) {
        double none = 1;
        end = first + 1;
        while (model->steps[first].group != SPIL_NO_GROUP && end < model->step_count &&
               model->steps[end].group == model->steps[first].group)
            end++;
        for (size_t s = first; s < end; s++) {
            double step = 1;
            for (size_t r = 0; r < model->steps[s].role_count; r++)
                step *= role_works(j, planted, s, r, model->steps[s].roles[r].needed);
            none *= 1 - step;
        }
        if (model->steps[first].required)
            all *= 1 - none;
    }
    return all;
}

spil_status spil_bench_harm(double *prevented, double *possible, const spil_bench_case *it,
                            const spil_bench_deed *deeds, size_t count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    judge j = {.it = it, .deeds = deeds, .deed_count = count};
    *prevented = *possible = 0;
    TRY(NEW_ARRAY(j.seen, it->network->csr->n, err));
    TRY(NEW_ARRAY(j.lost, it->seat_count + 1, err));
    for (uint32_t p = 0; p < it->planted_count; p++) {
        if (!it->planted[p].named)
            continue;
        const double harm = it->models->models[it->planted[p].model]->harm;
        *possible += harm;
        *prevented += harm * (1 - chain_runs(&j, p));
    }
done:
    spil_free(j.seen);
    spil_free(j.lost);
    return rc;
}
