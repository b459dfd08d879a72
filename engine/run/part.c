/* part.c - see part.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/part.h"

#include "engine/barriers/columns.h"
#include "engine/base/vec.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { REACH = 2, SET_MOST = SPIL_HALVING_MOST, PAIRS_MOST = 1500 };

struct spil_part {
    const spil_facts *facts;
    const spil_network *network;
    const spil_communities *communities;
    const spil_model_set *models;
    spil_part_opts opts;
    uint32_t *entity;   /* of the part, ascending: index into facts->entities */
    uint32_t *position; /* facts->entities: position in entity, or UINT32_MAX */
    size_t entity_count;
    uint32_t *link; /* with both ends in the part: index into facts->links */
    size_t link_count;
    SPIL_VEC(spil_record) records;
};

/* ---- who is in it ---- */

static bool is_member(const spil_part *part, uint32_t entity)
{
    const spil_vid v = part->network->vertex[entity];
    return v != SPIL_NO_VERTEX && part->communities->best.of[v] == part->opts.community;
}

/* near[e]: 1 for members, then outwards by links of any kind; O(reach x links). */
static void spread(const spil_part *part, uint8_t *near, unsigned reach)
{
    const spil_facts *const facts = part->facts;
    for (unsigned step = 1; step <= reach; step++)
        for (size_t i = 0; i < facts->link_count; i++) {
            const spil_link *const link = &facts->links[i];
            if (near[link->from] == step && !near[link->to])
                near[link->to] = (uint8_t)(step + 1);
            if (near[link->to] == step && !near[link->from])
                near[link->from] = (uint8_t)(step + 1);
        }
}

static spil_status list_links(spil_part *part, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_facts *const facts = part->facts;
    spil_free(part->link);
    part->link = NULL;
    part->link_count = 0;
    TRY(NEW_ARRAY(part->link, facts->link_count, err));
    for (uint32_t i = 0; i < facts->link_count; i++)
        if (part->position[facts->links[i].from] != UINT32_MAX &&
            part->position[facts->links[i].to] != UINT32_MAX)
            part->link[part->link_count++] = i;
done:
    return rc;
}

static spil_status choose_entities(spil_part *part, bool whole, spil_err *err)
{
    spil_status rc = SPIL_OK;
    uint8_t *near = NULL;
    const size_t all = part->facts->entity_count;
    spil_free(part->entity);
    part->entity = NULL;
    part->entity_count = 0;
    TRY(NEW_ARRAY(near, all, err));
    TRY(NEW_ARRAY(part->entity, all, err));
    for (uint32_t e = 0; e < all; e++)
        near[e] = is_member(part, e) || whole;
    if (!whole)
        spread(part, near, REACH);
    for (uint32_t e = 0; e < all; e++) {
        part->position[e] = near[e] ? (uint32_t)part->entity_count : UINT32_MAX;
        if (near[e])
            part->entity[part->entity_count++] = e;
    }
    TRY(list_links(part, err));
done:
    spil_free(near);
    return rc;
}

static spil_status list_records(spil_part *part, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_facts *const facts = part->facts;
    for (size_t i = 0; i < facts->signal_count; i++)
        if (is_member(part, facts->signals[i].entity))
            TRY(VEC_PUSH(part->records, ((spil_record){SPIL_RECORD_SIGNAL, i}), err));
    for (size_t i = 0; i < facts->role_count; i++)
        if (is_member(part, facts->roles[i].entity))
            TRY(VEC_PUSH(part->records, ((spil_record){SPIL_RECORD_ROLE, i}), err));
    for (size_t i = 0; i < facts->attribute_count; i++)
        if (is_member(part, facts->attributes[i].entity))
            TRY(VEC_PUSH(part->records, ((spil_record){SPIL_RECORD_ATTRIBUTE, i}), err));
    for (size_t i = 0; i < facts->link_count; i++)
        if (is_member(part, facts->links[i].from) || is_member(part, facts->links[i].to))
            TRY(VEC_PUSH(part->records, ((spil_record){SPIL_RECORD_LINK, i}), err));
done:
    return rc;
}

static bool same(double a, double b)
{
    return fabs(a - b) <= 1e-9 * fmax(fabs(a), fabs(b)) + 1e-15;
}

spil_status spil_part_new(spil_part **out, const spil_facts *facts, const spil_network *network,
                          const spil_communities *communities, const spil_model_set *models,
                          const spil_part_opts *opts, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_part *part = NULL;
    double value = 0;
    TRY(NEW(part, err));
    part->facts = facts;
    part->network = network;
    part->communities = communities;
    part->models = models;
    part->opts = *opts;
    TRY(NEW_ARRAY(part->position, facts->entity_count, err));
    TRY(choose_entities(part, false, err));
    TRY(list_records(part, err));
    if (!isnan(opts->known)) {
        TRY(spil_part_value(part, NULL, 0, &value, err));
        if (!same(value, opts->known))
            TRY(choose_entities(part, true, err));
    }
    *out = part;
    part = NULL;
done:
    spil_part_free(part);
    return rc;
}

void spil_part_free(spil_part *part)
{
    if (!part)
        return;
    spil_free(part->entity);
    spil_free(part->position);
    spil_free(part->link);
    spil_free(part->records.items);
    spil_free(part);
}

const spil_record *spil_part_records(const spil_part *part, size_t *count)
{
    *count = part->records.count;
    return part->records.items;
}

/* ---- scoring it ---- */

static bool left_out(const spil_record *without, size_t count, spil_record_kind kind, size_t index)
{
    for (size_t i = 0; i < count; i++)
        if (without[i].kind == kind && without[i].index == index)
            return true;
    return false;
}

/* Rows that belong to one entity. */
static spil_status copy_own_rows(spil_facts *to, const spil_part *part, uint32_t e,
                                 const spil_record *without, size_t count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_facts *const from = part->facts;
    const uint32_t position = part->position[e];
    for (size_t i = from->signal_row[e]; i < from->signal_row[e + 1]; i++) {
        spil_signal row = from->signals[i];
        row.entity = position;
        if (!left_out(without, count, SPIL_RECORD_SIGNAL, i))
            TRY(spil_facts_add_signal(to, &row, err));
    }
    for (size_t i = from->role_row[e]; i < from->role_row[e + 1]; i++) {
        spil_role row = from->roles[i];
        row.entity = position;
        if (!left_out(without, count, SPIL_RECORD_ROLE, i))
            TRY(spil_facts_add_role(to, &row, err));
    }
    for (size_t i = from->attribute_row[e]; i < from->attribute_row[e + 1]; i++) {
        spil_attribute row = from->attributes[i];
        row.entity = position;
        if (!left_out(without, count, SPIL_RECORD_ATTRIBUTE, i))
            TRY(spil_facts_add_attribute(to, &row, err));
    }
done:
    return rc;
}

static spil_status copy_links(spil_facts *to, const spil_part *part, const spil_record *without,
                              size_t count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (size_t i = 0; i < part->link_count; i++) {
        spil_link row = part->facts->links[part->link[i]];
        row.from = part->position[row.from];
        row.to = part->position[row.to];
        if (!left_out(without, count, SPIL_RECORD_LINK, part->link[i]))
            TRY(spil_facts_add_link(to, &row, err));
    }
done:
    return rc;
}

/* Entities keep their order, so the one at a position here stands at it in the copy. */
static spil_status copy_facts(spil_facts **out, const spil_part *part, const spil_record *without,
                              size_t count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_facts *to = NULL;
    TRY(spil_facts_new(&to, err));
    for (size_t i = 0; i < part->facts->source_count; i++)
        TRY(spil_facts_add_source(to, &part->facts->sources[i], err));
    for (size_t i = 0; i < part->entity_count; i++)
        TRY(spil_facts_add_entity(to, &part->facts->entities[part->entity[i]], err));
    for (size_t i = 0; i < part->entity_count; i++)
        TRY(copy_own_rows(to, part, part->entity[i], without, count, err));
    TRY(copy_links(to, part, without, count, err));
    TRY(spil_facts_finish(to, err));
    *out = to;
    to = NULL;
done:
    spil_facts_free(to);
    return rc;
}

/* The communities of the whole case, for the vertices of the copy. */
static spil_status carry_over(spil_communities **out, const spil_part *part,
                              const spil_network *network, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_communities *own = NULL;
    const spil_vid n = network->csr->n;
    TRY(NEW(own, err));
    own->best = (spil_partition){.n = n, .count = part->communities->best.count};
    TRY(NEW_ARRAY(own->best.of, n, err));
    TRY(NEW_ARRAY(own->membership, n, err));
    for (spil_vid v = 0; v < n; v++) {
        const spil_vid whole = part->network->vertex[part->entity[network->entity[v]]];
        own->best.of[v] = part->communities->best.of[whole];
        own->membership[v] = part->communities->membership[whole];
    }
    *out = own;
    own = NULL;
done:
    spil_communities_free(own);
    return rc;
}

static double value_in(const spil_scores *scores, const spil_part *part)
{
    if (scores->count == 0)
        return 0;
    const spil_score *const score = &scores->scores[0];
    if (part->opts.entity == UINT32_MAX)
        return score->chain.mean;
    for (size_t i = 0; i < score->entity_count; i++)
        if (score->entities[i].entity == part->position[part->opts.entity])
            return score->entities[i].fall.mean;
    return 0;
}

/* number: as in spil_score_opts. */
static spil_status value_with(const spil_part *part, const double *number,
                              const spil_record *without, size_t count, double *value,
                              spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_facts *facts = NULL;
    spil_network *network = NULL, *ties = NULL;
    spil_communities *communities = NULL;
    spil_scores *scores = NULL;
    const spil_score_opts opts = {.draws = part->opts.draws,
                                  .seed = part->opts.seed,
                                  .as_of = part->opts.as_of,
                                  .depth = part->opts.entity == UINT32_MAX ? SPIL_SCORE_CHAINS
                                                                           : SPIL_SCORE_FALLS,
                                  .community = &part->opts.community,
                                  .number = number};
    TRY(spil_check_stop(err));
    TRY(copy_facts(&facts, part, without, count, err));
    TRY(spil_network_build(&network, facts, err));
    if (part->network->hubs_apart)
        TRY(spil_network_apart(&ties, network, facts, err));
    TRY(carry_over(&communities, part, network, err));
    TRY(spil_score_all(&scores, facts, ties ? ties : network, communities, part->models, &opts,
                       err));
    *value = value_in(scores, part);
done:
    spil_scores_free(scores);
    spil_communities_free(communities);
    spil_network_free(ties);
    spil_network_free(network);
    spil_facts_free(facts);
    return rc;
}

spil_status spil_part_value(const spil_part *part, const spil_record *without, size_t count,
                            double *value, spil_err *err)
{
    return value_with(part, NULL, without, count, value, err);
}

/* ---- halving ---- */

typedef struct search {
    const spil_part *part;
    spil_record *open; /* all records, those whose loss costs most first */
    double *alone;     /* value without the record of open at this place alone */
    double *number;    /* draws of the model's numbers, the same in every scoring */
    size_t open_count, scorings;
    size_t worth; /* so many first ones are worth a try beside others: not links that alone change
                     nothing */
    double before;
    spil_record set[SET_MOST];
    size_t set_count;
} search;

static spil_status try_without(search *s, const spil_record *without, size_t count, double *value,
                               spil_err *err)
{
    s->scorings++;
    return value_with(s->part, s->number, without, count, value, err);
}

static spil_status draw_numbers(search *s, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_columns *columns = NULL;
    const spil_part_opts *const opts = &s->part->opts;
    TRY(spil_columns_new(&columns, s->part->models, err));
    TRY(NEW_ARRAY(s->number, opts->draws * columns->count, err));
    spil_columns_draw(columns, opts->seed, opts->draws, s->number);
done:
    spil_columns_free(columns);
    return rc;
}

static bool halves(const search *s, double value)
{
    return value <= s->before / 2;
}

static bool is_idle_link(const search *s, spil_record record, double value)
{
    return record.kind == SPIL_RECORD_LINK && same(value, s->before);
}

/* Each record alone. Two that say the same hide each other, so those that change nothing alone come
 * last, links at the very end. */
static spil_status try_each(search *s, spil_progress *progress, spil_err *err)
{
    spil_status rc = SPIL_OK;
    size_t count;
    const spil_record *const records = spil_part_records(s->part, &count);
    TRY(NEW_ARRAY(s->open, count, err));
    TRY(NEW_ARRAY(s->alone, count, err));
    spil_progress_begin(progress, "what it rests on", count);
    for (size_t i = 0; i < count; i++) {
        double value = 0;
        TRY(try_without(s, &records[i], 1, &value, err));
        spil_progress_step(progress, 1);
        const bool idle = is_idle_link(s, records[i], value);
        size_t at = s->open_count++; /* insertion: lowest value first, ties in order */
        s->worth += !idle;
        for (; at > 0 && !idle &&
               (s->alone[at - 1] > value || is_idle_link(s, s->open[at - 1], s->alone[at - 1]));
             at--) {
            s->alone[at] = s->alone[at - 1];
            s->open[at] = s->open[at - 1];
        }
        s->alone[at] = value;
        s->open[at] = records[i];
    }
done:
    spil_progress_end(progress);
    return rc;
}

static spil_status grow(search *s, double *value, spil_err *err)
{
    spil_status rc = SPIL_OK;
    *value = s->before;
    while (!halves(s, *value) && s->set_count < SET_MOST && s->set_count < s->worth) {
        size_t best = SIZE_MAX;
        double least = HUGE_VAL; /* one that changes nothing yet is taken too: see prune */
        for (size_t i = 0; i < s->worth; i++) {
            double next = s->alone[i];
            if (left_out(s->set, s->set_count, s->open[i].kind, s->open[i].index))
                continue;
            s->set[s->set_count] = s->open[i];
            if (s->set_count > 0)
                TRY(try_without(s, s->set, s->set_count + 1, &next, err));
            if (next < least) {
                least = next;
                best = i;
            }
        }
        s->set[s->set_count++] = s->open[best];
        *value = least;
    }
done:
    return rc;
}

/* Puts back what is not needed, last taken first. */
static spil_status prune(search *s, double *value, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (size_t i = s->set_count; i-- > 0 && s->set_count > 1;) {
        double next = 0;
        const spil_record taken = s->set[i];
        memmove(&s->set[i], &s->set[i + 1], (s->set_count - i - 1) * sizeof *s->set);
        TRY(try_without(s, s->set, s->set_count - 1, &next, err));
        if (halves(s, next)) {
            s->set_count--;
            *value = next;
        } else {
            memmove(&s->set[i + 1], &s->set[i], (s->set_count - i - 1) * sizeof *s->set);
            s->set[i] = taken;
        }
    }
done:
    return rc;
}

/* Every pair, while they are few; a pair that halves replaces a larger set. *all: all were tried.
 */
static spil_status try_pairs(search *s, double *value, bool *all, spil_err *err)
{
    spil_status rc = SPIL_OK;
    *all = s->open_count * (s->open_count - (s->open_count > 0)) / 2 <= PAIRS_MOST;
    for (size_t i = 0; *all && i < s->open_count; i++)
        for (size_t j = i + 1; j < s->open_count; j++) {
            const spil_record pair[2] = {s->open[i], s->open[j]};
            double next = 0;
            TRY(try_without(s, pair, 2, &next, err));
            if (!halves(s, next))
                continue;
            memcpy(s->set, pair, sizeof pair);
            s->set_count = 2;
            *value = next;
            return SPIL_OK;
        }
done:
    return rc;
}

static spil_status run_search(search *s, spil_halving *out, spil_progress *progress, spil_err *err)
{
    spil_status rc = SPIL_OK;
    double value = 0;
    TRY(draw_numbers(s, err));
    TRY(try_without(s, NULL, 0, &s->before, err));
    TRY(try_each(s, progress, err));
    TRY(grow(s, &value, err));
    out->before = out->after = s->before;
    if (!halves(s, value) || s->before <= 0)
        goto done;
    TRY(prune(s, &value, err));
    out->smallest = s->set_count <= 2;
    if (s->set_count > 2) {
        TRY(try_pairs(s, &value, &out->smallest, err));
        out->smallest = out->smallest && s->set_count <= 3;
    }
    TRY(NEW_ARRAY(out->records, s->set_count, err));
    memcpy(out->records, s->set, s->set_count * sizeof *s->set);
    out->count = s->set_count;
    out->after = value;
done:
    out->scorings = s->scorings;
    return rc;
}

spil_status spil_part_halve(spil_halving *out, const spil_part *part, spil_progress *progress,
                            spil_err *err)
{
    search s = {.part = part};
    *out = (spil_halving){0};
    const spil_status rc = run_search(&s, out, progress, err);
    spil_free(s.open);
    spil_free(s.alone);
    spil_free(s.number);
    return rc;
}
