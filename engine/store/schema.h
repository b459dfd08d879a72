/* schema.h - the versions of the schema. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SPIL_STORE_SCHEMA_H
#define SPIL_STORE_SCHEMA_H

#include "engine/store/store.h"

typedef struct spil_migration {
    int version; /* which it leads to */
    const char *sql;
} spil_migration;

/* Newest version: 1 + number of migrations. */
int spil_schema_version(void);
/* The tables, application id and version, in an empty file, inside a transaction. */
spil_status spil_schema_make(spil_store *store, spil_err *err) SPIL_CHECKED;
/* Brings an older store forward, in a transaction of its own. */
spil_status spil_schema_update(spil_store *store, spil_err *err) SPIL_CHECKED;
/* The same along any list, for tests. */
spil_status spil_schema_migrate(spil_store *store, const spil_migration *list, size_t count,
                                spil_err *err) SPIL_CHECKED;

#endif
