/* rows.h - rows of build/bench/speed.json, which more than one bench writes.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_BENCH_ROWS_H
#define SPIL_BENCH_ROWS_H

#include <stdbool.h>
#include <stdio.h>

/* One line of the table of goals. Seconds, or bytes where bytes is set. 0: there is none. */
typedef struct bench_row {
    const char *work, *graph, *peer, *command;
    bool bytes;
    double ours, peers; /* medians */
    double goal;        /* times as fast, or as small */
    double goal_s;      /* where the goal is a time */
    double differ;      /* largest relative difference of the results */
    double ours_cpu, peers_cpu;
    double ours_quality, peers_quality; /* modularity */
    const char *reason; /* why it falls short, and what was tried; NULL: not known */
    const char *remark; /* NULL: none */
} bench_row;

typedef struct bench_rows {
    FILE *file;
    bool later; /* a row stands there */
} bench_rows;

/* A list of rows in a file of its own; append: after those that stand there. False: cannot. */
bool bench_rows_open(bench_rows *out, const char *path, bool append);
/* Prints the row, and writes it. */
void bench_rows_add(bench_rows *rows, const bench_row *row);
bool bench_rows_close(bench_rows *rows); /* true: all is written */

/* The heading of what bench_rows_add prints. */
void bench_rows_heading(void);

#endif
