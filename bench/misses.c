/* misses.c - see misses.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/misses.h"

#include "bench/ceiling.h"
#include "engine/base/vec.h"
#include "engine/resolution/candidates.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT = 200, BANDS = 10 };

typedef struct line {
    char text[TEXT];
    size_t count;
} line;

typedef struct pair {
    uint32_t a, b; /* entities, a < b */
} pair;

typedef struct telling {
    const population *people;
    const spil_resolution *resolution;
    const uint32_t *group;
    spil_records *records;
    const spil_words *words;
    SPIL_VEC(line) lines;
    SPIL_VEC(pair) compared; /* true pairs, in order */
    spil_err *err;
    spil_status rc;
} telling;

static int by_pair(const void *left, const void *right)
{
    const pair *const x = left, *const y = right;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return (x->b > y->b) - (x->b < y->b);
}

static int by_text(const void *left, const void *right)
{
    return strcmp(((const line *)left)->text, ((const line *)right)->text);
}

static int commonest_first(const void *left, const void *right)
{
    const line *const x = left, *const y = right;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return by_text(left, right);
}

static bool same_truth(const telling *t, uint32_t a, uint32_t b)
{
    const spil_record *const items = t->records->items;
    return t->people->same[items[a].entity] == t->people->same[items[b].entity];
}

static void note_compared(void *user, unsigned thread, uint32_t a, uint32_t b)
{
    telling *const t = user;
    (void)thread;
    if (!same_truth(t, a, b))
        return;
#pragma omp critical(misses_compared) /* true pairs are few */
    if (t->rc == SPIL_OK)
        t->rc = VEC_PUSH(t->compared,
                         ((pair){t->records->items[a].entity, t->records->items[b].entity}), NULL);
}

static const spil_weighed_pair *doubtful(const telling *t, pair it)
{
    for (size_t i = 0; i < t->resolution->doubtful_count; i++)
        if (t->resolution->doubtful[i].a == it.a && t->resolution->doubtful[i].b == it.b)
            return &t->resolution->doubtful[i];
    return NULL;
}

static const char *why_missed(const telling *t, pair it)
{
    const spil_weighed_pair *const found = doubtful(t, it);
    if (!t->compared.count ||
        !bsearch(&it, t->compared.items, t->compared.count, sizeof it, by_pair))
        return "never compared";
    if (!found)
        return "far below the threshold";
    if (strstr(found->why, "fits as well"))
        return "another fits as well";
    if (strstr(found->why, "does not go with"))
        return "contradicts another of the group";
    return found->why;
}

static void add_line(telling *t, const char *why, uint32_t a, uint32_t b)
{
    const spil_field_set *const set = spil_fields_of(SPIL_ENTITY_person);
    spil_agreement agreement;
    line it = {.count = 1};
    spil_compare(&agreement, t->records, t->words, a, b);
    int at = snprintf(it.text, TEXT, "%s:", why);
    for (unsigned f = 0; f < set->count && at > 0 && at < TEXT; f++)
        if (agreement.level[f] != SPIL_MISSING || f == 1 || f == 4)
            at += snprintf(it.text + at, (size_t)(TEXT - at), " %s %s;", set->fields[f].name,
                           set->fields[f].words[agreement.level[f]]);
    if (at > 0 && at < TEXT)
        (void)snprintf(it.text + at, (size_t)(TEXT - at), " others %u", agreement.crowd);
    if (t->rc == SPIL_OK)
        t->rc = VEC_PUSH(t->lines, it, t->err);
}

/* Records in order of what `of` says of their entities. */
typedef struct place {
    uint32_t of, record;
} place;

static int by_place(const void *left, const void *right)
{
    const place *const x = left, *const y = right;
    if (x->of != y->of)
        return x->of < y->of ? -1 : 1;
    return (x->record > y->record) - (x->record < y->record);
}

static spil_status each_pair_of(telling *t, const uint32_t *of, const uint32_t *not_of, bool missed,
                                spil_err *err)
{
    spil_status rc = SPIL_OK;
    place *places = NULL;
    const size_t count = t->records->count;
    TRY(NEW_ARRAY(places, count, err));
    for (uint32_t r = 0; r < count; r++)
        places[r] = (place){of[t->records->items[r].entity], r};
    qsort(places, count, sizeof *places, by_place);
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count && places[j].of == places[i].of; j++) {
            const uint32_t a = places[i].record, b = places[j].record;
            const pair it = {t->records->items[a].entity, t->records->items[b].entity};
            if (not_of[it.a] != not_of[it.b])
                add_line(t, missed ? why_missed(t, it) : "WRONG", a, b);
        }
    rc = t->rc;
done:
    spil_free(places);
    return rc;
}

static void print_lines(FILE *out, telling *t, size_t most)
{
    size_t kept = 0;
    if (t->lines.count == 0)
        return;
    qsort(t->lines.items, t->lines.count, sizeof *t->lines.items, by_text);
    for (size_t i = 0; i < t->lines.count; i++)
        if (kept && strcmp(t->lines.items[kept - 1].text, t->lines.items[i].text) == 0)
            t->lines.items[kept - 1].count++;
        else
            t->lines.items[kept++] = t->lines.items[i];
    qsort(t->lines.items, kept, sizeof *t->lines.items, commonest_first);
    for (size_t i = 0; i < kept && i < most; i++)
        fprintf(out, "%6zu  %s\n", t->lines.items[i].count, t->lines.items[i].text);
}

static void print_bands(FILE *out, const telling *t)
{
    size_t all[BANDS] = {0}, right[BANDS] = {0};
    for (size_t i = 0; i < t->resolution->doubtful_count; i++) {
        const spil_weighed_pair *const it = &t->resolution->doubtful[i];
        if (t->people->facts->entities[it->a].kind != SPIL_ENTITY_person ||
            strcmp(it->why, "below the threshold") != 0)
            continue;
        const size_t band = (size_t)(it->probability * BANDS);
        all[band < BANDS ? band : BANDS - 1]++;
        right[band < BANDS ? band : BANDS - 1] += t->people->same[it->a] == t->people->same[it->b];
    }
    for (size_t b = 0; b < BANDS; b++)
        if (all[b])
            fprintf(out, "    probability %.1f to %.1f: %zu pairs, %.2f true\n", (double)b / BANDS,
                    (double)(b + 1) / BANDS, all[b], (double)right[b] / (double)all[b]);
}

spil_status misses_print(FILE *out, const population *people, const spil_resolution *resolution,
                         const uint32_t *group, size_t most, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_reading *reading = NULL;
    spil_records *records[2] = {NULL};
    spil_candidates *blocks = NULL;
    telling t = {.people = people, .resolution = resolution, .group = group, .err = err};
    TRY(ceiling_read(&reading, records, people, resolution, err));
    t.records = records[1];
    t.words = reading->words;
    TRY(spil_candidates_build(&blocks, t.records, t.words, err));
    TRY(spil_candidates_each(blocks, note_compared, &t, NULL, err));
    if (t.compared.count)
        qsort(t.compared.items, t.compared.count, sizeof *t.compared.items, by_pair);
    TRY(each_pair_of(&t, people->same, group, true, err));
    TRY(each_pair_of(&t, group, people->same, false, err));
    print_lines(out, &t, most);
    print_bands(out, &t);
done:
    spil_free(t.lines.items);
    spil_free(t.compared.items);
    spil_candidates_free(blocks);
    spil_records_free(records[0]);
    spil_records_free(records[1]);
    spil_reading_free(reading);
    return rc;
}
