/* ceiling.c - see ceiling.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/ceiling.h"

#include "engine/base/par.h"
#include "engine/resolution/candidates.h"
#include "engine/resolution/counts.h"

#include <stdlib.h>

/* ---- counting ---- */

typedef struct counting {
    const population *people;
    const spil_records *records;
    const spil_words *words;
    const spil_frequencies *frequencies;
    spil_coder coder;
    ceiling_counts *threads;
} counting;

static void count_pair(void *user, unsigned thread, uint32_t a, uint32_t b)
{
    counting *const c = user;
    const spil_field_set *const set = c->coder.set;
    spil_agreement agreement;
    uint8_t bin[SPIL_FIELDS] = {0};
    spil_compare(&agreement, c->records, c->words, a, b);
    for (unsigned f = 0; f < set->count; f++)
        if (set->fields[f].frequency && agreement.level[f] + 1U == set->fields[f].levels)
            bin[f] = c->frequencies->bin[f][spil_field_word(set, f, &c->records->items[a])];
    const size_t pattern = spil_encode(&c->coder, &agreement, bin);
    const uint32_t *const same = c->people->same;
    const bool right = same[c->records->items[a].entity] == same[c->records->items[b].entity];
    (right ? c->threads[thread].right : c->threads[thread].wrong)[pattern]++;
}

static int by_number(const void *left, const void *right)
{
    const uint32_t *const a = left, *const b = right;
    return (*a > *b) - (*a < *b);
}

/* Pairs of persons that are one in truth. */
static spil_status count_true(double *out, const population *people, const spil_records *records,
                              spil_err *err)
{
    spil_status rc = SPIL_OK;
    uint32_t *truth = NULL;
    TRY(NEW_ARRAY(truth, records->count, err));
    for (size_t i = 0; i < records->count; i++)
        truth[i] = people->same[records->items[i].entity];
    qsort(truth, records->count, sizeof *truth, by_number);
    *out = 0;
    for (size_t i = 1, run = 0; i < records->count; i++) {
        run = truth[i] == truth[i - 1] ? run + 1 : 0;
        *out += (double)run;
    }
done:
    spil_free(truth);
    return rc;
}

spil_status ceiling_read(spil_reading **reading, spil_records *records[2], const population *people,
                         const spil_resolution *resolution, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(spil_reading_new(reading, people->facts, err));
    TRY(spil_records_read(&records[0], *reading, SPIL_ENTITY_address, err));
    for (size_t i = 0; i < resolution->merge_count; i++) {
        const spil_merge_row *const it = &resolution->merges[i];
        if (people->facts->entities[it->entity].kind != SPIL_ENTITY_person)
            (*reading)->one[it->entity] = it->cluster;
    }
    TRY(spil_records_read(&records[1], *reading, SPIL_ENTITY_person, err));
done:
    return rc;
}

static spil_status new_counts(ceiling_counts *out, size_t patterns, spil_err *err)
{
    spil_status rc = SPIL_OK;
    *out = (ceiling_counts){.patterns = patterns};
    TRY(NEW_ARRAY(out->right, patterns, err));
    TRY(NEW_ARRAY(out->wrong, patterns, err));
done:
    return rc;
}

spil_status ceiling_count(ceiling_counts *out, const population *people,
                          const spil_resolution *resolution, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const unsigned threads = spil_par_threads();
    spil_reading *reading = NULL;
    spil_records *records[2] = {NULL};
    spil_frequencies frequencies = {0};
    spil_candidates *blocks = NULL;
    counting c = {.people = people,
                  .coder = spil_coder_of(spil_fields_of(SPIL_ENTITY_person)),
                  .frequencies = &frequencies};
    TRY(NEW_ARRAY(c.threads, threads, err));
    for (unsigned t = 0; t < threads; t++)
        TRY(new_counts(&c.threads[t], c.coder.codes, err));
    TRY(ceiling_read(&reading, records, people, resolution, err));
    c.records = records[1];
    c.words = reading->words;
    TRY(spil_frequencies_count(&frequencies, c.records, c.words, err));
    TRY(spil_candidates_build(&blocks, c.records, c.words, err));
    TRY(spil_candidates_each(blocks, count_pair, &c, NULL, err));
    for (unsigned t = 1; t < threads; t++)
        for (size_t p = 0; p < c.coder.codes; p++) {
            c.threads[0].right[p] += c.threads[t].right[p];
            c.threads[0].wrong[p] += c.threads[t].wrong[p];
        }
    TRY(count_true(&c.threads[0].all, people, c.records, err));
    *out = c.threads[0];
    c.threads[0] = (ceiling_counts){NULL};
done:
    for (unsigned t = 0; c.threads && t < threads; t++)
        ceiling_free(&c.threads[t]);
    spil_free(c.threads);
    spil_candidates_free(blocks);
    spil_frequencies_free(&frequencies);
    spil_records_free(records[0]);
    spil_records_free(records[1]);
    spil_reading_free(reading);
    return rc;
}

void ceiling_free(ceiling_counts *counts)
{
    spil_free(counts->right);
    spil_free(counts->wrong);
    *counts = (ceiling_counts){NULL};
}

/* ---- the rule ---- */

typedef struct pattern {
    double right, wrong;
    size_t code;
} pattern;

/* The largest share of true pairs first; of equal ones what was seen more often. */
static int likeliest_first(const void *left, const void *right)
{
    const pattern *const a = left, *const b = right;
    const double x = a->right * b->wrong, y = b->right * a->wrong;
    if (x != y)
        return x > y ? -1 : 1;
    if (a->right != b->right)
        return a->right > b->right ? -1 : 1;
    return (a->code > b->code) - (a->code < b->code);
}

spil_status ceiling_of(ceiling *out, const ceiling_counts *counts, spil_err *err)
{
    spil_status rc = SPIL_OK;
    pattern *order = NULL;
    double right = 0, wrong = 0;
    TRY(NEW_ARRAY(order, counts->patterns, err));
    for (size_t p = 0; p < counts->patterns; p++)
        order[p] = (pattern){counts->right[p], counts->wrong[p], p};
    qsort(order, counts->patterns, sizeof *order, likeliest_first);
    *out = (ceiling){0};
    for (size_t i = 0; i < counts->patterns && order[i].right > 0; i++) {
        right += order[i].right;
        wrong += order[i].wrong;
        const double f1 = 2 * right / (counts->all + right + wrong);
        if (f1 > out->f1)
            *out = (ceiling){
                .f1 = f1, .recall = right / counts->all, .precision = right / (right + wrong)};
    }
done:
    spil_free(order);
    return rc;
}
