/* preview.h - what a mapping would make of the first rows of a file; nothing is written.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_LOADERS_PREVIEW_H
#define SPIL_LOADERS_PREVIEW_H

#include "loaders/loader.h"
#include "loaders/mapping.h"

/* One thing; texts are borrowed for the call and "" where there is nothing to say. */
typedef struct spil_preview_row {
    uint64_t line;    /* 0: of the file as a whole */
    const char *what; /* entity, link, role, signal, reject, passed over, drop, note */
    const char *kind; /* of entity or link; code; model/step/role; column of a reject or drop */
    const char *key;  /* of the entity, "from -> to" of a link */
    const char *text; /* name and attributes; reason */
} spil_preview_row;

typedef spil_status (*spil_preview_fn)(const spil_preview_row *row, void *user, spil_err *err);

typedef struct spil_preview_counts {
    uint64_t rows, rejected, passed_over, entities, links, roles, signals;
} spil_preview_counts;

/* At most `rows` rows of the file at path. Hashes are not shown; opts->key is read as in an import.
 * Whether entities that must be known are so is not asked: there is no case here. */
spil_status spil_mapping_preview(const spil_mapping *mapping, const char *path,
                                 const spil_import_opts *opts, uint64_t rows, spil_preview_fn each,
                                 void *user, spil_preview_counts *counts,
                                 spil_err *err) SPIL_CHECKED;

#endif
