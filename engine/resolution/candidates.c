/* candidates.c - see candidates.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A pass is one kind of key: a sorted list of (key, record). Passes have an order, and a pair
 * belongs to the first that holds it: the addresses, the ties, then the computed keys. To tell,
 * the keys of both records are looked at again, so no list of pairs is ever kept.
 */
#include "engine/resolution/candidates.h"

#include "engine/base/par.h"
#include "engine/base/vec.h"
#include "engine/stats/draw.h"

#include <stdlib.h>
#include <string.h>

typedef struct keyed {
    uint64_t key;
    uint32_t record;
} keyed;

/* Records key by key; blocks of at least two, as ranges. */
typedef struct pass {
    keyed *items;
    size_t count;
    uint32_t *begin; /* block_count + 1 */
    size_t block_count;
} pass;

enum { BY_AT, BY_TIE, FIRST_KEY, ALL_PASSES = FIRST_KEY + SPIL_PASSES };

struct spil_candidates {
    const spil_records *records;
    uint64_t *keys[SPIL_PASSES]; /* a record's key in each computed pass; 0: none */
    pass passes[ALL_PASSES];
    uint64_t left_out;
};

/* ---- keys ---- */

/* Zero where one of the parts is missing. */
static uint64_t join(unsigned number, uint64_t a, uint64_t b)
{
    if (a == 0 || b == 0)
        return 0;
    const uint64_t key = spil_key_join(spil_key_join(number + 1, a), b);
    return key ? key : 1;
}

/* The first letters of a word, or the last, as a number; 0 for an empty one. */
static uint64_t letters(const char *word, size_t count, bool last)
{
    const size_t length = strlen(word);
    const size_t from = last && length > count ? length - count : 0;
    uint64_t bits = 0;
    for (size_t i = from; i < length && i < from + count; i++)
        bits = bits << 8 | (unsigned char)word[i];
    return bits;
}

static void sort_few(uint64_t *items, size_t count)
{
    for (size_t i = 1; i < count; i++)
        for (size_t j = i; j > 0 && items[j] < items[j - 1]; j--) {
            const uint64_t swap = items[j];
            items[j] = items[j - 1];
            items[j - 1] = swap;
        }
}

/* Sounds of the words, sorted; one word is no set. */
static uint64_t set_key(unsigned number, const uint32_t *list, size_t count,
                        const spil_words *words)
{
    uint64_t sounds[SPIL_PARTS + 2], key = number + 1;
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        if (list[i])
            sounds[found++] = spil_words_sound(words, list[i]);
    sort_few(sounds, found);
    for (size_t i = 0; i < found; i++)
        key = spil_key_join(key, sounds[i]);
    return found < 2 ? 0 : key;
}

static void person_keys(const spil_record *r, const spil_words *words, uint64_t out[SPIL_PASSES])
{
    const char *const surname = spil_words_text(words, r->name);
    const uint64_t sound = spil_words_sound(words, r->part[0] ? r->part[0] : r->name);
    const uint64_t initial = (unsigned char)r->initials[0];
    const uint32_t all[] = {r->part[0] ? r->part[0] : r->name, r->part[1], r->part[2], r->given[0],
                            r->given[1]};
    out[0] = join(0, r->number, 1);
    out[1] = join(1, r->birth, letters(surname, 1, false));
    out[2] = join(2, r->birth, initial);
    out[3] = join(3, sound, initial);
    out[4] = r->given[0] ? set_key(4, all, 5, words) : 0;
    out[5] = join(5, r->given[0], letters(surname, 3, false));
    out[6] = join(6, r->given[0], letters(surname, 3, true));
}

static void company_keys(const spil_record *r, const spil_words *words, uint64_t out[SPIL_PASSES])
{
    const uint32_t first = r->part[0] ? r->part[0] : r->name;
    out[0] = join(0, r->number, 1);
    out[1] = join(1, spil_words_sound(words, r->name), 1);
    out[2] = set_key(2, r->part, SPIL_PARTS, words);
    out[3] = join(3, first, r->place);
}

static void address_keys(const spil_record *r, const spil_words *words, uint64_t out[SPIL_PASSES])
{
    const char *const street = spil_words_text(words, r->name);
    const char *const postcode = spil_words_text(words, r->form);
    out[0] = join(0, r->form, r->given[0]);
    out[1] = join(1, spil_words_sound(words, r->name), r->given[0]);
    out[1] = join(1, out[1], r->place);
    out[2] = join(2, letters(street, 4, false), r->given[0]);
    out[2] = join(2, out[2], letters(postcode, 4, false));
    out[3] = join(3, letters(street, 4, true), r->given[0]);
    out[3] = join(3, out[3], r->place);
}

static spil_status make_keys(spil_candidates *blocks, const spil_words *words, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_records *const records = blocks->records;
    for (size_t p = 0; p < SPIL_PASSES; p++)
        TRY(NEW_ARRAY(blocks->keys[p], records->count, err));
    for (size_t i = 0; i < records->count; i++) {
        uint64_t keys[SPIL_PASSES] = {0};
        if (records->kind == SPIL_ENTITY_person)
            person_keys(&records->items[i], words, keys);
        else if (records->kind == SPIL_ENTITY_company)
            company_keys(&records->items[i], words, keys);
        else
            address_keys(&records->items[i], words, keys);
        for (size_t p = 0; p < SPIL_PASSES; p++)
            blocks->keys[p][i] = keys[p];
    }
done:
    return rc;
}

/* ---- lists ---- */

static int by_key(const void *left, const void *right)
{
    const keyed *const a = left, *const b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return (a->record > b->record) - (a->record < b->record);
}

static size_t end_of_block(const pass *p, size_t begin)
{
    size_t end = begin + 1;
    while (end < p->count && p->items[end].key == p->items[begin].key)
        end++;
    return end;
}

/* Sorts, and notes where the blocks of two and more lie; records of smaller ones are dropped. */
static spil_status find_blocks(pass *p, spil_err *err)
{
    spil_status rc = SPIL_OK;
    size_t kept = 0;
    qsort(p->items, p->count, sizeof *p->items, by_key);
    p->block_count = 0;
    for (size_t i = 0, end; i < p->count; i = end) {
        end = end_of_block(p, i);
        if (end - i < 2)
            continue;
        memmove(p->items + kept, p->items + i, (end - i) * sizeof *p->items);
        kept += end - i;
        p->block_count++;
    }
    p->count = kept;
    spil_free(p->begin);
    p->begin = NULL;
    TRY(NEW_ARRAY(p->begin, p->block_count + 1, err));
    for (size_t i = 0, block = 0; i < p->count; block++) {
        p->begin[block] = (uint32_t)i;
        i = end_of_block(p, i);
    }
    p->begin[p->block_count] = (uint32_t)p->count;
done:
    return rc;
}

static spil_status list_keys(pass *p, const uint64_t *keys, size_t count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    if (!p->items)
        TRY(NEW_ARRAY(p->items, count, err));
    p->count = 0;
    for (size_t i = 0; i < count; i++)
        if (keys[i])
            p->items[p->count++] = (keyed){keys[i], (uint32_t)i};
    rc = find_blocks(p, err);
done:
    return rc;
}

/* What parts the records of a block that is too large: place first, then a further word. */
static uint64_t finer(const spil_record *r, unsigned round, spil_entity_kind kind)
{
    if (round == 0)
        return r->place;
    return kind == SPIL_ENTITY_company ? r->part[1] : r->given[0];
}

/* Gives the records of large blocks finer keys; *left: blocks were large. The last round gives
 * them none. */
static bool refine(spil_candidates *blocks, unsigned p, unsigned round)
{
    const pass *const it = &blocks->passes[FIRST_KEY + p];
    uint64_t *const keys = blocks->keys[p];
    bool changed = false;
    for (size_t i = 0; i < it->block_count; i++) {
        const uint64_t size = it->begin[i + 1] - it->begin[i];
        if (size <= SPIL_BLOCK)
            continue;
        changed = true;
        if (round == 2)
            blocks->left_out += size * (size - 1) / 2;
        for (size_t k = it->begin[i]; k < it->begin[i + 1]; k++) {
            const uint32_t record = it->items[k].record;
            const uint64_t part =
                finer(&blocks->records->items[record], round, blocks->records->kind);
            keys[record] = round == 2 ? 0 : spil_key_join(keys[record], part);
        }
    }
    return changed;
}

static spil_status list_neighbours(pass *p, const spil_records *records, bool at, spil_err *err)
{
    spil_status rc = SPIL_OK;
    size_t count = 0;
    for (size_t i = 0; i < records->count; i++)
        count += at ? records->items[i].at_count : records->items[i].tie_count;
    TRY(NEW_ARRAY(p->items, count, err));
    for (size_t i = 0; i < records->count; i++) {
        const spil_record *const r = &records->items[i];
        const uint32_t *const list = at ? records->at + r->at_begin : records->ties + r->tie_begin;
        for (size_t k = 0; k < (at ? r->at_count : r->tie_count); k++)
            p->items[p->count++] = (keyed){list[k], (uint32_t)i};
    }
    rc = find_blocks(p, err);
done:
    return rc;
}

spil_status spil_candidates_build(spil_candidates **out, const spil_records *records,
                                  const spil_words *words, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_candidates *blocks = NULL;
    TRY(NEW(blocks, err));
    blocks->records = records;
    TRY(list_neighbours(&blocks->passes[BY_AT], records, true, err));
    TRY(list_neighbours(&blocks->passes[BY_TIE], records, false, err));
    TRY(make_keys(blocks, words, err));
    for (unsigned p = 0; p < SPIL_PASSES; p++) {
        pass *const it = &blocks->passes[FIRST_KEY + p];
        TRY(list_keys(it, blocks->keys[p], records->count, err));
        for (unsigned round = 0; round < 3 && refine(blocks, p, round); round++)
            TRY(list_keys(it, blocks->keys[p], records->count, err));
        TRY(spil_check_stop(err));
    }
    *out = blocks;
    blocks = NULL;
done:
    spil_candidates_free(blocks);
    return rc;
}

void spil_candidates_free(spil_candidates *blocks)
{
    if (!blocks)
        return;
    for (size_t p = 0; p < ALL_PASSES; p++) {
        spil_free(blocks->passes[p].items);
        spil_free(blocks->passes[p].begin);
    }
    for (size_t p = 0; p < SPIL_PASSES; p++)
        spil_free(blocks->keys[p]);
    spil_free(blocks);
}

uint64_t spil_candidates_left_out(const spil_candidates *blocks)
{
    return blocks->left_out;
}

/* ---- pairs ---- */

/* Is this block of this pass the first that holds the pair? */
static bool first_here(const spil_candidates *blocks, unsigned which, uint64_t key, uint32_t a,
                       uint32_t b)
{
    const spil_records *const records = blocks->records;
    const spil_record *const x = &records->items[a], *const y = &records->items[b];
    const uint32_t at = spil_common_at(records, x, y);
    if (which == BY_AT)
        return at == key;
    if (at != UINT32_MAX)
        return false;
    const uint32_t tie = spil_common_tie(records, x, y);
    if (which == BY_TIE)
        return tie == key;
    if (tie != UINT32_MAX)
        return false;
    for (unsigned p = 0; p < which - FIRST_KEY; p++)
        if (blocks->keys[p][a] && blocks->keys[p][a] == blocks->keys[p][b])
            return false;
    return true;
}

spil_status spil_candidates_each(const spil_candidates *blocks,
                                 void (*visit)(void *user, unsigned thread, uint32_t a, uint32_t b),
                                 void *user, spil_progress *progress, spil_err *err)
{
    size_t total = 0;
    for (unsigned p = 0; p < ALL_PASSES; p++)
        total += blocks->passes[p].block_count;
    spil_progress_begin(progress, "pairs", total);
    for (unsigned p = 0; p < ALL_PASSES; p++) {
        const pass *const it = &blocks->passes[p];
#pragma omp parallel for default(none) shared(blocks, it, p, visit, user, progress)                \
    schedule(dynamic, 64) /* blocks differ in size, and pairs go by its square */
        for (size_t block = 0; block < it->block_count; block++) {
            const size_t end = it->begin[block + 1];
            const unsigned thread = spil_par_thread();
            if (spil_stop_requested())
                continue;
            for (size_t i = it->begin[block]; i < end; i++)
                for (size_t j = i + 1; j < end; j++)
                    if (first_here(blocks, p, it->items[i].key, it->items[i].record,
                                   it->items[j].record))
                        visit(user, thread, it->items[i].record, it->items[j].record);
            spil_progress_step(progress, 1);
        }
    }
    spil_progress_end(progress);
    return spil_check_stop(err);
}
