/* pair_join.c - see pair_join.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "loaders/pair_join.h"

static bool same(const spil_pair_row *a, const spil_pair_row *b)
{
    return (a->from == b->from && a->to == b->to) || (a->from == b->to && a->to == b->from);
}

static void join(spil_pair_join *pairs, const spil_pair_row *row)
{
    spil_pair_row *const pair = &pairs->pair;
    pairs->differs |= row->weight < pairs->latest || row->weight > pairs->latest;
    pairs->latest = row->weight;
    pairs->rows++;
    const bool replaces = pairs->rule == SPIL_MERGE_LAST ||
                          (pairs->rule == SPIL_MERGE_MAX && row->weight > pair->weight);
    if (pairs->rule == SPIL_MERGE_SUM) {
        pair->weight += row->weight;
    } else if (replaces) {
        pair->weight = row->weight;
        pair->line = row->line;
    }
}

bool spil_pair_join_finish(spil_pair_join *pairs, spil_pair_row *done)
{
    if (pairs->rows == 0)
        return false;
    *done = pairs->pair;
    pairs->pairs++;
    pairs->again += pairs->rows > 1;
    pairs->unequal += pairs->differs;
    pairs->rows = 0;
    return true;
}

bool spil_pair_join_add(spil_pair_join *pairs, const spil_pair_row *row, spil_pair_row *done)
{
    if (pairs->rows > 0 && same(&pairs->pair, row)) {
        join(pairs, row);
        return false;
    }
    const bool complete = spil_pair_join_finish(pairs, done);
    pairs->pair = *row;
    pairs->latest = row->weight;
    pairs->rows = 1;
    pairs->differs = false;
    return complete;
}
