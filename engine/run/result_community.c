/* result_community.c - which communities are shown, and in what order. See result_draft.h.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Those with the most telling chain (harm x mean) first; where nothing at all points to a model,
 * those with the most persons and companies. Then come, in order, those of the targets that are not
 * among them yet.
 */
#include "engine/run/result_draft.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct candidate {
    uint32_t k; /* of the run */
    double value;
    size_t people; /* persons and companies */
} candidate;

static int most_telling_first(const void *left, const void *right)
{
    const candidate *const a = left, *const b = right;
    if (a->value != b->value)
        return a->value > b->value ? -1 : 1;
    if (a->value < 0.0 && a->people != b->people)
        return a->people > b->people ? -1 : 1;
    return (a->k > b->k) - (a->k < b->k);
}

static size_t count_people(const spil_draft *draft, size_t k)
{
    const spil_results *const rows = draft->rows;
    size_t count = 0;
    for (size_t i = rows->member_row[k]; i < rows->member_row[k + 1]; i++) {
        const spil_entity_kind kind = draft->facts->entities[rows->members[i].entity].kind;
        count += kind == SPIL_ENTITY_person || kind == SPIL_ENTITY_company;
    }
    return count;
}

/* The best chain of community k: harm x mean; -1 without any. */
static double best_value(const spil_draft *draft, uint32_t k)
{
    const spil_results *const rows = draft->rows;
    double best = -1.0;
    for (size_t i = rows->score_row[k]; i < rows->score_row[k + 1]; i++) {
        const uint32_t model = spil_draft_model(draft, rows->scores[i].model);
        if (rows->scores[i].part == SPIL_PART_CHAIN && model != SPIL_NOT_SHOWN)
            best = fmax(best, draft->result->models[model].harm * rows->scores[i].probability.mean);
    }
    return best;
}

static spil_status show(spil_draft *draft, uint32_t k, spil_err *err)
{
    spil_result *const result = draft->result;
    const spil_community_row *const row = &draft->rows->communities[k];
    if (draft->shown_as[k] != SPIL_NOT_SHOWN)
        return SPIL_OK;
    draft->shown_as[k] = (uint32_t)result->community_count;
    spil_result_community *const out = &result->communities[result->community_count++];
    *out = (spil_result_community){.number = k + 1,
                                   .stats = {(spil_vid)row->size, row->inner_edges, row->cut_edges,
                                             row->density, row->conductance, row->stability}};
    return spil_draft_chains(draft, out, k, err);
}

static spil_status choose(spil_draft *draft, candidate *candidates, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_results *const rows = draft->rows;
    const size_t count = rows->community_count;
    for (size_t k = 0; k < count; k++) {
        candidates[k] =
            (candidate){(uint32_t)k, best_value(draft, (uint32_t)k), count_people(draft, k)};
        draft->result->scored_communities += candidates[k].value >= 0.0;
        draft->shown_as[k] = SPIL_NOT_SHOWN;
    }
    qsort(candidates, count, sizeof *candidates, most_telling_first);
    const bool any = draft->result->scored_communities > 0;
    for (size_t i = 0; i < count && i < draft->opts->communities; i++)
        if (!any || candidates[i].value >= 0.0)
            TRY(show(draft, candidates[i].k, err));
    for (size_t t = 0; t < rows->target_count; t++)
        if (draft->result->community_count < 3 * draft->opts->communities)
            TRY(show(draft, rows->actions[rows->targets[t].action].community, err));
done:
    return rc;
}

/* Values of one metric, by entity. */
static spil_status spread_metric(const spil_draft *draft, const char *name, double **out,
                                 spil_err *err)
{
    const spil_status rc = NEW_ARRAY(*out, draft->facts->entity_count, err);
    if (rc != SPIL_OK)
        return rc;
    for (size_t i = 0; i < draft->facts->entity_count; i++)
        (*out)[i] = (double)NAN;
    for (size_t m = 0; m < draft->rows->metric_count; m++) {
        const spil_metric_row *const metric = &draft->rows->metrics[m];
        if (strcmp(metric->name, name) != 0)
            continue;
        for (size_t i = 0; i < metric->count; i++)
            (*out)[metric->entity[i]] = metric->value[i];
    }
    return SPIL_OK;
}

/* Which links an edge is made of, by counting. */
static spil_status index_links(spil_draft *draft, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_network *const network = draft->network;
    const size_t edges = (size_t)network->csr->m, links = draft->facts->link_count;
    TRY(NEW_ARRAY(draft->edge_link_row, edges + 2, err));
    TRY(NEW_ARRAY(draft->edge_links, links, err));
    for (size_t i = 0; i < links; i++)
        if (network->link_edge[i] != SPIL_NO_EDGE)
            draft->edge_link_row[network->link_edge[i] + 2]++;
    for (size_t e = 2; e < edges + 2; e++)
        draft->edge_link_row[e] += draft->edge_link_row[e - 1];
    for (size_t i = 0; i < links; i++) /* row[e + 1] runs from the start of e to its end */
        if (network->link_edge[i] != SPIL_NO_EDGE)
            draft->edge_links[draft->edge_link_row[network->link_edge[i] + 1]++] = (uint32_t)i;
done:
    return rc;
}

spil_status spil_draft_communities(spil_draft *draft, spil_err *err)
{
    spil_status rc = SPIL_OK;
    candidate *candidates = NULL;
    const size_t count = draft->rows->community_count;
    TRY(NEW_ARRAY(candidates, count, err));
    TRY(NEW_ARRAY(draft->shown_as, count, err));
    TRY(DRAFT_ARRAY(draft, draft->result->communities, count, err));
    TRY(spread_metric(draft, "degree", &draft->degree, err));
    TRY(spread_metric(draft, "betweenness", &draft->betweenness, err));
    TRY(index_links(draft, err));
    TRY(choose(draft, candidates, err));
done:
    spil_free(candidates);
    return rc;
}
