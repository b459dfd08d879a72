/* words.h - each text once, under a number. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Equal texts get equal numbers, so comparing for equality is comparing numbers. Numbers follow the
 * order of asking. Number 0 is the empty text.
 */
#ifndef SPIL_RESOLUTION_WORDS_H
#define SPIL_RESOLUTION_WORDS_H

#include "engine/base/mem.h"

typedef struct spil_words spil_words;

spil_status spil_words_new(spil_words **out, spil_err *err) SPIL_CHECKED;
void spil_words_free(spil_words *words);
spil_status spil_words_number(spil_words *words, const char *text, uint32_t *number,
                              spil_err *err) SPIL_CHECKED;
const char *spil_words_text(const spil_words *words, uint32_t number);
uint64_t spil_words_sound(const spil_words *words, uint32_t number); /* spil_sound of it */
size_t spil_words_count(const spil_words *words);                    /* numbers given, 0 included */

#endif
