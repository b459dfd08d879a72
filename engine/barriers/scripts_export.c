/* scripts_export.c - see scripts.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/barriers/scripts.h"

#include "engine/barriers/model_write.h"

#include <jansson.h>
#include <string.h>

typedef struct sheet {
    const spil_model *model;
    bool dutch;
    json_t *cast, *providers, *partners; /* lists of the whole file */
} sheet;

static const char *in(const sheet *s, spil_names names)
{
    return s->dutch ? names.nl : names.en;
}

static json_t *labelled(const char *prefix, const char *id, const char *label)
{
    spil_str whole = SPIL_STR_INIT;
    spil_str_addf(&whole, "%s%s", prefix, id);
    json_t *const item = json_pack("{s:s, s:s}", "id", spil_str_text(&whole), "label", label);
    spil_str_free(&whole);
    return item;
}

/* The part's text in a model file goes along, so that nothing is lost. */
#define CARRY(item, write, part)                                                                   \
    do {                                                                                           \
        spil_str carried = SPIL_STR_INIT;                                                          \
        write(&carried, part);                                                                     \
        (void)json_object_set_new(item, "spil", json_string(spil_str_text(&carried)));             \
        spil_str_free(&carried);                                                                   \
    } while (0)

/* Adds the item unless the list has its id; returns the id. */
static json_t *list_once(json_t *list, json_t *item)
{
    json_t *each, *const id = json_incref(json_object_get(item, "id"));
    size_t i;
    json_array_foreach(list, i, each)
    {
        if (json_equal(json_object_get(each, "id"), id)) {
            json_decref(item);
            return id;
        }
    }
    (void)json_array_append_new(list, item);
    return id;
}

static json_t *measure(const sheet *s, const spil_model_barrier *barrier)
{
    json_t *const item = labelled("", barrier->id, in(s, barrier->names));
    json_t *const partners = json_array();
    json_t *const partner = labelled("partner:", spil_partner_id(barrier->partner),
                                     in(s, spil_partner_names(barrier->partner)));
    (void)json_array_append_new(partners, list_once(s->partners, partner));
    (void)json_object_set_new(item, "description", json_string(barrier->basis));
    (void)json_object_set_new(item, "cat", json_string("0_0"));
    CARRY(item, spil_write_barrier, barrier);
    (void)json_object_set_new(item, "partners", partners);
    return item;
}

static json_t *activity(const sheet *s, const spil_model_step *step)
{
    json_t *const item = labelled("activity:", step->id, in(s, step->names));
    json_t *const cast = json_array(), *const providers = json_array();
    spil_str carried = SPIL_STR_INIT;
    for (size_t i = 0; i < step->role_count; i++)
        spil_write_role(&carried, &step->roles[i]);
    (void)json_object_set_new(item, "spil", json_string(spil_str_text(&carried)));
    spil_str_free(&carried);
    for (size_t i = 0; i < step->role_count; i++) {
        const spil_model_role *const role = &step->roles[i];
        const bool outside = role->facilitator != SPIL_FACILITATOR_NO;
        (void)json_array_append_new(outside ? providers : cast,
                                    list_once(outside ? s->providers : s->cast,
                                              labelled("role:", role->id, in(s, role->names))));
    }
    (void)json_object_set_new(item, "cast", cast);
    (void)json_object_set_new(item, "sp", providers);
    (void)json_object_set_new(item, "attributes", json_array());
    (void)json_object_set_new(item, "transports", json_array());
    return item;
}

static json_t *variant(const sheet *s, const spil_model_step *step)
{
    json_t *const item = labelled("", step->id, in(s, step->names));
    json_t *const measures = json_array(), *const indicators = json_array();
    json_t *const opportunities = json_array(), *const activities = json_array();
    for (size_t i = 0; i < step->barrier_count; i++)
        (void)json_array_append_new(measures, measure(s, &step->barriers[i]));
    for (size_t i = 0; i < step->signal_count; i++) {
        json_t *const each = labelled("", step->signals[i].code, in(s, step->signals[i].names));
        CARRY(each, spil_write_signal, &step->signals[i]);
        (void)json_array_append_new(indicators, each);
    }
    for (size_t i = 0; i < step->opportunity_count; i++) {
        json_t *const each =
            labelled("", step->opportunities[i].id, in(s, step->opportunities[i].names));
        CARRY(each, spil_write_opportunity, &step->opportunities[i]);
        (void)json_array_append_new(opportunities, each);
    }
    CARRY(item, spil_write_step, step);
    (void)json_array_append_new(activities, activity(s, step));
    (void)json_object_set_new(item, "locationIds", json_array());
    (void)json_object_set_new(item, "measures", measures);
    (void)json_object_set_new(item, "indicators", indicators);
    (void)json_object_set_new(item, "opportunities", opportunities);
    (void)json_object_set_new(item, "activities", activities);
    (void)json_object_set_new(item, "conditions", json_array());
    return item;
}

/* Steps that are ways to one end are variants of one stage. */
static json_t *stages(const sheet *s)
{
    json_t *const list = json_array();
    json_t *variants = NULL;
    for (size_t i = 0; i < s->model->step_count; i++) {
        const spil_model_step *const step = &s->model->steps[i];
        const bool same =
            i > 0 && step->group != SPIL_NO_GROUP && step->group == s->model->steps[i - 1].group;
        if (!same) {
            json_t *const stage = *step->any_of ? labelled("stage:", step->any_of, step->any_of)
                                                : labelled("stage:", step->id, in(s, step->names));
            variants = json_array();
            (void)json_object_set_new(stage, "variants", variants);
            (void)json_array_append_new(list, stage);
        }
        (void)json_array_append_new(variants, variant(s, step));
    }
    return list;
}

static json_t *script(const sheet *s)
{
    json_t *const item = labelled("", s->model->id, in(s, s->model->names));
    json_t *const literature = json_array();
    for (size_t i = 0; i < s->model->source_count; i++)
        (void)json_array_append_new(
            literature, labelled("", s->model->sources[i].id, s->model->sources[i].text));
    (void)json_object_set_new(item, "owner", json_string(""));
    (void)json_object_set_new(item, "updated", json_integer(0));
    (void)json_object_set_new(item, "reviewer", json_array());
    (void)json_object_set_new(item, "status", json_integer(1));
    (void)json_object_set_new(item, "literature", literature);
    (void)json_object_set_new(item, "productIds", json_array());
    (void)json_object_set_new(item, "stages", stages(s));
    spil_str rules = SPIL_STR_INIT;
    CARRY(item, spil_write_head, s->model);
    spil_write_rules(&rules, s->model);
    (void)json_object_set_new(item, "spil_rules", json_string(spil_str_text(&rules)));
    spil_str_free(&rules);
    return item;
}

static int take(const char *text, size_t length, void *out)
{
    spil_str_add_n(out, text, length);
    return 0;
}

spil_status spil_script_export(spil_str *out, const spil_model *model, bool dutch, spil_err *err)
{
    static const char *const empty[] = {"attributes", "locations",     "geoLocations", "products",
                                        "transports", "opportunities", "indicators",   "acts"};
    const sheet s = {model, dutch, json_array(), json_array(), json_array()};
    json_t *const all = json_pack("{s:i, s:i, s:i, s:[o]}", "schemaVersion", 3, "version", 1,
                                  "lastUpdate", 0, "crimeScripts", script(&s));
    (void)json_object_set_new(all, "cast", s.cast);
    (void)json_object_set_new(all, "serviceProviders", s.providers);
    (void)json_object_set_new(all, "partners", s.partners);
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++)
        (void)json_object_set_new(all, empty[i], json_array());
    const bool written = all && json_dump_callback(all, take, out, JSON_INDENT(2)) == 0;
    json_decref(all);
    spil_str_add(out, "\n");
    return written ? spil_str_status(out, err)
                   : spil_fail(err, SPIL_NO_MEMORY, "out of memory while writing a script");
}
