/* barrier_order.h - whom the actions of an analysis would take out, best action first.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_RUN_BARRIER_ORDER_H
#define SPIL_RUN_BARRIER_ORDER_H

#include "engine/run/reopen.h"

/* Entities of the actions by expected gain an hour, largest first (ties: by gain, then by key),
 * each once. *out: vertices of it->network; caller: spil_free. *count may be 0. */
spil_status spil_barrier_order(spil_vid **out, size_t *count, const spil_reopened *it,
                               spil_store *store, spil_err *err) SPIL_CHECKED;

#endif
