/* The table of sentences. SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/lang.h"
#include "tests/unit/t.h"

/* Bit k: {k} stands in the sentence; fails on a brace that is no part. */
static unsigned parts_of(const char *sentence)
{
    unsigned parts = 0;
    for (const char *at = sentence; (at = strpbrk(at, "{}")) != NULL; at += 3) {
        if (at[0] != '{' || at[1] < '1' || at[1] > '9' || at[2] != '}')
            fail_msg("stray brace in '%s'", sentence);
        parts |= 1U << (at[1] - '0');
    }
    return parts;
}

static void lang__both_languages_name_the_same_parts(void **state)
{
    (void)state;
    for (size_t w = 0; w < SPIL_WORD_COUNT; w++) {
        const char *const en = spil_word_text(SPIL_LANG_EN, (spil_word)w);
        const char *const nl = spil_word_text(SPIL_LANG_NL, (spil_word)w);
        if (parts_of(en) != parts_of(nl))
            fail_msg("parts differ: '%s' and '%s'", en, nl);
    }
}

static void lang__no_sentence_carries_markup(void **state)
{
    (void)state;
    for (size_t w = 0; w < SPIL_WORD_COUNT; w++)
        for (int lang = 0; lang < 2; lang++)
            assert_null(strpbrk(spil_word_text((spil_lang)lang, (spil_word)w), "<>&\n"));
}

static void lang__nobody_is_called_guilty(void **state)
{
    (void)state;
    static const char *const words[] = {"guilty", "schuldig", "criminal is", "dader", "offender"};
    for (size_t w = 0; w < SPIL_WORD_COUNT; w++)
        for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
            assert_null(strstr(spil_word_text(SPIL_LANG_EN, (spil_word)w), words[i]));
            assert_null(strstr(spil_word_text(SPIL_LANG_NL, (spil_word)w), words[i]));
        }
}

static void lang_find__knows_two_languages(void **state)
{
    (void)state;
    spil_lang lang = SPIL_LANG_EN;
    assert_true(spil_lang_find("nl", &lang));
    assert_int_equal(lang, SPIL_LANG_NL);
    assert_true(spil_lang_find("en", &lang));
    assert_int_equal(lang, SPIL_LANG_EN);
    assert_false(spil_lang_find("de", &lang));
    assert_int_equal(lang, SPIL_LANG_EN);
    assert_string_equal(spil_lang_code(SPIL_LANG_NL), "nl");
}

static void name_in__falls_back_on_the_other_language(void **state)
{
    (void)state;
    const spil_names both = {.nl = "huis", .en = "house"}, dutch = {.nl = "huis", .en = ""};
    assert_string_equal(spil_name_in(both, SPIL_LANG_EN), "house");
    assert_string_equal(spil_name_in(both, SPIL_LANG_NL), "huis");
    assert_string_equal(spil_name_in(dutch, SPIL_LANG_EN), "huis");
    assert_string_equal(spil_name_in((spil_names){NULL, NULL}, SPIL_LANG_EN), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(lang__both_languages_name_the_same_parts),
        T(lang__no_sentence_carries_markup),
        T(lang__nobody_is_called_guilty),
        T(lang_find__knows_two_languages),
        T(name_in__falls_back_on_the_other_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
