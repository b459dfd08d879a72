/* mapping.h - a file that says what the columns of somebody's export mean.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     kind: persons                 # persons, addresses, companies, entities, links, roles,
 * signals columns:                      # native column: column of the export id: Subjectnummer
 *       name: Volledige naam
 *     constants:                    # native column: the same value in every row
 *       municipality: Rotterdam
 *
 * Columns of the export that are not named become attributes, as in native files. Anything else in
 * the file, a native column named twice, or a trait (traits.h) is SPIL_INPUT with file and line.
 */
#ifndef SPIL_LOADERS_MAPPING_H
#define SPIL_LOADERS_MAPPING_H

#include "engine/base/mem.h"

typedef struct spil_mapping_pair {
    const char *native, *text; /* text: column of the export, or the constant */
    uint64_t line;
} spil_mapping_pair;

/* Open struct, immutable. */
typedef struct spil_mapping {
    const char *path, *kind;
    spil_mapping_pair *columns, *constants;
    size_t column_count, constant_count;
    char digest[65]; /* of the bytes of the file */
    spil_arena *arena;
} spil_mapping;

spil_status spil_mapping_read(spil_mapping **out, const char *path, spil_err *err) SPIL_CHECKED;
spil_status spil_mapping_read_memory(spil_mapping **out, const char *name, const char *bytes,
                                     size_t length, spil_err *err) SPIL_CHECKED;
void spil_mapping_free(spil_mapping *mapping);

#endif
