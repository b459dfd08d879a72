/* bulk.c - see bulk.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every product and sum has the order of chain.c, draw by draw, so the bits are the same; the loops
 * run over draws inside, a block of them at a time, so that what a step needs stays in the cache.
 */
#include "engine/barriers/bulk.h"

#include <math.h>
#include <string.h>

enum { BLOCK = 256, PATTERNS = 6 }; /* draws; entities whose every pattern is kept */

struct spil_bulk {
    const spil_evidence *evidence;
    size_t draws;
    double *number; /* columns x draws */
    /* Steps without evidence, steps of all models x draws. */
    double *odds, *given;
    size_t *step_row; /* models: where its steps begin */
};

/* ---- what all communities share ---- */

static void turn(const spil_evidence *evidence, size_t draws, double *number)
{
    const size_t columns = evidence->columns->count;
    for (size_t b = 0; b < draws; b++)
        for (size_t k = 0; k < columns; k++)
            number[k * draws + b] = evidence->number[b * columns + k];
}

/* What a step adds when exp(-ln L) is inverse: as spil_chain_step has it. */
static void step_terms(double a, double b, double inverse, double *odds, double *given)
{
    const double with = a + (1 - a) * inverse, other = b + (1 - b) * inverse;
    *odds = with / other;
    *given = a / with;
}

static void fill_bare(spil_bulk *bulk, size_t m)
{
    const spil_columns *const columns = bulk->evidence->columns;
    const size_t draws = bulk->draws;
    for (size_t s = 0; s < columns->models->models[m]->step_count; s++) {
        const double *const b = bulk->number + spil_column_step(columns, m, s) * draws;
        const double *const a = b + draws;
        const size_t at = (bulk->step_row[m] + s) * draws;
        for (size_t d = 0; d < draws; d++)
            step_terms(a[d], b[d], 1, &bulk->odds[at + d], &bulk->given[at + d]);
    }
}

spil_status spil_bulk_new(spil_bulk **out, const spil_evidence *evidence, size_t draws,
                          spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_bulk *bulk = NULL;
    const spil_model_set *const models = evidence->columns->models;
    size_t steps = 0;
    TRY(NEW(bulk, err));
    bulk->evidence = evidence;
    bulk->draws = draws;
    TRY(NEW_ARRAY(bulk->step_row, models->count, err));
    for (size_t m = 0; m < models->count; m++) {
        bulk->step_row[m] = steps;
        steps += models->models[m]->step_count;
    }
    TRY(NEW_ARRAY(bulk->number, evidence->columns->count * draws, err));
    TRY(NEW_ARRAY(bulk->odds, steps * draws, err));
    TRY(NEW_ARRAY(bulk->given, steps * draws, err));
    turn(evidence, draws, bulk->number);
    for (size_t m = 0; m < models->count; m++)
        fill_bare(bulk, m);
    *out = bulk;
    bulk = NULL;
done:
    spil_bulk_free(bulk);
    return rc;
}

void spil_bulk_free(spil_bulk *bulk)
{
    if (!bulk)
        return;
    spil_free(bulk->number);
    spil_free(bulk->odds);
    spil_free(bulk->given);
    spil_free(bulk->step_row);
    spil_free(bulk);
}

/* ---- one case, one block of draws ---- */

typedef struct block {
    const spil_bulk *bulk;
    const spil_case *c;
    const uint8_t *const *in; /* by fact: row of its entity */
    uint8_t *off;
    size_t begin, count; /* draws [begin, begin + count) */
} block;

/* strongest = the larger of strongest and the worth of the fact, where its entity is there. */
static void raise_to(const block *k, uint32_t f, double *strongest)
{
    const spil_fact *const fact = &k->c->facts[f];
    const double weight = fact->weight;
    const double *const number = k->bulk->number + fact->column * k->bulk->draws + k->begin;
    const uint8_t *const in = k->in[f] + k->begin;
    for (size_t d = 0; d < k->count; d++) {
        const double worth = in[d] ? weight * number[d] : 0;
        strongest[d] = worth > strongest[d] ? worth : strongest[d];
    }
}

static void log_evidence(const block *k, size_t step, double *sum)
{
    const spil_case *const c = k->c;
    double strongest[BLOCK] = {0};
    for (size_t d = 0; d < k->count; d++)
        sum[d] = c->against ? c->against[step] : 0;
    for (uint32_t i = c->family_row[step]; i < c->family_row[step + 1]; i++) {
        const uint32_t f = c->by_family[i];
        if (i > c->family_row[step] && c->facts[f].family != c->facts[c->by_family[i - 1]].family)
            for (size_t d = 0; d < k->count; d++) {
                sum[d] += strongest[d];
                strongest[d] = 0;
            }
        raise_to(k, f, strongest);
    }
    for (size_t d = 0; d < k->count; d++)
        sum[d] += strongest[d];
}

/* odds and given of the step by draw: its own, or those that all communities share. */
static void read_step(const block *k, size_t step, double *odds, double *given)
{
    const spil_case *const c = k->c;
    const spil_bulk *const bulk = k->bulk;
    if (c->family_row[step] == c->family_row[step + 1] && !(c->against && c->against[step] < 0)) {
        const size_t m = c->facts->model;
        const size_t at = (bulk->step_row[m] + step) * bulk->draws + k->begin;
        memcpy(odds, bulk->odds + at, k->count * sizeof *odds);
        memcpy(given, bulk->given + at, k->count * sizeof *given);
        return;
    }
    const double *const b = bulk->number + c->step_column[step] * bulk->draws + k->begin;
    const double *const a = b + bulk->draws;
    double evidence[BLOCK];
    log_evidence(k, step, evidence);
    for (size_t d = 0; d < k->count; d++)
        evidence[d] = exp(-evidence[d]);
    for (size_t d = 0; d < k->count; d++)
        step_terms(a[d], b[d], evidence[d], &odds[d], &given[d]);
}

/* Chance that the seats of the step are filled, by draw. It changes with those who are there alone:
 * bit i of a pattern is the i-th fact of the step. */
static void read_seats(const block *k, size_t step, double *filled)
{
    const spil_case *const c = k->c;
    const uint32_t first = c->seat_row[step], seats = c->seat_row[step + 1] - first;
    double known[1 << PATTERNS];
    bool is_known[1 << PATTERNS] = {false};
    for (size_t d = 0; d < k->count; d++) {
        uint32_t pattern = 0;
        for (uint32_t i = 0; i < seats; i++) {
            const uint32_t f = c->by_seat[first + i];
            const uint8_t in = k->in[f][k->begin + d];
            k->off[f] = in ? SPIL_COUNTS : SPIL_ABSENT;
            pattern |= i < PATTERNS ? (uint32_t)in << i : 0;
        }
        if (seats > PATTERNS) {
            filled[d] = spil_chain_filled(c, step, k->off);
            continue;
        }
        if (!is_known[pattern]) {
            known[pattern] = spil_chain_filled(c, step, k->off);
            is_known[pattern] = true;
        }
        filled[d] = known[pattern];
    }
}

/* Chance that the step is run with its seats filled, if the process runs; odds *= those of the
 * step. */
static void take_step(const block *k, size_t step, double *odds, double *with)
{
    double of_step[BLOCK], filled[BLOCK];
    read_step(k, step, of_step, with);
    for (size_t d = 0; d < k->count; d++)
        odds[d] *= of_step[d];
    if (!k->c->model->steps[step].required)
        return;
    read_seats(k, step, filled);
    for (size_t d = 0; d < k->count; d++)
        with[d] *= filled[d];
}

/* chain *= the chance of the steps from first on that are ways to one end; returns the step after
 * them. */
static size_t take_group(const block *k, size_t first, double (*with)[BLOCK], double *chain)
{
    const spil_model *const model = k->c->model;
    size_t s = first;
    double none[BLOCK];
    for (size_t d = 0; d < k->count; d++)
        none[d] = 1;
    do
        for (size_t d = 0; d < k->count; d++)
            none[d] *= 1 - with[s][d];
    while (++s < model->step_count && model->steps[s].group == model->steps[first].group);
    for (size_t d = 0; d < k->count; d++)
        chain[d] *= 1 - none[d];
    return s;
}

static void chain_of_block(const block *k, double *chain, double *process)
{
    const spil_model *const model = k->c->model;
    const double *const prior = k->bulk->number + k->c->process_column * k->bulk->draws + k->begin;
    double odds[BLOCK], with[SPIL_MODEL_STEPS_MOST][BLOCK];
    for (size_t d = 0; d < k->count; d++)
        odds[d] = prior[d] / (1 - prior[d]);
    for (size_t s = 0; s < model->step_count; s++)
        take_step(k, s, odds, with[s]);
    for (size_t d = 0; d < k->count; d++)
        chain[d] = process[d] = odds[d] / (1 + odds[d]);
    for (size_t s = 0, next; s < model->step_count; s = next) {
        next = s + 1;
        if (!model->steps[s].required)
            continue;
        if (model->steps[s].group != SPIL_NO_GROUP)
            next = take_group(k, s, with, chain);
        else
            for (size_t d = 0; d < k->count; d++)
                chain[d] *= with[s][d];
    }
}

void spil_bulk_chain(const spil_bulk *bulk, const spil_case *chain_case, const uint8_t *const *in,
                     uint8_t *off, double *chain, double *process)
{
    for (size_t begin = 0; begin < bulk->draws; begin += BLOCK) {
        const size_t left = bulk->draws - begin;
        const block k = {.bulk = bulk,
                         .c = chain_case,
                         .in = in,
                         .off = off,
                         .begin = begin,
                         .count = left < BLOCK ? left : BLOCK};
        chain_of_block(&k, chain + begin, process + begin);
    }
}
