/* json_target.c - the proposals with their reasons, as JSON. SPDX-License-Identifier:
 * GPL-3.0-or-later */
#include "engine/run/words.h"
#include "reports/json.h"
#include "reports/say.h"

static json_t *reason_item(const spil_result *r, const spil_result_reason *reason)
{
    return json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:b, s:o}", "kind",
                     spil_fact_word(reason->kind), "code", spil_json_text(reason->code), "names",
                     spil_json_names(reason->names), "step_names",
                     spil_json_names(reason->step_names), "detail", spil_json_text(reason->detail),
                     "value", spil_json_real(reason->value), "share", spil_json_real(reason->share),
                     "strength", spil_json_real(reason->strength), "confidence",
                     spil_json_real(reason->confidence), "date", spil_json_day(reason->date),
                     "assumed", (int)reason->assumed, "origin",
                     reason->has_origin ? spil_json_origin(r, reason->origin) : json_null());
}

static json_t *assumed_of(unsigned assumed)
{
    static const char *const names[] = {"effect", "recovery", "prior", "harm", "signals", "roles"};
    json_t *array;
    size_t count = 0;
    const char *found[sizeof names / sizeof names[0]];
    for (size_t bit = 0; bit < sizeof names / sizeof names[0]; bit++)
        if (assumed >> bit & 1U)
            found[count++] = names[bit];
    JSON_ARRAY(array, count, json_string(found[i]));
    return array;
}

static json_t *target_item(const spil_result *r, const spil_result_target *t)
{
    const spil_result_entity *const entity = &r->entities[t->entity];
    json_t *reasons;
    JSON_ARRAY(reasons, t->reason_count, reason_item(r, &t->reasons[i]));
    json_t *const item = json_pack(
        "{s:o, s:s, s:o, s:o, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:s, s:o, s:o, s:o, s:o, s:o, "
        "s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
        "rank", spil_json_count(t->rank), "status",
        spil_word_text(SPIL_LANG_EN, spil_status_word(t->status)), "key",
        spil_json_text(entity->key), "name", spil_json_text(entity->name), "kind",
        spil_entity_kind_info(entity->kind)->name, "community",
        spil_json_count(t->community_number), "model", spil_json_text(r->models[t->model].id),
        "step", spil_json_text(t->step_id), "step_names", spil_json_names(t->step_names), "barrier",
        spil_json_text(t->barrier.id), "barrier_names", spil_json_names(t->barrier.names),
        "partner", spil_partner_id(t->barrier.partner), "basis", spil_json_text(t->barrier.basis),
        "hours", spil_json_real(t->barrier.hours), "lead_days",
        spil_json_real(t->barrier.lead_days), "effect", spil_json_real(t->effect), "recovers",
        spil_json_real(t->recovers), "candidates", spil_json_count(t->candidates), "gain",
        spil_json_spread(&t->gain), "fall", spil_json_spread(&t->fall), "adds",
        spil_json_real(t->marginal), "stability", spil_json_real(t->stability), "assumed",
        assumed_of(t->assumed), "reasons", reasons);
    return spil_json_learned(item, t->barrier.learned);
}

json_t *spil_json_targets(const spil_result *result)
{
    json_t *array;
    JSON_ARRAY(array, result->target_count, target_item(result, &result->targets[i]));
    return array;
}
