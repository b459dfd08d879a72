/* bench_speed.c - our kernels and igraph's, in turn, on the same graphs in one run.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     bench_speed [--repeats N] [--out FILE] [--a FILE] [--b FILE] [--c FILE] [WORK...]
 *
 * Prints a table and writes FILE (build/bench/speed.json): rows of work, graph, peer, ours_s,
 * peer_s, ratio, goal, and differ, the largest relative difference of the results. Times are
 * medians; ratio and goal are times as fast. WORK limits the rows, e.g. "pagerank". Exits 1 when a
 * result differs from the peer's by more than 1e-9.
 */
#define _POSIX_C_SOURCE 200809L
#include "bench/graphs.h"
#include "engine/base/mem.h"
#include "engine/base/par.h"
#include "engine/graph/igraph_view.h"
#include "engine/metrics/betweenness.h"
#include "engine/metrics/metric.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MOST_REPEATS = 99, GRAPHS = 3 };

typedef struct row {
    const char *work, *graph;
    spil_igraph_metric peer;
    double goal;     /* times as fast; 0: none stated */
    bool comparable; /* the results must agree */
} row;

/* The order is that of the graphs: each is made once. */
static const row rows[] = {
    {"betweenness", "a", SPIL_IGRAPH_BETWEENNESS, 10, true},
    {"harmonic", "a", SPIL_IGRAPH_HARMONIC, 100, true},
    {"pagerank", "b", SPIL_IGRAPH_PAGERANK, 4, true},
    {"constraint", "b", SPIL_IGRAPH_CONSTRAINT, 25, true},
    {"pagerank", "c", SPIL_IGRAPH_PAGERANK, 4, true},
    {"constraint", "c", SPIL_IGRAPH_CONSTRAINT, 25, true},
    {"coreness", "c", SPIL_IGRAPH_CORENESS, 2, true},
    {"component", "c", SPIL_IGRAPH_COMPONENT, 2, true},
    {"articulation", "c", SPIL_IGRAPH_ARTICULATION, 2, true},
    {"clustering", "c", SPIL_IGRAPH_CLUSTERING, 2, true},
    {"betweenness", "c", SPIL_IGRAPH_PAGERANK, 0.075, false}, /* sampled, beside PageRank */
};
static const spil_vid sizes[GRAPHS] = {20000, 200000, 1000000};

typedef struct options {
    unsigned repeats;
    const char *out, *file[GRAPHS];
    char **works;
    int work_count;
} options;

typedef struct bench {
    spil_csr *g;
    spil_igraph *peer;
    double *ours, *theirs;
} bench;

typedef struct result {
    double ours_s, peer_s, differ;
} result;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *times, unsigned count)
{
    qsort(times, count, sizeof *times, ascending);
    return times[count / 2];
}

static void bench_close(bench *b)
{
    spil_csr_free(b->g);
    spil_igraph_free(b->peer);
    spil_free(b->ours);
    spil_free(b->theirs);
    *b = (bench){NULL, NULL, NULL, NULL};
}

static spil_status bench_open(bench *b, int graph, const options *opts, spil_err *err)
{
    spil_status rc = SPIL_OK;
    if (opts->file[graph])
        TRY(bench_graph_read(&b->g, opts->file[graph], err));
    else
        TRY(bench_graph(&b->g, sizes[graph], 5, 1, err));
    TRY(spil_igraph_new(&b->peer, b->g, err));
    TRY(NEW_ARRAY(b->ours, b->g->n, err));
    TRY(NEW_ARRAY(b->theirs, b->g->n, err));
    printf("# graph %c: %u vertices, %llu edges\n", 'a' + graph, b->g->n,
           (unsigned long long)b->g->m);
done:
    return rc;
}

static double difference(const bench *b)
{
    double worst = 0;
    for (spil_vid v = 0; v < b->g->n; v++)
        if (!isnan(b->theirs[v]))
            worst = fmax(worst, fabs(b->ours[v] - b->theirs[v]) / fmax(fabs(b->theirs[v]), 1e-300));
    return worst;
}

/* Ours and the peer's in turn, so that both meet the same noise. */
static spil_status measure(const bench *b, const row *r, unsigned repeats, result *out,
                           spil_err *err)
{
    spil_status rc = SPIL_OK;
    double ours[MOST_REPEATS], theirs[MOST_REPEATS];
    const spil_metric *const metric = spil_metric_find(r->work);
    const spil_metric_opts opts = SPIL_METRIC_OPTS_DEFAULTS;
    for (unsigned i = 0; i < repeats; i++) {
        double start = now();
        TRY(metric->run(b->g, &opts, b->ours, NULL, err));
        ours[i] = now() - start;
        start = now();
        TRY(spil_igraph_metric_run(b->peer, r->peer, b->theirs, err));
        theirs[i] = now() - start;
    }
    *out =
        (result){median(ours, repeats), median(theirs, repeats), r->comparable ? difference(b) : 0};
done:
    return rc;
}

static void show(FILE *json, const row *r, const result *x, bool first)
{
    const double ratio = x->peer_s / x->ours_s;
    const char *const peer = r->comparable ? "igraph" : "igraph pagerank";
    const char *const work = r->comparable ? r->work : "betweenness, error 0.002, confidence 0.9";
    printf("%-42s %-2s %-16s %10.4f %10.4f %8.2f %8.2f  %.1e\n", work, r->graph, peer, x->ours_s,
           x->peer_s, ratio, r->goal, x->differ);
    fprintf(json,
            "%s\n  {\"work\": \"%s\", \"graph\": \"%s\", \"peer\": \"%s\", \"ours_s\": %.6f, "
            "\"peer_s\": %.6f, \"ratio\": %.3f, \"goal\": %.3f, \"differ\": %.2e}",
            first ? "" : ",", work, r->graph, peer, x->ours_s, x->peer_s, ratio, r->goal,
            x->differ);
    fflush(stdout);
}

static bool wanted(const options *opts, const row *r)
{
    for (int i = 0; i < opts->work_count; i++)
        if (strcmp(opts->works[i], r->work) == 0 || strcmp(opts->works[i], r->graph) == 0)
            return true;
    return opts->work_count == 0;
}

static spil_status run(const options *opts, FILE *json, double *worst, spil_err *err)
{
    spil_status rc = SPIL_OK;
    bench b = {NULL, NULL, NULL, NULL};
    bool first = true;
    int open = -1;
    printf("# igraph %s, %u threads for ours (igraph has one), median of %u\n",
           spil_igraph_version(), spil_par_threads(), opts->repeats);
    printf("# %-40s %-2s %-16s %10s %10s %8s %8s  differ\n", "work", "", "peer", "ours s", "peer s",
           "ratio", "goal");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        result x = {0, 0, 0};
        if (!wanted(opts, &rows[i]))
            continue;
        if (open != rows[i].graph[0] - 'a') {
            bench_close(&b);
            open = rows[i].graph[0] - 'a';
            TRY(bench_open(&b, open, opts, err));
        }
        TRY(measure(&b, &rows[i], opts->repeats, &x, err));
        show(json, &rows[i], &x, first);
        *worst = fmax(*worst, x.differ);
        first = false;
    }
done:
    bench_close(&b);
    return rc;
}

static bool parse(int argc, char **argv, options *opts)
{
    int i = 1;
    for (; i + 1 < argc && argv[i][0] == '-'; i += 2) {
        const char *const value = argv[i + 1];
        if (strcmp(argv[i], "--repeats") == 0)
            opts->repeats = (unsigned)strtoul(value, NULL, 10);
        else if (strcmp(argv[i], "--out") == 0)
            opts->out = value;
        else if (strlen(argv[i]) == 3 && argv[i][2] >= 'a' && argv[i][2] < 'a' + GRAPHS)
            opts->file[argv[i][2] - 'a'] = value;
        else
            return false;
    }
    opts->works = argv + i;
    opts->work_count = argc - i;
    return opts->repeats >= 1 && opts->repeats <= MOST_REPEATS;
}

int main(int argc, char **argv)
{
    options opts = {.repeats = 5, .out = "build/bench/speed.json"};
    spil_err err = SPIL_ERR_INIT;
    double worst = 0;
    if (!parse(argc, argv, &opts)) {
        fprintf(stderr, "usage: bench_speed [--repeats N] [--out FILE] [--a FILE] [--b FILE] "
                        "[--c FILE] [WORK|GRAPH...]\n");
        return 2;
    }
    FILE *const json = fopen(opts.out, "w");
    if (!json) {
        perror(opts.out);
        return 4;
    }
    fprintf(json, "[");
    const spil_status rc = run(&opts, json, &worst, &err);
    fprintf(json, "\n]\n");
    if (fclose(json) != 0 || rc != SPIL_OK) {
        fprintf(stderr, "bench_speed: %s\n", rc == SPIL_OK ? "cannot write" : err.msg);
        return 4;
    }
    return worst > 1e-9;
}
