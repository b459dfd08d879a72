/* noise.c - see noise.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "datasets/generate/noise.h"

#include "datasets/generate/dice.h"
#include "datasets/generate/plant.h"
#include "datasets/generate/world.h"
#include "engine/stats/draw.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t count_of(const spil_gen_cell *cell, spil_entity_kind kind)
{
    return kind == SPIL_ENTITY_person    ? cell->persons.count
           : kind == SPIL_ENTITY_company ? cell->companies.count
           : kind == SPIL_ENTITY_address ? cell->addresses.count
                                         : 0;
}

static spil_gen_ref any_of(const spil_gen_cell *cell, spil_rng *rng, spil_entity_kind kind)
{
    return spil_gen_ref_of(cell, kind, (uint32_t)spil_rng_below(rng, count_of(cell, kind)));
}

/* ---- doubles ---- */

/* "Joris van Elzenhof" becomes "J. van Elzenhof", or two letters of it change places. */
static void misspell(spil_rng *rng, const char *name, char out[SPIL_GEN_NAME])
{
    const size_t length = strlen(name);
    const char *const blank = strchr(name, ' ');
    if (blank && spil_gen_chance(rng, 0.5)) {
        (void)snprintf(out, SPIL_GEN_NAME, "%c.%s", name[0], blank);
        return;
    }
    (void)snprintf(out, SPIL_GEN_NAME, "%s", name);
    const size_t at = length > 3 ? 1 + spil_rng_below(rng, length - 3) : 0;
    if (length > 3 && name[at] != ' ' && name[at + 1] != ' ') {
        out[at] = name[at + 1];
        out[at + 1] = name[at];
    }
}

static void add_double(spil_gen_cell *cell, spil_rng *rng, uint32_t original)
{
    char name[SPIL_GEN_NAME];
    misspell(rng, cell->persons.items[original].name, name);
    const uint32_t home = cell->persons.items[original].home;
    const uint32_t twin = spil_gen_add_person(cell, rng, "", home, true);
    if (cell->rc != SPIL_OK)
        return;
    memcpy(cell->persons.items[twin].name, name, sizeof name);
    cell->persons.items[twin].taken = true;
    const spil_gen_ref from = spil_gen_ref_of(cell, SPIL_ENTITY_person, original);
    const spil_gen_ref to = spil_gen_ref_of(cell, SPIL_ENTITY_person, twin);
    for (size_t i = 0; i < cell->links.count; i++) {
        spil_gen_link *const link = &cell->links.items[i];
        if (link->kind == SPIL_LINK_lives_at || !spil_gen_chance(rng, 0.35))
            continue;
        if (spil_gen_same(link->from, from))
            link->from = to;
        else if (spil_gen_same(link->to, from))
            link->to = to;
    }
    spil_gen_tie(cell, rng, SPIL_ENTITY_person, twin, SPIL_ENTITY_address, home,
                 SPIL_LINK_lives_at);
    const spil_gen_truth truth = {.record = "duplicate",
                                  .has_entity = true,
                                  .has_to = true,
                                  .recorded = true,
                                  .entity = to,
                                  .to = from};
    spil_gen_add_truth(cell, &truth);
}

void spil_gen_doubles(spil_gen_cell *cell, const spil_gen_options *options)
{
    spil_rng rng = spil_gen_cell_rng(cell, SPIL_GEN_FOR_DOUBLES);
    const uint32_t count = (uint32_t)cell->persons.count;
    for (uint32_t p = 0; p < count; p++)
        if (spil_gen_chance(&rng, options->duplicates) && cell->persons.items[p].adult)
            add_double(cell, &rng, p);
}

/* ---- what is on record but is not so ---- */

static void add_untrue_link(spil_gen_cell *cell, spil_rng *rng, size_t i)
{
    spil_gen_link twin = cell->links.items[i];
    if (!spil_gen_chance(rng, (1 - twin.confidence) / twin.confidence))
        return;
    twin.to = any_of(cell, rng, twin.to.kind);
    twin.untrue = true;
    twin.community = 0;
    if (!spil_gen_same(twin.from, twin.to))
        cell->rc = VEC_PUSH(cell->links, twin, &cell->err);
}

/* Suspicion falls on those who are known already: an untrue role goes mostly to a decoy, somebody
 * who was seen with others or runs a single step; anybody when the draw finds none of the kind. */
static spil_gen_ref suspect(const spil_gen_cell *cell, spil_rng *rng, spil_entity_kind kind)
{
    for (int i = 0; i < 40 && cell->truths.count > 0 && spil_gen_chance(rng, 0.95); i++) {
        const spil_gen_truth *const it =
            &cell->truths.items[spil_rng_below(rng, cell->truths.count)];
        if (strcmp(it->record, "decoy") == 0 && it->entity.kind == kind)
            return it->entity;
    }
    return any_of(cell, rng, kind);
}

static void add_untrue_role(spil_gen_cell *cell, spil_rng *rng, size_t i)
{
    spil_gen_role twin = cell->roles.items[i];
    if (!spil_gen_chance(rng, (1 - twin.confidence) / twin.confidence) || twin.withheld)
        return;
    twin.entity = suspect(cell, rng, twin.entity.kind);
    twin.community = 0;
    cell->rc = VEC_PUSH(cell->roles, twin, &cell->err);
}

void spil_gen_untrue_records(spil_gen_cell *cell)
{
    spil_rng rng = spil_gen_cell_rng(cell, SPIL_GEN_FOR_FALSE_LINKS);
    const size_t links = cell->links.count, roles = cell->roles.count;
    for (size_t i = 0; i < links && cell->rc == SPIL_OK; i++)
        add_untrue_link(cell, &rng, i);
    for (size_t i = 0; i < roles && cell->rc == SPIL_OK; i++)
        add_untrue_role(cell, &rng, i);
}

/* ---- signals ---- */

void spil_gen_add_signal(spil_gen_cell *cell, spil_rng *rng, spil_gen_ref entity,
                         const spil_model_signal *signal, uint64_t community, const char *step)
{
    static const char *const grades[] = {"A2", "B1", "B2", "B2", "B2",
                                         "B3", "C2", "C3", "C3", "D3"};
    static const char *const worse[] = {"B2", "B3", "C2", "C3", "C3", "C4", "D3", "D4", "E4", "F6"};
    const bool known = community != 0;
    const uint32_t oldest =
        signal->half_life_days < 600 ? (uint32_t)(signal->half_life_days * 1.5) + 30 : 900;
    const uint32_t days = spil_gen_between(rng, 5, oldest);
    const uint32_t strength = spil_gen_between(rng, known ? 45 : 25, known ? 100 : 95);
    spil_gen_signal it = {.entity = entity,
                          .code = signal->code,
                          .strength = (double)strength / 100.0,
                          .date = SPIL_GEN_TODAY - (spil_day)days,
                          .community = community,
                          .step = step};
    const uint64_t grade = spil_rng_below(rng, 10);
    memcpy(it.grade, known ? grades[grade] : worse[grade], sizeof it.grade);
    if (cell->rc == SPIL_OK)
        cell->rc = VEC_PUSH(cell->signals, it, &cell->err);
}

/* Somebody of the cell whom the signal can be about; kinds that no file holds give false. */
static bool any_subject(const spil_gen_cell *cell, spil_rng *rng, spil_kind_mask mask,
                        spil_gen_ref *out)
{
    uint32_t count = 0;
    for (spil_entity_kind kind = 0; kind < SPIL_ENTITY_KIND_COUNT; kind++)
        if ((mask >> kind & 1) && count_of(cell, kind) > 0 && spil_rng_below(rng, ++count) == 0)
            *out = any_of(cell, rng, kind);
    return count > 0;
}

/* One step of a process on its own: a home grower, a shop with odd books. */
static void add_single_step(spil_gen_cell *cell, spil_rng *rng, const spil_model_step *step)
{
    const uint32_t person = spil_gen_any_adult(cell, rng);
    if (person == UINT32_MAX || cell->companies.count == 0)
        return;
    spil_gen_ref about[SPIL_ENTITY_KIND_COUNT];
    about[SPIL_ENTITY_person] = spil_gen_ref_of(cell, SPIL_ENTITY_person, person);
    about[SPIL_ENTITY_address] =
        spil_gen_ref_of(cell, SPIL_ENTITY_address, cell->persons.items[person].home);
    about[SPIL_ENTITY_company] = any_of(cell, rng, SPIL_ENTITY_company);
    static const spil_entity_kind order[] = {SPIL_ENTITY_address, SPIL_ENTITY_person,
                                             SPIL_ENTITY_company};
    for (size_t g = 0; g < step->signal_count; g++)
        for (size_t k = 0; k < sizeof order / sizeof *order; k++)
            if (step->signals[g].applies_to >> order[k] & 1) {
                if (spil_gen_chance(rng, SPIL_GEN_SEEN))
                    spil_gen_add_signal(cell, rng, about[order[k]], &step->signals[g], 0, step->id);
                break;
            }
    const spil_gen_truth truth = {.record = "decoy",
                                  .step = step->id,
                                  .name = "single_step",
                                  .has_entity = true,
                                  .recorded = true,
                                  .entity = about[SPIL_ENTITY_person]};
    spil_gen_add_truth(cell, &truth);
}

double spil_gen_true_ratio(uint64_t seed, const spil_model *model, const spil_model_signal *signal)
{
    const uint64_t key = spil_key_join(spil_key_text(model->id), spil_key_text(signal->code));
    spil_rng rng = spil_rng_stream(seed, key);
    const spil_ratio *const range = &signal->ratio;
    return exp(spil_draw_log_ratio(&rng, range->mid, range->low, range->high));
}

void spil_gen_false_signals(spil_gen_cell *cell, const spil_model_set *models,
                            const spil_gen_options *options)
{
    spil_rng rng = spil_gen_cell_rng(cell, SPIL_GEN_FOR_FALSE_SIGNALS);
    const double entities =
        (double)(cell->persons.count + cell->addresses.count + cell->companies.count);
    const double often = options->false_signals * entities / (double)SPIL_GEN_COMMUNITY;
    for (size_t m = 0; m < models->count; m++)
        for (size_t s = 0; s < models->models[m]->step_count; s++) {
            const spil_model_step *const step = &models->models[m]->steps[s];
            for (size_t g = 0; g < step->signal_count; g++) {
                const spil_model_signal *const signal = &step->signals[g];
                spil_gen_ref subject;
                const double ratio = spil_gen_true_ratio(cell->seed, models->models[m], signal);
                for (uint32_t n = spil_gen_count(&rng, often * SPIL_GEN_SEEN / ratio); n > 0; n--)
                    if (any_subject(cell, &rng, signal->applies_to, &subject))
                        spil_gen_add_signal(cell, &rng, subject, signal, 0, step->id);
            }
            for (uint32_t n = spil_gen_count(&rng, often * step->prior); n > 0; n--)
                add_single_step(cell, &rng, step);
        }
}

/* ---- gaps ---- */

static int by_number(uint64_t a, uint64_t b)
{
    return a < b ? -1 : a > b;
}

static int compare_links(const void *left, const void *right)
{
    const spil_gen_link *const a = left, *const b = right;
    int order = spil_gen_compare(a->from, b->from);
    order = order ? order : spil_gen_compare(a->to, b->to);
    order = order ? order : (int)a->kind - (int)b->kind;
    order = order ? order : by_number((uint64_t)(a->since + 100000), (uint64_t)(b->since + 100000));
    order = order ? order : by_number(a->weight, b->weight);
    order = order ? order : (a->confidence > b->confidence) - (a->confidence < b->confidence);
    order = order ? order : by_number(a->community, b->community);
    return order ? order : (int)a->untrue - (int)b->untrue;
}

static int compare_signals(const void *left, const void *right)
{
    const spil_gen_signal *const a = left, *const b = right;
    int order = spil_gen_compare(a->entity, b->entity);
    order = order ? order : strcmp(a->code, b->code);
    order = order ? order : by_number((uint64_t)(a->date + 100000), (uint64_t)(b->date + 100000));
    order = order ? order : (a->strength > b->strength) - (a->strength < b->strength);
    order = order ? order : strcmp(a->grade, b->grade);
    order = order ? order : strcmp(a->step, b->step);
    return order ? order : by_number(a->community, b->community);
}

static int compare_roles(const void *left, const void *right)
{
    const spil_gen_role *const a = left, *const b = right;
    int order = spil_gen_compare(a->entity, b->entity);
    order = order ? order : strcmp(a->model, b->model);
    order = order ? order : strcmp(a->step, b->step);
    order = order ? order : strcmp(a->role, b->role);
    order = order ? order : (a->confidence > b->confidence) - (a->confidence < b->confidence);
    order = order ? order : by_number(a->community, b->community);
    return order ? order : (int)a->withheld - (int)b->withheld;
}

void spil_gen_withhold(spil_gen_cell *cell, const spil_gen_options *options)
{
    spil_rng rng = spil_gen_cell_rng(cell, SPIL_GEN_FOR_WITHHELD);
    if (cell->rc != SPIL_OK)
        return;
    if (cell->links.count)
        qsort(cell->links.items, cell->links.count, sizeof *cell->links.items, compare_links);
    if (cell->signals.count)
        qsort(cell->signals.items, cell->signals.count, sizeof *cell->signals.items,
              compare_signals);
    if (cell->roles.count)
        qsort(cell->roles.items, cell->roles.count, sizeof *cell->roles.items, compare_roles);
    for (size_t i = 0; i < cell->links.count; i++)
        cell->links.items[i].withheld = spil_gen_chance(&rng, options->missing_links);
    for (size_t i = 0; i < cell->signals.count; i++)
        cell->signals.items[i].withheld = spil_gen_chance(&rng, options->missing_signals);
    for (size_t i = 0; i < cell->roles.count; i++)
        if (spil_gen_chance(&rng, options->missing_signals))
            cell->roles.items[i].withheld = true;
}
