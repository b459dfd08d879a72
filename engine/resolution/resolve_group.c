/* resolve_group.c - groups, and what merged acquaintances add to them. See resolve_work.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/resolution/resolve_work.h"

#include <stdlib.h>

static spil_status group_pairs(spil_resolve_work *w, spil_err *err)
{
    const spil_cluster_opts how = {w->job->opts->threshold, spil_score_chance, w};
    return spil_cluster(w->group, (uint32_t)w->records->count, w->pairs[0].items, w->pairs[0].count,
                        &how, err);
}

/* ---- what merged acquaintances add ---- */

/* Writes the groups into reading->one; were they others before? */
static bool take_groups(spil_resolve_work *w)
{
    uint32_t *const one = w->job->reading->one;
    bool changed = false;
    for (size_t r = 0; r < w->records->count; r++) {
        const uint32_t head = w->records->items[w->group[r]].entity;
        changed = changed || one[w->records->items[r].entity] != head;
        one[w->records->items[r].entity] = head;
    }
    return changed;
}

/* A record that is linked to a person who has several. */
typedef struct meeting {
    uint32_t tie, record;
} meeting;

static int by_meeting(const void *left, const void *right)
{
    const meeting *const a = left, *const b = right;
    if (a->tie != b->tie)
        return a->tie < b->tie ? -1 : 1;
    return (a->record > b->record) - (a->record < b->record);
}

static spil_status list_meetings(const spil_resolve_work *w, meeting **out, size_t *count,
                                 spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_records *const records = w->records;
    const spil_facts *const facts = w->job->reading->facts;
    bool *several = NULL; /* of entities: it stands for others too */
    size_t all = 0;
    TRY(NEW_ARRAY(several, facts->entity_count, err));
    for (size_t r = 0; r < records->count; r++) {
        several[records->items[r].one] |= records->items[r].one != records->items[r].entity;
        all += records->items[r].tie_count;
    }
    TRY(NEW_ARRAY(*out, all, err));
    for (uint32_t r = 0; r < records->count; r++)
        for (uint32_t i = 0; i < records->items[r].tie_count; i++) {
            const uint32_t tie = records->ties[records->items[r].tie_begin + i];
            if (several[tie])
                (*out)[(*count)++] = (meeting){tie, r};
        }
    if (*count)
        qsort(*out, *count, sizeof **out, by_meeting);
done:
    spil_free(several);
    return rc;
}

/* Pairs that meet at a merged person and were not likely enough before. */
static spil_status add_meetings(spil_resolve_work *w, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_pair_list *const all = &w->pairs[0];
    const size_t known = all->count;
    meeting *list = NULL;
    size_t count = 0, kept = 0;
    TRY(list_meetings(w, &list, &count, err));
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count && list[j].tie == list[i].tie; j++) {
            const spil_scored_pair pair = spil_score(w, list[i].record, list[j].record);
            if (pair.probability >= w->least_kept &&
                (!known || !bsearch(&pair, all->items, known, sizeof pair, spil_by_records)))
                TRY(VEC_PUSH(*all, pair, err));
        }
    if (all->count > known)
        qsort(all->items, all->count, sizeof *all->items, spil_by_records);
    for (size_t i = 0; i < all->count; i++) /* two who meet at two are listed twice */
        if (i == 0 || spil_by_records(&all->items[kept - 1], &all->items[i]) != 0)
            all->items[kept++] = all->items[i];
    all->count = kept;
done:
    spil_free(list);
    return rc;
}

/* Collective resolution (Bhattacharya and Getoor 2007, TKDD 1:5): who was merged may be the
 * acquaintance that two others share. Weights stay as they are; groups are made anew. */
static spil_status group_again(spil_resolve_work *w, bool *changed, spil_err *err)
{
    spil_status rc = SPIL_OK;
    *changed = take_groups(w);
    if (!*changed)
        goto done;
    TRY(spil_records_read_ties(w->records, w->job->reading, err));
    for (size_t i = 0; i < w->pairs[0].count; i++) {
        spil_scored_pair *const it = &w->pairs[0].items[i];
        *it = spil_score(w, it->a, it->b);
    }
    TRY(add_meetings(w, err));
    spil_score_mark_sure(w);
    TRY(group_pairs(w, err));
done:
    return rc;
}

spil_status spil_resolve_group(spil_resolve_work *w, spil_err *err)
{
    enum { MOST_ROUNDS = 4 };
    spil_status rc = SPIL_OK;
    bool changed = w->set->kind == SPIL_ENTITY_person;
    TRY(group_pairs(w, err));
    for (unsigned round = 0; round < MOST_ROUNDS && changed; round++)
        TRY(group_again(w, &changed, err));
done:
    return rc;
}
