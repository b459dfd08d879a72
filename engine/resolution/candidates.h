/* candidates.h - which pairs are worth comparing. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Records with a key in common make a block, and every pair of a block is compared, once, whatever
 * the number of blocks it stands in. Keys: an address, a tie, and for
 *
 *     persons    number · birth and sound of the surname's begin · birth and initial · sound of the
 *                surname and initial · all words of the name, by sound, sorted · given name and the
 *                begin of the surname · given name and its end
 *     companies  number · sound of the name · its words, sorted · first word and place
 *     addresses  postcode and house · street's sound, house and place · street's begin, house and
 *                four digits of the postcode · house, place and the street's end
 *
 * A slip in one part of a name leaves another key. A block of more than SPIL_BLOCK is split by
 * place, then by given name (companies: second word); what stays larger is not compared, and
 * counted. With blocks of size b: time and pairs O(sum of b^2).
 */
#ifndef SPIL_RESOLUTION_CANDIDATES_H
#define SPIL_RESOLUTION_CANDIDATES_H

#include "engine/base/progress.h"
#include "engine/resolution/record.h"

enum { SPIL_BLOCK = 400, SPIL_PASSES = 7 };

typedef struct spil_candidates spil_candidates;

/* records and words must outlive the blocks. */
spil_status spil_candidates_build(spil_candidates **out, const spil_records *records,
                                  const spil_words *words, spil_err *err) SPIL_CHECKED;
void spil_candidates_free(spil_candidates *blocks);

/* Pairs of blocks that stayed too large. */
uint64_t spil_candidates_left_out(const spil_candidates *blocks);

/* Calls visit for every pair a < b once, from all threads; thread: 0 .. spil_par_threads() - 1. */
spil_status spil_candidates_each(const spil_candidates *blocks,
                                 void (*visit)(void *user, unsigned thread, uint32_t a, uint32_t b),
                                 void *user, spil_progress *progress, spil_err *err) SPIL_CHECKED;

#endif
