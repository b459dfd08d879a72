/* vet.h - references of incoming rows, checked in memory. SPDX-License-Identifier:
 * GPL-3.0-or-later
 *
 * SQLite checks a foreign key by walking the parent's tree: for links between random entities of a
 * million that is three quarters of the time of an import. In a transaction begun with
 * spil_store_begin_import SQLite's own check is off, and each id is held against a bitmap of those
 * that this transaction got from the store (put, find, add_source); only an id that came from
 * elsewhere is looked up. What gets in is the same. Outside an import these do nothing: SQLite
 * checks.
 */
#ifndef SPIL_STORE_VET_H
#define SPIL_STORE_VET_H

#include "engine/store/db.h"

/* The store itself gave this id. */
spil_status spil_vet_entity_known(spil_store *store, int64_t id, spil_err *err) SPIL_CHECKED;
void spil_vet_source_known(spil_store *store, int64_t id);
/* SPIL_DB when there is no such row. */
spil_status spil_vet_entity(spil_store *store, int64_t id, spil_err *err) SPIL_CHECKED;
spil_status spil_vet_source(spil_store *store, int64_t id, spil_err *err) SPIL_CHECKED;
void spil_vet_forget(spil_store *store);

#endif
