/* words.c - see words.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/resolution/words.h"

#include "engine/base/vec.h"
#include "engine/resolution/fold.h"

#include <string.h>

typedef struct word {
    const char *text;
    uint64_t hash, sound;
} word;

struct spil_words {
    SPIL_VEC(word) all;
    uint32_t *slots; /* open addressing; 0: free */
    size_t slot_count;
    spil_arena *arena;
};

static uint64_t hash_of(const char *text)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325); /* FNV-1a, then mixed */
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
    hash ^= hash >> 32;
    return hash * UINT64_C(0x9e3779b97f4a7c15);
}

spil_status spil_words_new(spil_words **out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_words *words = NULL;
    const word none = {"", 0, 0};
    TRY(NEW(words, err));
    TRY(spil_arena_new(&words->arena, err));
    words->slot_count = 1024;
    TRY(NEW_ARRAY(words->slots, words->slot_count, err));
    TRY(VEC_PUSH(words->all, none, err));
    *out = words;
    words = NULL;
done:
    spil_words_free(words);
    return rc;
}

void spil_words_free(spil_words *words)
{
    if (!words)
        return;
    spil_free(words->all.items);
    spil_free(words->slots);
    spil_arena_free(words->arena);
    spil_free(words);
}

static spil_status grow(spil_words *words, spil_err *err)
{
    spil_status rc = SPIL_OK;
    uint32_t *slots = NULL;
    const size_t count = words->slot_count * 2;
    TRY(NEW_ARRAY(slots, count, err));
    for (size_t i = 1; i < words->all.count; i++) {
        size_t at = words->all.items[i].hash >> 16 & (count - 1);
        while (slots[at])
            at = (at + 1) & (count - 1);
        slots[at] = (uint32_t)i;
    }
    spil_free(words->slots);
    words->slots = slots;
    words->slot_count = count;
done:
    return rc;
}

spil_status spil_words_number(spil_words *words, const char *text, uint32_t *number, spil_err *err)
{
    spil_status rc = SPIL_OK;
    if (!*text) {
        *number = 0;
        return SPIL_OK;
    }
    if (words->all.count * 2 > words->slot_count)
        TRY(grow(words, err));
    word new = {NULL, hash_of(text), 0};
    size_t at = new.hash >> 16 & (words->slot_count - 1);
    for (; words->slots[at]; at = (at + 1) & (words->slot_count - 1)) {
        const word *const it = &words->all.items[words->slots[at]];
        if (it->hash == new.hash && strcmp(it->text, text) == 0) {
            *number = words->slots[at];
            return SPIL_OK;
        }
    }
    if (words->all.count >= UINT32_MAX)
        return spil_fail(err, SPIL_LIMIT, "more than %u different words", UINT32_MAX);
    new.sound = spil_sound(text);
    TRY(spil_arena_text(words->arena, &new.text, text, strlen(text), err));
    TRY(VEC_PUSH(words->all, new, err));
    *number = words->slots[at] = (uint32_t)(words->all.count - 1);
done:
    return rc;
}

const char *spil_words_text(const spil_words *words, uint32_t number)
{
    return words->all.items[number].text;
}

uint64_t spil_words_sound(const spil_words *words, uint32_t number)
{
    return words->all.items[number].sound;
}

size_t spil_words_count(const spil_words *words)
{
    return words->all.count;
}
