/* t_graphs.h - graphs for tests: closed forms, random graphs of many shapes, files.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every function fails the running test when it cannot make the graph. Free with spil_csr_free.
 */
#ifndef SPIL_TESTS_T_GRAPHS_H
#define SPIL_TESTS_T_GRAPHS_H

#include "engine/graph/csr.h"

/* From pairs of ends, all weights 1: t_graph_pairs(4, 3, (spil_vid[]){0, 1, 1, 2, 2, 3}). */
spil_csr *t_graph_pairs(spil_vid n, size_t pair_count, const spil_vid *pairs);
spil_csr *t_graph_star(spil_vid n); /* centre 0 */
spil_csr *t_graph_path(spil_vid n);
spil_csr *t_graph_cycle(spil_vid n);
spil_csr *t_graph_clique(spil_vid n);
spil_csr *t_graph_barbell(spil_vid k); /* two cliques of k, joined by the edge k-1, k */
spil_csr *t_graph_kite(void);          /* Krackhardt 1990 */
spil_csr *t_graph_grid(spil_vid rows, spil_vid cols);

/* Shape number seed % T_SHAPES: empty, one vertex, loops and parallel arcs, star, path, tree,
 * bipartite, complete, disconnected, chain of blocks, preferential, planted groups, twins, ...;
 * random weights in (0, 2]. At most about size vertices. */
enum { T_SHAPES = 16 };
spil_csr *t_graph_random(uint64_t seed, spil_vid size);

/* The same graph with vertex v renamed to name[v] (a random permutation by seed). */
spil_csr *t_graph_relabel(const spil_csr *g, uint64_t seed, spil_vid **name);

/* "a b [weight]" a line, separated by tab, comma or blanks; a line that holds no number first is
 * skipped; last weight of a pair wins. NULL when there is no such file. Names are numbers. */
spil_csr *t_graph_read(const char *path);

#endif
