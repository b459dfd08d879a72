/* names.h - invented names of people, places, streets and companies.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_GENERATE_NAMES_H
#define SPIL_GENERATE_NAMES_H

#include "engine/base/rng.h"

#include <stddef.h>

enum { SPIL_GEN_NAME = 64 }; /* room for any name of this file, with its NUL */

typedef struct spil_gen_sector {
    const char *sbi, *word, *use;
    uint32_t weight;
} spil_gen_sector;

void spil_gen_given_name(spil_rng *rng, char out[SPIL_GEN_NAME]);
/* Few heads and tails are far more common than the others, as in life: namesakes happen. */
void spil_gen_surname(spil_rng *rng, char out[SPIL_GEN_NAME]);
void spil_gen_street(spil_rng *rng, char out[SPIL_GEN_NAME]);
/* Municipality number n of the region; a number past the names there are gets a suffix. */
void spil_gen_place(uint64_t seed, uint64_t number, char out[SPIL_GEN_NAME]);
void spil_gen_postcode(spil_rng *rng, uint64_t municipality, char out[8]);
/* By weight. */
const spil_gen_sector *spil_gen_sector_draw(spil_rng *rng);
/* The sector with this code, or NULL. */
const spil_gen_sector *spil_gen_sector_find(const char *sbi);
void spil_gen_company_name(spil_rng *rng, const char *word, char out[SPIL_GEN_NAME]);

#endif
