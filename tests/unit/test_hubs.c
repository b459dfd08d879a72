/* Hubs: the store and the network flag the same ones, by the rule. SPDX-License-Identifier:
 * GPL-3.0-or-later */
#include "tests/unit/t.h"

#include "engine/graph/network.h"
#include "tests/unit/t_store.h"

/* A star: `leaves` persons, each linked twice to the middle, which is an address; further an area
 * and an official on each side, which do not count. */
static void add_star(spil_store *store, const char *name, unsigned leaves, int64_t source)
{
    char key[32];
    const int64_t middle = t_put(store, SPIL_ENTITY_address, name, name, source, 1);
    for (unsigned i = 0; i < leaves; i++) {
        (void)snprintf(key, sizeof key, "%s-%u", name, i);
        const int64_t leaf = t_put(store, SPIL_ENTITY_person, key, "", source, 2 + i);
        t_link(store, leaf, middle, 1, source, 3);
        t_link(store, middle, leaf, 1, source, 4);
    }
    (void)snprintf(key, sizeof key, "%s-area", name);
    t_link(store, middle, t_put(store, SPIL_ENTITY_area, key, "", source, 9), 1, source, 5);
    (void)snprintf(key, sizeof key, "%s-officer", name);
    t_link(store, t_put(store, SPIL_ENTITY_official, key, "", source, 9), middle, 1, source, 6);
}

typedef struct seen {
    size_t count;
    char key[8][32];
    uint64_t degree[8];
} seen;

static spil_status see(const spil_hub *row, void *user, spil_err *err)
{
    seen *const s = user;
    (void)err;
    assert_true(s->count < 8);
    (void)snprintf(s->key[s->count], sizeof s->key[0], "%s", row->key);
    assert_int_equal(row->most, spil_hub_most(row->kind));
    s->degree[s->count++] = row->degree;
    return SPIL_OK;
}

static seen hubs_of(spil_store *store)
{
    spil_err err = SPIL_ERR_INIT;
    seen s = {0};
    assert_ok(spil_store_each_hub(store, see, &s, &err));
    return s;
}

static void hubs__are_those_linked_to_more_different_others_than_allowed(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    const unsigned most = spil_hub_most(SPIL_ENTITY_address);
    assert_ok(spil_store_begin_import(t->store, &err));
    const int64_t source = t_add_source(t->store, "a.csv");
    add_star(t->store, "just", most, source);
    add_star(t->store, "more", most + 1, source);
    assert_ok(spil_store_flag_hubs(t->store, &err));
    assert_ok(spil_store_commit(t->store, &err));
    const seen s = hubs_of(t->store);
    assert_int_equal(s.count, 1);
    assert_string_equal(s.key[0], "more");
    assert_int_equal(s.degree[0], most + 1);
}

static void hubs__grow_over_imports_also_when_the_store_was_closed_between(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    assert_ok(spil_store_begin_import(t->store, &err));
    add_star(t->store, "home", 30, t_add_source(t->store, "a.csv"));
    assert_ok(spil_store_flag_hubs(t->store, &err));
    assert_ok(spil_store_commit(t->store, &err));
    assert_int_equal(hubs_of(t->store).count, 0);
    t_store_reopen(t, SPIL_STORE_WRITE); /* what was counted in memory is gone */
    assert_ok(spil_store_begin_import(t->store, &err));
    const int64_t source = t_add_source(t->store, "b.csv");
    for (unsigned i = 0; i < 30; i++) {
        char key[32];
        int64_t home = 0;
        (void)snprintf(key, sizeof key, "new-%u", i);
        assert_ok(spil_store_find_entity(t->store, "home", &home, NULL, &err));
        t_link(t->store, t_put(t->store, SPIL_ENTITY_person, key, "", source, i), home, 1, source,
               i);
    }
    assert_ok(spil_store_flag_hubs(t->store, &err));
    assert_int_equal(hubs_of(t->store).count, 1);
    spil_store_rollback(t->store);
    assert_int_equal(hubs_of(t->store).count, 0);
}

static void network__flags_the_same_hubs_and_keeps_them_apart(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    spil_facts *facts = NULL;
    spil_network *whole = NULL, *ties = NULL;
    assert_ok(spil_store_begin_import(t->store, &err));
    const int64_t source = t_add_source(t->store, "a.csv");
    add_star(t->store, "flat", 70, source);
    add_star(t->store, "home", 3, source);
    assert_ok(spil_store_flag_hubs(t->store, &err));
    assert_ok(spil_store_commit(t->store, &err));
    assert_ok(spil_store_load_facts(&facts, t->store, &err));
    assert_ok(spil_network_build(&whole, facts, &err));
    assert_ok(spil_network_apart(&ties, whole, facts, &err));
    const seen s = hubs_of(t->store);
    assert_int_equal(whole->hub_count, s.count);
    const spil_vid flat = whole->vertex[spil_facts_find(facts, s.key[0])];
    assert_true(whole->hub[flat]);
    assert_int_equal(spil_degree(whole->csr, flat), s.degree[0]);
    assert_int_equal(whole->csr->m, 73);
    assert_int_equal(ties->csr->n, whole->csr->n);
    assert_int_equal(ties->csr->m, 3);
    assert_int_equal(spil_degree(ties->csr, flat), 0);
    assert_true(ties->hub[flat]);
    for (size_t i = 0; i < facts->link_count; i++)
        assert_true((ties->link_edge[i] == SPIL_NO_EDGE) ==
                    (whole->link_edge[i] == SPIL_NO_EDGE ||
                     whole->edge_from[whole->link_edge[i]] == flat ||
                     whole->edge_to[whole->link_edge[i]] == flat));
    spil_network_free(ties);
    spil_network_free(whole);
    spil_facts_free(facts);
}

static void hubs__survive_every_failed_allocation(void **state)
{
    t_store *const t = *state;
    spil_err err = SPIL_ERR_INIT;
    bool done = false;
    const int64_t live = spil_mem_live();
    for (int64_t k = 1; !done && k < 1000; k++) {
        assert_ok(spil_store_begin_import(t->store, &err));
        const int64_t source = t_add_source(t->store, "a.csv");
        add_star(t->store, "flat", 60, source);
        spil_mem_fail_after(k);
        const spil_status rc = spil_store_flag_hubs(t->store, NULL);
        spil_mem_fail_after(0);
        assert_true(rc == SPIL_OK || rc == SPIL_NO_MEMORY);
        done = rc == SPIL_OK;
        spil_store_rollback(t->store);
    }
    assert_true(done);
    assert_int_equal(spil_mem_live(), live);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T_STORE(hubs__are_those_linked_to_more_different_others_than_allowed),
        T_STORE(hubs__grow_over_imports_also_when_the_store_was_closed_between),
        T_STORE(network__flags_the_same_hubs_and_keeps_them_apart),
        T_STORE(hubs__survive_every_failed_allocation),
    };
    return cmocka_run_group_tests_name("hubs", tests, NULL, NULL);
}
