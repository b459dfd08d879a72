/* test_palette.c - the colours of the pages against one another, as WCAG 2.2 reckons: text 4.5 : 1
 * (1.4.3), lines, marks and edges of controls 3 : 1 (1.4.11), in light and in dark.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/t.h"

#include <stdlib.h>

static const char report[] =
#include "reports/templates/report.css.inc"
    ;
static const char dossier[] =
#include "reports/templates/dossier.css.inc"
    ;

/* The nth block of variables: 0 light, 1 dark. */
static const char *block(const char *css, int nth)
{
    const char *at = strstr(css, ":root {");
    for (int i = 0; at && i < nth; i++)
        at = strstr(at + 1, ":root {");
    assert_non_null(at);
    return at;
}

static double channel(unsigned value)
{
    const double c = value / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

/* Relative luminance of --name in the block. */
static double luminance(const char *from, const char *name)
{
    char want[40];
    (void)snprintf(want, sizeof want, "--%s: #", name);
    const char *const end = strchr(from, '}'), *const at = strstr(from, want);
    if (!at || at > end)
        fail_msg("no colour --%s", name);
    const char *const digits = at + strlen(want);
    char six[7] = "";
    if (strspn(digits, "0123456789abcdef") == 3)
        for (int i = 0; i < 6; i++)
            six[i] = digits[i / 2];
    else
        memcpy(six, digits, 6);
    const unsigned long rgb = strtoul(six, NULL, 16);
    return 0.2126 * channel(rgb >> 16 & 255) + 0.7152 * channel(rgb >> 8 & 255) +
           0.0722 * channel(rgb & 255);
}

static void assert_parted(const char *css, const char *over, const char *under, double least)
{
    for (int dark = 0; dark <= 1; dark++) {
        const double a = luminance(block(css, dark), over), b = luminance(block(css, dark), under);
        const double ratio = (fmax(a, b) + 0.05) / (fmin(a, b) + 0.05);
        if (ratio < least)
            fail_msg("--%s on --%s is %.2f : 1 in %s, expected %.1f", over, under, ratio,
                     dark ? "dark" : "light", least);
    }
}

static void contrast__is_reckoned_as_the_standard_does(void **state)
{
    (void)state;
    static const char css[] = ":root { --a: #fff; --b: #000000; --c: #777777; }";
    assert_close((luminance(css, "a") + 0.05) / (luminance(css, "b") + 0.05), 21, 1e-9);
    assert_close((luminance(css, "a") + 0.05) / (luminance(css, "c") + 0.05), 4.48, 2e-3);
}

static void report__every_text_reads_on_every_ground(void **state)
{
    (void)state;
    static const char *const texts[] = {"ink", "soft", "accent", "spil"};
    static const char *const grounds[] = {"paper", "sheet", "halo", "wash", "spil-wash"};
    for (size_t t = 0; t < sizeof texts / sizeof *texts; t++)
        for (size_t g = 0; g < sizeof grounds / sizeof *grounds; g++)
            assert_parted(report, texts[t], grounds[g], 4.5);
}

static void report__every_shape_stands_out(void **state)
{
    (void)state;
    static const char *const kinds[][2] = {{"person", "person-line"},   {"company", "company-line"},
                                           {"address", "address-line"}, {"vehicle", "vehicle-line"},
                                           {"account", "account-line"}, {"other", "other-line"}};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        assert_parted(report, kinds[k][1], kinds[k][0], 3);
        assert_parted(report, kinds[k][1], "halo", 3);
        assert_parted(report, "ink", kinds[k][0], 4.5);
    }
    assert_parted(report, "edge", "halo", 3);
    assert_parted(report, "edge-on", "halo", 3);
    assert_parted(report, "accent", "track", 3); /* what is filled of a strip */
    assert_parted(report, "band", "sheet", 3);
    assert_parted(report, "accent", "band",
                  1.5); /* the tick within its band also differs in height */
}

static void dossier__every_text_reads_on_every_ground(void **state)
{
    (void)state;
    static const char *const texts[] = {"ink", "soft", "mark"};
    for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
        assert_parted(dossier, texts[t], "paper", 4.5);
        assert_parted(dossier, texts[t], "head", 4.5);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(contrast__is_reckoned_as_the_standard_does),
        T(report__every_text_reads_on_every_ground),
        T(report__every_shape_stands_out),
        T(dossier__every_text_reads_on_every_ground),
    };
    return cmocka_run_group_tests_name("palette", tests, NULL, NULL);
}
