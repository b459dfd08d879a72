/* chain.c - see chain.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/barriers/chain.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NEEDED_MOST = 50 }; /* as the reader of models has it */

/* ---- layout ---- */

typedef struct sort_key {
    uint32_t step, group, entity, fact;
} sort_key;

static int by_key(const void *left, const void *right)
{
    const sort_key *const a = left, *const b = right;
    if (a->step != b->step)
        return a->step < b->step ? -1 : 1;
    if (a->group != b->group)
        return a->group < b->group ? -1 : 1;
    if (a->entity != b->entity)
        return a->entity < b->entity ? -1 : 1;
    return a->fact < b->fact ? -1 : a->fact > b->fact;
}

/* Sorts the keys and writes facts and the row of each step. */
static void lay_out(sort_key *keys, uint32_t count, size_t steps, uint32_t *facts, uint32_t *row)
{
    if (count)
        qsort(keys, count, sizeof *keys, by_key);
    uint32_t next = 0;
    for (uint32_t s = 0; s < steps; s++) {
        row[s] = next;
        while (next < count && keys[next].step == s) {
            facts[next] = keys[next].fact;
            next++;
        }
    }
    row[steps] = next;
}

static void lay_out_entities(spil_case *c, sort_key *keys)
{
    for (uint32_t f = 0; f < c->fact_count; f++)
        keys[f] = (sort_key){0, 0, c->facts[f].entity, f};
    if (c->fact_count)
        qsort(keys, c->fact_count, sizeof *keys, by_key);
    for (uint32_t i = 0; i < c->fact_count; i++) {
        if (i == 0 || keys[i].entity != keys[i - 1].entity) {
            c->entity[c->entity_count] = keys[i].entity;
            c->fact_row[c->entity_count++] = i;
        }
        c->fact_of[i] = keys[i].fact;
    }
    c->fact_row[c->entity_count] = c->fact_count;
}

static void lay_out_steps(spil_case *c, sort_key *keys)
{
    uint32_t count = 0;
    for (uint32_t f = 0; f < c->fact_count; f++)
        if (c->facts[f].family != SPIL_NO_FAMILY)
            keys[count++] = (sort_key){c->facts[f].step, c->facts[f].family, c->facts[f].entity, f};
    lay_out(keys, count, c->model->step_count, c->by_family, c->family_row);
    count = 0;
    for (uint32_t f = 0; f < c->fact_count; f++)
        if (c->facts[f].role != SPIL_NO_SEAT)
            keys[count++] = (sort_key){c->facts[f].step, c->facts[f].role, c->facts[f].entity, f};
    lay_out(keys, count, c->model->step_count, c->by_seat, c->seat_row);
}

spil_status spil_case_new(spil_case **out, const spil_columns *columns, const spil_fact *facts,
                          size_t fact_count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_case *c = NULL;
    sort_key *keys = NULL;
    const uint32_t m = facts->model;
    const spil_model *const model = columns->models->models[m];
    TRY(NEW(c, err));
    c->model = model;
    c->facts = facts;
    c->fact_count = (uint32_t)fact_count;
    TRY(NEW_ARRAY(keys, fact_count, err));
    TRY(NEW_ARRAY(c->entity, fact_count, err));
    TRY(NEW_ARRAY(c->fact_row, fact_count + 1, err));
    TRY(NEW_ARRAY(c->fact_of, fact_count, err));
    TRY(NEW_ARRAY(c->by_family, fact_count, err));
    TRY(NEW_ARRAY(c->by_seat, fact_count, err));
    TRY(NEW_ARRAY(c->family_row, model->step_count + 1, err));
    TRY(NEW_ARRAY(c->seat_row, model->step_count + 1, err));
    TRY(NEW_ARRAY(c->role_row, model->step_count + 1, err));
    TRY(NEW_ARRAY(c->step_column, model->step_count, err));
    c->process_column = spil_column_process(columns, m);
    for (size_t s = 0; s < model->step_count; s++) {
        c->step_column[s] = spil_column_step(columns, m, s);
        c->role_row[s + 1] = c->role_row[s] + model->steps[s].role_count;
    }
    c->role_count = c->role_row[model->step_count];
    lay_out_entities(c, keys);
    lay_out_steps(c, keys);
    *out = c;
    c = NULL;
done:
    spil_free(keys);
    spil_case_free(c);
    return rc;
}

void spil_case_free(spil_case *c)
{
    if (!c)
        return;
    spil_free(c->entity);
    spil_free(c->fact_row);
    spil_free(c->fact_of);
    spil_free(c->by_family);
    spil_free(c->by_seat);
    spil_free(c->family_row);
    spil_free(c->seat_row);
    spil_free(c->role_row);
    spil_free(c->step_column);
    spil_free(c);
}

/* ---- formulas ---- */

/* ln L: sum over families of the strongest, less what was looked for and not found. */
static double log_evidence(const spil_case *c, size_t step, const double *number,
                           const uint8_t *off)
{
    double sum = c->against ? c->against[step] : 0, strongest = 0;
    for (uint32_t i = c->family_row[step]; i < c->family_row[step + 1]; i++) {
        const uint32_t f = c->by_family[i];
        const spil_fact *const fact = &c->facts[f];
        if (i > c->family_row[step] && fact->family != c->facts[c->by_family[i - 1]].family) {
            sum += strongest;
            strongest = 0;
        }
        const double worth = off[f] ? 0 : fact->weight * number[fact->column];
        if (worth > strongest)
            strongest = worth;
    }
    return sum + strongest;
}

/* Chances that k of the seats are held, at most `needed`: by those who count (held), and the same
 * while nobody who was taken out held one (sound). */
typedef struct seat_chances {
    double held[NEEDED_MOST + 1], sound[NEEDED_MOST + 1];
} seat_chances;

/* One more entity: holds a seat with chance `now`, held one with chance `before` >= now. */
static void take_seat(seat_chances *chances, uint32_t needed, double now, double before)
{
    double *const held = chances->held, *const sound = chances->sound;
    held[needed] += held[needed - 1] * now;
    sound[needed] = sound[needed] * (1 - before + now) + sound[needed - 1] * now;
    for (uint32_t k = needed - 1; k > 0; k--) {
        held[k] = held[k] * (1 - now) + held[k - 1] * now;
        sound[k] = sound[k] * (1 - before) + sound[k - 1] * now;
    }
    held[0] *= 1 - now;
    sound[0] *= 1 - before;
}

/* All seats are taken: by those who count alone; or some are empty, nobody left one of them, and
 * each is filled by somebody unseen. */
static double all_seats(const seat_chances *chances, uint32_t needed, double unseen)
{
    double filled = chances->held[needed], empty = unseen;
    for (uint32_t k = needed; k-- > 0;) {
        filled += chances->sound[k] * empty;
        empty *= unseen;
    }
    return filled;
}

/* Seats of one role from position i of by_seat on; returns the position after them. */
static uint32_t read_role(const spil_case *c, uint32_t i, uint32_t end, const spil_model_role *role,
                          const uint8_t *off, spil_seat_terms *out)
{
    seat_chances chances = {{1}, {1}};
    const uint32_t number = i < end ? c->facts[c->by_seat[i]].role : 0;
    out->held = 0;
    while (i < end && c->facts[c->by_seat[i]].role == number) {
        const uint32_t entity = c->facts[c->by_seat[i]].entity;
        double now = 0, before = 0; /* the largest of what is said of one entity */
        for (; i < end && c->facts[c->by_seat[i]].role == number &&
               c->facts[c->by_seat[i]].entity == entity;
             i++) {
            const uint32_t f = c->by_seat[i];
            if (off[f] != SPIL_ABSENT && c->facts[f].q > before)
                before = c->facts[f].q;
            if (off[f] == SPIL_COUNTS && c->facts[f].q > now)
                now = c->facts[f].q;
        }
        if (before > 0)
            take_seat(&chances, role->needed, now, before);
        out->held += now;
    }
    out->filled = all_seats(&chances, role->needed, role->unseen);
    return i;
}

/* Begin of the role's seats within the step; end when it has none. */
static uint32_t find_role(const spil_case *c, size_t step, size_t role)
{
    uint32_t i = c->seat_row[step];
    while (i < c->seat_row[step + 1] && c->facts[c->by_seat[i]].role < role)
        i++;
    return i;
}

spil_seat_terms spil_chain_role(const spil_case *c, size_t step, size_t role, const uint8_t *off)
{
    spil_seat_terms terms;
    const spil_model_role *const each = &c->model->steps[step].roles[role];
    const uint32_t begin = find_role(c, step, role), end = c->seat_row[step + 1];
    const bool held = begin < end && c->facts[c->by_seat[begin]].role == role;
    (void)read_role(c, begin, held ? end : begin, each, off, &terms);
    return terms;
}

double spil_chain_filled(const spil_case *c, size_t step, const uint8_t *off)
{
    const spil_model_step *const each = &c->model->steps[step];
    double filled = 1;
    uint32_t i = c->seat_row[step];
    const uint32_t end = c->seat_row[step + 1];
    for (size_t r = 0; r < each->role_count; r++) {
        spil_seat_terms seats;
        const bool held = i < end && c->facts[c->by_seat[i]].role == r;
        i = read_role(c, i, held ? end : i, &each->roles[r], off, &seats);
        filled *= seats.filled;
    }
    return filled;
}

spil_step_terms spil_chain_evidence(const spil_case *c, size_t step, const double *number,
                                    const uint8_t *off)
{
    const double b = number[c->step_column[step]], a = number[c->step_column[step] + 1];
    /* divided by L, so that nothing overflows */
    const double inverse = exp(-log_evidence(c, step, number, off));
    const double with = a + (1 - a) * inverse, other = b + (1 - b) * inverse;
    return (spil_step_terms){with / other, a / with, b / other, 1};
}

spil_step_terms spil_chain_step(const spil_case *c, size_t step, const double *number,
                                const uint8_t *off)
{
    spil_step_terms terms = spil_chain_evidence(c, step, number, off);
    terms.filled = spil_chain_filled(c, step, off);
    return terms;
}

double spil_chain_process(const spil_case *c, const double *number, const spil_step_terms *terms)
{
    const double prior = number[c->process_column];
    double odds = prior / (1 - prior);
    for (size_t s = 0; s < c->model->step_count; s++)
        odds *= terms[s].odds;
    return odds / (1 + odds);
}

/* Of the steps from first on that are ways to one end: at least one is run, with all its seats.
 * *next: the step after them. */
static double one_of(const spil_model *model, const spil_step_terms *terms, size_t first,
                     size_t *next)
{
    double none = 1;
    size_t s = first;
    do
        none *= 1 - terms[s].given * terms[s].filled;
    while (++s < model->step_count && model->steps[s].group == model->steps[first].group);
    *next = s;
    return 1 - none;
}

double spil_chain_value(const spil_case *c, const double *number, const spil_step_terms *terms)
{
    const spil_model *const model = c->model;
    double value = spil_chain_process(c, number, terms);
    for (size_t s = 0, next; s < model->step_count; s = next) {
        next = s + 1;
        if (!model->steps[s].required)
            continue;
        if (model->steps[s].group == SPIL_NO_GROUP)
            value *= terms[s].given * terms[s].filled;
        else
            value *= one_of(model, terms, s, &next);
    }
    return value;
}
