/* metrics_edges.h - the links that most shortest paths use, as a table.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_CLI_METRICS_EDGES_H
#define SPIL_CLI_METRICS_EDGES_H

#include "cli/show.h"
#include "engine/graph/network.h"

/* Links, the highest betweenness first, ties in the order of their ends: the first `top`, or all
 * when it is 0. weighted: a link is 1/weight long; SPIL_LIMIT when vertices times links pass most.
 * Cancellable, with progress. */
spil_status spil_show_edges(const spil_facts *facts, const spil_network *network, bool weighted,
                            double most, uint64_t top, spil_table_format format,
                            spil_err *err) SPIL_CHECKED;

#endif
