/* report_run_json.c - run.json: what it takes to get the same bytes again.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/json.h"

#include "reports/lang.h"

static json_t *input_item(const spil_result_source *s)
{
    return json_pack("{s:o, s:o, s:o, s:o}", "name", spil_json_text(s->name), "sha256",
                     spil_json_text(s->sha256), "loader", spil_json_text(s->loader), "options",
                     spil_json_text(s->options));
}

static json_t *model_item(const spil_result_model *m)
{
    return json_pack("{s:o, s:o, s:o}", "id", spil_json_text(m->id), "version",
                     spil_json_text(m->version), "digest", spil_json_text(m->digest));
}

static json_t *libraries(const spil_result *r)
{
    json_t *const object = json_object();
    for (size_t i = 0; object && i < r->library_count; i++)
        if (json_object_set_new(object, r->libraries[i].name,
                                spil_json_text(r->libraries[i].version)) != 0) {
            json_decref(object);
            return NULL;
        }
    return object;
}

static json_t *hours(const spil_result *r)
{
    json_t *const object = json_object();
    for (size_t p = 0; object && p < SPIL_PARTNER_COUNT; p++)
        if (json_object_set_new(object, spil_partner_id((spil_partner)p),
                                spil_json_real(r->hours_given[p])) != 0) {
            json_decref(object);
            return NULL;
        }
    return object;
}

static spil_status write_json(const spil_result *result, spil_lang lang, spil_str *out,
                              spil_err *err)
{
    json_t *inputs, *models;
    JSON_ARRAY(inputs, result->source_count, input_item(&result->sources[i]));
    JSON_ARRAY(models, result->model_count, model_item(&result->models[i]));
    json_t *const root = json_pack("{s:s, s:i, s:o, s:o, s:o, s:o, s:o, s:s}", "format", "spil-run",
                                   "format_version", 1, "run", spil_json_run(result), "libraries",
                                   libraries(result), "inputs", inputs, "models", models, "hours",
                                   hours(result), "language", spil_lang_code(lang));
    return spil_json_write(root, out, err);
}

const spil_report spil_report_run_json = {
    .file = "run.json",
    .summary = "options, seed, versions and digests: enough to get the same bytes again",
    .write = write_json,
};
