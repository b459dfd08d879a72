/* test_key_cache.c - entities by key, in memory. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/store/key_cache.h"
#include "tests/unit/t.h"

#include <stdio.h>

static spil_key_print print_of(const spil_key_cache *cache, int64_t i)
{
    char key[32];
    (void)snprintf(key, sizeof key, "key %lld", (long long)i);
    return spil_key_cache_print(cache, key);
}

static spil_known_entity entity_of(int64_t i)
{
    return (spil_known_entity){.id = i + 1,
                               .source = (uint32_t)(i * 7 % 1000),
                               .kind = (uint8_t)(i % 5),
                               .has_label = i % 2 == 0,
                               .has_type = i % 3 == 0};
}

static void assert_known(const spil_key_cache *cache, int64_t i)
{
    spil_known_entity got;
    const spil_known_entity put = entity_of(i);
    assert_int_equal(spil_key_cache_id(cache, print_of(cache, i)), put.id);
    assert_true(spil_key_cache_get(cache, print_of(cache, i), &got));
    assert_int_equal(got.id, put.id);
    assert_int_equal(got.source, put.source);
    assert_int_equal(got.kind, put.kind);
    assert_int_equal(got.has_label, put.has_label);
    assert_int_equal(got.has_type, put.has_type);
}

static void fill(spil_key_cache *cache, int64_t from, int64_t to)
{
    spil_err err = SPIL_ERR_INIT;
    for (int64_t i = from; i < to; i++) {
        const spil_known_entity entity = entity_of(i);
        assert_ok(spil_key_cache_put(cache, print_of(cache, i), &entity, &err));
    }
}

/* It doubles in place: after each time all that was put is found, and nothing else. */
static void key_cache__finds_all_it_was_given_however_often_it_grew(void **state)
{
    (void)state;
    enum { ALL = 100000 };
    spil_err err = SPIL_ERR_INIT;
    spil_key_cache *cache = NULL;
    assert_ok(spil_key_cache_new(&cache, true, &err));
    for (int64_t before = 0, size = 1; size <= ALL; before = size, size = size * 3 / 2 + 1) {
        fill(cache, before, size);
        for (int64_t i = 0; i<size; i += size> 5000 ? 7 : 1)
            assert_known(cache, i);
        for (int64_t i = ALL; i < ALL + 500; i++)
            assert_int_equal(spil_key_cache_id(cache, print_of(cache, i)), 0);
    }
    assert_true(spil_key_cache_complete(cache));
    spil_key_cache_free(cache);
}

static void key_cache_set__changes_what_is_known_and_nothing_else(void **state)
{
    (void)state;
    spil_err err = SPIL_ERR_INIT;
    spil_key_cache *cache = NULL;
    spil_known_entity got, changed = {.id = 4, .source = 99, .kind = 3, .has_type = true};
    assert_ok(spil_key_cache_new(&cache, false, &err));
    fill(cache, 0, 10);
    spil_key_cache_set(cache, print_of(cache, 3), &changed);
    spil_key_cache_set(cache, print_of(cache, 50), &changed); /* unknown: nothing happens */
    assert_true(spil_key_cache_get(cache, print_of(cache, 3), &got));
    assert_int_equal(got.id, 4);
    assert_int_equal(got.source, 99);
    assert_false(got.has_label);
    assert_known(cache, 2);
    assert_known(cache, 4);
    assert_false(spil_key_cache_get(cache, print_of(cache, 50), &got));
    assert_false(spil_key_cache_complete(cache));
    spil_key_cache_free(cache);
}

/* The table and what is put aside while it doubles: without memory it says so and leaks nothing. */
static void key_cache__says_so_without_memory(void **state)
{
    (void)state;
    for (int64_t k = 1; k <= 6; k++) {
        spil_err err = SPIL_ERR_INIT;
        spil_key_cache *cache = NULL;
        const int64_t live = spil_mem_live();
        assert_ok(spil_key_cache_new(&cache, true, &err));
        fill(cache, 0, 768); /* three quarters of the first table: the next one doubles it */
        const spil_known_entity entity = entity_of(768);
        spil_mem_fail_after(k);
        const spil_status rc = spil_key_cache_put(cache, print_of(cache, 768), &entity, &err);
        spil_mem_fail_after(0);
        assert_int_equal(rc, k <= 4 ? SPIL_NO_MEMORY : SPIL_OK);
        for (int64_t i = 0; i < 768; i++)
            assert_known(cache, i);
        spil_key_cache_free(cache);
        assert_int_equal(spil_mem_live(), live);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(key_cache__finds_all_it_was_given_however_often_it_grew),
        T(key_cache_set__changes_what_is_known_and_nothing_else),
        T(key_cache__says_so_without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
