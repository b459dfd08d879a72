/* pairs.c - see pairs.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Open addressing with linear probing, at most half full; the hash mixes both ends alike, so that
 * (a, b) and (b, a) meet.
 */
#include "loaders/pairs.h"
#include "engine/base/vec.h"

enum { FIRST_SLOTS = 1024 };

static uint64_t mix(uint64_t x)
{
    x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
}

static size_t slot_of(const spil_pairs *pairs, int64_t a, int64_t b)
{
    const int64_t low = a < b ? a : b, high = a < b ? b : a;
    size_t slot = (size_t)mix(mix((uint64_t)low) + (uint64_t)high) & (pairs->slot_count - 1);
    while (pairs->slots[slot] != 0) {
        const spil_pair *const there = &pairs->items[pairs->slots[slot] - 1];
        if ((there->from == a && there->to == b) || (there->from == b && there->to == a))
            break;
        slot = (slot + 1) & (pairs->slot_count - 1);
    }
    return slot;
}

static spil_status grow(spil_pairs *pairs, spil_err *err)
{
    size_t *const old = pairs->slots;
    size_t *slots = NULL;
    const size_t count = pairs->slot_count ? 2 * pairs->slot_count : FIRST_SLOTS;
    const spil_status rc = NEW_ARRAY(slots, count, err);
    if (rc != SPIL_OK)
        return rc;
    pairs->slots = slots;
    pairs->slot_count = count;
    for (size_t i = 0; i < pairs->count; i++)
        slots[slot_of(pairs, pairs->items[i].from, pairs->items[i].to)] = i + 1;
    spil_free(old);
    return SPIL_OK;
}

static void join(spil_pairs *pairs, spil_pair *there, const spil_pair *pair, spil_merge rule)
{
    pairs->again += !there->again;
    there->again = true;
    if (pair->weight < there->weight || pair->weight > there->weight) {
        pairs->unequal += !there->unequal;
        there->unequal = true;
    }
    const bool replaces =
        rule == SPIL_MERGE_LAST || (rule == SPIL_MERGE_MAX && pair->weight > there->weight);
    if (rule == SPIL_MERGE_SUM) {
        there->weight += pair->weight;
    } else if (replaces) {
        there->weight = pair->weight;
        there->line = pair->line;
    }
}

spil_status spil_pairs_add(spil_pairs *pairs, const spil_pair *pair, spil_merge rule, bool *merged,
                           spil_err *err)
{
    spil_status rc = SPIL_OK;
    if (2 * (pairs->count + 1) > pairs->slot_count)
        TRY(grow(pairs, err));
    const size_t slot = slot_of(pairs, pair->from, pair->to);
    *merged = pairs->slots[slot] != 0;
    if (*merged) {
        join(pairs, &pairs->items[pairs->slots[slot] - 1], pair, rule);
    } else {
        TRY(VEC_PUSH(*pairs, *pair, err));
        pairs->slots[slot] = pairs->count;
    }
done:
    return rc;
}

void spil_pairs_free(spil_pairs *pairs)
{
    spil_free(pairs->items);
    spil_free(pairs->slots);
    *pairs = (spil_pairs){0};
}
