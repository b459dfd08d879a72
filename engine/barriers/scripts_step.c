/* scripts_step.c - an act of a crime script as a step of a model file, part by part: the text that
 * a part carries, or one made from its label. SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/barriers/scripts_inside.h"

#include "engine/barriers/model_write.h"
#include "engine/base/text.h"

#include <string.h>

/* ---- partners ---- */

static bool same_partner(spil_partner partner, const char *text)
{
    const spil_names names = spil_partner_names(partner);
    return spil_text_equal_nocase(text, spil_partner_id(partner)) ||
           spil_text_equal_nocase(text, names.en) || spil_text_equal_nocase(text, names.nl);
}

static bool find_partner(const spil_script_reader *r, const char *id, spil_partner *out,
                         const char **label)
{
    const json_t *const item = spil_script_find(json_object_get(r->root, "partners"), id);
    const char *const tail = strrchr(id, ':') ? strrchr(id, ':') + 1 : id;
    *label = item ? spil_script_label(item) : id;
    for (unsigned p = 0; p < SPIL_PARTNER_COUNT; p++)
        if (same_partner((spil_partner)p, *label) || same_partner((spil_partner)p, tail)) {
            *out = (spil_partner)p;
            return true;
        }
    return false;
}

/* ---- parts of a step ---- */

static void write_barrier(const spil_script_reader *r, spil_script_ids *taken, const char *label,
                          const char *basis, spil_partner partner)
{
    const char *const id = spil_script_id(taken, label);
    if (!id)
        return;
    spil_str_addf(r->out, "      - {id: %s, ", id);
    spil_script_names(r->out, label);
    spil_str_addf(r->out, ", partner: %s,\n         basis: ", spil_partner_id(partner));
    spil_write_text(r->out, *basis ? basis : "not named in the script");
    spil_str_add(r->out, ", applies_to: [person, company, address],\n"
                         "         effect: [3, 7], hours: 24, lead_days: 30, assumed: true}\n");
}

static void write_measure(const spil_script_reader *r, spil_script_ids *taken,
                          const json_t *measure)
{
    size_t i;
    const json_t *each;
    const json_t *const partners = json_object_get(measure, "partners");
    if (*spil_script_carried(measure)) {
        spil_str_add(r->out, spil_script_carried(measure));
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
                          label, spil_script_label(measure));
        write_barrier(r, taken, spil_script_label(measure),
                      spil_script_text(measure, "description"), partner);
    }
    if (json_array_size(partners) == 0) {
        spil_str_addf(r->notes, "measure '%.60s' names no partner: municipality stands for it\n",
                      spil_script_label(measure));
        write_barrier(r, taken, spil_script_label(measure),
                      spil_script_text(measure, "description"), SPIL_PARTNER_municipality);
    }
}

static void write_barriers(const spil_script_reader *r, const json_t *act)
{
    spil_script_ids taken = {.count = 0};
    size_t i;
    const json_t *each;
    spil_str_add(r->out, "    barriers:\n");
    json_array_foreach(json_object_get(act, "measures"), i, each) write_measure(r, &taken, each);
    if (i > 0)
        return;
    spil_str_addf(r->notes, "'%.60s' has no measure: a barrier to be named stands in it\n",
                  spil_script_label(act));
    write_barrier(r, &taken, "to be named", "", SPIL_PARTNER_municipality);
}

static void write_indicators(const spil_script_reader *r, const json_t *act)
{
    spil_script_ids taken = {.count = 0};
    size_t i;
    const json_t *each;
    const json_t *const list = json_object_get(act, "indicators");
    spil_str_add(r->out, json_array_size(list) ? "    signals:\n" : "    signals: []\n");
    json_array_foreach(list, i, each)
    {
        const char *const id =
            *spil_script_carried(each) ? NULL : spil_script_id(&taken, spil_script_label(each));
        spil_str_add(r->out, spil_script_carried(each));
        if (!id)
            continue;
        spil_str_addf(r->out, "      - {code: %s, ", id);
        spil_script_names(r->out, spil_script_label(each));
        spil_str_addf(r->out,
                      ", family: %s,\n         applies_to: [person, company, address], lr: 3, "
                      "lr_low: 1.1, lr_high: 10, half_life_days: 730, assumed: true}\n",
                      id);
    }
}

static void write_opening(const spil_script_reader *r, spil_script_ids *taken, const json_t *item)
{
    const char *const id =
        *spil_script_carried(item) ? NULL : spil_script_id(taken, spil_script_label(item));
    spil_str_add(r->out, spil_script_carried(item));
    if (!id)
        return;
    spil_str_addf(r->out, "      - {id: %s, ", id);
    spil_script_names(r->out, spil_script_label(item));
    spil_str_addf(r->out, ",\n         applies_to: [person, company, address], where: {%s: yes}}\n",
                  id);
}

/* Opportunities, and the conditions that make the act easy or possible. */
static void write_opportunities(const spil_script_reader *r, const json_t *act)
{
    spil_script_ids taken = {.count = 0};
    size_t i;
    const json_t *each;
    const json_t *const list = json_object_get(act, "opportunities");
    const json_t *const conditions = json_object_get(act, "conditions");
    const bool any = json_array_size(list) + json_array_size(conditions) > 0;
    spil_str_add(r->out, any ? "    opportunities:\n" : "    opportunities: []\n");
    json_array_foreach(list, i, each) write_opening(r, &taken, each);
    json_array_foreach(conditions, i, each) write_opening(r, &taken, each);
}

static void write_role(const spil_script_reader *r, spil_script_ids *taken, const char *label,
                       bool outside)
{
    char stem[SPIL_SCRIPT_ID + 1];
    spil_script_slug(stem, label);
    for (size_t i = 0; i < taken->count; i++) /* one role in several activities of the act */
        if (strcmp(taken->text[i], stem) == 0)
            return;
    const char *const id = spil_script_id(taken, label);
    if (!id)
        return;
    spil_str_addf(r->out, "      - {id: %s, ", id);
    spil_script_names(r->out, label);
    spil_str_addf(r->out,
                  ", kinds: [person, company],\n         needed: 1, facilitator: %s, unseen: 0.9, "
                  "substitutability: 0.5, assumed: true}\n",
                  outside ? "both" : "no");
}

static void write_cast(const spil_script_reader *r, spil_script_ids *taken, const json_t *activity,
                       const char *key, const char *table, bool outside)
{
    size_t i;
    const json_t *each;
    json_array_foreach(json_object_get(activity, key), i, each)
    {
        const char *const id = json_string_value(each) ? json_string_value(each) : "";
        const json_t *const item = spil_script_find(json_object_get(r->root, table), id);
        write_role(r, taken, item ? spil_script_label(item) : id, outside);
    }
}

static void write_roles(const spil_script_reader *r, const json_t *act)
{
    spil_script_ids taken = {.count = 0};
    spil_str roles = SPIL_STR_INIT;
    const spil_script_reader inner = {r->root, r->path, &roles, r->notes};
    size_t i;
    const json_t *each;
    json_array_foreach(json_object_get(act, "activities"), i, each)
    {
        if (*spil_script_carried(each)) {
            spil_str_add(&roles, spil_script_carried(each));
            continue;
        }
        write_cast(&inner, &taken, each, "cast", "cast", false);
        write_cast(&inner, &taken, each, "sp", "serviceProviders", true);
    }
    spil_str_addf(r->out, "    roles:%s\n%s", roles.length ? "" : " []", spil_str_text(&roles));
    spil_str_free(&roles);
}

/* ---- steps ---- */

void spil_script_step(const spil_script_reader *r, spil_script_ids *taken, const json_t *act,
                      const char *group)
{
    const char *const id =
        *spil_script_carried(act) ? NULL : spil_script_id(taken, spil_script_label(act));
    if (id) {
        spil_str_addf(r->out, "  - id: %s\n    ", id);
        spil_script_names(r->out, spil_script_label(act));
        spil_str_add(r->out, "\n    required: true\n");
        if (group)
            spil_str_addf(r->out, "    any_of: %s\n", group);
        spil_str_addf(r->out, "    prior: 0.02\n    given: %s\n    assumed: true\n",
                      group ? "0.6" : "0.9");
    } else {
        spil_str_add(r->out, spil_script_carried(act));
    }
    write_roles(r, act);
    write_opportunities(r, act);
    write_indicators(r, act);
    write_barriers(r, act);
    spil_str_add(r->out, "\n");
}
