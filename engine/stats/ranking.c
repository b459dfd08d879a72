/* ranking.c - see ranking.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/stats/ranking.h"

#include "engine/base/mem.h"

#include <math.h>
#include <stdlib.h>

typedef struct item {
    double score;
    size_t index;
    bool relevant;
} item;

static int by_score(const void *left, const void *right)
{
    const item *const a = left, *const b = right;
    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    return a->index < b->index ? -1 : a->index > b->index;
}

static spil_status sorted(item **out, const double *score, const bool *relevant, size_t count,
                          spil_err *err)
{
    item *items = NULL;
    const spil_status rc = NEW_ARRAY(items, count, err);
    if (rc != SPIL_OK)
        return rc;
    for (size_t i = 0; i < count; i++)
        items[i] = (item){score[i], i, relevant ? relevant[i] : false};
    qsort(items, count, sizeof *items, by_score);
    *out = items;
    return SPIL_OK;
}

/* Sum over the ranks of one block of ties of the chance that a relevant one stands there times the
 * expected precision at that rank. before: items above, found: relevant among those. */
static double block_precision(size_t before, double found, double block, double relevant)
{
    double sum = 0;
    for (double j = 1; j <= block; j++) {
        const double others = block > 1 ? (j - 1) * (relevant - 1) / (block - 1) : 0;
        sum += relevant / block * (found + 1 + others) / ((double)before + j);
    }
    return sum;
}

spil_status spil_ranking_of(spil_ranking *out, const double *score, const bool *relevant,
                            size_t count, size_t k, spil_err *err)
{
    item *items = NULL;
    const spil_status rc = sorted(&items, score, relevant, count, err);
    if (rc != SPIL_OK)
        return rc;
    const size_t top = k < count ? k : count;
    double found = 0, in_top = 0, precision = 0, above = 0;
    for (size_t i = 0; i < count;) {
        size_t end = i;
        double here = 0;
        for (; end < count && items[end].score == items[i].score; end++)
            here += items[end].relevant ? 1 : 0;
        const double block = (double)(end - i);
        if (i < top)
            in_top += end <= top ? here : here * (double)(top - i) / block;
        if (here > 0)
            precision += block_precision(i, found, block, here);
        /* pairs of an irrelevant one here with the relevant above it, half of those beside it */
        above += (block - here) * (found + here / 2);
        found += here;
        i = end;
    }
    spil_free(items);
    const double pairs = found * ((double)count - found);
    *out = (spil_ranking){.precision = in_top / (double)top,
                          .average_precision = found > 0 ? precision / found : (double)NAN,
                          .roc_area = pairs > 0 ? above / pairs : (double)NAN};
    return SPIL_OK;
}

spil_status spil_top_overlap(double *out, const double *a, const double *b, size_t count, size_t k,
                             spil_err *err)
{
    spil_status rc = SPIL_OK;
    item *first = NULL, *second = NULL;
    bool *in_first = NULL;
    TRY(sorted(&first, a, NULL, count, err));
    TRY(sorted(&second, b, NULL, count, err));
    TRY(NEW_ARRAY(in_first, count, err));
    for (size_t i = 0; i < k; i++)
        in_first[first[i].index] = true;
    size_t shared = 0;
    for (size_t i = 0; i < k; i++)
        shared += in_first[second[i].index];
    *out = (double)shared / (double)k;
done:
    spil_free(first);
    spil_free(second);
    spil_free(in_first);
    return rc;
}
