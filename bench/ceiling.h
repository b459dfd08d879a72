/* ceiling.h - how well any rule could do that sees what resolution sees of a pair of persons.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A pair is seen as its pattern: the level of each field, how rare the equal names are (bins of a
 * factor 8), connected or not and in what crowd. With the truth at hand, patterns are taken from
 * the one with the largest share of true pairs down, as far as F1 is highest. Since the same truth
 * chooses and counts, this is above what can be reached: no weights and no threshold do better on
 * these people, but for what patterns do not hold (the letter of an initial, the exact rarity of a
 * name, ties among more than two).
 */
#ifndef SPIL_BENCH_CEILING_H
#define SPIL_BENCH_CEILING_H

#include "bench/population.h"
#include "engine/resolution/record.h"
#include "engine/resolution/resolve.h"

typedef struct ceiling_counts {
    double *right, *wrong; /* pairs of each pattern */
    size_t patterns;
    double all; /* true pairs, those that no block holds among them */
} ceiling_counts;

/* The addresses and the persons as resolution sees them: its merged addresses and companies are
 * taken over. */
spil_status ceiling_read(spil_reading **reading, spil_records *records[2], const population *people,
                         const spil_resolution *resolution, spil_err *err) SPIL_CHECKED;

/* resolution: of these people. */
spil_status ceiling_count(ceiling_counts *out, const population *people,
                          const spil_resolution *resolution, spil_err *err) SPIL_CHECKED;
void ceiling_free(ceiling_counts *counts);

typedef struct ceiling {
    double f1, recall, precision;
} ceiling;

spil_status ceiling_of(ceiling *out, const ceiling_counts *counts, spil_err *err) SPIL_CHECKED;

#endif
