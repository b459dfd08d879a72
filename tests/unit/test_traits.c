/* test_traits.c - which columns stay at the door, and how names, numbers and dates are read.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "loaders/column_name.h"
#include "loaders/traits.h"
#include "loaders/value.h"
#include "tests/unit/t.h"

static void trait_of_column__knows_dutch_and_english_names(void **state)
{
    (void)state;
    static const struct {
        const char *column, *what;
    } cases[] = {
        {"Nationaliteit", "nationality"},
        {"NATIONALITY", "nationality"},
        {"geboorte_plaats", "place or country of birth"},
        {"PlaceOfBirth", "place or country of birth"},
        {"geboortedatum", "date or year of birth"},
        {"geboorte datum", "date or year of birth"},
        {"date_of_birth", "date or year of birth"},
        {"birthYear", "date or year of birth"},
        {"birth_year", "date or year of birth"},
        {"GebDat", "date or year of birth"},
        {"dob", "date or year of birth"},
        {"Leeftijd", "age"},
        {"age", "age"},
        {"age:int", "age"},
        {"personAge", "age"},
        {"client_age", "age"},
        {"Etniciteit", "ethnicity or descent"},
        {"ethnic group", "ethnicity or descent"},
        {"Land van herkomst", "ethnicity or descent"},
        {"religie", "religion or belief"},
        {"Geloofsovertuiging", "religion or belief"},
        {"health_status", "health"},
        {"Gezondheidstoestand", "health"},
        {"Seksuele ge\xc3\xa4"
         "ardheid",
         "sexual life"},
        {"sexual_orientation", "sexual life"},
        {"politieke_voorkeur", "political view"},
        {"political party", "political view"},
        {"vakbondslid", "union membership"},
        {"Trade Union", "union membership"},
        {"Geslacht", "gender"},
        {"sex", "gender"},
        {"BSN", "an identity number"},
        {"bsn_partner", "an identity number"},
        {"burgerservicenummer", "an identity number"},
        {"nhs_no", "an identity number"},
        {"SSN", "an identity number"},
        {"Passport Number", "an identity number"},
        {"DNA", "genetic or biometric data"},
        {"A-nummer", "an identity number"},
        {"BTW-nummer", "an identity number"},
        {"Fiscaal nummer", "an identity number"},
        {"Geboren te", "place or country of birth"},
        {"Aanhef", "gender"},
        {"M/V", "gender"},
        {"Geslacht (geslachtsnaam)", "gender"},
        {"Bevolkingsgroep", "ethnicity or descent"},
        {"Drugsgebruik", "health"},
        {"Nat. code", "nationality"},
        {"natio", "nationality"},
        {"2e nation", "nationality"},
        {"gebl", "place or country of birth"},
        {"Geb.plts", "place or country of birth"},
        {"POB", "place or country of birth"},
        {"gb_datum", "date or year of birth"},
        {"Geb.jr", "date or year of birth"},
        {"DtGeb", "date or year of birth"},
        {"yob", "date or year of birth"},
        {"Leeft.", "age"},
        {"age (years)", "age"},
        {"is_minor", "age"},
        {"Gesl.", "gender"},
        {"afstamming", "ethnicity or descent"},
        {"Culturele achtergrond", "ethnicity or descent"},
        {"Levensbeschouwing", "religion or belief"},
        {"is_muslim", "religion or belief"},
        {"Joods", "religion or belief"},
        {"verslaafd aan", "health"},
        {"IQ", "health"},
        {"LVB", "health"},
        {"Alcoholgebruik", "health"},
        {"Seksualiteit", "sexual life"},
        {"Homo", "sexual life"},
        {"politieke kleur", "political view"},
        {"party membership", "political view"},
        {"Union name", "union membership"},
        {"Legitimatiebewijs", "an identity number"},
        {"Verblijfstitel", "nationality"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const spil_trait *const trait = spil_trait_of_column(cases[i].column);
        if (!trait || strcmp(trait->what, cases[i].what) != 0)
            fail_msg("'%s' is %s, expected %s", cases[i].column, trait ? trait->what : "allowed",
                     cases[i].what);
    }
}

static void trait_of_column__lets_other_columns_in(void **state)
{
    (void)state;
    static const char *const columns[] = {"country_of_residence",
                                          "municipality",
                                          "gemeente",
                                          "id",
                                          "name",
                                          "surname",
                                          "role",
                                          "from",
                                          "to",
                                          "kind",
                                          "village",
                                          "usage",
                                          "storage",
                                          "agent",
                                          "mileage",
                                          "damage",
                                          "average",
                                          "vehicle_age",
                                          "Politiekorps",
                                          "politie_kenmerk",
                                          "politiekantoor",
                                          "international_id",
                                          "subsnummer",
                                          "trace",
                                          "terrace",
                                          "gebied",
                                          "gebruik",
                                          "gebouw",
                                          "citizens",
                                          "kerkstraat",
                                          "street",
                                          "date",
                                          "year",
                                          "founded",
                                          "weight",
                                          "confidence",
                                          "strength",
                                          "code",
                                          "sbi",
                                          "kvk",
                                          "use",
                                          "vacant",
                                          "adres",
                                          "land",
                                          "country",
                                          "natuur",
                                          "nationale_politie",
                                          "destination",
                                          "datum_gebruik",
                                          "gebeurtenis",
                                          "alcoholvergunning",
                                          "beperking",
                                          "minor_offence",
                                          "dienst",
                                          "boekjaar",
                                          "verslag",
                                          "email_address",
                                          ""};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        const spil_trait *const trait = spil_trait_of_column(columns[i]);
        if (trait)
            fail_msg("'%s' is taken for %s", columns[i], trait->what);
    }
}

static void column_name_fold__splits_words_and_takes_accents_off(void **state)
{
    (void)state;
    const spil_column_name name = spil_column_name_fold("  Straat-Naam_2 of\xc3\xa9"
                                                        "En");
    assert_string_equal(name.joined, "straatnaam2ofeen");
    assert_string_equal(name.words, " straat naam 2 ofe en ");
    assert_true(spil_column_name_has_word(&name, "naam"));
    assert_false(spil_column_name_has_word(&name, "aam"));
    char longer[2000];
    memset(longer, 'A', sizeof longer);
    longer[sizeof longer - 1] = '\0';
    assert_true(strlen(spil_column_name_fold(longer).joined) < SPIL_COLUMN_NAME_ROOM);
}

static void value_number__takes_a_comma_only_where_it_may(void **state)
{
    (void)state;
    double value;
    assert_true(spil_value_number("1,5", true, &value));
    assert_close(value, 1.5, 0);
    assert_true(spil_value_number("-1.5e3", true, &value));
    assert_close(value, -1500, 0);
    static const char *const wrong[] = {"1,5,6", "1.23,5", ",", "", "1 00", "0x10", "inf", "1,5x"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(spil_value_number(wrong[i], true, &value));
    assert_false(spil_value_number("1,5", false, &value));
}

static void value_day__takes_the_forms_of_exports(void **state)
{
    (void)state;
    static const char *const same[] = {
        "2024-02-29", "29-02-2024",        "29/2/2024",        "29.02.2024",
        "20240229",   "2024-02-29T00:00Z", "2024-02-29 13:45", "2024-02-29T13:45:01.5+01:00",
        "29/02/24",   "29-2-2024 9:05",    "29 februari 2024", "29-FEB-2024",
        "2024-2-29",  "20240229134501",    "29 feb. 2024"};
    static const char *const wrong[] = {"",
                                        "2023-02-29",
                                        "31-04-2024",
                                        "29-02-243",
                                        "29 02 2024",
                                        "29 maar 20244",
                                        "29-foo-2024",
                                        "29-02/2024",
                                        "02-2024",
                                        "2024022",
                                        "202402290",
                                        "2024-02-29x",
                                        "29-02-2024 x",
                                        "02/29/2024",
                                        "2024-02-29T",
                                        "1-1-20244"};
    spil_day day, expected;
    assert_true(spil_day_from_civil(2024, 2, 29, &expected));
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        assert_true(spil_value_day(same[i], &day));
        assert_int_equal(day, expected);
    }
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (spil_value_day(wrong[i], &day))
            fail_msg("'%s' passes for a date", wrong[i]);
}

static void value_day__reads_short_years_and_orders_as_told(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        spil_day_form form;
        int year, month, day;
    } cases[] = {
        {"1-2-49", SPIL_DAY_FORM_DEFAULT, 2049, 2, 1},
        {"1-2-50", SPIL_DAY_FORM_DEFAULT, 1950, 2, 1},
        {"1-2-30", {SPIL_DAY_FIRST, 30}, 1930, 2, 1},
        {"1/2/2024", {SPIL_MONTH_FIRST, 50}, 2024, 1, 2},
        {"24-1-2", {SPIL_YEAR_FIRST, 50}, 2024, 1, 2},
        {"2024-1-2", {SPIL_MONTH_FIRST, 50}, 2024, 1, 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        spil_day day, expected;
        assert_true(spil_value_day_as(cases[i].text, &cases[i].form, &day));
        assert_true(spil_day_from_civil(cases[i].year, cases[i].month, cases[i].day, &expected));
        assert_int_equal(day, expected);
    }
}

static void value_decimal_sign__tells_what_a_number_says_of_its_column(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        spil_decimal_sign sign;
    } cases[] = {{"1.234", SPIL_SIGN_UNDECIDED},
                 {"12.345", SPIL_SIGN_UNDECIDED},
                 {"-1,234", SPIL_SIGN_UNDECIDED},
                 {"\xe2\x82\xac 1.250,-", SPIL_SIGN_UNDECIDED},
                 {"0.125", SPIL_SIGN_POINT},
                 {"1234.567", SPIL_SIGN_POINT},
                 {"1.5", SPIL_SIGN_POINT},
                 {"1.2345", SPIL_SIGN_POINT},
                 {"1,5", SPIL_SIGN_COMMA},
                 {"0,125", SPIL_SIGN_COMMA},
                 {"1.234,5", SPIL_SIGN_COMMA},
                 {"1.234.567", SPIL_SIGN_COMMA},
                 {"12", SPIL_SIGN_NONE},
                 {"1.5e3", SPIL_SIGN_POINT},
                 {"31.12.2024", SPIL_SIGN_NONE},
                 {"x1.234", SPIL_SIGN_NONE},
                 {"", SPIL_SIGN_NONE},
                 {"Jan", SPIL_SIGN_NONE}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (spil_value_decimal_sign(cases[i].text) != cases[i].sign)
            fail_msg("'%s' says %d", cases[i].text, (int)spil_value_decimal_sign(cases[i].text));
}

static void value_decimal__takes_groups_of_thousands_where_they_can_be_told(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        spil_decimal decimal;
        double value; /* NAN: no number */
    } cases[] = {
        {"1.234,5", SPIL_DECIMAL_EITHER, 1234.5},
        {"1.234.567", SPIL_DECIMAL_EITHER, 1234567},
        {"1.234", SPIL_DECIMAL_EITHER, 1.234},
        {"1.234", SPIL_DECIMAL_COMMA, 1234},
        {"-1.234,50", SPIL_DECIMAL_COMMA, -1234.5},
        {"1 234 567,8", SPIL_DECIMAL_COMMA, 1234567.8},
        {"\xe2\x82\xac 1.250,-", SPIL_DECIMAL_COMMA, 1250},
        {"0,25", SPIL_DECIMAL_COMMA, 0.25},
        {"12.5", SPIL_DECIMAL_COMMA, (double)NAN},
        {"1.23,4", SPIL_DECIMAL_EITHER, (double)NAN},
        {"1234.567,8", SPIL_DECIMAL_EITHER, (double)NAN},
        {"1,2,3", SPIL_DECIMAL_EITHER, (double)NAN},
        {"1,2.3", SPIL_DECIMAL_EITHER, (double)NAN},
        {"1,5", SPIL_DECIMAL_POINT, (double)NAN},
        {",-", SPIL_DECIMAL_COMMA, (double)NAN},
        {"", SPIL_DECIMAL_COMMA, (double)NAN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double value = 0;
        const bool is = spil_value_decimal(cases[i].text, cases[i].decimal, &value);
        if (is == isnan(cases[i].value) || (is && value != cases[i].value))
            fail_msg("'%s' reads as %g", cases[i].text, is ? value : (double)NAN);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(trait_of_column__knows_dutch_and_english_names),
        T(trait_of_column__lets_other_columns_in),
        T(column_name_fold__splits_words_and_takes_accents_off),
        T(value_number__takes_a_comma_only_where_it_may),
        T(value_day__takes_the_forms_of_exports),
        T(value_day__reads_short_years_and_orders_as_told),
        T(value_decimal_sign__tells_what_a_number_says_of_its_column),
        T(value_decimal__takes_groups_of_thousands_where_they_can_be_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
