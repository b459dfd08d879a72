/* store.c - the file itself: made, opened, closed, and its transactions. See store.h.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A new store is made aside and linked into place, so that a kill leaves no half file under its
 * name. WAL journal: readers and one writer at once, and a kill at any moment leaves the last
 * commit. The files beside it (-wal, -shm, -journal) get the mode of the file, 0600.
 *
 * The first imports into a store go through a rollback journal: a WAL holds every page once more
 * before it reaches the file, while a rollback journal holds what a page was before, which new
 * pages have not. Nobody has anything to read there yet. It is as safe: what was begun is undone
 * by whoever opens the store next.
 */
#include "engine/base/progress.h"
#include "engine/base/str.h"
#include "engine/store/db.h"
#include "engine/store/hubs.h"
#include "engine/store/schema.h"
#include "engine/store/vet.h"
#include "engine/store/writer.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { LONGEST_NAP_MS = 50 };

/* ---- opening a connection ---- */

/* Called by SQLite while another program holds the file: 0 gives up. */
static int wait_turn(void *user, int calls)
{
    spil_store *const store = user;
    if (spil_stop_requested() || store->waited_ms >= store->patience_ms)
        return 0;
    const unsigned nap = calls < 5 ? 1U << calls : LONGEST_NAP_MS;
    const struct timespec time = {.tv_nsec = (long)nap * 1000000};
    (void)nanosleep(&time, NULL);
    store->waited_ms += nap;
    return 1;
}

/* "file:" URI of the path, so that no path means anything else to SQLite (":memory:"). */
static void add_uri(spil_str *out, const char *path, const char *query)
{
    spil_str_add(out, path[0] == '/' ? "file://" : "file:./");
    for (const char *c = path; *c; c++) {
        if (strchr("%?#", *c))
            spil_str_addf(out, "%%%02X", (unsigned)*c);
        else
            spil_str_add_n(out, c, 1);
    }
    spil_str_add(out, query);
}

/* SQLite's count of its own memory takes a lock on every allocation: a third of an import. */
static void configure_sqlite(void)
{
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static spil_status connect(spil_store *store, const char *query, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_str uri = SPIL_STR_INIT;
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    (void)pthread_once(&once, configure_sqlite);
    add_uri(&uri, store->path, query);
    TRY(spil_str_status(&uri, err));
    const int code =
        sqlite3_open_v2(spil_str_text(&uri), &store->db,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL);
    if (code != SQLITE_OK) {
        rc = spil_db_fail(store, code, err);
        goto done;
    }
    (void)sqlite3_extended_result_codes(store->db, 1);
    (void)sqlite3_busy_handler(store->db, wait_turn, store);
    /* the file may come from anywhere: nothing in it may run or bend the schema */
    (void)sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    (void)sqlite3_db_config(store->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    TRY(spil_db_exec(store, "PRAGMA foreign_keys = ON", err));
    TRY(spil_db_exec(store, "PRAGMA synchronous = FULL", err));
    TRY(spil_db_exec(store, "PRAGMA cache_size = -65536", err)); /* KiB */
    TRY(spil_db_exec(store, "PRAGMA cell_size_check = ON", err));
done:
    spil_str_free(&uri);
    return rc;
}

/* Whoever else has the store open keeps it in WAL mode; that is not waited for. */
static spil_status set_journal(spil_store *store, const char *pragma, spil_err *err)
{
    const unsigned patience = store->patience_ms;
    store->patience_ms = 0;
    const spil_status rc = spil_db_exec(store, pragma, err);
    store->patience_ms = patience;
    return rc == SPIL_LOCKED ? SPIL_OK : rc;
}

static void disconnect(spil_store *store)
{
    for (int i = 0; i < SPIL_STMT_COUNT; i++) {
        (void)sqlite3_finalize(store->statements[i]);
        store->statements[i] = NULL;
    }
    (void)sqlite3_close(store->db);
    store->db = NULL;
}

static spil_status new_store(spil_store **out, const char *path, spil_store_mode mode,
                             spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_store *store = NULL;
    TRY(NEW(store, err));
    store->mode = mode;
    store->patience_ms = SPIL_PATIENCE_MS;
    store->data_version = -1;
    TRY(spil_copy_text(&store->path, path, err));
    *out = store;
    store = NULL;
done:
    spil_store_close(store);
    return rc;
}

void spil_store_close(spil_store *store)
{
    if (!store)
        return;
    if (store->db)
        spil_store_rollback(store);
    if (store->db && store->journal_chosen)
        (void)set_journal(store, "PRAGMA journal_mode = WAL", NULL);
    disconnect(store);
    spil_key_cache_free(store->keys);
    spil_vet_forget(store);
    spil_hubs_forget(store);
    spil_free(store->path);
    spil_free(store);
}

/* Under the write lock, so that no other program fills it meanwhile. */
void spil_store_discard_empty(spil_store *store)
{
    int64_t any = 1;
    spil_str beside = SPIL_STR_INIT;
    if (!store)
        return;
    const bool empty =
        spil_store_begin(store, NULL) == SPIL_OK &&
        spil_db_number(store, SPIL_STMT_ANY_CONTENT, NULL, 0, 1, &any, NULL) == SPIL_OK && !any;
    if (empty)
        (void)unlink(store->path);
    static const char *const tails[] = {"-wal", "-shm", "-journal"};
    for (size_t i = 0; empty && i < 3; i++) { /* of a file that is gone, SQLite leaves them */
        spil_str_clear(&beside);
        spil_str_addf(&beside, "%s%s", store->path, tails[i]);
        if (spil_str_status(&beside, NULL) == SPIL_OK)
            (void)unlink(beside.text);
    }
    spil_str_free(&beside);
    spil_store_close(store);
}

/* ---- making ---- */

static spil_status fill_new(const char *aside, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_store *store = NULL;
    TRY(new_store(&store, aside, SPIL_STORE_WRITE, err));
    TRY(connect(store, "", err));
    TRY(spil_db_exec(store, "PRAGMA journal_mode = WAL", err));
    TRY(spil_store_begin(store, err));
    TRY(spil_schema_make(store, err));
    TRY(spil_store_audit(store, "create", "program " SPIL_VERSION, err));
    TRY(spil_store_commit(store, err));
done:
    spil_store_close(store); /* the last connection folds the WAL into the file */
    return rc;
}

/* Never replaces: link refuses when path exists. File systems without hard links get a rename. */
static spil_status put_in_place(const char *aside, const char *path, spil_err *err)
{
    if (link(aside, path) == 0) {
        (void)unlink(aside);
        return SPIL_OK;
    }
    int failed = errno;
    if (failed == EPERM || failed == ENOTSUP || failed == ENOSYS) {
        if (access(path, F_OK) == 0)
            failed = EEXIST;
        else
            failed = rename(aside, path) == 0 ? 0 : errno;
    }
    if (failed == EEXIST)
        return spil_fail(err, SPIL_INPUT, "%s: exists already", path);
    return failed ? spil_fail_io(err, failed, path) : SPIL_OK;
}

spil_status spil_store_create(const char *path, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_str aside = SPIL_STR_INIT;
    bool made = false;
    struct stat info;
    if (lstat(path, &info) == 0)
        return spil_fail(err, SPIL_INPUT, "%s: exists already", path);
    spil_str_addf(&aside, "%s.tmp-XXXXXX", path);
    TRY(spil_str_status(&aside, err));
    const int fd = mkstemp(aside.text); /* mode 0600 */
    if (fd < 0) {
        rc = spil_fail_io(err, errno, path);
        goto done;
    }
    made = true;
    (void)close(fd);
    TRY(fill_new(aside.text, err));
    TRY(put_in_place(aside.text, path, err));
    made = false;
done:
    if (made)
        (void)unlink(aside.text);
    spil_str_free(&aside);
    return rc;
}

/* ---- opening ---- */

static spil_status look_at_file(const char *path, spil_err *err)
{
    static const char magic[] = "SQLite format 3"; /* with its NUL: 16 bytes */
    char head[sizeof magic] = "";
    struct stat info;
    if (stat(path, &info) != 0)
        return errno == ENOENT ? spil_fail(err, SPIL_NOT_FOUND, "%s: no such file", path)
                               : spil_fail_io(err, errno, path);
    if (!S_ISREG(info.st_mode))
        return spil_fail(err, SPIL_INPUT, "%s: is no case store, not even a file", path);
    FILE *const stream = fopen(path, "rb");
    if (!stream)
        return spil_fail_io(err, errno, path);
    const size_t got = fread(head, 1, sizeof head, stream);
    (void)fclose(stream);
    if (got != sizeof head || memcmp(head, magic, sizeof magic) != 0)
        return spil_fail(err, SPIL_INPUT, "%s: is no case store", path);
    return SPIL_OK;
}

/* WAL needs a -shm file beside the store even for reading; where the folder may not be written and
 * no WAL is pending, the file is as good as frozen. */
static spil_status connect_somehow(spil_store *store, int64_t *application, spil_err *err)
{
    spil_err first = SPIL_ERR_INIT;
    spil_status rc = connect(store, "", &first);
    if (rc == SPIL_OK)
        rc = spil_db_number(store, SPIL_STMT_APPLICATION_ID, NULL, 0, 0, application, &first);
    if (rc != SPIL_IO || store->mode == SPIL_STORE_WRITE)
        return rc == SPIL_OK ? SPIL_OK : spil_fail(err, rc, "%s", first.msg);
    spil_str wal = SPIL_STR_INIT;
    spil_str_addf(&wal, "%s-wal", store->path);
    struct stat info;
    const bool pending =
        spil_str_status(&wal, NULL) != SPIL_OK || (stat(wal.text, &info) == 0 && info.st_size > 0);
    spil_str_free(&wal);
    if (pending)
        return spil_fail(err, rc, "%s", first.msg);
    disconnect(store);
    rc = connect(store, "?immutable=1", err);
    if (rc == SPIL_OK)
        rc = spil_db_number(store, SPIL_STMT_APPLICATION_ID, NULL, 0, 0, application, err);
    return rc;
}

static spil_status check_version(spil_store *store, spil_err *err)
{
    spil_status rc = SPIL_OK;
    int64_t version = 0;
    const int newest = spil_schema_version();
    TRY(spil_db_number(store, SPIL_STMT_USER_VERSION, NULL, 0, 0, &version, err));
    if (version > newest)
        rc = spil_fail(err, SPIL_INPUT,
                       "%s: was written by a newer spil (schema %lld, this program knows %d)",
                       store->path, (long long)version, newest);
    else if (version < 1)
        rc = spil_fail(err, SPIL_INPUT, "%s: has no schema version", store->path);
    else if (version < newest)
        rc = spil_schema_update(store, err);
done:
    return rc;
}

spil_status spil_store_open(spil_store **out, const char *path, spil_store_mode mode, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_store *store = NULL;
    int64_t application = 0;
    TRY(look_at_file(path, err));
    TRY(new_store(&store, path, mode, err));
    TRY(connect_somehow(store, &application, err));
    if (application != SPIL_APPLICATION_ID) {
        rc = spil_fail(err, SPIL_INPUT, "%s: is an SQLite file, but no case store", path);
        goto done;
    }
    if (mode == SPIL_STORE_WRITE && sqlite3_db_readonly(store->db, "main") == 1) {
        rc = spil_fail(err, SPIL_IO, "%s: may not be written", path);
        goto done;
    }
    if (mode == SPIL_STORE_WRITE) /* a first import that was killed left it otherwise */
        TRY(set_journal(store, "PRAGMA journal_mode = WAL", err));
    TRY(check_version(store, err));
    if (mode == SPIL_STORE_READ)
        TRY(spil_db_exec(store, "PRAGMA query_only = ON", err));
    *out = store;
    store = NULL;
done:
    spil_store_close(store);
    return rc;
}

const char *spil_store_path(const spil_store *store)
{
    return store->path;
}

void spil_store_set_patience(spil_store *store, unsigned milliseconds)
{
    store->patience_ms = milliseconds;
}

/* ---- transactions ---- */

void spil_store_forget_keys(spil_store *store)
{
    spil_key_cache_free(store->keys);
    store->keys = NULL;
}

spil_status spil_store_begin(spil_store *store, spil_err *err)
{
    spil_status rc = SPIL_OK;
    int64_t version = 0;
    if (store->mode != SPIL_STORE_WRITE || store->writing)
        return spil_fail(err, SPIL_DB, "%s: %s", store->path,
                         store->writing ? "is in a transaction already" : "is open for reading");
    if (store->journal_chosen && !store->importing) /* the first imports are over */
        TRY(set_journal(store, "PRAGMA journal_mode = WAL", err));
    if (store->unchecked && !store->importing) {
        TRY(spil_db_exec(store, "PRAGMA ignore_check_constraints = OFF", err));
        store->unchecked = false;
    }
    TRY(spil_db_run(store, SPIL_STMT_BEGIN, NULL, 0, err));
    store->writing = true;
    TRY(spil_db_number(store, SPIL_STMT_DATA_VERSION, NULL, 0, 0, &version, err));
    if (version != store->data_version) { /* another program wrote in between */
        spil_store_forget_keys(store);
        spil_hubs_forget(store);
    }
    store->data_version = version;
done:
    if (rc != SPIL_OK)
        spil_store_rollback(store);
    return rc;
}

/* References and ranges, which are checked before the rows reach SQLite (vet.h, evidence.c). Both
 * switches count outside transactions only; there they cannot fail but for want of memory: SQLite
 * then checks on, or, afterwards, is told once more before anything else is written. */
static void check_rows(spil_store *store, bool by_sqlite)
{
    static const char off[] = "PRAGMA ignore_check_constraints = ON";
    static const char on[] = "PRAGMA ignore_check_constraints = OFF";
    (void)sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_FKEY, by_sqlite, NULL);
    if (sqlite3_exec(store->db, by_sqlite ? on : off, NULL, NULL, NULL) == SQLITE_OK)
        store->unchecked = !by_sqlite;
    store->importing = !by_sqlite;
}

/* Once a connection, outside transactions. */
static spil_status choose_journal(spil_store *store, spil_err *err)
{
    spil_status rc = SPIL_OK;
    int64_t any = 1;
    if (store->journal_chosen || store->mode != SPIL_STORE_WRITE)
        return SPIL_OK;
    store->journal_chosen = true;
    TRY(spil_db_number(store, SPIL_STMT_ANY_CONTENT, NULL, 0, 1, &any, err));
    if (!any)
        rc = set_journal(store, "PRAGMA journal_mode = DELETE", err);
done:
    return rc;
}

spil_status spil_store_begin_import(spil_store *store, spil_err *err)
{
    if (!store->writing) {
        const spil_status chosen = choose_journal(store, err);
        if (chosen != SPIL_OK)
            return chosen;
        check_rows(store, false);
    }
    int64_t any = 1;
    spil_status rc = spil_store_begin(store, err);
    if (rc != SPIL_OK && !store->writing)
        check_rows(store, true);
    if (rc == SPIL_OK && !store->ends_known) {
        rc = spil_db_number(store, SPIL_STMT_ANY_LINK, NULL, 0, 1, &any, err);
        store->ends_known = any == 0; /* nothing to count so far */
    }
    return rc;
}

/* After commit and rollback. */
static void end_transaction(spil_store *store)
{
    store->next_entity = store->next_link = 0;
    store->misses = 0;
    store->writing = false;
    if (store->importing)
        check_rows(store, true);
    spil_vet_forget(store);
}

spil_status spil_store_commit(spil_store *store, spil_err *err)
{
    spil_status rc = spil_db_must_write(store, err);
    if (rc == SPIL_OK)
        rc = spil_db_run(store, SPIL_STMT_COMMIT, NULL, 0, err);
    spil_writer_end(store);
    if (rc == SPIL_OK)
        end_transaction(store);
    else
        spil_store_rollback(store);
    return rc;
}

void spil_store_rollback(spil_store *store)
{
    if (!store->writing)
        return;
    spil_writer_end(store);
    if (!sqlite3_get_autocommit(store->db))
        (void)sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    end_transaction(store);
    spil_store_forget_keys(store); /* it knows entities that are gone */
    spil_hubs_forget(store);
}

const char *spil_store_library_version(void)
{
    return sqlite3_libversion();
}
