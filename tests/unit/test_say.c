/* Sentences with their parts filled in. SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/sentence.h"
#include "tests/unit/t.h"
#include "tests/unit/t_result.h"

static spil_str out = SPIL_STR_INIT;
static spil_result result;

static spil_pen pen(spil_lang lang, bool html)
{
    spil_str_clear(&out);
    result = t_result();
    return (spil_pen){&out, &result, lang, html};
}

static const char *part(spil_lang lang, spil_arg arg)
{
    const spil_pen p = pen(lang, false);
    spil_say_arg(&p, &arg);
    return spil_str_text(&out);
}

static void say__counts_take_the_form_of_the_language(void **state)
{
    (void)state;
    assert_string_equal(part(SPIL_LANG_EN, A_COUNT(1234567)), "1,234,567");
    assert_string_equal(part(SPIL_LANG_NL, A_COUNT(61521)), "61.521");
    assert_string_equal(part(SPIL_LANG_NL, A_COUNT(999)), "999");
    assert_string_equal(part(SPIL_LANG_EN, A_COUNT(0)), "0");
}

static void say__numbers_keep_two_or_three_digits(void **state)
{
    (void)state;
    assert_string_equal(part(SPIL_LANG_EN, A_NUMBER(1847.28)), "1,847");
    assert_string_equal(part(SPIL_LANG_NL, A_NUMBER(12.34)), "12,3");
    assert_string_equal(part(SPIL_LANG_NL, A_NUMBER(0.125)), "0,12");
    assert_string_equal(part(SPIL_LANG_EN, A_NUMBER(0.0012)), "0.0012");
    assert_string_equal(part(SPIL_LANG_EN, A_NUMBER(-2.5)), "\xE2\x88\x92"
                                                            "2.5");
    assert_string_equal(part(SPIL_LANG_EN, A_NUMBER(9.999)), "10");
    assert_string_equal(part(SPIL_LANG_EN, A_NUMBER(24.0)), "24");
    assert_string_equal(part(SPIL_LANG_EN, A_NUMBER((double)NAN)), "\xE2\x80\x93");
}

static void say__a_percentage_never_rounds_to_certainty(void **state)
{
    (void)state;
    assert_string_equal(part(SPIL_LANG_EN, A_PERCENT(0.0)), "0%");
    assert_string_equal(part(SPIL_LANG_EN, A_PERCENT(1.0)), "100%");
    assert_string_equal(part(SPIL_LANG_EN, A_PERCENT(0.624)), "62%");
    assert_string_equal(part(SPIL_LANG_EN, A_PERCENT(0.003)), "0.3%");
    assert_string_equal(part(SPIL_LANG_NL, A_PERCENT(0.034)), "3,4%");
    assert_string_equal(part(SPIL_LANG_NL, A_PERCENT(0.03)), "3%");
    assert_string_equal(part(SPIL_LANG_NL, A_PERCENT(0.0004)), "<0,1%");
    assert_string_equal(part(SPIL_LANG_NL, A_PERCENT(1e-9)), "<0,1%");
    assert_string_equal(part(SPIL_LANG_EN, A_PERCENT(0.9999999)), "99.9%");
    assert_string_equal(part(SPIL_LANG_EN, A_PERCENT(0.996)), "99.6%");
}

static void say__spreads_show_their_interval(void **state)
{
    (void)state;
    const spil_spread spread = {0.412, 0.62, 0.78, 0.6};
    assert_string_equal(part(SPIL_LANG_EN, A_SPREAD(&spread)), "62% (41\xE2\x80\x93"
                                                               "78%)");
    const spil_spread sharp = {0.7912, 0.7944, 0.7949, 0.79};
    assert_string_equal(part(SPIL_LANG_EN, A_SPREAD(&sharp)), "79%");
}

static void say__days_are_written_out(void **state)
{
    (void)state;
    assert_string_equal(part(SPIL_LANG_EN, A_DAY(20148)), "1 March 2025");
    assert_string_equal(part(SPIL_LANG_NL, A_DAY(0)), "1 januari 1970");
    assert_string_equal(part(SPIL_LANG_NL, A_DAY(20088)), "31 december 2024");
    assert_string_equal(part(SPIL_LANG_EN, A_DAY(SPIL_NO_DAY)), "\xE2\x80\x93");
}

static void say__origins_name_file_and_line(void **state)
{
    (void)state;
    const spil_arg origin = A_ORIGIN(((spil_origin){2, 7}));
    assert_string_equal(part(SPIL_LANG_NL, origin), "(signals.csv, regel 7)");
    assert_string_equal(part(SPIL_LANG_EN, A_ORIGIN(((spil_origin){99, 7}))), "(?, line 7)");
}

static void say__foreign_text_is_escaped_in_html(void **state)
{
    (void)state;
    const spil_pen p = pen(SPIL_LANG_EN, true);
    SAY(&p, holder, A_ENTITY(3), A_PERCENT(0.5));
    assert_string_equal(spil_str_text(&out),
                        "<bdi>&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;</bdi> 50%");
}

static void say__braces_in_a_name_are_no_parts(void **state)
{
    (void)state;
    const spil_pen p = pen(SPIL_LANG_EN, false);
    SAY(&p, barrier_by, A_NAME("{2}{1}"), A_NAME("x"));
    assert_string_equal(spil_str_text(&out), "{2}{1} (x)");
}

static const char *reason(spil_lang lang, size_t target, size_t position)
{
    const spil_pen p = pen(lang, false);
    spil_say_reason(&p, &result.targets[target], &result.targets[target].reasons[position]);
    return spil_str_text(&out);
}

static void say_reason__every_reason_ends_in_its_source(void **state)
{
    (void)state;
    assert_string_equal(reason(SPIL_LANG_EN, 0, 0),
                        "Signal “power theft” of 1 March 2025, counted for the step “Location” "
                        "(strength 90%, reliability 60%). (signals.csv, line 7)");
    assert_string_equal(reason(SPIL_LANG_NL, 0, 1),
                        "Vastgelegd als verhuurder in de stap “Locatie” (betrouwbaarheid 80%). "
                        "(links.csv, regel 12)");
    assert_string_equal(reason(SPIL_LANG_EN, 1, 0),
                        "Opportunity “vacant barn” for the step “Location”: recorded is use = "
                        "barn. (persons.csv, line 90)");
    assert_string_equal(reason(SPIL_LANG_EN, 1, 1),
                        "Fits a rule of the model for the step “Location”: address of two members. "
                        "No record says so itself. (links.csv, line 2)");
}

static void say_reason__position_cites_the_links_it_rests_on(void **state)
{
    (void)state;
    const char *const text = reason(SPIL_LANG_EN, 0, 2);
    assert_non_null(strstr(text, "(links.csv, line 2); (links.csv, line 3); (links.csv, line 4)"));
    assert_non_null(strstr(text, "and 1 more"));
}

static void say_reason__position_of_a_hidden_community_still_reads(void **state)
{
    (void)state;
    const spil_pen p = pen(SPIL_LANG_EN, false);
    spil_result_target target = result.targets[0];
    target.community = SPIL_NOT_SHOWN;
    spil_say_reason(&p, &target, &target.reasons[2]);
    assert_non_null(strstr(spil_str_text(&out), "rests on the links."));
    assert_null(spil_target_chain(&result, &target));
}

static void say_fall__tells_the_chance_with_and_without(void **state)
{
    (void)state;
    const spil_pen p = pen(SPIL_LANG_EN, false);
    spil_say_fall(&p, &result.targets[0]);
    assert_string_equal(spil_str_text(&out),
                        "The chance that community 1 has every step of Cannabis cultivation in "
                        "place is put at 62% (41–78%); without J. de Vries it would be 21%.");
}

static void say_recovery__agrees_in_number(void **state)
{
    (void)state;
    spil_pen p = pen(SPIL_LANG_EN, false);
    spil_say_recovery(&p, &result.targets[0]);
    assert_non_null(strstr(spil_str_text(&out), "3 candidates within two steps"));
    p = pen(SPIL_LANG_EN, false);
    spil_say_recovery(&p, &result.targets[1]);
    assert_non_null(strstr(spil_str_text(&out), "nobody is seen who could step in"));
}

static void say_assumed__names_what_nobody_measured(void **state)
{
    (void)state;
    const spil_pen p = pen(SPIL_LANG_EN, false);
    spil_say_assumed(&p, result.targets[0].assumed);
    assert_string_equal(spil_str_text(&out),
                        "how often the barrier works, how fast the network recovers");
    spil_str_clear(&out);
    spil_say_assumed(&p, 0);
    assert_string_equal(spil_str_text(&out), "");
}

static void sureness__steps_at_its_bounds(void **state)
{
    (void)state;
    assert_int_equal(spil_sureness(0.9), SPIL_SAY_sure_very_firm);
    assert_int_equal(spil_sureness(0.89), SPIL_SAY_sure_firm);
    assert_int_equal(spil_sureness(0.696), SPIL_SAY_sure_firm); /* shown as 70% */
    assert_int_equal(spil_sureness(0.7), SPIL_SAY_sure_firm);
    assert_int_equal(spil_sureness(0.5), SPIL_SAY_sure_fair);
    assert_int_equal(spil_sureness(0.49), SPIL_SAY_sure_shaky);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(say__counts_take_the_form_of_the_language),
        T(say__numbers_keep_two_or_three_digits),
        T(say__a_percentage_never_rounds_to_certainty),
        T(say__spreads_show_their_interval),
        T(say__days_are_written_out),
        T(say__origins_name_file_and_line),
        T(say__foreign_text_is_escaped_in_html),
        T(say__braces_in_a_name_are_no_parts),
        T(say_reason__every_reason_ends_in_its_source),
        T(say_reason__position_cites_the_links_it_rests_on),
        T(say_reason__position_of_a_hidden_community_still_reads),
        T(say_fall__tells_the_chance_with_and_without),
        T(say_recovery__agrees_in_number),
        T(say_assumed__names_what_nobody_measured),
        T(sureness__steps_at_its_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
