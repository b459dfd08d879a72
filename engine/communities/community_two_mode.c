/* community_two_mode.c - Leiden by Barber's modularity. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Barber 2007, "Modularity and community detection in bipartite networks", Physical Review E
 * 76:066102: where all links run between two sides, as between persons and addresses, nobody is
 * expected to be linked with his own side, so plain modularity expects too little across.
 * Components without two sides are held against plain modularity; see leiden.h. Barber's was taken
 * rather than a constant Potts model for two modes since it needs no density to be chosen and keeps
 * the meaning of --resolution.
 */
#include "engine/communities/leiden.h"

static spil_status open_graph(void **state, const spil_csr *g, const spil_community_opts *opts,
                              spil_err *err)
{
    spil_leiden *leiden = NULL;
    const spil_status rc = spil_leiden_new(&leiden, g, opts->edge_weight, SPIL_OBJECTIVE_TWO_MODE,
                                           opts->resolution, err);
    if (rc == SPIL_OK)
        *state = leiden;
    return rc;
}

const spil_community_method spil_community_two_mode = {
    .name = "two_mode",
    .summary = "Leiden with modularity that knows two sides, such as persons and addresses",
    .source = "Barber 2007",
    .cost = "O(runs x m) in practice",
    .open = open_graph,
    .run = spil_leiden_method_run,
    .polish = spil_leiden_method_polish,
    .close = spil_leiden_method_close,
};
