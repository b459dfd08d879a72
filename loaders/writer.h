/* writer.h - a case given back: all that came in, in a format that other programs read.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A writer is one file writer_<format>.c and one row in writers.def. What csv and ftm write, their
 * loaders read again into the same entities, attributes, links, roles, signals and files that they
 * came from; neo4j gives back entities, attributes and links; i2 is for another program alone. Runs
 * and what was made of the case, and rows that were rejected, are not in it. The same case gives
 * the same bytes.
 */
#ifndef SPIL_LOADERS_WRITER_H
#define SPIL_LOADERS_WRITER_H

#include "engine/base/str.h"
#include "engine/store/store.h"

/* A file that names an entity. */
typedef struct spil_export_naming {
    uint32_t entity, source; /* positions in facts */
    uint64_t line;
    const char *label, *type;
} spil_export_naming;

/* Open struct. */
typedef struct spil_export {
    const spil_facts *facts;
    const spil_export_naming *namings; /* by entity, then source */
    const size_t *naming_row;          /* entity_count + 1, as in facts.h */
} spil_export;

typedef struct spil_writer {
    const char *name, *summary;
    bool folder; /* writes several files into a folder */
    spil_status (*write)(const spil_export *what, const char *out, spil_err *err);
} spil_writer;

/* NULL when there is no such format. */
const spil_writer *spil_writer_find(const char *name);
size_t spil_writer_count(void);
const spil_writer *spil_writer_at(size_t index);

/* The case into out (a file or a folder, as the writer wants), written aside and renamed, mode
 * 0600. counts: what is in it. */
typedef struct spil_export_counts {
    size_t sources, entities, attributes, links, roles, signals;
} spil_export_counts;
spil_status spil_export_case(spil_store *store, const spil_writer *writer, const char *out,
                             spil_export_counts *counts, spil_err *err) SPIL_CHECKED;

/* For writers: the shortest text that reads as the same number. */
void spil_write_number(spil_str *out, double value);

#endif
