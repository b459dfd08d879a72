/* optimum.c - see optimum.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/interventions/optimum.h"

#include "engine/interventions/optimum_program.h"

#include <math.h>
#include <stdlib.h>

/* ---- actions by chain ---- */

static spil_status sort_by_chain(spil_program *p, size_t count, spil_err *err)
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
static spil_status find_shared_groups(spil_program *p, size_t count, spil_err *err)
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

/* ---- columns ---- */

static bool allowed(const spil_program *p, size_t chain, uint32_t set)
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

static double worth(const spil_program *p, size_t chain, uint32_t set)
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

static spil_status add_columns(spil_program *p, spil_err *err)
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
            const spil_program_column made = {c, set, worth(p, c, set)};
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

/* ---- the matrix ---- */

/* What the set takes of each row but that of its chain: sums over its actions, by row. */
static void add_up(const spil_program *p, const spil_program_column *it, double *sum)
{
    for (size_t i = p->row[it->chain]; i < p->row[it->chain + 1]; i++) {
        if (!(it->set >> (i - p->row[it->chain]) & 1))
            continue;
        const size_t choice = p->action[i];
        const spil_choice *const each = &p->choices[choice];
        const size_t group = spil_program_group_row(p, each->exclusive);
        sum[spil_program_partner_row(p, each->partner)] += each->hours;
        if (group != SIZE_MAX)
            sum[group] += 1;
        sum[spil_program_length_row(p)] += 1;
        sum[spil_program_money_row(p)] += each->cost;
        for (size_t t = spil_program_terms_of(p, choice);
             t < p->terms.count && p->terms.items[t].choice == choice; t++)
            sum[spil_program_limit_row(p, p->terms.items[t].row)] += p->terms.items[t].value;
    }
}

/* sum: zeroes, a row each; zeroes again after. */
static spil_status put_column(spil_program *p, size_t at, double *sum, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_program_column *const it = &p->columns.items[at];
    TRY(spil_program_put(p, it->chain, at, 1, err));
    add_up(p, it, sum);
    for (size_t r = p->chain_count; r < spil_program_rows(p); r++) {
        if (sum[r] != 0)
            TRY(spil_program_put(p, r, at, sum[r], err));
        sum[r] = 0;
    }
done:
    return rc;
}

static spil_status put_columns(spil_program *p, spil_err *err)
{
    spil_status rc = SPIL_OK;
    double *sum = NULL;
    TRY(NEW_ARRAY(sum, spil_program_rows(p), err));
    for (size_t i = 0; i < p->columns.count; i++)
        TRY(put_column(p, i, sum, err));
done:
    spil_free(sum);
    return rc;
}

static void load(const spil_program *p, glp_prob *lp)
{
    glp_set_obj_dir(lp, GLP_MAX);
    glp_add_rows(lp, (int)spil_program_rows(p));
    glp_add_cols(lp, (int)p->columns.count);
    for (size_t c = 0; c < p->chain_count; c++)
        spil_program_bound_row(lp, c, -HUGE_VAL, 1);
    spil_program_bound_rows(p, lp);
    for (size_t i = 0; i < p->columns.count; i++) {
        glp_set_col_kind(lp, (int)i + 1, GLP_BV);
        glp_set_obj_coef(lp, (int)i + 1, p->columns.items[i].worth);
    }
    /* GLPK counts from 1 and does not look at what stands at 0 */
    glp_load_matrix(lp, (int)p->at_row.count - 1, p->at_row.items, p->at_column.items,
                    p->at_value.items);
}

/* ---- solving ---- */

static spil_status solve(const spil_program *p, glp_prob *lp, double seconds, spil_optimum *out,
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
        const spil_program_column *const it = &p->columns.items[i];
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

static spil_status solve_all(const spil_program *p, double seconds, spil_optimum *out,
                             spil_err *err)
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

spil_status spil_optimum_find(spil_optimum **out, const spil_choice *choices, size_t count,
                              const double *const *chain_value, size_t chain_count, size_t draws,
                              const spil_list_opts *opts, double seconds, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_optimum *made = NULL;
    spil_program p = {.choices = choices,
                      .chain_value = chain_value,
                      .opts = opts,
                      .chain_count = chain_count,
                      .draws = draws};
    TRY(NEW(made, err));
    TRY(NEW_ARRAY(made->chosen, count, err));
    TRY(sort_by_chain(&p, count, err));
    TRY(find_shared_groups(&p, count, err));
    TRY(add_columns(&p, err));
    TRY(spil_program_begin(&p, err));
    TRY(put_columns(&p, err));
    TRY(solve_all(&p, seconds, made, err));
    *out = made;
    made = NULL;
done:
    spil_program_clear(&p);
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
