/* scripts_import.c - see scripts.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Writes the text of a model file: its head here, its steps in scripts_step.c. The caller reads the
 * file as any other, so every check of a model holds here too.
 */
#include "engine/barriers/scripts_inside.h"

#include "engine/barriers/model_write.h"
#include "engine/base/file.h"
#include "engine/base/text.h"

#include <string.h>

/* ---- stages ---- */

/* The act that an entry of a stage is, or names. */
static const json_t *act_of(const spil_script_reader *r, const json_t *entry)
{
    const char *const id = json_string_value(entry);
    return id ? spil_script_find(json_object_get(r->root, "acts"), id) : entry;
}

static size_t write_stages(const spil_script_reader *r, const json_t *script)
{
    spil_script_ids taken = {.count = 0}, groups = {.count = 0};
    size_t s, v, steps = 0;
    const json_t *stage, *entry;
    json_array_foreach(json_object_get(script, "stages"), s, stage)
    {
        const json_t *list = json_object_get(stage, "variants");
        list = list ? list : json_object_get(stage, "ids");
        const char *const group =
            json_array_size(list) > 1
                ? spil_script_id(&groups,
                                 *spil_script_label(stage) ? spil_script_label(stage) : "way")
                : NULL;
        json_array_foreach(list, v, entry)
        {
            const json_t *const act = act_of(r, entry);
            if (act && steps < SPIL_MODEL_STEPS_MOST) {
                spil_script_step(r, &taken, act, group);
                steps++;
            } else {
                spil_str_addf(r->notes, "stage %zu names an act that is not in the file\n", s + 1);
            }
        }
    }
    return steps;
}

/* ---- head ---- */

static void write_head(const spil_script_reader *r, const json_t *script)
{
    spil_script_ids taken = {.count = 0};
    char id[SPIL_SCRIPT_ID + 1];
    size_t i;
    const json_t *each;
    spil_script_slug(id, spil_script_label(script));
    spil_str_addf(r->out, "id: %s\nversion: \"1\"\nreviewed_by: none\n", id);
    spil_script_names(r->out, spil_script_label(script));
    spil_str_add(r->out, "\nsources:\n");
    json_array_foreach(json_object_get(script, "literature"), i, each)
    {
        const char *const source = spil_script_id(&taken, spil_script_label(each));
        if (!source)
            break;
        spil_str_addf(r->out, "  - {id: %s, text: ", source);
        spil_write_text(r->out, spil_script_label(each));
        spil_str_add(r->out, "}\n");
    }
    if (taken.count == 0)
        spil_str_add(r->out, "  - {id: script, text: \"a crime script without literature\"}\n");
    spil_str_add(r->out, "harm: 1\nprior: 0.01\nassumed: [harm, prior]\n"
                         "role_evidence: {lr: 12, lr_low: 5, lr_high: 30, assumed: true}\n"
                         "recovery: {horizon_days: 180, attempt_days: 30, reach: [0.3, 0.1], "
                         "assumed: true}\n");
}

static void tell_left_out(const spil_script_reader *r)
{
    static const char *const lists[] = {"locations", "geoLocations", "products", "transports",
                                        "attributes"};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        const size_t count = json_array_size(json_object_get(r->root, lists[i]));
        if (count)
            spil_str_addf(r->notes, "a model has no place for the script's %s (%zu)\n", lists[i],
                          count);
    }
}

/* ---- which script ---- */

static spil_status choose(const json_t **out, const spil_script_reader *r, const char *wish,
                          spil_err *err)
{
    const json_t *const scripts = json_object_get(r->root, "crimeScripts");
    const size_t count = json_array_size(scripts);
    size_t i;
    const json_t *each;
    if (count == 0)
        return spil_fail(err, SPIL_INPUT, "%s: no list 'crimeScripts' with a script in it",
                         r->path);
    if (!wish && count > 1)
        return spil_fail(err, SPIL_USAGE,
                         "%s holds %zu scripts; name one with --script, such as '%.80s'", r->path,
                         count, spil_script_label(json_array_get(scripts, 0)));
    *out = wish ? NULL : json_array_get(scripts, 0);
    json_array_foreach(
        scripts, i,
        each) if (wish && (strcmp(spil_script_text(each, "id"), wish) == 0 ||
                           spil_text_equal_nocase(spil_script_label(each), wish))) *out = each;
    return *out ? SPIL_OK
                : spil_fail(err, SPIL_INPUT, "%s: no script '%.80s'", r->path, wish ? wish : "");
}

spil_status spil_script_import(spil_str *out, spil_str *notes, const char *path, const char *script,
                               spil_err *err)
{
    spil_status rc = SPIL_OK;
    char *text = NULL;
    size_t length;
    json_t *root = NULL;
    json_error_t fault;
    const json_t *one = NULL;
    TRY(spil_read_file(&text, &length, path, SPIL_SCRIPT_BYTES_MOST, err));
    root = json_loadb(text, length, JSON_REJECT_DUPLICATES, &fault);
    if (!root)
        TRY(spil_fail(err, SPIL_INPUT, "%s:%d:%d: not well-formed JSON: %s", path, fault.line,
                      fault.column, fault.text));
    const spil_script_reader r = {root, path, out, notes};
    TRY(choose(&one, &r, script, err));
    if (*spil_script_carried(one))
        spil_str_add(out, spil_script_carried(one));
    else
        write_head(&r, one);
    spil_str_add(out, "\nsteps:\n");
    if (write_stages(&r, one) == 0)
        TRY(spil_fail(err, SPIL_INPUT, "%s: script '%.80s' has no stage with an act", path,
                      spil_script_label(one)));
    spil_str_add(out, spil_script_text(one, "spil_rules"));
    tell_left_out(&r);
    TRY(spil_str_status(out, err));
    TRY(spil_str_status(notes, err));
done:
    json_decref(root);
    spil_free(text);
    return rc;
}
