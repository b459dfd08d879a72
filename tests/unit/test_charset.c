/* test_charset.c - characters that fall between two chunks. SPDX-License-Identifier:
 * GPL-3.0-or-later
 */
#include "tests/unit/t.h"
#include "loaders/charset.h"

#define BYTES(text) (text), sizeof(text) - 1

/* Converts in pieces of `step` bytes; returns the length. */
static size_t convert(const char *bytes, size_t length, size_t step, char out[512],
                      spil_charset *charset)
{
    spil_charset_reader reader = {0};
    size_t used = 0;
    for (size_t at = 0; at < length; at += step) {
        const size_t piece = length - at < step ? length - at : step;
        used += spil_charset_convert(&reader, bytes + at, piece, false, out + used);
    }
    used += spil_charset_convert(&reader, NULL, 0, true, out + used);
    *charset = reader.charset;
    return used;
}

static void assert_converts(const char *bytes, size_t length, size_t least_step,
                            spil_charset expected_charset, const char *expected)
{
    for (size_t step = least_step; step <= length; step++) {
        char out[512];
        spil_charset charset;
        const size_t used = convert(bytes, length, step, out, &charset);
        assert_int_equal(charset, expected_charset);
        assert_int_equal(used, strlen(expected));
        assert_memory_equal(out, expected, used);
    }
}

static void charset_convert__does_not_depend_on_where_chunks_end(void **state)
{
    (void)state;
    assert_converts(BYTES("a\xff\xfe"), 3, SPIL_CHARSET_WINDOWS_1252, "a\xc3\xbf\xc3\xbe");
    assert_converts(BYTES("caf\xe9 \x80, caf\xe9"), 1, SPIL_CHARSET_WINDOWS_1252,
                    "caf\xc3\xa9 \xe2\x82\xac, caf\xc3\xa9");
    assert_converts(BYTES("abc \xf0\x9f\x98\x80 \xc3\xa9"), 1, SPIL_CHARSET_UTF8,
                    "abc \xf0\x9f\x98\x80 \xc3\xa9");
    assert_converts(BYTES("caf\xe9"), 1, SPIL_CHARSET_WINDOWS_1252, "caf\xc3\xa9");
    assert_converts(BYTES("plain"), 1, SPIL_CHARSET_ASCII, "plain");
    assert_converts(BYTES("\xff\xfe"
                          "a\0\x3d\xd8\x00\xde\xe9\0"),
                    2, SPIL_CHARSET_UTF16LE, "a\xf0\x9f\x98\x80\xc3\xa9");
    assert_converts(BYTES("\xfe\xff\0a\xd8\x3d\xde\0\0\xe9"), 2, SPIL_CHARSET_UTF16BE,
                    "a\xf0\x9f\x98\x80\xc3\xa9");
}

static void charset_convert__marks_what_is_no_character(void **state)
{
    (void)state;
    /* half a pair, then an odd byte: neither is UTF-8 when it comes out */
    assert_converts(BYTES("\xff\xfe"
                          "a\0\x3d\xd8z\0q"),
                    2, SPIL_CHARSET_UTF16LE, "a\xed\xa0\xbdz\xed\xa0\x80");
    assert_converts(BYTES("\xe9\x81"), 2, SPIL_CHARSET_WINDOWS_1252, "\xc3\xa9\x81");
}

static void charset_convert__weighs_broken_against_whole(void **state)
{
    (void)state;
    char out[512];
    spil_charset charset;
    (void)convert(BYTES("\xc3\xa9 \xc3\xa9 \xe9 "), 8, out, &charset);
    assert_int_equal(charset, SPIL_CHARSET_UTF8);
    (void)convert(BYTES("\xc3\xa9 \xe9 "), 8, out, &charset);
    assert_int_equal(charset, SPIL_CHARSET_WINDOWS_1252);
}

static void charset_not_text__knows_files_that_are_no_text(void **state)
{
    (void)state;
    assert_non_null(strstr(spil_charset_not_text(BYTES("PK\3\4zip")), "CSV UTF-8"));
    assert_non_null(strstr(spil_charset_not_text(BYTES("%PDF-1.7")), "PDF"));
    assert_non_null(strstr(spil_charset_not_text(BYTES("SQLite format 3\0")), "SQLite"));
    assert_non_null(strstr(spil_charset_not_text(BYTES("a\1b\n")), "binary"));
    assert_non_null(strstr(spil_charset_not_text(BYTES("ab\n\1\1\1\1\1\1\1\1\1")), "binary"));
    assert_null(spil_charset_not_text(BYTES("a,b\n\0,2\n"))); /* one bad row */
    assert_null(spil_charset_not_text(BYTES("a\0,\0b\0\n\0")));
    assert_null(spil_charset_not_text(BYTES("a\tb\r\n\f")));
    assert_null(spil_charset_not_text("", 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(charset_convert__does_not_depend_on_where_chunks_end),
        T(charset_convert__marks_what_is_no_character),
        T(charset_convert__weighs_broken_against_whole),
        T(charset_not_text__knows_files_that_are_no_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
