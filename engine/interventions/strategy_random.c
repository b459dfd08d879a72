/* strategy_random.c - anyone: what a plan must beat. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/base/mem.h"
#include "engine/interventions/strategy.h"

static spil_status make_order(const spil_csr *g, const spil_strategy_opts *opts, size_t count,
                              spil_vid *order, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_vid *all = NULL;
    TRY(NEW_ARRAY(all, g->n, err));
    spil_rank_random(g->n, opts->seed, 0, all);
    for (size_t i = 0; i < count; i++)
        order[i] = all[i];
done:
    spil_free(all);
    return rc;
}

const spil_strategy spil_strategy_random = {
    .name = "random",
    .summary = "Anyone, by --seed: what any other strategy must beat.",
    .source = "Albert, Jeong & Barabasi 2000, Nature 406:378",
    .cost = "O(n)",
    .order = make_order,
};
