/* cmd_communities.c - `spil communities CASE.db`. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Straight from what was imported, with the numbers that an analysis with the same options gives.
 */
#include "cli/case.h"
#include "cli/opt_groups.h"
#include "cli/show.h"
#include "engine/base/vec.h"
#include "engine/graph/projection.h"
#include "engine/interventions/position.h"

#include <inttypes.h>
#include <stdlib.h>

static struct {
    const char *members, *top, *format;
    int json, project, brokers;
} given;

static const struct poptOption options[] = {
    OPT_TEXT("members", given.members, "who is in community N", "N"),
    OPT_TEXT("top", given.top, "the first K alone; 0: all (default: 20 in a table, else all)", "K"),
    OPT_FLAG("brokers", given.brokers, "who links communities, and who holds the network together"),
    OPT_FLAG("project", given.project,
             "persons alone, linked by what they share: addresses, companies"),
    OPT_GROUP(spil_community_options),
    OPT_FORMAT(given.format),
    OPT_JSON(given.json),
    OPT_HELP,
    OPT_END,
};

typedef struct view {
    spil_facts *facts;
    spil_network *network, *ties; /* all links; without those of hubs */
    spil_csr *projected;          /* NULL: not asked for */
    bool *person;                 /* n */
    spil_communities *communities;
} view;

static const spil_csr *graph_of(const view *v)
{
    return v->projected ? v->projected : v->ties->csr;
}

/* weight: m values, by edge number of the projection. */
static spil_status project(view *v, double **weight_out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    double *weight = NULL;
    spil_projection_note note;
    const spil_csr *const ties = v->ties->csr;
    TRY(NEW_ARRAY(v->person, ties->n, err));
    for (spil_vid i = 0; i < ties->n; i++)
        v->person[i] = v->facts->entities[v->ties->entity[i]].kind == SPIL_ENTITY_person;
    TRY(spil_projection_build(&v->projected, &note, ties, v->person, SPIL_PROJECTION_CAP, err));
    TRY(NEW_ARRAY(weight, v->projected->m, err));
    for (spil_eid i = 0; i < 2 * v->projected->m; i++)
        weight[v->projected->edge[i]] = v->projected->weight[i];
    if (note.left_out)
        spil_note("%lu that more than %d persons share are left out; the largest has %lu",
                  (unsigned long)note.left_out, SPIL_PROJECTION_CAP, (unsigned long)note.largest);
    *weight_out = weight;
    weight = NULL;
done:
    spil_free(weight);
    return rc;
}

static spil_status find(view *v, const char *case_path, const spil_analysis_opts *opts,
                        spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_store *store = NULL;
    double *weight = NULL;
    TRY(spil_case_open(&store, case_path, SPIL_STORE_READ, err));
    TRY(spil_store_load_facts(&v->facts, store, err));
    TRY(spil_network_build(&v->network, v->facts, err));
    TRY(spil_network_apart(&v->ties, v->network, v->facts, err));
    if (given.project)
        TRY(project(v, &weight, err));
    const spil_community_opts community = {.resolution = opts->resolution,
                                           .seed = opts->seed,
                                           .runs = opts->runs,
                                           .edge_weight =
                                               weight ? weight : v->ties->edge_confidence,
                                           .progress = opts->progress};
    rc = spil_communities_find(&v->communities, graph_of(v),
                               spil_community_method_find(opts->method), &community, err);
done:
    spil_free(weight);
    spil_store_close(store);
    return rc;
}

/* In a projection all but persons stand alone: they are no communities. Those of one are last. */
static uint32_t count_shown(const view *v)
{
    uint32_t others = 0;
    for (spil_vid i = 0; v->projected && i < v->communities->best.n; i++)
        others += !v->person[i];
    return v->communities->best.count - others;
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
    const uint32_t count = count_shown(v);
    bool *other = NULL;
    TRY(NEW_ARRAY(other, best->count, err));
    for (spil_vid i = 0; v->projected && i < best->n; i++)
        other[best->of[i]] = !v->person[i];
    TRY(spil_table_new(&table, columns, sizeof columns / sizeof *columns, err));
    for (uint32_t k = 0, rows = 0; k < best->count && (top == 0 || rows < top); k++) {
        if (other[k])
            continue;
        rows++;
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
                   best->quality, count);
    TRY(spil_show_table(table, format, "communities", members, err));
    if (format == SPIL_FORMAT_TABLE) {
        spil_note("modularity %.4f over %" PRIu32 " communities", best->quality, count);
        if (top && count > top)
            spil_note("the %" PRIu64 " largest; --top 0 shows all", top);
    }
done:
    spil_free(other);
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
        spil_table_count(table, spil_degree(v->projected ? v->projected : v->network->csr, vertex));
    }
    (void)snprintf(text, sizeof text, "\"community\": %" PRIu64, number);
    rc = spil_show_table(table, format, "communities", text, err);
done:
    spil_free(members.items);
    spil_table_free(table);
    return rc;
}

typedef struct broker {
    spil_position position;
    spil_vid vertex;
} broker;

/* Most communities first, then most evenly spread over them, then most that hang on it. */
static int widest_first(const void *a, const void *b)
{
    const broker *const x = a, *const y = b;
    const spil_position *const p = &x->position, *const q = &y->position;
    if (p->communities != q->communities)
        return p->communities < q->communities ? 1 : -1;
    if (p->participation != q->participation)
        return p->participation < q->participation ? 1 : -1;
    if (p->cut_off != q->cut_off)
        return p->cut_off < q->cut_off ? 1 : -1;
    return (x->vertex > y->vertex) - (x->vertex < y->vertex);
}

/* Those with a link to another community, or on whom others hang. */
static spil_status find_brokers(const view *v, broker **out, size_t *count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_csr *const g = graph_of(v);
    spil_position *positions = NULL;
    broker *found = NULL;
    TRY(NEW_ARRAY(positions, g->n, err));
    TRY(NEW_ARRAY(found, g->n, err));
    TRY(spil_positions_find(g, v->communities->best.of, positions, err));
    for (spil_vid i = 0; i < g->n; i++)
        if (positions[i].communities > 0 || positions[i].cut_off > 0)
            found[(*count)++] = (broker){positions[i], i};
    qsort(found, *count, sizeof *found, widest_first);
    *out = found;
    found = NULL;
done:
    spil_free(positions);
    spil_free(found);
    return rc;
}

static spil_status show_brokers(const view *v, uint64_t top, spil_table_format format,
                                spil_err *err)
{
    static const spil_table_column columns[] = {
        {.name = "key"},
        {.name = "name"},
        {.name = "kind"},
        {.name = "community", .label = "in", .kind = SPIL_COLUMN_WHOLE},
        {.name = "communities", .label = "links to others", .kind = SPIL_COLUMN_WHOLE},
        {.name = "participation", .kind = SPIL_COLUMN_REAL, .places = 3},
        {.name = "cut_off", .label = "hang on it", .kind = SPIL_COLUMN_WHOLE},
        {.name = "parts", .label = "parts without it", .kind = SPIL_COLUMN_WHOLE},
        {.name = "degree", .kind = SPIL_COLUMN_WHOLE},
    };
    spil_status rc = SPIL_OK;
    spil_table *table = NULL;
    broker *brokers = NULL;
    size_t count = 0;
    char text[60];
    TRY(find_brokers(v, &brokers, &count, err));
    TRY(spil_table_new(&table, columns, sizeof columns / sizeof *columns, err));
    for (size_t i = 0; i < count && (top == 0 || i < top); i++) {
        const spil_position *const p = &brokers[i].position;
        const spil_vid vertex = brokers[i].vertex;
        const spil_entity *const entity = &v->facts->entities[v->network->entity[vertex]];
        spil_table_row(table);
        spil_table_text(table, entity->key);
        spil_table_text(table, spil_entity_name(entity));
        spil_table_text(table, spil_entity_kind_info(entity->kind)->en);
        spil_table_count(table, (uint64_t)v->communities->best.of[vertex] + 1);
        spil_table_count(table, p->communities);
        spil_table_number(table, p->participation);
        spil_table_count(table, p->cut_off);
        spil_table_count(table, p->parts);
        spil_table_count(table, spil_degree(graph_of(v), vertex));
    }
    (void)snprintf(text, sizeof text, "\"brokers\": %zu", count);
    TRY(spil_show_table(table, format, "communities", text, err));
    if (format == SPIL_FORMAT_TABLE && top && count > top)
        spil_note("the first %" PRIu64 " of %zu; --top 0 shows all", top, count);
done:
    spil_free(brokers);
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
    if (number && given.brokers) {
        rc = spil_fail(err, SPIL_USAGE, "--members and --brokers exclude each other");
        goto done;
    }
    TRY(find(&v, args.words[0], &opts, err));
    rc = number          ? show_members(&v, number, format, err)
         : given.brokers ? show_brokers(&v, top, format, err)
                         : show_list(&v, top, format, err);
done:
    spil_communities_free(v.communities);
    spil_csr_free(v.projected);
    spil_free(v.person);
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
        "--brokers lists who has links to other communities than its own: to how many, and how\n"
        "evenly spread (participation: 0 within one, near 1 over many), and how many would come\n"
        "loose from the largest part that is left without it (articulation points).\n"
        "\n"
        "examples:\n"
        "  spil communities case.db\n"
        "  spil communities case.db --members 3\n"
        "  spil communities case.db --brokers --top 10\n"
        "  spil communities case.db --project\n"
        "  spil communities case.db --resolution 2 --runs 100 --json",
    .run = run,
};
