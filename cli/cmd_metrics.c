/* cmd_metrics.c - `spil metrics CASE.db`. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Straight from what was imported; nothing is kept in the case.
 */
#include "cli/case.h"
#include "cli/metrics_edges.h"
#include "cli/opt.h"
#include "cli/show.h"
#include "cli/suggest.h"
#include "engine/base/vec.h"
#include "engine/graph/network.h"
#include "engine/metrics/metric.h"
#include "engine/metrics/robust.h"
#include "engine/metrics/summary.h"
#include "engine/store/store.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct {
    const char *metric, *from, *edges, *top, *draws, *format, *threads;
    int json, weighted, list, summary, exact;
} given;

static const struct poptOption options[] = {
    OPT_TEXT("metric", given.metric,
             "these alone, by name, with commas between (default: all\n"
             "that --list does not call by name alone)",
             "NAME"),
    OPT_TEXT("top", given.top, "the first K alone; 0: all (default: 20 in a table, else all)", "K"),
    OPT_TEXT("from", given.from,
             "as seen from these entities, by key, with commas between (pagerank)", "KEY"),
    OPT_TEXT("edges", given.edges,
             "links instead of entities: betweenness, with bridges and blocks", "WHAT"),
    OPT_FLAG("weighted", given.weighted, "use the weights of links where a metric can"),
    OPT_FLAG("exact", given.exact, "never sample, however long it takes (betweenness, harmonic)"),
    OPT_TEXT("draws", given.draws,
             "how sure the ranks by the first metric are: over B draws of\n"
             "the links by their confidence (20 or more)",
             "B"),
    OPT_FLAG("summary", given.summary, "the whole network in figures, instead of each entity"),
    OPT_FLAG("list", given.list, "list the metrics, with what they cost and where they come from"),
    OPT_FORMAT(given.format),
    OPT_JSON(given.json),
    OPT_THREADS(given.threads),
    OPT_HELP,
    OPT_END,
};

typedef SPIL_VEC(const spil_metric *) metric_vec;

/* ---- which ---- */

static spil_status unknown_metric(const char *name, spil_err *err)
{
    spil_suggestion near = spil_suggest_for(name);
    for (size_t i = 0; i < spil_metric_count; i++)
        spil_suggest_weigh(&near, spil_metrics[i]->name);
    return near.best ? spil_fail(err, SPIL_USAGE, "there is no metric '%s'; did you mean '%s'?",
                                 name, near.best)
                     : spil_fail(err, SPIL_USAGE,
                                 "there is no metric '%s'; see spil metrics --list", name);
}

/* "a,b" or NULL: all. */
static spil_status choose_metrics(metric_vec *out, const char *names, spil_err *err)
{
    spil_status rc = SPIL_OK;
    if (!names) {
        for (size_t i = 0; rc == SPIL_OK && i < spil_metric_count; i++)
            if (!spil_metrics[i]->by_name)
                rc = VEC_PUSH(*out, spil_metrics[i], err);
        return rc;
    }
    for (const char *p = names; rc == SPIL_OK;) {
        const size_t length = strcspn(p, ",");
        char name[64] = "";
        memcpy(name, p, length < sizeof name ? length : sizeof name - 1);
        const spil_metric *const metric = spil_metric_find(name);
        if (!metric)
            return unknown_metric(name, err);
        rc = VEC_PUSH(*out, metric, err);
        if (!p[length])
            break;
        p += length + 1;
    }
    return rc;
}

static spil_status list_metrics(spil_table_format format, spil_err *err)
{
    static const spil_table_column columns[] = {
        {.name = "name"},
        {.name = "cost"},
        {.name = "run"},
        {.name = "summary", .places = 90},
        {.name = "source", .shown = SPIL_SHOWN_PROGRAMS},
    };
    spil_status rc = SPIL_OK;
    spil_table *table = NULL;
    TRY(spil_table_new(&table, columns, sizeof columns / sizeof *columns, err));
    for (size_t i = 0; i < spil_metric_count; i++) {
        spil_table_row(table);
        spil_table_text(table, spil_metrics[i]->name);
        spil_table_text(table, spil_metrics[i]->cost);
        spil_table_text(table, spil_metrics[i]->by_name ? "by name alone" : "always");
        spil_table_text(table, spil_metrics[i]->summary);
        spil_table_text(table, spil_metrics[i]->source);
    }
    rc = spil_show_table(table, format, "metrics", NULL, err);
done:
    spil_table_free(table);
    return rc;
}

/* ---- compute ---- */

/* The vertex of the key, or a failure that says why there is none. */
static spil_status vertex_of_key(const spil_facts *facts, const spil_network *network,
                                 const char *key, spil_vid *out, spil_err *err)
{
    const uint32_t entity = spil_facts_find(facts, key);
    if (entity == UINT32_MAX)
        return spil_fail(err, SPIL_USAGE, "--from: the case has no entity '%s'", key);
    *out = network->vertex[entity];
    return *out == SPIL_NO_VERTEX
               ? spil_fail(err, SPIL_USAGE, "--from: '%s' is a %s, which is not analysed", key,
                           spil_entity_kind_info(facts->entities[entity].kind)->en)
               : SPIL_OK;
}

/* keys: "a,b"; reset: n, zero; 1 where a key stands. */
static spil_status read_from(const char *keys, const spil_facts *facts, const spil_network *network,
                             double *reset, spil_err *err)
{
    spil_status rc = SPIL_OK;
    char *copy = NULL, *rest = NULL;
    spil_vid v = 0;
    TRY(spil_copy_text(&copy, keys, err));
    for (char *key = strtok_r(copy, ",", &rest); key; key = strtok_r(NULL, ",", &rest)) {
        TRY(vertex_of_key(facts, network, key, &v, err));
        reset[v] = 1;
    }
done:
    spil_free(copy);
    return rc;
}

static spil_status check_from(const metric_vec *metrics, spil_err *err)
{
    if (given.from && strspn(given.from, ",") == strlen(given.from))
        return spil_fail(err, SPIL_USAGE, "--from: no key in '%s'", given.from);
    for (size_t i = 0; given.from && i < metrics->count; i++)
        if (!metrics->items[i]->personal)
            return spil_fail(err, SPIL_USAGE,
                             "--from goes with --metric pagerank, not with '%s', which has no "
                             "point of view",
                             metrics->items[i]->name);
    return SPIL_OK;
}

static spil_status check_edges(spil_err *err)
{
    if (!given.edges)
        return SPIL_OK;
    if (strcmp(given.edges, "betweenness") != 0)
        return spil_fail(err, SPIL_USAGE, "--edges knows 'betweenness' alone, not '%s'",
                         given.edges);
    return given.metric || given.from || given.summary
               ? spil_fail(err, SPIL_USAGE,
                           "--edges does not go with --metric, --from or --summary")
               : SPIL_OK;
}

/* For people on stderr, for programs in *said: a sampled metric says how good it is. */
static void say_how_good(const spil_metric *metric, const spil_metric_note *note, spil_str *said)
{
    spil_note("%s: sampled; with a chance of %.3g no value is off by more than %.3g, the first %u "
              "are in their true order, and the ten largest within %.2g%% (--exact takes the time)",
              metric->name, note->confidence, note->error, note->sure_ranks, 100 * note->top_error);
    spil_str_addf(said,
                  "%s\"%s\": {\"confidence\": %.3g, \"error\": %.6g, \"sure_ranks\": %u, "
                  "\"top_error\": %.3g}",
                  said->length ? ", " : "", metric->name, note->confidence, note->error,
                  note->sure_ranks, note->top_error);
}

static spil_status run_metrics(double *values, const metric_vec *metrics, const spil_csr *csr,
                               const double *reset, spil_str *said, spil_err *err)
{
    spil_metric_opts opts = SPIL_METRIC_OPTS_DEFAULTS;
    opts.weighted = given.weighted;
    opts.reset = reset;
    if (given.exact)
        opts.exact_work = HUGE_VAL;
    opts.progress = spil_meter();
    for (size_t i = 0; i < metrics->count; i++) {
        spil_metric_note note = {0};
        const spil_metric *const metric = metrics->items[i];
        const spil_status rc = metric->run(csr, &opts, values + i * csr->n, &note, err);
        if (rc != SPIL_OK)
            return rc;
        if (note.approximate)
            say_how_good(metric, &note, said);
    }
    return spil_str_status(said, err);
}

typedef struct ranked {
    double value;
    spil_vid vertex;
} ranked;

/* Highest first; ties in the order of keys, which is that of the vertices. */
static int compare_ranked(const void *a, const void *b)
{
    const ranked *const x = a, *const y = b;
    const double vx = isnan(x->value) ? -HUGE_VAL : x->value;
    const double vy = isnan(y->value) ? -HUGE_VAL : y->value;
    if (vx != vy)
        return vx < vy ? 1 : -1;
    return (x->vertex > y->vertex) - (x->vertex < y->vertex);
}

static spil_status rank(ranked **out, const double *values, spil_vid n, spil_err *err)
{
    ranked *order = NULL;
    const spil_status rc = NEW_ARRAY(order, n, err);
    if (rc != SPIL_OK)
        return rc;
    for (spil_vid v = 0; v < n; v++)
        order[v] = (ranked){.value = values[v], .vertex = v};
    qsort(order, n, sizeof *order, compare_ranked);
    *out = order;
    return SPIL_OK;
}

/* ---- show ---- */

static spil_status new_table(spil_table **out, const metric_vec *metrics, bool with_ranks,
                             spil_err *err)
{
    static const char *const ranks[] = {"rank_5", "rank_50", "rank_95"};
    spil_status rc = SPIL_OK;
    SPIL_VEC(spil_table_column) columns = {0};
    TRY(VEC_PUSH(columns, ((spil_table_column){.name = "key"}), err));
    TRY(VEC_PUSH(columns, ((spil_table_column){.name = "name", .shown = SPIL_SHOWN_PEOPLE}), err));
    TRY(VEC_PUSH(columns, ((spil_table_column){.name = "kind", .shown = SPIL_SHOWN_PEOPLE}), err));
    for (size_t i = 0; i < metrics->count; i++) {
        const spil_metric *const metric = metrics->items[i];
        TRY(VEC_PUSH(
            columns,
            ((spil_table_column){.name = metric->name,
                                 .kind = metric->integral ? SPIL_COLUMN_WHOLE : SPIL_COLUMN_REAL}),
            err));
    }
    for (int i = 0; with_ranks && i < 3; i++)
        TRY(VEC_PUSH(columns, ((spil_table_column){.name = ranks[i], .kind = SPIL_COLUMN_WHOLE}),
                     err));
    rc = spil_table_new(out, columns.items, columns.count, err);
done:
    spil_free(columns.items);
    return rc;
}

static spil_status show_ranked(const spil_facts *facts, const spil_network *network,
                               const metric_vec *metrics, const double *values,
                               const spil_rank_range *ranges, const char *said, uint64_t top,
                               spil_table_format format, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_vid n = network->csr->n;
    ranked *order = NULL;
    spil_table *table = NULL;
    TRY(rank(&order, values, n, err));
    TRY(new_table(&table, metrics, ranges != NULL, err));
    for (spil_vid i = 0; i < n && (top == 0 || i < top); i++) {
        const spil_vid v = order[i].vertex;
        const spil_entity *const entity = &facts->entities[network->entity[v]];
        spil_table_row(table);
        spil_table_text(table, entity->key);
        spil_table_text(table, spil_entity_name(entity));
        spil_table_text(table, spil_entity_kind_info(entity->kind)->en);
        for (size_t m = 0; m < metrics->count; m++)
            spil_table_number(table, values[m * n + v]);
        if (ranges) {
            spil_table_count(table, ranges[v].low);
            spil_table_count(table, ranges[v].middle);
            spil_table_count(table, ranges[v].high);
        }
    }
    TRY(spil_show_table(table, format, "metrics", said, err));
    if (format == SPIL_FORMAT_TABLE && top && n > top)
        spil_note("%llu of %lu, by %s; --top 0 shows all", (unsigned long long)top,
                  (unsigned long)n, metrics->items[0]->name);
done:
    spil_table_free(table);
    spil_free(order);
    return rc;
}

/* ---- the whole network ---- */

static spil_status table_of_figures(spil_table **out, const spil_summary *summary, spil_err *err)
{
    static const spil_table_column columns[] = {
        {.name = "figure", .shown = SPIL_SHOWN_PROGRAMS},
        {.name = "label", .label = "figure", .shown = SPIL_SHOWN_PEOPLE},
        {.name = "value", .kind = SPIL_COLUMN_REAL},
        {.name = "formula", .places = 80},
    };
    spil_table *table = NULL;
    const spil_status rc = spil_table_new(&table, columns, sizeof columns / sizeof *columns, err);
    for (size_t i = 0; rc == SPIL_OK && i < spil_summary_field_count; i++) {
        spil_table_row(table);
        spil_table_text(table, spil_summary_fields[i].name);
        spil_table_text(table, spil_summary_fields[i].label_en);
        spil_table_number(table, spil_summary_value(summary, i));
        spil_table_text(table, spil_summary_fields[i].formula);
    }
    if (rc == SPIL_OK)
        *out = table;
    return rc;
}

static spil_status show_summary(const spil_csr *csr, spil_table_format format, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_summary *summary = NULL;
    spil_table *table = NULL;
    spil_str sizes = SPIL_STR_INIT;
    TRY(spil_summary_compute(&summary, csr, spil_meter(), err));
    TRY(table_of_figures(&table, summary, err));
    spil_str_add(&sizes, "\"component_sizes\": [");
    for (uint32_t k = 0; k < summary->component_count; k++)
        spil_str_addf(&sizes, k ? ", %lu" : "%lu", (unsigned long)summary->component_size[k]);
    spil_str_add(&sizes, "]");
    TRY(spil_str_status(&sizes, err));
    rc = spil_show_table(table, format, "metrics", sizes.text, err);
done:
    spil_str_free(&sizes);
    spil_table_free(table);
    spil_summary_free(summary);
    return rc;
}

/* Ranks by the first metric over draws; said: what programs are told of it. */
static spil_status rank_over_draws(spil_rank_range **out, const spil_network *network,
                                   const spil_metric *metric, const double *reset, unsigned draws,
                                   spil_str *said, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_rank_range *ranges = NULL;
    spil_robust_note note;
    spil_metric_opts opts = SPIL_METRIC_OPTS_DEFAULTS;
    opts.weighted = given.weighted;
    opts.reset = reset;
    opts.exact_work = given.exact ? HUGE_VAL : opts.exact_work;
    opts.progress = spil_meter();
    TRY(NEW_ARRAY(ranges, network->csr->n, err));
    TRY(spil_robust_ranks(ranges, network->csr, network->edge_confidence, metric, &opts, draws,
                          opts.seed, &note, err));
    spil_note(
        "ranks by %s over %u draws: %llu of %llu links are uncertain; rank_5 and rank_95 hold "
        "between them nine of ten draws",
        metric->name, draws, (unsigned long long)note.uncertain,
        (unsigned long long)network->csr->m);
    if (note.sampled.approximate)
        spil_note("%s was sampled in the draws, with an error of %.3g (--exact takes the time)",
                  metric->name, note.sampled.error);
    spil_str_addf(said, ", \"draws\": %u, \"ranks_by\": \"%s\", \"uncertain_links\": %llu", draws,
                  metric->name, (unsigned long long)note.uncertain);
    TRY(spil_str_status(said, err));
    *out = ranges;
    ranges = NULL;
done:
    spil_free(ranges);
    return rc;
}

static spil_status compute_and_show(const char *case_path, const metric_vec *metrics, uint64_t top,
                                    uint64_t draws, spil_table_format format, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_store *store = NULL;
    spil_facts *facts = NULL;
    spil_network *network = NULL;
    double *values = NULL, *reset = NULL;
    spil_rank_range *ranges = NULL;
    spil_str said = SPIL_STR_INIT, extra = SPIL_STR_INIT;
    const spil_metric_opts defaults = SPIL_METRIC_OPTS_DEFAULTS;
    TRY(spil_case_open(&store, case_path, SPIL_STORE_READ, err));
    TRY(spil_store_load_facts(&facts, store, err));
    TRY(spil_network_build(&network, facts, err));
    if (given.summary) {
        rc = show_summary(network->csr, format, err);
        goto done;
    }
    TRY(NEW_ARRAY(values, metrics->count * network->csr->n, err));
    if (given.edges) {
        rc = spil_show_edges(facts, network, given.weighted,
                             given.exact ? HUGE_VAL : defaults.exact_work, top, format, err);
        goto done;
    }
    if (given.from) {
        TRY(NEW_ARRAY(reset, network->csr->n, err));
        TRY(read_from(given.from, facts, network, reset, err));
    }
    TRY(run_metrics(values, metrics, network->csr, reset, &said, err));
    spil_str_addf(&extra, "\"weighted\": %s, \"approximate\": {%s}",
                  given.weighted ? "true" : "false", said.text ? said.text : "");
    if (draws)
        TRY(rank_over_draws(&ranges, network, metrics->items[0], reset, (unsigned)draws, &extra,
                            err));
    TRY(spil_str_status(&extra, err));
    rc = show_ranked(facts, network, metrics, values, ranges, extra.text, top, format, err);
done:
    spil_str_free(&said);
    spil_str_free(&extra);
    spil_free(ranges);
    spil_free(values);
    spil_free(reset);
    spil_network_free(network);
    spil_facts_free(facts);
    spil_store_close(store);
    return rc;
}

static spil_status run(int argc, const char **argv, bool *partial, spil_err *err)
{
    (void)partial;
    spil_status rc = SPIL_OK;
    spil_table_format format = SPIL_FORMAT_TABLE;
    metric_vec metrics = {0};
    spil_args args = {0};
    TRY(spil_args_read(&args, &spil_cmd_metrics, options, argc, argv, 0, 1, err));
    if (args.helped)
        goto done;
    TRY(spil_opt_format(given.format, given.json, &format, err));
    uint64_t top = format == SPIL_FORMAT_TABLE ? 20 : 0, draws = 0;
    TRY(spil_opt_uint("--top", given.top, 0, UINT32_MAX, &top, err));
    TRY(spil_opt_uint("--draws", given.draws, 20, 100000, &draws, err));
    TRY(spil_opt_threads(given.threads, err));
    if (given.list) {
        rc = list_metrics(format, err);
        goto done;
    }
    TRY(spil_args_need(&args, &spil_cmd_metrics, 1, err));
    TRY(choose_metrics(&metrics, given.metric, err));
    TRY(check_from(&metrics, err));
    TRY(check_edges(err));
    rc = compute_and_show(args.words[0], &metrics, top, draws, format, err);
done:
    spil_free(metrics.items);
    spil_args_free(&args);
    return rc;
}

const spil_cmd spil_cmd_metrics = {
    .name = "metrics",
    .arguments = "CASE.db",
    .summary = "who is central: betweenness, degree, PageRank and others",
    .details =
        "Computes metrics of every analysed entity, on the network in which two entities that are\n"
        "linked in any way share one edge. Highest first, by the first metric; ties by key.\n"
        "Betweenness counts unordered pairs; PageRank has a damping of 0.85, and with --from its\n"
        "walker starts anew at those entities: who is near the ones that are known.\n"
        "With --draws links come and go with their confidence; rank_5, rank_50 and rank_95 say\n"
        "where the entity stands by the first metric in all but the outer tenth of the draws.\n"
        "\n"
        "--edges betweenness ranks links: how many pairs of entities have a shortest path over it; "
        "a\n"
        "bridge is a link without which the network falls into more pieces, and a block a part "
        "that\n"
        "no single entity holds together.\n"
        "\n"
        "--weighted: the more links or the heavier, the nearer; a link of weight w is 1/w long. "
        "Paths "
        "by\n"
        "weight are never sampled, so beyond some size they need --exact and patience.\n"
        "\n"
        "examples:\n"
        "  spil metrics case.db\n"
        "  spil metrics case.db --summary\n"
        "  spil metrics case.db --metric betweenness --top 10 --format csv\n"
        "  spil metrics case.db --metric pagerank --from p12,p40 --top 10\n"
        "  spil metrics case.db --metric betweenness --draws 200\n"
        "  spil metrics case.db --metric strength,pagerank --weighted --json",
    .run = run,
};
