/* optimum.c - see optimum.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/interventions/optimum.h"

#include "engine/base/vec.h"

#include <glpk.h>
#include <math.h>
#include <stdlib.h>

/* A set of actions of one chain: bit i is the i-th action of the chain. */
typedef struct column {
    size_t chain;
    uint32_t set;
    double worth;
} column;

typedef struct program {
    const spil_choice *choices;
    const double *const *chain_value;
    const spil_list_opts *opts;
    size_t chain_count, draws;
    size_t *row; /* chain_count + 1: actions of chain c stand in action[row[c] .. row[c + 1]) */
    size_t *action;
    uint32_t *group; /* of the groups in more than one chain, ascending */
    size_t group_count;
    double *left; /* draws: scratch */
    SPIL_VEC(column) columns;
    SPIL_VEC(int) at_row, at_column; /* the matrix, 1-based as GLPK counts */
    SPIL_VEC(double) at_value;
} program;

static void clear(program *p)
{
    spil_free(p->row);
    spil_free(p->action);
    spil_free(p->group);
    spil_free(p->left);
    spil_free(p->columns.items);
    spil_free(p->at_row.items);
    spil_free(p->at_column.items);
    spil_free(p->at_value.items);
}

/* ---- actions by chain ---- */

static spil_status sort_by_chain(program *p, size_t count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    size_t *next = NULL;
    TRY(NEW_ARRAY(p->row, p->chain_count + 1, err));
    TRY(NEW_ARRAY(p->action, count, err));
    TRY(NEW_ARRAY(next, p->chain_count, err));
    for (size_t i = 0; i < count; i++)
        p->row[p->choices[i].chain + 1]++;
    for (size_t c = 0; c < p->chain_count; c++)
        p->row[c + 1] += p->row[c];
    for (size_t c = 0; c < p->chain_count; c++)
        next[c] = p->row[c];
    for (size_t i = 0; i < count; i++)
        p->action[next[p->choices[i].chain]++] = i;
done:
    spil_free(next);
    return rc;
}

typedef struct placed {
    uint32_t group;
    size_t chain;
} placed;

static int by_group(const void *left, const void *right)
{
    const placed *const a = left, *const b = right;
    if (a->group != b->group)
        return a->group < b->group ? -1 : 1;
    return a->chain < b->chain ? -1 : a->chain > b->chain;
}

/* Groups that more than one chain has: within a chain no set holds two of a group anyway. */
static spil_status find_shared_groups(program *p, size_t count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    placed *all = NULL;
    TRY(NEW_ARRAY(all, count, err));
    TRY(NEW_ARRAY(p->group, count, err));
    for (size_t i = 0; i < count; i++)
        all[i] = (placed){p->choices[i].exclusive, p->choices[i].chain};
    if (count)
        qsort(all, count, sizeof *all, by_group);
    for (size_t i = 1; i < count; i++) {
        const bool shared = all[i].group != UINT32_MAX && all[i].group == all[i - 1].group &&
                            all[i].chain != all[i - 1].chain;
        if (shared && (!p->group_count || p->group[p->group_count - 1] != all[i].group))
            p->group[p->group_count++] = all[i].group;
    }
done:
    spil_free(all);
    return rc;
}

static int by_number(const void *left, const void *right)
{
    const uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return a < b ? -1 : a > b;
}

/* ---- columns ---- */

static bool allowed(const program *p, size_t chain, uint32_t set)
{
    const size_t first = p->row[chain], count = p->row[chain + 1] - first;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < i; k++) {
            const uint32_t group = p->choices[p->action[first + i]].exclusive;
            if ((set >> i & 1) && (set >> k & 1) && group != UINT32_MAX &&
                group == p->choices[p->action[first + k]].exclusive)
                return false;
        }
    return true;
}

static double worth(const program *p, size_t chain, uint32_t set)
{
    const double *const value = p->chain_value[chain];
    double sum = 0;
    for (size_t b = 0; b < p->draws; b++) {
        double left = 1;
        for (size_t i = p->row[chain]; i < p->row[chain + 1]; i++)
            if (set >> (i - p->row[chain]) & 1) {
                const double gain = p->choices[p->action[i]].draw[b];
                left *= gain < value[b] ? 1 - gain / value[b] : 0;
            }
        sum += value[b] > 0 ? value[b] * (1 - left) : 0;
    }
    return sum / (double)p->draws;
}

static spil_status add_columns(program *p, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (size_t c = 0; c < p->chain_count; c++) {
        const size_t actions = p->row[c + 1] - p->row[c];
        if (actions > SPIL_OPTIMUM_ACTIONS)
            return spil_fail(err, SPIL_LIMIT,
                             "a chain has %zu actions; the best list is found exactly up to %d",
                             actions, SPIL_OPTIMUM_ACTIONS);
        for (uint32_t set = 1; set < (uint32_t)1 << actions; set++) {
            if (!allowed(p, c, set))
                continue;
            const column made = {c, set, worth(p, c, set)};
            TRY(VEC_PUSH(p->columns, made, err));
        }
        if (p->columns.count > SPIL_OPTIMUM_COLUMNS)
            return spil_fail(err, SPIL_LIMIT, "more than %d sets of actions; too many to solve",
                             SPIL_OPTIMUM_COLUMNS);
        TRY(spil_check_stop(err));
    }
done:
    return rc;
}

/* ---- the matrix: rows are chains, then partners, then groups, then the length ---- */

static spil_status put(program *p, size_t row, size_t at, double value, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const int row_number = (int)row + 1, column_number = (int)at + 1;
    TRY(VEC_PUSH(p->at_row, row_number, err));
    TRY(VEC_PUSH(p->at_column, column_number, err));
    TRY(VEC_PUSH(p->at_value, value, err));
done:
    return rc;
}

static spil_status put_column(program *p, size_t at, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const column *const it = &p->columns.items[at];
    double hours[SPIL_PARTNER_COUNT] = {0};
    size_t length = 0;
    TRY(put(p, it->chain, at, 1, err));
    for (size_t i = p->row[it->chain]; i < p->row[it->chain + 1]; i++) {
        if (!(it->set >> (i - p->row[it->chain]) & 1))
            continue;
        const spil_choice *const each = &p->choices[p->action[i]];
        hours[each->partner] += each->hours;
        length++;
        const uint32_t *const shared =
            bsearch(&each->exclusive, p->group, p->group_count, sizeof *p->group, by_number);
        if (shared)
            TRY(put(p, p->chain_count + SPIL_PARTNER_COUNT + (size_t)(shared - p->group), at, 1,
                    err));
    }
    for (size_t partner = 0; partner < SPIL_PARTNER_COUNT; partner++)
        if (hours[partner] > 0)
            TRY(put(p, p->chain_count + partner, at, hours[partner], err));
    TRY(put(p, p->chain_count + SPIL_PARTNER_COUNT + p->group_count, at, (double)length, err));
done:
    return rc;
}

static void bound_row(glp_prob *lp, size_t row, double most)
{
    if (isfinite(most))
        glp_set_row_bnds(lp, (int)row + 1, GLP_UP, 0, most);
    else
        glp_set_row_bnds(lp, (int)row + 1, GLP_FR, 0, 0);
}

static void load(const program *p, glp_prob *lp)
{
    const size_t rows = p->chain_count + SPIL_PARTNER_COUNT + p->group_count + 1;
    glp_set_obj_dir(lp, GLP_MAX);
    glp_add_rows(lp, (int)rows);
    glp_add_cols(lp, (int)p->columns.count);
    for (size_t c = 0; c < p->chain_count; c++)
        bound_row(lp, c, 1);
    for (size_t partner = 0; partner < SPIL_PARTNER_COUNT; partner++)
        bound_row(lp, p->chain_count + partner, p->opts->hours[partner]);
    for (size_t g = 0; g < p->group_count; g++)
        bound_row(lp, p->chain_count + SPIL_PARTNER_COUNT + g, 1);
    bound_row(lp, rows - 1, (double)p->opts->top);
    for (size_t i = 0; i < p->columns.count; i++) {
        glp_set_col_kind(lp, (int)i + 1, GLP_BV);
        glp_set_obj_coef(lp, (int)i + 1, p->columns.items[i].worth);
    }
    /* GLPK counts from 1 and does not look at what stands at 0 */
    glp_load_matrix(lp, (int)p->at_row.count - 1, p->at_row.items, p->at_column.items,
                    p->at_value.items);
}

/* ---- solving ---- */

static spil_status solve(const program *p, glp_prob *lp, double seconds, spil_optimum *out,
                         spil_err *err)
{
    glp_smcp simplex;
    glp_iocp integer;
    glp_init_smcp(&simplex);
    simplex.msg_lev = GLP_MSG_OFF;
    glp_init_iocp(&integer);
    integer.msg_lev = GLP_MSG_OFF;
    integer.tm_lim = (int)fmin(seconds * 1000, 2e9);
    integer.mir_cuts = GLP_ON;
    if (glp_simplex(lp, &simplex) != 0 || glp_get_status(lp) != GLP_OPT)
        return spil_fail(err, SPIL_MATH, "GLPK did not solve the relaxed programme");
    const double relaxed = glp_get_obj_val(lp);
    const int code = glp_intopt(lp, &integer);
    const int status = glp_mip_status(lp);
    if ((code != 0 && code != GLP_ETMLIM) || (status != GLP_OPT && status != GLP_FEAS))
        return spil_fail(err, SPIL_MATH, "GLPK found no list within %.3g seconds", seconds);
    out->gain = glp_mip_obj_val(lp);
    out->bound = status == GLP_OPT ? out->gain : relaxed;
    for (size_t i = 0; i < p->columns.count; i++) {
        const column *const it = &p->columns.items[i];
        if (glp_mip_col_val(lp, (int)i + 1) < 0.5)
            continue;
        for (size_t a = p->row[it->chain]; a < p->row[it->chain + 1]; a++)
            if (it->set >> (a - p->row[it->chain]) & 1)
                out->chosen[out->count++] = p->action[a];
    }
    return SPIL_OK;
}

static int by_size(const void *left, const void *right)
{
    const size_t a = *(const size_t *)left, b = *(const size_t *)right;
    return a < b ? -1 : a > b;
}

static spil_status solve_all(const program *p, double seconds, spil_optimum *out, spil_err *err)
{
    if (p->columns.count == 0)
        return SPIL_OK; /* nothing to choose; and GLPK takes no empty programme */
    (void)glp_term_out(GLP_OFF);
    glp_prob *const lp = glp_create_prob();
    load(p, lp);
    const spil_status rc = solve(p, lp, seconds, out, err);
    glp_delete_prob(lp);
    (void)glp_free_env();
    if (rc == SPIL_OK && out->count)
        qsort(out->chosen, out->count, sizeof *out->chosen, by_size);
    return rc;
}

/* ---- a limit for any size ---- */

static double mean(const double *values, size_t draws)
{
    double sum = 0;
    for (size_t b = 0; b < draws; b++)
        sum += values[b];
    return sum / (double)draws;
}

/* Columns: an action each, then a chain each (what it counts for). Rows: as in load(), and for each
 * chain: what it counts for is no more than its actions together. */
static spil_status fill_relaxed(program *p, size_t count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(put(p, 0, 0, 0, err)); /* the place that GLPK does not look at */
    for (size_t i = 0; i < count; i++) {
        const spil_choice *const each = &p->choices[i];
        TRY(put(p, each->chain, i, -mean(each->draw, p->draws), err));
        if (each->hours > 0)
            TRY(put(p, p->chain_count + each->partner, i, each->hours, err));
        const uint32_t *const shared =
            each->exclusive == UINT32_MAX
                ? NULL
                : bsearch(&each->exclusive, p->group, p->group_count, sizeof *p->group, by_number);
        if (shared)
            TRY(put(p, p->chain_count + SPIL_PARTNER_COUNT + (size_t)(shared - p->group), i, 1,
                    err));
        TRY(put(p, p->chain_count + SPIL_PARTNER_COUNT + p->group_count, i, 1, err));
    }
    for (size_t c = 0; c < p->chain_count; c++)
        TRY(put(p, c, count + c, 1, err));
done:
    return rc;
}

/* Every group that there is, ascending. */
static spil_status list_groups(program *p, size_t count, spil_err *err)
{
    const spil_status rc = NEW_ARRAY(p->group, count, err);
    if (rc != SPIL_OK)
        return rc;
    for (size_t i = 0; i < count; i++)
        p->group[i] = p->choices[i].exclusive;
    if (count)
        qsort(p->group, count, sizeof *p->group, by_number);
    for (size_t i = 0; i < count; i++)
        if (p->group[i] != UINT32_MAX && (i == 0 || p->group[i] != p->group[i - 1]))
            p->group[p->group_count++] = p->group[i];
    return SPIL_OK;
}

static spil_status solve_relaxed(const program *p, size_t count, double *bound, spil_err *err)
{
    const size_t rows = p->chain_count + SPIL_PARTNER_COUNT + p->group_count + 1;
    glp_smcp simplex;
    (void)glp_term_out(GLP_OFF);
    glp_prob *const lp = glp_create_prob();
    glp_set_obj_dir(lp, GLP_MAX);
    glp_add_rows(lp, (int)rows);
    glp_add_cols(lp, (int)(count + p->chain_count));
    for (size_t c = 0; c < p->chain_count; c++)
        bound_row(lp, c, 0);
    for (size_t partner = 0; partner < SPIL_PARTNER_COUNT; partner++)
        bound_row(lp, p->chain_count + partner, p->opts->hours[partner]);
    for (size_t g = 0; g < p->group_count; g++)
        bound_row(lp, p->chain_count + SPIL_PARTNER_COUNT + g, 1);
    bound_row(lp, rows - 1, (double)p->opts->top);
    for (size_t i = 0; i < count; i++)
        glp_set_col_bnds(lp, (int)i + 1, GLP_DB, 0, 1);
    for (size_t c = 0; c < p->chain_count; c++) {
        const double most = mean(p->chain_value[c], p->draws);
        glp_set_col_bnds(lp, (int)(count + c) + 1, most > 0 ? GLP_DB : GLP_FX, 0, most);
        glp_set_obj_coef(lp, (int)(count + c) + 1, 1);
    }
    glp_load_matrix(lp, (int)p->at_row.count - 1, p->at_row.items, p->at_column.items,
                    p->at_value.items);
    glp_init_smcp(&simplex);
    simplex.msg_lev = GLP_MSG_OFF;
    const bool solved = glp_simplex(lp, &simplex) == 0 && glp_get_status(lp) == GLP_OPT;
    if (solved)
        *bound = glp_get_obj_val(lp);
    glp_delete_prob(lp);
    (void)glp_free_env();
    return solved ? SPIL_OK : spil_fail(err, SPIL_MATH, "GLPK did not solve the relaxed programme");
}

spil_status spil_optimum_bound(double *bound, const spil_choice *choices, size_t count,
                               const double *const *chain_value, size_t chain_count, size_t draws,
                               const spil_list_opts *opts, spil_err *err)
{
    spil_status rc = SPIL_OK;
    program p = {.choices = choices,
                 .chain_value = chain_value,
                 .opts = opts,
                 .chain_count = chain_count,
                 .draws = draws};
    if (count == 0) {
        *bound = 0;
        return SPIL_OK;
    }
    TRY(list_groups(&p, count, err));
    TRY(fill_relaxed(&p, count, err));
    rc = solve_relaxed(&p, count, bound, err);
done:
    clear(&p);
    return rc;
}

spil_status spil_optimum_find(spil_optimum **out, const spil_choice *choices, size_t count,
                              const double *const *chain_value, size_t chain_count, size_t draws,
                              const spil_list_opts *opts, double seconds, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_optimum *made = NULL;
    program p = {.choices = choices,
                 .chain_value = chain_value,
                 .opts = opts,
                 .chain_count = chain_count,
                 .draws = draws};
    TRY(NEW(made, err));
    TRY(NEW_ARRAY(made->chosen, count, err));
    TRY(sort_by_chain(&p, count, err));
    TRY(find_shared_groups(&p, count, err));
    TRY(add_columns(&p, err));
    TRY(put(&p, 0, 0, 0, err)); /* the place that GLPK does not look at */
    for (size_t i = 0; i < p.columns.count; i++)
        TRY(put_column(&p, i, err));
    TRY(solve_all(&p, seconds, made, err));
    *out = made;
    made = NULL;
done:
    clear(&p);
    spil_optimum_free(made);
    return rc;
}

void spil_optimum_free(spil_optimum *optimum)
{
    if (!optimum)
        return;
    spil_free(optimum->chosen);
    spil_free(optimum);
}
