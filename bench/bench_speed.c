/* bench_speed.c - our kernels and their peers, in turn, on the same graphs in one run.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     bench_speed [--repeats N] [--out FILE] [--patience S] [--sources N] [--a FILE] ... [--d FILE]
 *                 [WORK|GRAPH|PEER...]
 *
 * Prints a table and writes FILE (build/bench/speed.json): rows as in rows.h. Times are medians;
 * ratio and goal are times as fast; ours_cpu_s and peer_cpu_s are the processor's seconds of all
 * threads, which hardly depend on what else the machine does. Memory rows give the largest resident
 * memory of a process that reads the file, builds the graph and does the work; ratio is times as
 * small. WORK, GRAPH and PEER limit the rows: "pagerank c". Exact harmonic closeness on c is cut
 * off after S seconds (60) and its time is then reckoned from how far it was; --patience 7200 lets
 * it end. --sources: in the place of 2,000 sources of betweenness. Exits 1 when a result differs
 * from igraph's by more than 1e-9.
 */
#define _POSIX_C_SOURCE 200809L
#include "bench/goals.h"
#include "bench/graphs.h"
#include "bench/patience.h"
#include "bench/peer.h"
#include "bench/rows.h"
#include "engine/base/mem.h"
#include "engine/base/par.h"
#include "engine/metrics/betweenness.h"
#include "engine/metrics/metric.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MOST_REPEATS = 99, GRAPHS = 4, SOME_SOURCES = 2000 };

typedef struct options {
    unsigned repeats;
    double patience; /* seconds */
    spil_vid sources;
    const char *out, *file[GRAPHS];
    char **works;
    int work_count;
} options;

typedef struct bench {
    spil_csr *g;
    spil_igraph *peer;
    bench_peer other;      /* graph-tool */
    bool looked_for_other; /* once a graph */
    spil_vid sources;      /* of betweenness_2000 */
    double *ours, *theirs;
    uint8_t *some; /* the sources of betweenness_2000 */
    int graph;
} bench;

typedef struct result {
    double ours, peer, differ; /* seconds or bytes */
    double ours_cpu, peer_cpu; /* seconds of all threads; 0: not known */
} result;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double cpu(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
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
    bench_peer_close(&b->other);
    spil_free(b->ours);
    spil_free(b->theirs);
    spil_free(b->some);
    *b = (bench){.graph = -1};
}

static spil_status bench_open(bench *b, int graph, const options *opts, spil_err *err)
{
    spil_status rc = SPIL_OK;
    b->graph = graph;
    if (opts->file[graph])
        TRY(bench_graph_read(&b->g, opts->file[graph], 0, err));
    else
        TRY(bench_graph_of(&b->g, graph, 0, err));
    TRY(NEW_ARRAY(b->ours, b->g->n, err));
    TRY(NEW_ARRAY(b->theirs, b->g->n, err));
    TRY(NEW_ARRAY(b->some, b->g->n, err));
    b->sources = opts->sources;
    const spil_vid stride = b->g->n > b->sources ? b->g->n / b->sources : 1;
    for (spil_vid i = 0; i < b->sources && i * stride < b->g->n; i++)
        b->some[i * stride] = 1;
    printf("# graph %c: %u vertices, %llu edges\n", 'a' + graph, b->g->n,
           (unsigned long long)b->g->m);
done:
    return rc;
}

static spil_status need_igraph(bench *b, spil_err *err)
{
    return b->peer ? SPIL_OK : spil_igraph_new(&b->peer, b->g, err);
}

/* *there: false when graph-tool is not installed, which is said once a graph. */
static spil_status need_graph_tool(bench *b, bool *there, spil_err *err)
{
    spil_status rc = SPIL_OK;
    if (!b->looked_for_other) {
        const char *const pairs = "build/bench/pairs.bin";
        b->looked_for_other = true;
        TRY(bench_graph_pairs(b->g, pairs, err));
        if (bench_peer_open(&b->other, pairs, b->g->n, b->sources, spil_par_threads()))
            printf("# graph-tool %s, %u threads\n", b->other.version, spil_par_threads());
        else
            printf("# SKIPPED: rows of graph-tool, which is not here (python3-graph-tool)\n");
    }
    *there = b->other.pid != 0;
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

static spil_status do_ours(const bench *b, const row *r, spil_err *err)
{
    const spil_metric_opts opts = SPIL_METRIC_OPTS_DEFAULTS;
    if (strcmp(r->work, "betweenness_2000") == 0)
        return spil_betweenness_from(b->g, b->some, NULL, b->ours, err);
    return spil_metric_find(r->work)->run(b->g, &opts, b->ours, NULL, err);
}

/* *seconds: < 0 when the peer cannot. */
static spil_status do_peers(bench *b, const row *r, double *seconds, spil_err *err)
{
    if (r->peer == GRAPH_TOOL) {
        *seconds = bench_peer_time(&b->other, r->work);
        return SPIL_OK;
    }
    const double start = now();
    const spil_status rc = spil_igraph_metric_run(b->peer, r->igraph, b->theirs, err);
    *seconds = now() - start;
    return rc;
}

/* Ours and the peer's in turn, so that both meet the same noise. */
static spil_status measure_time(bench *b, const row *r, unsigned repeats, result *out, bool *done,
                                spil_err *err)
{
    spil_status rc = SPIL_OK;
    double ours[MOST_REPEATS], theirs[MOST_REPEATS], work[MOST_REPEATS], peers[MOST_REPEATS];
    *done = true;
    if (r->peer == GRAPH_TOOL)
        TRY(need_graph_tool(b, done, err));
    else
        TRY(need_igraph(b, err));
    for (unsigned i = 0; *done && i < repeats; i++) {
        const double start = now(), first = cpu();
        TRY(do_ours(b, r, err));
        ours[i] = now() - start;
        const double second = cpu();
        TRY(do_peers(b, r, &theirs[i], err));
        work[i] = second - first;
        peers[i] = r->peer == GRAPH_TOOL ? 0 : cpu() - second;
        *done = theirs[i] >= 0;
    }
    if (*done)
        *out = (result){median(ours, repeats), median(theirs, repeats),
                        r->peer == IGRAPH ? difference(b) : 0, median(work, repeats),
                        median(peers, repeats)};
done:
    return rc;
}

/* Both read the same file; processes of their own, so that nothing else is counted. */
static spil_status measure_memory(const bench *b, const row *r, const options *opts, result *out,
                                  bool *done, spil_err *err)
{
    const char *file = opts->file[b->graph], *const made = "build/bench/graph.txt";
    if (!file) {
        const spil_status rc = bench_graph_write(made, b->g->n, 5, 1, err);
        if (rc != SPIL_OK)
            return rc;
        file = made;
    }
    *out = (result){bench_peak_of_child("ours", r->work, file),
                    bench_peak_of_child("igraph", r->work, file), 0, 0, 0};
    *done = out->ours > 0 && out->peer > 0;
    return SPIL_OK;
}

static spil_status measure_alone(bench *b, const row *r, unsigned repeats, result *out,
                                 spil_err *err)
{
    spil_status rc = SPIL_OK;
    double ours[MOST_REPEATS], work[MOST_REPEATS];
    for (unsigned i = 0; i < repeats; i++) {
        const double start = now(), first = cpu();
        TRY(do_ours(b, r, err));
        ours[i] = now() - start;
        work[i] = cpu() - first;
    }
    *out = (result){median(ours, repeats), 0, 0, median(work, repeats), 0};
done:
    return rc;
}

/* ---- rows ---- */

static const char *title(const bench *b, const row *r, char *room, size_t size)
{
    if (r->peer == IGRAPH_PAGERANK)
        return "betweenness, error 0.002, confidence 0.9";
    if (strcmp(r->work, "harmonic_exact") == 0)
        return "harmonic closeness, exact";
    if (strcmp(r->work, "harmonic") == 0 && r->peer == ALONE)
        return "harmonic closeness, sampled";
    if (strcmp(r->work, "betweenness_2000") != 0)
        return r->work;
    (void)snprintf(room, size, "betweenness, %u sources", b->sources);
    return room;
}

static void show(bench_rows *out, const bench *b, const row *r, const result *x,
                 const options *opts, bool cut)
{
    char work[60], command[160], remark[120];
    (void)snprintf(command, sizeof command, "build/bench/bench_speed --repeats %u%s %s %s %s",
                   opts->repeats, r->goal_s > 1000 ? " --patience 7200" : "", r->work, r->graph,
                   peer_names[r->peer]);
    remark[0] = '\0';
    if (cut)
        (void)snprintf(remark, sizeof remark, "cut off after %.0f s; reckoned from how far it was",
                       opts->patience);
    bench_rows_add(out, &(bench_row){.work = title(b, r, work, sizeof work),
                                     .graph = r->graph,
                                     .peer = peer_names[r->peer],
                                     .command = command,
                                     .bytes = r->peer == IGRAPH_MEMORY,
                                     .ours = x->ours,
                                     .peers = x->peer,
                                     .goal = r->goal,
                                     .goal_s = r->goal_s,
                                     .differ = x->differ,
                                     .ours_cpu = x->ours_cpu,
                                     .peers_cpu = x->peer_cpu,
                                     .reason = cut ? remark : r->reason,
                                     .remark = remark});
}

/* Every kind of word that is given (works, graphs, peers) must hold the row's. */
static bool wanted(const options *opts, const row *r)
{
    const char *const kinds[] = {r->work, r->graph, peer_names[r->peer]};
    bool given[3] = {false, false, false}, met[3] = {false, false, false};
    for (int i = 0; i < opts->work_count; i++) {
        const char *const word = opts->works[i];
        int kind = strlen(word) == 1 ? 1 : 0;
        for (size_t p = 0; p < sizeof peer_names / sizeof *peer_names; p++)
            kind = strcmp(word, peer_names[p]) == 0 ? 2 : kind;
        given[kind] = true;
        met[kind] = met[kind] || strcmp(word, kinds[kind]) == 0;
    }
    for (int kind = 0; kind < 3; kind++)
        if (given[kind] && !met[kind])
            return false;
    return true;
}

static spil_status measure(bench *b, const row *r, const options *opts, result *x, bool *done,
                           bool *cut, spil_err *err)
{
    *done = true;
    if (r->peer == IGRAPH_MEMORY)
        return measure_memory(b, r, opts, x, done, err);
    if (r->peer != ALONE)
        return measure_time(b, r, opts->repeats, x, done, err);
    return strcmp(r->work, "harmonic_exact") == 0
               ? bench_harmonic_patiently(b->g, opts->patience, b->ours, &x->ours, &x->ours_cpu,
                                          cut, err)
               : measure_alone(b, r, opts->repeats, x, err);
}

static spil_status run(const options *opts, bench_rows *out, double *worst, spil_err *err)
{
    spil_status rc = SPIL_OK;
    bench b = {.graph = -1};
    printf("# igraph %s (1 thread, all in PageRank), ours %u threads; median of %u\n",
           spil_igraph_version(), spil_par_threads(), opts->repeats);
    bench_rows_heading();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        result x = {0};
        bool done = false, cut = false;
        if (!wanted(opts, &rows[i]))
            continue;
        if (b.graph != rows[i].graph[0] - 'a') {
            bench_close(&b);
            TRY(bench_open(&b, rows[i].graph[0] - 'a', opts, err));
        }
        TRY(measure(&b, &rows[i], opts, &x, &done, &cut, err));
        if (done)
            show(out, &b, &rows[i], &x, opts, cut);
        else
            printf("# SKIPPED: %s on %s beside %s\n", rows[i].work, rows[i].graph,
                   peer_names[rows[i].peer]);
        *worst = fmax(*worst, x.differ);
    }
done:
    bench_close(&b);
    return rc;
}

/* What a process does that is started for its memory. */
static int child(const char *who, const char *work, const char *file)
{
    spil_err err = SPIL_ERR_INIT;
    spil_csr *g = NULL;
    double *value = NULL;
    const spil_metric_opts opts = SPIL_METRIC_OPTS_DEFAULTS;
    spil_status rc = SPIL_OK;
    if (strcmp(who, "igraph") == 0) {
        const int failed = bench_igraph_alone(work, file);
        bench_tell_peak();
        return failed;
    }
    TRY(bench_graph_read(&g, file, SPIL_CSR_UNWEIGHTED, &err));
    if (strcmp(work, "graph") != 0) {
        TRY(NEW_ARRAY(value, g->n, &err));
        TRY(spil_metric_find(work)->run(g, &opts, value, NULL, &err));
    }
done:
    if (rc != SPIL_OK)
        fprintf(stderr, "bench_speed: %s\n", err.msg);
    bench_tell_peak();
    spil_free(value);
    spil_csr_free(g);
    return rc != SPIL_OK;
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
        else if (strcmp(argv[i], "--patience") == 0)
            opts->patience = strtod(value, NULL);
        else if (strcmp(argv[i], "--sources") == 0)
            opts->sources = (spil_vid)strtoul(value, NULL, 10);
        else if (strlen(argv[i]) == 3 && argv[i][2] >= 'a' && argv[i][2] < 'a' + GRAPHS)
            opts->file[argv[i][2] - 'a'] = value;
        else
            return false;
    }
    opts->works = argv + i;
    opts->work_count = argc - i;
    if (i < argc && argv[i][0] == '-') /* an option without its value */
        return false;
    return opts->repeats >= 1 && opts->repeats <= MOST_REPEATS && opts->sources >= 1;
}

int main(int argc, char **argv)
{
    options opts = {
        .repeats = 5, .patience = 60, .sources = SOME_SOURCES, .out = "build/bench/speed.json"};
    spil_err err = SPIL_ERR_INIT;
    bench_rows out;
    double worst = 0;
    (void)setvbuf(stdout, NULL, _IOLBF, 0); /* a long run shows each row when it is done */
    if (argc == 5 && strcmp(argv[1], "--child") == 0)
        return child(argv[2], argv[3], argv[4]);
    if (!parse(argc, argv, &opts)) {
        fprintf(stderr,
                "usage: bench_speed [--repeats N] [--out FILE] [--patience S] [--sources N] "
                "[--a FILE] ... [--d FILE] [WORK|GRAPH|PEER...]\n");
        return 2;
    }
    if (!bench_rows_open(&out, opts.out, false))
        return 4;
    const spil_status rc = run(&opts, &out, &worst, &err);
    if (!bench_rows_close(&out) || rc != SPIL_OK) {
        fprintf(stderr, "bench_speed: %s\n", rc == SPIL_OK ? "cannot write" : err.msg);
        return 4;
    }
    return worst > 1e-9;
}
