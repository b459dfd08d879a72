/* Tools for models: written and read again the same, compared by meaning, from and to the JSON of
 * crime scripts, drawn; and ten faulty files with ten clear messages.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/barriers/model_write.h"
#include "engine/barriers/scripts.h"
#include "engine/base/file.h"
#include "reports/draw_model.h"
#include "t.h"

#include <stdlib.h>
#include <unistd.h>

static char place[] = "/tmp/spil-test-tools-XXXXXX";

static spil_model *read_one(const char *path)
{
    spil_err err = SPIL_ERR_INIT;
    spil_model *model = NULL;
    assert_ok(spil_model_read(&model, path, &err));
    return model;
}

/* The text as a file that every test may overwrite. */
static const char *in_file(const char *text)
{
    static char path[80];
    spil_err err = SPIL_ERR_INIT;
    (void)snprintf(path, sizeof path, "%s/m.yaml", place);
    assert_ok(spil_write_file(path, text, strlen(text), &err));
    return path;
}

static void assert_same(const spil_model *a, const spil_model *b)
{
    spil_err err = SPIL_ERR_INIT;
    spil_model_changes *changes = NULL;
    assert_ok(spil_model_diff(&changes, a, b, &err));
    for (size_t i = 0; i < changes->count; i++)
        fail_msg("%s: %s: '%s' and '%s'", a->id, changes->items[i].path,
                 changes->items[i].before ? changes->items[i].before : "-",
                 changes->items[i].after ? changes->items[i].after : "-");
    assert_true(changes->first->count > 20);
    spil_model_changes_free(changes);
}

static spil_model_set *all_models(void)
{
    spil_err err = SPIL_ERR_INIT;
    spil_model_set *set = NULL;
    assert_ok(spil_model_set_read(&set, "datasets/models", &err));
    assert_int_equal(set->count, 10);
    return set;
}

static void model_write__reads_back_the_same(void **state)
{
    (void)state;
    spil_model_set *const set = all_models();
    for (size_t m = 0; m < set->count; m++) {
        spil_str text = SPIL_STR_INIT;
        spil_model_write(set->models[m], &text);
        spil_model *const again = read_one(in_file(text.text));
        assert_same(set->models[m], again);
        spil_model_free(again);
        spil_str_free(&text);
    }
    spil_model_set_free(set);
}

static void model_write__keeps_texts_and_numbers_that_are_hard(void **state)
{
    (void)state;
    spil_model *const model = read_one("tests/data/models/ways.yaml");
    model->names.nl = "\"aan\": {halen} #\\ \n tab\t en é";
    model->steps[0].names.en = "no";
    model->prior = 0.1 + 0.2; /* no short text */
    model->prior_range.low = 1e-6;
    model->prior_range.high = 1.0 / 3;
    spil_str text = SPIL_STR_INIT;
    spil_model_write(model, &text);
    spil_model *const again = read_one(in_file(text.text));
    assert_string_equal(again->names.nl, model->names.nl);
    assert_true(again->prior == model->prior);
    assert_true(again->prior_range.high == model->prior_range.high);
    assert_same(model, again);
    spil_model_free(again);
    spil_model_free(model);
    spil_str_free(&text);
}

static const spil_model_change *change_of(const spil_model_changes *changes, const char *path)
{
    for (size_t i = 0; i < changes->count; i++)
        if (strcmp(changes->items[i].path, path) == 0)
            return &changes->items[i];
    return NULL;
}

static void model_diff__tells_what_differs_and_no_more(void **state)
{
    (void)state;
    spil_err err = SPIL_ERR_INIT;
    spil_model *const a = read_one("tests/data/models/two_steps.yaml");
    spil_model *const b = read_one("tests/data/models/two_steps.yaml");
    spil_model_changes *changes = NULL;
    b->steps[0].signals[0].ratio.high = 6;
    b->steps[1].barrier_count = 0; /* "seize" is gone, and its parts are not told */
    a->steps[0].role_count = 0;    /* "maker" is new */
    assert_ok(spil_model_diff(&changes, a, b, &err));
    assert_int_equal(changes->count, 3);
    const spil_model_change *at = change_of(changes, "step make / signal smell / lr_high");
    assert_string_equal(at->before, "4");
    assert_string_equal(at->after, "6");
    at = change_of(changes, "step sell / barrier seize");
    assert_string_equal(at->before, "seize");
    assert_null(at->after);
    at = change_of(changes, "step make / role maker");
    assert_null(at->before);
    assert_string_equal(at->after, "maker");
    spil_model_changes_free(changes);
    spil_model_free(a);
    spil_model_free(b);
}

static void script__of_each_model_comes_back_the_same(void **state)
{
    (void)state;
    spil_err err = SPIL_ERR_INIT;
    spil_model_set *const set = all_models();
    for (size_t m = 0; m < set->count; m++) {
        spil_str json = SPIL_STR_INIT, text = SPIL_STR_INIT, notes = SPIL_STR_INIT;
        char path[80];
        assert_ok(spil_script_export(&json, set->models[m], m % 2, &err));
        (void)snprintf(path, sizeof path, "%s/s.json", place);
        assert_ok(spil_write_file(path, json.text, json.length, &err));
        assert_ok(spil_script_import(&text, &notes, path, NULL, &err));
        assert_string_equal(spil_str_text(&notes), "");
        spil_model *const again = read_one(in_file(text.text));
        assert_same(set->models[m], again);
        spil_model_free(again);
        spil_str_free(&json);
        spil_str_free(&text);
        spil_str_free(&notes);
    }
    spil_model_set_free(set);
}

static void script_import__of_a_foreign_script_is_a_sound_model(void **state)
{
    (void)state;
    spil_err err = SPIL_ERR_INIT;
    spil_str text = SPIL_STR_INIT, notes = SPIL_STR_INIT;
    assert_ok(spil_script_import(&text, &notes, "tests/data/models/script.json",
                                 "diefstal van tuinkabouters", &err));
    spil_model *const model = read_one(in_file(text.text));
    assert_string_equal(model->id, "diefstal_van_tuinkabouters");
    assert_int_equal(model->step_count, 3);
    assert_string_equal(model->sources[0].text, "An invented report");
    const spil_model_step *const look = &model->steps[0];
    assert_int_equal(look->group, SPIL_NO_GROUP);
    assert_int_equal(look->role_count, 2); /* the cast of two activities is one role */
    assert_int_equal(look->roles[0].facilitator, SPIL_FACILITATOR_NO);
    assert_int_equal(look->roles[1].facilitator, SPIL_FACILITATOR_BOTH);
    assert_int_equal(look->signal_count, 2);
    assert_string_equal(look->signals[1].code, "onbekende_fietser_2");
    assert_int_equal(look->opportunity_count, 2); /* an opportunity and a condition */
    assert_int_equal(look->barrier_count, 2);     /* one a partner */
    assert_int_equal(look->barriers[0].partner, SPIL_PARTNER_residents);
    assert_true(look->signals[0].assumed && look->barriers[0].assumed && look->roles[0].assumed);
    assert_int_equal(model->steps[1].group, model->steps[2].group); /* acts of one stage */
    assert_int_equal(model->steps[2].barriers[0].partner, SPIL_PARTNER_police);
    assert_string_equal(model->steps[2].barriers[0].basis, "Politiewet art. 3");
    assert_non_null(strstr(notes.text, "partner 'Kaboutervereniging'"));
    assert_non_null(strstr(notes.text, "'Te voet' has no measure"));
    assert_non_null(strstr(notes.text, "locations (1)"));
    spil_model_free(model);
    spil_str_free(&text);
    spil_str_free(&notes);
}

static void assert_import_fails(const char *json, const char *script, spil_status status,
                                const char *part)
{
    spil_err err = SPIL_ERR_INIT;
    spil_str text = SPIL_STR_INIT, notes = SPIL_STR_INIT;
    assert_fails(spil_script_import(&text, &notes, json, script, &err), status, part);
    spil_str_free(&text);
    spil_str_free(&notes);
}

static void script_import__names_what_is_wrong(void **state)
{
    (void)state;
    assert_import_fails("no/such.json", NULL, SPIL_NOT_FOUND, "no/such.json");
    assert_import_fails(in_file("{\"crimeScripts\": [\n}"), NULL, SPIL_INPUT,
                        "m.yaml:2:1: not well");
    assert_import_fails(in_file("[]"), NULL, SPIL_INPUT, "no list 'crimeScripts'");
    assert_import_fails(in_file("{\"crimeScripts\": [{\"label\": \"X\"}]}"), NULL, SPIL_INPUT,
                        "'X' has no stage");
    assert_import_fails("tests/data/models/script.json", NULL, SPIL_USAGE, "holds 2 scripts");
    assert_import_fails("tests/data/models/script.json", "third", SPIL_INPUT, "no script 'third'");
}

static const struct {
    const char *name, *message;
} faulty[] = {
    {"unknown_key", ":7:1: unknown key 'harmm' in this model (did you mean 'harm'?)"},
    {"missing_name", ":5:7: this name lacks 'en'"},
    {"moves_nowhere",
     ":30:27: 'to: sel' is neither another step nor 'abroad' (did you mean 'sell'?)"},
    {"chance_above_one", ":19:18: 'unseen' is 1.5; it lies between 0 and 1"},
    {"ratio_upside_down", ":26:25: lr_low 12 is above lr 8"},
    {"acquits", ":24:14: lr 0.5 is below 1: nothing in a model speaks against its step"},
    {"unknown_partner", ":28:62: unknown partner 'munipality' (did you mean 'municipality'?)"},
    {"step_without_barrier", ":32:5: step 'sell' lacks 'barriers'"},
    {"lonely_choice", ":35:13: step 'sell' is the only one with 'any_of: outlet'; a choice needs "
                      "two or more"},
    {"rule_of_no_role", ":50:68: unknown role 'vendor'; expected one of seller"},
    {"not_yaml", ":19:44: not well-formed YAML: did not find expected ',' or ']', while parsing a "
                 "flow sequence"},
};

static void model_faults__are_one_clear_message_each(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof faulty / sizeof *faulty; i++) {
        spil_err err = SPIL_ERR_INIT;
        char path[120], expected[400], *faults = NULL;
        (void)snprintf(path, sizeof path, "tests/data/models/faulty/%s.yaml", faulty[i].name);
        (void)snprintf(expected, sizeof expected, "%s%s\n", path, faulty[i].message);
        assert_ok(spil_model_faults(&faults, path, &err));
        assert_string_equal(faults, expected);
        spil_free(faults);
    }
}

static void draw_model__names_every_step_and_escapes(void **state)
{
    (void)state;
    spil_err err = SPIL_ERR_INIT;
    spil_str svg = SPIL_STR_INIT;
    spil_model *const model = read_one("tests/data/models/ways.yaml");
    model->steps[1].names.nl = "Weg <&\"";
    assert_ok(spil_draw_model(&svg, model, SPIL_LANG_NL, &err));
    assert_non_null(strstr(svg.text, "Over water"));
    assert_non_null(strstr(svg.text, "Weg &lt;&amp;"));
    assert_null(strstr(svg.text, "<&"));
    assert_non_null(strstr(svg.text, "class=\"way\"")); /* the two ways share a line */
    assert_non_null(strstr(svg.text, "douane: stop"));
    assert_null(strstr(svg.text, "http://www.w3.org/1999/xlink"));
    spil_str_free(&svg);
    spil_model_free(model);
}

static spil_status diff_and_free(void)
{
    spil_model *model = NULL;
    spil_model_changes *changes = NULL;
    spil_status rc = spil_model_read(&model, "tests/data/models/two_steps.yaml", NULL);
    if (rc == SPIL_OK)
        rc = spil_model_diff(&changes, model, model, NULL);
    spil_model_changes_free(changes);
    spil_model_free(model);
    return rc;
}

static void model_diff__survives_lack_of_memory(void **state)
{
    (void)state;
    assert_survives_no_memory(diff_and_free());
}

static int make_place(void **state)
{
    (void)state;
    return mkdtemp(place) ? 0 : -1;
}

static int remove_place(void **state)
{
    (void)state;
    char path[80];
    (void)snprintf(path, sizeof path, "%s/m.yaml", place);
    (void)unlink(path);
    (void)snprintf(path, sizeof path, "%s/s.json", place);
    (void)unlink(path);
    return rmdir(place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(model_write__reads_back_the_same),
        T(model_write__keeps_texts_and_numbers_that_are_hard),
        T(model_diff__tells_what_differs_and_no_more),
        T(model_diff__survives_lack_of_memory),
        T(script__of_each_model_comes_back_the_same),
        T(script_import__of_a_foreign_script_is_a_sound_model),
        T(script_import__names_what_is_wrong),
        T(model_faults__are_one_clear_message_each),
        T(draw_model__names_every_step_and_escapes),
    };
    return cmocka_run_group_tests(tests, make_place, remove_place);
}
