/* choose.c - see target.h: a list of actions chosen together under the partners' hours.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Of a chain with value V a draw keeps the part Q = prod(1 - gain / V) after the actions chosen so
 * far; an action adds Q x gain. What it adds only falls as the list grows, so a value worked out
 * earlier is a bound, and most actions are never worked out again (lazy greedy, Minoux 1978). One
 * list takes the largest first, one the largest an hour; the better is kept. For one partner and
 * the full sum of both rules the loss is bounded (Khuller, Moss & Naor 1999: (1 - 1/e) / 2 of the
 * optimum); with several partners it is a heuristic, whose gap the tests measure on small cases.
 * A list of one draw is the same with that draw alone. Ties: the action that comes first.
 */
#include "engine/base/par.h"
#include "engine/base/vec.h"
#include "engine/interventions/target.h"

#include <stdlib.h>
#include <string.h>

typedef struct problem {
    const spil_choice *choices;
    size_t count;
    const double *const *chain_value;
    size_t chain_count, draws, top;
    const spil_list_opts *opts;
    const uint32_t *group; /* by choice: number of its excluding group, or UINT32_MAX */
    size_t group_count;
} problem;

typedef struct entry {
    double key; /* bound on what it adds, over hours where so asked */
    uint32_t choice;
    uint32_t fresh; /* length of the list when the key was worked out */
} entry;

/* Room for one greedy list over the draws [begin, end). */
typedef struct greedy {
    entry *heap;
    size_t heap_count;
    double *kept;   /* chains x (end - begin): Q */
    uint8_t *taken; /* groups */
    uint32_t *list;
    double *adds;
    size_t list_count;
    double hours[SPIL_PARTNER_COUNT];
    double gain;
} greedy;

static void free_greedy(greedy *g)
{
    spil_free(g->heap);
    spil_free(g->kept);
    spil_free(g->taken);
    spil_free(g->list);
    spil_free(g->adds);
}

static spil_status make_greedy(greedy *g, const problem *p, size_t draws, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(NEW_ARRAY(g->heap, p->count, err));
    TRY(NEW_ARRAY(g->kept, p->chain_count * draws, err));
    TRY(NEW_ARRAY(g->taken, p->group_count, err));
    TRY(NEW_ARRAY(g->list, p->top, err));
    TRY(NEW_ARRAY(g->adds, p->top, err));
done:
    return rc;
}

/* ---- a heap with the largest key on top; ties: the lower choice ---- */

static bool above(const entry *a, const entry *b)
{
    return a->key > b->key || (a->key == b->key && a->choice < b->choice);
}

static void sink(entry *heap, size_t count, size_t at)
{
    const entry moved = heap[at];
    for (size_t child; (child = 2 * at + 1) < count; at = child) {
        if (child + 1 < count && above(&heap[child + 1], &heap[child]))
            child++;
        if (!above(&heap[child], &moved))
            break;
        heap[at] = heap[child];
    }
    heap[at] = moved;
}

static void drop_top(greedy *g)
{
    g->heap[0] = g->heap[--g->heap_count];
    if (g->heap_count)
        sink(g->heap, g->heap_count, 0);
}

/* ---- greedy ---- */

/* Mean over the draws of what the choice adds to the list so far. */
static double adds_now(const problem *p, const greedy *g, uint32_t choice, size_t begin, size_t end)
{
    const spil_choice *const each = &p->choices[choice];
    const double *const kept = g->kept + each->chain * (end - begin);
    double sum = 0;
    for (size_t b = begin; b < end; b++)
        sum += kept[b - begin] * each->draw[b];
    return sum / (double)(end - begin);
}

static void take(const problem *p, greedy *g, uint32_t choice, double adds, size_t begin,
                 size_t end)
{
    const spil_choice *const each = &p->choices[choice];
    const double *const value = p->chain_value[each->chain];
    double *const kept = g->kept + each->chain * (end - begin);
    for (size_t b = begin; b < end; b++)
        if (value[b] > 0)
            kept[b - begin] *= each->draw[b] < value[b] ? 1 - each->draw[b] / value[b] : 0;
    if (p->group[choice] != UINT32_MAX)
        g->taken[p->group[choice]] = 1;
    g->hours[each->partner] -= each->hours;
    g->list[g->list_count] = choice;
    g->adds[g->list_count++] = adds;
    g->gain += adds;
}

/* Everything that could be taken at all, with the bound of the empty list. */
static void fill_heap(const problem *p, greedy *g, bool an_hour, size_t begin, size_t end)
{
    g->heap_count = 0;
    for (uint32_t i = 0; i < p->count; i++) {
        if (p->choices[i].hours > g->hours[p->choices[i].partner])
            continue;
        const double adds = adds_now(p, g, i, begin, end);
        if (adds > 0)
            g->heap[g->heap_count++] = (entry){an_hour ? adds / p->choices[i].hours : adds, i, 0};
    }
    for (size_t at = g->heap_count / 2; at-- > 0;)
        sink(g->heap, g->heap_count, at);
}

static void run_greedy(const problem *p, greedy *g, bool an_hour, size_t begin, size_t end)
{
    memcpy(g->hours, p->opts->hours, sizeof g->hours);
    for (size_t i = 0; i < p->chain_count * (end - begin); i++)
        g->kept[i] = 1;
    memset(g->taken, 0, p->group_count);
    g->list_count = 0;
    g->gain = 0;
    fill_heap(p, g, an_hour, begin, end);
    while (g->heap_count && g->list_count < p->top) {
        entry *const best = &g->heap[0];
        const spil_choice *const each = &p->choices[best->choice];
        const uint32_t group = p->group[best->choice];
        if (each->hours > g->hours[each->partner] || (group != UINT32_MAX && g->taken[group])) {
            drop_top(g);
            continue;
        }
        const double adds = adds_now(p, g, best->choice, begin, end);
        if (best->fresh == g->list_count) {
            if (adds > 0)
                take(p, g, best->choice, adds, begin, end);
            drop_top(g);
            continue;
        }
        best->key = an_hour ? adds / each->hours : adds;
        best->fresh = (uint32_t)g->list_count;
        sink(g->heap, g->heap_count, 0);
    }
}

/* The better of both orders stays in *g; other is spent. */
static void run_both(const problem *p, greedy *g, greedy *other, size_t begin, size_t end)
{
    run_greedy(p, g, true, begin, end);
    run_greedy(p, other, false, begin, end);
    if (other->gain > g->gain) {
        const greedy kept = *g;
        *g = *other;
        *other = kept;
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

/* The lists of the draws first, first + step, ...: one thread's share. Length of each into
 * list_count, its choices into list (top a draw). */
static spil_status list_draws(const problem *p, size_t first, size_t step, uint32_t *list,
                              size_t *list_count, spil_progress *progress, spil_err *err)
{
    spil_status rc = SPIL_OK;
    greedy g = {0}, other = {0};
    TRY(make_greedy(&g, p, 1, err));
    TRY(make_greedy(&other, p, 1, err));
    for (size_t b = first; b < p->draws; b += step) {
        TRY(spil_check_stop(err));
        run_both(p, &g, &other, b, b + 1);
        memcpy(list + b * p->top, g.list, g.list_count * sizeof *list);
        list_count[b] = g.list_count;
        spil_progress_step(progress, 1);
    }
done:
    free_greedy(&g);
    free_greedy(&other);
    return rc;
}

/* share[i]: share of the draws whose own list has choice i. */
static spil_status find_stability(const problem *p, double *share, spil_progress *progress,
                                  spil_err *err)
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

/* ---- all ---- */

static spil_status fill_list(spil_target_list *out, const problem *p, const greedy *g,
                             const double *share, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(NEW_ARRAY(out->targets, g->list_count, err));
    out->count = g->list_count;
    out->gain = g->gain;
    for (size_t i = 0; i < g->list_count; i++) {
        const spil_choice *const each = &p->choices[g->list[i]];
        out->targets[i] = (spil_target){g->list[i], g->adds[i], share[g->list[i]]};
        out->hours_used[each->partner] += each->hours;
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
    double *share = NULL;
    greedy g = {0}, other = {0};
    problem p = {.choices = choices,
                 .count = count,
                 .chain_value = chain_value,
                 .chain_count = chain_count,
                 .draws = draws,
                 .top = opts->top < count ? opts->top : count,
                 .opts = opts};
    TRY(number_groups(&group, &p.group_count, choices, count, err));
    p.group = group;
    TRY(NEW(list, err));
    TRY(NEW_ARRAY(share, count, err));
    TRY(make_greedy(&g, &p, draws, err));
    TRY(make_greedy(&other, &p, draws, err));
    spil_progress_begin(progress, "target list", draws);
    run_both(&p, &g, &other, 0, draws);
    if (!opts->gain_alone)
        TRY(find_stability(&p, share, progress, err));
    TRY(fill_list(list, &p, &g, share, err));
    *out = list;
    list = NULL;
done:
    spil_progress_end(progress);
    spil_free(group);
    spil_free(share);
    free_greedy(&g);
    free_greedy(&other);
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
