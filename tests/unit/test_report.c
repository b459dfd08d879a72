/* The files of a run. SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/t.h"
#include "engine/base/file.h"
#include "reports/report.h"
#include "tests/unit/t_result.h"

#include <ctype.h>
#include <jansson.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static spil_err err;

/* The text of a report by its file name; static, valid until the next call. */
static const char *text_of(const spil_result *result, const char *file, spil_lang lang)
{
    static spil_str out = SPIL_STR_INIT;
    spil_str_clear(&out);
    for (size_t i = 0; i < spil_report_count; i++)
        if (strcmp(spil_reports[i]->file, file) == 0) {
            assert_ok(spil_reports[i]->write(result, lang, &out, &err));
            return spil_str_text(&out);
        }
    fail_msg("no report writes %s", file);
    return "";
}

static size_t occurrences(const char *text, const char *part)
{
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, part)) != NULL; at += strlen(part))
        count++;
    return count;
}

/* Every element opened is closed in order: enough of HTML for pages of our own. What stands in a
 * script is no markup. */
static void assert_well_nested(const char *page)
{
    static const char *const empty[] = {"meta", "!DOCTYPE"};
    char stack[64][16];
    size_t depth = 0;
    for (const char *at = page; (at = strchr(at, '<')) != NULL;) {
        const bool closing = at[1] == '/';
        const char *const name = at + 1 + closing;
        size_t length = 0;
        while (isalnum((unsigned char)name[length]) || name[length] == '!' || name[length] == ':')
            length++;
        const char *const end = strchr(at, '>');
        assert_true(length > 0 && length < 16 && end);
        at = end + 1;
        if (!closing && length == 6 && strncmp(name, "script", 6) == 0) {
            at = strstr(at, "</script>");
            assert_non_null(at);
        }
        bool skip = end[-1] == '/';
        for (size_t i = 0; i < 2; i++)
            skip = skip || (strlen(empty[i]) == length && strncmp(name, empty[i], length) == 0);
        if (skip)
            continue;
        if (!closing) {
            assert_true(depth < 64);
            memcpy(stack[depth], name, length);
            stack[depth++][length] = '\0';
            continue;
        }
        assert_true(depth > 0);
        depth--;
        if (strlen(stack[depth]) != length || strncmp(stack[depth], name, length) != 0)
            fail_msg("<%s> closed by </%.*s> at: %.60s", stack[depth], (int)length, name, end);
    }
    assert_int_equal(depth, 0);
}

static void reports__each_has_a_file_and_a_summary(void **state)
{
    (void)state;
    assert_true(spil_report_count >= 4);
    for (size_t i = 0; i < spil_report_count; i++) {
        assert_true(strlen(spil_reports[i]->file) > 3);
        assert_true(strlen(spil_reports[i]->summary) > 10);
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(spil_reports[i]->file, spil_reports[j]->file);
    }
}

static void reports__same_result_gives_the_same_bytes(void **state)
{
    (void)state;
    const spil_result result = t_result();
    for (size_t i = 0; i < spil_report_count; i++) {
        spil_str a = SPIL_STR_INIT, b = SPIL_STR_INIT;
        assert_ok(spil_reports[i]->write(&result, SPIL_LANG_NL, &a, &err));
        assert_ok(spil_reports[i]->write(&result, SPIL_LANG_NL, &b, &err));
        assert_int_equal(a.length, b.length);
        assert_memory_equal(a.text, b.text, a.length);
        spil_str_free(&a);
        spil_str_free(&b);
    }
}

static void html__foreign_markup_never_becomes_an_element(void **state)
{
    (void)state;
    const spil_result result = t_result();
    const char *const page = text_of(&result, "report.html", SPIL_LANG_EN);
    assert_non_null(strstr(page, "the first 2 ranks are certain"));
    assert_int_equal(occurrences(page, "<script"), 3); /* facts of one drawing, of the page; code */
    assert_int_equal(occurrences(page, "</script"), 3);
    assert_int_equal(occurrences(page, "<!--"), 0);
    assert_null(strstr(page, "<img"));
    assert_null(strstr(page, T_TURNED_NAME));
    assert_non_null(strstr(page, "&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;"));
    assert_non_null(strstr(page, "[U+202E]gnp.exe"));
    assert_well_nested(page);
}

/* The JSON of the block that begins with `opening`; caller: json_decref. */
static json_t *facts_of(const char *page, const char *opening)
{
    json_error_t problem;
    const char *const at = strstr(page, opening);
    assert_non_null(at);
    const char *const from = at + strlen(opening), *const end = strstr(from, "</script>");
    assert_non_null(end);
    json_t *const root = json_loadb(from, (size_t)(end - from), 0, &problem);
    if (!root)
        fail_msg("no JSON: %s at line %d, column %d", problem.text, problem.line, problem.column);
    return root;
}

static const char *text_at(const json_t *array, size_t i)
{
    return json_string_value(json_array_get(array, i));
}

static void html__the_script_reads_the_same_facts(void **state)
{
    (void)state;
    const spil_result result = t_result();
    const char *const page = text_of(&result, "report.html", SPIL_LANG_EN);
    json_t *const root = facts_of(page, "<script type=\"application/json\" id=\"facts\">");
    const json_t *const entities = json_object_get(root, "entities");
    assert_int_equal(json_array_size(entities), 6);
    assert_string_equal(text_at(json_array_get(entities, 3), 1), T_SCRIPT_NAME);
    assert_string_equal(text_at(json_array_get(entities, 1), 1), T_FORMULA_NAME);
    const json_t *const address = json_array_get(entities, 0);
    const json_t *const use = json_array_get(json_array_get(address, 5), 0);
    assert_string_equal(text_at(use, 0), "use");
    assert_string_equal(text_at(use, 1), "barn & </script>");
    assert_int_equal(json_integer_value(json_array_get(use, 3)), 90);
    assert_int_equal(json_array_size(json_array_get(address, 6)), 0);
    const json_t *const signal = json_array_get(json_array_get(json_array_get(entities, 2), 7), 0);
    assert_string_equal(text_at(signal, 0), "power theft");
    assert_string_equal(text_at(signal, 1), "1 March 2025");
    assert_string_equal(text_at(signal, 2), "90%");
    const json_t *const role = json_array_get(json_array_get(json_array_get(entities, 2), 6), 0);
    assert_string_equal(text_at(role, 0), "landlord");
    assert_string_equal(text_at(role, 1), "Location");
    json_decref(root);
}

static void html__each_drawing_brings_its_facts(void **state)
{
    (void)state;
    const spil_result result = t_result();
    const char *const page = text_of(&result, "report.html", SPIL_LANG_NL);
    json_t *const root = facts_of(page, "<script type=\"application/json\" class=\"drawn\">");
    const json_t *const nodes = json_object_get(root, "nodes");
    const json_t *const edges = json_object_get(root, "edges");
    const json_t *const steps = json_object_get(root, "steps");
    assert_int_equal(json_array_size(nodes), 6);
    assert_int_equal(json_integer_value(json_array_get(json_array_get(nodes, 2), 4)), 1); /* rank */
    assert_int_equal(json_integer_value(json_array_get(json_array_get(nodes, 2), 7)), 1); /* spil */
    assert_int_equal(json_array_size(edges), 6);
    const json_t *const links = json_array_get(json_array_get(edges, 1), 2);
    assert_int_equal(json_array_size(links), 2);
    assert_int_equal(json_integer_value(json_array_get(json_array_get(links, 0), 1)), 1);
    assert_string_equal(text_at(json_array_get(links, 0), 3), "8 januari 2022");
    assert_int_equal(json_array_size(steps), 2);
    const json_t *const holders = json_array_get(json_array_get(steps, 0), 3);
    assert_int_equal(json_array_size(holders), 2);
    assert_int_equal(json_integer_value(json_array_get(json_array_get(holders, 0), 0)), 2);
    assert_string_equal(text_at(json_array_get(holders, 0), 2), "80%");
    json_decref(root);
}

static void html__several_communities_come_in_one_picture_first(void **state)
{
    (void)state;
    spil_result result = t_result();
    assert_null(strstr(text_of(&result, "report.html", SPIL_LANG_EN), "class=\"overview\""));
    spil_result_community two[2] = {result.communities[0], result.communities[0]};
    spil_result_bridge bridge = {0, 1, 3};
    two[1].number = 2;
    two[1].x = 1.0;
    two[1].chain_count = 0;
    result.communities = two;
    result.community_count = 2;
    result.bridges = &bridge;
    result.bridge_count = 1;
    const char *const page = text_of(&result, "report.html", SPIL_LANG_EN);
    assert_well_nested(page);
    assert_non_null(strstr(page, "<title>Communities 1 and 2: 3 linked pairs</title>"));
    assert_non_null(strstr(page, "<a href=\"#c1\" aria-label=\"Community 1: 8 members, every step "
                                 "and place filled 62%\">"));
    assert_non_null(strstr(page, "<a href=\"#c2\" aria-label=\"Community 2: 8 members\">"));
    assert_non_null(strstr(page, " id=\"c2\""));
    assert_int_equal(occurrences(page, "class=\"full\""), 1);
}

/* The picture of the chain: an arrow a step, and what breaks it there. */
static void html__the_chain_is_a_picture_with_the_proposals_that_break_it(void **state)
{
    (void)state;
    spil_result result = t_result();
    const char *page = text_of(&result, "report.html", SPIL_LANG_EN);
    assert_int_equal(occurrences(page, "<svg class=\"arrow\""),
                     (int)result.communities[0].chains[0].step_count);
    assert_int_equal(occurrences(page, "<li class=\"needed weakest\">"), 1);
    const char *const breaks = strstr(page, "<span class=\"breaks\">");
    assert_non_null(breaks);
    assert_memory_equal(breaks + strlen("<span class=\"breaks\">"), "<a href=\"#t1\"", 13);
    assert_non_null(strstr(breaks, "aria-label=\"Proposal 1: "));
    result.targets = (spil_result_target[]){result.targets[0]};
    result.target_count = 1;
    result.targets[0].model = 7; /* of another chain */
    result.models = (spil_result_model[8]){result.models[0], [7] = result.models[0]};
    page = text_of(&result, "report.html", SPIL_LANG_EN);
    assert_null(strstr(page, "class=\"breaks\""));
}

static void html__the_timeline_counts_by_month(void **state)
{
    (void)state;
    spil_result result = t_result();
    const char *page = text_of(&result, "report.html", SPIL_LANG_EN);
    assert_non_null(strstr(page, "<title>January 2022: 1</title>"));
    assert_non_null(strstr(page, "<title>March 2025: 1</title>"));
    assert_int_equal(occurrences(page, "20: 1</title>"), 0);
    assert_non_null(strstr(page, "Between 8 January 2022 and 1 March 2025: links that begin 1, "
                                 "signals 1. Not drawn: without a date 6.</p>"));
    result.run.as_of = 19100; /* before the signal */
    page = text_of(&result, "report.html", SPIL_LANG_EN);
    assert_null(strstr(page, "<title>March 2025: 1</title>"));
    assert_non_null(strstr(page, ": links that begin 1. Not drawn: without a date 6, "
                                 "after the state of the data 1."));
    result.run.as_of = 18000; /* before all of it: nothing to draw */
    page = text_of(&result, "report.html", SPIL_LANG_EN);
    assert_null(strstr(page, "class=\"timeline\""));
}

static void html__the_timeline_shows_ten_years_at_most(void **state)
{
    (void)state;
    spil_result result = t_result();
    spil_result_signal signals[3];
    for (size_t i = 0; i < 3; i++)
        signals[i] = result.recorded_signals[0];
    signals[1].date = 20148 - 3 * 366;
    signals[2].date = 20148 - 30 * 366;
    result.recorded_signals = signals;
    result.recorded_signal_count = 3;
    const char *const page = text_of(&result, "report.html", SPIL_LANG_EN);
    assert_non_null(strstr(page, "links that begin 1, signals 2."));
    assert_non_null(strstr(page, "before that time 1."));
}

static void html__asks_nothing_of_the_outside(void **state)
{
    (void)state;
    const spil_result result = t_result();
    const char *const page = text_of(&result, "report.html", SPIL_LANG_NL);
    assert_non_null(strstr(page, "default-src 'none'"));
    assert_non_null(strstr(page, "style-src 'sha256-"));
    assert_non_null(strstr(page, "; script-src 'sha256-"));
    assert_null(strstr(page, "unsafe"));
    assert_null(strstr(page, " onclick="));
    assert_null(strstr(page, "innerHTML"));
    assert_null(strstr(page, "fetch("));
    assert_null(strstr(page, "http:"));
    assert_null(strstr(page, "https:"));
    assert_null(strstr(page, " src=\""));
    assert_null(strstr(page, " style=\""));
    assert_null(strstr(page, "url("));
    assert_null(strstr(page, "@import"));
    assert_null(strstr(page, "file:"));
}

static void html__speaks_the_language_asked_for(void **state)
{
    (void)state;
    const spil_result result = t_result();
    const char *page = text_of(&result, "report.html", SPIL_LANG_NL);
    assert_non_null(strstr(page, "<html lang=\"nl\">"));
    assert_non_null(strstr(page, "Voorstellen, geen besluiten."));
    assert_null(strstr(page, "Proposals"));
    page = text_of(&result, "report.html", SPIL_LANG_EN);
    assert_non_null(strstr(page, "<html lang=\"en\">"));
    assert_null(strstr(page, "Voorstel"));
}

/* Relative luminance of the colour `name` as the sheet gives it from there on (WCAG 2.2). */
static double luminance(const char *sheet, const char *name)
{
    char wanted[32];
    unsigned rgb = 0;
    double sum = 0.0;
    static const double share[3] = {0.0722, 0.7152, 0.2126};
    (void)snprintf(wanted, sizeof wanted, "--%s: #", name);
    const char *const at = strstr(sheet, wanted);
    assert_non_null(at);
    assert_int_equal(sscanf(at + strlen(wanted), "%6x", &rgb), 1);
    for (size_t i = 0; i < 3; i++) {
        const double part = (double)(rgb >> 8 * i & 0xFF) / 255.0;
        sum += share[i] * (part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4));
    }
    return sum;
}

static void assert_contrast(const char *sheet, const char *one, const char *other, double least)
{
    const double a = luminance(sheet, one), b = luminance(sheet, other);
    const double ratio = (fmax(a, b) + 0.05) / (fmin(a, b) + 0.05);
    if (ratio < least)
        fail_msg("%s on %s: contrast %.2f, below %.1f", one, other, ratio, least);
}

static void html__colours_have_the_contrast_of_wcag_aa(void **state)
{
    (void)state;
    const spil_result result = t_result();
    const char *const page = text_of(&result, "report.html", SPIL_LANG_EN);
    const char *const dark = strstr(page, "prefers-color-scheme: dark");
    assert_non_null(dark);
    const char *const modes[] = {page, dark};
    static const char *const text[][2] = {
        {"ink", "paper"},    {"ink", "sheet"},   {"soft", "paper"}, {"soft", "sheet"},
        {"accent", "paper"}, {"accent", "wash"}, {"spil", "sheet"}, {"ink", "spil-wash"}};
    static const char *const shapes[] = {"person-line",  "company-line", "address-line",
                                         "vehicle-line", "account-line", "other-line",
                                         "edge",         "edge-on"};
    for (size_t m = 0; m < 2; m++) {
        for (size_t i = 0; i < sizeof text / sizeof text[0]; i++)
            assert_contrast(modes[m], text[i][0], text[i][1], 4.5);
        for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
            assert_contrast(modes[m], shapes[i], "halo", 3.0);
    }
}

static void html__every_link_inside_has_its_place(void **state)
{
    (void)state;
    const spil_result result = t_result();
    const char *const page = text_of(&result, "report.html", SPIL_LANG_EN);
    for (const char *at = page; (at = strstr(at, "href=\"#")) != NULL; at += 7) {
        char id[64];
        (void)snprintf(id, sizeof id, " id=\"%.*s\"", (int)strcspn(at + 7, "\""), at + 7);
        if (!strstr(page, id))
            fail_msg("a link goes to%s, which is not there", id);
    }
}

static void html__ids_are_unique(void **state)
{
    (void)state;
    const spil_result result = t_result();
    const char *const page = text_of(&result, "report.html", SPIL_LANG_EN);
    for (const char *at = page; (at = strstr(at, " id=\"")) != NULL; at += 5) {
        char id[64];
        (void)snprintf(id, sizeof id, " id=\"%.*s\"", (int)strcspn(at + 5, "\""), at + 5);
        assert_int_equal(occurrences(page, id), 1);
    }
}

static void html__rejects_and_drops_are_told(void **state)
{
    (void)state;
    spil_result result = t_result();
    const char *page = text_of(&result, "report.html", SPIL_LANG_EN);
    assert_non_null(strstr(page, "461 rows came in; 4 of them were rejected."));
    assert_non_null(strstr(page, "&#39;1,5&#39; is above 1"));
    assert_non_null(strstr(page, "nationality"));
    assert_non_null(strstr(page, "hemp/growing/gardner"));
    assert_non_null(strstr(page, "signal that no model takes from this kind"));
    result.reject_count = result.drop_count = result.unread_count = 0;
    page = text_of(&result, "report.html", SPIL_LANG_EN);
    assert_non_null(strstr(page, "No row was rejected."));
    assert_non_null(strstr(page, "No column was dropped."));
    assert_null(strstr(page, "read by no model"));
}

static void html__what_no_source_states_is_said_once(void **state)
{
    (void)state;
    spil_result result = t_result();
    assert_null(strstr(text_of(&result, "report.html", SPIL_LANG_EN), "Stated of no source"));
    spil_result_source source = result.sources[0];
    source.owner = source.basis = source.purpose = source.grade = "";
    source.keep_until = SPIL_NO_DAY;
    source.merged = 0;
    result.sources = (spil_result_source[]){source, source, source};
    const char *const page = text_of(&result, "report.html", SPIL_LANG_EN);
    assert_non_null(strstr(page, "Stated of no source: Grade, Owner, Legal basis, Purpose, "
                                 "Keep until.</p>"));
    assert_null(strstr(page, "not stated"));
    assert_null(strstr(page, "of which merged"));
}

static void html__an_empty_case_still_makes_a_page(void **state)
{
    (void)state;
    const spil_result result = {.run = {"", "", "", "", "", 0, 0, SPIL_NO_DAY}};
    const char *const page = text_of(&result, "report.html", SPIL_LANG_EN);
    assert_non_null(strstr(page, "There are no proposals."));
    assert_well_nested(page);
}

static void targets_csv__has_a_row_a_target_and_no_formula(void **state)
{
    (void)state;
    spil_result result = t_result();
    spil_result_target targets[2];
    memcpy(targets, result.targets, sizeof targets);
    targets[1].entity = 1; /* the one named like a formula */
    result.targets = targets;
    const char *const csv = text_of(&result, "targets.csv", SPIL_LANG_EN);
    assert_int_equal(strncmp(csv, "rank,status,key,name,kind,partner,", 34), 0);
    assert_int_equal(occurrences(csv, "\n"), 3);
    assert_non_null(strstr(csv, "\n1,proposed,P1,J. de Vries,person,police,police,"));
    assert_non_null(
        strstr(csv, "\n2,proposed,C1,\"'=HYPERLINK(\"\"x\"\",\"\"click\"\")\",company,"));
    assert_null(strstr(csv, ",=HYPERLINK"));
}

static void result_json__holds_the_figures(void **state)
{
    (void)state;
    const spil_result result = t_result();
    json_error_t problem;
    json_t *const root = json_loads(text_of(&result, "result.json", SPIL_LANG_NL), 0, &problem);
    assert_non_null(root);
    const json_t *const target = json_array_get(json_object_get(root, "targets"), 0);
    assert_close(json_real_value(json_object_get(target, "stability")), 0.94, 1e-12);
    assert_string_equal(json_string_value(json_object_get(target, "key")), "P1");
    const json_t *const entity = json_array_get(json_object_get(root, "entities"), 3);
    assert_string_equal(json_string_value(json_object_get(entity, "name")), T_SCRIPT_NAME);
    const json_t *const last = json_array_get(json_object_get(root, "entities"), 5);
    assert_true(json_is_null(
        json_object_get(json_object_get(last, "metrics"), "betweenness"))); /* was NaN */
    const json_t *const metric = json_array_get(json_object_get(root, "metrics"), 1);
    assert_true(json_is_true(json_object_get(metric, "sampled")));
    assert_close(json_real_value(json_object_get(metric, "error")), 1.25, 1e-12);
    assert_int_equal(json_integer_value(json_object_get(metric, "sure_ranks")), 2);
    const json_t *const step = json_array_get(
        json_object_get(
            json_array_get(
                json_object_get(json_array_get(json_object_get(root, "communities"), 0), "chains"),
                0),
            "steps"),
        0);
    assert_true(json_is_true(json_object_get(step, "weakest")));
    json_decref(root);
}

static void result_json__is_the_same_in_every_language(void **state)
{
    (void)state;
    const spil_result result = t_result();
    char *nl = NULL;
    assert_ok(spil_copy_text(&nl, text_of(&result, "result.json", SPIL_LANG_NL), &err));
    assert_string_equal(nl, text_of(&result, "result.json", SPIL_LANG_EN));
    spil_free(nl);
}

static void run_json__says_how_to_get_it_again(void **state)
{
    (void)state;
    const spil_result result = t_result();
    json_t *const root = json_loads(text_of(&result, "run.json", SPIL_LANG_NL), 0, NULL);
    assert_non_null(root);
    const json_t *const run = json_object_get(root, "run");
    assert_int_equal(json_integer_value(json_object_get(run, "seed")), 7);
    assert_int_equal(json_integer_value(json_object_get(json_object_get(run, "options"), "top")),
                     10);
    assert_string_equal(
        json_string_value(json_object_get(json_object_get(root, "libraries"), "igraph")), "0.10.2");
    assert_int_equal(json_array_size(json_object_get(root, "inputs")), 3);
    json_decref(root);
}

static void write_all__files_are_for_their_owner_alone(void **state)
{
    (void)state;
    const spil_result result = t_result();
    char folder[] = "/tmp/spil-report-XXXXXX";
    assert_non_null(mkdtemp(folder));
    assert_ok(spil_report_write_all(&result, SPIL_LANG_EN, folder, &err));
    for (size_t i = 0; i < spil_report_count; i++) {
        char *path = NULL;
        struct stat info;
        assert_ok(spil_path_join(&path, folder, spil_reports[i]->file, &err));
        assert_int_equal(stat(path, &info), 0);
        assert_int_equal(info.st_mode & 0777, 0600);
        assert_true(info.st_size > 0);
        assert_int_equal(unlink(path), 0);
        spil_free(path);
    }
    assert_int_equal(rmdir(folder), 0); /* nothing else was left */
}

static void graphs__hold_each_node_and_edge_once(void **state)
{
    (void)state;
    const spil_result result = t_result();
    static const char *const files[] = {"network.graphml", "network.gexf"};
    for (size_t i = 0; i < 2; i++) {
        const char *const text = text_of(&result, files[i], SPIL_LANG_EN);
        assert_int_equal(occurrences(text, "<node id="), 6);
        assert_int_equal(occurrences(text, "<edge "), 6);
        assert_int_equal(occurrences(text, "<node id=\"P2\""), 1);
        assert_non_null(strstr(text, "owns paid")); /* both links of one pair */
        assert_null(strstr(text, "</script>"));
        assert_null(strstr(text, T_TURNED_NAME));
        assert_well_nested(strstr(text, "?>"));
    }
}

/* Counts in metaData are those of the aspects; edges name nodes; looks stand beside every node. */
static void cx2__holds_what_it_declares(void **state)
{
    (void)state;
    const spil_result result = t_result();
    json_t *const cx = json_loads(text_of(&result, "network.cx2", SPIL_LANG_EN), 0, NULL);
    assert_non_null(cx);
    assert_string_equal(json_string_value(json_object_get(json_array_get(cx, 0), "CXVersion")),
                        "2.0");
    size_t i, told = 0;
    json_t *aspect, *row;
    const json_t *const meta = json_object_get(json_array_get(cx, 1), "metaData");
    json_array_foreach(cx, i, aspect)
    {
        const char *const name = json_object_iter_key(json_object_iter(aspect));
        size_t m;
        json_array_foreach(
            meta, m, row) if (strcmp(json_string_value(json_object_get(row, "name")), name) == 0)
        {
            assert_int_equal(json_integer_value(json_object_get(row, "elementCount")),
                             json_array_size(json_object_get(aspect, name)));
            told++;
        }
    }
    assert_int_equal(told, 6);
    const json_t *const nodes = json_object_get(json_array_get(cx, 4), "nodes");
    const json_t *const edges = json_object_get(json_array_get(cx, 5), "edges");
    const json_t *const looks = json_object_get(json_array_get(cx, 7), "nodeBypasses");
    assert_int_equal(json_array_size(nodes), 6);
    assert_int_equal(json_array_size(edges), 6);
    json_array_foreach(edges, i, row)
    {
        assert_true(json_integer_value(json_object_get(row, "s")) < 6);
        assert_true(json_integer_value(json_object_get(row, "t")) < 6);
    }
    json_array_foreach(looks, i, row)
    {
        const json_t *const look = json_object_get(row, "v");
        assert_int_equal(json_integer_value(json_object_get(row, "id")), i);
        assert_int_equal(strlen(json_string_value(json_object_get(look, "NODE_BACKGROUND_COLOR"))),
                         7);
        assert_true(json_real_value(json_object_get(look, "NODE_WIDTH")) > 0);
    }
    json_decref(cx);
}

static void targets_xlsx__is_a_zip_without_a_formula(void **state)
{
    (void)state;
    spil_result result = t_result();
    spil_result_target targets[2];
    memcpy(targets, result.targets, sizeof targets);
    targets[1].entity = 1; /* the one named like a formula */
    result.targets = targets;
    char folder[] = "/tmp/spil-xlsx-XXXXXX", command[256];
    assert_non_null(mkdtemp(folder));
    assert_ok(spil_report_write_all(&result, SPIL_LANG_NL, folder, &err));
    (void)snprintf(command, sizeof command,
                   "cd %s && unzip -q targets.xlsx && grep -q HYPERLINK xl/sharedStrings.xml && "
                   "! grep -q '<f>' xl/worksheets/*.xml",
                   folder);
    const bool can = system("command -v unzip >/dev/null") == 0;
    if (!can)
        (void)fprintf(stderr, "SKIPPED the inside of targets.xlsx: unzip is not there\n");
    const int found = can ? system(command) : 0;
    (void)snprintf(command, sizeof command, "rm -r %s", folder);
    assert_int_equal(system(command), 0);
    assert_int_equal(found, 0);
}

static spil_status write_once(const spil_result *result, size_t report)
{
    spil_str out = SPIL_STR_INIT;
    const spil_status rc = spil_reports[report]->write(result, SPIL_LANG_EN, &out, NULL);
    spil_str_free(&out);
    return rc;
}

static void reports__survive_running_out_of_memory(void **state)
{
    (void)state;
    const spil_result result = t_result();
    for (size_t i = 0; i < spil_report_count; i++)
        assert_survives_no_memory(write_once(&result, i));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(reports__each_has_a_file_and_a_summary),
        T(reports__same_result_gives_the_same_bytes),
        T(html__foreign_markup_never_becomes_an_element),
        T(html__the_script_reads_the_same_facts),
        T(html__each_drawing_brings_its_facts),
        T(html__the_chain_is_a_picture_with_the_proposals_that_break_it),
        T(html__several_communities_come_in_one_picture_first),
        T(html__the_timeline_counts_by_month),
        T(html__the_timeline_shows_ten_years_at_most),
        T(html__asks_nothing_of_the_outside),
        T(html__speaks_the_language_asked_for),
        T(html__colours_have_the_contrast_of_wcag_aa),
        T(html__every_link_inside_has_its_place),
        T(html__ids_are_unique),
        T(html__rejects_and_drops_are_told),
        T(html__what_no_source_states_is_said_once),
        T(html__an_empty_case_still_makes_a_page),
        T(targets_csv__has_a_row_a_target_and_no_formula),
        T(result_json__holds_the_figures),
        T(result_json__is_the_same_in_every_language),
        T(run_json__says_how_to_get_it_again),
        T(write_all__files_are_for_their_owner_alone),
        T(cx2__holds_what_it_declares),
        T(targets_xlsx__is_a_zip_without_a_formula),
        T(graphs__hold_each_node_and_edge_once),
        T(reports__survive_running_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
