/* test_store_outcome.c - what was done stays on record: engine/store/outcome.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/t.h"

#include "engine/base/digest.h"
#include "engine/store/outcome.h"
#include "engine/store/upkeep.h"
#include "tests/unit/t_store.h"

static const spil_outcome closed = {.model = "m",
                                    .step = "s",
                                    .barrier = "closure",
                                    .partner = "municipality",
                                    .key = "A1",
                                    .day = 100,
                                    .done = true,
                                    .result = SPIL_OUTCOME_WORKS,
                                    .hours = 12,
                                    .reporter = "Ann",
                                    .note = "sealed"};

static void fill(spil_store *store)
{
    spil_err err;
    assert_ok(spil_store_begin_import(store, &err));
    spil_digest digest;
    char sha256[SPIL_DIGEST_TEXT];
    int64_t source = 0;
    spil_digest_begin(&digest);
    spil_digest_add_text(&digest, "old.csv");
    spil_digest_end(&digest, sha256);
    const spil_source row = {
        .path = "old.csv", .sha256 = sha256, .loader = "links", .keep_until = 50};
    assert_ok(spil_store_add_source(store, &row, 1, &source, &err));
    (void)t_put(store, SPIL_ENTITY_address, "A1", "Laan 1", source, 2);
    assert_ok(spil_store_commit(store, &err));
}

static spil_outcome_put put(spil_store *store, const spil_outcome *row)
{
    spil_err err;
    spil_outcome_put what = SPIL_OUTCOME_PUTS;
    assert_ok(spil_store_begin(store, &err));
    assert_ok(spil_store_put_outcome(store, row, &what, &err));
    assert_ok(spil_store_commit(store, &err));
    return what;
}

typedef struct seen {
    size_t count;
    spil_outcome last;
    char key[16], note[16], reporter[16];
} seen;

static spil_status look(const spil_outcome *row, void *user, spil_err *err)
{
    (void)err;
    seen *const s = user;
    s->count++;
    s->last = *row;
    (void)snprintf(s->key, sizeof s->key, "%s", row->key);
    (void)snprintf(s->note, sizeof s->note, "%s", row->note);
    (void)snprintf(s->reporter, sizeof s->reporter, "%s", row->reporter);
    return SPIL_OK;
}

static seen read_all(spil_store *store)
{
    spil_err err;
    seen s = {0};
    assert_ok(spil_store_each_outcome(store, look, &s, &err));
    return s;
}

static void outcome_put__keeps_once_and_overrules(void **state)
{
    t_store *const t = *state;
    fill(t->store);
    assert_int_equal(put(t->store, &closed), SPIL_OUTCOME_NEW);
    assert_int_equal(put(t->store, &closed), SPIL_OUTCOME_SAME);
    spil_outcome failed = closed;
    failed.result = SPIL_OUTCOME_FAILS;
    failed.hours = (double)NAN;
    failed.reporter = "Bo";
    assert_int_equal(put(t->store, &failed), SPIL_OUTCOME_CHANGED);
    assert_int_equal(put(t->store, &failed), SPIL_OUTCOME_SAME);
    const seen s = read_all(t->store);
    assert_int_equal(s.count, 1);
    assert_string_equal(s.key, "A1");
    assert_string_equal(s.reporter, "Bo");
    assert_int_equal(s.last.result, SPIL_OUTCOME_FAILS);
    assert_int_equal(s.last.day, 100);
    assert_true(s.last.done && isnan(s.last.hours));
    assert_int_equal(t_query(t->path, "SELECT count(*) FROM audit WHERE action = 'outcome'"), 2);
    assert_int_equal(t_query(t->path, "SELECT count(*) FROM audit WHERE detail LIKE '%A1%'"), 0);
    failed.day = 101;
    assert_int_equal(put(t->store, &failed), SPIL_OUTCOME_NEW);
    assert_int_equal(read_all(t->store).count, 2);
}

static void outcome_put__refuses_what_cannot_be(void **state)
{
    t_store *const t = *state;
    spil_err err;
    spil_outcome_put what = SPIL_OUTCOME_PUTS;
    fill(t->store);
    spil_outcome row = closed;
    assert_fails(spil_store_put_outcome(t->store, &row, &what, &err), SPIL_DB, "transaction");
    assert_ok(spil_store_begin(t->store, &err));
    row.key = "A2";
    assert_fails(spil_store_put_outcome(t->store, &row, &what, &err), SPIL_NOT_FOUND, "'A2'");
    row = closed;
    row.done = false;
    assert_fails(spil_store_put_outcome(t->store, &row, &what, &err), SPIL_INPUT, "not done");
    row = closed;
    row.reporter = " ";
    assert_fails(spil_store_put_outcome(t->store, &row, &what, &err), SPIL_INPUT, "name");
    row = closed;
    row.day = SPIL_NO_DAY;
    assert_fails(spil_store_put_outcome(t->store, &row, &what, &err), SPIL_INPUT, "day");
    spil_store_rollback(t->store);
    assert_int_equal(what, SPIL_OUTCOME_PUTS);
    assert_int_equal(read_all(t->store).count, 0);
}

static void outcome__stays_as_a_number_when_the_entity_is_purged(void **state)
{
    t_store *const t = *state;
    spil_err err;
    spil_purged gone;
    fill(t->store);
    (void)put(t->store, &closed);
    assert_ok(spil_store_purge(&gone, t->store, 60, &err));
    assert_int_equal(gone.entities, 1);
    const seen s = read_all(t->store);
    assert_int_equal(s.count, 1);
    assert_string_equal(s.key, "");
    assert_string_equal(s.note, "");
    assert_int_equal(s.last.result, SPIL_OUTCOME_WORKS);
    assert_ok(spil_store_audit_verify(t->store, &err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T_STORE(outcome_put__keeps_once_and_overrules),
        T_STORE(outcome_put__refuses_what_cannot_be),
        T_STORE(outcome__stays_as_a_number_when_the_entity_is_purged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
