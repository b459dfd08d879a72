/* cluster.c - see cluster.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/resolution/cluster.h"

#include <math.h>
#include <stdlib.h>

static const double contradiction = 0.05, floor_of_join = 0.5;

/* ---- ties between two who exclude each other ---- */

/* A sure pair seen from one of its records. */
typedef struct side {
    uint32_t record, other;
    size_t pair;
} side;

static int by_record(const void *left, const void *right)
{
    const side *const a = left, *const b = right;
    if (a->record != b->record)
        return a->record < b->record ? -1 : 1;
    return (a->other > b->other) - (a->other < b->other);
}

/* The sides of one record: does it fit two about equally that exclude each other? */
static void mark_ties(const side *sides, size_t count, spil_scored_pair *pairs,
                      spil_pair_chance chance, const void *user)
{
    const size_t most = count < SPIL_CLUSTER_MOST ? count : SPIL_CLUSTER_MOST;
    for (size_t i = 0; i < most; i++)
        for (size_t j = i + 1; j < most; j++) {
            spil_scored_pair *const x = &pairs[sides[i].pair], *const y = &pairs[sides[j].pair];
            const uint32_t low = sides[i].other, high = sides[j].other; /* sides are in order */
            if (x->answered || y->answered || fabs(x->weight - y->weight) >= SPIL_TIE_BITS ||
                chance(user, low, high) >= contradiction)
                continue;
            x->verdict = y->verdict = SPIL_PAIR_AMBIGUOUS;
            x->other = high;
            y->other = low;
        }
}

static spil_status find_ties(spil_scored_pair *pairs, size_t pair_count, spil_pair_chance chance,
                             const void *user, spil_err *err)
{
    spil_status rc = SPIL_OK;
    side *sides = NULL;
    size_t count = 0;
    TRY(NEW_ARRAY(sides, pair_count * 2, err));
    for (size_t p = 0; p < pair_count; p++)
        if (pairs[p].sure) {
            sides[count++] = (side){pairs[p].a, pairs[p].b, p};
            sides[count++] = (side){pairs[p].b, pairs[p].a, p};
        }
    qsort(sides, count, sizeof *sides, by_record);
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && sides[end].record == sides[i].record;)
            end++;
        mark_ties(sides + i, end - i, pairs, chance, user);
    }
done:
    spil_free(sides);
    return rc;
}

/* ---- joining ---- */

/* Groups as rings: next leads round; size stands at the group's head. */
typedef struct rings {
    uint32_t *group, *next, *size;
} rings;

static int surest_first(const void *left, const void *right)
{
    const spil_scored_pair *const a = *(spil_scored_pair *const *)left;
    const spil_scored_pair *const b = *(spil_scored_pair *const *)right;
    if (a->answered != b->answered)
        return a->answered ? -1 : 1;
    if (a->weight != b->weight)
        return a->weight > b->weight ? -1 : 1;
    if (a->a != b->a)
        return a->a < b->a ? -1 : 1;
    return (a->b > b->b) - (a->b < b->b);
}

/* Do all pairs across the two groups go together? Else *other is who does not. */
static bool fit(const rings *r, const spil_scored_pair *pair, spil_pair_chance chance,
                const void *user, uint32_t *other)
{
    uint32_t x = pair->a;
    do {
        uint32_t y = pair->b;
        do {
            const uint32_t low = x < y ? x : y, high = x < y ? y : x;
            const double likely = chance(user, low, high);
            /* a person's word joins what is merely unlikely, not what another word keeps apart */
            if (likely < (pair->answered ? 1e-12 : floor_of_join) &&
                !(x == pair->a && y == pair->b)) {
                *other = x == pair->a ? y : x;
                return false;
            }
            y = r->next[y];
        } while (y != pair->b);
        x = r->next[x];
    } while (x != pair->a);
    return true;
}

static void join(const rings *r, uint32_t a, uint32_t b)
{
    const uint32_t head = r->group[a] < r->group[b] ? r->group[a] : r->group[b];
    const uint32_t tail = r->group[a] < r->group[b] ? b : a;
    r->size[head] += r->size[r->group[tail]];
    uint32_t at = tail;
    do {
        r->group[at] = head;
        at = r->next[at];
    } while (at != tail);
    const uint32_t swap = r->next[a];
    r->next[a] = r->next[b];
    r->next[b] = swap;
}

static void try_pair(const rings *r, spil_scored_pair *pair, spil_pair_chance chance,
                     const void *user)
{
    const uint32_t x = r->group[pair->a], y = r->group[pair->b];
    if (x == y) {
        pair->verdict = SPIL_PAIR_ACCEPTED;
    } else if (r->size[x] + r->size[y] > SPIL_CLUSTER_MOST) {
        pair->verdict = SPIL_PAIR_TOO_MANY;
    } else if (!fit(r, pair, chance, user, &pair->other)) {
        pair->verdict = SPIL_PAIR_CONTRADICTS;
    } else {
        join(r, pair->a, pair->b);
        pair->verdict = SPIL_PAIR_ACCEPTED;
    }
}

spil_status spil_cluster(uint32_t *group, uint32_t count, spil_scored_pair *pairs,
                         size_t pair_count, spil_pair_chance chance, const void *user,
                         spil_err *err)
{
    spil_status rc = SPIL_OK;
    rings r = {.group = group};
    spil_scored_pair **order = NULL;
    size_t sure = 0;
    TRY(NEW_ARRAY(r.next, count, err));
    TRY(NEW_ARRAY(r.size, count, err));
    TRY(NEW_ARRAY(order, pair_count, err));
    for (uint32_t i = 0; i < count; i++) {
        group[i] = r.next[i] = i;
        r.size[i] = 1;
    }
    TRY(find_ties(pairs, pair_count, chance, user, err));
    for (size_t p = 0; p < pair_count; p++)
        if (pairs[p].sure && pairs[p].verdict == SPIL_PAIR_OPEN)
            order[sure++] = &pairs[p];
    qsort(order, sure, sizeof *order, surest_first);
    for (size_t i = 0; i < sure; i++)
        try_pair(&r, order[i], chance, user);
    for (size_t p = 0; p < pair_count; p++) /* joined in a roundabout way */
        if (group[pairs[p].a] == group[pairs[p].b])
            pairs[p].verdict = SPIL_PAIR_ACCEPTED;
done:
    spil_free(r.next);
    spil_free(r.size);
    spil_free(order);
    return rc;
}
