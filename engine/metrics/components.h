/* components.h - which vertices hang together. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SPIL_METRICS_COMPONENTS_H
#define SPIL_METRICS_COMPONENTS_H

#include "engine/graph/csr.h"

/* of: n numbers of the caller; components are numbered 0.. by their first vertex. count: set.
 * O(n + m). */
spil_status spil_components_find(const spil_csr *g, uint32_t *of, uint32_t *count,
                                 spil_err *err) SPIL_CHECKED;

#endif
