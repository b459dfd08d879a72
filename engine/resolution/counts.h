/* counts.h - how common values are, and what two records at large have in common by chance.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_RESOLUTION_COUNTS_H
#define SPIL_RESOLUTION_COUNTS_H

#include "engine/resolution/linkage.h"

/* Of each word, in the fields that weigh by frequency. */
typedef struct spil_frequencies {
    float *share[SPIL_FIELDS]; /* of the records that state the field; NULL: no such field */
    uint8_t *bin[SPIL_FIELDS];
    double initial[256]; /* share of each first initial among those that have one */
    double same_initial; /* sum of their squares: chance that two agree */
} spil_frequencies;

spil_status spil_frequencies_count(spil_frequencies *out, const spil_records *records,
                                   const spil_words *words, spil_err *err) SPIL_CHECKED;
void spil_frequencies_free(spil_frequencies *frequencies);

/* Fills u, missing, chance, bins and pairs of the model: from all pairs when there are no more than
 * SPIL_AT_LARGE of them, else from so many drawn by a fixed stream; equal values exactly. */
enum { SPIL_AT_LARGE = 1 << 19 };
spil_status spil_chance_count(spil_linkage *model, const spil_records *records,
                              const spil_words *words, spil_err *err) SPIL_CHECKED;

#endif
