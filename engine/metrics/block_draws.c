/* block_draws.c - see block_draws.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/metrics/block_draws.h"

#include "engine/base/mem.h"
#include "engine/metrics/blocks.h"

static double squared(double x)
{
    return x * x;
}

/* Sides of v: one a block it lies in. Pairs on different sides = (all but v)^2 - the sum over the
 * sides of their squares. */
static void add_joints(const spil_blocks *b, const uint32_t *hangs, double *joints)
{
    spil_vid all = 0; /* of the component, which is a run of the order */
    for (spil_vid r = 0; r < b->n; r++) {
        const spil_vid v = b->preorder[r];
        if (b->parent[v] == SPIL_NO_VERTEX)
            all = b->subtree[v];
        joints[v] += squared(all - 1.0);
        if (b->parent[v] != SPIL_NO_VERTEX)
            joints[v] -= squared((double)all - hangs[v]);
    }
    for (uint32_t k = 0; k < b->count; k++)
        joints[b->head[k]] -= squared(b->subtree[b->first[k]]);
}

/* place: by block of b, its number here, or UINT32_MAX. Leaves the cursors where blocks start. */
static void number_blocks(spil_block_draws *d, const spil_blocks *b, uint32_t *place)
{
    spil_vid next = 0, most = 0;
    d->count = 0;
    for (uint32_t k = 0; k < b->count; k++) {
        place[k] = b->size[k] > 2 ? d->count : UINT32_MAX;
        if (place[k] == UINT32_MAX)
            continue;
        d->first[d->count] = next;
        next += b->size[k];
        if (b->size[k] > most) {
            most = b->size[k];
            d->largest = d->count;
        }
        d->count++;
    }
    d->first[d->count] = next;
}

static void put(spil_block_draws *d, uint32_t k, spil_vid *cursor, spil_vid v, uint32_t hangs)
{
    d->member[cursor[k]] = v;
    d->until[cursor[k]++] = hangs;
}

/* All that hangs on a head is its component but for the block's own side. */
static void fill(spil_block_draws *d, const spil_blocks *b, const uint32_t *hangs,
                 const uint32_t *place, spil_vid *cursor)
{
    spil_vid all = 0;
    for (spil_vid r = 0; r < b->n; r++) {
        const spil_vid v = b->preorder[r];
        const uint32_t block = b->block[v];
        if (b->parent[v] == SPIL_NO_VERTEX)
            all = b->subtree[v];
        if (block == SPIL_NO_BLOCK || place[block] == UINT32_MAX)
            continue;
        if (b->first[block] == v)
            put(d, place[block], cursor, b->head[block], all - b->subtree[v]);
        put(d, place[block], cursor, v, hangs[v]);
    }
}

static void add_up(spil_block_draws *d)
{
    for (uint32_t k = 0; k < d->count; k++) {
        double squares = 0;
        uint32_t sum = 0;
        for (spil_vid i = d->first[k]; i < d->first[k + 1]; i++) {
            squares += squared(d->until[i]);
            d->until[i] = sum += d->until[i];
        }
        d->pairs_until[k] = d->pairs += squared(sum) - squares;
    }
}

spil_status spil_block_draws_new(spil_block_draws **out, const spil_csr *g, double *joints,
                                 spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_blocks *b = NULL;
    spil_block_draws *d = NULL;
    uint32_t *hangs = NULL, *place = NULL;
    spil_vid *cursor = NULL;
    TRY(spil_blocks_find(&b, g, err));
    TRY(NEW_ARRAY(hangs, g->n, err));
    TRY(NEW_ARRAY(place, b->count, err));
    spil_blocks_hangs(b, hangs);
    add_joints(b, hangs, joints);
    TRY(NEW(d, err));
    TRY(NEW_ARRAY(d->first, (size_t)b->count + 1, err));
    number_blocks(d, b, place);
    TRY(NEW_ARRAY(d->member, d->first[d->count], err));
    TRY(NEW_ARRAY(d->until, d->first[d->count], err));
    TRY(NEW_ARRAY(d->pairs_until, d->count, err));
    TRY(NEW_ARRAY(cursor, d->count, err));
    for (uint32_t k = 0; k < d->count; k++)
        cursor[k] = d->first[k];
    fill(d, b, hangs, place, cursor);
    add_up(d);
    *out = d;
    d = NULL;
done:
    spil_blocks_free(b);
    spil_block_draws_free(d);
    spil_free(hangs);
    spil_free(place);
    spil_free(cursor);
    return rc;
}

void spil_block_draws_free(spil_block_draws *draws)
{
    if (!draws)
        return;
    spil_free(draws->first);
    spil_free(draws->member);
    spil_free(draws->until);
    spil_free(draws->pairs_until);
    spil_free(draws);
}

/* ---- draws ---- */

/* First of count places whose running sum exceeds x. */
static uint32_t find_block(const double *until, uint32_t count, double x)
{
    uint32_t low = 0, high = count - 1;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (until[middle] > x)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static spil_vid find_member(const spil_block_draws *d, uint32_t k, uint64_t x)
{
    spil_vid low = d->first[k], high = d->first[k + 1] - 1;
    while (low < high) {
        const spil_vid middle = low + (high - low) / 2;
        if (d->until[middle] > x)
            high = middle;
        else
            low = middle + 1;
    }
    return d->member[low];
}

uint32_t spil_block_draw(const spil_block_draws *d, spil_rng *rng, spil_vid *a, spil_vid *b)
{
    const uint32_t k = find_block(d->pairs_until, d->count, spil_rng_unit(rng) * d->pairs);
    const uint32_t all = d->until[d->first[k + 1] - 1];
    do {
        *a = find_member(d, k, spil_rng_below(rng, all));
        *b = find_member(d, k, spil_rng_below(rng, all));
    } while (*a == *b);
    return k;
}
