/* community_cpm.c - Leiden by the constant Potts model. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Traag, Van Dooren & Nesterov 2011, "Narrow scope for resolution-limit-free community detection",
 * Physical Review E 84:016114. The resolution is a density: a community is denser than it within,
 * and two communities are sparser than it between them, whatever the size of the network. See
 * leiden.h.
 */
#include "engine/communities/leiden.h"

#include <math.h>

/* Two vertices of mean degree that share a community weigh as much as with the resolution that
 * suits modularity: k^2 / 2m times it, k = 2m / n. At most 1, where nothing but cliques is left. */
static double fitting(const spil_csr *g)
{
    const double ends = 2 * (double)g->m, degree = g->n ? ends / g->n : 0;
    const double density =
        ends > 0 ? degree * degree * fmax(1 / ends, 1 / SPIL_VOLUME_KEPT_APART) : 1;
    return fmin(density, 1);
}

static spil_status open_graph(void **state, const spil_csr *g, const spil_community_opts *opts,
                              spil_err *err)
{
    spil_leiden *leiden = NULL;
    const spil_status rc =
        spil_leiden_new(&leiden, g, opts->edge_weight, SPIL_OBJECTIVE_CPM, opts->resolution, err);
    if (rc == SPIL_OK)
        *state = leiden;
    return rc;
}

const spil_community_method spil_community_cpm = {
    .name = "cpm",
    .summary = "Leiden with the constant Potts model: links within denser than the resolution",
    .source = "Traag, Van Dooren & Nesterov 2011",
    .cost = "O(runs x m) in practice",
    .fitting = fitting,
    .open = open_graph,
    .run = spil_leiden_method_run,
    .polish = spil_leiden_method_polish,
    .close = spil_leiden_method_close,
};
