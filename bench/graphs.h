/* graphs.h - made-up networks of any size for speed comparisons, the same on every machine.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * 55% persons, 30% addresses, 15% companies. A person lives at one or two addresses, most of them
 * anywhere, some at addresses that many share; a company has an address and a few directors, some
 * of whom direct many; the rest of the links lie within groups of persons with nearby numbers.
 * Links are made one after another and not kept, so that building takes no more than the rows do.
 */
#ifndef SPIL_BENCH_GRAPHS_H
#define SPIL_BENCH_GRAPHS_H

#include "engine/graph/csr.h"

/* About links_per_vertex * n links before doubles merge. flags: of spil_csr_build. n > 200. */
spil_status bench_graph(spil_csr **out, spil_vid n, double links_per_vertex, uint64_t seed,
                        unsigned flags, spil_err *err) SPIL_CHECKED;

/* The graphs of the benches: 0..2 are a, b and c, of 20,000, 200,000 and 1,000,000 vertices and
 * about five links for each; 3 is d, 12,000 persons in families that moved together: each member
 * lives at the same one to three addresses, and one in seven at one more. */
enum { BENCH_GRAPHS = 4 };
spil_status bench_graph_of(spil_csr **out, int letter, unsigned flags, spil_err *err) SPIL_CHECKED;

/* The same links as "u v" a line, doubles and all. */
spil_status bench_graph_write(const char *path, spil_vid n, double links_per_vertex, uint64_t seed,
                              spil_err *err) SPIL_CHECKED;

/* "u v" a line, numbers from 0: a graph from elsewhere. */
spil_status bench_graph_read(spil_csr **out, const char *path, unsigned flags,
                             spil_err *err) SPIL_CHECKED;

/* Edges as pairs of 32-bit numbers in the machine's order, the smaller end first. */
spil_status bench_graph_pairs(const spil_csr *g, const char *path, spil_err *err) SPIL_CHECKED;

#endif
