/* key_cache.c - see key_cache.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Linear probing, at most three quarters full, doubled by moving every slot.
 */
#include "engine/store/key_cache.h"

#include "engine/base/mem.h"

#include <sodium.h>
#include <string.h>

enum { FIRST_SLOTS = 1 << 10 };

typedef struct slot {
    spil_key_print print;
    spil_known_entity entity; /* id 0: empty */
} slot;

struct spil_key_cache {
    slot *slots;
    size_t slot_count, used; /* slot_count: power of two */
    bool complete;
    unsigned char secret[crypto_shorthash_siphashx24_KEYBYTES];
};

spil_status spil_key_cache_new(spil_key_cache **out, bool complete, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_key_cache *cache = NULL;
    if (sodium_init() < 0)
        return spil_fail(err, SPIL_DB, "libsodium has no source of random numbers");
    TRY(NEW(cache, err));
    TRY(NEW_ARRAY(cache->slots, FIRST_SLOTS, err));
    cache->slot_count = FIRST_SLOTS;
    cache->complete = complete;
    randombytes_buf(cache->secret, sizeof cache->secret);
    *out = cache;
    cache = NULL;
done:
    spil_key_cache_free(cache);
    return rc;
}

void spil_key_cache_free(spil_key_cache *cache)
{
    if (!cache)
        return;
    spil_free(cache->slots);
    spil_free(cache);
}

spil_key_print spil_key_cache_print(const spil_key_cache *cache, const char *key)
{
    unsigned char bytes[crypto_shorthash_siphashx24_BYTES];
    spil_key_print print;
    (void)crypto_shorthash_siphashx24(bytes, (const unsigned char *)key, strlen(key),
                                      cache->secret);
    memcpy(&print, bytes, sizeof print);
    return print;
}

/* The slot that holds the print, or the empty one where it would go. */
static slot *place(slot *slots, size_t slot_count, spil_key_print print)
{
    size_t at = (size_t)print.part[0] & (slot_count - 1);
    while (slots[at].entity.id != 0 &&
           (slots[at].print.part[0] != print.part[0] || slots[at].print.part[1] != print.part[1]))
        at = (at + 1) & (slot_count - 1);
    return &slots[at];
}

spil_known_entity *spil_key_cache_get(spil_key_cache *cache, spil_key_print print)
{
    slot *const found = place(cache->slots, cache->slot_count, print);
    return found->entity.id != 0 ? &found->entity : NULL;
}

static spil_status grow(spil_key_cache *cache, spil_err *err)
{
    slot *larger = NULL;
    const size_t count = cache->slot_count * 2;
    const spil_status rc = NEW_ARRAY(larger, count, err);
    if (rc != SPIL_OK)
        return rc;
    for (size_t i = 0; i < cache->slot_count; i++)
        if (cache->slots[i].entity.id != 0)
            *place(larger, count, cache->slots[i].print) = cache->slots[i];
    spil_free(cache->slots);
    cache->slots = larger;
    cache->slot_count = count;
    return SPIL_OK;
}

spil_status spil_key_cache_put(spil_key_cache *cache, spil_key_print print,
                               const spil_known_entity *entity, spil_err *err)
{
    if (cache->used >= SPIL_KEY_CACHE_MOST) {
        cache->complete = false;
        return SPIL_OK;
    }
    if (cache->used >= cache->slot_count / 4 * 3) {
        const spil_status rc = grow(cache, err);
        if (rc != SPIL_OK)
            return rc;
    }
    *place(cache->slots, cache->slot_count, print) = (slot){print, *entity};
    cache->used++;
    return SPIL_OK;
}

bool spil_key_cache_complete(const spil_key_cache *cache)
{
    return cache->complete;
}
