/* greedy.c - see greedy.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/interventions/greedy.h"

#include "engine/base/mem.h"

#include <math.h>

enum { BUNDLE_TRIES = 64 };

typedef struct spil_greedy_entry {
    double key; /* bound on what it adds, over what it takes where so asked */
    uint32_t choice;
    uint32_t fresh; /* length of the list when the key was worked out */
} entry;

void spil_greedy_clear(spil_greedy *g)
{
    spil_free(g->heap);
    spil_free(g->kept);
    spil_free(g->list);
    spil_free(g->adds);
    spil_room_clear(&g->room);
}

/* How often an action may stand in the heap: once, and once for each limit that it waits for. */
static size_t heap_most(const spil_greedy_problem *p)
{
    size_t most = p->count;
    for (size_t k = 0; k < p->opts->limit_count; k++)
        if (p->opts->limits[k].kind == SPIL_LIMIT_AFTER)
            most += p->opts->limits[k].of_count;
    return most;
}

spil_status spil_greedy_make(spil_greedy *g, const spil_greedy_problem *p, size_t draws,
                             spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(NEW_ARRAY(g->heap, heap_most(p), err));
    TRY(NEW_ARRAY(g->kept, p->chain_count * draws, err));
    TRY(NEW_ARRAY(g->list, p->count, err));
    TRY(NEW_ARRAY(g->adds, p->count, err));
    TRY(spil_room_make(&g->room, p->table, err));
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

static void rise(entry *heap, size_t at)
{
    const entry moved = heap[at];
    for (size_t parent; at > 0 && above(&moved, &heap[parent = (at - 1) / 2]); at = parent)
        heap[at] = heap[parent];
    heap[at] = moved;
}

static void drop_top(spil_greedy *g)
{
    g->heap[0] = g->heap[--g->heap_count];
    if (g->heap_count)
        sink(g->heap, g->heap_count, 0);
}

/* ---- what an action adds ---- */

/* The part of its chain that the action takes away in draw b. */
static double part(const spil_greedy_problem *p, uint32_t choice, size_t b)
{
    const double value = p->chain_value[p->choices[choice].chain][b];
    const double gain = p->choices[choice].draw[b];
    return value > 0 ? fmin(gain / value, 1) : 0;
}

static double adds_alone(const spil_greedy_problem *p, const spil_greedy *g, uint32_t choice,
                         size_t begin, size_t end)
{
    const spil_choice *const each = &p->choices[choice];
    const double *const kept = g->kept + each->chain * (end - begin);
    double sum = 0;
    for (size_t b = begin; b < end; b++)
        sum += kept[b - begin] * each->draw[b];
    return sum / (double)(end - begin);
}

/* What choices[at] adds to those of the bundle before it. */
static double adds_after(const spil_greedy_problem *p, const spil_greedy *g, const uint32_t *bundle,
                         size_t at, size_t begin, size_t end)
{
    const spil_choice *const each = &p->choices[bundle[at]];
    const double *const kept = g->kept + each->chain * (end - begin);
    double sum = 0;
    for (size_t b = begin; b < end; b++) {
        double left = kept[b - begin];
        for (size_t i = 0; i < at; i++)
            if (p->choices[bundle[i]].chain == each->chain)
                left *= 1 - part(p, bundle[i], b);
        sum += left * each->draw[b];
    }
    return sum / (double)(end - begin);
}

/* What taking it takes: hours, or the share of the hours and money that there are. */
static double weight(const spil_greedy_problem *p, uint32_t choice, spil_greedy_key key)
{
    const spil_choice *const each = &p->choices[choice];
    const double hours = p->opts->hours[each->partner], money = p->opts->budget;
    double share = 0;
    if (key == SPIL_GREEDY_GAIN)
        return 0;
    if (key == SPIL_GREEDY_HOUR)
        return each->hours;
    if (isfinite(hours) && hours > 0)
        share += each->hours / hours;
    if (isfinite(money) && money > 0)
        share += each->cost / money;
    return share;
}

static double keyed(double adds, double weight, spil_greedy_key key)
{
    return key == SPIL_GREEDY_GAIN ? adds : adds / fmax(weight, 1e-9);
}

/* What the choice adds, with what it waits for; 0 when that cannot be had. The room is as before.
 */
static double adds_bundle(const spil_greedy_problem *p, spil_greedy *g, uint32_t choice,
                          spil_greedy_key key, size_t begin, size_t end, double *value)
{
    spil_room *const room = &g->room;
    const size_t before = room->trail_count;
    double adds = 0, takes = 0;
    spil_room_take(room, choice);
    if (spil_room_settle(room, BUNDLE_TRIES, NULL)) {
        const uint32_t *const bundle = room->trail + before;
        for (size_t i = 0; i < room->trail_count - before; i++) {
            adds += adds_after(p, g, bundle, i, begin, end);
            takes += weight(p, bundle[i], key);
        }
    }
    spil_room_drop_to(room, before);
    *value = keyed(adds, takes, key);
    return adds;
}

static double adds_now(const spil_greedy_problem *p, spil_greedy *g, uint32_t choice,
                       spil_greedy_key key, size_t begin, size_t end, double *value)
{
    if (spil_room_waits(&g->room, choice))
        return adds_bundle(p, g, choice, key, begin, end, value);
    const double adds = adds_alone(p, g, choice, begin, end);
    *value = keyed(adds, weight(p, choice, key), key);
    return adds;
}

/* ---- the list ---- */

static void put(const spil_greedy_problem *p, spil_greedy *g, uint32_t choice, size_t begin,
                size_t end)
{
    const spil_choice *const each = &p->choices[choice];
    double *const kept = g->kept + each->chain * (end - begin);
    const double adds = adds_alone(p, g, choice, begin, end);
    for (size_t b = begin; b < end; b++)
        kept[b - begin] *= 1 - part(p, choice, b);
    g->list[g->list_count] = choice;
    g->adds[g->list_count++] = adds;
    g->gain += adds;
}

static void push(const spil_greedy_problem *p, spil_greedy *g, uint32_t choice, spil_greedy_key key,
                 size_t begin, size_t end)
{
    double value;
    if (!spil_room_fits(&g->room, choice) || adds_now(p, g, choice, key, begin, end, &value) <= 0)
        return;
    g->heap[g->heap_count] = (entry){value, choice, (uint32_t)g->list_count};
    rise(g->heap, g->heap_count++);
}

/* Those who waited for it alone add more an hour from now on. */
static void wake(const spil_greedy_problem *p, spil_greedy *g, uint32_t choice, spil_greedy_key key,
                 size_t begin, size_t end)
{
    const spil_limit_table *const t = p->table;
    for (size_t at = t->row[choice]; at < t->row[choice + 1]; at++) {
        const size_t k = t->limit[at];
        const spil_limit *const limit = &p->opts->limits[k];
        if (limit->kind != SPIL_LIMIT_AFTER || t->side[at] != 1 || g->room.in[2 * k + 1] != 1)
            continue;
        for (size_t i = 0; i < limit->of_count; i++)
            push(p, g, limit->of[i], key, begin, end);
    }
}

/* Those it waits for come before it. */
static void take(const spil_greedy_problem *p, spil_greedy *g, uint32_t choice, spil_greedy_key key,
                 size_t begin, size_t end)
{
    spil_room *const room = &g->room;
    const size_t before = room->trail_count;
    spil_room_take(room, choice);
    if (!spil_room_settle(room, BUNDLE_TRIES, NULL)) {
        spil_room_drop_to(room, before);
        return;
    }
    for (size_t i = room->trail_count; i-- > before;)
        put(p, g, room->trail[i], begin, end);
    for (size_t i = before; i < room->trail_count; i++)
        wake(p, g, room->trail[i], key, begin, end);
}

/* Everything that could be taken at all, with the bound of the list so far. */
static void fill_heap(const spil_greedy_problem *p, spil_greedy *g, spil_greedy_key key,
                      size_t begin, size_t end)
{
    g->heap_count = 0;
    for (uint32_t i = 0; i < p->count; i++) {
        double value;
        if (spil_room_fits(&g->room, i) && adds_now(p, g, i, key, begin, end, &value) > 0)
            g->heap[g->heap_count++] = (entry){value, i, (uint32_t)g->list_count};
    }
    for (size_t at = g->heap_count / 2; at-- > 0;)
        sink(g->heap, g->heap_count, at);
}

void spil_greedy_run(const spil_greedy_problem *p, spil_greedy *g, spil_greedy_key key,
                     size_t begin, size_t end)
{
    spil_room_empty(&g->room);
    for (size_t i = 0; i < p->chain_count * (end - begin); i++)
        g->kept[i] = 1;
    g->list_count = 0;
    g->gain = 0;
    for (size_t i = 0; i < p->must_count; i++) {
        spil_room_take(&g->room, p->must[i]);
        put(p, g, p->must[i], begin, end);
    }
    fill_heap(p, g, key, begin, end);
    while (g->heap_count && g->list_count < p->top) {
        entry *const best = &g->heap[0];
        if (!spil_room_fits(&g->room, best->choice)) {
            drop_top(g);
            continue;
        }
        const uint32_t choice = best->choice;
        if (best->fresh == g->list_count) {
            drop_top(g);
            take(p, g, choice, key, begin, end);
            continue;
        }
        best->fresh = (uint32_t)g->list_count;
        if (adds_now(p, g, choice, key, begin, end, &best->key) > 0)
            sink(g->heap, g->heap_count, 0);
        else
            drop_top(g);
    }
}
