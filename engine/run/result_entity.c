/* result_entity.c - every entity that is shown, once, with its metrics. See result_draft.h.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * First every place that names an entity marks it; then the marked ones get their positions, in the
 * order of the facts (by key); then every place is translated. Both walks are the same function.
 */
#include "engine/metrics/metric.h"
#include "engine/run/result_draft.h"

#include <math.h>

static void mark(uint32_t *entity_at, uint32_t *entity)
{
    entity_at[*entity] = 1;
}

static void translate(uint32_t *entity_at, uint32_t *entity)
{
    *entity = entity_at[*entity];
}

static void each_in_chain(spil_draft *draft, spil_result_chain *chain,
                          void (*visit)(uint32_t *entity_at, uint32_t *entity))
{
    for (size_t i = 0; i < chain->fall_count; i++)
        visit(draft->entity_at, &chain->falls[i].entity);
    for (size_t s = 0; s < chain->step_count; s++)
        for (size_t r = 0; r < chain->steps[s].role_count; r++) {
            spil_result_role *const role = &chain->steps[s].roles[r];
            for (size_t h = 0; h < role->holder_count; h++)
                visit(draft->entity_at, &role->holders[h].entity);
        }
}

static void each_entity(spil_draft *draft, void (*visit)(uint32_t *entity_at, uint32_t *entity))
{
    spil_result *const result = draft->result;
    for (size_t c = 0; c < result->community_count; c++) {
        spil_result_community *const community = &result->communities[c];
        for (size_t i = 0; i < community->node_count; i++)
            visit(draft->entity_at, &community->nodes[i].entity);
        for (size_t i = 0; i < community->chain_count; i++)
            each_in_chain(draft, &community->chains[i], visit);
    }
    for (size_t t = 0; t < result->target_count; t++)
        visit(draft->entity_at, &result->targets[t].entity);
}

/* The records that entity i of the facts is made of, where it was merged. */
static spil_status list_records(spil_draft *draft, size_t i, spil_result_entity *out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_facts *const facts = draft->facts;
    const size_t begin = facts->member_row[i], count = facts->member_row[i + 1] - begin;
    if (count == 0)
        return SPIL_OK;
    TRY(DRAFT_ARRAY(draft, out->also, count, err));
    for (size_t k = 0; k < count; k++) {
        const spil_member *const it = &facts->members[begin + k];
        out->also[k] = (spil_result_alias){.key = it->key,
                                           .name = it->label[0] ? it->label : it->key,
                                           .origin = spil_draft_origin(draft, it->origin)};
    }
    out->also_count = count;
done:
    return rc;
}

static spil_status list_entities(spil_draft *draft, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_facts *const facts = draft->facts;
    spil_result *const result = draft->result;
    size_t count = 0;
    for (size_t i = 0; i < facts->entity_count; i++)
        count += draft->entity_at[i];
    TRY(DRAFT_ARRAY(draft, result->entities, count, err));
    for (size_t i = 0; i < facts->entity_count; i++) {
        const spil_entity *const entity = &facts->entities[i];
        if (!draft->entity_at[i]) {
            draft->entity_at[i] = SPIL_NOT_SHOWN;
            continue;
        }
        draft->entity_at[i] = (uint32_t)result->entity_count;
        result->entities[result->entity_count] =
            (spil_result_entity){.key = entity->key,
                                 .name = spil_entity_name(entity),
                                 .type = entity->type,
                                 .kind = entity->kind,
                                 .origin = spil_draft_origin(draft, entity->origin)};
        TRY(list_records(draft, i, &result->entities[result->entity_count], err));
        result->entity_count++;
    }
done:
    return rc;
}

static spil_status add_metric(spil_draft *draft, const spil_metric_row *row,
                              spil_result_metric *out, spil_err *err)
{
    const size_t count = draft->result->entity_count;
    const spil_metric *const metric = spil_metric_find(row->name);
    *out = (spil_result_metric){
        .name = row->name,
        .label = {metric ? metric->label_nl : row->name, metric ? metric->label_en : row->name},
        .integral = metric && metric->integral,
        .sampled = row->approximate,
        .error = row->error,
        .confidence = row->confidence,
        .sure_ranks = row->sure_ranks,
        .top_error = row->top_error};
    const spil_status rc = DRAFT_ARRAY(draft, out->values, count, err);
    if (rc != SPIL_OK)
        return rc;
    for (size_t i = 0; i < count; i++)
        out->values[i] = (double)NAN;
    for (size_t i = 0; i < row->count; i++)
        if (draft->entity_at[row->entity[i]] != SPIL_NOT_SHOWN)
            out->values[draft->entity_at[row->entity[i]]] = row->value[i];
    return SPIL_OK;
}

spil_status spil_draft_entities(spil_draft *draft, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_result *const result = draft->result;
    TRY(NEW_ARRAY(draft->entity_at, draft->facts->entity_count, err));
    each_entity(draft, mark);
    TRY(list_entities(draft, err));
    each_entity(draft, translate);
    TRY(DRAFT_ARRAY(draft, result->metrics, draft->rows->metric_count, err));
    for (size_t m = 0; m < draft->rows->metric_count; m++)
        TRY(add_metric(draft, &draft->rows->metrics[m], &result->metrics[m], err));
    result->metric_count = draft->rows->metric_count;
done:
    return rc;
}
