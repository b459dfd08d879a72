/* similar.h - how much two folded words resemble each other. SPDX-License-Identifier:
 * GPL-3.0-or-later
 *
 * Jaro (1989, JASA 84:414): letters match within half the longer word; the mean of the shares of
 * matching letters in either word and of those that stand in the same order. Winkler (1990, ASA
 * Survey Research) lifts it for up to four equal first letters: MARTHA, MARHTA 0.961; DWAYNE, DUANE
 * 0.840; DIXON, DICKSONX 0.813. Only the first 64 bytes count. 1 for equal words, 0 for no match.
 */
#ifndef SPIL_RESOLUTION_SIMILAR_H
#define SPIL_RESOLUTION_SIMILAR_H

#include <stdbool.h>

double spil_jaro(const char *a, const char *b);
double spil_jaro_winkler(const char *a, const char *b);

/* One letter more, less, other, or two neighbours swapped turn one into the other (Damerau 1964).
 * Equal words are within one edit too. */
bool spil_within_one_edit(const char *a, const char *b);

/* The same word but for a slip of the pen: Jaro-Winkler of at least 0.90, or one edit in words of
 * four letters and more. */
bool spil_close(const char *a, const char *b);

#endif
