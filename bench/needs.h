/* needs.h - what a kernel has to move on a given graph: counted, not measured.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * bytes: read or written in a row, and as rows of a vector at a place that is looked up. looks:
 * single values at places that follow from the data; each may cost a line of 64 bytes from memory,
 * or little when the vector lies in a cache. What depends on the graph's shape is counted on the
 * graph itself: wedges, triangles, cores, levels.
 */
#ifndef SPIL_BENCH_NEEDS_H
#define SPIL_BENCH_NEEDS_H

#include "engine/graph/csr.h"

typedef struct bench_needs {
    double bytes, looks;
} bench_needs;

/* name: of a metric, or "leiden". value: what the metric gave, for coreness. False in *known when
 * it is not counted. */
spil_status bench_needs_of(bench_needs *out, const spil_csr *g, const char *name,
                           const double *value, bool *known, spil_err *err) SPIL_CHECKED;

#endif
