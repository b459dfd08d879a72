/* compare.h - in what two records agree and differ. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each kind has its fields, and each field its levels: level 0 is "missing" (one of the two says
 * nothing), level 1 "differ", the last "equal". A comparison gives a level for each field:
 *
 *     persons    surname  address  ties  given  birth  sources  number
 *     companies  name     address  ties  form   number
 *     addresses  street   postcode place house
 *
 * address: the place they live or are registered at; ties: whom both are linked to, of persons one
 * that many have (a firm with staff), one that few have, or several; sources: a
 * register seldom holds one person twice, so two rows of two registers are likelier one than two
 * rows of one (how much is estimated; a case of one source says nothing). Two records
 * that share an address or a tie are "connected": then persons may well be family or partners, and
 * their first three fields hang together (linkage.h counts them as one, and counts how many
 * others of the surname are recorded at the address: the more, the more others it may be). Firms of
 * one owner differ in a word of their names, which is a level of its own and never enough.
 */
#ifndef SPIL_RESOLUTION_COMPARE_H
#define SPIL_RESOLUTION_COMPARE_H

#include "engine/resolution/record.h"

enum { SPIL_FIELDS = 7, SPIL_LEVELS = 7, SPIL_CONTEXT = 3, SPIL_BINS = 8 };
enum { SPIL_CROWDS = 5 };
enum { SPIL_MISSING = 0, SPIL_DIFFER = 1 };
enum { SPIL_SOURCES = 3 }; /* not told, one, two: levels of the field `sources` */

typedef struct spil_field {
    const char *name;
    const char *words[SPIL_LEVELS]; /* of its levels; NULL behind the last */
    unsigned levels;
    bool frequency;               /* "equal" weighs by how rare the value is */
    double expected[SPIL_LEVELS]; /* among true pairs, of those that are not missing; a start */
    double most_differ;           /* and "differ" no more than this */
    bool exact;                   /* how often two are equal by chance can be counted */
    bool unique;                  /* by law: nobody has another's */
} spil_field;

typedef struct spil_field_set {
    spil_entity_kind kind;
    const spil_field *fields;
    unsigned count;
    bool context;     /* the first SPIL_CONTEXT fields are counted as one where connected */
    unsigned sources; /* the field that tells of one source or two; 0: none */
} spil_field_set;

/* person, company, address; else NULL. */
const spil_field_set *spil_fields_of(spil_entity_kind kind);

typedef struct spil_agreement {
    uint8_t level[SPIL_FIELDS];
    bool connected;
    uint8_t crowd; /* others at the shared address who bear the surname, SPIL_CROWDS - 1 at most */
    const char *bar; /* why this pair is never merged without a person's word; NULL: nothing */
} spil_agreement;

void spil_compare(spil_agreement *out, const spil_records *records, const spil_words *words,
                  uint32_t a, uint32_t b);

/* The bar of two who may be twins: a large case tells itself how many such pairs are (linkage.h).
 */
extern const char spil_bar_twins[];

/* Do two persons agree in an initial and no more of their given names? */
bool spil_agree_in_initial(const spil_field_set *set, const spil_agreement *agreement);

/* The word that is compared in a field that weighs by frequency or is exact. */
uint32_t spil_field_word(const spil_field_set *set, unsigned field, const spil_record *record);

#endif
