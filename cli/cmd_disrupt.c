/* cmd_disrupt.c - `spil disrupt CASE.db`: what is left as people or links are taken away.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each strategy gives one curve; a table of all of them, and a picture when asked for.
 */
#include "cli/case.h"
#include "cli/opt.h"
#include "cli/show.h"
#include "cli/suggest.h"
#include "engine/base/file.h"
#include "engine/base/vec.h"
#include "engine/graph/network.h"
#include "engine/interventions/recovery.h"
#include "engine/interventions/removal.h"
#include "engine/store/store.h"
#include "reports/plot.h"

#include <math.h>
#include <string.h>

static struct {
    const char *strategy, *block, *steps, *reach, *alpha, *share, *length, *ties, *tie_orders,
        *sources;
    const char *missing, *draws, *recovery, *chance, *delay, *cost, *seed, *format, *plot, *threads;
    int links, once, weighted, quick, json, list;
} given;

static const struct poptOption options[] = {
    OPT_TEXT("strategy", given.strategy,
             "whom first: a strategy or metric, several with commas (default: betweenness)",
             "NAME"),
    OPT_FLAG("list", given.list, "list the strategies"),
    OPT_FLAG("links", given.links, "take links away: by betweenness, degree, weight or random"),
    OPT_TEXT("block", given.block, "take N at a time, on one ranking (default: 1)", "N"),
    OPT_TEXT("steps", given.steps,
             "N steps; 0: until nothing is left (default: 20 in a table, else 0)", "N"),
    OPT_FLAG("once", given.once, "rank at the start alone, not again after each step"),
    OPT_FLAG("weighted", given.weighted, "use the weights of links where a strategy can"),
    OPT_TEXT("length", given.length,
             "weighted paths: a link is 1/weight long, or weight (default: inverse)",
             "inverse|weight"),
    OPT_TEXT("reach", given.reach, "steps that collective influence and reach look (default: 1)",
             "N"),
    OPT_TEXT("alpha", given.alpha, "attenuation of Katz (default: 0.1)", "A"),
    OPT_TEXT("share", given.share, "dismantling: no component of this share (default: 0.01)", "S"),
    OPT_TEXT("sources", given.sources,
             "betweenness from N random sources: an estimate, for\nlarge networks (default: all)",
             "N"),
    OPT_TEXT("ties", given.ties, "among equals: the lowest or highest key first, or random",
             "RULE"),
    OPT_TEXT("tie-orders", given.tie_orders, "also the range over N random orders of equals", "N"),
    OPT_TEXT("missing", given.missing, "also rank without this share of the links, --draws times",
             "S"),
    OPT_TEXT("draws", given.draws, "draws of missing links (default: 20)", "N"),
    OPT_TEXT("recovery", given.recovery, "orphans relink by distance, degree or random", "RULE"),
    OPT_TEXT("chance", given.chance, "recovery: that an orphan relinks (default: 1)", "P"),
    OPT_TEXT("delay", given.delay, "recovery: steps that pass first (default: 0)", "N"),
    OPT_TEXT("cost", given.cost, "recovery: of one new link (default: 1)", "C"),
    OPT_FLAG("quick", given.quick, "leave efficiency out: on large networks it takes longest"),
    OPT_TEXT("seed", given.seed, "of all that is random (default: 1)", "N"),
    OPT_TEXT("plot", given.plot, "also draw the curves", "FILE.svg"),
    OPT_FORMAT(given.format),
    OPT_JSON(given.json),
    OPT_THREADS(given.threads),
    OPT_HELP,
    OPT_END,
};

/* What was asked for, checked. */
typedef struct asked {
    spil_strategy_opts opts;
    spil_recovery_opts recovery;
    spil_table_format format;
    const char *ties;
    uint64_t steps, tie_orders, draws;
    double missing;
} asked;

/* One strategy's result. */
typedef struct result {
    char name[64];
    spil_curve *curve;     /* NULL with recovery */
    spil_healing *healing; /* NULL without */
    spil_bands *ties, *missing;
    spil_vid *order; /* of vertices */
    uint32_t *edges; /* of links */
    size_t count, block;
} result;

typedef SPIL_VEC(result) result_vec;

typedef struct network {
    spil_store *store;
    spil_facts *facts;
    spil_network *network;
} network;

static void network_close(network *n)
{
    spil_network_free(n->network);
    spil_facts_free(n->facts);
    spil_store_close(n->store);
}

static spil_status network_open(network *n, const char *path, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(spil_case_open(&n->store, path, SPIL_STORE_READ, err));
    TRY(spil_store_load_facts(&n->facts, n->store, err));
    TRY(spil_network_build(&n->network, n->facts, err));
    if (n->network->csr->n == 0)
        rc = spil_fail(err, SPIL_INPUT, "%s: there is nobody in it to take away", path);
done:
    return rc;
}

static void results_free(result_vec *results)
{
    for (size_t i = 0; i < results->count; i++) {
        result *const r = &results->items[i];
        spil_curve_free(r->curve);
        spil_healing_free(r->healing);
        spil_bands_free(r->ties);
        spil_bands_free(r->missing);
        spil_free(r->order);
        spil_free(r->edges);
    }
    spil_free(results->items);
}

/* ---- options ---- */

/* Position of text in words, or SPIL_USAGE that names them. */
static spil_status one_of(const char *option, const char *text, const char *const *words,
                          size_t count, size_t *out, spil_err *err)
{
    spil_suggestion near = spil_suggest_for(text);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(words[i], text) == 0) {
            *out = i;
            return SPIL_OK;
        }
        spil_suggest_weigh(&near, words[i]);
    }
    return spil_fail(err, SPIL_USAGE, "%s: '%s' is none of its words%s%s%s", option, text,
                     near.best ? "; did you mean '" : "", near.best ? near.best : "",
                     near.best ? "'?" : "");
}

static spil_status read_words(asked *a, spil_err *err)
{
    static const char *const lengths[] = {"inverse", "weight"};
    static const char *const ties[] = {"lowest", "highest", "random"};
    spil_status rc = SPIL_OK;
    size_t which = 0;
    if (given.length) {
        TRY(one_of("--length", given.length, lengths, 2, &which, err));
        a->opts.far = which == 1;
    }
    which = 0;
    if (given.ties)
        TRY(one_of("--ties", given.ties, ties, 3, &which, err));
    a->ties = ties[which];
    if (given.recovery) {
        TRY(one_of("--recovery", given.recovery, spil_heal_rule_names, 3, &which, err));
        a->recovery.rule = (spil_heal_rule)which;
    }
    if (given.recovery && (given.links || given.missing || given.tie_orders))
        rc = spil_fail(err, SPIL_USAGE,
                       "--recovery does not go with --links, --missing or --tie-orders");
    else if (given.links && (given.missing || given.tie_orders))
        rc = spil_fail(err, SPIL_USAGE, "--links does not go with --missing or --tie-orders");
done:
    return rc;
}

static spil_status read_options(asked *a, spil_err *err)
{
    spil_status rc = SPIL_OK;
    uint64_t block = 1, reach = 1, delay = 0, sources = 0;
    *a = (asked){
        .opts = SPIL_STRATEGY_OPTS_DEFAULTS, .recovery = SPIL_RECOVERY_OPTS_DEFAULTS, .draws = 20};
    TRY(spil_opt_format(given.format, given.json, &a->format, err));
    a->steps = a->format == SPIL_FORMAT_TABLE ? 20 : 0;
    TRY(spil_opt_uint("--block", given.block, 1, UINT32_MAX, &block, err));
    TRY(spil_opt_uint("--steps", given.steps, 0, UINT32_MAX, &a->steps, err));
    TRY(spil_opt_uint("--reach", given.reach, 1, 100, &reach, err));
    TRY(spil_opt_uint("--sources", given.sources, 1, UINT32_MAX, &sources, err));
    TRY(spil_opt_double("--alpha", given.alpha, 0, 1, &a->opts.alpha, err));
    TRY(spil_opt_double("--share", given.share, 0, 1, &a->opts.share, err));
    TRY(spil_opt_uint("--tie-orders", given.tie_orders, 1, 100000, &a->tie_orders, err));
    TRY(spil_opt_double("--missing", given.missing, 0, 1, &a->missing, err));
    TRY(spil_opt_uint("--draws", given.draws, 1, 100000, &a->draws, err));
    TRY(spil_opt_double("--chance", given.chance, 0, 1, &a->recovery.chance, err));
    TRY(spil_opt_uint("--delay", given.delay, 0, 1000000, &delay, err));
    TRY(spil_opt_double("--cost", given.cost, 0, 1e12, &a->recovery.cost, err));
    TRY(spil_opt_uint("--seed", given.seed, 0, UINT64_MAX, &a->opts.seed, err));
    TRY(spil_opt_threads(given.threads, err));
    a->opts.block = (size_t)block;
    a->opts.reach = (unsigned)reach;
    a->opts.sources = (size_t)sources;
    a->opts.once = given.once;
    a->opts.weighted = given.weighted;
    a->recovery.delay = (unsigned)delay;
    a->recovery.seed = a->opts.seed;
    rc = read_words(a, err);
done:
    return rc;
}

/* The name that begins at text, up to a comma; what follows it, or NULL at the end. */
static const char *next_name(const char *text, char name[64])
{
    const size_t length = strcspn(text, ",");
    const size_t kept = length < 63 ? length : 63;
    memcpy(name, text, kept);
    name[kept] = '\0';
    return text[length] ? text + length + 1 : NULL;
}

/* ---- runs ---- */

static spil_status find_ranking(spil_ranking *out, const char *name, spil_err *err)
{
    if (spil_ranking_find(out, name, NULL) == SPIL_OK)
        return SPIL_OK;
    spil_suggestion near = spil_suggest_for(name);
    for (size_t i = 0; i < spil_strategy_count; i++)
        spil_suggest_weigh(&near, spil_strategies[i]->name);
    for (size_t i = 0; i < spil_metric_count; i++)
        spil_suggest_weigh(&near, spil_metrics[i]->name);
    if (near.best)
        return spil_fail(err, SPIL_USAGE, "there is no strategy '%s'; did you mean '%s'?", name,
                         near.best);
    return spil_fail(err, SPIL_USAGE, "there is no strategy '%s'; see spil disrupt --list", name);
}

static size_t removals(const asked *a, uint64_t all)
{
    const uint64_t wanted = a->steps * (uint64_t)a->opts.block;
    return (size_t)(a->steps == 0 || wanted > all ? all : wanted);
}

static spil_status run_links(result *r, const spil_csr *g, const asked *a, spil_err *err)
{
    static const char *const rules[] = {"betweenness", "degree", "weight", "random"};
    spil_status rc = SPIL_OK;
    size_t rule = 0;
    TRY(one_of("--strategy, of links", r->name, rules, 4, &rule, err));
    r->count = removals(a, g->m);
    TRY(NEW_ARRAY(r->edges, r->count, err));
    TRY(spil_link_order(g, (spil_link_rule)rule, &a->opts, r->count, r->edges, err));
    TRY(spil_link_curve_measure(&r->curve, g, r->edges, r->count, r->block, !given.quick,
                                a->opts.progress, err));
done:
    return rc;
}

static spil_status run_vertices(result *r, const spil_csr *g, const asked *a, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_ranking ranking;
    TRY(find_ranking(&ranking, r->name, err));
    r->count = removals(a, g->n);
    TRY(NEW_ARRAY(r->order, r->count, err));
    if (given.recovery) {
        TRY(spil_recovery_run(&r->healing, g, &ranking, &a->opts, r->count, &a->recovery,
                              !given.quick, err));
        memcpy(r->order, r->healing->order, r->count * sizeof *r->order);
        goto done;
    }
    TRY(spil_ranking_order(&ranking, g, &a->opts, r->count, r->order, err));
    TRY(spil_curve_measure(&r->curve, g, r->order, r->count, r->block, !given.quick,
                           a->opts.progress, err));
    if (a->tie_orders > 0)
        TRY(spil_curve_over_ties(&r->ties, g, &ranking, &a->opts, r->count, (size_t)a->tie_orders,
                                 false, err));
    if (given.missing)
        TRY(spil_curve_over_missing(&r->missing, g, &ranking, &a->opts, r->count, a->missing,
                                    (size_t)a->draws, false, err));
done:
    return rc;
}

static spil_status run_all(result_vec *results, const spil_csr *g, asked *a, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_vid *rank = NULL;
    const char *text = given.strategy ? given.strategy : "betweenness";
    if (strcmp(a->ties, "lowest") != 0) {
        TRY(NEW_ARRAY(rank, g->n, err));
        if (strcmp(a->ties, "highest") == 0)
            spil_rank_reversed(g->n, rank);
        else
            spil_rank_random(g->n, a->opts.seed, 0, rank);
    }
    a->opts.rank = rank;
    a->opts.progress = spil_meter();
    while (text) {
        result r = {.block = a->opts.block};
        text = next_name(text, r.name);
        TRY(VEC_PUSH(*results, r, err));
        result *const last = &results->items[results->count - 1];
        TRY(given.links ? run_links(last, g, a, err) : run_vertices(last, g, a, err));
    }
done:
    spil_free(rank);
    a->opts.rank = NULL;
    return rc;
}

/* ---- table ---- */

static spil_status new_table(spil_table **out, const result_vec *results, spil_err *err)
{
    spil_status rc = SPIL_OK;
    SPIL_VEC(spil_table_column) columns = {0};
#define ADD(...) TRY(VEC_PUSH(columns, ((spil_table_column){__VA_ARGS__}), err))
    if (results->count > 1)
        ADD(.name = "strategy");
    ADD(.name = "step", .kind = SPIL_COLUMN_WHOLE);
    ADD(.name = "removed", .kind = SPIL_COLUMN_WHOLE);
    ADD(.name = "largest_component", .label = "largest", .kind = SPIL_COLUMN_REAL, .places = 4);
    if (given.recovery)
        ADD(.name = "hit_largest_component", .label = "before mending", .kind = SPIL_COLUMN_REAL,
            .places = 4);
    if (given.tie_orders) {
        ADD(.name = "ties_least", .label = "ties: least", .kind = SPIL_COLUMN_REAL, .places = 4);
        ADD(.name = "ties_most", .label = "most", .kind = SPIL_COLUMN_REAL, .places = 4);
    }
    if (given.missing) {
        ADD(.name = "missing_mean", .label = "missing: mean", .kind = SPIL_COLUMN_REAL,
            .places = 4);
        ADD(.name = "missing_low", .label = "5%", .kind = SPIL_COLUMN_REAL, .places = 4);
        ADD(.name = "missing_high", .label = "95%", .kind = SPIL_COLUMN_REAL, .places = 4);
    }
    ADD(.name = "largest_size", .label = "size", .kind = SPIL_COLUMN_WHOLE);
    ADD(.name = "components", .kind = SPIL_COLUMN_WHOLE);
    ADD(.name = "fragmentation", .kind = SPIL_COLUMN_REAL, .places = 4);
    ADD(.name = "efficiency", .kind = SPIL_COLUMN_REAL, .places = 4);
    if (given.recovery) {
        ADD(.name = "hit_efficiency", .label = "before mending", .kind = SPIL_COLUMN_REAL,
            .places = 4);
        ADD(.name = "new_links", .label = "new links", .kind = SPIL_COLUMN_WHOLE);
        ADD(.name = "cost", .kind = SPIL_COLUMN_REAL);
    }
    ADD(.name = "taken", .label = "taken in this step");
#undef ADD
    rc = spil_table_new(out, columns.items, columns.count, err);
done:
    spil_free(columns.items);
    return rc;
}

static const char *key_of(const network *n, spil_vid v)
{
    return n->facts->entities[n->network->entity[v]].key;
}

/* Keys with a blank between; of a link both ends with a '-'. */
static void add_taken(spil_str *out, const network *n, const result *r, size_t first, size_t end)
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

static void add_row(spil_table *table, const result *r, size_t step, const char *taken, bool named)
{
    const spil_healing_point *const h = r->healing ? &r->healing->points[step] : NULL;
    const spil_curve_point *const p = h ? &h->healed : &r->curve->points[step];
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
    spil_table_text(table, taken);
}

static size_t points_of(const result *r)
{
    return r->healing ? r->healing->count : r->curve->count;
}

static double robustness_of(const result *r)
{
    return r->healing ? r->healing->robustness : r->curve->robustness;
}

static spil_status add_rows(spil_table *table, const network *n, const result *r, bool named,
                            spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_str taken = SPIL_STR_INIT;
    for (size_t step = 0; step < points_of(r); step++) {
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

static void add_members(spil_str *out, const result_vec *results, const asked *a)
{
    spil_str_addf(out, "\"unit\": \"%s\", \"block\": %zu, \"weighted\": %s, \"ties\": \"%s\", ",
                  given.links ? "link" : "entity", a->opts.block, given.weighted ? "true" : "false",
                  a->ties);
    spil_str_addf(out, "\"seed\": %llu, \"sources\": %zu, \"recovery\": ",
                  (unsigned long long)a->opts.seed, a->opts.sources);
    if (given.recovery)
        spil_add_json_text(out, given.recovery);
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

static spil_status show(const network *n, const result_vec *results, const asked *a, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_table *table = NULL;
    spil_str members = SPIL_STR_INIT;
    TRY(new_table(&table, results, err));
    for (size_t i = 0; i < results->count; i++)
        TRY(add_rows(table, n, &results->items[i], results->count > 1, err));
    add_members(&members, results, a);
    TRY(spil_str_status(&members, err));
    TRY(spil_show_table(table, a->format, "disrupt", spil_str_text(&members), err));
    if (a->format == SPIL_FORMAT_TABLE)
        for (size_t i = 0; i < results->count; i++)
            spil_note("%s: robustness R = %.4f over %zu removals; equals: %s%s",
                      results->items[i].name, robustness_of(&results->items[i]),
                      results->items[i].count, a->ties,
                      strcmp(a->ties, "random") == 0 ? " order" : " key first");
done:
    spil_table_free(table);
    spil_str_free(&members);
    return rc;
}

/* ---- picture ---- */

static void fill_line(spil_plot_line *line, const result *r, double *numbers, size_t points)
{
    double *const x = numbers, *const y = numbers + points;
    double *const low = numbers + 2 * points, *const high = numbers + 3 * points;
    const spil_bands *const bands = r->missing ? r->missing : r->ties;
    for (size_t i = 0; i < points; i++) {
        const spil_curve_point *const p =
            r->healing ? &r->healing->points[i].healed : &r->curve->points[i];
        x[i] = (double)p->removed;
        y[i] = p->share;
        if (bands) {
            low[i] = r->missing ? bands->share[i].low : bands->share[i].least;
            high[i] = r->missing ? bands->share[i].high : bands->share[i].most;
        }
    }
    *line = (spil_plot_line){r->name, x, y, bands ? low : NULL, bands ? high : NULL, points};
}

static spil_status draw(const result_vec *results, const char *path, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_plot_line *lines = NULL;
    double *numbers = NULL;
    size_t all = 0, at = 0;
    spil_str out = SPIL_STR_INIT;
    for (size_t i = 0; i < results->count; i++)
        all += 4 * points_of(&results->items[i]);
    TRY(NEW_ARRAY(lines, results->count, err));
    TRY(NEW_ARRAY(numbers, all, err));
    for (size_t i = 0; i < results->count; i++) {
        fill_line(&lines[i], &results->items[i], numbers + at, points_of(&results->items[i]));
        at += 4 * points_of(&results->items[i]);
    }
    spil_plot_svg(
        &out, &(spil_plot){.title = given.recovery ? "What is left, after mending" : "What is left",
                           .x_label = given.links ? "links removed" : "removed",
                           .y_label = "largest component, share of before",
                           .lines = lines,
                           .line_count = results->count,
                           .y_most = 1});
    TRY(spil_str_status(&out, err));
    TRY(spil_write_file(path, spil_str_text(&out), out.length, err));
    spil_note("drawn: %s", path);
done:
    spil_free(lines);
    spil_free(numbers);
    spil_str_free(&out);
    return rc;
}

static spil_status list_strategies(spil_table_format format, spil_err *err)
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
    TRY(spil_show_table(table, format, "disrupt", NULL, err));
    if (format == SPIL_FORMAT_TABLE)
        spil_note("and every metric (spil metrics --list), highest first; lowest:METRIC for the "
                  "lowest");
done:
    spil_table_free(table);
    return rc;
}

static spil_status run(int argc, const char **argv, bool *partial, spil_err *err)
{
    (void)partial;
    spil_status rc = SPIL_OK;
    spil_args args = {0};
    asked a;
    network n = {0};
    result_vec results = {0};
    TRY(spil_args_read(&args, &spil_cmd_disrupt, options, argc, argv, 0, 1, err));
    if (args.helped)
        goto done;
    TRY(read_options(&a, err));
    if (given.list) {
        rc = list_strategies(a.format, err);
        goto done;
    }
    TRY(spil_args_need(&args, &spil_cmd_disrupt, 1, err));
    TRY(network_open(&n, args.words[0], err));
    TRY(run_all(&results, n.network->csr, &a, err));
    TRY(show(&n, &results, &a, err));
    if (given.plot)
        TRY(draw(&results, given.plot, err));
done:
    results_free(&results);
    network_close(&n);
    spil_args_free(&args);
    return rc;
}

const spil_cmd spil_cmd_disrupt = {
    .name = "disrupt",
    .arguments = "CASE.db",
    .summary = "what is left of the network as the central ones go, and how it mends",
    .details =
        "Takes entities (or links) away, one at a time or in blocks, and shows after each step\n"
        "the largest component over its size before any removal, the number of components, the\n"
        "share of pairs that are cut off from each other (fragmentation) and how near the others\n"
        "are (efficiency), both among those who are left. R is the area under the curve.\n"
        "Nothing is kept in the case. Among equals the lowest key goes first, unless --ties says\n"
        "otherwise; --tie-orders shows how much that choice matters, --missing how much unknown\n"
        "links do, --recovery what stands once the others have found stand-ins.\n"
        "\n"
        "examples:\n"
        "  spil disrupt case.db --strategy betweenness --block 5 --steps 6 --format csv\n"
        "  spil disrupt case.db --strategy degree,betweenness,corehd,random --plot curves.svg\n"
        "  spil disrupt case.db --recovery distance --delay 2 --steps 10\n"
        "  spil disrupt case.db --missing 0.1 --draws 50 --seed 7 --json",
    .run = run,
};
