/* privacy_price.c - see privacy_price.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/privacy_price.h"

#include "engine/base/vec.h"
#include "engine/stats/kendall.h"

#include <math.h>
#include <string.h>

/* Fields that put targets in an order; the others do not bear on it. */
static const spil_partner_field ordering[] = {SPIL_FIELD_order, SPIL_FIELD_gain, SPIL_FIELD_works,
                                              SPIL_FIELD_crime, SPIL_FIELD_reasons};

typedef struct pricing {
    const spil_result *result;
    const spil_disclosed *to;
    const spil_result_target **targets; /* of this partner */
    size_t count;
    double *full, *other; /* scores, larger first */
    SPIL_VEC(spil_price_row) rows;
    spil_err *err;
} pricing;

static const spil_result_source *source_of(const pricing *p, const spil_result_reason *reason)
{
    return reason->has_origin && reason->origin.source < p->result->source_count
               ? &p->result->sources[reason->origin.source]
               : NULL;
}

typedef bool takes_reason(const pricing *p, const spil_result_reason *reason, const void *what);

/* Share of the contributions to a target that rest on reasons that are taken. */
static double share_of(const pricing *p, const spil_result_target *t, takes_reason *takes,
                       const void *what)
{
    double all = 0, taken = 0;
    for (size_t i = 0; i < t->reason_count; i++) {
        const double value = fmax(t->reasons[i].value, 0);
        all += value;
        taken += takes(p, &t->reasons[i], what) ? value : 0;
    }
    return all > 0 ? taken / all : 1;
}

static bool is_told(const pricing *p, const spil_result_reason *reason, const void *what)
{
    (void)what;
    const spil_result_source *const source = source_of(p, reason);
    return reason->kind == SPIL_FACT_POSITION || (source && spil_disclosed_source(p->to, source));
}

static bool is_of_another(const pricing *p, const spil_result_reason *reason, const void *owner)
{
    const spil_result_source *const source = source_of(p, reason);
    return !source || strcmp(source->owner, owner) != 0;
}

/* ---- agreement ---- */

typedef double score_of(const pricing *p, const spil_result_target *t, const void *what);

static spil_status agree(pricing *p, double *out, score_of *score, const void *what)
{
    for (size_t i = 0; i < p->count; i++)
        p->other[i] = score(p, p->targets[i], what);
    return spil_kendall_tau_b(out, p->full, p->other, p->count, p->err);
}

/* By the fields alone; what: a mask of those that are open. */
static double score_by_fields(const pricing *p, const spil_result_target *t, const void *what)
{
    const uint32_t open = *(const uint32_t *)what;
    const bool gain = open >> SPIL_FIELD_gain & 1;
    double score = 1;
    if (open >> SPIL_FIELD_order & 1)
        return -(double)t->rank;
    if (gain)
        return t->marginal;
    if (open >> SPIL_FIELD_works & 1)
        score *= t->effect;
    if (open >> SPIL_FIELD_crime & 1)
        score *= p->result->models[t->model].harm;
    if (open >> SPIL_FIELD_reasons & 1)
        score *= t->fall.mean * share_of(p, t, is_told, NULL);
    return score;
}

static double score_without_owner(const pricing *p, const spil_result_target *t, const void *what)
{
    return t->gain.mean * share_of(p, t, is_of_another, what);
}

static double score_without_kind(const pricing *p, const spil_result_target *t, const void *what)
{
    return p->result->entities[t->entity].kind == *(const spil_entity_kind *)what ? 0
                                                                                  : t->gain.mean;
}

static double score_by_open_facts(const pricing *p, const spil_result_target *t, const void *what)
{
    (void)what;
    const spil_entity_kind kind = p->result->entities[t->entity].kind;
    return p->to->kinds >> kind & 1 ? t->gain.mean * share_of(p, t, is_told, NULL) : 0;
}

/* ---- rows ---- */

static spil_status add_fields(pricing *p, double *told)
{
    spil_status rc = SPIL_OK;
    TRY(agree(p, told, score_by_fields, &p->to->fields));
    for (size_t i = 0; i < sizeof ordering / sizeof *ordering; i++) {
        const uint32_t bit = (uint32_t)1 << ordering[i];
        const uint32_t with = p->to->fields | bit, without = p->to->fields & ~bit;
        spil_price_row row = {
            .of = SPIL_PRICE_FIELD, .field = ordering[i], .owner = "", .open = p->to->fields & bit};
        TRY(agree(p, &row.with_it, score_by_fields, &with));
        TRY(agree(p, &row.without, score_by_fields, &without));
        TRY(VEC_PUSH(p->rows, row, p->err));
    }
done:
    return rc;
}

static bool is_new_owner(const spil_result *result, size_t source)
{
    for (size_t i = 0; i < source; i++)
        if (strcmp(result->sources[i].owner, result->sources[source].owner) == 0)
            return false;
    return true;
}

static spil_status add_owners(pricing *p, double with_all)
{
    spil_status rc = SPIL_OK;
    for (size_t i = 0; i < p->result->source_count; i++) {
        const spil_result_source *const source = &p->result->sources[i];
        if (!is_new_owner(p->result, i))
            continue;
        spil_price_row row = {.of = SPIL_PRICE_OWNER,
                              .owner = source->owner,
                              .open = spil_disclosed_source(p->to, source),
                              .with_it = with_all};
        TRY(agree(p, &row.without, score_without_owner, source->owner));
        TRY(VEC_PUSH(p->rows, row, p->err));
    }
done:
    return rc;
}

static spil_status add_kinds(pricing *p, double with_all)
{
    spil_status rc = SPIL_OK;
    for (spil_entity_kind kind = 0; kind < SPIL_ENTITY_KIND_COUNT; kind++) {
        bool any = false;
        for (size_t i = 0; i < p->count; i++)
            any = any || p->result->entities[p->targets[i]->entity].kind == kind;
        if (!any)
            continue;
        spil_price_row row = {.of = SPIL_PRICE_KIND,
                              .kind = kind,
                              .owner = "",
                              .open = p->to->kinds >> kind & 1,
                              .with_it = with_all};
        TRY(agree(p, &row.without, score_without_kind, &kind));
        TRY(VEC_PUSH(p->rows, row, p->err));
    }
done:
    return rc;
}

static double score_as_listed(const pricing *p, const spil_result_target *t, const void *what)
{
    (void)p;
    (void)what;
    return -(double)t->rank;
}

static double score_by_gain(const pricing *p, const spil_result_target *t, const void *what)
{
    (void)p;
    (void)what;
    return t->gain.mean;
}

/* The scores that the others are held against. */
static void set_full(pricing *p, score_of *score)
{
    for (size_t i = 0; i < p->count; i++)
        p->full[i] = score(p, p->targets[i], NULL);
}

spil_status spil_privacy_price_of(spil_privacy_price *out, const spil_result *result,
                                  const spil_disclosed *to, spil_err *err)
{
    spil_status rc = SPIL_OK;
    pricing p = {.result = result, .to = to, .err = err};
    double with_all;
    TRY(NEW_ARRAY(p.targets, result->target_count, err));
    for (size_t i = 0; i < result->target_count; i++)
        if (result->targets[i].barrier.partner == to->partner)
            p.targets[p.count++] = &result->targets[i];
    TRY(NEW_ARRAY(p.full, p.count, err));
    TRY(NEW_ARRAY(p.other, p.count, err));
    set_full(&p, score_as_listed);
    TRY(add_fields(&p, &out->told));
    set_full(&p, score_by_gain);
    TRY(agree(&p, &with_all, score_by_gain, NULL));
    TRY(add_owners(&p, with_all));
    TRY(add_kinds(&p, with_all));
    TRY(agree(&p, &out->open, score_by_open_facts, NULL));
    out->targets = p.count;
    out->rows = p.rows.items;
    out->row_count = p.rows.count;
    p.rows.items = NULL;
done:
    spil_free(p.targets);
    spil_free(p.full);
    spil_free(p.other);
    spil_free(p.rows.items);
    return rc;
}

void spil_privacy_price_clear(spil_privacy_price *price)
{
    spil_free(price->rows);
    price->rows = NULL;
    price->row_count = 0;
}

/* An order that cannot be made agrees with nothing: as dear as none. */
static double cost(const spil_price_row *row)
{
    return (isnan(row->with_it) ? 0 : row->with_it) - (isnan(row->without) ? 0 : row->without);
}

const spil_price_row *spil_privacy_dearest(const spil_privacy_price *price)
{
    const spil_price_row *best = NULL;
    for (size_t i = 0; i < price->row_count; i++)
        if (!price->rows[i].open && (!best || cost(&price->rows[i]) > cost(best)))
            best = &price->rows[i];
    return best;
}
