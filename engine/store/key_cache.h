/* key_cache.h - entities by key, in memory, so that an import need not ask SQLite for each row.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An open-addressing table of 88-bit fingerprints (SipHash under a random key, Aumasson &
 * Bernstein 2012), not of the keys themselves: 16 bytes a slot whatever the keys' length, and 8
 * beside it that only rows about entities look at. Nobody can craft two keys that meet; that any
 * two of three million do by chance has a probability of 1e-14. It stops growing at
 * SPIL_KEY_CACHE_MOST entities; from then on a miss says nothing.
 *
 *     slots  [ print 64 | id 40, print 24 ] ...      notes  [ source 32, kind, label?, type? ] ...
 */
#ifndef SPIL_STORE_KEY_CACHE_H
#define SPIL_STORE_KEY_CACHE_H

#include "engine/store/kinds.h"

enum { SPIL_KEY_CACHE_MOST = 3 << 20 };

typedef struct spil_key_cache spil_key_cache;

/* What is known of an entity: in which source it was last named, and whether it has label and type
 * there. */
typedef struct spil_known_entity {
    int64_t id;      /* > 0 */
    uint32_t source; /* last source that named it; 0: not known */
    uint8_t kind;
    bool has_label, has_type;
} spil_known_entity;

typedef struct spil_key_print {
    uint64_t part[2];
} spil_key_print;

/* complete: the store holds no entity yet, so that a miss means "unknown". */
spil_status spil_key_cache_new(spil_key_cache **out, bool complete, spil_err *err) SPIL_CHECKED;
void spil_key_cache_free(spil_key_cache *cache);

spil_key_print spil_key_cache_print(const spil_key_cache *cache, const char *key);
/* Asks for the memory in which the print's id would be; all: and what else is known of it. */
void spil_key_cache_fetch(const spil_key_cache *cache, spil_key_print print, bool all);
/* The entity's id, or 0. */
int64_t spil_key_cache_id(const spil_key_cache *cache, spil_key_print print);
/* All that is known of it; false: nothing. */
bool spil_key_cache_get(const spil_key_cache *cache, spil_key_print print, spil_known_entity *out);
/* The print must not be there yet. When the cache is full nothing happens. */
spil_status spil_key_cache_put(spil_key_cache *cache, spil_key_print print,
                               const spil_known_entity *entity, spil_err *err) SPIL_CHECKED;
/* Another source, label or type; nothing happens when the print is not there. */
void spil_key_cache_set(spil_key_cache *cache, spil_key_print print,
                        const spil_known_entity *entity);
/* All entities of the store were put. */
void spil_key_cache_all_in(spil_key_cache *cache);
/* True: what is not in the cache is not in the store. */
bool spil_key_cache_complete(const spil_key_cache *cache);

#endif
