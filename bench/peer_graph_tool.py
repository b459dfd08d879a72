#!/usr/bin/python3
"""graph-tool's side of bench_speed: times one work a line of stdin. See bench/peer.h.

    peer_graph_tool.py PAIRS VERTICES THREADS SOURCES      PAIRS: 32-bit pairs, as bench_graph_pairs writes them

Prints "ready VERSION", then for each name of a work the seconds it took, or "unknown".
SPDX-License-Identifier: GPL-3.0-or-later
"""
import sys
import time

import graph_tool
import graph_tool.centrality
import graph_tool.clustering
import graph_tool.topology
import numpy

pairs = numpy.fromfile(sys.argv[1], dtype=numpy.uint32).reshape(-1, 2)
graph_tool.openmp_set_num_threads(int(sys.argv[3]))
g = graph_tool.Graph(directed=False)
g.add_vertex(int(sys.argv[2]))
g.add_edge_list(pairs)
sources = int(sys.argv[4])
some = numpy.arange(0, g.num_vertices(), max(1, g.num_vertices() // sources))[:sources]

works = {
    "betweenness": lambda: graph_tool.centrality.betweenness(g, norm=False),
    "betweenness_2000": lambda: graph_tool.centrality.betweenness(g, pivots=some, norm=False),
    "harmonic": lambda: graph_tool.centrality.closeness(g, harmonic=True),
    "pagerank": lambda: graph_tool.centrality.pagerank(g, damping=0.85, epsilon=1e-10),
    "coreness": lambda: graph_tool.topology.kcore_decomposition(g),
    "component": lambda: graph_tool.topology.label_components(g),
    "articulation": lambda: graph_tool.topology.label_biconnected_components(g),
    "clustering": lambda: graph_tool.clustering.local_clustering(g),
}

print("ready", graph_tool.__version__.split()[0], flush=True)
for line in sys.stdin:
    work = works.get(line.strip())
    if work is None:
        print("unknown", flush=True)
        continue
    start = time.monotonic()
    work()
    print("%.6f" % (time.monotonic() - start), flush=True)
