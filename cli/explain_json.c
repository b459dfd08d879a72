/* explain_json.c - an explanation as JSON: see explain_text.h; the shape is
 * docs/explain.schema.json. SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/explain_text.h"

#include "engine/base/file.h"
#include "engine/run/table.h"
#include "engine/run/words.h"

#include <inttypes.h>
#include <math.h>

/* What say wrote since `from`, as a JSON text in its place. */
static void quote_from(const spil_pen *pen, spil_str *text)
{
    spil_add_json_text(pen->out, spil_str_text(text));
    spil_str_free(text);
}

static void add_points(spil_str *out, const char *name, spil_points p)
{
    spil_str_addf(out, ", \"%s\": {\"mean\": %.10g, \"p5\": %.10g, \"p50\": %.10g, \"p95\": %.10g}",
                  name, p.mean, p.p5, p.p50, p.p95);
}

static void add_file(spil_str *out, const spil_facts *facts, spil_record record)
{
    const spil_origin origin = spil_record_origin(facts, record);
    spil_str_add(out, "\"file\": ");
    spil_add_json_text(out, spil_path_name(facts->sources[origin.source].path));
    spil_str_addf(out, ", \"line\": %" PRIu64, origin.line);
}

static void add_source(spil_str *out, const spil_facts *facts, spil_record record)
{
    spil_str_add(out, ", ");
    add_file(out, facts, record);
}

static void add_json_reasons(const spil_pen *pen, const spil_reopened *it,
                             const spil_explained *why)
{
    spil_str *const out = pen->out;
    for (size_t i = 0; i < why->reason_count; i++) {
        const spil_explained_reason *const reason = &why->reasons[i];
        spil_str text = SPIL_STR_INIT;
        spil_pen own = *pen;
        own.out = &text;
        spil_explain_reason(&own, it, why, reason);
        spil_str_addf(out, "%s\n  {\"entity\": ", i ? "," : "");
        spil_add_json_text(out, it->facts->entities[reason->entity].key);
        spil_str_addf(out,
                      ", \"kind\": \"%s\", \"step\": \"%s\", \"item\": \"%s\", \"value\": %.10g, "
                      "\"assumed\": %s, \"text\": ",
                      spil_fact_word(reason->kind), reason->step, reason->item, reason->value,
                      reason->assumed ? "true" : "false");
        quote_from(pen, &text);
        if (!isnan(reason->looks))
            spil_str_addf(out, ", \"looks\": %.10g, \"look_share\": %.10g", reason->looks,
                          reason->look_share);
        if (reason->has_record)
            add_source(out, it->facts, reason->record);
        spil_str_add(out, "}");
    }
}

static void add_json_in_vain(const spil_pen *pen, const spil_facts *facts, const spil_in_vain *all)
{
    spil_str *const out = pen->out;
    for (size_t i = 0; i < all->count; i++) {
        const spil_vain_family *const each = &all->items[i];
        spil_str text = SPIL_STR_INIT;
        spil_pen own = *pen;
        own.out = &text;
        spil_explain_missed(&own, facts, all, each);
        spil_str_addf(out,
                      "%s\n  {\"step\": \"%s\", \"signal\": \"%s\", \"family\": \"%s\", "
                      "\"partner\": \"%s\", \"looks\": %.10g, \"looked\": %zu, \"members\": %zu, "
                      "\"ratio\": %.10g, \"assumed\": %s, \"text\": ",
                      i ? "," : "", each->step->id, each->signal->code, each->signal->family,
                      spil_partner_id(each->signal->partner), each->looks, each->looked,
                      each->members, each->ratio,
                      each->signal->assumed || !each->signal->found_stated ? "true" : "false");
        quote_from(pen, &text);
        spil_str_add(out, ", \"records\": [");
        for (size_t r = 0; r < each->count; r++) {
            spil_str_add(out, r ? ", {" : "{");
            add_file(out, facts, all->records[each->first + r]);
            spil_str_add(out, "}");
        }
        spil_str_add(out, "]}");
    }
}

static void add_json_halving(const spil_pen *pen, const spil_reopened *it,
                             const spil_explained *why)
{
    spil_str *const out = pen->out;
    const spil_halving *const h = &why->halving;
    spil_str_addf(out,
                  "\"before\": %.10g, \"after\": %.10g, \"smallest\": %s, \"scorings\": %zu, "
                  "\"records\": [",
                  h->before, h->after, h->smallest ? "true" : "false", h->scorings);
    for (size_t i = 0; i < h->count; i++) {
        spil_str text = SPIL_STR_INIT;
        spil_pen own = *pen;
        own.out = &text;
        spil_explain_record(&own, it->facts, why->model.models[0], h->records[i]);
        spil_str_addf(out, "%s\n  {\"text\": ", i ? "," : "");
        quote_from(pen, &text);
        add_source(out, it->facts, h->records[i]);
        spil_str_add(out, "}");
    }
    spil_str_add(out, "]");
}

static void add_json_numbers(const spil_pen *pen, const spil_explained *why)
{
    spil_str *const out = pen->out;
    const spil_model *const model = why->model.models[0];
    for (size_t i = 0; i < why->number_count; i++) {
        const spil_explained_number *const each = &why->numbers[i];
        const spil_number *const n = &each->number;
        spil_str text = SPIL_STR_INIT;
        spil_pen own = *pen;
        own.out = &text;
        spil_explain_number(&own, each);
        spil_str_addf(out, "%s\n  {\"number\": \"%s\", \"step\": \"%s\", \"item\": \"%s\"",
                      i ? "," : "", spil_number_word(n->kind),
                      n->step == SIZE_MAX ? "" : model->steps[n->step].id, n->item);
        spil_str_addf(out,
                      ", \"value\": %.10g, \"low\": %.10g, \"high\": %.10g, \"score_low\": %.10g, "
                      "\"score_high\": %.10g, \"text\": ",
                      n->mid, n->low, n->high, each->at_low, each->at_high);
        quote_from(pen, &text);
        spil_str_add(out, "}");
    }
}

void spil_explain_json(const spil_pen *pen, const spil_reopened *it, const spil_explained *why)
{
    spil_str *const out = pen->out;
    spil_str_addf(
        out, "{\"command\": \"explain\", \"shape\": 1, \"community\": %" PRIu32 ", \"entity\": ",
        why->community + 1);
    if (why->entity == UINT32_MAX)
        spil_str_add(out, "null");
    else
        spil_add_json_text(out, it->facts->entities[why->entity].key);
    spil_str_addf(out, ", \"model\": \"%s\"", why->model.models[0]->id);
    add_points(out, "score", why->score);
    add_points(out, "chain", why->chain);
    add_points(out, "process", why->process);
    spil_str_add(out, ",\n \"reasons\": [");
    add_json_reasons(pen, it, why);
    spil_str_addf(out, "],\n \"looks_on_record\": %s, \"not_found\": [",
                  why->in_vain.on_record ? "true" : "false");
    add_json_in_vain(pen, it->facts, &why->in_vain);
    spil_str_add(out, "],\n \"halves\": {");
    add_json_halving(pen, it, why);
    spil_str_addf(out, "},\n \"assumed_count\": %zu, \"assumed\": [", why->assumed_count);
    add_json_numbers(pen, why);
    spil_str_add(out, "]}\n");
}
