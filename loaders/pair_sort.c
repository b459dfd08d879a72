/* pair_sort.c - see pair_sort.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A run is sorted by its digits, the last ones first (Hollerith's way), which keeps the order of
 * rows that are equal: the larger end, then the smaller one, eleven bits a pass, as many passes as
 * the largest number wants. Runs are merged with a heap of their heads; of equal heads the older
 * run comes first.
 */
#include "loaders/pair_sort.h"

#include "engine/base/aside.h"
#include "engine/base/vec.h"

#include <assert.h>

enum {
    DIGIT = 11,
    DIGITS = 1 << DIGIT,
    FIRST_ROWS = 1 << 10,
    BLOCK = 1024 /* rows read at once */
};

typedef struct run {
    uint64_t at, left;    /* in the file: first row that was not read yet, rows from there on */
    spil_pair_row *block; /* of BLOCK rows */
    size_t next, count;   /* in the block */
} run;

struct spil_pair_sort {
    char *beside;
    spil_aside *file;    /* NULL: all fits in memory */
    spil_pair_row *rows; /* the run that is being filled, or the only one */
    size_t count, room, most, next;
    uint64_t filed;     /* rows in the file */
    SPIL_VEC(run) runs; /* in the file */
    spil_pair_row *blocks;
    size_t *heap; /* runs that have rows, the one with the least head first */
    size_t heap_count;
    bool reading;
};

spil_status spil_pair_sort_new(spil_pair_sort **out, const char *beside, size_t most, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_pair_sort *sort = NULL;
    assert(most > 0);
    TRY(NEW(sort, err));
    sort->most = most;
    TRY(spil_copy_text(&sort->beside, beside, err));
    *out = sort;
    sort = NULL;
done:
    spil_pair_sort_free(sort);
    return rc;
}

void spil_pair_sort_free(spil_pair_sort *sort)
{
    if (!sort)
        return;
    spil_aside_free(sort->file);
    spil_free(sort->rows);
    spil_free(sort->runs.items);
    spil_free(sort->blocks);
    spil_free(sort->heap);
    spil_free(sort->beside);
    spil_free(sort);
}

/* ---- a run in memory ---- */

static uint64_t smaller_end(const spil_pair_row *row)
{
    return (uint64_t)(row->from < row->to ? row->from : row->to);
}

static uint64_t larger_end(const spil_pair_row *row)
{
    return (uint64_t)(row->from < row->to ? row->to : row->from);
}

static size_t digit_of(const spil_pair_row *row, bool larger, unsigned shift)
{
    return (larger ? larger_end(row) : smaller_end(row)) >> shift & (DIGITS - 1);
}

static void sort_by_digit(const spil_pair_row *from, spil_pair_row *to, size_t count, bool larger,
                          unsigned shift)
{
    size_t place[DIGITS] = {0};
    for (size_t i = 0; i < count; i++)
        place[digit_of(&from[i], larger, shift)]++;
    for (size_t d = 0, before = 0; d < DIGITS; d++) {
        const size_t here = place[d];
        place[d] = before;
        before += here;
    }
    for (size_t i = 0; i < count; i++)
        to[place[digit_of(&from[i], larger, shift)]++] = from[i];
}

static spil_status sort_run(spil_pair_sort *sort, spil_err *err)
{
    spil_pair_row *other = NULL;
    const spil_status rc = RESERVE_ARRAY(other, sort->room, err);
    if (rc != SPIL_OK)
        return rc;
    uint64_t largest = 0;
    for (size_t i = 0; i < sort->count; i++)
        largest |= larger_end(&sort->rows[i]);
    for (int larger = 1; larger >= 0; larger--)
        for (unsigned shift = 0; shift < 64 && largest >> shift > 0; shift += DIGIT) {
            sort_by_digit(sort->rows, other, sort->count, larger, shift);
            spil_pair_row *const sorted = other;
            other = sort->rows;
            sort->rows = sorted;
        }
    spil_free(other);
    return SPIL_OK;
}

/* ---- runs in the file ---- */

static spil_status file_run(spil_pair_sort *sort, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const run filed = {.at = sort->filed, .left = sort->count};
    TRY(sort_run(sort, err));
    if (!sort->file)
        TRY(spil_aside_open(&sort->file, sort->beside, err));
    TRY(spil_aside_append(sort->file, sort->rows, sort->count * sizeof *sort->rows, err));
    TRY(VEC_PUSH(sort->runs, filed, err));
    sort->filed += sort->count;
    sort->count = 0;
done:
    return rc;
}

static spil_status make_room(spil_pair_sort *sort, spil_err *err)
{
    size_t room = sort->room ? 2 * sort->room : FIRST_ROWS;
    room = room < sort->most ? room : sort->most;
    const spil_status rc = RESIZE_ARRAY(sort->rows, room, err);
    if (rc == SPIL_OK)
        sort->room = room;
    return rc;
}

spil_status spil_pair_sort_put(spil_pair_sort *sort, const spil_pair_row *row, spil_err *err)
{
    spil_status rc = SPIL_OK;
    assert(!sort->reading);
    if (sort->count == sort->most)
        TRY(file_run(sort, err));
    if (sort->count == sort->room)
        TRY(make_room(sort, err));
    sort->rows[sort->count++] = *row;
done:
    return rc;
}

/* ---- reading ---- */

static spil_status read_block(const spil_pair_sort *sort, run *from, spil_err *err)
{
    const size_t count = from->left < BLOCK ? (size_t)from->left : BLOCK;
    const spil_status rc = spil_aside_read(sort->file, from->at * sizeof *from->block, from->block,
                                           count * sizeof *from->block, err);
    if (rc != SPIL_OK)
        return rc;
    from->at += count;
    from->left -= count;
    from->count = count;
    from->next = 0;
    return SPIL_OK;
}

static bool comes_before(const spil_pair_sort *sort, size_t a, size_t b)
{
    const run *const first = &sort->runs.items[a], *const second = &sort->runs.items[b];
    const spil_pair_row *const x = &first->block[first->next];
    const spil_pair_row *const y = &second->block[second->next];
    const uint64_t x_smaller = smaller_end(x), y_smaller = smaller_end(y);
    if (x_smaller != y_smaller)
        return x_smaller < y_smaller;
    const uint64_t x_larger = larger_end(x), y_larger = larger_end(y);
    return x_larger != y_larger ? x_larger < y_larger : a < b;
}

/* The run at this place of the heap may have grown: down to where it belongs. */
static void sift_down(spil_pair_sort *sort, size_t at)
{
    for (;;) {
        size_t least = at;
        for (size_t child = 2 * at + 1; child <= 2 * at + 2 && child < sort->heap_count; child++)
            if (comes_before(sort, sort->heap[child], sort->heap[least]))
                least = child;
        if (least == at)
            return;
        const size_t moved = sort->heap[at];
        sort->heap[at] = sort->heap[least];
        sort->heap[least] = moved;
        at = least;
    }
}

static spil_status begin_merging(spil_pair_sort *sort, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(file_run(sort, err));
    spil_free(sort->rows);
    sort->rows = NULL;
    const size_t count = sort->runs.count;
    TRY(RESERVE_ARRAY(sort->blocks, count * BLOCK, err));
    TRY(NEW_ARRAY(sort->heap, count, err));
    for (size_t r = 0; r < count; r++) {
        sort->runs.items[r].block = sort->blocks + r * BLOCK;
        TRY(read_block(sort, &sort->runs.items[r], err));
        sort->heap[sort->heap_count++] = r;
    }
    for (size_t i = count / 2; i-- > 0;)
        sift_down(sort, i);
done:
    return rc;
}

static spil_status begin_reading(spil_pair_sort *sort, spil_err *err)
{
    sort->reading = true;
    if (sort->file)
        return begin_merging(sort, err);
    return sort->count > 0 ? sort_run(sort, err) : SPIL_OK;
}

static spil_status next_merged(spil_pair_sort *sort, spil_pair_row *row, bool *got, spil_err *err)
{
    spil_status rc = SPIL_OK;
    *got = sort->heap_count > 0;
    if (!*got)
        return SPIL_OK;
    run *const from = &sort->runs.items[sort->heap[0]];
    *row = from->block[from->next++];
    if (from->next == from->count && from->left > 0)
        TRY(read_block(sort, from, err));
    if (from->next == from->count)
        sort->heap[0] = sort->heap[--sort->heap_count];
    sift_down(sort, 0);
done:
    return rc;
}

spil_status spil_pair_sort_next(spil_pair_sort *sort, spil_pair_row *row, bool *got, spil_err *err)
{
    spil_status rc = SPIL_OK;
    if (!sort->reading)
        TRY(begin_reading(sort, err));
    if (sort->file)
        return next_merged(sort, row, got, err);
    *got = sort->next < sort->count;
    if (*got)
        *row = sort->rows[sort->next++];
done:
    return rc;
}
