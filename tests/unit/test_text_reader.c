/* test_text_reader.c - rows out of bytes, good and bad. SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/base/str.h"
#include "loaders/limits.h"
#include "loaders/text_reader.h"
#include "tests/unit/t.h"

#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#define BYTES(text) (text), sizeof(text) - 1

/* All rows as one text: "line:[a|b]" of good ones, "line!reason" of bad ones. Caller: spil_free. */
static spil_status read_all(char **out, const void *bytes, size_t length, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_text_reader *reader = NULL;
    spil_str text = SPIL_STR_INIT;
    spil_row row;
    bool got = true;
    TRY(spil_text_reader_open_memory(&reader, "x.csv", bytes, length, err));
    for (;;) {
        TRY(spil_text_reader_next(reader, &row, &got, err));
        if (!got)
            break;
        spil_str_addf(&text, "%llu", (unsigned long long)row.line);
        if (row.reason)
            spil_str_addf(&text, "!%.24s", row.reason);
        else
            spil_str_add(&text, ":[");
        for (size_t i = 0; i < row.count; i++)
            spil_str_addf(&text, "%s%s", i ? "|" : "", row.fields[i]);
        spil_str_add(&text, row.reason ? "\n" : "]\n");
    }
    TRY(spil_str_status(&text, err));
    TRY(spil_copy_text(out, spil_str_text(&text), err));
done:
    spil_str_free(&text);
    spil_text_reader_free(reader);
    return rc;
}

static void assert_rows(const void *bytes, size_t length, const char *expected)
{
    spil_err err;
    char *rows = NULL;
    assert_ok(read_all(&rows, bytes, length, &err));
    assert_string_equal(rows, expected);
    spil_free(rows);
}

static void assert_refused(const void *bytes, size_t length, const char *part)
{
    spil_err err;
    char *rows = NULL;
    assert_fails(read_all(&rows, bytes, length, &err), SPIL_INPUT, part);
}

/* gzip in memory; returns the packed length. */
static size_t pack(const void *bytes, size_t length, unsigned char *out, size_t room)
{
    z_stream z = {0};
    assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    z.next_in = (unsigned char *)(uintptr_t)bytes;
    z.avail_in = (uInt)length;
    z.next_out = out;
    z.avail_out = (uInt)room;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    const size_t packed = room - z.avail_out;
    (void)deflateEnd(&z);
    return packed;
}

/* ---- what a good file may look like ---- */

static void text_reader__splits_at_commas_and_keeps_line_numbers(void **state)
{
    (void)state;
    assert_rows(BYTES("a,b\n\n1, x y \n , \n"), "1:[a|b]\n3:[1|x y]\n4:[|]\n");
}

static void text_reader__finds_semicolon_tab_and_blanks(void **state)
{
    (void)state;
    assert_rows(BYTES("a;b,c\n1;2,5\n"), "1:[a|b,c]\n2:[1|2,5]\n");
    assert_rows(BYTES("a\tb\n\t2\n"), "1:[a|b]\n2:[|2]\n");
    assert_rows(BYTES("  a  b 3 \nc d\n"), "1:[a|b|3]\n2:[c|d]\n");
    assert_rows(BYTES("\"a;b\",c\n1,2\n"), "1:[a;b|c]\n2:[1|2]\n");
}

static void text_reader__takes_every_line_end(void **state)
{
    (void)state;
    assert_rows(BYTES("a,b\r\n1,2\r\n"), "1:[a|b]\n2:[1|2]\n");
    assert_rows(BYTES("a,b\r1,2\r3,4"), "1:[a|b]\n2:[1|2]\n3:[3|4]\n");
    assert_rows(BYTES("a,b\n\r\n1,2"), "1:[a|b]\n3:[1|2]\n");
}

static void text_reader__reads_quotes_delimiters_and_newlines_in_values(void **state)
{
    (void)state;
    assert_rows(BYTES("a,b\n\"x, \"\"y\"\"\",\"two\r\nlines\"\n3,\" 4 \"\n"),
                "1:[a|b]\n2:[x, \"y\"|two\nlines]\n4:[3| 4 ]\n");
}

static void text_reader__passes_comments_and_sep_line_at_the_head(void **state)
{
    (void)state;
    assert_rows(BYTES("# nodes 3\n% x\na b\n#c d\n"), "3:[a|b]\n4:[#c|d]\n");
    assert_rows(BYTES("sep=;\r\na,x;b\r\n1;2\r\n"), "2:[a,x|b]\n3:[1|2]\n");
}

/* ---- character sets ---- */

static void text_reader__passes_a_byte_order_mark(void **state)
{
    (void)state;
    assert_rows(BYTES("\xef\xbb\xbf"
                      "a,b\n\xc3\xa9,2\n"),
                "1:[a|b]\n2:[\xc3\xa9|2]\n");
}

static void text_reader__converts_windows_1252(void **state)
{
    (void)state;
    assert_rows(BYTES("a,b\nRen\xe9,\x80 5\n"), "1:[a|b]\n2:[Ren\xc3\xa9|\xe2\x82\xac 5]\n");
    assert_rows(BYTES("a,b\nx\x81,\xe9\n\xe9,2\n"), "1:[a|b]\n2!bytes that are no text i\n"
                                                    "3:[\xc3\xa9|2]\n");
}

static void text_reader__rejects_the_row_with_a_broken_byte_in_utf8(void **state)
{
    (void)state;
    assert_rows(BYTES("a,b\n\xc3\xa9,1\n\xc3\xab,\xe9\n\xc3\xa9\xc3\xa9,3\n"),
                "1:[a|b]\n2:[\xc3\xa9|1]\n3!bytes that are no text i\n4:[\xc3\xa9\xc3\xa9|3]\n");
}

static void text_reader__decides_the_character_set_late_when_the_head_is_ascii(void **state)
{
    (void)state;
    /* the first byte above 127 is the last of the first chunk of 65536 */
    static char bytes[65536 + 8];
    memset(bytes, 'x', sizeof bytes);
    memcpy(bytes, "a,b\n", 4);
    for (size_t i = 63; i < 65530; i += 64)
        bytes[i] = '\n';
    char *rows = NULL;
    spil_err err;
    for (int windows = 0; windows < 2; windows++) {
        memcpy(bytes + 65534, windows ? "\n\xe9,2\n\n\n\n" : "\n\xc3\xa9,2\n\n\n", 8);
        assert_ok(read_all(&rows, bytes, 65534 + 8, &err));
        assert_non_null(strstr(rows, ":[\xc3\xa9|2]\n"));
        spil_free(rows);
    }
}

static void text_reader__converts_utf16_of_both_orders(void **state)
{
    (void)state;
    assert_rows(BYTES("\xff\xfe"
                      "a\0,\0b\0\n\0\xe9\0,\0\x3d\xd8\x00\xde\n\0"),
                "1:[a|b]\n2:[\xc3\xa9|\xf0\x9f\x98\x80]\n");
    assert_rows(BYTES("\0a\0,\0b\0\n\0\xe9\0,\0002\0\n"), "1:[a|b]\n2:[\xc3\xa9|2]\n");
    assert_rows(BYTES("\xff\xfe"
                      "a\0,\0b\0\n\0\x3d\xd8,\0002\0\n\0003\0,\0004\0"),
                "1:[a|b]\n2!bytes that are no text i\n3:[3|4]\n");
}

/* ---- bad rows ---- */

static void text_reader__rejects_a_row_with_a_zero_byte(void **state)
{
    (void)state;
    assert_rows(BYTES("a,b\n1,\0\n3,4\n"), "1:[a|b]\n2!a zero byte (NUL) stands\n3:[3|4]\n");
}

static void text_reader__gives_up_one_line_for_a_quote_that_is_not_closed(void **state)
{
    (void)state;
    assert_rows(BYTES("a,b\n1,\"x\n3,4\n5,6\n"),
                "1:[a|b]\n2!a quote (\") is opened he\n3:[3|4]\n4:[5|6]\n");
}

static void text_reader__rejects_a_quote_inside_a_value(void **state)
{
    (void)state;
    assert_rows(BYTES("a,b\n1,x\"y\n\"z\"w,4\n5,6\n"),
                "1:[a|b]\n2!a quote (\") stands insid\n3!a quote (\") stands insid\n4:[5|6]\n");
}

static void text_reader__rejects_long_lines_and_values_and_reads_on(void **state)
{
    (void)state;
    const size_t lengths[] = {SPIL_MAX_FIELD, SPIL_MAX_FIELD + 1, SPIL_MAX_LINE - 2,
                              SPIL_MAX_LINE - 1, 5 * SPIL_MAX_LINE};
    const char *const expected[] = {NULL, "2!a value of more than 655",
                                    "2!a value of more than 655", "2!a line of more than 1048",
                                    "2!a line of more than 1048"};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++)
        for (int ends = 0; ends < 3; ends++) {
            spil_err err;
            char *bytes = NULL, *rows = NULL;
            assert_ok(NEW_ARRAY(bytes, lengths[i] + 32, &err));
            memcpy(bytes, "a,b\n1,", 6);
            memset(bytes + 6, 'x', lengths[i]);
            memcpy(bytes + 6 + lengths[i],
                   ends == 0   ? "\n3,4\n"
                   : ends == 1 ? "\r3,4\n"
                               : "\r\n3,4",
                   6);
            assert_ok(read_all(&rows, bytes, strlen(bytes), &err));
            if (expected[i])
                assert_non_null(strstr(rows, expected[i]));
            else
                assert_non_null(strstr(rows, "2:[1|xxx"));
            assert_non_null(strstr(rows, "\n3:[3|4]\n"));
            spil_free(rows);
            spil_free(bytes);
        }
}

static void text_reader__rejects_too_many_columns(void **state)
{
    (void)state;
    char bytes[2 * SPIL_MAX_COLUMNS + 16] = "a,b\n";
    memset(bytes + 4, ',', SPIL_MAX_COLUMNS);
    memcpy(bytes + 4 + SPIL_MAX_COLUMNS, "\n3,4\n", 6);
    assert_rows(bytes, strlen(bytes), "1:[a|b]\n2!4097 values in a row, mo\n3:[3|4]\n");
}

static void text_reader__splits_values_of_any_length(void **state)
{
    (void)state;
    enum { LONGEST = 70 };
    spil_str file = SPIL_STR_INIT, expected = SPIL_STR_INIT;
    char value[LONGEST + 1] = "";
    spil_str_add(&file, "a;b;c\n");
    spil_str_add(&expected, "1:[a|b|c]\n");
    for (size_t length = 0; length < LONGEST; length++) {
        memset(value, 'x', length);
        spil_str_addf(&file, "%s;y;%s\n", value, value);
        spil_str_addf(&expected, "%zu:[%s|y|%s]\n", length + 2, value, value);
    }
    assert_rows(file.text, file.length, spil_str_text(&expected));
    spil_str_free(&file);
    spil_str_free(&expected);
}

static void text_reader__gives_the_raw_bytes_of_a_row(void **state)
{
    (void)state;
    spil_err err;
    spil_text_reader *reader = NULL;
    spil_row row;
    bool got;
    assert_ok(spil_text_reader_open_memory(&reader, "x", BYTES("a,b\n \"1\" ,\"x\ny\"\r\n"), &err));
    assert_ok(spil_text_reader_next(reader, &row, &got, &err));
    assert_ok(spil_text_reader_next(reader, &row, &got, &err));
    assert_true(got);
    assert_int_equal(row.raw_length, 11);
    assert_memory_equal(row.raw, " \"1\" ,\"x\ny\"", 11);
    spil_text_reader_free(reader);
}

/* ---- files that are refused ---- */

static void text_reader__refuses_what_is_no_text(void **state)
{
    (void)state;
    assert_refused("", 0, "x.csv: the file is empty");
    assert_refused(BYTES("\n \r\n# only a comment\n"), "holds no rows");
    assert_refused(BYTES("\xef\xbb\xbf"), "holds no rows");
    assert_refused(BYTES("\x7f"
                         "ELF\2\1\1\0\0\0\0\0"),
                   "a binary file");
    assert_refused(BYTES("PK\3\4xxxx"), "save the sheet as 'CSV UTF-8'");
}

static void text_reader__says_what_a_path_is_that_is_no_file(void **state)
{
    (void)state;
    spil_err err;
    spil_text_reader *reader = NULL;
    assert_fails(spil_text_reader_open(&reader, "no/such", &err), SPIL_NOT_FOUND,
                 "no/such: no such file");
    assert_fails(spil_text_reader_open(&reader, "tests", &err), SPIL_INPUT, "this is a folder");
    assert_null(reader);
}

static void text_reader__reads_gzip_of_several_members(void **state)
{
    (void)state;
    unsigned char packed[256] = {0};
    size_t length = pack(BYTES("a,b\n1,"), packed, 100);
    length += pack(BYTES("2\n"), packed + length, 100);
    assert_rows(packed, length + 20, "1:[a|b]\n2:[1|2]\n"); /* zero padding as on tapes */
}

static void text_reader__refuses_truncated_and_damaged_gzip(void **state)
{
    (void)state;
    unsigned char packed[128] = {0};
    const size_t length = pack(BYTES("a,b\n1,2\n3,4\n5,6\n7,8\n"), packed, 100);
    for (size_t cut = 2; cut < length; cut++)
        assert_refused(packed, cut, "x.csv: the gzip file is truncated");
    packed[length - 6] ^= 1; /* check sum */
    assert_refused(packed, length, "damaged gzip data at byte");
    packed[length - 6] ^= 1;
    memcpy(packed + length, "rubbish", 7);
    assert_refused(packed, length + 7, "something else follows");
}

static void text_reader__refuses_a_gzip_bomb(void **state)
{
    (void)state;
    spil_err err;
    unsigned char *packed = NULL, *zeros = NULL;
    const size_t size = (size_t)SPIL_BOMB_FROM + (1 << 20);
    assert_ok(NEW_ARRAY(packed, 1 << 20, &err));
    assert_ok(NEW_ARRAY(zeros, size, &err));
    memset(zeros, '\n', size);
    memcpy(zeros, "a,b\n1,2\n", 8);
    const size_t length = pack(zeros, size, packed, 1 << 20);
    char *rows = NULL;
    assert_fails(read_all(&rows, packed, length, &err), SPIL_LIMIT, "no ordinary export");
    spil_free(zeros);
    spil_free(packed);
}

static spil_status read_sample(void)
{
    static const char sample[] = "a,b\n1,\"x\n3,4\n\"p\nq\",6\n";
    unsigned char packed[128];
    const size_t length = pack(BYTES(sample), packed, sizeof packed);
    char *rows = NULL;
    const spil_status rc = read_all(&rows, packed, length, NULL);
    spil_free(rows);
    return rc;
}

static void text_reader__survives_no_memory(void **state)
{
    (void)state;
    assert_survives_no_memory(read_sample());
}

/* The same text with every value in quotes goes through libcsv: both ways must agree. */
static void text_reader__splits_alike_with_and_without_libcsv(void **state)
{
    (void)state;
    static const char *const plain[] = {"a,b", ",", " , x", "1,2,3", "\t,\t", "x", " x y ,, "};
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        char bytes[128], *with = NULL, *without = NULL;
        spil_err err;
        (void)snprintf(bytes, sizeof bytes, "h,i\n%s\n", plain[i]);
        assert_ok(read_all(&without, bytes, strlen(bytes), &err));
        (void)snprintf(bytes, sizeof bytes, "h,i\n%s,\"\"\n", plain[i]);
        assert_ok(read_all(&with, bytes, strlen(bytes), &err));
        const size_t length = strlen(without);
        assert_memory_equal(with, without, length - 2); /* up to "]\n" */
        assert_string_equal(with + length - 2, "|]\n");
        spil_free(with);
        spil_free(without);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(text_reader__splits_at_commas_and_keeps_line_numbers),
        T(text_reader__finds_semicolon_tab_and_blanks),
        T(text_reader__takes_every_line_end),
        T(text_reader__reads_quotes_delimiters_and_newlines_in_values),
        T(text_reader__passes_comments_and_sep_line_at_the_head),
        T(text_reader__passes_a_byte_order_mark),
        T(text_reader__converts_windows_1252),
        T(text_reader__rejects_the_row_with_a_broken_byte_in_utf8),
        T(text_reader__decides_the_character_set_late_when_the_head_is_ascii),
        T(text_reader__converts_utf16_of_both_orders),
        T(text_reader__rejects_a_row_with_a_zero_byte),
        T(text_reader__gives_up_one_line_for_a_quote_that_is_not_closed),
        T(text_reader__rejects_a_quote_inside_a_value),
        T(text_reader__rejects_long_lines_and_values_and_reads_on),
        T(text_reader__rejects_too_many_columns),
        T(text_reader__splits_values_of_any_length),
        T(text_reader__gives_the_raw_bytes_of_a_row),
        T(text_reader__refuses_what_is_no_text),
        T(text_reader__says_what_a_path_is_that_is_no_file),
        T(text_reader__reads_gzip_of_several_members),
        T(text_reader__refuses_truncated_and_damaged_gzip),
        T(text_reader__refuses_a_gzip_bomb),
        T(text_reader__survives_no_memory),
        T(text_reader__splits_alike_with_and_without_libcsv),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
