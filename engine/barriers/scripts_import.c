/* scripts_import.c - see scripts.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Writes the text of a model file, part by part: the text that a part carries, or one made from its
 * label. The caller reads the file as any other, so every check of a model holds here too.
 */
#include "engine/barriers/scripts.h"

#include "engine/barriers/model_write.h"
#include "engine/base/file.h"
#include "engine/base/text.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

enum { ID_MOST = 40, IDS_MOST = SPIL_MODEL_ITEMS_MOST };

typedef struct reader {
    const json_t *root;
    const char *path;
    spil_str *out, *notes;
} reader;

/* Ids given out in one list. */
typedef struct ids {
    char text[IDS_MOST][ID_MOST + 8];
    size_t count;
} ids;

static const char *text_of(const json_t *item, const char *key)
{
    const char *const text = json_string_value(json_object_get(item, key));
    return text ? text : "";
}

static const char *label_of(const json_t *item)
{
    const char *const label = text_of(item, "label");
    return *label ? label : text_of(item, "id");
}

/* Letters and digits of the label in lower case, all else as one '_': "Ken uw klant" is
 * "ken_uw_klant". */
static void slug(char *out, const char *label)
{
    size_t n = 0;
    for (const char *p = label; *p && n < ID_MOST; p++) {
        const char c = *p >= 'A' && *p <= 'Z' ? (char)(*p + 32) : *p;
        const bool plain = (c >= 'a' && c <= 'z') || (n > 0 && c >= '0' && c <= '9');
        if (plain)
            out[n++] = c;
        else if (n > 0 && out[n - 1] != '_')
            out[n++] = '_';
    }
    while (n > 0 && out[n - 1] == '_')
        n--;
    out[n] = '\0';
    if (n == 0)
        memcpy(out, "part", 5);
}

/* A slug that the list has not yet; NULL when the list is full. */
static const char *new_id(ids *taken, const char *label)
{
    char stem[ID_MOST + 1];
    if (taken->count == IDS_MOST)
        return NULL;
    char *const id = taken->text[taken->count];
    slug(stem, label);
    (void)snprintf(id, sizeof taken->text[0], "%s", stem);
    for (unsigned next = 2;; next++) {
        size_t i = 0;
        while (i < taken->count && strcmp(taken->text[i], id) != 0)
            i++;
        if (i == taken->count)
            break;
        (void)snprintf(id, sizeof taken->text[0], "%s_%u", stem, next);
    }
    taken->count++;
    return id;
}

/* The text that the part carries; "" when it has none. */
static const char *carried(const json_t *item)
{
    return text_of(item, "spil");
}

static void write_names(spil_str *out, const char *label)
{
    spil_str_add(out, "name: {nl: ");
    spil_write_text(out, label);
    spil_str_add(out, ", en: ");
    spil_write_text(out, label);
    spil_str_add(out, "}");
}

/* The item of the list with this id, or NULL. */
static const json_t *find(const json_t *list, const char *id)
{
    size_t i;
    const json_t *each;
    json_array_foreach(list, i, each) if (strcmp(text_of(each, "id"), id) == 0) return each;
    return NULL;
}

/* ---- partners ---- */

static bool same_partner(spil_partner partner, const char *text)
{
    const spil_names names = spil_partner_names(partner);
    return spil_text_equal_nocase(text, spil_partner_id(partner)) ||
           spil_text_equal_nocase(text, names.en) || spil_text_equal_nocase(text, names.nl);
}

static bool find_partner(const reader *r, const char *id, spil_partner *out, const char **label)
{
    const json_t *const item = find(json_object_get(r->root, "partners"), id);
    const char *const tail = strrchr(id, ':') ? strrchr(id, ':') + 1 : id;
    *label = item ? label_of(item) : id;
    for (unsigned p = 0; p < SPIL_PARTNER_COUNT; p++)
        if (same_partner((spil_partner)p, *label) || same_partner((spil_partner)p, tail)) {
            *out = (spil_partner)p;
            return true;
        }
    return false;
}

/* ---- parts of a step ---- */

static void write_barrier(const reader *r, ids *taken, const char *label, const char *basis,
                          spil_partner partner)
{
    const char *const id = new_id(taken, label);
    if (!id)
        return;
    spil_str_addf(r->out, "      - {id: %s, ", id);
    write_names(r->out, label);
    spil_str_addf(r->out, ", partner: %s,\n         basis: ", spil_partner_id(partner));
    spil_write_text(r->out, *basis ? basis : "not named in the script");
    spil_str_add(r->out, ", applies_to: [person, company, address],\n"
                         "         effect: [3, 7], hours: 24, lead_days: 30, assumed: true}\n");
}

static void write_measure(const reader *r, ids *taken, const json_t *measure)
{
    size_t i;
    const json_t *each;
    const json_t *const partners = json_object_get(measure, "partners");
    if (*carried(measure)) {
        spil_str_add(r->out, carried(measure));
        return;
    }
    json_array_foreach(partners, i, each)
    {
        spil_partner partner = SPIL_PARTNER_municipality;
        const char *label = "";
        const char *const id = json_string_value(each) ? json_string_value(each) : "";
        if (!find_partner(r, id, &partner, &label))
            spil_str_addf(r->notes,
                          "partner '%.60s' of measure '%.60s' is not known here: municipality "
                          "stands in its place\n",
                          label, label_of(measure));
        write_barrier(r, taken, label_of(measure), text_of(measure, "description"), partner);
    }
    if (json_array_size(partners) == 0) {
        spil_str_addf(r->notes, "measure '%.60s' names no partner: municipality stands for it\n",
                      label_of(measure));
        write_barrier(r, taken, label_of(measure), text_of(measure, "description"),
                      SPIL_PARTNER_municipality);
    }
}

static void write_barriers(const reader *r, const json_t *act)
{
    ids taken = {.count = 0};
    size_t i;
    const json_t *each;
    spil_str_add(r->out, "    barriers:\n");
    json_array_foreach(json_object_get(act, "measures"), i, each) write_measure(r, &taken, each);
    if (i > 0)
        return;
    spil_str_addf(r->notes, "'%.60s' has no measure: a barrier to be named stands in it\n",
                  label_of(act));
    write_barrier(r, &taken, "to be named", "", SPIL_PARTNER_municipality);
}

static void write_indicators(const reader *r, const json_t *act)
{
    ids taken = {.count = 0};
    size_t i;
    const json_t *each;
    const json_t *const list = json_object_get(act, "indicators");
    spil_str_add(r->out, json_array_size(list) ? "    signals:\n" : "    signals: []\n");
    json_array_foreach(list, i, each)
    {
        const char *const id = *carried(each) ? NULL : new_id(&taken, label_of(each));
        spil_str_add(r->out, carried(each));
        if (!id)
            continue;
        spil_str_addf(r->out, "      - {code: %s, ", id);
        write_names(r->out, label_of(each));
        spil_str_addf(r->out,
                      ", family: %s,\n         applies_to: [person, company, address], lr: 3, "
                      "lr_low: 1.1, lr_high: 10, half_life_days: 730, assumed: true}\n",
                      id);
    }
}

static void write_opening(const reader *r, ids *taken, const json_t *item)
{
    const char *const id = *carried(item) ? NULL : new_id(taken, label_of(item));
    spil_str_add(r->out, carried(item));
    if (!id)
        return;
    spil_str_addf(r->out, "      - {id: %s, ", id);
    write_names(r->out, label_of(item));
    spil_str_addf(r->out, ",\n         applies_to: [person, company, address], where: {%s: yes}}\n",
                  id);
}

/* Opportunities, and the conditions that make the act easy or possible. */
static void write_opportunities(const reader *r, const json_t *act)
{
    ids taken = {.count = 0};
    size_t i;
    const json_t *each;
    const json_t *const list = json_object_get(act, "opportunities");
    const json_t *const conditions = json_object_get(act, "conditions");
    const bool any = json_array_size(list) + json_array_size(conditions) > 0;
    spil_str_add(r->out, any ? "    opportunities:\n" : "    opportunities: []\n");
    json_array_foreach(list, i, each) write_opening(r, &taken, each);
    json_array_foreach(conditions, i, each) write_opening(r, &taken, each);
}

static void write_role(const reader *r, ids *taken, const char *label, bool outside)
{
    char stem[ID_MOST + 1];
    slug(stem, label);
    for (size_t i = 0; i < taken->count; i++) /* one role in several activities of the act */
        if (strcmp(taken->text[i], stem) == 0)
            return;
    const char *const id = new_id(taken, label);
    if (!id)
        return;
    spil_str_addf(r->out, "      - {id: %s, ", id);
    write_names(r->out, label);
    spil_str_addf(r->out,
                  ", kinds: [person, company],\n         needed: 1, facilitator: %s, unseen: 0.9, "
                  "substitutability: 0.5, assumed: true}\n",
                  outside ? "both" : "no");
}

static void write_cast(const reader *r, ids *taken, const json_t *activity, const char *key,
                       const char *table, bool outside)
{
    size_t i;
    const json_t *each;
    json_array_foreach(json_object_get(activity, key), i, each)
    {
        const char *const id = json_string_value(each) ? json_string_value(each) : "";
        const json_t *const item = find(json_object_get(r->root, table), id);
        write_role(r, taken, item ? label_of(item) : id, outside);
    }
}

static void write_roles(const reader *r, const json_t *act)
{
    ids taken = {.count = 0};
    spil_str roles = SPIL_STR_INIT;
    const reader inner = {r->root, r->path, &roles, r->notes};
    size_t i;
    const json_t *each;
    json_array_foreach(json_object_get(act, "activities"), i, each)
    {
        if (*carried(each)) {
            spil_str_add(&roles, carried(each));
            continue;
        }
        write_cast(&inner, &taken, each, "cast", "cast", false);
        write_cast(&inner, &taken, each, "sp", "serviceProviders", true);
    }
    spil_str_addf(r->out, "    roles:%s\n%s", roles.length ? "" : " []", spil_str_text(&roles));
    spil_str_free(&roles);
}

/* ---- steps ---- */

static void write_step(const reader *r, ids *taken, const json_t *act, const char *group)
{
    const char *const id = *carried(act) ? NULL : new_id(taken, label_of(act));
    if (id) {
        spil_str_addf(r->out, "  - id: %s\n    ", id);
        write_names(r->out, label_of(act));
        spil_str_add(r->out, "\n    required: true\n");
        if (group)
            spil_str_addf(r->out, "    any_of: %s\n", group);
        spil_str_addf(r->out, "    prior: 0.02\n    given: %s\n    assumed: true\n",
                      group ? "0.6" : "0.9");
    } else {
        spil_str_add(r->out, carried(act));
    }
    write_roles(r, act);
    write_opportunities(r, act);
    write_indicators(r, act);
    write_barriers(r, act);
    spil_str_add(r->out, "\n");
}

/* The act that an entry of a stage is, or names. */
static const json_t *act_of(const reader *r, const json_t *entry)
{
    const char *const id = json_string_value(entry);
    return id ? find(json_object_get(r->root, "acts"), id) : entry;
}

static size_t write_stages(const reader *r, const json_t *script)
{
    ids taken = {.count = 0}, groups = {.count = 0};
    size_t s, v, steps = 0;
    const json_t *stage, *entry;
    json_array_foreach(json_object_get(script, "stages"), s, stage)
    {
        const json_t *list = json_object_get(stage, "variants");
        list = list ? list : json_object_get(stage, "ids");
        const char *const group = json_array_size(list) > 1
                                      ? new_id(&groups, *label_of(stage) ? label_of(stage) : "way")
                                      : NULL;
        json_array_foreach(list, v, entry)
        {
            const json_t *const act = act_of(r, entry);
            if (act && steps < SPIL_MODEL_STEPS_MOST) {
                write_step(r, &taken, act, group);
                steps++;
            } else {
                spil_str_addf(r->notes, "stage %zu names an act that is not in the file\n", s + 1);
            }
        }
    }
    return steps;
}

/* ---- head ---- */

static void write_head(const reader *r, const json_t *script)
{
    ids taken = {.count = 0};
    char id[ID_MOST + 1];
    size_t i;
    const json_t *each;
    slug(id, label_of(script));
    spil_str_addf(r->out, "id: %s\nversion: \"1\"\nreviewed_by: none\n", id);
    write_names(r->out, label_of(script));
    spil_str_add(r->out, "\nsources:\n");
    json_array_foreach(json_object_get(script, "literature"), i, each)
    {
        const char *const source = new_id(&taken, label_of(each));
        if (!source)
            break;
        spil_str_addf(r->out, "  - {id: %s, text: ", source);
        spil_write_text(r->out, label_of(each));
        spil_str_add(r->out, "}\n");
    }
    if (taken.count == 0)
        spil_str_add(r->out, "  - {id: script, text: \"a crime script without literature\"}\n");
    spil_str_add(r->out, "harm: 1\nprior: 0.01\nassumed: [harm, prior]\n"
                         "role_evidence: {lr: 12, lr_low: 5, lr_high: 30, assumed: true}\n"
                         "recovery: {horizon_days: 180, attempt_days: 30, reach: [0.3, 0.1], "
                         "assumed: true}\n");
}

static void tell_left_out(const reader *r)
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

static spil_status choose(const json_t **out, const reader *r, const char *wish, spil_err *err)
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
                         count, label_of(json_array_get(scripts, 0)));
    *out = wish ? NULL : json_array_get(scripts, 0);
    json_array_foreach(
        scripts, i, each) if (wish && (strcmp(text_of(each, "id"), wish) == 0 ||
                                       spil_text_equal_nocase(label_of(each), wish))) *out = each;
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
    const reader r = {root, path, out, notes};
    TRY(choose(&one, &r, script, err));
    if (*carried(one))
        spil_str_add(out, carried(one));
    else
        write_head(&r, one);
    spil_str_add(out, "\nsteps:\n");
    if (write_stages(&r, one) == 0)
        TRY(spil_fail(err, SPIL_INPUT, "%s: script '%.80s' has no stage with an act", path,
                      label_of(one)));
    spil_str_add(out, text_of(one, "spil_rules"));
    tell_left_out(&r);
    TRY(spil_str_status(out, err));
    TRY(spil_str_status(notes, err));
done:
    json_decref(root);
    spil_free(text);
    return rc;
}
