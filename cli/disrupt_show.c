/* disrupt_show.c - the curves as a table or JSON. SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/disrupt.h"

#include "cli/show.h"

#include <string.h>

/* ---- table ---- */

static spil_status new_table(spil_table **out, const disrupt_case *n, const disrupt_curves *results,
                             const disrupt_asked *a, spil_err *err)
{
    spil_status rc = SPIL_OK;
    SPIL_VEC(spil_table_column) columns = {0};
#define ADD(...) TRY(VEC_PUSH(columns, ((spil_table_column){__VA_ARGS__}), err))
    if (results->count > 1)
        ADD(.name = "strategy");
    ADD(.name = "step", .kind = SPIL_COLUMN_WHOLE);
    ADD(.name = "removed", .kind = SPIL_COLUMN_WHOLE);
    ADD(.name = "largest_component", .label = "largest", .kind = SPIL_COLUMN_REAL, .places = 4);
    if (a->heal)
        ADD(.name = "hit_largest_component", .label = "before mending", .kind = SPIL_COLUMN_REAL,
            .places = 4);
    if (a->tie_orders) {
        ADD(.name = "ties_least", .label = "ties: least", .kind = SPIL_COLUMN_REAL, .places = 4);
        ADD(.name = "ties_most", .label = "most", .kind = SPIL_COLUMN_REAL, .places = 4);
    }
    if (a->has_missing) {
        ADD(.name = "missing_mean", .label = "missing: mean", .kind = SPIL_COLUMN_REAL,
            .places = 4);
        ADD(.name = "missing_low", .label = "5%", .kind = SPIL_COLUMN_REAL, .places = 4);
        ADD(.name = "missing_high", .label = "95%", .kind = SPIL_COLUMN_REAL, .places = 4);
    }
    ADD(.name = "largest_size", .label = "size", .kind = SPIL_COLUMN_WHOLE);
    ADD(.name = "components", .kind = SPIL_COLUMN_WHOLE);
    ADD(.name = "fragmentation", .kind = SPIL_COLUMN_REAL, .places = 4);
    ADD(.name = "efficiency", .kind = SPIL_COLUMN_REAL, .places = 4);
    if (a->heal) {
        ADD(.name = "hit_efficiency", .label = "before mending", .kind = SPIL_COLUMN_REAL,
            .places = 4);
        ADD(.name = "new_links", .label = "new links", .kind = SPIL_COLUMN_WHOLE);
        ADD(.name = "cost", .kind = SPIL_COLUMN_REAL);
    }
    if (n->wear) {
        ADD(.name = "chain_probability", .label = "chain", .kind = SPIL_COLUMN_REAL, .places = 4);
        ADD(.name = "complete_chains", .label = "complete", .kind = SPIL_COLUMN_WHOLE);
        ADD(.name = "seats_held", .label = "seats held", .kind = SPIL_COLUMN_WHOLE);
    }
    ADD(.name = "taken", .label = "taken in this step");
#undef ADD
    rc = spil_table_new(out, columns.items, columns.count, err);
done:
    spil_free(columns.items);
    return rc;
}

static const char *key_of(const disrupt_case *n, spil_vid v)
{
    return n->facts->entities[n->network->entity[v]].key;
}

/* Keys with a blank between; of a link both ends with a '-'. */
static void add_taken(spil_str *out, const disrupt_case *n, const disrupt_curve *r, size_t first,
                      size_t end)
{
    for (size_t i = first; i < end; i++) {
        if (i > first)
            spil_str_add(out, " ");
        if (r->edges) {
            spil_str_add(out, key_of(n, n->network->edge_from[r->edges[i]]));
            spil_str_add(out, "-");
            spil_str_add(out, key_of(n, n->network->edge_to[r->edges[i]]));
        } else {
            spil_str_add(out, key_of(n, r->order[i]));
        }
    }
}

static void add_row(spil_table *table, const disrupt_curve *r, size_t step, const char *taken,
                    bool named)
{
    const spil_healing_point *const h = r->healing ? &r->healing->points[step] : NULL;
    const spil_curve_point *const p = disrupt_point(r, step);
    spil_table_row(table);
    if (named)
        spil_table_text(table, r->name);
    spil_table_count(table, step);
    spil_table_count(table, p->removed);
    spil_table_number(table, p->share);
    if (h)
        spil_table_number(table, h->hit.share);
    if (r->ties) {
        spil_table_number(table, r->ties->share[step].least);
        spil_table_number(table, r->ties->share[step].most);
    }
    if (r->missing) {
        spil_table_number(table, r->missing->share[step].mean);
        spil_table_number(table, r->missing->share[step].low);
        spil_table_number(table, r->missing->share[step].high);
    }
    spil_table_count(table, p->largest);
    spil_table_count(table, p->components);
    spil_table_number(table, p->fragmentation);
    spil_table_number(table, p->efficiency);
    if (h) {
        spil_table_number(table, h->hit.efficiency);
        spil_table_count(table, h->links);
        spil_table_number(table, h->cost);
    }
    if (r->chains) {
        spil_table_number(table, r->chains[step].chain);
        spil_table_count(table, r->chains[step].complete);
        spil_table_count(table, r->chains[step].seats_held);
    }
    spil_table_text(table, taken);
}

static double robustness_of(const disrupt_curve *r)
{
    return r->healing ? r->healing->robustness : r->curve->robustness;
}

static spil_status add_rows(spil_table *table, const disrupt_case *n, const disrupt_curve *r,
                            bool named, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_str taken = SPIL_STR_INIT;
    for (size_t step = 0; step < disrupt_points(r); step++) {
        const size_t end = step * r->block < r->count ? step * r->block : r->count;
        spil_str_clear(&taken);
        if (step > 0)
            add_taken(&taken, n, r, (step - 1) * r->block, end);
        TRY(spil_str_status(&taken, err));
        add_row(table, r, step, spil_str_text(&taken), named);
    }
done:
    spil_str_free(&taken);
    return rc;
}

static void add_members(spil_str *out, const disrupt_curves *results, const disrupt_asked *a)
{
    spil_str_addf(out, "\"unit\": \"%s\", \"block\": %zu, \"weighted\": %s, \"ties\": \"%s\", ",
                  a->links ? "link" : "entity", a->opts.block, a->opts.weighted ? "true" : "false",
                  a->ties);
    spil_str_addf(out, "\"seed\": %llu, \"sources\": %zu, \"recovery\": ",
                  (unsigned long long)a->opts.seed, a->opts.sources);
    if (a->heal)
        spil_add_json_text(out, a->heal);
    else
        spil_str_add(out, "null");
    spil_str_add(out, ", \"curves\": [");
    for (size_t i = 0; i < results->count; i++) {
        spil_str_add(out, i > 0 ? ", {\"strategy\": " : "{\"strategy\": ");
        spil_add_json_text(out, results->items[i].name);
        spil_str_addf(out, ", \"robustness\": %.10g}", robustness_of(&results->items[i]));
    }
    spil_str_add(out, "]");
}

/* Over what the columns of chains are told, or why they are absent. */
static void add_chains(spil_str *out, const disrupt_case *n)
{
    if (n->wear) {
        const spil_wear_point now = spil_wear_now(n->wear);
        spil_str_addf(out,
                      ", \"chains\": {\"run\": %lld, \"communities\": %zu, \"seats_unseen\": %zu}",
                      (long long)spil_reopened_run(&n->run)->id, now.communities, now.seats_unseen);
        return;
    }
    spil_str_add(out, ", \"chains\": null, \"chains_absent\": ");
    spil_add_json_text(out, n->absent);
}

static void tell_chains(const disrupt_case *n)
{
    if (!n->wear) {
        spil_note("no columns for chains: %s", n->absent);
        return;
    }
    const spil_wear_point now = spil_wear_now(n->wear);
    spil_note("chains of run %lld: mean chance of the most probable chain over %zu scored "
              "communities; complete: communities with somebody for every required step",
              (long long)spil_reopened_run(&n->run)->id, now.communities);
    spil_note("on %zu seats of these chains nobody was ever seen: there somebody unseen counts, so "
              "complete chains fall late; seats held are those of people who are known",
              now.seats_unseen);
}

spil_status disrupt_show(const disrupt_case *n, const disrupt_curves *results,
                         const disrupt_asked *a, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_table *table = NULL;
    spil_str members = SPIL_STR_INIT;
    TRY(new_table(&table, n, results, a, err));
    for (size_t i = 0; i < results->count; i++)
        TRY(add_rows(table, n, &results->items[i], results->count > 1, err));
    add_members(&members, results, a);
    add_chains(&members, n);
    TRY(spil_str_status(&members, err));
    TRY(spil_show_table(table, a->format, "disrupt", spil_str_text(&members), err));
    if (a->format == SPIL_FORMAT_TABLE)
        for (size_t i = 0; i < results->count; i++)
            spil_note("%s: robustness R = %.4f over %zu removals; equals: %s%s",
                      results->items[i].name, robustness_of(&results->items[i]),
                      results->items[i].count, a->ties,
                      strcmp(a->ties, "random") == 0 ? " order" : " key first");
    if (a->format == SPIL_FORMAT_TABLE)
        tell_chains(n);
done:
    spil_table_free(table);
    spil_str_free(&members);
    return rc;
}

/* ---- list ---- */

spil_status disrupt_list(spil_table_format format, spil_err *err)
{
    static const spil_table_column columns[] = {
        {.name = "name"},
        {.name = "cost"},
        {.name = "summary", .places = 100},
        {.name = "source", .shown = SPIL_SHOWN_PROGRAMS},
    };
    spil_status rc = SPIL_OK;
    spil_table *table = NULL;
    TRY(spil_table_new(&table, columns, sizeof columns / sizeof *columns, err));
    for (size_t i = 0; i < spil_strategy_count; i++) {
        spil_table_row(table);
        spil_table_text(table, spil_strategies[i]->name);
        spil_table_text(table, spil_strategies[i]->cost);
        spil_table_text(table, spil_strategies[i]->summary);
        spil_table_text(table, spil_strategies[i]->source);
    }
    spil_table_row(table);
    spil_table_text(table, DISRUPT_BARRIERS);
    spil_table_text(table, "O(actions log actions)");
    spil_table_text(table, "whom the last run would act against, most gain an hour first");
    spil_table_text(table, "");
    TRY(spil_show_table(table, format, "disrupt", NULL, err));
    if (format == SPIL_FORMAT_TABLE)
        spil_note("and every metric (spil metrics --list), highest first; lowest:METRIC for the "
                  "lowest");
done:
    spil_table_free(table);
    return rc;
}
