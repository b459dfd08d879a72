/* keep.c - see keep.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/keep.h"

#include "engine/base/vec.h"
#include "engine/run/words.h"

#include <stdio.h>

spil_status spil_keep_models(spil_store *store, int64_t run, const spil_model_set *models,
                             spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (size_t i = 0; rc == SPIL_OK && i < models->count; i++) {
        const spil_model *const model = models->models[i];
        char harm[120];
        (void)snprintf(harm, sizeof harm, SPIL_FIGURE_HARM "%s", model->id);
        TRY(spil_store_add_run_models(store, run,
                                      &(spil_run_model_row){.model = model->id,
                                                            .version = model->version,
                                                            .digest = model->digest},
                                      1, err));
        TRY(spil_store_add_figures(store, run, &(spil_figure_row){harm, model->harm}, 1, err));
    }
done:
    return rc;
}

spil_status spil_keep_metric(spil_store *store, int64_t run, const spil_facts *facts,
                             const spil_network *network, const spil_metric *metric,
                             const spil_metric_note *note, const double *value, spil_err *err)
{
    return spil_store_add_metric(store, run, facts,
                                 &(spil_metric_row){.name = metric->name,
                                                    .approximate = note->approximate,
                                                    .error = note->error,
                                                    .confidence = note->confidence,
                                                    .entity = network->entity,
                                                    .value = value,
                                                    .count = network->csr->n,
                                                    .sure_ranks = note->sure_ranks,
                                                    .top_error = note->top_error},
                                 err);
}

spil_status spil_keep_communities(spil_store *store, int64_t run, const spil_facts *facts,
                                  const spil_network *network, const spil_communities *communities,
                                  spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_partition *const best = &communities->best;
    spil_community_row *rows = NULL;
    spil_member_row *members = NULL;
    size_t count = 0;
    TRY(NEW_ARRAY(rows, best->count, err));
    TRY(NEW_ARRAY(members, best->n, err));
    for (uint32_t k = 0; k < best->count; k++) {
        const spil_community_stats *const s = &communities->stats[k];
        rows[k] = (spil_community_row){.size = s->size,
                                       .inner_edges = s->inner_edges,
                                       .cut_edges = s->cut_edges,
                                       .density = s->density,
                                       .conductance = s->conductance,
                                       .stability = s->stability};
    }
    for (spil_vid v = 0; v < best->n; v++)
        if (best->of[v] != SPIL_NO_COMMUNITY)
            members[count++] = (spil_member_row){.community = best->of[v],
                                                 .entity = network->entity[v],
                                                 .membership = communities->membership[v]};
    TRY(spil_store_add_communities(store, run, rows, best->count, err));
    TRY(spil_store_add_members(store, run, facts, members, count, err));
    rc = spil_store_add_figures(store, run, &(spil_figure_row){SPIL_FIGURE_QUALITY, best->quality},
                                1, err);
done:
    spil_free(members);
    spil_free(rows);
    return rc;
}

/* ---- scores ---- */

static spil_points points(spil_spread spread)
{
    return (spil_points){spread.p5, spread.p50, spread.p95, spread.mean};
}

/* Chain, process, and each step with its roles. */
static spil_status keep_steps(spil_store *store, int64_t run, const spil_model *model,
                              const spil_score *score, size_t draws, spil_err *err)
{
    spil_status rc = SPIL_OK;
    SPIL_VEC(spil_score_row) rows = {0};
    spil_score_row row = {.community = score->community, .model = model->id};
    row.part = SPIL_PART_CHAIN;
    row.probability = points(score->chain);
    row.draw = score->chain_draw;
    TRY(VEC_PUSH(rows, row, err));
    row.part = SPIL_PART_PROCESS;
    row.probability = points(score->process);
    row.draw = NULL;
    TRY(VEC_PUSH(rows, row, err));
    for (size_t s = 0; s < score->step_count; s++) {
        const spil_model_step *const step = &model->steps[s];
        const spil_step_score *const of_step = &score->steps[s];
        TRY(VEC_PUSH(rows,
                     ((spil_score_row){.community = score->community,
                                       .part = SPIL_PART_STEP,
                                       .model = model->id,
                                       .step = step->id,
                                       .probability = points(of_step->probability),
                                       .filled = points(of_step->filled),
                                       .stand_ins = of_step->stand_ins,
                                       .weakest = of_step->weakest}),
                     err));
        for (size_t r = 0; r < step->role_count; r++)
            TRY(VEC_PUSH(rows,
                         ((spil_score_row){.community = score->community,
                                           .part = SPIL_PART_ROLE,
                                           .model = model->id,
                                           .step = step->id,
                                           .role = step->roles[r].id,
                                           .filled = points(of_step->roles[r].filled),
                                           .stand_ins = of_step->roles[r].seats}),
                         err));
    }
    rc = spil_store_add_scores(store, run, draws, rows.items, rows.count, err);
done:
    spil_free(rows.items);
    return rc;
}

static spil_status keep_holders(spil_store *store, int64_t run, const spil_facts *facts,
                                const spil_model *model, const spil_score *score, spil_err *err)
{
    spil_holder_row *rows = NULL;
    spil_status rc = NEW_ARRAY(rows, score->holder_count, err);
    if (rc != SPIL_OK)
        return rc;
    for (size_t i = 0; i < score->holder_count; i++) {
        const spil_holder *const h = &score->holders[i];
        const spil_model_step *const step = &model->steps[h->step];
        rows[i] = (spil_holder_row){.community = score->community,
                                    .entity = h->entity,
                                    .model = model->id,
                                    .step = step->id,
                                    .role = step->roles[h->role].id,
                                    .q = h->q};
    }
    rc = spil_store_add_holders(store, run, facts, rows, score->holder_count, err);
    spil_free(rows);
    return rc;
}

static spil_status keep_falls(spil_store *store, int64_t run, const spil_facts *facts,
                              const spil_model *model, const spil_score *score, spil_err *err)
{
    spil_fall_row *rows = NULL;
    spil_status rc = NEW_ARRAY(rows, score->entity_count, err);
    if (rc != SPIL_OK)
        return rc;
    for (size_t i = 0; i < score->entity_count; i++)
        rows[i] = (spil_fall_row){.community = score->community,
                                  .entity = score->entities[i].entity,
                                  .model = model->id,
                                  .fall = points(score->entities[i].fall)};
    rc = spil_store_add_falls(store, run, facts, rows, score->entity_count, err);
    spil_free(rows);
    return rc;
}

static spil_reference reference_of(const spil_contribution *c)
{
    switch (c->kind) {
    case SPIL_FACT_SIGNAL:
        return SPIL_REFERENCE_SIGNAL;
    case SPIL_FACT_OPPORTUNITY:
        return SPIL_REFERENCE_ATTRIBUTE;
    case SPIL_FACT_ROLE:
        return SPIL_REFERENCE_ROLE;
    case SPIL_FACT_RULE:
        switch (c->saw.kind) {
        case SPIL_SAW_ATTRIBUTE:
            return SPIL_REFERENCE_ATTRIBUTE;
        case SPIL_SAW_LINK:
            return SPIL_REFERENCE_LINK;
        case SPIL_SAW_SIGNAL:
            return SPIL_REFERENCE_SIGNAL;
        case SPIL_SAW_NOTHING:
            break;
        }
        break;
    case SPIL_FACT_POSITION:
        break;
    }
    return SPIL_REFERENCE_NONE;
}

static spil_status keep_reasons(spil_store *store, int64_t run, const spil_facts *facts,
                                const spil_model *model, const spil_score *score, spil_err *err)
{
    spil_contribution_row *rows = NULL;
    spil_status rc = NEW_ARRAY(rows, score->contribution_count, err);
    if (rc != SPIL_OK)
        return rc;
    for (size_t i = 0; i < score->contribution_count; i++) {
        const spil_contribution *const c = &score->contributions[i];
        rows[i] = (spil_contribution_row){
            .community = score->community,
            .entity = c->entity,
            .model = model->id,
            .step = c->step < model->step_count ? model->steps[c->step].id : "",
            .kind = spil_fact_word(c->kind),
            .name = c->name,
            .refers = reference_of(c),
            .reference = c->kind == SPIL_FACT_RULE ? c->saw.reference : c->reference,
            .value = c->value};
    }
    rc = spil_store_add_contributions(store, run, facts, rows, score->contribution_count, err);
    spil_free(rows);
    return rc;
}

spil_status spil_keep_scores(spil_store *store, int64_t run, const spil_facts *facts,
                             const spil_model_set *models, const spil_scores *scores, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (size_t i = 0; i < scores->count; i++) {
        const spil_score *const score = &scores->scores[i];
        const spil_model *const model = models->models[score->model];
        TRY(spil_check_stop(err));
        TRY(keep_steps(store, run, model, score, scores->draws, err));
        TRY(keep_holders(store, run, facts, model, score, err));
        TRY(keep_falls(store, run, facts, model, score, err));
        TRY(keep_reasons(store, run, facts, model, score, err));
    }
done:
    return rc;
}

/* ---- actions ---- */

spil_status spil_keep_actions(spil_store *store, int64_t run, const spil_facts *facts,
                              const spil_model_set *models, const spil_actions *actions,
                              spil_err *err)
{
    spil_action_row *rows = NULL;
    spil_status rc = NEW_ARRAY(rows, actions->count, err);
    if (rc != SPIL_OK)
        return rc;
    for (size_t i = 0; i < actions->count; i++) {
        const spil_action *const a = &actions->actions[i];
        const spil_model *const model = models->models[a->model];
        const spil_model_step *const step = &model->steps[a->step];
        rows[i] = (spil_action_row){.community = a->community,
                                    .entity = a->entity,
                                    .model = model->id,
                                    .step = step->id,
                                    .barrier = step->barriers[a->barrier].id,
                                    .partner = spil_partner_id(a->partner),
                                    .hours = a->hours,
                                    .lead_days = a->lead_days,
                                    .cost = a->cost,
                                    .covert = a->covert,
                                    .moved = a->moved,
                                    .abroad = a->abroad,
                                    .effect = a->effect,
                                    .recovers = a->recovers,
                                    .candidates = a->candidates,
                                    .gain = points(a->gain),
                                    .draw = a->draw};
    }
    rc = spil_store_add_actions(store, run, facts, actions->draws, rows, actions->count, err);
    spil_free(rows);
    return rc;
}
