/* choose.c - see target.h: a list of actions chosen together under the partners' hours.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lists are taken greedily by three keys (greedy.h); the best is kept. For one partner and the full
 * sum of the first two the loss is bounded (Khuller, Moss & Naor 1999: (1 - 1/e) / 2 of the
 * optimum); with several partners, money or limits it is a heuristic, whose gap optimum.h tells. A
 * list of one draw is the same with that draw alone. Ties: the action that comes first.
 */
#include "engine/base/par.h"
#include "engine/base/vec.h"
#include "engine/interventions/greedy.h"

#include <stdlib.h>
#include <string.h>

enum { MUST_TRIES = 100000 };

/* The best over the keys stays in *g; other is spent. */
static void run_all(const spil_greedy_problem *p, spil_greedy *g, spil_greedy *other, size_t begin,
                    size_t end)
{
    spil_greedy_run(p, g, (spil_greedy_key)0, begin, end);
    for (int key = 1; key < SPIL_GREEDY_KEYS; key++) {
        spil_greedy_run(p, other, (spil_greedy_key)key, begin, end);
        if (other->gain > g->gain) {
            const spil_greedy kept = *g;
            *g = *other;
            *other = kept;
        }
    }
}

/* ---- excluding groups, numbered without gaps ---- */

static int by_number(const void *left, const void *right)
{
    const uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return a < b ? -1 : a > b;
}

static spil_status number_groups(uint32_t **out, size_t *group_count, const spil_choice *choices,
                                 size_t count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    uint32_t *group = NULL, *sorted = NULL;
    size_t distinct = 0;
    TRY(NEW_ARRAY(group, count, err));
    TRY(NEW_ARRAY(sorted, count, err));
    for (size_t i = 0; i < count; i++)
        sorted[i] = choices[i].exclusive;
    if (count)
        qsort(sorted, count, sizeof *sorted, by_number);
    for (size_t i = 0; i < count; i++)
        if (sorted[i] != UINT32_MAX && (i == 0 || sorted[i] != sorted[i - 1]))
            sorted[distinct++] = sorted[i];
    for (size_t i = 0; i < count; i++) {
        const uint32_t *const at =
            choices[i].exclusive == UINT32_MAX || distinct == 0
                ? NULL
                : bsearch(&choices[i].exclusive, sorted, distinct, sizeof *sorted, by_number);
        group[i] = at ? (uint32_t)(at - sorted) : UINT32_MAX;
    }
    *out = group;
    *group_count = distinct;
    group = NULL;
done:
    spil_free(group);
    spil_free(sorted);
    return rc;
}

/* ---- stability ---- */

/* A few draws of all choices and chains, each draw by itself: what lies draws apart in the rows is
 * fetched once for all of them. */
typedef struct slice {
    spil_choice *choices; /* as those of the problem, but for their draw */
    double *gain, *value; /* BESIDE x count, BESIDE x chain_count */
    const double **chain_value;
} slice;

enum { BESIDE = 8 };

static void free_slice(slice *s)
{
    spil_free(s->choices);
    spil_free(s->gain);
    spil_free(s->value);
    spil_free(s->chain_value);
}

static spil_status make_slice(slice *s, const spil_greedy_problem *p, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(NEW_ARRAY(s->choices, p->count, err));
    TRY(NEW_ARRAY(s->gain, BESIDE * p->count, err));
    TRY(NEW_ARRAY(s->value, BESIDE * p->chain_count, err));
    TRY(NEW_ARRAY(s->chain_value, p->chain_count, err));
    if (p->count)
        memcpy(s->choices, p->choices, p->count * sizeof *s->choices);
done:
    return rc;
}

static void fill_slice(slice *s, const spil_greedy_problem *p, size_t begin, size_t end)
{
    for (size_t i = 0; i < p->count; i++)
        for (size_t b = begin; b < end; b++)
            s->gain[(b - begin) * p->count + i] = p->choices[i].draw[b];
    for (size_t c = 0; c < p->chain_count; c++)
        for (size_t b = begin; b < end; b++)
            s->value[(b - begin) * p->chain_count + c] = p->chain_value[c][b];
}

/* The problem of draw number k of the slice alone. */
static spil_greedy_problem one_draw(slice *s, const spil_greedy_problem *p, size_t k)
{
    spil_greedy_problem own = *p;
    for (size_t i = 0; i < p->count; i++)
        s->choices[i].draw = s->gain + k * p->count + i;
    for (size_t c = 0; c < p->chain_count; c++)
        s->chain_value[c] = s->value + k * p->chain_count + c;
    own.choices = s->choices;
    own.chain_value = s->chain_value;
    own.draws = 1;
    return own;
}

/* The lists of the slices of draws first, first + step, ...: one thread's share. Length of each
 * into list_count, its choices into list (top a draw). */
static spil_status list_draws(const spil_greedy_problem *p, size_t first, size_t step,
                              uint32_t *list, size_t *list_count, spil_progress *progress,
                              spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_greedy g = {0}, other = {0};
    slice s = {0};
    TRY(spil_greedy_make(&g, p, 1, err));
    TRY(spil_greedy_make(&other, p, 1, err));
    TRY(make_slice(&s, p, err));
    for (size_t begin = first * BESIDE; begin < p->draws; begin += step * BESIDE) {
        const size_t end = begin + BESIDE < p->draws ? begin + BESIDE : p->draws;
        fill_slice(&s, p, begin, end);
        for (size_t b = begin; b < end; b++) {
            const spil_greedy_problem own = one_draw(&s, p, b - begin);
            TRY(spil_check_stop(err));
            run_all(&own, &g, &other, 0, 1);
            memcpy(list + b * p->top, g.list, g.list_count * sizeof *list);
            list_count[b] = g.list_count;
            spil_progress_step(progress, 1);
        }
    }
done:
    free_slice(&s);
    spil_greedy_clear(&g);
    spil_greedy_clear(&other);
    return rc;
}

/* share[i]: share of the draws whose own list has choice i. */
static spil_status find_stability(const spil_greedy_problem *p, double *share,
                                  spil_progress *progress, spil_err *err)
{
    spil_status rc = SPIL_OK;
    uint32_t *list = NULL;
    size_t *list_count = NULL;
    spil_err *errors = NULL;
    const size_t threads = spil_par_threads();
    TRY(NEW_ARRAY(list, p->draws * p->top, err));
    TRY(NEW_ARRAY(list_count, p->draws, err));
    TRY(NEW_ARRAY(errors, threads, err));
#pragma omp parallel for default(none) shared(p, list, list_count, errors, progress, threads)      \
    schedule(static, 1)
    for (size_t t = 0; t < threads; t++)
        errors[t].code = list_draws(p, t, threads, list, list_count, progress, &errors[t]);
    for (size_t t = 0; t < threads; t++)
        if (errors[t].code != SPIL_OK)
            TRY(spil_fail(err, errors[t].code, "%s", errors[t].msg));
    for (size_t b = 0; b < p->draws; b++)
        for (size_t i = 0; i < list_count[b]; i++)
            share[list[b * p->top + i]] += 1;
    for (size_t i = 0; i < p->count; i++)
        share[i] /= (double)p->draws;
done:
    spil_free(list);
    spil_free(list_count);
    spil_free(errors);
    return rc;
}

/* ---- what it must hold ---- */

/* room: keeps what every list begins with, those that others wait for first. */
static spil_status find_musts(spil_greedy_problem *p, spil_room *room, spil_err *err)
{
    size_t open = 0;
    if (!spil_room_settle(room, MUST_TRIES, &open)) {
        const char *const text = p->opts->limits[open].text;
        return spil_fail(err, SPIL_INPUT,
                         "%s: no list within the hours, the money and the length meets it with the "
                         "others",
                         text ? text : "what a list must hold");
    }
    for (size_t i = 0; i < room->trail_count / 2; i++) {
        const uint32_t swap = room->trail[i];
        room->trail[i] = room->trail[room->trail_count - 1 - i];
        room->trail[room->trail_count - 1 - i] = swap;
    }
    p->must = room->trail;
    p->must_count = room->trail_count;
    return SPIL_OK;
}

/* ---- all ---- */

static spil_status fill_list(spil_target_list *out, const spil_greedy_problem *p,
                             const spil_greedy *g, const double *share, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(NEW_ARRAY(out->targets, g->list_count, err));
    out->count = g->list_count;
    out->gain = g->gain;
    for (size_t i = 0; i < g->list_count; i++) {
        const spil_choice *const each = &p->choices[g->list[i]];
        out->targets[i] = (spil_target){g->list[i], g->adds[i], share[g->list[i]]};
        out->hours_used[each->partner] += each->hours;
        out->money_used += each->cost;
    }
    for (size_t c = 0; c < p->chain_count; c++)
        out->possible += spil_ordered_sum(p->chain_value[c], p->draws) / (double)p->draws;
done:
    return rc;
}

spil_status spil_targets_choose(spil_target_list **out, const spil_choice *choices, size_t count,
                                const double *const *chain_value, size_t chain_count, size_t draws,
                                const spil_list_opts *opts, spil_progress *progress, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_target_list *list = NULL;
    uint32_t *group = NULL;
    size_t group_count = 0;
    double *share = NULL;
    spil_limit_table table = {0};
    spil_greedy g = {0}, other = {0};
    spil_room room = {0};
    spil_greedy_problem p = {.choices = choices,
                             .count = count,
                             .chain_value = chain_value,
                             .chain_count = chain_count,
                             .draws = draws,
                             .top = opts->top < count ? opts->top : count,
                             .opts = opts,
                             .table = &table};
    TRY(number_groups(&group, &group_count, choices, count, err));
    TRY(spil_limit_table_make(&table, choices, count, group, group_count, opts, err));
    TRY(spil_room_make(&room, &table, err));
    TRY(find_musts(&p, &room, err));
    TRY(NEW(list, err));
    TRY(NEW_ARRAY(share, count, err));
    TRY(spil_greedy_make(&g, &p, draws, err));
    TRY(spil_greedy_make(&other, &p, draws, err));
    spil_progress_begin(progress, "target list", draws);
    run_all(&p, &g, &other, 0, draws);
    if (!opts->gain_alone)
        TRY(find_stability(&p, share, progress, err));
    TRY(fill_list(list, &p, &g, share, err));
    *out = list;
    list = NULL;
done:
    spil_progress_end(progress);
    spil_free(group);
    spil_free(share);
    spil_room_clear(&room);
    spil_limit_table_clear(&table);
    spil_greedy_clear(&g);
    spil_greedy_clear(&other);
    spil_target_list_free(list);
    return rc;
}

void spil_target_list_free(spil_target_list *list)
{
    if (!list)
        return;
    spil_free(list->targets);
    spil_free(list);
}
