/* pair.h - a case as two CSV tables in a folder, entities and links: what writers of such pairs
 * share. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A writer states its two files and puts their rows; a cell that is made of parts is put together
 * in `scratch` and ends with the writer's own put. Both files take their place, or neither does.
 */
#ifndef SPIL_LOADERS_PAIR_H
#define SPIL_LOADERS_PAIR_H

#include "loaders/csv_file.h"
#include "loaders/wide.h"
#include "loaders/writer.h"

/* Open struct. */
typedef struct spil_pair {
    const spil_facts *facts;
    spil_wide_column *columns; /* attributes as columns */
    size_t count;
    spil_csv_file entities, links;
    spil_str scratch;
} spil_pair;

typedef struct spil_pair_shape {
    const char *entities_name, *links_name;
    const char *links_header; /* NULL: put_links begins with one */
    spil_csv_guard guard;
    spil_status (*put_entities)(spil_pair *pair, spil_err *err);
    spil_status (*put_links)(spil_pair *pair, spil_err *err);
} spil_pair_shape;

spil_status spil_pair_write(const spil_export *what, const char *folder,
                            const spil_pair_shape *shape, spil_err *err) SPIL_CHECKED;

/* Scratch gets the entity's signals, "code 2025-03-01", with `between` between them. */
void spil_pair_add_signals(spil_pair *pair, uint32_t entity, const char *between);
/* The same of its roles, each as `add` appends it. */
void spil_pair_add_roles(spil_pair *pair, uint32_t entity, const char *between,
                         void (*add)(spil_str *out, const spil_role *role));
/* The file's name, not its folder: a path tells of a machine. */
const char *spil_pair_source(const spil_pair *pair, spil_origin origin);

#endif
