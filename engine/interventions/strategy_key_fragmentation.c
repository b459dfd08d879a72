/* strategy_key_fragmentation.c - a set chosen together for its fragmentation.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See keyplayer.h. The set is chosen for its size: another size may be another set.
 */
#include "engine/interventions/keyplayer.h"

static spil_status make_order(const spil_csr *g, const spil_strategy_opts *opts, size_t count,
                              spil_vid *order, spil_err *err)
{
    return spil_keyplayers_order(g, SPIL_KP_FRAGMENTATION, opts, count, order, err);
}

const spil_strategy spil_strategy_key_fragmentation = {
    .name = "key_fragmentation",
    .summary = "The key-player set that leaves fewest pairs connected.",
    .source = "Borgatti 2006, Comput. Math. Organ. Theory 12:21",
    .cost = "O(k n + k m) an exchange",
    .order = make_order,
};
