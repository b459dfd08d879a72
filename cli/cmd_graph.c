/* cmd_graph.c - `spil graph CASE.db --out FILE`: the whole network for other programs.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/case.h"
#include "cli/opt.h"
#include "cli/show.h"
#include "engine/base/file.h"
#include "engine/graph/igraph_network.h"

#include <string.h>

static struct {
    const char *out, *format;
} given;

static const struct poptOption options[] = {
    OPT_TEXT("out", given.out, "the file to write; needed", "FILE"),
    OPT_TEXT("format", given.format, "graphml or dot (default: what the file's name ends in)",
             "FORMAT"),
    OPT_HELP,
    OPT_END,
};

static spil_status format_of(spil_igraph_format *out, spil_err *err)
{
    const char *const dot = strrchr(given.out, '.');
    const char *const name = given.format ? given.format : dot ? dot + 1 : "";
    if (strcmp(name, "graphml") == 0)
        *out = SPIL_IGRAPH_GRAPHML;
    else if (strcmp(name, "dot") == 0)
        *out = SPIL_IGRAPH_DOT;
    else if (given.format)
        return spil_fail(err, SPIL_USAGE, "--format: '%s' is not graphml or dot", name);
    else
        return spil_fail(err, SPIL_USAGE,
                         "--out: '%s' ends in neither .graphml nor .dot; say --format", given.out);
    return SPIL_OK;
}

static spil_status write_graph(const spil_igraph *graph, spil_igraph_format format, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_outfile *file = NULL;
    TRY(spil_outfile_open(&file, given.out, err));
    TRY(spil_igraph_write(spil_outfile_stream(file), graph, format, err));
    spil_outfile *const whole = file;
    file = NULL;
    TRY(spil_outfile_commit(whole, err));
done:
    spil_outfile_abort(file);
    return rc;
}

static spil_status run(int argc, const char **argv, bool *partial, spil_err *err)
{
    (void)partial;
    spil_status rc = SPIL_OK;
    spil_args args = {0};
    spil_igraph_format format = SPIL_IGRAPH_GRAPHML;
    spil_store *store = NULL;
    spil_facts *facts = NULL;
    spil_network *network = NULL;
    spil_igraph *graph = NULL;
    TRY(spil_args_read(&args, &spil_cmd_graph, options, argc, argv, 1, 1, err));
    if (args.helped)
        goto done;
    if (!given.out) {
        rc = spil_fail(err, SPIL_USAGE, "--out FILE is missing");
        goto done;
    }
    TRY(format_of(&format, err));
    TRY(spil_case_open(&store, args.words[0], SPIL_STORE_READ, err));
    TRY(spil_store_load_facts(&facts, store, err));
    TRY(spil_network_build(&network, facts, err));
    TRY(spil_igraph_of_network(&graph, facts, network, err));
    TRY(write_graph(graph, format, err));
    spil_note("%s: %u entities, %llu linked pairs", given.out, network->csr->n,
              (unsigned long long)network->csr->m);
done:
    spil_igraph_free(graph);
    spil_network_free(network);
    spil_facts_free(facts);
    spil_store_close(store);
    spil_args_free(&args);
    return rc;
}

const spil_cmd spil_cmd_graph = {
    .name = "graph",
    .arguments = "CASE.db --out FILE",
    .summary = "write the whole network as a file for other programs",
    .details =
        "Writes every analysed entity and every linked pair as GraphML (Gephi, Cytoscape,\n"
        "NetworkX, igraph) or DOT (Graphviz). An entity has name (its key), label, kind and type;\n"
        "a pair weight, confidence, links (how many it joins) and kinds. The networks of the top\n"
        "communities, with scores and positions, are in the folder of a report.\n"
        "\n"
        "examples:\n"
        "  spil graph case.db --out network.graphml",
    .run = run,
};
