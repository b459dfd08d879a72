/* folded_name.h - the parts of a person's name, as Dutch registers write it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     Jan Pieter van der Berg      given jan, pieter   initials jp  prefix van der  surname berg
 *     Berg, J.P. van der           given -             initials jp  prefix van der  surname berg
 *     Anna Jansen-de Vries         given anna          initials a   prefix -        surname jansen
 * vries
 *
 * All folded (fold.h). Titles (mr., drs.) are left out. A name of one word is a surname. Where
 * given name and surname stand the other way round without a comma, so do they here: whoever
 * compares tries both orders.
 */
#ifndef SPIL_RESOLUTION_FOLDED_NAME_H
#define SPIL_RESOLUTION_FOLDED_NAME_H

#include <stddef.h>

enum { SPIL_NAME_GIVEN = 2, SPIL_NAME_INITIALS = 6, SPIL_NAME_PART = 32 };

typedef struct spil_folded_name {
    char surname[64], prefix[24];
    char given[SPIL_NAME_GIVEN][SPIL_NAME_PART]; /* full ones; "" where there is none */
    char initials[SPIL_NAME_INITIALS + 1];       /* of all given names, full or not */
    char suffix;                                 /* 'j' junior, 's' senior, 0 */
} spil_folded_name;

/* name is UTF-8. Everything is "" where the name is empty. */
void spil_folded_name_read(spil_folded_name *out, const char *name);

#endif
