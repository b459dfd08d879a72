/* Facts come in any order and stand in one. SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/t.h"

#include "engine/base/rng.h"
#include "engine/store/facts.h"

enum { ENTITIES = 40, LINKS = 300, OTHERS = 60 };

/* The same case, its rows added in an order that the seed tells. */
static spil_status build(spil_facts **out, uint64_t seed, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_facts *facts = NULL;
    uint32_t order[LINKS], place[ENTITIES];
    spil_rng mix = spil_rng_stream(seed, 1);
    TRY(spil_facts_new(&facts, err));
    for (uint32_t i = 0; i < 2; i++) {
        const bool second = (i + seed) % 2;
        const spil_source source = {.path = second ? "b.csv" : "a.csv",
                                    .sha256 = second ? "0b" : "0a",
                                    .keep_until = SPIL_NO_DAY};
        TRY(spil_facts_add_source(facts, &source, err));
    }
    const uint32_t first = seed % 2; /* number of the source a.csv */
    for (uint32_t i = 0; i < ENTITIES; i++)
        order[i] = i;
    for (uint32_t i = ENTITIES - 1; i > 0; i--) {
        const uint32_t j = (uint32_t)spil_rng_below(&mix, i + 1), kept = order[i];
        order[i] = order[j];
        order[j] = kept;
    }
    for (uint32_t i = 0; i < ENTITIES; i++) {
        char key[16];
        place[order[i]] = i;
        (void)snprintf(key, sizeof key, "P%u", order[i]);
        const spil_entity entity = {.id = order[i] + 1,
                                    .kind = SPIL_ENTITY_person,
                                    .key = key,
                                    .label = order[i] % 3 ? key : "",
                                    .origin = {first, order[i] + 1}};
        TRY(spil_facts_add_entity(facts, &entity, err));
    }
    for (uint32_t i = 0; i < LINKS; i++)
        order[i] = i;
    for (uint32_t i = LINKS - 1; i > 0; i--) {
        const uint32_t j = (uint32_t)spil_rng_below(&mix, i + 1), kept = order[i];
        order[i] = order[j];
        order[j] = kept;
    }
    for (uint32_t i = 0; i < LINKS; i++) {
        const uint32_t k = order[i];
        const spil_link link = {.id = k,
                                .from = place[k * 7 % ENTITIES],
                                .to = place[k * 11 % 5],
                                .kind = k % 2 ? SPIL_LINK_met : SPIL_LINK_family,
                                .type = k % 3 ? "x" : "",
                                .weight = 1 + k % 4,
                                .confidence = 0.25 * (k % 5),
                                .since = k % 6 ? (spil_day)(k % 6) : SPIL_NO_DAY,
                                .until = 99999,
                                .origin = {k % 2 ? first : 1 - first, k}};
        TRY(spil_facts_add_link(facts, &link, err));
    }
    for (uint32_t i = 0; i < OTHERS; i++) {
        const uint32_t k = (uint32_t)((i * 7 + seed * 13) % OTHERS);
        const spil_origin origin = {first, k};
        const spil_attribute attribute = {k, place[k % 9], k % 2 ? "use" : "city",
                                          k % 4 ? "barn" : "Ons Dorp", origin};
        const spil_role role = {k, place[k % 11], "m", k % 2 ? "s1" : "s2", "r", 0.5, origin};
        const spil_signal signal = {k, place[k % 13], "code", 0.5, 1, (spil_day)k, origin};
        TRY(spil_facts_add_attribute(facts, &attribute, err));
        TRY(spil_facts_add_role(facts, &role, err));
        TRY(spil_facts_add_signal(facts, &signal, err));
    }
    TRY(spil_facts_finish(facts, err));
    *out = facts;
    facts = NULL;
done:
    spil_facts_free(facts);
    return rc;
}

static void facts_finish__gives_one_order_whatever_the_order_of_adding(void **state)
{
    (void)state;
    spil_err err = SPIL_ERR_INIT;
    spil_facts *a = NULL;
    assert_ok(build(&a, 0, &err));
    for (uint64_t seed = 1; seed < 6; seed++) {
        spil_facts *b = NULL;
        assert_ok(build(&b, seed, &err));
        for (uint32_t e = 0; e < ENTITIES; e++) {
            assert_int_equal(a->entities[e].id, b->entities[e].id);
            assert_int_equal(a->attribute_row[e], b->attribute_row[e]);
            assert_int_equal(a->role_row[e], b->role_row[e]);
            assert_int_equal(a->signal_row[e], b->signal_row[e]);
        }
        for (size_t i = 0; i < LINKS; i++) {
            assert_int_equal(a->links[i].id, b->links[i].id);
            assert_int_equal(a->links[i].from, b->links[i].from);
            assert_int_equal(a->links[i].to, b->links[i].to);
            assert_int_equal(a->links[i].origin.source, b->links[i].origin.source);
        }
        for (size_t i = 0; i < OTHERS; i++) {
            assert_int_equal(a->attributes[i].id, b->attributes[i].id);
            assert_int_equal(a->roles[i].id, b->roles[i].id);
            assert_int_equal(a->signals[i].id, b->signals[i].id);
        }
        spil_facts_free(b);
    }
    spil_facts_free(a);
}

static void facts_finish__keeps_every_row_with_its_entity(void **state)
{
    (void)state;
    spil_err err = SPIL_ERR_INIT;
    spil_facts *facts = NULL;
    assert_ok(build(&facts, 3, &err));
    assert_int_equal(facts->link_count, LINKS);
    for (size_t i = 0; i < LINKS; i++) {
        const spil_link *const link = &facts->links[i];
        assert_int_equal(facts->entities[link->from].id - 1, link->id * 7 % ENTITIES);
        assert_int_equal(facts->entities[link->to].id - 1, link->id * 11 % 5);
        assert_string_equal(facts->sources[link->origin.source].path,
                            link->id % 2 ? "a.csv" : "b.csv");
        assert_string_equal(link->type, link->id % 3 ? "x" : "");
        if (i > 0)
            assert_true(facts->links[i - 1].from <= link->from);
    }
    assert_int_equal(facts->signal_row[0], 0);
    assert_int_equal(facts->signal_row[ENTITIES], OTHERS);
    for (uint32_t e = 0; e < ENTITIES; e++)
        for (size_t i = facts->signal_row[e]; i < facts->signal_row[e + 1]; i++) {
            assert_int_equal(facts->signals[i].entity, e);
            assert_int_equal(facts->signals[i].id % 13, facts->entities[e].id - 1);
        }
    assert_int_equal(facts->newest, OTHERS - 1); /* not the far `until` */
    spil_facts_free(facts);
}

static void facts_find__goes_by_key(void **state)
{
    (void)state;
    spil_err err = SPIL_ERR_INIT;
    spil_facts *facts = NULL;
    assert_ok(build(&facts, 2, &err));
    assert_int_equal(spil_facts_find(facts, "P7"), 7); /* natural order: P7 before P10 */
    assert_int_equal(spil_facts_find(facts, "P10"), 10);
    assert_int_equal(spil_facts_find(facts, "P07"), UINT32_MAX);
    assert_int_equal(spil_facts_find(facts, "Q"), UINT32_MAX);
    assert_int_equal(spil_facts_find(facts, ""), UINT32_MAX);
    assert_string_equal(spil_facts_attribute(facts, 1, "use"), "barn");
    assert_null(spil_facts_attribute(facts, 1, "colour"));
    assert_null(spil_facts_attribute(facts, 20, "use"));
    assert_string_equal(spil_entity_name(&facts->entities[1]), "P1");
    assert_string_equal(spil_entity_name(&facts->entities[3]), "P3"); /* no label */
    spil_facts_free(facts);
}

static spil_facts *two_entities(const char *second)
{
    spil_err err = SPIL_ERR_INIT;
    spil_facts *facts = NULL;
    const spil_source source = {.path = "a.csv"};
    const spil_entity a = {.kind = SPIL_ENTITY_person, .key = "a"};
    const spil_entity b = {.kind = SPIL_ENTITY_person, .key = second};
    assert_ok(spil_facts_new(&facts, &err));
    assert_ok(spil_facts_add_source(facts, &source, &err));
    assert_ok(spil_facts_add_entity(facts, &a, &err));
    assert_ok(spil_facts_add_entity(facts, &b, &err));
    return facts;
}

static void facts_finish__refuses_what_does_not_hang_together(void **state)
{
    (void)state;
    spil_err err = SPIL_ERR_INIT;
    spil_facts *facts = two_entities("a");
    assert_fails(spil_facts_finish(facts, &err), SPIL_RANGE, "two entities have the key 'a'");
    spil_facts_free(facts);

    const spil_link beyond = {.from = 0, .to = 2, .weight = 1, .confidence = 1};
    facts = two_entities("b");
    assert_ok(spil_facts_add_link(facts, &beyond, &err));
    assert_fails(spil_facts_finish(facts, &err), SPIL_RANGE, "link 0 names an entity");
    spil_facts_free(facts);

    const spil_signal nowhere = {.entity = 1, .code = "x", .origin = {1, 1}};
    facts = two_entities("b");
    assert_ok(spil_facts_add_signal(facts, &nowhere, &err));
    assert_fails(spil_facts_finish(facts, &err), SPIL_RANGE, "signal 0 names a source");
    spil_facts_free(facts);
}

static void facts__may_be_empty(void **state)
{
    (void)state;
    spil_err err = SPIL_ERR_INIT;
    spil_facts *facts = NULL;
    assert_ok(spil_facts_new(&facts, &err));
    assert_ok(spil_facts_finish(facts, &err));
    assert_int_equal(facts->entity_count, 0);
    assert_int_equal(facts->signal_row[0], 0);
    assert_int_equal(facts->newest, SPIL_NO_DAY);
    assert_int_equal(spil_facts_find(facts, "a"), UINT32_MAX);
    spil_facts_free(facts);
}

static spil_status build_and_free(void)
{
    spil_facts *facts = NULL;
    const spil_status rc = build(&facts, 1, NULL);
    spil_facts_free(facts);
    return rc;
}

static void facts__survive_every_failed_allocation(void **state)
{
    (void)state;
    assert_survives_no_memory(build_and_free());
}

static void kinds__are_found_by_name(void **state)
{
    (void)state;
    for (unsigned k = 0; k < SPIL_ENTITY_KIND_COUNT; k++) {
        spil_entity_kind found = SPIL_ENTITY_KIND_COUNT;
        assert_true(
            spil_entity_kind_find(spil_entity_kind_info((spil_entity_kind)k)->name, &found));
        assert_int_equal(found, k);
    }
    for (unsigned k = 0; k < SPIL_LINK_KIND_COUNT; k++) {
        spil_link_kind found = SPIL_LINK_KIND_COUNT;
        assert_true(spil_link_kind_find(spil_link_kind_info((spil_link_kind)k)->name, &found));
        assert_int_equal(found, k);
    }
    spil_entity_kind entity = SPIL_ENTITY_area;
    spil_link_kind link = SPIL_LINK_met;
    assert_false(spil_entity_kind_find("Person", &entity));
    assert_false(spil_link_kind_find("", &link));
    assert_int_equal(entity, SPIL_ENTITY_area);
    assert_false(spil_entity_kind_info(SPIL_ENTITY_official)->analysed);
    assert_false(spil_entity_kind_info(SPIL_ENTITY_event)->target);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(facts_finish__gives_one_order_whatever_the_order_of_adding),
        T(facts_finish__keeps_every_row_with_its_entity),
        T(facts_find__goes_by_key),
        T(facts_finish__refuses_what_does_not_hang_together),
        T(facts__may_be_empty),
        T(facts__survive_every_failed_allocation),
        T(kinds__are_found_by_name),
    };
    return cmocka_run_group_tests_name("facts", tests, NULL, NULL);
}
