/* optimum_program.c - see optimum_program.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/interventions/optimum_program.h"

#include <math.h>
#include <stdlib.h>

enum { LIMIT_ROWS = 100000 };

void spil_program_clear(spil_program *p)
{
    spil_free(p->row);
    spil_free(p->action);
    spil_free(p->group);
    spil_free(p->columns.items);
    spil_free(p->edges.items);
    spil_free(p->terms.items);
    spil_free(p->at_row.items);
    spil_free(p->at_column.items);
    spil_free(p->at_value.items);
}

/* ---- which row is which ---- */

size_t spil_program_partner_row(const spil_program *p, size_t partner)
{
    return p->chain_count + partner;
}

static int by_number(const void *left, const void *right)
{
    const uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return a < b ? -1 : a > b;
}

size_t spil_program_group_row(const spil_program *p, uint32_t group)
{
    const uint32_t *const at =
        group == UINT32_MAX || p->group_count == 0
            ? NULL
            : bsearch(&group, p->group, p->group_count, sizeof *p->group, by_number);
    return at ? p->chain_count + SPIL_PARTNER_COUNT + (size_t)(at - p->group) : SIZE_MAX;
}

size_t spil_program_length_row(const spil_program *p)
{
    return p->chain_count + SPIL_PARTNER_COUNT + p->group_count;
}

size_t spil_program_money_row(const spil_program *p)
{
    return spil_program_length_row(p) + 1;
}

size_t spil_program_limit_row(const spil_program *p, size_t row)
{
    return spil_program_money_row(p) + 1 + row;
}

size_t spil_program_rows(const spil_program *p)
{
    return spil_program_limit_row(p, p->edges.count);
}

/* ---- rows of the limits ---- */

static spil_status add_edge(spil_program *p, double least, double most, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_program_edge edge = {least, most};
    if (p->edges.count >= LIMIT_ROWS)
        return spil_fail(err, SPIL_LIMIT, "more than %d rows of limits; too many to solve",
                         LIMIT_ROWS);
    TRY(VEC_PUSH(p->edges, edge, err));
done:
    return rc;
}

/* To the newest row. */
static spil_status add_term(spil_program *p, uint32_t choice, double value, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_program_term term = {choice, (uint32_t)(p->edges.count - 1), value};
    TRY(VEC_PUSH(p->terms, term, err));
done:
    return rc;
}

static spil_status add_sum(spil_program *p, const spil_limit *limit, double least, double most,
                           spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(add_edge(p, least, most, err));
    for (size_t i = 0; i < limit->of_count; i++)
        TRY(add_term(p, limit->of[i], 1, err));
done:
    return rc;
}

/* One that stands on both sides asks for nothing. */
static spil_status add_after(spil_program *p, const spil_limit *limit, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (size_t i = 0; i < limit->of_count; i++) {
        bool itself = false;
        for (size_t k = 0; k < limit->by_count; k++)
            itself = itself || limit->by[k] == limit->of[i];
        if (itself)
            continue;
        TRY(add_edge(p, -HUGE_VAL, 0, err));
        TRY(add_term(p, limit->of[i], 1, err));
        for (size_t k = 0; k < limit->by_count; k++)
            TRY(add_term(p, limit->by[k], -1, err));
    }
done:
    return rc;
}

static spil_status add_apart(spil_program *p, const spil_limit *limit, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (size_t i = 0; i < limit->of_count; i++)
        for (size_t k = 0; k < limit->by_count; k++) {
            if (limit->by[k] == limit->of[i])
                continue;
            TRY(add_edge(p, -HUGE_VAL, 1, err));
            TRY(add_term(p, limit->of[i], 1, err));
            TRY(add_term(p, limit->by[k], 1, err));
        }
done:
    return rc;
}

static int by_choice(const void *left, const void *right)
{
    const spil_program_term *const a = left, *const b = right;
    if (a->choice != b->choice)
        return a->choice < b->choice ? -1 : 1;
    return a->row < b->row ? -1 : a->row > b->row;
}

spil_status spil_program_begin(spil_program *p, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(spil_program_put(p, 0, 0, 0, err));
    for (size_t k = 0; k < p->opts->limit_count; k++) {
        const spil_limit *const limit = &p->opts->limits[k];
        switch (limit->kind) {
        case SPIL_LIMIT_MOST:
            TRY(add_sum(p, limit, -HUGE_VAL, (double)limit->most, err));
            break;
        case SPIL_LIMIT_MUST:
            TRY(add_sum(p, limit, 1, HUGE_VAL, err));
            break;
        case SPIL_LIMIT_AFTER:
            TRY(add_after(p, limit, err));
            break;
        case SPIL_LIMIT_APART:
            TRY(add_apart(p, limit, err));
            break;
        }
    }
    if (p->terms.count)
        qsort(p->terms.items, p->terms.count, sizeof *p->terms.items, by_choice);
done:
    return rc;
}

size_t spil_program_terms_of(const spil_program *p, size_t choice)
{
    size_t low = 0, high = p->terms.count;
    while (low < high) {
        const size_t mid = low + (high - low) / 2;
        if (p->terms.items[mid].choice < choice)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* ---- the matrix ---- */

spil_status spil_program_put(spil_program *p, size_t row, size_t at, double value, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const int row_number = (int)row + 1, column_number = (int)at + 1;
    TRY(VEC_PUSH(p->at_row, row_number, err));
    TRY(VEC_PUSH(p->at_column, column_number, err));
    TRY(VEC_PUSH(p->at_value, value, err));
done:
    return rc;
}

spil_status spil_program_put_action(spil_program *p, size_t choice, size_t at, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_choice *const each = &p->choices[choice];
    const size_t group = spil_program_group_row(p, each->exclusive);
    if (each->hours > 0)
        TRY(spil_program_put(p, spil_program_partner_row(p, each->partner), at, each->hours, err));
    if (group != SIZE_MAX)
        TRY(spil_program_put(p, group, at, 1, err));
    TRY(spil_program_put(p, spil_program_length_row(p), at, 1, err));
    if (each->cost > 0)
        TRY(spil_program_put(p, spil_program_money_row(p), at, each->cost, err));
    for (size_t t = spil_program_terms_of(p, choice);
         t < p->terms.count && p->terms.items[t].choice == choice; t++)
        TRY(spil_program_put(p, spil_program_limit_row(p, p->terms.items[t].row), at,
                             p->terms.items[t].value, err));
done:
    return rc;
}

void spil_program_bound_row(glp_prob *lp, size_t row, double least, double most)
{
    const int kind = isfinite(least) && isfinite(most) ? (least < most ? GLP_DB : GLP_FX)
                     : isfinite(most)                  ? GLP_UP
                     : isfinite(least)                 ? GLP_LO
                                                       : GLP_FR;
    glp_set_row_bnds(lp, (int)row + 1, kind, least, most);
}

void spil_program_bound_rows(const spil_program *p, glp_prob *lp)
{
    for (size_t partner = 0; partner < SPIL_PARTNER_COUNT; partner++)
        spil_program_bound_row(lp, spil_program_partner_row(p, partner), -HUGE_VAL,
                               p->opts->hours[partner]);
    for (size_t g = 0; g < p->group_count; g++)
        spil_program_bound_row(lp, p->chain_count + SPIL_PARTNER_COUNT + g, -HUGE_VAL, 1);
    spil_program_bound_row(lp, spil_program_length_row(p), -HUGE_VAL, (double)p->opts->top);
    spil_program_bound_row(lp, spil_program_money_row(p), -HUGE_VAL, p->opts->budget);
    for (size_t r = 0; r < p->edges.count; r++)
        spil_program_bound_row(lp, spil_program_limit_row(p, r), p->edges.items[r].least,
                               p->edges.items[r].most);
}
