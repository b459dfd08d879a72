/* ground.c - see ground.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "datasets/generate/ground.h"

#include "datasets/generate/dice.h"

#include <stddef.h>

enum { ACROSS = 19, UP = SPIL_GEN_GROUNDS / ACROSS, APART = 3000 };
enum { WEST = 3000, SOUTH = 485000 };
enum { TOWN = 900 };    /* streets begin within so many metres of the middle */
enum { ROAD = 12 };     /* metres between odd and even */
enum { GROUND = 1000 }; /* streams of places and streets, apart from those of cells */

static int32_t within(spil_rng *rng, int32_t most)
{
    return (int32_t)spil_gen_between(rng, 0, 2 * (uint32_t)most) - most;
}

/* Rows run to and fro, so that the next municipality is always a neighbour. */
static spil_gen_spot middle_of(uint64_t seed, uint64_t municipality)
{
    const uint64_t ground = municipality % SPIL_GEN_GROUNDS;
    const int32_t row = (int32_t)(ground / ACROSS), along = (int32_t)(ground % ACROSS);
    const int32_t column = row % 2 ? ACROSS - 1 - along : along;
    spil_rng rng = spil_rng_stream(seed ^ UINT64_MAX, GROUND + ground);
    const int32_t x = WEST + APART * column + within(&rng, APART / 3);
    return (spil_gen_spot){x, SOUTH + APART * row + within(&rng, APART / 3)};
}

/* FNV-1a (Fowler, Noll, Vo 1991). */
static uint64_t digest(const char *text)
{
    uint64_t hash = 14695981039346656037u;
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 1099511628211u;
    return hash;
}

spil_gen_spot spil_gen_ground(uint64_t seed, uint64_t municipality, const char *street,
                              uint32_t house_number)
{
    /* eight metres along, and as far to the left, in whole metres */
    static const int8_t ways[][2] = {{8, 0}, {7, 4}, {4, 7}, {0, 8}, {-4, 7}, {-7, 4}};
    spil_gen_spot spot = middle_of(seed, municipality);
    spil_rng rng = spil_rng_stream(digest(street), municipality);
    const int8_t *const way = ways[spil_rng_below(&rng, sizeof ways / sizeof *ways)];
    const int32_t number = (int32_t)house_number, side = house_number % 2 ? 0 : ROAD;
    const int32_t from_x = within(&rng, TOWN), from_y = within(&rng, TOWN);
    /* the middle of a street of 180 houses is its beginning */
    spot.x += from_x + way[0] * (number - 90) - way[1] * side / 8;
    spot.y += from_y + way[1] * (number - 90) + way[0] * side / 8;
    return spot;
}
