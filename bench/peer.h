/* peer.h - other programs that do the same work: told to by a pipe, or started for their memory.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_BENCH_PEER_H
#define SPIL_BENCH_PEER_H

#include "engine/graph/csr.h"

#include <stdio.h>
#include <sys/types.h>

/* graph-tool in a process of its own, which holds the graph and waits for work. Open struct. */
typedef struct bench_peer {
    pid_t pid; /* 0: not there */
    FILE *to, *from;
    char version[32];
} bench_peer;

/* False, with everything closed, when python3-graph-tool is not installed. pairs: a file of
 * bench_graph_pairs. sources: of betweenness_2000. */
bool bench_peer_open(bench_peer *peer, const char *pairs, spil_vid n, spil_vid sources,
                     unsigned threads);
void bench_peer_close(bench_peer *peer);
/* Seconds that the work took; < 0 when the peer does not know it or is gone. */
double bench_peer_time(bench_peer *peer, const char *work);

/* Largest resident memory in bytes of this program started anew as `--child WHO WORK FILE`, by its
 * own word (what the system tells of a child counts the parent it was forked from); < 0 when it
 * fails. */
double bench_peak_of_child(const char *who, const char *work, const char *file);
/* The child's word. */
void bench_tell_peak(void);

/* igraph reads the file, makes it simple and does the work ("graph": nothing more). 0 when done. */
int bench_igraph_alone(const char *work, const char *file);

#endif
