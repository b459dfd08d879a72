/* person_name.h - a Dutch name taken apart: given names, initials, prefix, surname.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     "Vries, Jan de"  "Vries, de, Jan"  "Vries de, Jan"  "de Vries, Jan"  "Jan de Vries"
 *         -> given "Jan", prefix "de", surname "Vries", shown as "Jan de Vries"
 *     "Berg, J.P. van den"  "J P van den Berg"  -> initials "J.P.", prefix "van den"
 *
 * surname_prefixes.def has the prefixes. What is not there is "". Names of other traditions keep
 * their words in their order: the last one is taken as the surname where no prefix and no comma
 * tells.
 */
#ifndef SPIL_LOADERS_PERSON_NAME_H
#define SPIL_LOADERS_PERSON_NAME_H

#include <stdbool.h>

enum { SPIL_NAME_ROOM = 160 };

typedef struct spil_person_name {
    char given[SPIL_NAME_ROOM], initials[64], prefix[64], surname[SPIL_NAME_ROOM];
} spil_person_name;

/* Any may be NULL or "". full: the whole name in one text, taken apart; the others hold for what
 * they name, and surname may hold a prefix and given names in any of the forms above. False when a
 * part is longer than there is room for. */
typedef struct spil_name_parts {
    const char *full, *given, *initials, *prefix, *surname;
} spil_name_parts;
bool spil_person_name_read(const spil_name_parts *parts, spil_person_name *out);

/* "Jan de Vries", or with initials where no given name is known: "J.P. de Vries". */
void spil_person_name_text(const spil_person_name *name, char out[4 * SPIL_NAME_ROOM]);

#endif
