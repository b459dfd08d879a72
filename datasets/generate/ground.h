/* ground.h - where an invented address lies. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * In metres of the Dutch grid (Rijksdriehoeksmeting), in the North Sea some thirty kilometres off
 * the coast, so that no point of a map falls on a house of somebody. Municipalities stand three
 * kilometres apart, neighbours by number beside each other; those past SPIL_GEN_GROUNDS stand where
 * earlier ones do. A street runs straight, its numbers eight metres apart, even ones on the other
 * side. Follows from (seed, municipality, street, number) alone and draws nothing from the streams
 * of a cell.
 */
#ifndef SPIL_GENERATE_GROUND_H
#define SPIL_GENERATE_GROUND_H

#include <stdint.h>

enum { SPIL_GEN_GROUNDS = 19 * 43 };

typedef struct spil_gen_spot {
    int32_t x, y; /* rd_x, rd_y */
} spil_gen_spot;

spil_gen_spot spil_gen_ground(uint64_t seed, uint64_t municipality, const char *street,
                              uint32_t house_number);

#endif
