/* loader.h - files of partners into the case store.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A loader is one file loader_<format>.c and one row in loaders.def. Each file is recognised by its
 * first bytes (its header), or named with opts->loader. One file is one transaction: refused whole
 * (the store is as before) when it is no such thing at all, else every good row goes in and every
 * bad row goes to `reject` with file, line, column, reason and raw text. The same bytes twice
 * change nothing, and that is said.
 */
#ifndef SPIL_LOADERS_LOADER_H
#define SPIL_LOADERS_LOADER_H

#include "engine/base/progress.h"
#include "engine/store/store.h"
#include "loaders/value.h"

typedef enum spil_merge {
    SPIL_MERGE_LAST,
    SPIL_MERGE_FIRST,
    SPIL_MERGE_SUM,
    SPIL_MERGE_MAX
} spil_merge;

/* Open struct; NULL texts mean not stated. */
typedef struct spil_import_opts {
    const char *loader;  /* NULL: recognise each file */
    const char *mapping; /* mapping file, or the name of one that ships, or NULL */
    const char *key;     /* key file (secret.h) for numbers and dates kept as hash, or NULL */
    const struct spil_secret *secret; /* that key, once read */
    const char *grade; /* Admiralty code, "B2"; gives the confidence where a row states none */
    const char *owner, *basis,
        *purpose; /* of the data: whose, on which legal ground, to what end */
    spil_day keep_until;
    spil_link_kind link_kind;     /* edges: what a link is */
    spil_entity_kind entity_kind; /* edges: what an end is */
    bool has_decimal;             /* the user said how numbers are written */
    spil_decimal decimal;         /* POINT or COMMA */
    spil_merge merge;             /* edges: how the weights of a pair that stands twice join */
    spil_progress *progress;
} spil_import_opts;

#define SPIL_IMPORT_OPTS_DEFAULTS                                                                  \
    {                                                                                              \
        .keep_until = SPIL_NO_DAY, .link_kind = SPIL_LINK_related,                                 \
        .entity_kind = SPIL_ENTITY_person, .merge = SPIL_MERGE_LAST                                \
    }

/* What one file gave. */
typedef struct spil_import_file {
    char *path;
    const char *loader; /* its name, static */
    bool already;       /* these bytes were imported before: nothing changed */
    uint64_t rows, accepted, rejected, merged, dropped_columns; /* merged: edges, of the accepted */
    uint64_t entities, links, roles, signals, attributes;       /* new in the store */
    char *note; /* one more sentence, or NULL: "33 pairs stood twice, last weight kept" */
} spil_import_file;

typedef struct spil_import_summary {
    spil_import_file
        *files; /* in the order imported: files of entities before files that refer to them */
    size_t count;
} spil_import_summary;

/* Imports the files, each in its own transaction, files of entities first. The heads of all of them
 * are looked at before the first is imported: an unreadable or unknown one refuses all, and nothing
 * changed. When one fails later (a truncated gzip, a stop), the files before it stay imported, it
 * and those after leave no trace; *out is set in both cases (never NULL unless memory ran out). */
spil_status spil_import(spil_import_summary **out, spil_store *store, const char *const *paths,
                        size_t count, const spil_import_opts *opts, spil_err *err) SPIL_CHECKED;
void spil_import_summary_free(spil_import_summary *summary);

/* Admiralty code to confidence: A-F reliability, 1-6 credibility. SPIL_INPUT when it is no such
 * code. */
spil_status spil_grade_confidence(const char *grade, double *confidence,
                                  spil_err *err) SPIL_CHECKED;

/* For help: names and one-line summaries, in the order of loaders.def. */
typedef struct spil_loader_info {
    const char *name, *summary;
} spil_loader_info;
size_t spil_loader_count(void);
spil_loader_info spil_loader_describe(size_t index);

#endif
