/* community_leiden.c - Leiden by modularity. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Traag, Waltman & van Eck 2019, "From Louvain to Leiden: guaranteeing well-connected communities",
 * Scientific Reports 9:5233; igraph does the work.
 */
#include "engine/communities/community.h"
#include "engine/graph/igraph_view.h"

static spil_status open_graph(void **state, const spil_csr *g, spil_err *err)
{
    spil_igraph *graph = NULL;
    const spil_status rc = spil_igraph_new(&graph, g, err);
    if (rc == SPIL_OK)
        *state = graph;
    return rc;
}

static spil_status run(void *state, const spil_community_opts *opts, uint64_t seed, uint32_t *of,
                       double *quality, spil_err *err)
{
    return spil_igraph_leiden(state, opts->edge_weight, opts->resolution, seed, of, quality, err);
}

static void close_graph(void *state)
{
    spil_igraph_free(state);
}

const spil_community_method spil_community_leiden = {
    .name = "leiden",
    .summary = "Leiden with modularity, many seeds, the best kept",
    .source = "Traag, Waltman & van Eck 2019",
    .cost = "O(runs x m) in practice",
    .open = open_graph,
    .run = run,
    .close = close_graph,
};
