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

/* ---- into the store ---- */

static spil_status add_link(spil_intake *intake, const spil_pair_row *pair, spil_err *err)
{
    const spil_row row = {.line = pair->line};
    return spil_intake_add_link(intake, &row, SPIL_NO_COLUMN,
                                (spil_new_link){.from = pair->from,
                                                .to = pair->to,
                                                .kind = intake->opts->link_kind,
                                                .weight = pair->weight,
                                                .confidence = intake->confidence,
                                                .since = SPIL_NO_DAY,
                                                .until = SPIL_NO_DAY},
                                err);
}

static void note_merging(spil_intake *intake, const spil_pair_join *pairs)
{
    static const char *const rules[] = {[SPIL_MERGE_LAST] = "the last weight is kept",
                                        [SPIL_MERGE_FIRST] = "the first weight is kept",
                                        [SPIL_MERGE_SUM] = "the weights are added up",
                                        [SPIL_MERGE_MAX] = "the largest weight is kept"};
    if (pairs->again > 0)
        spil_intake_note(intake,
                         "pairs that stood more than once: %llu, with another weight: %llu; %s",
                         (unsigned long long)pairs->again, (unsigned long long)pairs->unequal,
                         rules[intake->opts->merge]);
}

spil_status spil_pair_join_links(spil_intake *intake, spil_pair_sort *rows, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_pair_join pairs = {.rule = intake->opts->merge};
    spil_pair_row row, pair;
    uint64_t count = 0;
    for (bool got = true;; count++) {
        TRY(spil_check_stop(err));
        TRY(spil_pair_sort_next(rows, &row, &got, err));
        if (!got)
            break;
        if (spil_pair_join_add(&pairs, &row, &pair))
            TRY(add_link(intake, &pair, err));
    }
    if (spil_pair_join_finish(&pairs, &pair))
        TRY(add_link(intake, &pair, err));
    intake->file->merged = count - pairs.pairs;
    note_merging(intake, &pairs);
done:
    return rc;
}
