/* key_cache.c - see key_cache.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Linear probing, at most three quarters full, doubled in place. A slot holds enough of the print
 * to find its new place: 24 bits, for 4 million slots.
 */
#include "engine/store/key_cache.h"

#include "engine/base/mem.h"

#include <sodium.h>
#include <string.h>

enum {
    FIRST_SLOTS = 1 << 10,
    PLACE_BITS = 24,
    ID_BITS = 40,
    COPIED = 1 << 16, /* up to so many slots a larger table is made beside the smaller one */
    ROOM = 1 << 22    /* beyond, room for so many is set aside at once */
};

typedef struct slot {
    uint64_t print;
    uint64_t id : ID_BITS, place : PLACE_BITS; /* id 0: empty */
} slot;

typedef struct note {
    uint32_t source;
    uint8_t kind;
    bool has_label, has_type;
} note;

struct spil_key_cache {
    slot *slots;
    note *notes;             /* of the slots */
    size_t slot_count, used; /* slot_count: power of two */
    size_t room;             /* slots that there is room for */
    bool complete;
    unsigned char secret[crypto_shorthash_siphashx24_KEYBYTES];
};

_Static_assert(sizeof(slot) == 16, "four slots a cache line");
_Static_assert(SPIL_KEY_CACHE_MOST / 3 * 4 <= ROOM && ROOM <= 1 << PLACE_BITS,
               "there is room, and a slot knows its place");

spil_status spil_key_cache_new(spil_key_cache **out, bool complete, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_key_cache *cache = NULL;
    if (sodium_init() < 0)
        return spil_fail(err, SPIL_DB, "libsodium has no source of random numbers");
    TRY(NEW(cache, err));
    TRY(NEW_ARRAY(cache->slots, FIRST_SLOTS, err));
    TRY(NEW_ARRAY(cache->notes, FIRST_SLOTS, err));
    cache->slot_count = cache->room = FIRST_SLOTS;
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
    spil_free(cache->notes);
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

static uint64_t place_of(spil_key_print print)
{
    return print.part[0] & (((uint64_t)1 << PLACE_BITS) - 1);
}

/* The slot that holds the print, or the empty one where it would go. */
static size_t find(const slot *slots, size_t slot_count, uint64_t place, uint64_t print)
{
    size_t at = (size_t)place & (slot_count - 1);
    while (slots[at].id != 0 && (slots[at].print != print || slots[at].place != place))
        at = (at + 1) & (slot_count - 1);
    return at;
}

static size_t find_print(const spil_key_cache *cache, spil_key_print print)
{
    return find(cache->slots, cache->slot_count, place_of(print), print.part[1]);
}

void spil_key_cache_fetch(const spil_key_cache *cache, spil_key_print print, bool all)
{
    const size_t at = (size_t)place_of(print) & (cache->slot_count - 1);
    __builtin_prefetch(&cache->slots[at]);
    if (all)
        __builtin_prefetch(&cache->notes[at]);
}

int64_t spil_key_cache_id(const spil_key_cache *cache, spil_key_print print)
{
    return (int64_t)cache->slots[find_print(cache, print)].id;
}

bool spil_key_cache_get(const spil_key_cache *cache, spil_key_print print, spil_known_entity *out)
{
    const size_t at = find_print(cache, print);
    if (cache->slots[at].id == 0)
        return false;
    *out = (spil_known_entity){.id = (int64_t)cache->slots[at].id,
                               .source = cache->notes[at].source,
                               .kind = cache->notes[at].kind,
                               .has_label = cache->notes[at].has_label,
                               .has_type = cache->notes[at].has_type};
    return true;
}

static note note_of(const spil_known_entity *entity)
{
    return (note){entity->source, entity->kind, entity->has_label, entity->has_type};
}

void spil_key_cache_set(spil_key_cache *cache, spil_key_print print,
                        const spil_known_entity *entity)
{
    const size_t at = find_print(cache, print);
    if (cache->slots[at].id != 0)
        cache->notes[at] = note_of(entity);
}

static bool is_free(const spil_key_cache *cache, size_t at)
{
    return cache->slots[at].id == 0;
}

static void take_out(spil_key_cache *cache, size_t at, slot *held, note *noted)
{
    *held = cache->slots[at];
    *noted = cache->notes[at];
    cache->slots[at] = (slot){0};
}

static void put_back(spil_key_cache *cache, slot held, note noted)
{
    const size_t at = find(cache->slots, cache->slot_count, held.place, held.print);
    cache->slots[at] = held;
    cache->notes[at] = noted;
}

/* Slots at the start that are taken, one after the other. */
static size_t first_run(const spil_key_cache *cache)
{
    size_t length = 0;
    while (!is_free(cache, length))
        length++;
    return length;
}

/* Each of the slots below old_count to its place in the table that is twice as large. The run at
 * the start, which may have come around from the end, is put aside (room for it: slots, notes)
 * until the others have theirs; each of those moves to the first free slot from its new place on,
 * which is never one that has not had its turn. */
static void spread(spil_key_cache *cache, size_t old_count, slot *slots, note *notes)
{
    slot held;
    note noted;
    const size_t first = first_run(cache);
    for (size_t i = 0; i < first; i++)
        take_out(cache, i, &slots[i], &notes[i]);
    for (size_t i = first; i < old_count; i++) {
        if (is_free(cache, i))
            continue;
        take_out(cache, i, &held, &noted);
        put_back(cache, held, noted);
    }
    for (size_t i = 0; i < first; i++)
        put_back(cache, slots[i], notes[i]);
}

/* Room for twice as many, or for all that may come. */
static spil_status make_room(spil_key_cache *cache, spil_err *err)
{
    spil_status rc = SPIL_OK;
    slot *slots = NULL;
    note *notes = NULL;
    const size_t room = cache->room < COPIED ? 2 * cache->room : ROOM;
    TRY(RESERVE_ARRAY(slots, room, err));
    TRY(RESERVE_ARRAY(notes, room, err));
    spil_mem_wish_huge(slots, room * sizeof *slots);
    spil_mem_wish_huge(notes, room * sizeof *notes);
    memcpy(slots, cache->slots, cache->slot_count * sizeof *slots);
    memcpy(notes, cache->notes, cache->slot_count * sizeof *notes);
    spil_free(cache->slots);
    spil_free(cache->notes);
    cache->slots = slots;
    cache->notes = notes;
    cache->room = room;
    slots = NULL;
    notes = NULL;
done:
    spil_free(slots);
    spil_free(notes);
    return rc;
}

/* A large table grows in place: memory that is touched for the first time costs more than moving
 * what is in it. */
static spil_status grow(spil_key_cache *cache, spil_err *err)
{
    spil_status rc = SPIL_OK;
    slot *slots = NULL;
    note *notes = NULL;
    const size_t old = cache->slot_count, first = first_run(cache);
    TRY(NEW_ARRAY(slots, first, err));
    TRY(NEW_ARRAY(notes, first, err));
    if (2 * old > cache->room)
        TRY(make_room(cache, err));
    cache->slot_count = 2 * old;
    spread(cache, old, slots, notes);
done:
    spil_free(slots);
    spil_free(notes);
    return rc;
}

spil_status spil_key_cache_put(spil_key_cache *cache, spil_key_print print,
                               const spil_known_entity *entity, spil_err *err)
{
    if (cache->used >= SPIL_KEY_CACHE_MOST || entity->id >= (int64_t)1 << ID_BITS) {
        cache->complete = false;
        return SPIL_OK;
    }
    if (cache->used >= cache->slot_count / 4 * 3) {
        const spil_status rc = grow(cache, err);
        if (rc != SPIL_OK)
            return rc;
    }
    const size_t at = find_print(cache, print);
    cache->slots[at] = (slot){.print = print.part[1],
                              .id = (uint64_t)entity->id & (((uint64_t)1 << ID_BITS) - 1),
                              .place = print.part[0] & (((uint64_t)1 << PLACE_BITS) - 1)};
    cache->notes[at] = note_of(entity);
    cache->used++;
    return SPIL_OK;
}

void spil_key_cache_all_in(spil_key_cache *cache)
{
    cache->complete = cache->used < SPIL_KEY_CACHE_MOST;
}

bool spil_key_cache_complete(const spil_key_cache *cache)
{
    return cache->complete;
}
