/* test_geo.c - recorded coordinates and the map made of them. SPDX-License-Identifier:
 * GPL-3.0-or-later */
#include "reports/geo.h"
#include "reports/html.h"
#include "tests/unit/t.h"
#include "tests/unit/t_result.h"

#include <stdlib.h>

static spil_err err;

/* The points of the paper itself, to the metre and better. */
static void geo__brings_the_dutch_grid_to_degrees(void **state)
{
    (void)state;
    static const struct {
        double x, y, lat, lon;
    } known[] = {
        {155000, 463000, 52.15517440, 5.38720621},         /* Amersfoort, Onze Lieve Vrouwe */
        {120700.723, 487525.501, 52.37453253, 4.88352559}, /* Amsterdam, Westertoren */
        {233883.131, 582065.167, 53.21938317, 6.56820053}, /* Groningen, Martinitoren */
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const spil_geo at = spil_geo_from_rd(known[i].x, known[i].y);
        assert_true(fabs(at.lat - known[i].lat) < 3e-6); /* 0.3 m */
        assert_true(fabs(at.lon - known[i].lon) < 5e-6);
    }
}

static bool recorded(const char *first, const char *a, const char *second, const char *b,
                     spil_geo *out)
{
    spil_result_attribute rows[] = {{3, "lat", "1", {0, 1}},
                                    {4, first, a, {0, 1}},
                                    {4, second, b, {0, 1}},
                                    {5, "lon", "2", {0, 1}}};
    spil_result result = t_result();
    result.recorded_attributes = rows;
    result.recorded_attribute_count = sizeof rows / sizeof *rows;
    return spil_geo_of(&result, 4, out);
}

static void geo__takes_what_is_a_place_and_nothing_else(void **state)
{
    (void)state;
    spil_geo at = {0};
    assert_true(recorded("lat", "52.5", "lon", "-4.25", &at));
    assert_close(at.lat, 52.5, 1e-12);
    assert_close(at.lon, -4.25, 1e-12);
    assert_true(recorded("latitude", "-90", "longitude", "180", &at));
    assert_true(recorded("rd_x", "155000", "rd_y", "463000", &at));
    assert_close(at.lat, 52.15517440, 1e-9);
    assert_true(recorded("x_rd", "155000", "y_rd", "463000", &at));
    assert_false(recorded("lat", "52,5", "lon", "4", &at));
    assert_false(recorded("lat", "91", "lon", "4", &at));
    assert_false(recorded("lat", "nan", "lon", "4", &at));
    assert_false(recorded("lat", "52", "use", "4", &at));
    assert_false(recorded("rd_x", "52", "rd_y", "5", &at)); /* degrees in the wrong columns */
    assert_false(recorded("lat", "52", "rd_y", "463000", &at));
}

static void geo__rounds_down_to_one_two_or_five(void **state)
{
    (void)state;
    assert_close(spil_geo_round_down(1), 1, 1e-12);
    assert_close(spil_geo_round_down(4.9), 2, 1e-12);
    assert_close(spil_geo_round_down(99), 50, 1e-12);
    assert_close(spil_geo_round_down(0.0021), 0.002, 1e-12);
}

static spil_str map_of(const spil_result *result, spil_lang lang)
{
    spil_str out = SPIL_STR_INIT;
    const spil_pen pen = {&out, result, lang, true};
    assert_ok(spil_html_map(&pen, &result->communities[0], &err));
    return out;
}

static void map__shows_places_scale_and_degrees_and_asks_for_nothing(void **state)
{
    (void)state;
    const spil_result result = t_result();
    spil_str map = map_of(&result, SPIL_LANG_EN);
    assert_non_null(strstr(map.text, "class=\"scale\""));
    assert_non_null(strstr(map.text, ">200 m</text>"));
    assert_non_null(strstr(map.text, "\302\260 N</text>"));
    assert_non_null(strstr(map.text, "\302\260 E</text>"));
    assert_non_null(strstr(map.text, "Kerkstraat 12 (52.10000, 5.25000)"));
    assert_non_null(strstr(map.text, "translate(360.00 230.00)")); /* one point: the middle */
    assert_null(strstr(map.text, "http"));
    assert_null(strstr(map.text, "url("));
    spil_str_free(&map);
    map = map_of(&result, SPIL_LANG_NL);
    assert_non_null(strstr(map.text, "\302\260 NB</text>"));
    spil_str_free(&map);
}

static void map__is_absent_without_coordinates(void **state)
{
    (void)state;
    spil_result result = t_result();
    result.recorded_attribute_count = 2; /* the latitude alone */
    spil_str map = map_of(&result, SPIL_LANG_EN);
    assert_int_equal(map.length, 0);
    spil_str_free(&map);
}

/* Twice as far to the north is as far as it is to the east, in metres. */
static void map__keeps_distances(void **state)
{
    (void)state;
    spil_result_attribute rows[] = {{0, "lat", "60", {0, 1}},   {0, "lon", "5", {0, 1}},
                                    {1, "lat", "60", {0, 1}},   {1, "lon", "5.2", {0, 1}},
                                    {2, "lat", "60.1", {0, 1}}, {2, "lon", "5", {0, 1}}};
    spil_result result = t_result();
    result.recorded_attributes = rows;
    result.recorded_attribute_count = sizeof rows / sizeof *rows;
    spil_str map = map_of(&result, SPIL_LANG_EN);
    double x[3], y[3];
    const char *at = map.text;
    for (size_t i = 0; i < 3; i++) {
        at = strstr(at, "data-node=");
        assert_non_null(at);
        const unsigned node = (unsigned)strtoul(at + 11, NULL, 10);
        const uint32_t entity = result.communities[0].nodes[node].entity;
        assert_true(entity < 3);
        assert_int_equal(
            sscanf(strstr(at, "translate("), "translate(%lf %lf)", &x[entity], &y[entity]), 2);
        at += 11;
    }
    assert_close(y[0], y[1], 1e-9);
    assert_close(x[0], x[2], 1e-9);
    assert_true(x[1] > x[0] && y[2] < y[0]);
    /* cos 60.05 degrees is 0.4992: 0.2 degrees east is as far as 0.09985 north */
    assert_close((x[1] - x[0]) / (y[0] - y[2]), 0.9985, 2e-3);
    spil_str_free(&map);
}

static spil_status make_map(const spil_result *result)
{
    spil_str out = SPIL_STR_INIT;
    const spil_pen pen = {&out, result, SPIL_LANG_NL, true};
    spil_status rc = spil_html_map(&pen, &result->communities[0], NULL);
    if (rc == SPIL_OK)
        rc = spil_str_status(&out, NULL);
    spil_str_free(&out);
    return rc;
}

static void map__survives_every_failed_allocation(void **state)
{
    (void)state;
    const spil_result result = t_result();
    assert_survives_no_memory(make_map(&result));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(geo__brings_the_dutch_grid_to_degrees),
        T(geo__takes_what_is_a_place_and_nothing_else),
        T(geo__rounds_down_to_one_two_or_five),
        T(map__shows_places_scale_and_degrees_and_asks_for_nothing),
        T(map__is_absent_without_coordinates),
        T(map__keeps_distances),
        T(map__survives_every_failed_allocation),
    };
    return cmocka_run_group_tests_name("geo", tests, NULL, NULL);
}
