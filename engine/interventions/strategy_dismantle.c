/* strategy_dismantle.c - the smallest set that any of our methods finds. SPDX-License-Identifier:
 * GPL-3.0-or-later
 *
 * No method of dismantling wins on every network (Artime et al. 2024, Nat. Rev. Phys. 6:114); they
 * are cheap beside betweenness, so try them all and keep the smallest set.
 */
#include "engine/base/mem.h"
#include "engine/interventions/dismantle.h"

static spil_status make_order(const spil_csr *g, const spil_strategy_opts *opts, size_t count,
                              spil_vid *order, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_vid *set = NULL;
    size_t size = 0;
    spil_dismantler method = SPIL_BY_DEGREE;
    TRY(NEW_ARRAY(set, g->n, err));
    TRY(spil_dismantle_best(g, spil_dismantle_limit(g->n, opts->share), opts, set, &size, &method,
                            err));
    TRY(spil_dismantle_then_degree(g, set, size, opts, count, order, err));
done:
    spil_free(set);
    return rc;
}

const spil_strategy spil_strategy_dismantle = {
    .name = "dismantle",
    .summary = "The smallest set found by degree, corehd, gnd or (to 3,000 vertices) betweenness "
               "that leaves no component of --share or more.",
    .source = "Artime et al. 2024, Nat. Rev. Phys. 6:114",
    .cost = "the sum of its methods",
    .order = make_order,
};
