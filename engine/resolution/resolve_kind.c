/* resolve_kind.c - see resolve_kind.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The blocks are walked twice: once to count patterns, once, when the weights are known, to keep
 * the pairs worth keeping. Comparing twice is cheaper than holding tens of millions of pairs.
 * Counts are whole numbers and pairs are sorted, so threads leave no mark.
 */
#include "engine/resolution/resolve_kind.h"

#include "engine/base/par.h"
#include "engine/base/str.h"
#include "engine/resolution/candidates.h"
#include "engine/resolution/cluster.h"
#include "engine/resolution/counts.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

typedef SPIL_VEC(spil_scored_pair) pair_list;

typedef struct work {
    spil_resolve_job *job;
    const spil_words *words;
    const spil_field_set *set;
    spil_records *records;
    spil_frequencies frequencies;
    spil_candidates *blocks;
    spil_linkage *model;
    double *table; /* weight of each code with all bins 0, without frequency */
    double log_chance[SPIL_FIELDS];
    double least_kept; /* probability */
    uint64_t **counts; /* threads: of patterns, then the sum in the first */
    pair_list *pairs;  /* threads, then all in the first */
    unsigned threads;
    atomic_bool failed;
    uint32_t *group;
} work;

/* ---- one pair ---- */

static void bins_of(const work *w, const spil_agreement *agreement, uint32_t a,
                    uint8_t bin[SPIL_FIELDS])
{
    for (unsigned f = 0; f < w->set->count; f++) {
        const spil_field *const field = &w->set->fields[f];
        const bool counts = field->frequency && agreement->level[f] + 1U == field->levels;
        bin[f] =
            counts ? w->frequencies.bin[f][spil_field_word(w->set, f, &w->records->items[a])] : 0;
    }
}

/* How common the equal value of the field is; 0 where that does not count. */
static double share_of(const work *w, const spil_agreement *agreement, unsigned f, uint32_t a)
{
    const spil_field *const field = &w->set->fields[f];
    if (!field->frequency || agreement->level[f] + 1U != field->levels)
        return 0;
    return (double)w->frequencies.share[f][spil_field_word(w->set, f, &w->records->items[a])];
}

/* What the shared initial says beyond its level: X more than J. */
static double initial_bits(const work *w, const spil_agreement *agreement, uint32_t a, uint32_t b)
{
    const unsigned char initial = (unsigned char)w->records->items[a].initials[0];
    const bool same = initial != 0 && w->records->items[b].initials[0] == (char)initial;
    if (!same || !spil_agree_in_initial(w->set, agreement))
        return 0;
    return log2(w->frequencies.same_initial / w->frequencies.initial[initial]);
}

static double weigh(const work *w, const spil_agreement *agreement, uint32_t a, uint32_t b)
{
    static const uint8_t no_bins[SPIL_FIELDS] = {0};
    const bool context = w->set->context && agreement->connected;
    double bits = w->table[spil_encode(&w->model->coder, agreement, no_bins)];
    for (unsigned f = context ? SPIL_CONTEXT : 0; f < w->set->count; f++) {
        const double share = share_of(w, agreement, f, a);
        if (share > 0)
            bits += w->log_chance[f] - log2(share);
    }
    return bits + initial_bits(w, agreement, a, b);
}

static int by_pair(const void *left, const void *right)
{
    const spil_known_pair *const a = left, *const b = right;
    if (a->a != b->a)
        return a->a < b->a ? -1 : 1;
    return (a->b > b->b) - (a->b < b->b);
}

/* What a person said of two records. */
static const spil_known_pair *answer_to(const work *w, uint32_t a, uint32_t b)
{
    const spil_known_pair pair = {w->records->items[a].entity, w->records->items[b].entity, false};
    if (w->job->answer_count == 0)
        return NULL;
    return bsearch(&pair, w->job->answers, w->job->answer_count, sizeof pair, by_pair);
}

static spil_scored_pair scored(const work *w, uint32_t a, uint32_t b)
{
    spil_agreement agreement;
    spil_compare(&agreement, w->records, w->words, a, b);
    const double weight = weigh(w, &agreement, a, b);
    return (spil_scored_pair){.a = a,
                              .b = b,
                              .weight = weight,
                              .probability = spil_linkage_probability(w->model, weight),
                              .bar = agreement.bar};
}

static double chance_of(const void *user, uint32_t a, uint32_t b)
{
    const work *const w = user;
    const spil_known_pair *const answer = answer_to(w, a, b);
    if (answer)
        return answer->same;
    const spil_scored_pair pair = scored(w, a, b);
    return pair.bar ? 0 : fmax(pair.probability, 1e-11);
}

/* ---- the two walks ---- */

static void count_pair(void *user, unsigned thread, uint32_t a, uint32_t b)
{
    work *const w = user;
    spil_agreement agreement;
    uint8_t bin[SPIL_FIELDS];
    spil_compare(&agreement, w->records, w->words, a, b);
    bins_of(w, &agreement, a, bin);
    w->counts[thread][spil_encode(&w->model->coder, &agreement, bin)]++;
}

static void keep_pair(void *user, unsigned thread, uint32_t a, uint32_t b)
{
    work *const w = user;
    const spil_scored_pair pair = scored(w, a, b);
    if (pair.probability >= w->least_kept && VEC_PUSH(w->pairs[thread], pair, NULL) != SPIL_OK)
        atomic_store(&w->failed, true);
}

static spil_status count_patterns(work *w, uint64_t *compared, spil_err *err)
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

static spil_status make_table(work *w, spil_err *err)
{
    static const double none[SPIL_FIELDS] = {0};
    spil_status rc = SPIL_OK;
    TRY(NEW_ARRAY(w->table, w->model->coder.codes, err));
    for (size_t code = 0; code < w->model->coder.codes; code++) {
        spil_agreement agreement;
        uint8_t bin[SPIL_FIELDS];
        spil_decode(&w->model->coder, code, &agreement, bin);
        w->table[code] = spil_linkage_weight(w->model, &agreement, none, NULL);
    }
    for (unsigned f = 0; f < w->set->count; f++)
        w->log_chance[f] = w->model->chance[f] > 0 ? log2(w->model->chance[f]) : 0;
done:
    return rc;
}

static int by_records(const void *left, const void *right)
{
    const spil_scored_pair *const a = left, *const b = right;
    if (a->a != b->a)
        return a->a < b->a ? -1 : 1;
    return (a->b > b->b) - (a->b < b->b);
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
static spil_status add_answered(work *w, spil_err *err)
{
    spil_status rc = SPIL_OK;
    pair_list *const all = &w->pairs[0];
    const size_t walked = all->count;
    for (size_t i = 0; i < w->job->answer_count; i++) {
        const spil_known_pair *const it = &w->job->answers[i];
        const uint32_t a = record_of(w->records, it->a), b = record_of(w->records, it->b);
        if (!it->same || a == UINT32_MAX || b == UINT32_MAX)
            continue;
        const spil_scored_pair pair = scored(w, a, b);
        if (!walked || !bsearch(&pair, all->items, walked, sizeof pair, by_records))
            TRY(VEC_PUSH(*all, pair, err));
    }
    if (all->count > walked)
        qsort(all->items, all->count, sizeof *all->items, by_records);
done:
    return rc;
}

static spil_status keep_pairs(work *w, spil_err *err)
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
        qsort(w->pairs[0].items, w->pairs[0].count, sizeof *w->pairs[0].items, by_records);
    TRY(add_answered(w, err));
    for (size_t i = 0; i < w->pairs[0].count; i++) {
        spil_scored_pair *const pair = &w->pairs[0].items[i];
        const spil_known_pair *const answer = answer_to(w, pair->a, pair->b);
        pair->answered = answer != NULL;
        pair->sure =
            answer ? answer->same : !pair->bar && pair->probability >= w->job->opts->threshold;
    }
done:
    return rc;
}

/* ---- what comes of it ---- */

/* "surname equal (1 in 4300), given initial, address same": what is missing is not said. */
static spil_status describe(const work *w, const spil_scored_pair *pair, const char **out,
                            spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_str text = SPIL_STR_INIT;
    spil_agreement agreement;
    spil_compare(&agreement, w->records, w->words, pair->a, pair->b);
    if (pair->answered)
        spil_str_add(&text, "a person's answer; ");
    for (unsigned f = 0; f < w->set->count; f++) {
        const spil_field *const field = &w->set->fields[f];
        const double share = share_of(w, &agreement, f, pair->a);
        if (agreement.level[f] == SPIL_MISSING)
            continue;
        const bool first = text.length == 0 || text.text[text.length - 1] == ' ';
        spil_str_addf(&text, "%s%s %s", first ? "" : ", ", field->name,
                      field->words[agreement.level[f]]);
        if (share > 0)
            spil_str_addf(&text, " (1 in %.3g)", 1 / share);
    }
    TRY(spil_str_status(&text, err));
    rc = spil_arena_text(w->job->arena, out, spil_str_text(&text), text.length, err);
done:
    spil_str_free(&text);
    return rc;
}

static const char *key_of(const work *w, uint32_t record)
{
    return w->job->reading->facts->entities[w->records->items[record].entity].key;
}

static spil_status say_why(const work *w, const spil_scored_pair *pair, const char **out,
                           spil_err *err)
{
    spil_str text = SPIL_STR_INIT;
    if (pair->answered)
        spil_str_add(&text, "a person's answer, against others: ");
    if (pair->verdict == SPIL_PAIR_CONTRADICTS)
        spil_str_addf(&text, "does not go with %s", key_of(w, pair->other));
    else if (pair->verdict == SPIL_PAIR_AMBIGUOUS)
        spil_str_addf(&text, "%s fits as well", key_of(w, pair->other));
    else if (pair->verdict == SPIL_PAIR_TOO_MANY)
        spil_str_addf(&text, "more than %d would be one", SPIL_CLUSTER_MOST);
    else
        spil_str_add(&text, pair->bar ? pair->bar : "below the threshold");
    spil_status rc = spil_str_status(&text, err);
    if (rc == SPIL_OK)
        rc = spil_arena_text(w->job->arena, out, spil_str_text(&text), text.length, err);
    spil_str_free(&text);
    return rc;
}

static spil_status add_doubtful(work *w, spil_resolved_kind *kind, spil_err *err)
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
        TRY(describe(w, pair, &row.pattern, err));
        TRY(say_why(w, pair, &row.why, err));
        TRY(VEC_PUSH(w->job->doubtful, row, err));
        kind->doubtful++;
    }
done:
    return rc;
}

/* best[record]: 1 + the surest accepted pair that the record is in. */
static spil_status find_best(const work *w, size_t **out, spil_err *err)
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

static spil_status add_merges(work *w, spil_resolved_kind *kind, spil_err *err)
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
        TRY(describe(w, pair, &row.pattern, err));
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

static void free_work(work *w)
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
    work w = {.job = job,
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
    TRY(make_table(&w, err));
    TRY(keep_pairs(&w, err));
    TRY(NEW_ARRAY(w.group, w.records->count, err));
    TRY(spil_cluster(w.group, (uint32_t)w.records->count, w.pairs[0].items, w.pairs[0].count,
                     chance_of, &w, err));
    TRY(add_merges(&w, kind, err));
    TRY(add_doubtful(&w, kind, err));
done:
    free_work(&w);
    return rc;
}
