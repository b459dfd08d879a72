/* cluster.c - see cluster.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/resolution/cluster.h"

#include <math.h>
#include <stdlib.h>

static const double floor_of_join = 0.5;

static double odds(double probability)
{
    return probability / fmax(1 - probability, 1e-12);
}

/* Can a and b be one, when each is one with a third at this probability? */
static bool fits(const spil_cluster_opts *opts, double probability, uint32_t a, uint32_t b)
{
    const uint32_t low = a < b ? a : b, high = a < b ? b : a;
    const spil_pair_chance it = opts->ask(opts->user, low, high);
    return it.probability >= floor_of_join || log2(odds(probability)) >= it.against;
}

/* ---- several who exclude each other ---- */

/* A likely pair seen from one of its records. */
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

/* The sides of one record: which of them can it be, beside all the others? */
static void weigh_rivals(const side *sides, size_t count, spil_scored_pair *pairs,
                         const spil_cluster_opts *opts)
{
    const size_t most = count < SPIL_CLUSTER_MOST ? count : SPIL_CLUSTER_MOST;
    for (size_t i = 0; i < most; i++) {
        spil_scored_pair *const it = &pairs[sides[i].pair];
        double others = 0, strongest = 0;
        uint32_t rival = 0;
        if (!it->sure || it->answered)
            continue;
        for (size_t j = 0; j < most; j++) {
            const spil_scored_pair *const other = &pairs[sides[j].pair];
            if (j == i || other->answered ||
                fits(opts, fmin(it->probability, other->probability), sides[i].other,
                     sides[j].other))
                continue;
            others += odds(other->probability);
            if (odds(other->probability) > strongest) {
                strongest = odds(other->probability);
                rival = sides[j].other;
            }
        }
        const double own = odds(it->probability);
        if (strongest > 0 && own / (1 + own + others) < opts->threshold) {
            it->verdict = SPIL_PAIR_AMBIGUOUS;
            it->other = rival;
        }
    }
}

static spil_status find_rivals(spil_scored_pair *pairs, size_t pair_count,
                               const spil_cluster_opts *opts, spil_err *err)
{
    spil_status rc = SPIL_OK;
    side *sides = NULL;
    size_t count = 0;
    TRY(NEW_ARRAY(sides, pair_count * 2, err));
    for (size_t p = 0; p < pair_count; p++)
        if (pairs[p].sure || (!pairs[p].bar && !pairs[p].answered)) {
            sides[count++] = (side){pairs[p].a, pairs[p].b, p};
            sides[count++] = (side){pairs[p].b, pairs[p].a, p};
        }
    qsort(sides, count, sizeof *sides, by_record);
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && sides[end].record == sides[i].record;)
            end++;
        if (end - i > 1)
            weigh_rivals(sides + i, end - i, pairs, opts);
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
static bool all_fit(const rings *r, const spil_scored_pair *pair, const spil_cluster_opts *opts,
                    uint32_t *other)
{
    uint32_t x = pair->a;
    do {
        uint32_t y = pair->b;
        do {
            const uint32_t low = x < y ? x : y, high = x < y ? y : x;
            /* a person's word joins what is merely unlikely, not what another word keeps apart */
            const bool fit = (x == pair->a && y == pair->b) ||
                             (pair->answered ? opts->ask(opts->user, low, high).probability >= 1e-12
                                             : fits(opts, pair->probability, low, high));
            if (!fit) {
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

static void try_pair(const rings *r, spil_scored_pair *pair, const spil_cluster_opts *opts)
{
    const uint32_t x = r->group[pair->a], y = r->group[pair->b];
    if (x == y) {
        pair->verdict = SPIL_PAIR_ACCEPTED;
    } else if (r->size[x] + r->size[y] > SPIL_CLUSTER_MOST) {
        pair->verdict = SPIL_PAIR_TOO_MANY;
    } else if (!all_fit(r, pair, opts, &pair->other)) {
        pair->verdict = SPIL_PAIR_CONTRADICTS;
    } else {
        join(r, pair->a, pair->b);
        pair->verdict = SPIL_PAIR_ACCEPTED;
    }
}

spil_status spil_cluster(uint32_t *group, uint32_t count, spil_scored_pair *pairs,
                         size_t pair_count, const spil_cluster_opts *opts, spil_err *err)
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
    TRY(find_rivals(pairs, pair_count, opts, err));
    for (size_t p = 0; p < pair_count; p++)
        if (pairs[p].sure && pairs[p].verdict == SPIL_PAIR_OPEN)
            order[sure++] = &pairs[p];
    qsort(order, sure, sizeof *order, surest_first);
    for (size_t i = 0; i < sure; i++)
        try_pair(&r, order[i], opts);
    for (size_t p = 0; p < pair_count; p++) /* joined in a roundabout way */
        if (group[pairs[p].a] == group[pairs[p].b])
            pairs[p].verdict = SPIL_PAIR_ACCEPTED;
done:
    spil_free(r.next);
    spil_free(r.size);
    spil_free(order);
    return rc;
}
