/* strategy_key_distance.c - a set chosen together for its distance. SPDX-License-Identifier:
 * GPL-3.0-or-later
 *
 * See keyplayer.h. The set is chosen for its size: another size may be another set.
 */
#include "engine/interventions/keyplayer.h"

static spil_status make_order(const spil_csr *g, const spil_strategy_opts *opts, size_t count,
                              spil_vid *order, spil_err *err)
{
    return spil_keyplayers_order(g, SPIL_KP_DISTANCE, opts, count, order, err);
}

const spil_strategy spil_strategy_key_distance = {
    .name = "key_distance",
    .summary = "The key-player set that leaves people farthest apart.",
    .source = "Borgatti 2006, Comput. Math. Organ. Theory 12:21",
    .cost = "O(n m / 512) a candidate",
    .order = make_order,
};
