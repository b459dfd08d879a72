/* What came in stays as it came. SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/t.h"

#include "engine/store/db.h"
#include "tests/unit/t_store.h"

/* Two sources that overlap, in the given order; digests and contents do not depend on the order. */
static void import_one(spil_store *store, unsigned which)
{
    spil_err err = SPIL_ERR_INIT;
    assert_ok(spil_store_begin(store, &err));
    const int64_t source = t_add_source(store, which ? "second.csv" : "first.csv");
    const int64_t jan = t_put(store, SPIL_ENTITY_person, "P10", which ? "Jan de Vries" : "J. de V.",
                              source, which ? 7 : 2);
    if (which) {
        const int64_t home =
            t_put(store, SPIL_ENTITY_address, "A1", "Dorpsstraat 1, Ons Dorp", source, 3);
        t_link(store, jan, home, 2.5, source, 4);
        assert_ok(
            spil_store_add_attribute(store, home, "municipality", "Ons Dorp", source, 3, &err));
        const spil_new_signal signal = {home, "power_theft", 0.75, 0.8, 19000, source, 5};
        assert_ok(spil_store_add_signal(store, &signal, &err));
    } else {
        const int64_t piet = t_put(store, SPIL_ENTITY_person, "P9", "Piet", source, 3);
        t_link(store, piet, jan, 1, source, 9);
        t_link(store, jan, piet, 3, source, 8);
        const spil_new_role role = {
            jan, "cannabis_cultivation", "location", "landlord", 0.9, source, 11};
        assert_ok(spil_store_add_role(store, &role, &err));
    }
    assert_ok(spil_store_count_source(store, source, 20, 18, 2, 1, &err));
    assert_ok(spil_store_commit(store, &err));
}

static void import_both(spil_store *store, bool reversed)
{
    import_one(store, reversed ? 1 : 0);
    import_one(store, reversed ? 0 : 1);
}

static void store_load_facts__gives_back_what_came_in(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    spil_facts *facts = NULL;
    import_both(t->store, false);
    t_store_reopen(t, SPIL_STORE_READ);
    assert_ok(spil_store_load_facts(&facts, t->store, &err));

    assert_int_equal(facts->source_count, 2);
    assert_int_equal(facts->entity_count, 3);
    assert_string_equal(facts->entities[0].key, "A1");
    assert_string_equal(facts->entities[1].key, "P9"); /* natural order */
    assert_string_equal(facts->entities[2].key, "P10");
    assert_int_equal(facts->entities[0].kind, SPIL_ENTITY_address);
    assert_string_equal(facts->entities[2].label, "Jan de Vries"); /* the longer one */

    assert_int_equal(facts->link_count, 3);
    assert_int_equal(facts->links[0].from, 1);
    assert_int_equal(facts->links[0].to, 2);
    assert_close(facts->links[0].weight, 1, 0);
    assert_int_equal(facts->links[1].from, 2);
    assert_int_equal(facts->links[1].to, 0);
    assert_close(facts->links[1].weight, 2.5, 0);
    assert_close(facts->links[1].confidence, 0.5, 0);
    assert_string_equal(facts->links[1].type, "MET");
    assert_int_equal(facts->links[1].since, SPIL_NO_DAY);
    assert_int_equal(facts->links[1].origin.line, 4);
    assert_string_equal(facts->sources[facts->links[1].origin.source].path, "second.csv");

    assert_int_equal(facts->role_count, 1);
    assert_string_equal(facts->roles[0].role, "landlord");
    assert_int_equal(facts->roles[0].entity, 2);
    assert_int_equal(facts->signal_count, 1);
    assert_close(facts->signals[0].strength, 0.75, 0);
    assert_int_equal(facts->signals[0].date, 19000);
    assert_int_equal(facts->newest, 19000);
    assert_string_equal(spil_facts_attribute(facts, 0, "municipality"), "Ons Dorp");

    const spil_source *const source = &facts->sources[facts->roles[0].origin.source];
    assert_string_equal(source->path, "first.csv");
    assert_string_equal(source->owner, "police");
    assert_int_equal(source->keep_until, 20000);
    assert_int_equal(source->rows, 20);
    assert_int_equal(source->accepted, 18);
    assert_int_equal(source->rejected, 2);
    assert_int_equal(source->merged, 1);
    spil_facts_free(facts);
}

static void assert_same_facts(const spil_facts *a, const spil_facts *b)
{
    assert_int_equal(a->entity_count, b->entity_count);
    assert_int_equal(a->link_count, b->link_count);
    for (size_t i = 0; i < a->entity_count; i++) {
        assert_string_equal(a->entities[i].key, b->entities[i].key);
        assert_string_equal(a->entities[i].label, b->entities[i].label);
        assert_int_equal(a->entities[i].origin.source, b->entities[i].origin.source);
        assert_int_equal(a->entities[i].origin.line, b->entities[i].origin.line);
    }
    for (size_t i = 0; i < a->link_count; i++) {
        assert_int_equal(a->links[i].from, b->links[i].from);
        assert_int_equal(a->links[i].to, b->links[i].to);
        assert_int_equal(a->links[i].origin.source, b->links[i].origin.source);
        assert_int_equal(a->links[i].origin.line, b->links[i].origin.line);
        assert_close(a->links[i].weight, b->links[i].weight, 0);
    }
    for (size_t i = 0; i < a->source_count; i++)
        assert_string_equal(a->sources[i].sha256, b->sources[i].sha256);
    assert_int_equal(a->signals[0].entity, b->signals[0].entity);
    assert_int_equal(a->roles[0].entity, b->roles[0].entity);
}

static void store__facts_and_digest_do_not_depend_on_the_order_of_import(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    spil_facts *facts = NULL, *reversed = NULL;
    spil_store *other = NULL;
    char path[128], digest[65], other_digest[65];
    (void)snprintf(path, sizeof path, "%s/other.db", t->folder);
    assert_ok(spil_store_create(path, &err));
    assert_ok(spil_store_open(&other, path, SPIL_STORE_WRITE, &err));
    import_both(t->store, false);
    import_both(other, true);
    assert_ok(spil_store_load_facts(&facts, t->store, &err));
    assert_ok(spil_store_load_facts(&reversed, other, &err));
    assert_same_facts(facts, reversed);
    assert_ok(spil_store_input_digest(t->store, digest, &err));
    assert_ok(spil_store_input_digest(other, other_digest, &err));
    assert_string_equal(digest, other_digest);
    spil_facts_free(facts);
    spil_facts_free(reversed);
    spil_store_close(other);
}

static void store_input_digest__changes_with_each_source(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    char empty[65], one[65], two[65];
    assert_ok(spil_store_input_digest(t->store, empty, &err));
    import_one(t->store, 0);
    assert_ok(spil_store_input_digest(t->store, one, &err));
    import_one(t->store, 1);
    assert_ok(spil_store_input_digest(t->store, two, &err));
    assert_string_not_equal(empty, one);
    assert_string_not_equal(one, two);
}

static void store_find_source__knows_the_bytes_again(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    int64_t id = -1;
    assert_ok(spil_store_find_source(t->store, "0123", &id, &err));
    assert_int_equal(id, 0);
    assert_ok(spil_store_begin(t->store, &err));
    const int64_t source = t_add_source(t->store, "a.csv");
    assert_ok(spil_store_commit(t->store, &err));
    spil_facts *facts = NULL;
    assert_ok(spil_store_load_facts(&facts, t->store, &err));
    assert_ok(spil_store_find_source(t->store, facts->sources[0].sha256, &id, &err));
    assert_int_equal(id, source);
    spil_facts_free(facts);
}

static void store_put_entity__makes_one_for_each_key(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    int64_t first = 0, again = 0;
    bool created = false;
    assert_ok(spil_store_begin(t->store, &err));
    const int64_t source = t_add_source(t->store, "a.csv");
    spil_new_entity row = {SPIL_ENTITY_company, "C1", NULL, NULL, source, 1};
    assert_ok(spil_store_put_entity(t->store, &row, &first, &created, &err));
    assert_true(created);
    row.label = "Bakkerij BV";
    assert_ok(spil_store_put_entity(t->store, &row, &again, &created, &err));
    assert_false(created);
    assert_int_equal(first, again);
    row.label = "Another name"; /* the first one stays */
    assert_ok(spil_store_put_entity(t->store, &row, &again, &created, &err));
    assert_ok(spil_store_commit(t->store, &err));
    assert_int_equal(t_query(t->path, "SELECT count(*) FROM entity"), 1);
    assert_int_equal(t_query(t->path, "SELECT label = 'Bakkerij BV' FROM entity"), 1);
    assert_int_equal(t_query(t->path, "SELECT count(*) FROM mention"), 0);
}

static void store_put_entity__keeps_what_each_source_said(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    import_both(t->store, false);
    assert_int_equal(t_query(t->path, "SELECT count(*) FROM entity"), 3);
    assert_int_equal(t_query(t->path, "SELECT label = 'J. de V.' FROM entity WHERE key = 'P10'"),
                     1);
    assert_int_equal(t_query(t->path, "SELECT label = 'Jan de Vries' AND line = 7 FROM mention"),
                     1);
    /* a cache that starts on a filled store finds the same entities */
    t_store_reopen(t, SPIL_STORE_WRITE);
    assert_ok(spil_store_begin(t->store, &err));
    const int64_t third = t_add_source(t->store, "third.csv");
    int64_t id = 0;
    spil_entity_kind kind = SPIL_ENTITY_other;
    assert_ok(spil_store_find_entity(t->store, "A1", &id, &kind, &err));
    assert_true(id > 0);
    assert_int_equal(kind, SPIL_ENTITY_address);
    assert_int_equal(t_put(t->store, SPIL_ENTITY_address, "A1", NULL, third, 1), id);
    assert_ok(spil_store_find_entity(t->store, "nobody", &id, NULL, &err));
    assert_int_equal(id, 0);
    assert_ok(spil_store_commit(t->store, &err));
    assert_ok(spil_store_find_entity(t->store, "P9", &id, &kind, &err));
    assert_true(id > 0);
    assert_int_equal(kind, SPIL_ENTITY_person);
}

static void store_put_entity__refuses_a_key_of_another_kind(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    int64_t id = 0;
    bool created = false;
    import_both(t->store, false);
    assert_ok(spil_store_begin(t->store, &err));
    const spil_new_entity row = {SPIL_ENTITY_company, "P10", "X", NULL, 1, 1};
    assert_fails(spil_store_put_entity(t->store, &row, &id, &created, &err), SPIL_RANGE,
                 "'P10' is known as person, not as company; expected another key");
    const spil_new_entity nameless = {SPIL_ENTITY_company, "", "X", NULL, 1, 1};
    assert_fails(spil_store_put_entity(t->store, &nameless, &id, &created, &err), SPIL_RANGE,
                 "without a key");
    /* the transaction goes on */
    t_put(t->store, SPIL_ENTITY_company, "C3", "X", 1, 1);
    assert_ok(spil_store_commit(t->store, &err));
    assert_int_equal(t_query(t->path, "SELECT count(*) FROM entity"), 4);
}

static void store_add_link__refuses_numbers_that_are_none(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    assert_ok(spil_store_begin(t->store, &err));
    const int64_t source = t_add_source(t->store, "a.csv");
    const int64_t a = t_put(t->store, SPIL_ENTITY_person, "a", "", source, 1);
    spil_new_link row = {.from = a, .to = a, .weight = 0, .confidence = 1, .source = source};
    assert_fails(spil_store_add_link(t->store, &row, &err), SPIL_RANGE, "weight 0");
    row.weight = (double)NAN;
    assert_fails(spil_store_add_link(t->store, &row, &err), SPIL_RANGE, "weight");
    row.weight = (double)INFINITY;
    assert_fails(spil_store_add_link(t->store, &row, &err), SPIL_RANGE, "weight");
    row.weight = 1;
    row.confidence = 1.5;
    assert_fails(spil_store_add_link(t->store, &row, &err), SPIL_RANGE, "confidence 1.5");
    row.confidence = 1;
    row.to = 77;
    assert_fails(spil_store_add_link(t->store, &row, &err), SPIL_DB, "FOREIGN KEY");
}

static void store_begin_import__checks_references_as_sqlite_would(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    import_both(t->store, false);
    assert_ok(spil_store_begin_import(t->store, &err));
    assert_fails(spil_store_begin_import(t->store, &err), SPIL_DB, "in a transaction already");
    const int64_t source = t_add_source(t->store, "third.csv");
    const int64_t a = t_put(t->store, SPIL_ENTITY_person, "new", "", source, 1);
    t_link(t->store, a, a, 1, source, 2);
    t_link(t->store, a, 1, 1, 1, 2); /* ids that this transaction never asked for */
    spil_new_link row = {.from = a, .to = 77, .weight = 1, .confidence = 1, .source = source};
    assert_fails(spil_store_add_link(t->store, &row, &err), SPIL_DB, "no entity 77");
    row.to = INT64_MAX;
    assert_fails(spil_store_add_link(t->store, &row, &err), SPIL_DB, "no entity 92233720368");
    row.to = -1;
    assert_fails(spil_store_add_link(t->store, &row, &err), SPIL_DB, "no entity -1");
    row.to = a;
    row.source = 9;
    assert_fails(spil_store_add_link(t->store, &row, &err), SPIL_DB, "no source 9");
    const spil_new_role role = {77, "m", "s", "r", 1, source, 1};
    assert_fails(spil_store_add_role(t->store, &role, &err), SPIL_DB, "no entity 77");
    const spil_new_signal signal = {a, "c", 1, 1, 0, 9, 1};
    assert_fails(spil_store_add_signal(t->store, &signal, &err), SPIL_DB, "no source 9");
    assert_fails(spil_store_add_attribute(t->store, 77, "a", "b", source, 1, &err), SPIL_DB,
                 "no entity 77");
    const spil_reject reject = {NULL, 1, NULL, "x", "y"};
    assert_fails(spil_store_add_reject(t->store, 9, &reject, &err), SPIL_DB, "no source 9");
    assert_ok(spil_store_commit(t->store, &err));
    assert_int_equal(t_query(t->path, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
    /* an ordinary transaction has SQLite check again, on the same statements */
    assert_ok(spil_store_begin(t->store, &err));
    row.source = source;
    row.to = 77;
    assert_fails(spil_store_add_link(t->store, &row, &err), SPIL_DB, "FOREIGN KEY");
    spil_store_rollback(t->store);
    assert_ok(spil_store_begin_import(t->store, &err));
    spil_store_rollback(t->store);
    assert_ok(spil_store_begin(t->store, &err));
    assert_fails(spil_store_add_link(t->store, &row, &err), SPIL_DB, "FOREIGN KEY");
}

/* Rows go to SQLite many at a time, and what a statement holds already is not given to it again:
 * every value arrives all the same, in columns that never, seldom and always change. */
static void store_begin_import__keeps_each_value_of_many_rows(void **state)
{
    t_store *const t = *state;
    enum { ENTITIES = 1500, LINKS = 5000 };
    spil_err err = SPIL_ERR_INIT;
    int64_t ids[ENTITIES];
    char text[40];
    assert_ok(spil_store_begin_import(t->store, &err));
    const int64_t source = t_add_source(t->store, "many.csv");
    for (int i = 0; i < ENTITIES; i++) {
        (void)snprintf(text, sizeof text, "k%d", i);
        ids[i] = t_put(t->store, i % 3 ? SPIL_ENTITY_person : SPIL_ENTITY_company, text,
                       i % 5 ? "" : text, source, (uint64_t)i);
        assert_ok(spil_store_add_attribute(t->store, ids[i], i % 7 ? "city" : "street", text,
                                           source, (uint64_t)i, &err));
    }
    for (int i = 0; i < LINKS; i++) {
        (void)snprintf(text, sizeof text, "t%d", i % 40 / 35 * i);
        const spil_new_link row = {.from = ids[i % ENTITIES],
                                   .to = ids[(i + 1 + i / 100) % ENTITIES],
                                   .kind = i / 64 % 2 ? SPIL_LINK_met : SPIL_LINK_called,
                                   .type = i % 40 < 35 ? "" : text,
                                   .weight = 1 + i / 50 % 3,
                                   .confidence = i % 2 ? 0.5 : 1,
                                   .since = i / 33 % 2 ? SPIL_NO_DAY : i,
                                   .until = SPIL_NO_DAY,
                                   .source = source,
                                   .line = (uint64_t)i};
        assert_ok(spil_store_add_link(t->store, &row, &err));
    }
    assert_ok(spil_store_commit(t->store, &err));
    assert_int_equal(t_query(t->path, "SELECT count(*) FROM link WHERE id = line + 1"), LINKS);
    assert_int_equal(t_query(t->path, "SELECT count(*) FROM entity WHERE id = line + 1 AND"
                                      " \"key\" = 'k' || line AND type = '' AND"
                                      " kind = iif(line % 3, 'person', 'company') AND"
                                      " label = iif(line % 5, '', \"key\")"),
                     ENTITIES);
    assert_int_equal(t_query(t->path, "SELECT count(*) FROM attribute WHERE entity = line + 1 AND"
                                      " name = iif(line % 7, 'city', 'street') AND"
                                      " value = 'k' || line"),
                     ENTITIES);
    assert_int_equal(t_query(t->path,
                             "SELECT count(*) FROM link WHERE from_entity = line % 1500 + 1 AND"
                             " to_entity = (line + 1 + line / 100) % 1500 + 1 AND"
                             " kind = iif(line / 64 % 2, 'met', 'called') AND"
                             " type = iif(line % 40 < 35, '', 't' || line) AND"
                             " weight = 1 + line / 50 % 3 AND"
                             " confidence = iif(line % 2, 0.5, 1) AND"
                             " since IS iif(line / 33 % 2, NULL, line) AND until IS NULL"),
                     LINKS);
}

/* SQLite does not check ranges while importing, but the store does, and SQLite again afterwards. */
static void store_begin_import__lets_no_number_in_that_is_none(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    assert_ok(spil_store_begin_import(t->store, &err));
    const int64_t source = t_add_source(t->store, "x.csv");
    const int64_t a = t_put(t->store, SPIL_ENTITY_person, "a", "", source, 1);
    const int64_t b = t_put(t->store, SPIL_ENTITY_person, "b", "", source, 2);
    const double bad[] = {-0.1, 1.1, (double)NAN, (double)INFINITY};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        spil_new_link link = {
            .from = a, .to = b, .weight = 1, .confidence = bad[i], .source = source};
        assert_fails(spil_store_add_link(t->store, &link, &err), SPIL_RANGE, "confidence");
        link.confidence = 1;
        link.weight = i == 1 ? 0 : bad[i];
        assert_fails(spil_store_add_link(t->store, &link, &err), SPIL_RANGE, "weight");
        const spil_new_role role = {a, "m", "s", "r", bad[i], source, 1};
        assert_fails(spil_store_add_role(t->store, &role, &err), SPIL_RANGE, "confidence");
        spil_new_signal signal = {a, "c", bad[i], 1, 0, source, 1};
        assert_fails(spil_store_add_signal(t->store, &signal, &err), SPIL_RANGE, "strength");
        signal.strength = 1;
        signal.confidence = bad[i];
        assert_fails(spil_store_add_signal(t->store, &signal, &err), SPIL_RANGE, "confidence");
    }
    assert_ok(spil_store_commit(t->store, &err));
    assert_int_equal(t_query(t->path, "SELECT count(*) FROM link"), 0);
    assert_ok(spil_store_begin(t->store, &err));
    assert_fails(
        spil_db_exec(t->store, "INSERT INTO link VALUES (1,1,2,'met','',-1,1,0,0,1,1)", &err),
        SPIL_DB, "CHECK constraint");
}

typedef struct seen {
    size_t count;
    char text[4096];
} seen;

static spil_status see_reject(const spil_reject *row, void *user, spil_err *err)
{
    seen *const s = user;
    s->count++;
    (void)snprintf(s->text, sizeof s->text, "%s:%d:%s:%s:%s", row->path, (int)row->line,
                   row->column, row->reason, row->raw);
    return s->count == 3 ? spil_fail(err, SPIL_CANCELLED, "enough") : SPIL_OK;
}

static spil_status see_drop(const spil_drop *row, void *user, spil_err *err)
{
    seen *const s = user;
    (void)err;
    s->count++;
    (void)snprintf(s->text, sizeof s->text, "%s:%s:%s:%d", row->path, row->column, row->reason,
                   (int)row->rows);
    return SPIL_OK;
}

static void store_each_reject__tells_what_was_left_out(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    char raw[1200];
    memset(raw, 'x', sizeof raw);
    memcpy(raw + 999, "\xc3\xa9", 2); /* an e-acute across the cut */
    raw[1199] = '\0';
    assert_ok(spil_store_begin(t->store, &err));
    const int64_t source = t_add_source(t->store, "a.csv");
    spil_reject row = {NULL, 9, "weight", "is no number", raw};
    assert_ok(spil_store_add_reject(t->store, source, &row, &err));
    row = (spil_reject){NULL, 5, NULL, "too few columns", "a;b"};
    assert_ok(spil_store_add_reject(t->store, source, &row, &err));
    const spil_drop drop = {NULL, "nationality", "a trait", 12};
    assert_ok(spil_store_add_drop(t->store, source, &drop, &err));
    assert_ok(spil_store_commit(t->store, &err));

    seen rejects = {0}, drops = {0};
    assert_ok(spil_store_each_reject(t->store, see_reject, &rejects, &err));
    assert_int_equal(rejects.count, 2);
    assert_memory_equal(rejects.text, "a.csv:9:weight:is no number:xxx", 31); /* line 9 is last */
    assert_int_equal(strlen(rejects.text), strlen("a.csv:9:weight:is no number:") + 999);
    assert_ok(spil_store_each_drop(t->store, see_drop, &drops, &err));
    assert_string_equal(drops.text, "a.csv:nationality:a trait:12");
    rejects.count = 1;
    assert_fails(spil_store_each_reject(t->store, see_reject, &rejects, &err), SPIL_CANCELLED,
                 "enough");
    rejects.count = 0; /* and the cursor is free again */
    assert_ok(spil_store_each_reject(t->store, see_reject, &rejects, &err));
}

static void store_audit__is_a_chain_that_shows_meddling(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    assert_ok(spil_store_begin(t->store, &err));
    assert_ok(spil_store_audit(t->store, "import", "a.csv", &err));
    assert_ok(spil_store_audit(t->store, "analyze", NULL, &err));
    assert_ok(spil_store_commit(t->store, &err));
    assert_ok(spil_store_audit_verify(t->store, &err));
    assert_int_equal(t_query(t->path, "SELECT count(*) FROM audit"), 3); /* create was first */
    t_sql(t->path, "DROP TRIGGER audit_keeps_its_words;"
                   "UPDATE audit SET detail = 'b.csv' WHERE number = 2");
    assert_fails(spil_store_audit_verify(t->store, &err), SPIL_INPUT, "entry 2 does not fit");
    t_sql(t->path, "UPDATE audit SET detail = 'a.csv' WHERE number = 2");
    assert_ok(spil_store_audit_verify(t->store, &err));
    t_sql(t->path, "DROP TRIGGER audit_keeps_its_rows; DELETE FROM audit WHERE number = 2");
    assert_fails(spil_store_audit_verify(t->store, &err), SPIL_INPUT, "entry 2 does not fit");
}

static spil_status import_and_load(t_store *t, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_store *store = NULL;
    spil_facts *facts = NULL;
    TRY(spil_store_open(&store, t->path, SPIL_STORE_WRITE, err));
    TRY(spil_store_begin_import(store, err));
    int64_t id = 0;
    bool created = false;
    const spil_new_entity row = {SPIL_ENTITY_person, "P10", "label", "type", 1, 1};
    TRY(spil_store_put_entity(store, &row, &id, &created, err));
    TRY(spil_store_load_facts(&facts, store, err));
done:
    spil_facts_free(facts);
    spil_store_close(store); /* rolls back */
    return rc;
}

static void store__survives_every_failed_allocation(void **state)
{
    t_store *const t = *state;
    import_both(t->store, false);
    assert_survives_no_memory(import_and_load(t, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T_STORE(store_load_facts__gives_back_what_came_in),
        T_STORE(store__facts_and_digest_do_not_depend_on_the_order_of_import),
        T_STORE(store_input_digest__changes_with_each_source),
        T_STORE(store_find_source__knows_the_bytes_again),
        T_STORE(store_put_entity__makes_one_for_each_key),
        T_STORE(store_put_entity__keeps_what_each_source_said),
        T_STORE(store_put_entity__refuses_a_key_of_another_kind),
        T_STORE(store_add_link__refuses_numbers_that_are_none),
        T_STORE(store_begin_import__checks_references_as_sqlite_would),
        T_STORE(store_begin_import__keeps_each_value_of_many_rows),
        T_STORE(store_begin_import__lets_no_number_in_that_is_none),
        T_STORE(store_each_reject__tells_what_was_left_out),
        T_STORE(store_audit__is_a_chain_that_shows_meddling),
        T_STORE(store__survives_every_failed_allocation),
    };
    return cmocka_run_group_tests_name("store_import", tests, NULL, NULL);
}
