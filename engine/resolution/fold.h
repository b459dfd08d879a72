/* fold.h - texts as they are compared: small letters without accents, one blank between words.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * "Café 't Hoekje (B.V.)" -> "cafe t hoekje b v". Letters that are no Latin ones stay as they are,
 * without capitals.
 */
#ifndef SPIL_RESOLUTION_FOLD_H
#define SPIL_RESOLUTION_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Writes at most room bytes, the NUL included; what does not fit is cut off between characters. A
 * hyphen between two letters stays one when hyphens is true, else it parts words. Gives the length.
 */
size_t spil_fold(const char *text, char *out, size_t room, bool hyphens);

/* Cuts a folded text into words, in place; at most most of them, the rest stays uncut in the last.
 */
size_t spil_fold_words(char *folded, char **words, size_t most);

/* How a folded word sounds in Dutch, roughly: letters of one sound are one, doubled ones single,
 * vowels behind the first letter out ("janssen" and "jansen", "quint" and "kwint", "dyck" and
 * "dijk"). 0 for an empty word. A coarse key: it joins too many rather than too few. */
uint64_t spil_sound(const char *word);

#endif
