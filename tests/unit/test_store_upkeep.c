/* What must go is gone, what may stay is sound. SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/t.h"

#include "engine/base/digest.h"
#include "engine/base/file.h"
#include "engine/store/results.h"
#include "engine/store/schema.h"
#include "engine/store/upkeep.h"
#include "tests/unit/t_store.h"

static int64_t add_source(spil_store *store, const char *name, spil_day keep_until)
{
    spil_err err = SPIL_ERR_INIT;
    int64_t id = 0;
    char sha256[SPIL_DIGEST_TEXT];
    spil_digest digest;
    spil_digest_begin(&digest);
    spil_digest_add_text(&digest, name);
    spil_digest_end(&digest, sha256);
    const spil_source row = {
        .path = name, .sha256 = sha256, .loader = "links", .keep_until = keep_until};
    assert_ok(spil_store_add_source(store, &row, 1, &id, &err));
    return id;
}

/* old.csv expires on day 100, new.csv on day 200, own.csv never. Both old and new name `shared`;
 * only old names `gone`; old names `linked`, and own has a link to it. */
static void fill(spil_store *store)
{
    spil_err err = SPIL_ERR_INIT;
    assert_ok(spil_store_begin_import(store, &err));
    const int64_t old = add_source(store, "old.csv", 100);
    const int64_t gone = t_put(store, SPIL_ENTITY_person, "gone", "Zwartkop-Oudshoorn", old, 2);
    const int64_t linked = t_put(store, SPIL_ENTITY_person, "linked", "Naamloos-Verdwenen", old, 3);
    const int64_t shared = t_put(store, SPIL_ENTITY_person, "shared", "Oude-Naam", old, 4);
    t_link(store, gone, shared, 1, old, 5);
    t_link(store, shared, linked, 2, old, 6);
    const spil_new_signal signal = {gone, "smell", 1, 1, 50, old, 7};
    assert_ok(spil_store_add_signal(store, &signal, &err));
    const spil_reject reject = {NULL, 8, "x", "y", "Afgekeurde-Regel"};
    assert_ok(spil_store_add_reject(store, old, &reject, &err));
    assert_ok(spil_store_count_source(store, old, 507, 506, 1, 0, &err));
    for (unsigned i = 0; i < 500; i++) { /* enough for pages of its own */
        char key[32];
        (void)snprintf(key, sizeof key, "bulk%u", i);
        (void)t_put(store, SPIL_ENTITY_person, key, "Bulkpersoon-Tijdelijk", old, 100 + i);
    }
    const int64_t newer = add_source(store, "new.csv", 200);
    (void)t_put(store, SPIL_ENTITY_person, "shared", "Nieuwe-Naam", newer, 9);
    const int64_t own = add_source(store, "own.csv", SPIL_NO_DAY);
    const int64_t home = t_put(store, SPIL_ENTITY_address, "home", "Laan 1", own, 10);
    t_link(store, linked, home, 4, own, 11);
    assert_ok(spil_store_commit(store, &err));
}

static void add_decided_run(spil_store *store)
{
    spil_err err = SPIL_ERR_INIT;
    spil_facts *facts = NULL;
    int64_t run = 0;
    assert_ok(spil_store_begin(store, &err));
    assert_ok(spil_store_load_facts(&facts, store, &err));
    const spil_run_row row = {.command = "analyze", .as_of = SPIL_NO_DAY};
    const spil_community_row community = {.size = 1};
    const uint32_t who = spil_facts_find(facts, "gone");
    spil_action_row action = {.entity = who, .model = "m", .partner = "police"};
    assert_ok(spil_store_add_run(store, &row, &run, &err));
    assert_ok(spil_store_add_communities(store, run, &community, 1, &err));
    assert_ok(spil_store_add_actions(store, run, facts, 0, &action, 1, &err));
    spil_target_row target = {.action = action.id};
    assert_ok(spil_store_add_targets(store, run, &target, 1, &err));
    const spil_decision_row decision = {target.id, SPIL_VERDICT_ACCEPTED, "A. Bakker", "fits", 0};
    assert_ok(spil_store_add_decision(store, &decision, &err));
    assert_ok(spil_store_commit(store, &err));
    spil_facts_free(facts);
}

static bool holds(const char *path, const char *text)
{
    spil_err err = SPIL_ERR_INIT;
    char *bytes = NULL;
    size_t length = 0;
    bool found = false;
    if (spil_read_file(&bytes, &length, path, 1 << 24, &err) != SPIL_OK)
        return false;
    const size_t wanted = strlen(text);
    for (size_t i = 0; i + wanted <= length && !found; i++)
        found = memcmp(bytes + i, text, wanted) == 0;
    spil_free(bytes);
    return found;
}

static void store_purge__leaves_no_trace_of_what_expired(void **state)
{
    static const char *const names[] = {"Zwartkop-Oudshoorn", "Naamloos-Verdwenen", "Oude-Naam",
                                        "Afgekeurde-Regel",   "Bulkpersoon",        "bulk499"};
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    spil_purged gone;
    char wal[128];
    (void)snprintf(wal, sizeof wal, "%s-wal", t->path);
    fill(t->store);
    add_decided_run(t->store);
    assert_true(holds(t->path, names[0]) || holds(wal, names[0])); /* the search can find */
    assert_ok(spil_store_purge(&gone, t->store, 101, &err));
    assert_int_equal(gone.sources, 1);
    assert_int_equal(gone.entities, 501);
    assert_int_equal(gone.links, 2);
    assert_int_equal(gone.signals, 1);
    assert_int_equal(gone.rejects, 1);
    assert_int_equal(gone.runs, 1);
    assert_int_equal(gone.decisions, 1);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (holds(t->path, names[i]) || holds(wal, names[i]))
            fail_msg("'%s' is still in the file", names[i]);
    }
    assert_true(holds(t->path, "Nieuwe-Naam"));
}

static void store_purge__keeps_what_other_sources_said(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    spil_purged gone;
    spil_facts *facts = NULL;
    uint64_t problems = 1;
    fill(t->store);
    assert_ok(spil_store_purge(&gone, t->store, 101, &err));
    assert_ok(spil_store_load_facts(&facts, t->store, &err));
    assert_int_equal(facts->source_count, 2);
    assert_int_equal(facts->entity_count, 3);
    const spil_entity *const shared = &facts->entities[spil_facts_find(facts, "shared")];
    assert_string_equal(shared->label, "Nieuwe-Naam");
    assert_string_equal(facts->sources[shared->origin.source].path, "new.csv");
    assert_int_equal(shared->origin.line, 9);
    const spil_entity *const linked = &facts->entities[spil_facts_find(facts, "linked")];
    assert_string_equal(linked->label, ""); /* nobody who is left gave one */
    assert_string_equal(facts->sources[linked->origin.source].path, "own.csv");
    assert_int_equal(linked->origin.line, 11);
    assert_int_equal(facts->link_count, 1);
    assert_close(facts->links[0].weight, 4, 0);
    assert_int_equal(t_query(t->path, "SELECT count(*) FROM mention"), 0);
    assert_ok(spil_store_check(t->store, NULL, NULL, &problems, &err));
    assert_int_equal(problems, 0);
    assert_int_equal(t_query(t->path, "SELECT count(*) FROM audit WHERE action = 'purge' AND"
                                      " detail LIKE '%1 sources, 501 entities%'"),
                     1);
    spil_facts_free(facts);
    /* the next import finds no ghosts */
    assert_ok(spil_store_begin_import(t->store, &err));
    int64_t id = 0;
    assert_ok(spil_store_find_entity(t->store, "gone", &id, NULL, &err));
    assert_int_equal(id, 0);
    (void)t_put(t->store, SPIL_ENTITY_company, "gone", "", add_source(t->store, "more.csv", 300),
                1);
    assert_ok(spil_store_commit(t->store, &err));
}

static void store_purge__does_nothing_before_its_day(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    spil_purged gone;
    spil_store_counts counts;
    fill(t->store);
    assert_ok(spil_store_purge(&gone, t->store, 100, &err)); /* day 100 itself may still be used */
    assert_int_equal(gone.sources, 0);
    assert_ok(spil_store_info(&counts, t->store, &err));
    assert_int_equal(counts.schema, spil_schema_version());
    assert_int_equal(counts.sources, 3);
    assert_int_equal(counts.entities, 504);
    assert_int_equal(counts.links, 3);
    assert_int_equal(counts.signals, 1);
    assert_int_equal(counts.rejects, 1);
    assert_int_equal(counts.audit_entries, 1);
    assert_int_equal(counts.first_expiry, 100);
    assert_true(counts.bytes >= 4096);
}

static void store_purge__waits_for_a_writer(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    spil_purged gone;
    spil_store *writer = NULL;
    spil_facts *facts = NULL;
    fill(t->store);
    assert_ok(spil_store_open(&writer, t->path, SPIL_STORE_WRITE, &err));
    assert_ok(spil_store_begin(writer, &err));
    spil_store_set_patience(t->store, 50);
    assert_fails(spil_store_purge(&gone, t->store, 101, &err), SPIL_LOCKED, "another program");
    spil_store_close(writer);
    assert_ok(spil_store_load_facts(&facts, t->store, &err));
    assert_int_equal(facts->entity_count, 504); /* as before */
    spil_facts_free(facts);
    assert_ok(spil_store_purge(&gone, t->store, 101, &err));
    assert_int_equal(gone.sources, 1);
}

/* In the middle of reading, another connection purges. */
static spil_status purge_meanwhile(const spil_reject *row, void *user, spil_err *err)
{
    t_store *const t = user;
    spil_purged gone;
    (void)row;
    spil_store_set_patience(t->store, 50);
    return spil_store_purge(&gone, t->store, 101, err);
}

static void store_purge__says_when_a_reader_keeps_the_old_pages(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    spil_store *reader = NULL;
    spil_purged gone;
    fill(t->store);
    spil_store_close(t->store); /* a purge is a command of its own */
    assert_ok(spil_store_open(&t->store, t->path, SPIL_STORE_WRITE, &err));
    assert_ok(spil_store_open(&reader, t->path, SPIL_STORE_READ, &err));
    assert_fails(spil_store_each_reject(reader, purge_meanwhile, t, &err), SPIL_LOCKED,
                 "still has to be rebuilt");
    spil_store_close(reader);
    assert_int_equal(t_query(t->path, "SELECT count(*) FROM source"), 2);
    assert_ok(spil_store_purge(&gone, t->store, 101, &err)); /* rebuilds */
    assert_false(holds(t->path, "Zwartkop-Oudshoorn"));
}

typedef struct seen {
    size_t count;
    char text[4096];
} seen;

static void see(const char *problem, void *user)
{
    seen *const s = user;
    s->count++;
    (void)strncat(s->text, problem, sizeof s->text - strlen(s->text) - 1);
    (void)strncat(s->text, "\n", sizeof s->text - strlen(s->text) - 1);
}

static void store_check__names_what_is_wrong(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    seen found = {0};
    uint64_t problems = 7;
    fill(t->store);
    assert_ok(spil_store_check(t->store, see, &found, &problems, &err));
    assert_int_equal(problems, 0);
    t_sql(t->path, "PRAGMA foreign_keys = OFF;"
                   "UPDATE link SET to_entity = 9999 WHERE id = 1;"
                   "UPDATE entity SET kind = 'robot' WHERE key = 'home';"
                   "DELETE FROM reject;"
                   "DROP TRIGGER audit_keeps_its_words;"
                   "UPDATE audit SET detail = 'nothing happened'");
    assert_ok(spil_store_check(t->store, see, &found, &problems, &err));
    assert_int_equal(problems, 4);
    assert_int_equal(found.count, 4);
    assert_non_null(strstr(found.text, "says that 1 of its rows were rejected, but 0 are kept"));
    assert_non_null(strstr(found.text, "row 1 of link names a row of entity that is not there"));
    assert_non_null(strstr(found.text, "1 rows of entity are of an unknown kind 'robot'"));
    assert_non_null(strstr(found.text, "audit entry 1 does not fit"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T_STORE(store_purge__leaves_no_trace_of_what_expired),
        T_STORE(store_purge__keeps_what_other_sources_said),
        T_STORE(store_purge__does_nothing_before_its_day),
        T_STORE(store_purge__waits_for_a_writer),
        T_STORE(store_purge__says_when_a_reader_keeps_the_old_pages),
        T_STORE(store_check__names_what_is_wrong),
    };
    return cmocka_run_group_tests_name("store_upkeep", tests, NULL, NULL);
}
