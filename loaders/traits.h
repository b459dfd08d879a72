/* traits.h - columns that stay at the door: traits of a person, and numbers that identify one.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Scores rest on recorded links, roles and signals, never on what somebody is (AVG art. 9 and 10,
 * AI Act art. 5(1)(d)). So nationality, birth, ethnicity, religion, health, sexual life, political
 * views, union membership, age and gender are dropped before they reach the store, by the name of
 * their column in Dutch or English; so are citizen service and passport numbers. traits.def is the
 * list.
 */
#ifndef SPIL_LOADERS_TRAITS_H
#define SPIL_LOADERS_TRAITS_H

#include <stdbool.h>
#include <stddef.h>

/* What may be kept as a hash under a key of the user (secret.h), to tell persons apart with. */
typedef enum spil_hash_kind { SPIL_HASH_NONE, SPIL_HASH_BSN, SPIL_HASH_BIRTH } spil_hash_kind;
/* "bsn_hash", "birth_hash": the attribute it becomes. */
const char *spil_hash_attribute(spil_hash_kind kind);
/* "bsn", "birth_date": what a mapping calls it. */
const char *spil_hash_place(spil_hash_kind kind);

typedef struct spil_trait {
    const char *what; /* "nationality" */
    bool identity;    /* a number that identifies a person */
    const char *reason;
    spil_hash_kind hash; /* may be kept as keyed hash, where a key is given */
} spil_trait;

/* NULL: the column may come in. A name before ':' counts ("age:int"). */
const spil_trait *spil_trait_of_column(const char *column);

#endif
