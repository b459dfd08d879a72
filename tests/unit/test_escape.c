/* Foreign text made safe. SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/escape.h"
#include "tests/unit/t.h"

static const char *through(void (*write)(spil_str *out, const char *text), const char *text)
{
    static spil_str out = SPIL_STR_INIT;
    spil_str_clear(&out);
    write(&out, text);
    return spil_str_text(&out);
}

static const char *shortened(const char *text, double ems)
{
    static spil_str out = SPIL_STR_INIT;
    spil_str_clear(&out);
    spil_text_shorten(&out, text, ems);
    return spil_str_text(&out);
}

static void html_text__markup_is_shown_as_text(void **state)
{
    (void)state;
    assert_string_equal(through(spil_html_text, "</script><img onerror='x' a=\"b\">&amp;"),
                        "&lt;/script&gt;&lt;img onerror=&#39;x&#39; a=&quot;b&quot;&gt;&amp;amp;");
}

static void html_text__letters_of_any_script_pass(void **state)
{
    (void)state;
    assert_string_equal(through(spil_html_text, "Zoë Şahin Ελένη محمد 王"),
                        "Zoë Şahin Ελένη محمد 王");
}

static void html_text__marks_that_turn_the_line_are_spelled_out(void **state)
{
    (void)state;
    assert_string_equal(through(spil_html_text, "a\xE2\x80\xAEgpj.exe\xE2\x81\xA9"),
                        "a[U+202E]gpj.exe[U+2069]");
}

static void html_text__controls_and_broken_bytes_become_the_replacement_mark(void **state)
{
    (void)state;
    assert_string_equal(through(spil_html_text, "a\x01"
                                                "b\xFF"
                                                "c\xC2\x85"
                                                "d\x7F"),
                        "a\xEF\xBF\xBD"
                        "b\xEF\xBF\xBD"
                        "c\xEF\xBF\xBD"
                        "d\xEF\xBF\xBD");
    assert_string_equal(through(spil_html_text, "cut \xE2\x82"), "cut \xEF\xBF\xBD\xEF\xBF\xBD");
}

static void html_name__keeps_its_direction_to_itself(void **state)
{
    (void)state;
    assert_string_equal(through(spil_html_name, "A&B"), "<bdi>A&amp;B</bdi>");
}

static void csv_cell__formulas_are_quoted(void **state)
{
    (void)state;
    assert_string_equal(through(spil_csv_cell, "=1+1"), "\"'=1+1\"");
    assert_string_equal(through(spil_csv_cell, "+31 6"), "\"'+31 6\"");
    assert_string_equal(through(spil_csv_cell, "-x"), "\"'-x\"");
    assert_string_equal(through(spil_csv_cell, "@SUM(A1)"), "\"'@SUM(A1)\"");
    assert_string_equal(through(spil_csv_cell, "\tx"), "\"'\tx\"");
    assert_string_equal(through(spil_csv_cell, "\rx"), "\"'\rx\"");
    assert_string_equal(through(spil_csv_cell, "\xEF\xBC\x9D"
                                               "1"),
                        "\"'\xEF\xBC\x9D"
                        "1\"");
}

static void csv_cell__plain_text_stays_plain(void **state)
{
    (void)state;
    assert_string_equal(through(spil_csv_cell, ""), "");
    assert_string_equal(through(spil_csv_cell, "J. de Vries"), "J. de Vries");
    assert_string_equal(through(spil_csv_cell, "a=b"), "a=b");
}

static void csv_cell__separators_and_quotes_are_quoted(void **state)
{
    (void)state;
    assert_string_equal(through(spil_csv_cell, "a,b"), "\"a,b\"");
    assert_string_equal(through(spil_csv_cell, "a;b"), "\"a;b\"");
    assert_string_equal(through(spil_csv_cell, "say \"x\"\nthen"), "\"say \"\"x\"\"\nthen\"");
}

static void utf8_mend__only_broken_bytes_change(void **state)
{
    (void)state;
    assert_string_equal(through(spil_utf8_mend, "<é>\xFF!"), "<é>\xEF\xBF\xBD!");
}

static void text_shorten__what_fits_is_untouched(void **state)
{
    (void)state;
    assert_string_equal(shortened("Kerkstraat 12", 20.0), "Kerkstraat 12");
}

static void text_shorten__never_wider_than_asked(void **state)
{
    (void)state;
    for (double ems = 2.0; ems < 12.0; ems += 0.5)
        assert_true(spil_text_width(shortened("WWWmmm een lange naam iii", ems)) <= ems);
}

static void text_shorten__cuts_between_graphemes(void **state)
{
    (void)state;
    /* e + combining acute, eight times: no accent may be torn from its letter */
    const char *const accented = "e\xCC\x81"
                                 "e\xCC\x81"
                                 "e\xCC\x81"
                                 "e\xCC\x81"
                                 "e\xCC\x81"
                                 "e\xCC\x81"
                                 "e\xCC\x81"
                                 "e\xCC\x81";
    const char *const cut = shortened(accented, 3.0);
    const size_t length = strlen(cut);
    assert_true(length > 3 && length < strlen(accented));
    assert_int_equal((length - 3) % 3, 0); /* whole letters, then the ellipsis */
    assert_string_equal(cut + length - 3, "\xE2\x80\xA6");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(html_text__markup_is_shown_as_text),
        T(html_text__letters_of_any_script_pass),
        T(html_text__marks_that_turn_the_line_are_spelled_out),
        T(html_text__controls_and_broken_bytes_become_the_replacement_mark),
        T(html_name__keeps_its_direction_to_itself),
        T(csv_cell__formulas_are_quoted),
        T(csv_cell__plain_text_stays_plain),
        T(csv_cell__separators_and_quotes_are_quoted),
        T(utf8_mend__only_broken_bytes_change),
        T(text_shorten__what_fits_is_untouched),
        T(text_shorten__never_wider_than_asked),
        T(text_shorten__cuts_between_graphemes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
