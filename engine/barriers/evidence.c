/* evidence.c - see evidence.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals, recorded roles and rules first; they decide which pairs of community and model are
 * looked at. Opportunities are then looked for in those communities alone. Time: that of the parts
 * (evidence_*.c), and a sort.
 */
#include "engine/barriers/evidence_inside.h"

#include "engine/barriers/against.h"

#include <stdlib.h>
#include <string.h>

/* ---- families of a step ---- */

uint32_t spil_family_of_signal(const spil_model_step *step, size_t signal)
{
    size_t first = 0;
    while (strcmp(step->signals[first].family, step->signals[signal].family) != 0)
        first++;
    return (uint32_t)first;
}

uint32_t spil_family_of_opportunity(const spil_model_step *step, size_t opportunity)
{
    return (uint32_t)(step->signal_count + opportunity);
}

uint32_t spil_family_of_role(const spil_model_step *step, size_t role)
{
    return (uint32_t)(step->signal_count + step->opportunity_count + role);
}

uint32_t spil_family_of_rule(const spil_model_step *step, size_t rule)
{
    return (uint32_t)(step->signal_count + step->opportunity_count + step->role_count + rule);
}

/* ---- one fact ---- */

bool spil_collector_place(const spil_collector *all, uint32_t entity, spil_fact *fact,
                          double *membership)
{
    const spil_vid v = all->network->vertex[entity];
    if (v == SPIL_NO_VERTEX)
        return false;
    fact->entity = entity;
    const uint32_t community = all->communities->best.of[v];
    if (community == SPIL_NO_COMMUNITY ||
        (all->opts->community && community != *all->opts->community))
        return false;
    fact->community = community;
    *membership = all->communities->membership[v];
    return true;
}

bool spil_kind_admits(spil_kind_mask mask, spil_entity_kind kind)
{
    return mask >> kind & 1U;
}

/* ---- order ---- */

static int compare_size(size_t a, size_t b)
{
    return a < b ? -1 : a > b;
}

static int by_place(const void *left, const void *right)
{
    const spil_fact *const a = left, *const b = right;
    int order = compare_size(a->community, b->community);
    if (order == 0)
        order = compare_size(a->model, b->model);
    if (order == 0)
        order = compare_size(a->step, b->step);
    if (order == 0)
        order = compare_size(a->kind, b->kind);
    if (order == 0)
        order = strcmp(a->name, b->name);
    if (order == 0)
        order = compare_size(a->entity, b->entity);
    return order ? order : compare_size(a->reference, b->reference);
}

void spil_collector_sort(spil_collector *all)
{
    if (all->out.count)
        qsort(all->out.items, all->out.count, sizeof(spil_fact), by_place);
}

bool spil_same_pair(const spil_fact *a, const spil_fact *b)
{
    return a->community == b->community && a->model == b->model;
}

/* ---- all ---- */

static spil_status find_pairs(spil_evidence *evidence, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_fact *const facts = evidence->facts;
    size_t count = 0;
    TRY(NEW_ARRAY(evidence->pair, evidence->fact_count + 1, err));
    for (size_t f = 0; f < evidence->fact_count; f++)
        if (f == 0 || !spil_same_pair(&facts[f], &facts[f - 1]))
            evidence->pair[count++] = f;
    evidence->pair[count] = evidence->fact_count;
    evidence->pair_count = count;
done:
    return rc;
}

const double *spil_evidence_against(const spil_evidence *evidence, size_t pair)
{
    return evidence->against ? evidence->against + pair * SPIL_MODEL_STEPS_MOST : NULL;
}

static void clear(spil_collector *all)
{
    spil_free(all->code);
    spil_free(all->signal_steps);
    spil_free(all->out.items);
    spil_strmap_free(all->codes);
    spil_link_index_clear(&all->links);
    spil_columns_free(all->columns);
    spil_effort_free(all->looks);
}

spil_status spil_evidence_collect(spil_evidence **out, const spil_facts *facts,
                                  const spil_network *network, const spil_communities *communities,
                                  const size_t *member_row, const spil_vid *member,
                                  const spil_model_set *models, const spil_score_opts *opts,
                                  spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_evidence *evidence = NULL;
    spil_collector all = {.facts = facts,
                          .network = network,
                          .communities = communities,
                          .models = models,
                          .opts = opts,
                          .as_of = opts->as_of == SPIL_NO_DAY ? facts->newest : opts->as_of};
    TRY(NEW(evidence, err));
    TRY(spil_columns_new(&all.columns, models, err));
    TRY(spil_link_index_build(&all.links, facts, err));
    TRY(spil_number_codes(&all, err));
    TRY(spil_effort_new(&all.looks, facts, err));
    for (size_t m = 0; m < models->count; m++) {
        TRY(spil_collect_signals(&all, m, err));
        TRY(spil_collect_rules(&all, m, err));
    }
    TRY(spil_collect_roles(&all, err));
    TRY(spil_collect_opportunities(&all, member_row, member, err));
    evidence->facts = all.out.items;
    evidence->fact_count = all.out.count;
    all.out.items = NULL;
    TRY(find_pairs(evidence, err));
    const spil_against_place place = {facts, network, models, all.looks, member_row, member};
    TRY(spil_against_find(evidence, &place, err));
    evidence->columns = all.columns;
    all.columns = NULL;
    if (!opts->number) {
        TRY(NEW_ARRAY(evidence->drawn, opts->draws * evidence->columns->count, err));
        spil_columns_draw(evidence->columns, opts->seed, opts->draws, evidence->drawn);
    }
    evidence->number = opts->number ? opts->number : evidence->drawn;
    *out = evidence;
    evidence = NULL;
done:
    clear(&all);
    spil_evidence_free(evidence);
    return rc;
}

void spil_evidence_free(spil_evidence *evidence)
{
    if (!evidence)
        return;
    spil_free(evidence->facts);
    spil_free(evidence->pair);
    spil_free(evidence->drawn);
    spil_free(evidence->against);
    spil_columns_free(evidence->columns);
    spil_free(evidence);
}
