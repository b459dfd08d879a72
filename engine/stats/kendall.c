/* kendall.c - see kendall.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/stats/kendall.h"

#include "engine/base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct pair {
    double a, b;
} pair;

static int by_both(const void *left, const void *right)
{
    const pair *const p = left, *const q = right;
    if (p->a != q->a)
        return p->a < q->a ? -1 : 1;
    return p->b < q->b ? -1 : p->b > q->b;
}

static double pairs_of(size_t count)
{
    return 0.5 * (double)count * ((double)count - 1);
}

/* Merges items[0..half) and items[half..count), each in order of b; returns how many pairs stood
 * the other way round. */
static double merge(pair *items, size_t half, size_t count, pair *room)
{
    double inversions = 0;
    size_t left = 0, right = half;
    for (size_t i = 0; i < count; i++)
        if (left < half && (right == count || items[left].b <= items[right].b)) {
            room[i] = items[left++];
        } else {
            inversions += (double)(half - left);
            room[i] = items[right++];
        }
    memcpy(items, room, count * sizeof *items);
    return inversions;
}

static double sort_by_b(pair *items, size_t count, pair *room)
{
    if (count < 2)
        return 0;
    const size_t half = count / 2;
    const double inside =
        sort_by_b(items, half, room) + sort_by_b(items + half, count - half, room);
    return inside + merge(items, half, count, room);
}

typedef bool same(const pair *p, const pair *q);

static bool same_a(const pair *p, const pair *q)
{
    return p->a == q->a;
}

static bool same_b(const pair *p, const pair *q)
{
    return p->b == q->b;
}

static bool same_both(const pair *p, const pair *q)
{
    return p->a == q->a && p->b == q->b;
}

/* Pairs within runs of equal neighbours. */
static double tied(const pair *items, size_t count, same *alike)
{
    double sum = 0;
    for (size_t i = 0; i < count;) {
        size_t end = i + 1;
        while (end < count && alike(&items[i], &items[end]))
            end++;
        sum += pairs_of(end - i);
        i = end;
    }
    return sum;
}

spil_status spil_kendall_tau_b(double *out, const double *a, const double *b, size_t count,
                               spil_err *err)
{
    spil_status rc = SPIL_OK;
    pair *items = NULL, *room = NULL;
    TRY(NEW_ARRAY(items, count, err));
    TRY(NEW_ARRAY(room, count, err));
    for (size_t i = 0; i < count; i++)
        items[i] = (pair){a[i], b[i]};
    if (count)
        qsort(items, count, sizeof *items, by_both);
    const double all = count < 2 ? 0 : pairs_of(count);
    const double in_a = tied(items, count, same_a), in_both = tied(items, count, same_both);
    const double inversions = sort_by_b(items, count, room);
    const double in_b = tied(items, count, same_b);
    const double parted = sqrt(all - in_a) * sqrt(all - in_b);
    *out = parted > 0 ? (all - in_a - in_b + in_both - 2 * inversions) / parted : (double)NAN;
done:
    spil_free(items);
    spil_free(room);
    return rc;
}
