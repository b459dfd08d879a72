/* test_base.c - errors, memory, texts, maps, streams, digests. SPDX-License-Identifier:
 * GPL-3.0-or-later */
#include "tests/unit/t.h"

#include "engine/base/digest.h"
#include "engine/base/par.h"
#include "engine/base/progress.h"
#include "engine/base/rng.h"
#include "engine/base/str.h"
#include "engine/base/strmap.h"
#include "engine/base/text.h"
#include "engine/base/vec.h"

static void err_fail__keeps_the_first_message(void **state)
{
    (void)state;
    spil_err err = SPIL_ERR_INIT;
    assert_int_equal(spil_fail(&err, SPIL_INPUT, "line %d", 7), SPIL_INPUT);
    assert_int_equal(spil_fail(&err, SPIL_DB, "later"), SPIL_DB);
    assert_int_equal(err.code, SPIL_INPUT);
    assert_string_equal(err.msg, "line 7");
    assert_int_equal(spil_fail(NULL, SPIL_RANGE, "nobody listens"), SPIL_RANGE);
}

static void err_exit__follows_the_table_of_exit_statuses(void **state)
{
    (void)state;
    assert_int_equal(spil_status_exit(SPIL_OK), 0);
    assert_int_equal(spil_status_exit(SPIL_USAGE), 2);
    assert_int_equal(spil_status_exit(SPIL_INPUT), 3);
    assert_int_equal(spil_status_exit(SPIL_LOCKED), 4);
    assert_int_equal(spil_status_exit(SPIL_CANCELLED), 130);
    assert_string_equal(spil_status_text((spil_status)999), "unknown status");
}

static void mem_alloc__zeroes_and_counts(void **state)
{
    (void)state;
    spil_err err;
    const int64_t live = spil_mem_live();
    unsigned char *small = NULL, *large = NULL;
    assert_ok(NEW_ARRAY(small, 0, &err));
    assert_ok(NEW_ARRAY(large, 100001, &err));
    assert_non_null(small);
    assert_int_equal((uintptr_t)large % 64, 0);
    for (size_t i = 0; i < 100001; i++)
        assert_int_equal(large[i], 0);
    assert_int_equal(spil_mem_live(), live + 2);
    spil_free(small);
    spil_free(large);
    spil_free(NULL);
    assert_int_equal(spil_mem_live(), live);
}

static void mem_alloc__refuses_a_size_that_overflows(void **state)
{
    (void)state;
    spil_err err;
    double *values = NULL;
    assert_fails(NEW_ARRAY(values, SIZE_MAX / 4, &err), SPIL_NO_MEMORY, "out of memory");
    assert_null(values);
}

static void mem_resize__keeps_the_content_and_the_block_on_failure(void **state)
{
    (void)state;
    spil_err err;
    int *numbers = NULL;
    assert_ok(RESIZE_ARRAY(numbers, 3, &err));
    numbers[2] = 42;
    assert_ok(RESIZE_ARRAY(numbers, 5000, &err));
    assert_int_equal(numbers[2], 42);
    int *const before = numbers;
    spil_mem_fail_after(1);
    assert_fails(RESIZE_ARRAY(numbers, 100000, &err), SPIL_NO_MEMORY, "100000 items");
    spil_mem_fail_after(0);
    assert_ptr_equal(numbers, before);
    spil_free(numbers);
}

static spil_status fill_arena(void)
{
    spil_arena *arena = NULL;
    spil_status rc = SPIL_OK;
    TRY(spil_arena_new(&arena, NULL));
    const char *first = NULL, *other = NULL;
    TRY(spil_arena_text(arena, &first, "first", 5, NULL));
    for (int i = 0; i < 20000; i++)
        TRY(spil_arena_text(arena, &other, "another text", 7, NULL));
    assert_string_equal(first, "first");
    assert_string_equal(other, "another");
done:
    spil_arena_free(arena);
    return rc;
}

static void arena_text__never_moves_and_survives_lack_of_memory(void **state)
{
    (void)state;
    assert_survives_no_memory(fill_arena());
}

static void vec_push__grows(void **state)
{
    (void)state;
    spil_err err;
    SPIL_VEC(int64_t) ids = {0};
    for (int64_t i = 0; i < 1000; i++)
        assert_ok(VEC_PUSH(ids, i * i, &err));
    assert_int_equal(ids.count, 1000);
    assert_int_equal(ids.items[999], 999 * 999);
    spil_free(ids.items);
}

static void str_addf__builds_a_text_and_remembers_a_failure(void **state)
{
    (void)state;
    spil_err err;
    spil_str text = SPIL_STR_INIT;
    assert_string_equal(spil_str_text(&text), "");
    spil_str_addf(&text, "%s-%03d", "a", 7);
    for (int i = 0; i < 100; i++)
        spil_str_add(&text, "xyz");
    assert_int_equal(text.length, 5 + 300);
    assert_ok(spil_str_status(&text, &err));
    spil_mem_fail_after(1);
    for (int i = 0; i < 100; i++)
        spil_str_add(&text, "0123456789");
    spil_mem_fail_after(0);
    spil_str_add(&text, "too late");
    assert_fails(spil_str_status(&text, &err), SPIL_NO_MEMORY, "building a text");
    spil_str_free(&text);
    assert_string_equal(spil_str_text(&text), "");
}

static spil_status fill_map(void)
{
    spil_strmap *map = NULL;
    spil_status rc = SPIL_OK;
    char key[16];
    int64_t value = 0;
    TRY(spil_strmap_new(&map, NULL));
    for (int i = 0; i < 300; i++) {
        (void)snprintf(key, sizeof key, "k%d", i % 200);
        TRY(spil_strmap_put(map, key, i, NULL));
    }
    assert_int_equal(spil_strmap_count(map), 200);
    assert_true(spil_strmap_get(map, "k7", &value));
    assert_int_equal(value, 207);
    assert_true(spil_strmap_get(map, "k150", &value));
    assert_int_equal(value, 150);
    assert_false(spil_strmap_get(map, "K7", &value));
done:
    spil_strmap_free(map);
    return rc;
}

static void strmap_put__replaces_and_survives_lack_of_memory(void **state)
{
    (void)state;
    assert_survives_no_memory(fill_map());
}

static void text_numbers__take_the_whole_text_or_nothing(void **state)
{
    (void)state;
    double number = -1;
    uint64_t whole = 0;
    assert_true(spil_parse_double("-1.5e3", &number));
    assert_true(number == -1500.0);
    static const char *const bad[] = {"",    " 1",  "1 ",    "1,5",   "0x10",
                                      "inf", "nan", "1e999", "1.2.3", "-"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(spil_parse_double(bad[i], &number));
    assert_true(spil_parse_uint("18446744073709551615", UINT64_MAX, &whole));
    assert_false(spil_parse_uint("18446744073709551616", UINT64_MAX, &whole));
    assert_false(spil_parse_uint("-1", UINT64_MAX, &whole));
    assert_false(spil_parse_uint("11", 10, &whole));
}

/* However many digits there are, and wherever the point stands: what strtod gives, to the bit. */
static void text_numbers__are_those_of_strtod(void **state)
{
    (void)state;
    static const char *const odd[] = {".5",
                                      "5.",
                                      "0.1",
                                      "000.100",
                                      "123456789012345",
                                      "1234567890123456",
                                      "0.000000000000001",
                                      "9007199254740993",
                                      "+1.5",
                                      "-0.3",
                                      "1.e2"};
    double number = 0;
    spil_rng rng = spil_rng_stream(11, 3);
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        assert_true(spil_parse_double(odd[i], &number));
        assert_true(number == strtod(odd[i], NULL));
    }
    assert_false(spil_parse_double(".", &number));
    for (int i = 0; i < 20000; i++) {
        char text[40];
        const uint64_t whole = spil_rng_u64(&rng) >> (spil_rng_u64(&rng) % 64);
        int length = snprintf(text, sizeof text, "%llu", (unsigned long long)whole);
        const int at = (int)spil_rng_below(&rng, (uint64_t)length + 1);
        memmove(text + at + 1, text + at, (size_t)(length - at) + 1);
        text[at] = '.';
        assert_true(spil_parse_double(text, &number));
        assert_true(number == strtod(text, NULL));
    }
}

static void text_days__count_from_1970_and_back(void **state)
{
    (void)state;
    spil_day day = 0;
    char text[16];
    assert_true(spil_parse_day("1970-01-01", &day));
    assert_int_equal(day, 0);
    assert_true(spil_parse_day("2024-02-29", &day));
    assert_int_equal(day, 19782);
    assert_false(spil_parse_day("2023-02-29", &day));
    assert_false(spil_parse_day("2024-13-01", &day));
    assert_false(spil_parse_day("2024-1-01", &day));
    assert_false(spil_parse_day("2024-01-01T", &day));
    for (spil_day d = -800000; d < 800000;
         d += 37) { /* the years -220 .. 4160, as far as they parse */
        spil_format_day(d, text);
        if (d > -719162)
            assert_true(spil_parse_day(text, &day) && day == d);
    }
    spil_format_day(SPIL_NO_DAY, text);
    assert_string_equal(text, "");
}

static void text_natural_order__reads_digits_as_numbers(void **state)
{
    (void)state;
    static const char *const sorted[] = {"",   "2",   "10",   "010",  "A",
                                         "P2", "P10", "P10a", "P10b", "p1"};
    const size_t count = sizeof sorted / sizeof *sorted;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++) {
            const int order = spil_compare_natural(sorted[i], sorted[j]);
            if (i == j)
                assert_int_equal(order, 0);
            else if (strcmp(sorted[i], "10") && strcmp(sorted[i], "010"))
                assert_int_equal(order < 0, i < j);
        }
    assert_true(spil_compare_natural("10", "010") != 0); /* total: equal only when the same */
}

static void text_make_printable__replaces_what_a_terminal_must_not_get(void **state)
{
    (void)state;
    char text[] = "a\x1b[1m\n\xc3\xa9\xc3|\xff\x7f\xc2\x9b\xe2\x82";
    spil_make_printable(text);
    assert_string_equal(text, "a?[1m?\xc3\xa9?|??????");
    spil_err err = SPIL_ERR_INIT;
    assert_int_equal(spil_fail(&err, SPIL_INPUT, "'%.2s'", "x\xc3\xa9"), SPIL_INPUT);
    assert_string_equal(err.msg, "'x?'");
}

static void text_utf8__refuses_what_is_malformed(void **state)
{
    (void)state;
    assert_true(spil_utf8_valid("caf\xc3\xa9", 5));
    assert_false(spil_utf8_valid("caf\xe9", 4));
    assert_false(spil_utf8_valid("a\0b", 3));
    assert_false(spil_utf8_valid("\xed\xa0\x80", 3)); /* half a surrogate pair */
    assert_false(spil_utf8_valid("\xc3", 1));
}

static void rng_stream__is_the_same_everywhere_and_differs_by_seed_and_stream(void **state)
{
    (void)state;
    spil_rng a = spil_rng_stream(1, 0), again = spil_rng_stream(1, 0);
    spil_rng other_stream = spil_rng_stream(1, 1), other_seed = spil_rng_stream(2, 0);
    for (int i = 0; i < 100; i++) {
        const uint64_t x = spil_rng_u64(&a);
        assert_true(x == spil_rng_u64(&again));
        assert_true(x != spil_rng_u64(&other_stream));
        assert_true(x != spil_rng_u64(&other_seed));
    }
}

/* Chi-square over 10 cells, 100,000 draws: 99.9% point of 9 degrees of freedom is 27.9. */
static void rng_below__is_even(void **state)
{
    (void)state;
    spil_rng rng = spil_rng_stream(7, 7);
    double cells[10] = {0}, chi = 0, mean = 0;
    for (int i = 0; i < 100000; i++) {
        cells[spil_rng_below(&rng, 10)]++;
        const double u = spil_rng_unit(&rng);
        assert_true(u >= 0 && u < 1);
        mean += u / 100000;
    }
    for (int i = 0; i < 10; i++)
        chi += (cells[i] - 10000) * (cells[i] - 10000) / 10000;
    assert_true(chi < 27.9);
    assert_close(mean, 0.5, 0.005);
}

static void digest__agrees_with_the_published_vector(void **state)
{
    (void)state;
    spil_digest digest;
    char text[SPIL_DIGEST_TEXT];
    spil_digest_begin(&digest); /* FIPS 180-4: "abc" */
    spil_digest_add(&digest, "abc", 3);
    spil_digest_end(&digest, text);
    assert_string_equal(text, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void par_sum__adds_in_fixed_chunks(void **state)
{
    (void)state;
    static double values[10000];
    double expected = 0, part = 0;
    for (size_t i = 0; i < 10000; i++) {
        values[i] = 1.0 / (double)(i + 1);
        if (i % SPIL_CHUNK == 0 && i) {
            expected += part;
            part = 0;
        }
        part += values[i];
    }
    assert_true(spil_ordered_sum(values, 10000) == expected + part);
    assert_true(spil_ordered_sum(values, 0) == 0);
}

static unsigned shown;
static void count_shows(const char *label, uint64_t done, uint64_t total, void *user)
{
    (void)user;
    if (label)
        assert_true(done <= total);
    shown++;
}

static void progress_step__shows_now_and_then_and_a_stop_is_seen(void **state)
{
    (void)state;
    spil_err err;
    spil_progress progress = {.show = count_shows};
    spil_progress_begin(&progress, "work", 100000);
    for (int i = 0; i < 100000; i++)
        spil_progress_step(&progress, 1);
    spil_progress_end(&progress);
    assert_in_range(shown, 100, 300);
    spil_progress_step(NULL, 1);
    assert_ok(spil_check_stop(&err));
    spil_request_stop();
    assert_fails(spil_check_stop(&err), SPIL_CANCELLED, "stopped");
    spil_clear_stop();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(err_fail__keeps_the_first_message),
        T(err_exit__follows_the_table_of_exit_statuses),
        T(mem_alloc__zeroes_and_counts),
        T(mem_alloc__refuses_a_size_that_overflows),
        T(mem_resize__keeps_the_content_and_the_block_on_failure),
        T(arena_text__never_moves_and_survives_lack_of_memory),
        T(vec_push__grows),
        T(str_addf__builds_a_text_and_remembers_a_failure),
        T(strmap_put__replaces_and_survives_lack_of_memory),
        T(text_numbers__take_the_whole_text_or_nothing),
        T(text_numbers__are_those_of_strtod),
        T(text_days__count_from_1970_and_back),
        T(text_natural_order__reads_digits_as_numbers),
        T(text_utf8__refuses_what_is_malformed),
        T(text_make_printable__replaces_what_a_terminal_must_not_get),
        T(rng_stream__is_the_same_everywhere_and_differs_by_seed_and_stream),
        T(rng_below__is_even),
        T(digest__agrees_with_the_published_vector),
        T(par_sum__adds_in_fixed_chunks),
        T(progress_step__shows_now_and_then_and_a_stop_is_seen),
    };
    return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
