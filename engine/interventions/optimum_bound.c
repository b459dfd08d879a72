/* optimum_bound.c - a limit that no list passes, for cases of any size (optimum.h).
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A linear programme: x(i) in [0, 1] takes action i, z(c) is what chain c counts for. What a set S
 * takes away from one chain, f(S), only adds less as it grows, so for any set A
 *
 *     f(S) <= f(A) + sum over i of S not in A of (f(A + i) - f(A))      (Nemhauser & Wolsey 1981)
 *
 * A row for each chain with A empty (z is no more than its actions together), one with A the
 * actions of a list that somebody made, and z <= V. Partners, groups, length, money and limits
 * stand as in the integer programme.
 */
#include "engine/interventions/optimum.h"
#include "engine/interventions/optimum_program.h"

#include <math.h>
#include <stdlib.h>

typedef struct bounding {
    spil_program p;
    double *kept; /* chains x draws: what the list leaves, prod (1 - gain / V) */
    uint8_t *in;  /* by action: on the list */
    size_t *cut;  /* by chain: number of its second row, or SIZE_MAX */
    size_t cut_count;
} bounding;

static double mean(const double *values, size_t draws)
{
    double sum = 0;
    for (size_t b = 0; b < draws; b++)
        sum += values[b];
    return sum / (double)draws;
}

static int by_number(const void *left, const void *right)
{
    const uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return a < b ? -1 : a > b;
}

/* Every group that there is, ascending. */
static spil_status list_groups(spil_program *p, spil_err *err)
{
    const spil_status rc = NEW_ARRAY(p->group, p->count, err);
    if (rc != SPIL_OK)
        return rc;
    for (size_t i = 0; i < p->count; i++)
        p->group[i] = p->choices[i].exclusive;
    qsort(p->group, p->count, sizeof *p->group, by_number);
    for (size_t i = 0; i < p->count; i++)
        if (p->group[i] != UINT32_MAX && (i == 0 || p->group[i] != p->group[i - 1]))
            p->group[p->group_count++] = p->group[i];
    return SPIL_OK;
}

/* ---- the list ---- */

static spil_status take_list(bounding *b, const size_t *list, size_t list_count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_program *const p = &b->p;
    TRY(NEW_ARRAY(b->kept, p->chain_count * p->draws, err));
    TRY(NEW_ARRAY(b->in, p->count, err));
    TRY(NEW_ARRAY(b->cut, p->chain_count, err));
    for (size_t i = 0; i < p->chain_count * p->draws; i++)
        b->kept[i] = 1;
    for (size_t c = 0; c < p->chain_count; c++)
        b->cut[c] = SIZE_MAX;
    for (size_t i = 0; i < list_count; i++) {
        const spil_choice *const each = &p->choices[list[i]];
        const double *const value = p->chain_value[each->chain];
        double *const kept = b->kept + each->chain * p->draws;
        b->in[list[i]] = 1;
        for (size_t d = 0; d < p->draws; d++)
            kept[d] *= value[d] > 0 ? 1 - fmin(each->draw[d] / value[d], 1) : 1;
        if (b->cut[each->chain] == SIZE_MAX)
            b->cut[each->chain] = b->cut_count++;
    }
done:
    return rc;
}

/* What the list takes away from the chain. */
static double taken(const bounding *b, size_t chain)
{
    const double *const value = b->p.chain_value[chain], *const kept = b->kept + chain * b->p.draws;
    double sum = 0;
    for (size_t d = 0; d < b->p.draws; d++)
        sum += value[d] * (1 - kept[d]);
    return sum / (double)b->p.draws;
}

static double adds(const bounding *b, const spil_choice *each)
{
    const double *const kept = b->kept + each->chain * b->p.draws;
    double sum = 0;
    for (size_t d = 0; d < b->p.draws; d++)
        sum += kept[d] * each->draw[d];
    return sum / (double)b->p.draws;
}

/* ---- the programme ---- */

static size_t cut_row(const bounding *b, size_t chain)
{
    return spil_program_rows(&b->p) + b->cut[chain];
}

/* Columns: an action each, then a chain each (what it counts for). */
static spil_status fill(bounding *b, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_program *const p = &b->p;
    for (size_t i = 0; i < p->count; i++) {
        const spil_choice *const each = &p->choices[i];
        TRY(spil_program_put(p, each->chain, i, -mean(each->draw, p->draws), err));
        TRY(spil_program_put_action(p, i, i, err));
        if (b->cut[each->chain] != SIZE_MAX && !b->in[i])
            TRY(spil_program_put(p, cut_row(b, each->chain), i, -adds(b, each), err));
    }
    for (size_t c = 0; c < p->chain_count; c++) {
        TRY(spil_program_put(p, c, p->count + c, 1, err));
        if (b->cut[c] != SIZE_MAX)
            TRY(spil_program_put(p, cut_row(b, c), p->count + c, 1, err));
    }
done:
    return rc;
}

static void load(const bounding *b, glp_prob *lp)
{
    const spil_program *const p = &b->p;
    glp_set_obj_dir(lp, GLP_MAX);
    glp_add_rows(lp, (int)(spil_program_rows(p) + b->cut_count));
    glp_add_cols(lp, (int)(p->count + p->chain_count));
    for (size_t c = 0; c < p->chain_count; c++) {
        spil_program_bound_row(lp, c, -HUGE_VAL, 0);
        if (b->cut[c] != SIZE_MAX)
            spil_program_bound_row(lp, cut_row(b, c), -HUGE_VAL, taken(b, c));
    }
    spil_program_bound_rows(p, lp);
    for (size_t i = 0; i < p->count; i++)
        glp_set_col_bnds(lp, (int)i + 1, GLP_DB, 0, 1);
    for (size_t c = 0; c < p->chain_count; c++) {
        const double most = mean(p->chain_value[c], p->draws);
        glp_set_col_bnds(lp, (int)(p->count + c) + 1, most > 0 ? GLP_DB : GLP_FX, 0, most);
        glp_set_obj_coef(lp, (int)(p->count + c) + 1, 1);
    }
    glp_load_matrix(lp, (int)p->at_row.count - 1, p->at_row.items, p->at_column.items,
                    p->at_value.items);
}

static spil_status solve(const bounding *b, double seconds, double *bound, spil_err *err)
{
    glp_smcp simplex;
    (void)glp_term_out(GLP_OFF);
    glp_prob *const lp = glp_create_prob();
    load(b, lp);
    glp_init_smcp(&simplex);
    simplex.msg_lev = GLP_MSG_OFF;
    simplex.tm_lim = (int)fmin(seconds * 1000, 2e9);
    const int code = glp_simplex(lp, &simplex);
    const bool solved = code == 0 && glp_get_status(lp) == GLP_OPT;
    if (solved)
        *bound = glp_get_obj_val(lp);
    glp_delete_prob(lp);
    (void)glp_free_env();
    if (code == GLP_ETMLIM)
        return spil_fail(err, SPIL_LIMIT, "no limit was found within %.3g seconds", seconds);
    return solved ? SPIL_OK : spil_fail(err, SPIL_MATH, "GLPK did not solve the relaxed programme");
}

spil_status spil_optimum_bound(double *bound, const spil_choice *choices, size_t count,
                               const double *const *chain_value, size_t chain_count, size_t draws,
                               const spil_list_opts *opts, const size_t *list, size_t list_count,
                               double seconds, spil_err *err)
{
    spil_status rc = SPIL_OK;
    bounding b = {.p = {.choices = choices,
                        .count = count,
                        .chain_value = chain_value,
                        .opts = opts,
                        .chain_count = chain_count,
                        .draws = draws}};
    if (count == 0) {
        *bound = 0;
        return SPIL_OK;
    }
    TRY(list_groups(&b.p, err));
    TRY(spil_program_begin(&b.p, err));
    TRY(take_list(&b, list, list_count, err));
    TRY(fill(&b, err));
    rc = solve(&b, seconds, bound, err);
done:
    spil_program_clear(&b.p);
    spil_free(b.kept);
    spil_free(b.in);
    spil_free(b.cut);
    return rc;
}
