/* vet.c - see vet.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/store/vet.h"

#include <inttypes.h>
#include <string.h>

enum { BITS = 64, FIRST_WORDS = 1 << 10 };
static const int64_t largest = (int64_t)1 << 32; /* ids above are looked up each time: 512 MB */

static spil_status grow(spil_store *store, size_t word, spil_err *err)
{
    size_t count = store->known_words ? store->known_words : FIRST_WORDS;
    while (count <= word)
        count *= 2;
    const spil_status rc = RESIZE_ARRAY(store->known, count, err);
    if (rc != SPIL_OK)
        return rc;
    memset(store->known + store->known_words, 0,
           (count - store->known_words) * sizeof *store->known);
    store->known_words = count;
    return SPIL_OK;
}

spil_status spil_vet_entity_known(spil_store *store, int64_t id, spil_err *err)
{
    if (!store->importing || id <= 0 || id >= largest)
        return SPIL_OK;
    const size_t word = (size_t)id / BITS;
    if (word >= store->known_words) {
        const spil_status rc = grow(store, word, err);
        if (rc != SPIL_OK)
            return rc;
    }
    store->known[word] |= (uint64_t)1 << (id % BITS);
    return SPIL_OK;
}

void spil_vet_source_known(spil_store *store, int64_t id)
{
    store->known_source = id;
}

static spil_status look_up(spil_store *store, spil_stmt which, int64_t id, const char *noun,
                           spil_err *err)
{
    int64_t there = 0;
    const spil_db_value value = DB_INT(id);
    const spil_status rc = spil_db_number(store, which, &value, 1, 0, &there, err);
    if (rc != SPIL_OK || there)
        return rc;
    return spil_fail(err, SPIL_DB, "%s: has no %s %" PRId64, store->path, noun, id);
}

spil_status spil_vet_entity(spil_store *store, int64_t id, spil_err *err)
{
    if (!store->importing)
        return SPIL_OK;
    const size_t word = id > 0 && id < largest ? (size_t)id / BITS : SIZE_MAX;
    if (word < store->known_words && store->known[word] >> (id % BITS) & 1)
        return SPIL_OK;
    const spil_status rc = look_up(store, SPIL_STMT_HAS_ENTITY, id, "entity", err);
    return rc == SPIL_OK ? spil_vet_entity_known(store, id, err) : rc;
}

spil_status spil_vet_source(spil_store *store, int64_t id, spil_err *err)
{
    if (!store->importing || id == store->known_source)
        return SPIL_OK;
    const spil_status rc = look_up(store, SPIL_STMT_HAS_SOURCE, id, "source", err);
    if (rc == SPIL_OK)
        spil_vet_source_known(store, id);
    return rc;
}

void spil_vet_forget(spil_store *store)
{
    spil_free(store->known);
    store->known = NULL;
    store->known_words = 0;
    store->known_source = 0;
}
