/* community_leiden.c - Leiden by modularity. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Traag, Waltman & van Eck 2019, "From Louvain to Leiden: guaranteeing well-connected communities",
 * Scientific Reports 9:5233; see leiden.h.
 */
#include "engine/communities/leiden.h"

static spil_status open_graph(void **state, const spil_csr *g, const spil_community_opts *opts,
                              spil_err *err)
{
    spil_leiden *leiden = NULL;
    const spil_status rc = spil_leiden_new(&leiden, g, opts->edge_weight, SPIL_OBJECTIVE_MODULARITY,
                                           opts->resolution, err);
    if (rc == SPIL_OK)
        *state = leiden;
    return rc;
}

const spil_community_method spil_community_leiden = {
    .name = "leiden",
    .summary = "Leiden with modularity, many seeds, the best kept",
    .source = "Traag, Waltman & van Eck 2019",
    .cost = "O(runs x m) in practice",
    .open = open_graph,
    .run = spil_leiden_method_run,
    .polish = spil_leiden_method_polish,
    .close = spil_leiden_method_close,
};
