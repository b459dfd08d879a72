/* schema.c - the versions of the schema, forward only. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A migration may rebuild tables, so foreign keys are off while it runs and checked before it
 * commits. Two programs that open an old store at once: one migrates, the other waits and finds it
 * done.
 */
#include "engine/store/schema.h"
#include "engine/store/db.h"

#include "engine/base/str.h"

static const char schema_text[] =
#include "engine/store/schema.sql.inc"
    ;
static const char version_2[] =
#include "engine/store/version_2.sql.inc"
    ;

static const spil_migration migrations[] = {
#define MIGRATION(version, sql) {version, sql},
#include "engine/store/migrations.def"
#undef MIGRATION
};

enum { MIGRATIONS = sizeof migrations / sizeof migrations[0] };

int spil_schema_version(void)
{
    return 1 + MIGRATIONS;
}

static spil_status set_version(spil_store *store, int version, spil_err *err)
{
    spil_str text = SPIL_STR_INIT;
    spil_str_addf(&text, "PRAGMA user_version = %d", version);
    spil_status rc = spil_str_status(&text, err);
    if (rc == SPIL_OK)
        rc = spil_db_exec(store, spil_str_text(&text), err);
    spil_str_free(&text);
    return rc;
}

spil_status spil_schema_make(spil_store *store, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_str text = SPIL_STR_INIT;
    spil_str_addf(&text, "PRAGMA application_id = %d", SPIL_APPLICATION_ID);
    TRY(spil_str_status(&text, err));
    TRY(spil_db_exec(store, schema_text, err));
    TRY(spil_db_exec(store, spil_str_text(&text), err));
    for (size_t i = 0; i < MIGRATIONS; i++)
        TRY(spil_db_exec(store, migrations[i].sql, err));
    TRY(set_version(store, spil_schema_version(), err));
done:
    spil_str_free(&text);
    return rc;
}

static spil_status migrate_all(spil_store *store, const spil_migration *list, size_t count,
                               spil_err *err)
{
    spil_status rc = SPIL_OK;
    int64_t version = 0, broken = 0;
    /* asked again under the lock: another program may have been first */
    TRY(spil_db_number(store, SPIL_STMT_USER_VERSION, NULL, 0, 0, &version, err));
    for (size_t i = 0; i < count; i++) {
        if (list[i].version <= version)
            continue;
        TRY(spil_db_exec(store, list[i].sql, err));
        TRY(set_version(store, list[i].version, err));
    }
    TRY(spil_db_number(store, SPIL_STMT_FOREIGN_KEY_CHECK, NULL, 0, 0, &broken, err));
    if (broken > 0)
        rc = spil_fail(err, SPIL_DB, "%s: migrating it would break %lld references", store->path,
                       (long long)broken);
done:
    return rc;
}

spil_status spil_schema_migrate(spil_store *store, const spil_migration *list, size_t count,
                                spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(spil_db_exec(store, "PRAGMA foreign_keys = OFF", err));
    TRY(spil_db_exec(store, "BEGIN IMMEDIATE", err));
    rc = migrate_all(store, list, count, err);
    if (rc == SPIL_OK)
        rc = spil_db_exec(store, "COMMIT", err);
    if (rc != SPIL_OK && !sqlite3_get_autocommit(store->db))
        (void)sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    TRY(rc);
    TRY(spil_db_exec(store, "PRAGMA foreign_keys = ON", err));
done:
    return rc;
}

spil_status spil_schema_update(spil_store *store, spil_err *err)
{
    return spil_schema_migrate(store, migrations, MIGRATIONS, err);
}
