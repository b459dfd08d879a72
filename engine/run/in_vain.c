/* in_vain.c - see in_vain.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Collects the evidence of the one community anew, as scoring did. O(facts of the case).
 */
#include "engine/run/in_vain.h"

#include "engine/barriers/against.h"

#include <stdlib.h>

typedef struct finding {
    const spil_reopened *it;
    const spil_model *model;
    spil_against_place place;
    spil_evidence *evidence;
    spil_effort *looks;
    size_t *member_row;
    spil_vid *member;
    spil_missed_list missed;
    uint32_t community;
    SPIL_VEC(spil_vain_family) families;
    SPIL_VEC(spil_record) records;
} finding;

static spil_status collect(finding *f, const spil_model_set *model, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_reopened *const it = f->it;
    const spil_score_opts opts = {
        .draws = 1, .seed = 1, .as_of = spil_reopened_run(it)->as_of, .community = &f->community};
    TRY(spil_partition_members(&f->member_row, &f->member, &it->communities->best, err));
    TRY(spil_evidence_collect(&f->evidence, it->facts, it->network, it->communities, f->member_row,
                              f->member, model, &opts, err));
    f->place =
        (spil_against_place){it->facts, it->network, model, f->looks, f->member_row, f->member};
    if (f->evidence->fact_count)
        rc = spil_missed_add(&f->missed, &f->place, f->evidence->facts, f->evidence->fact_count,
                             err);
done:
    return rc;
}

/* The records that tell of looks at the members that the signal applies to. */
static spil_status list_records(finding *f, spil_vain_family *family, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_facts *const facts = f->it->facts;
    family->first = f->records.count;
    for (size_t i = f->member_row[f->community]; i < f->member_row[f->community + 1]; i++) {
        const uint32_t entity = f->it->network->entity[f->member[i]];
        const spil_partner partner = family->signal->partner;
        size_t attribute;
        if (!(family->signal->applies_to >> facts->entities[entity].kind & 1U) ||
            !(spil_effort_at(f->looks, entity, partner) > 0) ||
            !spil_effort_record(facts, entity, partner, &attribute))
            continue;
        family->looks += spil_effort_at(f->looks, entity, partner);
        TRY(VEC_PUSH(f->records, ((spil_record){SPIL_RECORD_ATTRIBUTE, attribute}), err));
    }
    family->count = f->records.count - family->first;
done:
    return rc;
}

static spil_status list_families(finding *f, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (size_t i = 0; i < f->missed.items.count; i++) {
        const spil_missed *const each = &f->missed.items.items[i];
        const spil_model_step *const step = &f->model->steps[each->step];
        if (spil_missed_strongest(&f->missed, 0, f->missed.items.count, i, f->model) != i)
            continue;
        spil_vain_family family = {
            .step = step,
            .signal = &step->signals[each->signal],
            .members = each->members,
            .looked = each->looked,
            .ratio = spil_missed_ratio(&f->missed, each, &step->signals[each->signal])};
        TRY(list_records(f, &family, err));
        TRY(VEC_PUSH(f->families, family, err));
    }
done:
    return rc;
}

static int by_ratio(const void *left, const void *right)
{
    const spil_vain_family *const a = left, *const b = right;
    if (a->ratio != b->ratio)
        return a->ratio < b->ratio ? -1 : 1;
    return a->first < b->first ? -1 : a->first > b->first;
}

spil_status spil_in_vain_find(spil_in_vain *out, const spil_reopened *it, uint32_t community,
                              const spil_model_set *model, spil_err *err)
{
    spil_status rc = SPIL_OK;
    finding f = {.it = it, .model = model->models[0], .community = community};
    *out = (spil_in_vain){0};
    TRY(spil_effort_new(&f.looks, it->facts, err));
    out->on_record = f.looks != NULL;
    if (!f.looks)
        goto done;
    TRY(collect(&f, model, err));
    TRY(list_families(&f, err));
    if (f.families.count)
        qsort(f.families.items, f.families.count, sizeof *f.families.items, by_ratio);
    out->items = f.families.items;
    out->count = f.families.count;
    out->records = f.records.items;
    out->record_count = f.records.count;
    f.families.items = NULL;
    f.records.items = NULL;
done:
    spil_free(f.families.items);
    spil_free(f.records.items);
    spil_missed_clear(&f.missed);
    spil_evidence_free(f.evidence);
    spil_effort_free(f.looks);
    spil_free(f.member_row);
    spil_free(f.member);
    return rc;
}

void spil_in_vain_clear(spil_in_vain *it)
{
    spil_free(it->items);
    spil_free(it->records);
    *it = (spil_in_vain){0};
}
