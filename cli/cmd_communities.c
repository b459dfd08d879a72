/* cmd_communities.c - `spil communities CASE.db`. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Straight from what was imported, with the numbers that an analysis with the same options gives.
 */
#include "cli/case.h"
#include "cli/opt_groups.h"
#include "cli/show.h"
#include "engine/base/vec.h"

#include <inttypes.h>
#include <stdlib.h>

static struct {
    const char *members, *top, *format;
    int json;
} given;

static const struct poptOption options[] = {
    OPT_TEXT("members", given.members, "who is in community N", "N"),
    OPT_TEXT("top", given.top, "the first K alone; 0: all (default: 20 in a table, else all)", "K"),
    OPT_GROUP(spil_community_options),
    OPT_FORMAT(given.format),
    OPT_JSON(given.json),
    OPT_HELP,
    OPT_END,
};

typedef struct view {
    spil_facts *facts;
    spil_network *network, *ties; /* all links; without those of hubs */
    spil_communities *communities;
} view;

static spil_status find(view *v, const char *case_path, const spil_analysis_opts *opts,
                        spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_store *store = NULL;
    TRY(spil_case_open(&store, case_path, SPIL_STORE_READ, err));
    TRY(spil_store_load_facts(&v->facts, store, err));
    TRY(spil_network_build(&v->network, v->facts, err));
    TRY(spil_network_apart(&v->ties, v->network, v->facts, err));
    const spil_community_opts community = {.resolution = opts->resolution,
                                           .seed = opts->seed,
                                           .runs = opts->runs,
                                           .edge_weight = v->ties->edge_confidence,
                                           .progress = opts->progress};
    rc = spil_communities_find(&v->communities, v->ties->csr,
                               spil_community_method_find(opts->method), &community, err);
done:
    spil_store_close(store);
    return rc;
}

static spil_status show_list(const view *v, uint64_t top, spil_table_format format, spil_err *err)
{
    static const spil_table_column columns[] = {
        {.name = "community", .kind = SPIL_COLUMN_WHOLE},
        {.name = "size", .kind = SPIL_COLUMN_WHOLE},
        {.name = "inner_links", .label = "links inside", .kind = SPIL_COLUMN_WHOLE},
        {.name = "outer_links", .label = "to others", .kind = SPIL_COLUMN_WHOLE},
        {.name = "density", .kind = SPIL_COLUMN_REAL, .places = 3},
        {.name = "conductance", .kind = SPIL_COLUMN_REAL, .places = 3},
        {.name = "stability", .kind = SPIL_COLUMN_REAL, .places = 3},
    };
    spil_status rc = SPIL_OK;
    spil_table *table = NULL;
    char members[120];
    const spil_partition *const best = &v->communities->best;
    TRY(spil_table_new(&table, columns, sizeof columns / sizeof *columns, err));
    for (uint32_t k = 0; k < best->count && (top == 0 || k < top); k++) {
        const spil_community_stats *const s = &v->communities->stats[k];
        spil_table_row(table);
        spil_table_count(table, (uint64_t)k + 1);
        spil_table_count(table, s->size);
        spil_table_count(table, s->inner_edges);
        spil_table_count(table, s->cut_edges);
        spil_table_number(table, s->density);
        spil_table_number(table, s->conductance);
        spil_table_number(table, s->stability);
    }
    (void)snprintf(members, sizeof members, "\"quality\": %.10g, \"count\": %" PRIu32,
                   best->quality, best->count);
    TRY(spil_show_table(table, format, "communities", members, err));
    if (format == SPIL_FORMAT_TABLE) {
        spil_note("modularity %.4f over %" PRIu32 " communities", best->quality, best->count);
        if (top && best->count > top)
            spil_note("the %" PRIu64 " largest; --top 0 shows all", top);
    }
done:
    spil_table_free(table);
    return rc;
}

typedef struct member {
    double membership;
    spil_vid vertex;
} member;

static int surest_first(const void *a, const void *b)
{
    const member *const x = a, *const y = b;
    if (x->membership != y->membership)
        return x->membership < y->membership ? 1 : -1;
    return (x->vertex > y->vertex) - (x->vertex < y->vertex);
}

static spil_status show_members(const view *v, uint64_t number, spil_table_format format,
                                spil_err *err)
{
    static const spil_table_column columns[] = {
        {.name = "key"},
        {.name = "name"},
        {.name = "kind"},
        {.name = "membership", .kind = SPIL_COLUMN_REAL, .places = 3},
        {.name = "degree", .kind = SPIL_COLUMN_WHOLE},
    };
    spil_status rc = SPIL_OK;
    spil_table *table = NULL;
    char text[60];
    SPIL_VEC(member) members = {0};
    const spil_partition *const best = &v->communities->best;
    if (number > best->count)
        return spil_fail(err, SPIL_USAGE, "--members: there are %" PRIu32 " communities",
                         best->count);
    for (spil_vid i = 0; i < best->n; i++)
        if (best->of[i] + (uint64_t)1 == number)
            TRY(VEC_PUSH(members, ((member){v->communities->membership[i], i}), err));
    if (members.count)
        qsort(members.items, members.count, sizeof *members.items, surest_first);
    TRY(spil_table_new(&table, columns, sizeof columns / sizeof *columns, err));
    for (size_t i = 0; i < members.count; i++) {
        const spil_vid vertex = members.items[i].vertex;
        const spil_entity *const entity = &v->facts->entities[v->network->entity[vertex]];
        spil_table_row(table);
        spil_table_text(table, entity->key);
        spil_table_text(table, spil_entity_name(entity));
        spil_table_text(table, spil_entity_kind_info(entity->kind)->en);
        spil_table_number(table, members.items[i].membership);
        spil_table_count(table, spil_degree(v->network->csr, vertex));
    }
    (void)snprintf(text, sizeof text, "\"community\": %" PRIu64, number);
    rc = spil_show_table(table, format, "communities", text, err);
done:
    spil_free(members.items);
    spil_table_free(table);
    return rc;
}

static spil_status run(int argc, const char **argv, bool *partial, spil_err *err)
{
    (void)partial;
    spil_status rc = SPIL_OK;
    spil_table_format format = SPIL_FORMAT_TABLE;
    spil_analysis_opts opts = SPIL_ANALYSIS_OPTS_DEFAULTS;
    view v = {0};
    uint64_t number = 0;
    spil_args args = {0};
    TRY(spil_args_read(&args, &spil_cmd_communities, options, argc, argv, 1, 1, err));
    if (args.helped)
        goto done;
    TRY(spil_opt_format(given.format, given.json, &format, err));
    TRY(spil_analysis_given(&opts, err));
    uint64_t top = format == SPIL_FORMAT_TABLE ? 20 : 0;
    TRY(spil_opt_uint("--top", given.top, 0, UINT32_MAX, &top, err));
    TRY(spil_opt_uint("--members", given.members, 1, UINT32_MAX, &number, err));
    TRY(find(&v, args.words[0], &opts, err));
    rc = number ? show_members(&v, number, format, err) : show_list(&v, top, format, err);
done:
    spil_communities_free(v.communities);
    spil_network_free(v.ties);
    spil_network_free(v.network);
    spil_facts_free(v.facts);
    spil_args_free(&args);
    return rc;
}

const spil_cmd spil_cmd_communities = {
    .name = "communities",
    .arguments = "CASE.db",
    .summary = "sets of closely linked entities, and how sure each is",
    .details =
        "Finds communities, largest first, with the numbers that an analysis with the same "
        "options\n"
        "gives them. Stability: how often pairs of its members stay together over the runs;\n"
        "conductance: the share of its links that leave. A community is a candidate, no more.\n"
        "\n"
        "examples:\n"
        "  spil communities case.db\n"
        "  spil communities case.db --members 3\n"
        "  spil communities case.db --resolution 2 --runs 100 --json",
    .run = run,
};
