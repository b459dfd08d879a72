/* Whatever happens to the file: before or after, never between. SPDX-License-Identifier:
 * GPL-3.0-or-later */
#include "tests/unit/t.h"

#include "engine/base/file.h"
#include "engine/base/progress.h"
#include "engine/base/rng.h"
#include "engine/store/db.h"
#include "tests/unit/t_store.h"

#include <signal.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void nap(long milliseconds)
{
    const struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000};
    (void)nanosleep(&time, NULL);
}

/* "other.db" beside the store. */
static const char *other_path(const t_store *t)
{
    static char path[128];
    (void)snprintf(path, sizeof path, "%s/other.db", t->folder);
    return path;
}

static void add_people(spil_store *store, int64_t source, const char *prefix, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        char key[80];
        (void)snprintf(key, sizeof key, "%s%u", prefix, i);
        (void)t_put(store, SPIL_ENTITY_person, key, "a name of some length", source, i + 1);
    }
}

/* ---- which files are taken ---- */

static void store_create__makes_a_private_file(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    struct stat info;
    assert_int_equal(stat(t->path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_ok(spil_store_begin(t->store, &err));
    (void)t_add_source(t->store, "a.csv");
    char beside[128];
    (void)snprintf(beside, sizeof beside, "%s-wal", t->path);
    assert_int_equal(stat(beside, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    (void)snprintf(beside, sizeof beside, "%s-shm", t->path);
    assert_int_equal(stat(beside, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
}

static void store_create__never_replaces_a_file(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    assert_fails(spil_store_create(t->path, &err), SPIL_INPUT, "exists already");
    assert_fails(spil_store_create(t->folder, &err), SPIL_INPUT, "exists already");
    char nowhere[128];
    (void)snprintf(nowhere, sizeof nowhere, "%s/none/case.db", t->folder);
    assert_fails(spil_store_create(nowhere, &err), SPIL_IO, "No such file");
}

static void assert_refused(const t_store *t, spil_status status, const char *part)
{
    spil_err err = SPIL_ERR_INIT;
    spil_store *store = NULL;
    assert_fails(spil_store_open(&store, other_path(t), SPIL_STORE_WRITE, &err), status, part);
    assert_fails(spil_store_open(&store, other_path(t), SPIL_STORE_READ, &err), status, part);
    assert_null(store);
}

static void store_open__refuses_what_is_no_case_store(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    const char *const path = other_path(t);
    spil_store *store = NULL;
    assert_refused(t, SPIL_NOT_FOUND, "no such file");
    assert_fails(spil_store_open(&store, t->folder, SPIL_STORE_READ, &err), SPIL_INPUT,
                 "not even a file");
    assert_ok(spil_write_file(path, "", 0, &err));
    assert_refused(t, SPIL_INPUT, "is no case store");
    assert_ok(spil_write_file(path, "from,to\na,b\n", 12, &err));
    assert_refused(t, SPIL_INPUT, "is no case store");
    char fake[4096] = "SQLite format 3"; /* and then nothing that fits */
    memset(fake + 16, 0x5a, sizeof fake - 16);
    assert_ok(spil_write_file(path, fake, sizeof fake, &err));
    assert_refused(t, SPIL_INPUT, "is no case store");
    (void)unlink(path);
    t_sql(path, "CREATE TABLE entity (id INTEGER PRIMARY KEY)");
    assert_refused(t, SPIL_INPUT, "is an SQLite file, but no case store");
}

static void store_open__refuses_a_newer_schema(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    assert_ok(spil_store_create(other_path(t), &err));
    t_sql(other_path(t), "PRAGMA user_version = 1000");
    assert_refused(t, SPIL_INPUT, "newer spil (schema 1000");
    t_sql(other_path(t), "PRAGMA user_version = 0");
    assert_refused(t, SPIL_INPUT, "no schema version");
}

/* Run by nobody: 0 when reading works and writing is refused for the right reason. */
static int read_only_works(const char *path)
{
    spil_err err = SPIL_ERR_INIT;
    spil_store *store = NULL;
    spil_facts *facts = NULL;
    if (spil_store_open(&store, path, SPIL_STORE_READ, &err) != SPIL_OK)
        return 1;
    if (spil_store_load_facts(&facts, store, &err) != SPIL_OK || facts->entity_count != 3)
        return 2;
    if (spil_store_begin(store, &err) != SPIL_DB)
        return 3;
    spil_facts_free(facts);
    spil_store_close(store);
    err = (spil_err)SPIL_ERR_INIT;
    if (spil_store_open(&store, path, SPIL_STORE_WRITE, &err) != SPIL_IO)
        return 4;
    return strstr(err.msg, "may not be written") ? 0 : 5;
}

static void store_open__reads_a_file_that_may_not_be_written(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    assert_ok(spil_store_begin(t->store, &err));
    add_people(t->store, t_add_source(t->store, "a.csv"), "P", 3);
    assert_ok(spil_store_commit(t->store, &err));
    spil_store_close(t->store);
    t->store = NULL;
    assert_int_equal(chmod(t->path, 0444), 0);
    assert_int_equal(chmod(t->folder, 0555), 0);
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        if (getuid() == 0 && setuid(65534) != 0) /* root may write anything */
            _exit(99);
        _exit(read_only_works(t->path));
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(chmod(t->folder, 0700), 0);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

/* ---- transactions ---- */

static void store_rollback__undoes_everything_since_begin(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    assert_ok(spil_store_begin(t->store, &err));
    add_people(t->store, t_add_source(t->store, "a.csv"), "P", 10);
    spil_store_rollback(t->store);
    assert_int_equal(t_query(t->path, "SELECT count(*) FROM entity"), 0);
    /* and the keys in memory are forgotten: P3 is new again */
    assert_ok(spil_store_begin(t->store, &err));
    const int64_t source = t_add_source(t->store, "b.csv");
    int64_t id = 0;
    bool created = false;
    const spil_new_entity row = {SPIL_ENTITY_company, "P3", "", "", source, 1};
    assert_ok(spil_store_put_entity(t->store, &row, &id, &created, &err));
    assert_true(created);
    spil_store_close(t->store); /* without commit */
    t->store = NULL;
    assert_int_equal(t_query(t->path, "SELECT count(*) FROM entity"), 0);
}

static void store_begin__sees_what_another_program_wrote(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    assert_ok(spil_store_begin(t->store, &err));
    add_people(t->store, t_add_source(t->store, "a.csv"), "P", 1);
    assert_ok(spil_store_commit(t->store, &err));
    t_sql(t->path, "INSERT INTO entity (kind, key, label, type, source, line)"
                   " VALUES ('person', 'Q', 'Quint', '', 1, 9)");
    assert_ok(spil_store_begin(t->store, &err));
    int64_t id = 0;
    assert_ok(spil_store_find_entity(t->store, "Q", &id, NULL, &err));
    assert_true(id > 0);
    assert_int_equal(t_put(t->store, SPIL_ENTITY_person, "Q", "", 1, 9), id);
}

static void store__writes_only_inside_a_transaction(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    int64_t id = 0;
    const spil_source source = {.path = "a.csv", .keep_until = SPIL_NO_DAY};
    assert_fails(spil_store_add_source(t->store, &source, 1, &id, &err), SPIL_DB, "transaction");
    assert_fails(spil_store_audit(t->store, "a", "b", &err), SPIL_DB, "transaction");
    assert_fails(spil_store_commit(t->store, &err), SPIL_DB, "transaction");
    assert_ok(spil_store_begin(t->store, &err));
    assert_fails(spil_store_begin(t->store, &err), SPIL_DB, "in a transaction already");
    t_store_reopen(t, SPIL_STORE_READ);
    assert_fails(spil_store_begin(t->store, &err), SPIL_DB, "open for reading");
}

static void store__lets_read_while_another_writes(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    spil_store *reader = NULL;
    spil_facts *facts = NULL;
    assert_ok(spil_store_begin(t->store, &err));
    add_people(t->store, t_add_source(t->store, "a.csv"), "P", 10);
    assert_ok(spil_store_open(&reader, t->path, SPIL_STORE_READ, &err));
    assert_ok(spil_store_load_facts(&facts, reader, &err));
    assert_int_equal(facts->entity_count, 0); /* as before */
    spil_facts_free(facts);
    assert_ok(spil_store_commit(t->store, &err));
    assert_ok(spil_store_load_facts(&facts, reader, &err));
    assert_int_equal(facts->entity_count, 10);
    spil_facts_free(facts);
    spil_store_close(reader);
}

static void store_begin__gives_up_on_a_locked_store(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    spil_store *second = NULL;
    assert_ok(spil_store_begin(t->store, &err));
    assert_ok(spil_store_open(&second, t->path, SPIL_STORE_WRITE, &err));
    spil_store_set_patience(second, 100);
    assert_fails(spil_store_begin(second, &err), SPIL_LOCKED, "another program");
    spil_store_set_patience(second, 60000);
    spil_request_stop(); /* Ctrl-C ends the waiting */
    assert_fails(spil_store_begin(second, &err), SPIL_CANCELLED, "");
    spil_clear_stop();
    spil_store_rollback(t->store);
    assert_ok(spil_store_begin(second, &err)); /* the next one works */
    spil_store_close(second);
}

static void store_begin__waits_its_turn(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    int ready[2];
    char byte = 0;
    spil_store_close(t->store);
    t->store = NULL;
    assert_int_equal(pipe(ready), 0);
    const pid_t child = fork();
    if (child == 0) {
        spil_store *store = NULL;
        if (spil_store_open(&store, t->path, SPIL_STORE_WRITE, NULL) != SPIL_OK ||
            spil_store_begin(store, NULL) != SPIL_OK || write(ready[1], "x", 1) != 1)
            _exit(1);
        add_people(store, t_add_source(store, "child.csv"), "C", 5);
        nap(300);
        _exit(spil_store_commit(store, NULL) == SPIL_OK ? 0 : 1);
    }
    assert_int_equal(read(ready[0], &byte, 1), 1);
    t_store_reopen(t, SPIL_STORE_WRITE);
    assert_ok(spil_store_begin(t->store, &err));
    add_people(t->store, t_add_source(t->store, "parent.csv"), "P", 5);
    assert_ok(spil_store_commit(t->store, &err));
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_int_equal(t_query(t->path, "SELECT count(*) FROM entity"), 10);
    (void)close(ready[0]);
    (void)close(ready[1]);
}

/* ---- the end of the process, the end of the disk ---- */

enum { EACH = 200 };

/* Imports of EACH persons, one transaction each, until killed. A small page cache makes SQLite
 * write to the file in the middle of transactions. */
static void import_until_killed(const char *path, unsigned round, int ready)
{
    spil_store *store = NULL;
    if (spil_store_open(&store, path, SPIL_STORE_WRITE, NULL) != SPIL_OK ||
        spil_db_exec(store, "PRAGMA cache_size = 5", NULL) != SPIL_OK || write(ready, "x", 1) != 1)
        _exit(1);
    for (unsigned i = 0;; i++) {
        char name[64];
        (void)snprintf(name, sizeof name, "%u-%u-", round, i);
        if (spil_store_begin(store, NULL) != SPIL_OK)
            _exit(1);
        add_people(store, t_add_source(store, name), name, EACH);
        if (spil_store_audit(store, "import", name, NULL) != SPIL_OK ||
            spil_store_commit(store, NULL) != SPIL_OK)
            _exit(1);
    }
}

static void store__is_whole_after_kill_9_at_any_moment(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    spil_rng rng = spil_rng_stream(7, 7);
    spil_store_close(t->store);
    t->store = NULL;
    int64_t before = 0;
    for (unsigned round = 0; round < 12; round++) {
        int ready[2], status = 0;
        char byte = 0;
        assert_int_equal(pipe(ready), 0);
        const pid_t child = fork();
        if (child == 0)
            import_until_killed(t->path, round, ready[1]);
        assert_int_equal(read(ready[0], &byte, 1), 1);
        nap(5 + (long)spil_rng_below(&rng, 40));
        assert_int_equal(kill(child, SIGKILL), 0);
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status));
        (void)close(ready[0]);
        (void)close(ready[1]);
        const int64_t sources = t_query(t->path, "SELECT count(*) FROM source");
        assert_int_equal(t_query(t->path, "SELECT count(*) FROM entity"), sources * EACH);
        assert_int_equal(t_query(t->path, "SELECT count(*) FROM audit"), sources + 1);
        assert_true(sources >= before);
        before = sources;
    }
    assert_true(before > 0);
    assert_int_equal(t_query(t->path, "SELECT integrity_check = 'ok' FROM pragma_integrity_check"),
                     1);
    t_store_reopen(t, SPIL_STORE_WRITE);
    assert_ok(spil_store_audit_verify(t->store, &err));
}

static void import_ten(spil_store *store, const char *name, const char *prefix)
{
    spil_err err = SPIL_ERR_INIT;
    assert_ok(spil_store_begin(store, &err));
    add_people(store, t_add_source(store, name), prefix, 10);
    assert_ok(spil_store_commit(store, &err));
}

/* An import that is larger than the disk fails, and then it never was. */
static void import_too_many(spil_store *store)
{
    spil_err err = SPIL_ERR_INIT;
    assert_ok(spil_store_begin(store, &err));
    const int64_t source = t_add_source(store, "too-many.csv");
    spil_status rc = SPIL_OK;
    for (unsigned i = 0; i < 100000 && rc == SPIL_OK; i++) {
        char key[32];
        int64_t id = 0;
        bool created = false;
        (void)snprintf(key, sizeof key, "Q%u", i);
        const spil_new_entity row = {SPIL_ENTITY_person, key, "a name", "", source, i};
        rc = spil_store_put_entity(store, &row, &id, &created, &err);
    }
    if (rc == SPIL_OK)
        rc = spil_store_commit(store, &err);
    assert_int_equal(rc, SPIL_IO);
    if (!strstr(err.msg, "no space left on the disk"))
        fail_msg("message '%s'", err.msg);
    spil_store_rollback(store);
    assert_int_equal(t_query(spil_store_path(store), "SELECT count(*) FROM entity"), 10);
}

static void store__is_as_before_when_the_file_may_not_grow(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    import_ten(t->store, "a.csv", "P");
    assert_ok(spil_db_exec(t->store, "PRAGMA max_page_count = 100", &err));
    import_too_many(t->store);
    assert_ok(spil_db_exec(t->store, "PRAGMA max_page_count = 1000000", &err));
    import_ten(t->store, "b.csv", "Q"); /* the next one works */
    assert_int_equal(t_query(t->path, "SELECT count(*) FROM entity"), 20);
}

static void store__is_as_before_when_the_disk_is_full(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    spil_store *store = NULL;
    char disk[96], path[128];
    (void)snprintf(disk, sizeof disk, "%s/disk", t->folder);
    (void)snprintf(path, sizeof path, "%s/case.db", disk);
    assert_int_equal(mkdir(disk, 0700), 0);
    if (mount("tmpfs", disk, "tmpfs", 0, "size=1m") != 0) {
        assert_int_equal(rmdir(disk), 0);
        fprintf(stderr, "SKIPPED: a full disk: only root may mount a small one\n");
        skip();
    }
    assert_ok(spil_store_create(path, &err));
    assert_ok(spil_store_open(&store, path, SPIL_STORE_WRITE, &err));
    assert_ok(spil_db_exec(store, "PRAGMA cache_size = 20", &err));
    import_ten(store, "a.csv", "P");
    import_too_many(store);
    import_ten(store, "b.csv", "Q"); /* the next one works, on the same connection */
    spil_store_close(store);
    assert_int_equal(t_query(path, "SELECT count(*) FROM entity"), 20);
    assert_int_equal(t_query(path, "SELECT integrity_check = 'ok' FROM pragma_integrity_check"), 1);
    assert_int_equal(umount(disk), 0);
    assert_int_equal(rmdir(disk), 0);
}

static spil_status create_and_remove(const t_store *t)
{
    const spil_status rc = spil_store_create(other_path(t), NULL);
    if (rc == SPIL_OK)
        (void)unlink(other_path(t));
    else
        assert_int_not_equal(access(other_path(t), F_OK), 0); /* nothing half made */
    return rc;
}

static void store_create__survives_every_failed_allocation(void **state)
{
    t_store *const t = *state;
    assert_survives_no_memory(create_and_remove(t));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T_STORE(store_create__makes_a_private_file),
        T_STORE(store_create__never_replaces_a_file),
        T_STORE(store_open__refuses_what_is_no_case_store),
        T_STORE(store_open__refuses_a_newer_schema),
        T_STORE(store_open__reads_a_file_that_may_not_be_written),
        T_STORE(store_rollback__undoes_everything_since_begin),
        T_STORE(store_begin__sees_what_another_program_wrote),
        T_STORE(store__writes_only_inside_a_transaction),
        T_STORE(store__lets_read_while_another_writes),
        T_STORE(store_begin__gives_up_on_a_locked_store),
        T_STORE(store_begin__waits_its_turn),
        T_STORE(store__is_whole_after_kill_9_at_any_moment),
        T_STORE(store__is_as_before_when_the_file_may_not_grow),
        T_STORE(store__is_as_before_when_the_disk_is_full),
        T_STORE(store_create__survives_every_failed_allocation),
    };
    return cmocka_run_group_tests_name("store_faults", tests, NULL, NULL);
}
