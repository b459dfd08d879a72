/* wide.h - attributes as columns: one for each name that any entity of the case has.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Keyed hashes of identity numbers and dates of birth (bsn_hash, birth_hash) are no column: they
 * are of use only to who holds the key, within Spil.
 */
#ifndef SPIL_LOADERS_WIDE_H
#define SPIL_LOADERS_WIDE_H

#include "engine/base/str.h"
#include "engine/store/store.h"

typedef struct spil_wide_column {
    const char *name; /* borrowed from the facts */
    bool many;        /* some entity has several values */
} spil_wide_column;

/* By name. Caller: spil_free. */
spil_status spil_wide_columns(spil_wide_column **out, size_t *count, const spil_facts *facts,
                              spil_err *err) SPIL_CHECKED;
/* Appends the entity's values of this name with `between` between them. A ';' within a value of a
 * column of many becomes ',' when between is ";" . */
void spil_wide_value(spil_str *out, const spil_facts *facts, uint32_t entity,
                     const spil_wide_column *column, const char *between);

#endif
