/* column_name.h - what the name of a column says, however it is written.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     "Geboorte_Datum", "geboorte datum", "geboorteDatum"  ->  joined "geboortedatum",
 *                                                              words  " geboorte datum "
 * Accents go, letters become small, anything but a-z and 0-9 separates words, and so does a capital
 * after a small letter.
 */
#ifndef SPIL_LOADERS_COLUMN_NAME_H
#define SPIL_LOADERS_COLUMN_NAME_H

#include <stdbool.h>
#include <stddef.h>

enum { SPIL_COLUMN_NAME_ROOM = 256 }; /* longer names are cut off */

typedef struct spil_column_name {
    char joined[SPIL_COLUMN_NAME_ROOM];
    char words[2 * SPIL_COLUMN_NAME_ROOM]; /* each word between blanks */
} spil_column_name;

spil_column_name spil_column_name_fold(const char *name);
/* Both say the same. */
bool spil_column_name_equal(const char *a, const char *b);
bool spil_column_name_has_word(const spil_column_name *name, const char *word);

#endif
