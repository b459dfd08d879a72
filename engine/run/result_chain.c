/* result_chain.c - the chains of a community, step by step. See result_draft.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/result_draft.h"

#include <stdlib.h>
#include <string.h>

/* The rows of one community against one model. */
typedef struct place {
    const spil_draft *draft;
    uint32_t community; /* of the run */
    const char *model;
} place;

static const spil_score_row *find_score(const place *p, spil_score_part part, const char *step)
{
    const spil_results *const rows = p->draft->rows;
    for (size_t i = rows->score_row[p->community]; i < rows->score_row[p->community + 1]; i++) {
        const spil_score_row *const row = &rows->scores[i];
        if (row->part == part && strcmp(row->model, p->model) == 0 && strcmp(row->step, step) == 0)
            return row;
    }
    return NULL;
}

static bool recorded(const spil_facts *facts, const spil_holder_row *row)
{
    for (size_t i = facts->role_row[row->entity]; i < facts->role_row[row->entity + 1]; i++)
        if (strcmp(facts->roles[i].model, row->model) == 0 &&
            strcmp(facts->roles[i].step, row->step) == 0 &&
            strcmp(facts->roles[i].role, row->role) == 0)
            return true;
    return false;
}

static int likeliest_first(const void *left, const void *right)
{
    const spil_result_holder *const a = left, *const b = right;
    if (a->q != b->q)
        return a->q > b->q ? -1 : 1;
    return (a->entity > b->entity) - (a->entity < b->entity);
}

static spil_status add_holders(const place *p, const char *step, spil_result_role *out,
                               spil_err *err)
{
    const spil_results *const rows = p->draft->rows;
    const size_t from = rows->holder_row[p->community], to = rows->holder_row[p->community + 1];
    const spil_status rc = DRAFT_ARRAY(p->draft, out->holders, to - from, err);
    if (rc != SPIL_OK)
        return rc;
    for (size_t i = from; i < to; i++) {
        const spil_holder_row *const row = &rows->holders[i];
        if (strcmp(row->model, p->model) == 0 && strcmp(row->step, step) == 0 &&
            strcmp(row->role, out->id) == 0)
            out->holders[out->holder_count++] =
                (spil_result_holder){row->entity, row->q, recorded(p->draft->facts, row)};
    }
    qsort(out->holders, out->holder_count, sizeof *out->holders, likeliest_first);
    return SPIL_OK;
}

static spil_status add_roles(const place *p, const spil_model_step *step, spil_result_step *out,
                             spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(DRAFT_ARRAY(p->draft, out->roles, step->role_count, err));
    for (size_t i = 0; i < step->role_count; i++) {
        const spil_model_role *const role = &step->roles[i];
        out->roles[i] = (spil_result_role){.id = role->id,
                                           .names = role->names,
                                           .needed = role->needed,
                                           .facilitator = role->facilitator};
        TRY(add_holders(p, step->id, &out->roles[i], err));
    }
    out->role_count = step->role_count;
done:
    return rc;
}

spil_result_barrier spil_draft_barrier(const spil_model_barrier *barrier)
{
    return (spil_result_barrier){.id = barrier->id,
                                 .basis = barrier->basis,
                                 .names = barrier->names,
                                 .partner = barrier->partner,
                                 .hours = barrier->hours,
                                 .lead_days = barrier->lead_days,
                                 .effect =
                                     barrier->effect_a / (barrier->effect_a + barrier->effect_b),
                                 .learned = barrier->learned,
                                 .assumed = barrier->assumed};
}

static spil_status add_step(const place *p, const spil_model_step *step, spil_result_step *out,
                            spil_err *err)
{
    const spil_score_row *const row = find_score(p, SPIL_PART_STEP, step->id);
    *out = (spil_result_step){.id = step->id,
                              .names = step->names,
                              .required = step->required,
                              .any_time = step->any_time,
                              .any_of = step->any_of};
    if (row) {
        out->weakest = row->weakest;
        out->probability = spil_draft_spread(row->probability);
        out->filled = spil_draft_spread(row->filled);
        out->stand_ins = row->stand_ins;
    }
    spil_status rc = DRAFT_ARRAY(p->draft, out->barriers, step->barrier_count, err);
    if (rc != SPIL_OK)
        return rc;
    for (size_t i = 0; i < step->barrier_count; i++)
        out->barriers[i] = spil_draft_barrier(&step->barriers[i]);
    out->barrier_count = step->barrier_count;
    return add_roles(p, step, out, err);
}

static spil_status add_falls(const place *p, spil_result_chain *out, spil_err *err)
{
    const spil_results *const rows = p->draft->rows;
    const size_t from = rows->fall_row[p->community], to = rows->fall_row[p->community + 1];
    const spil_status rc = DRAFT_ARRAY(p->draft, out->falls, to - from, err);
    if (rc != SPIL_OK)
        return rc;
    for (size_t i = from; i < to; i++) /* by mean fall already: the writer's order */
        if (strcmp(rows->falls[i].model, p->model) == 0)
            out->falls[out->fall_count++] =
                (spil_result_fall){rows->falls[i].entity, spil_draft_spread(rows->falls[i].fall)};
    return SPIL_OK;
}

static spil_status add_chain(const spil_draft *draft, uint32_t k, const spil_score_row *row,
                             spil_result_chain *out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const place p = {draft, k, row->model};
    const uint32_t at = spil_draft_model(draft, row->model);
    if (at == SPIL_NOT_SHOWN)
        return spil_fail(err, SPIL_INPUT, "run %lld scores model '%s', which it does not name",
                         (long long)draft->rows->run.id, row->model);
    const spil_model *const model = spil_draft_model_file(draft, at);
    const spil_score_row *const process = find_score(&p, SPIL_PART_PROCESS, "");
    *out = (spil_result_chain){.model = at,
                               .chain = spil_draft_spread(row->probability),
                               .value = model->harm * row->probability.mean};
    if (process)
        out->process = spil_draft_spread(process->probability);
    if (!find_score(&p, SPIL_PART_STEP, model->steps[0].id)) /* its chain alone is known */
        return SPIL_OK;
    TRY(DRAFT_ARRAY(draft, out->steps, model->step_count, err));
    for (size_t s = 0; s < model->step_count; s++)
        TRY(add_step(&p, &model->steps[s], &out->steps[s], err));
    out->step_count = model->step_count;
    TRY(add_falls(&p, out, err));
done:
    return rc;
}

static int most_valued_first(const void *left, const void *right)
{
    const spil_result_chain *const a = left, *const b = right;
    if (a->value != b->value)
        return a->value > b->value ? -1 : 1;
    return (a->model > b->model) - (a->model < b->model);
}

spil_status spil_draft_chains(spil_draft *draft, spil_result_community *out, uint32_t k,
                              spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_results *const rows = draft->rows;
    size_t count = 0;
    for (size_t i = rows->score_row[k]; i < rows->score_row[k + 1]; i++)
        count += rows->scores[i].part == SPIL_PART_CHAIN;
    TRY(DRAFT_ARRAY(draft, out->chains, count, err));
    for (size_t i = rows->score_row[k]; i < rows->score_row[k + 1]; i++)
        if (rows->scores[i].part == SPIL_PART_CHAIN)
            TRY(add_chain(draft, k, &rows->scores[i], &out->chains[out->chain_count++], err));
    qsort(out->chains, out->chain_count, sizeof *out->chains, most_valued_first);
done:
    return rc;
}
