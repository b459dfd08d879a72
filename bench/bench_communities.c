/* bench_communities.c - Leiden beside igraph's, and all that an analysis computes, on made-up
 * networks. SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     bench_communities [--repeats N] [--out FILE] [--append FILE] [leiden|growth|all ...]
 *
 * leiden: graph c, modularity with resolution 1: ours, polished, and igraph's in turn, with other
 *         seeds each time, ten at least; time is the median, quality the mean.
 * growth: one run of ours on a, b and c.
 * all:    graph c: every metric as `spil metrics` would take it (harmonic closeness and betweenness
 *         from a sample), and a consensus of 20 runs of Leiden, with resolution that suits the
 * size.
 *
 * Writes FILE (build/bench/communities.json), or adds to it (--append): rows as in rows.h.
 */
#define _POSIX_C_SOURCE 200809L
#include "bench/graphs.h"
#include "bench/rows.h"
#include "engine/base/mem.h"
#include "engine/base/par.h"
#include "engine/communities/leiden.h"
#include "engine/graph/igraph_view.h"
#include "engine/metrics/metric.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MOST_REPEATS = 99, CONSENSUS = 20, GRAPHS = 3, SEEDS = 10 };

typedef struct options {
    unsigned repeats;
    const char *out;
    char **works;
    int work_count;
    bool append;
    bench_rows rows;
} options;

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

static void show_alone(options *o, const char *work, int graph, const char *what, double seconds,
                       double goal_s)
{
    char command[80];
    (void)snprintf(command, sizeof command, "build/bench/bench_communities --repeats 1 %s", what);
    bench_rows_add(&o->rows, &(bench_row){.work = work,
                                          .graph = (const char *[]){"a", "b", "c"}[graph],
                                          .peer = "alone",
                                          .command = command,
                                          .ours = seconds,
                                          .goal_s = goal_s,
                                          .reason = "the consensus is most of it"});
}

static spil_status one_run(const spil_csr *g, uint64_t seed, uint32_t *of, double *quality,
                           double *seconds, spil_err *err)
{
    spil_leiden *leiden = NULL;
    const double start = now();
    spil_status rc = spil_leiden_new(&leiden, g, NULL, SPIL_OBJECTIVE_MODULARITY, 1, err);
    if (rc == SPIL_OK)
        rc = spil_leiden_run(leiden, seed, of, quality, err);
    if (rc == SPIL_OK)
        rc = spil_leiden_polish(leiden, NULL, 1, seed, of, quality, err);
    *seconds = now() - start;
    spil_leiden_free(leiden);
    return rc;
}

static spil_status beside_igraph(options *o, const spil_csr *g, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_igraph *peer = NULL;
    uint32_t *of = NULL;
    const unsigned seeds = o->repeats > SEEDS ? o->repeats : o->repeats > 1 ? SEEDS : 1;
    double ours[MOST_REPEATS], theirs[MOST_REPEATS], quality = 0, ours_q = 0, theirs_q = 0;
    char work[60];
    TRY(spil_igraph_new(&peer, g, err));
    TRY(NEW_ARRAY(of, g->n, err));
    for (unsigned i = 0; i < seeds; i++) {
        TRY(one_run(g, i + 1, of, &quality, &ours[i], err));
        ours_q += quality / seeds;
        const double start = now();
        TRY(spil_igraph_leiden(peer, NULL, 1, i + 1, of, &quality, err));
        theirs[i] = now() - start;
        theirs_q += quality / seeds;
    }
    (void)snprintf(work, sizeof work, "leiden, modularity, %u seeds", seeds);
    bench_rows_add(&o->rows,
                   &(bench_row){.work = work,
                                .graph = "c",
                                .peer = "igraph",
                                .command = "build/bench/bench_communities --repeats 10 leiden",
                                .ours = median(ours, seeds),
                                .peers = median(theirs, seeds),
                                .goal = 4,
                                .ours_quality = ours_q,
                                .peers_quality = theirs_q,
                                .reason =
                                    "the goal of quality is no lower: igraph goes on for up to "
                                    "ten iterations, more than pay for themselves"});
    printf("# mean modularity over %u seeds: ours %.6f, igraph %.6f\n", seeds, ours_q, theirs_q);
done:
    spil_free(of);
    spil_igraph_free(peer);
    return rc;
}

static spil_status growth(options *o, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_csr *g = NULL;
    uint32_t *of = NULL;
    for (int graph = 0; graph < GRAPHS; graph++) {
        double quality = 0, seconds = 0;
        TRY(bench_graph_of(&g, graph, 0, err));
        TRY(NEW_ARRAY(of, g->n, err));
        TRY(one_run(g, 1, of, &quality, &seconds, err));
        show_alone(o, "leiden, modularity, alone", graph, "growth", seconds, 0);
        spil_free(of);
        of = NULL;
        spil_csr_free(g);
        g = NULL;
    }
done:
    spil_free(of);
    spil_csr_free(g);
    return rc;
}

static spil_status consensus(options *o, const spil_csr *g, double *seconds, spil_err *err)
{
    spil_communities *found = NULL;
    spil_community_opts opts = SPIL_COMMUNITY_OPTS_DEFAULTS;
    opts.runs = CONSENSUS;
    const double start = now();
    const spil_status rc =
        spil_communities_find(&found, g, spil_community_method_find("leiden"), &opts, err);
    *seconds = now() - start;
    if (rc == SPIL_OK)
        show_alone(o, "consensus of 20", 2, "all", *seconds, 0);
    spil_communities_free(found);
    return rc;
}

/* The goal is a time: 60 s. */
static spil_status everything(options *o, const spil_csr *g, spil_err *err)
{
    spil_status rc = SPIL_OK;
    double *value = NULL, total = 0, seconds = 0;
    const spil_metric_opts opts = SPIL_METRIC_OPTS_DEFAULTS;
    TRY(NEW_ARRAY(value, g->n, err));
    for (size_t i = 0; i < spil_metric_count; i++) {
        if (spil_metrics[i]->by_name)
            continue;
        const double start = now();
        TRY(spil_metrics[i]->run(g, &opts, value, NULL, err));
        total += now() - start;
        show_alone(o, spil_metrics[i]->name, 2, "all", now() - start, 0);
    }
    TRY(consensus(o, g, &seconds, err));
    show_alone(o, "metrics and a consensus of 20", 2, "all", total + seconds, 60);
done:
    spil_free(value);
    return rc;
}

static bool wanted(const options *o, const char *work)
{
    for (int i = 0; i < o->work_count; i++)
        if (strcmp(o->works[i], work) == 0)
            return true;
    return o->work_count == 0;
}

static spil_status run(options *o, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_csr *g = NULL;
    printf("# igraph %s, %u threads for ours (igraph has one), median of %u\n",
           spil_igraph_version(), spil_par_threads(), o->repeats);
    if (wanted(o, "leiden") || wanted(o, "all"))
        TRY(bench_graph_of(&g, 2, 0, err));
    if (wanted(o, "leiden"))
        TRY(beside_igraph(o, g, err));
    if (wanted(o, "all"))
        TRY(everything(o, g, err));
    if (wanted(o, "growth"))
        TRY(growth(o, err));
done:
    spil_csr_free(g);
    return rc;
}

int main(int argc, char **argv)
{
    options o = {.repeats = 5, .out = "build/bench/communities.json"};
    spil_err err = SPIL_ERR_INIT;
    int i = 1;
    for (; i + 1 < argc && argv[i][0] == '-'; i += 2) {
        if (strcmp(argv[i], "--repeats") == 0)
            o.repeats = (unsigned)strtoul(argv[i + 1], NULL, 10);
        else if (strcmp(argv[i], "--out") == 0)
            o.out = argv[i + 1];
        else if (strcmp(argv[i], "--append") == 0) {
            o.out = argv[i + 1];
            o.append = true;
        }
    }
    o.works = argv + i;
    o.work_count = argc - i;
    if (o.repeats < 1 || o.repeats > MOST_REPEATS || (i < argc && argv[i][0] == '-')) {
        fprintf(stderr, "usage: bench_communities [--repeats N] [--out FILE] [--append FILE] "
                        "[leiden|growth|all]\n");
        return 2;
    }
    if (!bench_rows_open(&o.rows, o.out, o.append))
        return 4;
    bench_rows_heading();
    const spil_status rc = run(&o, &err);
    if (!bench_rows_close(&o.rows) || rc != SPIL_OK) {
        fprintf(stderr, "bench_communities: %s\n", rc == SPIL_OK ? "cannot write" : err.msg);
        return 4;
    }
    return 0;
}
