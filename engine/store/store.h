/* store.h - the case store: one SQLite file that holds what came in, from where, and what was made
 * of it. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The only SQL of the house lives in this folder (schema.sql, migrations.def, statements.def). One
 * handle = one connection = one thread. Writers wrap their work in begin ... commit; everything
 * since begin is undone by rollback, by closing, and by a kill. A busy store is waited for (30 s),
 * then SPIL_LOCKED.
 *
 * Reading a case: spil_store_load_facts (facts.h). Derived rows of a run: results.h.
 */
#ifndef SPIL_STORE_STORE_H
#define SPIL_STORE_STORE_H

#include "engine/store/facts.h"

typedef struct spil_store spil_store;

typedef enum spil_store_mode { SPIL_STORE_READ, SPIL_STORE_WRITE } spil_store_mode;

/* Makes a new case file (mode 0600) with the schema; SPIL_INPUT when path exists already. */
spil_status spil_store_create(const char *path, spil_err *err) SPIL_CHECKED;
/* SPIL_NOT_FOUND when missing, SPIL_INPUT when it is no case store or its schema is newer than we
 * know. An older schema is migrated forward in a transaction of its own, whatever the mode. */
spil_status spil_store_open(spil_store **out, const char *path, spil_store_mode mode,
                            spil_err *err) SPIL_CHECKED;
void spil_store_close(spil_store *store); /* NULL allowed; rolls back what was not committed */
/* Closes, and takes the file away when nothing ever came into it: for the one who made it and then
 * had nothing to put in. Outside a transaction, open for writing. */
void spil_store_discard_empty(spil_store *store);
const char *spil_store_path(const spil_store *store);
/* How long to wait for another program; 30000 unless told. */
void spil_store_set_patience(spil_store *store, unsigned milliseconds);

spil_status spil_store_begin(spil_store *store,
                             spil_err *err) SPIL_CHECKED; /* takes the write lock now */
/* The same for much data: references are checked in memory instead of by SQLite's foreign keys.
 * Until commit only what comes in and the audit may be written. */
spil_status spil_store_begin_import(spil_store *store, spil_err *err) SPIL_CHECKED;
spil_status spil_store_commit(spil_store *store, spil_err *err) SPIL_CHECKED;
void spil_store_rollback(spil_store *store); /* no-op outside a transaction */

/* ---- what comes in (inside a transaction) ---- */

/* Source by the digest of its bytes: *id = 0 when it was never imported. */
spil_status spil_store_find_source(spil_store *store, const char *sha256, int64_t *id,
                                   spil_err *err) SPIL_CHECKED;
/* Inserts row (its id and counts are ignored) and gives the new id. bytes: size of the file. */
spil_status spil_store_add_source(spil_store *store, const spil_source *row, uint64_t bytes,
                                  int64_t *id, spil_err *err) SPIL_CHECKED;
/* The mark of another key than `mark` under which an earlier source was hashed, or "" (secret.h).
 */
spil_status spil_store_other_key(spil_store *store, const char *mark, char out[9],
                                 spil_err *err) SPIL_CHECKED;
/* At the end of an import: the counts. */
spil_status spil_store_count_source(spil_store *store, int64_t source, uint64_t rows,
                                    uint64_t accepted, uint64_t rejected, uint64_t merged,
                                    spil_err *err) SPIL_CHECKED;

/* In the rows below `source` is the id given by add_source, `line` a line of that file, and
 * entities are ids. Texts may be NULL for "not stated". */
typedef struct spil_new_entity {
    spil_entity_kind kind;
    const char *key, *label, *type;
    int64_t source;
    uint64_t line;
} spil_new_entity;

/* Finds or makes the entity with this key; *created tells which. A label is filled in where there
 * was none. SPIL_RANGE, with a text that names the key and both kinds, when it is known as another
 * kind: the caller rejects the row. */
spil_status spil_store_put_entity(spil_store *store, const spil_new_entity *row, int64_t *id,
                                  bool *created, spil_err *err) SPIL_CHECKED;
/* *id = 0 when unknown; kind may be NULL. */
spil_status spil_store_find_entity(spil_store *store, const char *key, int64_t *id,
                                   spil_entity_kind *kind, spil_err *err) SPIL_CHECKED;
/* Two at once, inside a transaction: in a large case half the time of one after the other, and less
 * when they are foreseen: what memory will be asked is then on its way while the row before is
 * dealt with. foreseen: NULL, or of the same keys in the same transaction. */
typedef struct spil_foreseen {
    uint64_t print[4];
    bool known; /* false: nothing was foreseen */
} spil_foreseen;
/* put: for spil_store_put_ends, else for spil_store_find_pair. */
void spil_store_foresee_pair(const spil_store *store, const char *const keys[2], bool put,
                             spil_foreseen *out);
spil_status spil_store_find_pair(spil_store *store, const char *const keys[2],
                                 const spil_foreseen *foreseen, int64_t ids[2],
                                 spil_err *err) SPIL_CHECKED;
/* The same, where an unknown one is made and a known one, of whatever kind, is named once more.
 * made: kind, source and line; *created: how many are new. Keys are not empty. */
spil_status spil_store_put_ends(spil_store *store, const char *const keys[2],
                                const spil_foreseen *foreseen, const spil_new_entity *made,
                                int64_t ids[2], unsigned *created, spil_err *err) SPIL_CHECKED;
spil_status spil_store_add_attribute(spil_store *store, int64_t entity, const char *name,
                                     const char *value, int64_t source, uint64_t line,
                                     spil_err *err) SPIL_CHECKED;

/* What else a source says of a link: the amount of a payment. Several values of a name may stand.
 */
typedef struct spil_new_detail {
    const char *name, *value;
} spil_new_detail;

typedef struct spil_new_link {
    int64_t from, to;
    spil_link_kind kind;
    const char *type;
    double weight, confidence;
    spil_day since, until;
    int64_t source;
    uint64_t line;
    const spil_new_detail *details; /* or NULL */
    size_t detail_count;
} spil_new_link;
spil_status spil_store_add_link(spil_store *store, const spil_new_link *row,
                                spil_err *err) SPIL_CHECKED;

typedef struct spil_new_role {
    int64_t entity;
    const char *model, *step, *role;
    double confidence;
    int64_t source;
    uint64_t line;
} spil_new_role;
spil_status spil_store_add_role(spil_store *store, const spil_new_role *row,
                                spil_err *err) SPIL_CHECKED;

typedef struct spil_new_signal {
    int64_t entity;
    const char *code;
    double strength, confidence;
    spil_day date;
    int64_t source;
    uint64_t line;
} spil_new_signal;
spil_status spil_store_add_signal(spil_store *store, const spil_new_signal *row,
                                  spil_err *err) SPIL_CHECKED;

/* A row that could not be taken. column: its header or "" ; raw: the bytes as found, cut at 1000
 * (between characters). path is that of the source: ignored when adding, set when reading; also
 * below. */
typedef struct spil_reject {
    const char *path;
    uint64_t line;
    const char *column, *reason, *raw;
} spil_reject;
spil_status spil_store_add_reject(spil_store *store, int64_t source, const spil_reject *row,
                                  spil_err *err) SPIL_CHECKED;
/* A column that was dropped at the door: why, and how many rows had a value in it. */
typedef struct spil_drop {
    const char *path, *column, *reason;
    uint64_t rows;
} spil_drop;
spil_status spil_store_add_drop(spil_store *store, int64_t source, const spil_drop *row,
                                spil_err *err) SPIL_CHECKED;

/* ---- what is in it ---- */

/* Merged entities (alias.h) as one; apart: each as it came in. */
spil_status spil_store_load_facts(spil_facts **out, spil_store *store, spil_err *err) SPIL_CHECKED;
/* Adds what is said of links to facts of this store (facts_detail.h). */
spil_status spil_store_load_details(spil_facts *facts, spil_store *store,
                                    spil_err *err) SPIL_CHECKED;
spil_status spil_store_load_facts_apart(spil_facts **out, spil_store *store,
                                        spil_err *err) SPIL_CHECKED;
/* Rows in order of source and line; texts are borrowed for the call. Stops at the first failure of
 * each. */
spil_status spil_store_each_reject(spil_store *store,
                                   spil_status (*each)(const spil_reject *row, void *user,
                                                       spil_err *err),
                                   void *user, spil_err *err) SPIL_CHECKED;
spil_status spil_store_each_drop(spil_store *store,
                                 spil_status (*each)(const spil_drop *row, void *user,
                                                     spil_err *err),
                                 void *user, spil_err *err) SPIL_CHECKED;

/* A file that came in, beside what facts hold of it: its size, and when it came (microseconds UTC).
 */
typedef struct spil_source_entry {
    spil_source source; /* texts are borrowed for the call */
    uint64_t bytes;
    int64_t imported;
} spil_source_entry;
/* In the order of import. Stops at the first failure of each. */
spil_status spil_store_each_source(spil_store *store,
                                   spil_status (*each)(const spil_source_entry *row, void *user,
                                                       spil_err *err),
                                   void *user, spil_err *err) SPIL_CHECKED;

/* That a file names an entity: each pair once, in no particular order. */
typedef struct spil_naming {
    const char *key, *sha256; /* of the entity; of the file */
    uint64_t line;
    const char *label, *type; /* "" where that file gave none */
} spil_naming;
spil_status spil_store_each_naming(spil_store *store,
                                   spil_status (*each)(const spil_naming *row, void *user,
                                                       spil_err *err),
                                   void *user, spil_err *err) SPIL_CHECKED;

/* Digest of all that came in and how it was read (digests of the sources with loader and options)
 * and of who was merged with whom, not depending on the order of import. */
spil_status spil_store_input_digest(spil_store *store, char out[65], spil_err *err) SPIL_CHECKED;

/* Appends to the audit chain: each entry holds the hash of the one before. Inside a transaction. */
spil_status spil_store_audit(spil_store *store, const char *action, const char *detail,
                             spil_err *err) SPIL_CHECKED;
typedef struct spil_audit_entry {
    int64_t number, time; /* time: microseconds UTC */
    const char *action, *detail, *hash;
} spil_audit_entry;
/* In order, borrowed for the call. Stops at the first failure of each. */
spil_status spil_store_each_audit(spil_store *store,
                                  spil_status (*each)(const spil_audit_entry *row, void *user,
                                                      spil_err *err),
                                  void *user, spil_err *err) SPIL_CHECKED;
/* SPIL_INPUT with the number of the first entry that does not fit. */
spil_status spil_store_audit_verify(spil_store *store, spil_err *err) SPIL_CHECKED;

/* "3.40.1", of the library at work. */
const char *spil_store_library_version(void);

#endif
