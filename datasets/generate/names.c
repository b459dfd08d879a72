/* names.c - see names.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "datasets/generate/names.h"

#include "datasets/generate/dice.h"

#include <stdio.h>
#include <string.h>

static const char *const given_heads[] = {
#define GIVEN_HEAD(text) text,
#include "datasets/generate/names.def"
#undef GIVEN_HEAD
};
static const char *const given_tails[] = {
#define GIVEN_TAIL(text) text,
#include "datasets/generate/names.def"
#undef GIVEN_TAIL
};
static const char *const prefixes[] = {
#define PREFIX(text) text,
#include "datasets/generate/names.def"
#undef PREFIX
};
static const char *const surname_heads[] = {
#define SURNAME_HEAD(text) text,
#include "datasets/generate/names.def"
#undef SURNAME_HEAD
};
static const char *const surname_tails[] = {
#define SURNAME_TAIL(text) text,
#include "datasets/generate/names.def"
#undef SURNAME_TAIL
};
static const char *const place_heads[] = {
#define PLACE_HEAD(text) text,
#include "datasets/generate/names.def"
#undef PLACE_HEAD
};
static const char *const place_tails[] = {
#define PLACE_TAIL(text) text,
#include "datasets/generate/names.def"
#undef PLACE_TAIL
};
static const char *const street_heads[] = {
#define STREET_HEAD(text) text,
#include "datasets/generate/names.def"
#undef STREET_HEAD
};
static const char *const street_tails[] = {
#define STREET_TAIL(text) text,
#include "datasets/generate/names.def"
#undef STREET_TAIL
};
static const spil_gen_sector sectors[] = {
#define SECTOR(sbi, word, use, weight) {sbi, word, use, weight},
#include "datasets/generate/names.def"
#undef SECTOR
};

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define ANY(rng, array) (array)[spil_rng_below(rng, COUNT(array))]

void spil_gen_given_name(spil_rng *rng, char out[SPIL_GEN_NAME])
{
    const char *const head = ANY(rng, given_heads);
    (void)snprintf(out, SPIL_GEN_NAME, "%s%s", head, ANY(rng, given_tails));
}

void spil_gen_surname(spil_rng *rng, char out[SPIL_GEN_NAME])
{
    /* the smaller of two draws: the first of the list come up most */
    const uint64_t a = spil_rng_below(rng, COUNT(surname_heads));
    const uint64_t b = spil_rng_below(rng, COUNT(surname_heads));
    const char *const prefix = ANY(rng, prefixes);
    const char *const tail = ANY(rng, surname_tails);
    (void)snprintf(out, SPIL_GEN_NAME, "%s%s%s", prefix, surname_heads[a < b ? a : b], tail);
}

void spil_gen_street(spil_rng *rng, char out[SPIL_GEN_NAME])
{
    const char *const head = ANY(rng, street_heads);
    (void)snprintf(out, SPIL_GEN_NAME, "%s%s", head, ANY(rng, street_tails));
}

void spil_gen_place(uint64_t seed, uint64_t number, char out[SPIL_GEN_NAME])
{
    const uint64_t all = COUNT(place_heads) * COUNT(place_tails);
    /* a walk over all pairs in steps coprime to their number, from a seeded start: no repeat
     * before every pair was used */
    spil_rng rng = spil_rng_stream(seed, UINT64_MAX);
    const uint64_t at = (spil_rng_below(&rng, all) + (number % all) * 97) % all;
    const char *const head = place_heads[at / COUNT(place_tails)];
    const char *const tail = place_tails[at % COUNT(place_tails)];
    if (number < all)
        (void)snprintf(out, SPIL_GEN_NAME, "%s%s", head, tail);
    else
        (void)snprintf(out, SPIL_GEN_NAME, "%s%s %llu", head, tail,
                       (unsigned long long)(number / all + 1));
}

void spil_gen_postcode(spil_rng *rng, uint64_t municipality, char out[8])
{
    const char first = (char)('A' + (char)spil_rng_below(rng, 26));
    const char second = (char)('A' + (char)spil_rng_below(rng, 26));
    (void)snprintf(out, 8, "0%03u%c%c", (unsigned)(municipality % 1000), first, second);
}

const spil_gen_sector *spil_gen_sector_draw(spil_rng *rng)
{
    uint32_t total = 0;
    for (size_t i = 0; i < COUNT(sectors); i++)
        total += sectors[i].weight;
    uint64_t left = spil_rng_below(rng, total);
    size_t i = 0;
    while (left >= sectors[i].weight)
        left -= sectors[i++].weight;
    return &sectors[i];
}

const spil_gen_sector *spil_gen_sector_find(const char *sbi)
{
    for (size_t i = 0; i < COUNT(sectors); i++)
        if (strcmp(sectors[i].sbi, sbi) == 0)
            return &sectors[i];
    return NULL;
}

void spil_gen_company_name(spil_rng *rng, const char *word, char out[SPIL_GEN_NAME])
{
    const char *const head = ANY(rng, surname_heads);
    const char *const tail = ANY(rng, surname_tails);
    (void)snprintf(out, SPIL_GEN_NAME, "%s%s %s B.V.", head, tail, word);
}
