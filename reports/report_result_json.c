/* report_result_json.c - result.json: everything that the report shows, for programs.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/json.h"

#include <math.h>

static json_t *reject_item(const spil_result_reject *row)
{
    return json_pack("{s:o, s:o, s:o, s:o, s:o}", "source", spil_json_text(row->source), "column",
                     spil_json_text(row->column), "reason", spil_json_text(row->reason), "rows",
                     spil_json_count(row->rows), "first_line", spil_json_count(row->first_line));
}

static json_t *drop_item(const spil_result_drop *row)
{
    return json_pack("{s:o, s:o, s:o, s:o}", "source", spil_json_text(row->source), "column",
                     spil_json_text(row->column), "reason", spil_json_text(row->reason), "rows",
                     spil_json_count(row->rows));
}

static json_t *kind_counts(const uint64_t *counts, size_t n, bool links)
{
    json_t *const object = json_object();
    for (size_t k = 0; object && k < n; k++) {
        const char *const name = links ? spil_link_kind_info((spil_link_kind)k)->name
                                       : spil_entity_kind_info((spil_entity_kind)k)->name;
        if (counts[k] > 0 && json_object_set_new(object, name, spil_json_count(counts[k])) != 0) {
            json_decref(object);
            return NULL;
        }
    }
    return object;
}

static json_t *coverage(const spil_result_coverage *c)
{
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "linked",
                     kind_counts(c->linked, SPIL_ENTITY_KIND_COUNT, false), "told",
                     kind_counts(c->told, SPIL_ENTITY_KIND_COUNT, false), "dated_links",
                     spil_json_count(c->dated_links), "dated_signals",
                     spil_json_count(c->dated_signals), "first_signal",
                     spil_json_day(c->first_signal), "last_signal", spil_json_day(c->last_signal));
}

static json_t *counts(const spil_result *r)
{
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "coverage",
                     coverage(&r->coverage), "entities",
                     kind_counts(r->entities_by_kind, SPIL_ENTITY_KIND_COUNT, false), "links",
                     kind_counts(r->links_by_kind, SPIL_LINK_KIND_COUNT, true), "attributes",
                     spil_json_count(r->attributes), "roles", spil_json_count(r->roles), "signals",
                     spil_json_count(r->signals), "vertices", spil_json_count(r->vertices), "edges",
                     spil_json_count(r->edges), "communities", spil_json_count(r->all_communities),
                     "scored_communities", spil_json_count(r->scored_communities), "actions",
                     spil_json_count(r->actions), "modularity", spil_json_real(r->quality));
}

static json_t *model_item(const spil_result_model *m)
{
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "id",
                     spil_json_text(m->id), "version", spil_json_text(m->version), "digest",
                     spil_json_text(m->digest), "reviewed_by", spil_json_text(m->reviewed_by),
                     "names", spil_json_names(m->names), "steps", spil_json_count(m->step_count),
                     "harm", spil_json_real(m->harm), "prior", spil_json_real(m->prior),
                     "horizon_days", spil_json_real(m->horizon_days), "assumed",
                     spil_json_count(m->assumed), "numbers", spil_json_count(m->numbers));
}

/* How sure a metric is; the values stand with the entities. */
static json_t *metric_item(const spil_result_metric *m)
{
    return json_pack("{s:o, s:o, s:b, s:o, s:o, s:o, s:o}", "name", spil_json_text(m->name),
                     "names", spil_json_names(m->label), "sampled", m->sampled, "error",
                     spil_json_real(m->error), "confidence", spil_json_real(m->confidence),
                     "sure_ranks", spil_json_count(m->sure_ranks), "top_error",
                     spil_json_real(m->top_error));
}

static json_t *metrics_of(const spil_result *r, size_t entity)
{
    json_t *const object = json_object();
    for (size_t m = 0; object && m < r->metric_count; m++) {
        const double value = r->metrics[m].values[entity];
        json_t *const item = r->metrics[m].integral && isfinite(value)
                                 ? json_integer((json_int_t)value)
                                 : spil_json_real(value);
        if (json_object_set_new(object, r->metrics[m].name, item) != 0) {
            json_decref(object);
            return NULL;
        }
    }
    return object;
}

static json_t *hub_item(const spil_result_hub *hub)
{
    return json_pack("{s:o, s:o, s:s, s:o, s:o}", "key", spil_json_text(hub->key), "name",
                     spil_json_text(hub->name), "kind", spil_entity_kind_info(hub->kind)->name,
                     "degree", spil_json_count(hub->degree), "most", spil_json_count(hub->most));
}

static json_t *alias_item(const spil_result *r, const spil_result_alias *alias)
{
    return json_pack("{s:o, s:o, s:o}", "key", spil_json_text(alias->key), "name",
                     spil_json_text(alias->name), "origin", spil_json_origin(r, alias->origin));
}

static json_t *entity_item(const spil_result *r, size_t entity)
{
    const spil_result_entity *const e = &r->entities[entity];
    json_t *also;
    JSON_ARRAY(also, e->also_count, alias_item(r, &e->also[i]));
    return json_pack("{s:o, s:o, s:s, s:o, s:o, s:o, s:o}", "key", spil_json_text(e->key), "name",
                     spil_json_text(e->name), "kind", spil_entity_kind_info(e->kind)->name, "type",
                     spil_json_text(e->type), "origin", spil_json_origin(r, e->origin), "also",
                     also, "metrics", metrics_of(r, entity));
}

static json_t *share_item(const spil_result_portfolio *portfolio, spil_partner p)
{
    const spil_result_share *const share = &portfolio->partners[p];
    return json_pack("{s:o, s:o, s:o, s:o, s:o}", "gain", spil_json_real(share->credit), "error",
                     spil_json_real(share->error), "gain_without", spil_json_real(share->without),
                     "more_hours", spil_json_real(portfolio->more_hours), "gain_of_more",
                     spil_json_real(share->more));
}

static json_t *partner_item(const spil_result *r, spil_partner p)
{
    json_t *const share = r->portfolio.known ? share_item(&r->portfolio, p) : json_null();
    return json_pack("{s:s, s:o, s:o, s:o, s:o}", "id", spil_partner_id(p), "names",
                     spil_json_names(spil_partner_names(p)), "hours_given",
                     spil_json_real(r->hours_given[p]), "hours_used",
                     spil_json_real(r->hours_used[p]), "share", share);
}

static json_t *unread_item(const spil_result *r, const spil_unread_row *row)
{
    static const char *const reasons[SPIL_UNREAD_WHY_COUNT] = {
        [SPIL_UNREAD_ROLE] = "unknown role",
        [SPIL_UNREAD_SIGNAL] = "unknown code",
        [SPIL_UNREAD_SIGNAL_KIND] = "not of this kind of entity"};
    return json_pack("{s:s, s:o, s:s, s:s?, s:o, s:o}", "record",
                     row->why == SPIL_UNREAD_ROLE ? "role" : "signal", "what",
                     spil_json_text(row->what), "reason", reasons[row->why], "kind",
                     row->kind < SPIL_ENTITY_KIND_COUNT ? spil_entity_kind_info(row->kind)->name
                                                        : NULL,
                     "rows", spil_json_count(row->rows), "first", spil_json_origin(r, row->first));
}

static json_t *moved_item(const spil_result_moved *row)
{
    return json_pack("{s:o, s:o, s:o, s:o}", "number", spil_json_text(row->number), "places",
                     spil_json_real(row->places), "kept", spil_json_real(row->kept), "share",
                     spil_json_real(row->share));
}

static spil_status write_json(const spil_result *result, spil_lang lang, spil_str *out,
                              spil_err *err)
{
    (void)lang; /* both languages are in it */
    json_t *rejects, *drops, *unread, *hubs, *models, *moved, *partners, *metrics, *entities;
    JSON_ARRAY(rejects, result->reject_count, reject_item(&result->rejects[i]));
    JSON_ARRAY(drops, result->drop_count, drop_item(&result->drops[i]));
    JSON_ARRAY(unread, result->unread_count, unread_item(result, &result->unread[i]));
    JSON_ARRAY(hubs, result->hub_count, hub_item(&result->hubs[i]));
    JSON_ARRAY(models, result->model_count, model_item(&result->models[i]));
    JSON_ARRAY(moved, result->moved_count, moved_item(&result->moved[i]));
    JSON_ARRAY(partners, SPIL_PARTNER_COUNT, partner_item(result, (spil_partner)i));
    JSON_ARRAY(metrics, result->metric_count, metric_item(&result->metrics[i]));
    JSON_ARRAY(entities, result->entity_count, entity_item(result, i));
    json_t *const root = json_pack(
        "{s:s, s:i, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, "
        "s:o}",
        "format", "spil-result", "format_version", 1, "run", spil_json_run(result), "sources",
        spil_json_sources(result), "rejects", rejects, "drops", drops, "unread", unread, "hubs",
        hubs, "counts", counts(result), "models", models, "sensitivity", moved, "partners",
        partners, "gain", spil_json_real(result->gain), "possible",
        spil_json_real(result->possible), "targets", spil_json_targets(result), "communities",
        spil_json_communities(result), "metrics", metrics, "entities", entities);
    return spil_json_write(root, out, err);
}

const spil_report spil_report_result_json = {
    .file = "result.json",
    .summary = "everything the report shows, for programs (docs/result.schema.json)",
    .write = write_json,
};
