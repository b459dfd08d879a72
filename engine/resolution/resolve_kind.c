/* resolve_kind.c - see resolve_kind.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The blocks are walked twice: once to count patterns, once, when the weights are known, to keep
 * the pairs worth keeping. Comparing twice is cheaper than holding tens of millions of pairs.
 * Counts are whole numbers and pairs are sorted, so threads leave no mark.
 */
#include "engine/resolution/resolve_kind.h"

#include "engine/base/par.h"
#include "engine/resolution/resolve_work.h"

#include <math.h>
#include <stdlib.h>

/* ---- the two walks ---- */

static void count_pair(void *user, unsigned thread, uint32_t a, uint32_t b)
{
    spil_resolve_work *const w = user;
    spil_agreement agreement;
    uint8_t bin[SPIL_FIELDS];
    spil_compare(&agreement, w->records, w->words, a, b);
    spil_score_bins(w, &agreement, a, bin);
    w->counts[thread][spil_encode(&w->model->coder, &agreement, bin)]++;
}

static void keep_pair(void *user, unsigned thread, uint32_t a, uint32_t b)
{
    spil_resolve_work *const w = user;
    const spil_scored_pair pair = spil_score(w, a, b);
    if (pair.probability >= w->least_kept && VEC_PUSH(w->pairs[thread], pair, NULL) != SPIL_OK)
        atomic_store(&w->failed, true);
}

static spil_status count_patterns(spil_resolve_work *w, uint64_t *compared, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const size_t codes = w->model->coder.codes;
    TRY(NEW_ARRAY(w->counts, w->threads, err));
    for (unsigned t = 0; t < w->threads; t++)
        TRY(NEW_ARRAY(w->counts[t], codes, err));
    TRY(spil_candidates_each(w->blocks, count_pair, w, w->job->opts->progress, err));
    *compared = 0;
    for (size_t code = 0; code < codes; code++) {
        for (unsigned t = 1; t < w->threads; t++)
            w->counts[0][code] += w->counts[t][code];
        *compared += w->counts[0][code];
    }
done:
    return rc;
}

static uint32_t record_of(const spil_records *records, uint32_t entity)
{
    size_t low = 0, high = records->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (records->items[middle].entity < entity)
            low = middle + 1;
        else
            high = middle;
    }
    return low < records->count && records->items[low].entity == entity ? (uint32_t)low
                                                                        : UINT32_MAX;
}

/* A pair that a person called the same counts, in whatever blocks its records stand. */
static spil_status add_answered(spil_resolve_work *w, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_pair_list *const all = &w->pairs[0];
    const size_t walked = all->count;
    for (size_t i = 0; i < w->job->answer_count; i++) {
        const spil_known_pair *const it = &w->job->answers[i];
        const uint32_t a = record_of(w->records, it->a), b = record_of(w->records, it->b);
        if (!it->same || a == UINT32_MAX || b == UINT32_MAX)
            continue;
        const spil_scored_pair pair = spil_score(w, a, b);
        if (!walked || !bsearch(&pair, all->items, walked, sizeof pair, spil_by_records))
            TRY(VEC_PUSH(*all, pair, err));
    }
    if (all->count > walked)
        qsort(all->items, all->count, sizeof *all->items, spil_by_records);
done:
    return rc;
}

static spil_status keep_pairs(spil_resolve_work *w, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(NEW_ARRAY(w->pairs, w->threads, err));
    w->least_kept = fmin(w->job->opts->review, w->job->opts->threshold);
    TRY(spil_candidates_each(w->blocks, keep_pair, w, w->job->opts->progress, err));
    for (unsigned t = 1; t < w->threads; t++)
        for (size_t i = 0; i < w->pairs[t].count; i++)
            TRY(VEC_PUSH(w->pairs[0], w->pairs[t].items[i], err));
    if (atomic_load(&w->failed)) {
        rc = spil_fail(err, SPIL_NO_MEMORY, "out of memory for likely pairs");
        goto done;
    }
    if (w->pairs[0].count)
        qsort(w->pairs[0].items, w->pairs[0].count, sizeof *w->pairs[0].items, spil_by_records);
    TRY(add_answered(w, err));
    spil_score_mark_sure(w);
done:
    return rc;
}

/* ---- what comes of it ---- */

static spil_status add_doubtful(spil_resolve_work *w, spil_resolved_kind *kind, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (size_t i = 0; i < w->pairs[0].count; i++) {
        const spil_scored_pair *const pair = &w->pairs[0].items[i];
        const bool refused = pair->answered && pair->sure; /* "same", but it contradicts */
        if (pair->verdict == SPIL_PAIR_ACCEPTED || (pair->answered && !refused) ||
            (pair->probability < w->job->opts->review && !refused))
            continue;
        spil_weighed_pair row = {.a = w->records->items[pair->a].entity,
                                 .b = w->records->items[pair->b].entity,
                                 .weight = pair->weight,
                                 .probability = pair->probability};
        TRY(spil_reason_for(w, pair, &row.pattern, err));
        TRY(spil_reason_against(w, pair, &row.why, err));
        TRY(VEC_PUSH(w->job->doubtful, row, err));
        kind->doubtful++;
    }
done:
    return rc;
}

/* best[record]: 1 + the surest accepted pair that the record is in. */
static spil_status find_best(const spil_resolve_work *w, size_t **out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    size_t *best = NULL;
    TRY(NEW_ARRAY(best, w->records->count, err));
    for (size_t i = 0; i < w->pairs[0].count; i++) {
        const spil_scored_pair *const pair = &w->pairs[0].items[i];
        if (pair->verdict != SPIL_PAIR_ACCEPTED)
            continue;
        const uint32_t ends[2] = {pair->a, pair->b};
        for (size_t k = 0; k < 2; k++) {
            size_t *const it = &best[ends[k]];
            if (!*it || w->pairs[0].items[*it - 1].weight < pair->weight)
                *it = i + 1;
        }
    }
    *out = best;
done:
    return rc;
}

static int by_cluster(const void *left, const void *right)
{
    const spil_merge_row *const a = left, *const b = right;
    if (a->cluster != b->cluster)
        return a->cluster < b->cluster ? -1 : 1;
    return (a->entity > b->entity) - (a->entity < b->entity);
}

static spil_status add_merges(spil_resolve_work *w, spil_resolved_kind *kind, spil_err *err)
{
    spil_status rc = SPIL_OK;
    size_t *best = NULL;
    const size_t before = w->job->merges.count;
    TRY(find_best(w, &best, err));
    for (uint32_t r = 0; r < w->records->count; r++) {
        if (!best[r])
            continue;
        const spil_scored_pair *const pair = &w->pairs[0].items[best[r] - 1];
        const uint32_t partner = pair->a == r ? pair->b : pair->a;
        spil_merge_row row = {.entity = w->records->items[r].entity,
                              .cluster = w->records->items[w->group[r]].entity,
                              .partner = w->records->items[partner].entity,
                              .weight = pair->weight,
                              .probability = pair->probability};
        TRY(spil_reason_for(w, pair, &row.pattern, err));
        TRY(VEC_PUSH(w->job->merges, row, err));
        w->job->reading->one[row.entity] = row.cluster;
        kind->clusters += row.entity == row.cluster;
        kind->merged += row.entity != row.cluster;
    }
    if (w->job->merges.count > before)
        qsort(w->job->merges.items + before, w->job->merges.count - before,
              sizeof *w->job->merges.items, by_cluster);
done:
    spil_free(best);
    return rc;
}

static void free_work(spil_resolve_work *w)
{
    for (unsigned t = 0; t < w->threads; t++) {
        if (w->counts)
            spil_free(w->counts[t]);
        if (w->pairs)
            spil_free(w->pairs[t].items);
    }
    spil_free(w->counts);
    spil_free(w->pairs);
    spil_free(w->table);
    spil_free(w->group);
    spil_candidates_free(w->blocks);
    spil_frequencies_free(&w->frequencies);
    spil_records_free(w->records);
}

spil_status spil_resolve_kind(spil_resolve_job *job, spil_resolved_kind *kind, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_resolve_work w = {.job = job,
                           .words = job->reading->words,
                           .set = spil_fields_of(kind->kind),
                           .model = &kind->model,
                           .threads = spil_par_threads()};
    TRY(spil_records_read(&w.records, job->reading, kind->kind, err));
    kind->entities = w.records->count;
    kind->model.coder = spil_coder_of(w.set);
    if (w.records->count < 2)
        goto done;
    TRY(spil_frequencies_count(&w.frequencies, w.records, w.words, err));
    TRY(spil_chance_count(w.model, w.records, w.words, err));
    TRY(spil_candidates_build(&w.blocks, w.records, w.words, err));
    kind->left_out = spil_candidates_left_out(w.blocks);
    TRY(count_patterns(&w, &kind->compared, err));
    spil_linkage_start(w.model, w.counts[0], w.records->count);
    spil_linkage_fit(w.model, w.counts[0]);
    TRY(spil_score_prepare(&w, err));
    TRY(keep_pairs(&w, err));
    TRY(NEW_ARRAY(w.group, w.records->count, err));
    TRY(spil_resolve_group(&w, err));
    TRY(add_merges(&w, kind, err));
    TRY(add_doubtful(&w, kind, err));
done:
    free_work(&w);
    return rc;
}
