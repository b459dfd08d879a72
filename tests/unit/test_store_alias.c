/* Merged entities: seen as one, undone without a trace, gone with what they were made of.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/t.h"

#include "engine/base/digest.h"
#include "engine/store/alias.h"
#include "engine/store/upkeep.h"
#include "tests/unit/t_store.h"

/* P10 "Jan de Vries" of one file and P9 "J. de Vries" of another live at A1; P9 has a signal, P10
 * an attribute; P3 knows both. The ids of the persons come back in ids[3]: P9, P10, P3. The later
 * file expires on day 100. */
static void fill(spil_store *store, int64_t ids[3], bool reversed)
{
    spil_err err = SPIL_ERR_INIT;
    assert_ok(spil_store_begin_import(store, &err));
    int64_t source[2];
    source[reversed] = t_add_source(store, reversed ? "b.csv" : "a.csv");
    source[!reversed] = t_add_source(store, reversed ? "a.csv" : "b.csv");
    if (reversed) {
        ids[1] = t_put(store, SPIL_ENTITY_person, "P10", "Jan de Vries", source[1], 2);
        ids[0] = t_put(store, SPIL_ENTITY_person, "P9", "J. de Vries", source[0], 2);
    } else {
        ids[0] = t_put(store, SPIL_ENTITY_person, "P9", "J. de Vries", source[0], 2);
        ids[1] = t_put(store, SPIL_ENTITY_person, "P10", "Jan de Vries", source[1], 2);
    }
    ids[2] = t_put(store, SPIL_ENTITY_person, "P3", "Anna Smit", source[0], 3);
    const int64_t home = t_put(store, SPIL_ENTITY_address, "A1", "Laan 1", source[0], 4);
    t_link(store, ids[0], home, 1, source[0], 5);
    t_link(store, ids[1], home, 2, source[1], 5);
    t_link(store, ids[2], ids[0], 3, source[0], 6);
    t_link(store, ids[2], ids[1], 4, source[1], 6);
    const spil_new_signal signal = {ids[0], "smell", 1, 1, 50, source[0], 7};
    assert_ok(spil_store_add_signal(store, &signal, &err));
    assert_ok(spil_store_add_attribute(store, ids[1], "city", "Ede", source[1], 2, &err));
    assert_ok(spil_store_commit(store, &err));
}

static void merge(spil_store *store, int64_t a, int64_t b)
{
    spil_err err = SPIL_ERR_INIT;
    const spil_resolution_row row = {"{}", "{}", "0"};
    const spil_alias aliases[] = {{a, 7, b, "surname=equal", 12.5, 0.99},
                                  {b, 7, a, "surname=equal", 12.5, 0.99}};
    assert_ok(spil_store_begin(store, &err));
    assert_ok(spil_store_put_aliases(store, &row, aliases, 2, &err));
    assert_ok(spil_store_commit(store, &err));
}

static spil_facts *load(spil_store *store)
{
    spil_err err = SPIL_ERR_INIT;
    spil_facts *facts = NULL;
    assert_ok(spil_store_load_facts(&facts, store, &err));
    return facts;
}

static void alias_join__shows_a_cluster_as_one_entity(void **state)
{
    t_store *const t = *state;
    int64_t ids[3];
    fill(t->store, ids, false);
    merge(t->store, ids[0], ids[1]);
    spil_facts *const facts = load(t->store);
    assert_int_equal(facts->entity_count, 3);
    const uint32_t one = spil_facts_find(facts, "P9"), other = spil_facts_find(facts, "P3");
    assert_string_equal(facts->entities[one].key, "P9"); /* the smallest key */
    assert_string_equal(facts->entities[one].label, "Jan de Vries");
    assert_int_equal(spil_facts_find(facts, "P10"), one);
    assert_int_equal(spil_facts_find(facts, "P11"), UINT32_MAX);
    assert_string_equal(spil_facts_attribute(facts, one, "city"), "Ede");
    assert_int_equal(facts->signal_row[one + 1] - facts->signal_row[one], 1);
    /* both links of P3 end at the one, both links to the home begin there */
    assert_int_equal(facts->link_count, 4);
    for (size_t i = 0; i < facts->link_count; i++)
        assert_true(facts->links[i].from == one ||
                    (facts->links[i].from == other && facts->links[i].to == one));
    assert_int_equal(facts->member_row[one + 1] - facts->member_row[one], 2);
    const spil_member *const first = &facts->members[facts->member_row[one]];
    assert_string_equal(first[0].key, "P9");
    assert_string_equal(first[0].label, "J. de Vries");
    assert_string_equal(first[1].key, "P10");
    assert_true(first[0].origin.source != first[1].origin.source);
    spil_facts_free(facts);
}

static void alias_join__does_not_depend_on_the_order_of_import(void **state)
{
    t_store *const t = *state;
    t_store other = {{0}, {0}, NULL};
    void *more = NULL;
    int64_t ids[3], reversed[3];
    spil_err err = SPIL_ERR_INIT;
    char digest[65], digest_reversed[65], before[65];
    assert_int_equal(t_store_setup(&more), 0);
    other = *(t_store *)more;
    fill(t->store, ids, false);
    fill(other.store, reversed, true);
    assert_ok(spil_store_input_digest(t->store, before, &err));
    merge(t->store, ids[0], ids[1]);
    merge(other.store, reversed[1], reversed[0]);
    assert_ok(spil_store_input_digest(t->store, digest, &err));
    assert_ok(spil_store_input_digest(other.store, digest_reversed, &err));
    assert_string_equal(digest, digest_reversed);
    assert_string_not_equal(digest, before); /* runs made before are seen to be stale */
    spil_facts *const a = load(t->store), *const b = load(other.store);
    assert_int_equal(a->link_count, b->link_count);
    for (size_t i = 0; i < a->link_count; i++) {
        assert_int_equal(a->links[i].from, b->links[i].from);
        assert_int_equal(a->links[i].to, b->links[i].to);
        assert_close(a->links[i].weight, b->links[i].weight, 0);
    }
    for (size_t e = 0; e < a->entity_count; e++)
        assert_string_equal(a->entities[e].label, b->entities[e].label);
    spil_facts_free(a);
    spil_facts_free(b);
    t_store_teardown(&more);
}

static void load_facts_apart__shows_each_entity_as_it_came_in(void **state)
{
    t_store *const t = *state;
    int64_t ids[3];
    spil_err err = SPIL_ERR_INIT;
    spil_facts *facts = NULL;
    fill(t->store, ids, false);
    merge(t->store, ids[0], ids[1]);
    assert_ok(spil_store_load_facts_apart(&facts, t->store, &err));
    assert_int_equal(facts->entity_count, 4);
    assert_int_equal(facts->member_count, 0);
    spil_facts_free(facts);
}

static void undo_alias__parts_them_and_remembers(void **state)
{
    t_store *const t = *state;
    int64_t ids[3];
    spil_err err = SPIL_ERR_INIT;
    char before[65], after[65];
    fill(t->store, ids, false);
    assert_ok(spil_store_input_digest(t->store, before, &err));
    merge(t->store, ids[0], ids[1]);
    assert_ok(spil_store_begin(t->store, &err));
    assert_fails(spil_store_undo_alias(t->store, ids[2], "A. Bakker", "", &err), SPIL_NOT_FOUND,
                 "merged with none");
    assert_ok(spil_store_undo_alias(t->store, ids[0], "A. Bakker", "father and son", &err));
    assert_ok(spil_store_commit(t->store, &err));
    assert_ok(spil_store_input_digest(t->store, after, &err));
    assert_string_equal(before, after);
    spil_facts *const facts = load(t->store);
    assert_int_equal(facts->entity_count, 4);
    spil_facts_free(facts);
    assert_int_equal(t_query(t->path, "SELECT count(*) FROM pair_answer WHERE same = 0 AND "
                                      "reason = 'father and son'"),
                     1);
    assert_int_equal(t_query(t->path, "SELECT count(*) FROM alias"), 0);
}

static void undo_aliases__leaves_the_store_as_it_came_in(void **state)
{
    t_store *const t = *state;
    int64_t ids[3];
    uint64_t count = 0;
    spil_err err = SPIL_ERR_INIT;
    fill(t->store, ids, false);
    merge(t->store, ids[0], ids[1]);
    assert_ok(spil_store_begin(t->store, &err));
    assert_ok(spil_store_undo_aliases(t->store, &count, &err));
    assert_ok(spil_store_commit(t->store, &err));
    assert_int_equal(count, 2);
    spil_facts *const facts = load(t->store);
    assert_int_equal(facts->entity_count, 4);
    spil_facts_free(facts);
}

static void purge__takes_merges_with_what_they_were_made_of(void **state)
{
    t_store *const t = *state;
    int64_t ids[3];
    spil_purged gone;
    uint64_t problems = 0;
    spil_err err = SPIL_ERR_INIT;
    fill(t->store, ids, false);
    merge(t->store, ids[0], ids[1]);
    const spil_answer answer = {ids[1], ids[2], false, "A. Bakker", ""};
    assert_ok(spil_store_begin(t->store, &err));
    assert_ok(spil_store_put_answer(t->store, &answer, &err));
    assert_ok(spil_store_commit(t->store, &err));
    t_sql(t->path, "UPDATE source SET keep_until = 100 WHERE path = 'b.csv'");
    assert_ok(spil_store_purge(&gone, t->store, 101, &err));
    assert_int_equal(gone.sources, 1);
    assert_int_equal(t_query(t->path, "SELECT count(*) FROM alias"), 0);
    assert_int_equal(t_query(t->path, "SELECT count(*) FROM pair_answer"), 0); /* P10 is gone */
    assert_ok(spil_store_check(t->store, NULL, NULL, &problems, &err));
    assert_int_equal(problems, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T_STORE(alias_join__shows_a_cluster_as_one_entity),
        T_STORE(alias_join__does_not_depend_on_the_order_of_import),
        T_STORE(load_facts_apart__shows_each_entity_as_it_came_in),
        T_STORE(undo_alias__parts_them_and_remembers),
        T_STORE(undo_aliases__leaves_the_store_as_it_came_in),
        T_STORE(purge__takes_merges_with_what_they_were_made_of),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
