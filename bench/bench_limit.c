/* bench_limit.c - how far each kernel is from what the machine can do, and how its time grows.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     bench_limit [a|b|c|KERNEL...]
 *
 * For each kernel on a, b and c: processor seconds of all threads, nanoseconds a link, what it has
 * to move (needs.h), and the least time that takes by the rates of this machine, measured first
 * (machine.h): the larger of bytes over bytes a second and looks over lines a second. share is that
 * time over the time taken: 100% is a kernel that waits for memory alone; more than 100% one whose
 * vectors lie in a cache, where looks cost less than lines from memory. Processor seconds, since
 * others may use the machine. Prints a table in Markdown.
 */
#include "bench/graphs.h"
#include "bench/machine.h"
#include "bench/needs.h"
#include "engine/base/mem.h"
#include "engine/communities/leiden.h"
#include "engine/metrics/metric.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

/* dear: not on graphs larger than a (exact) */
static const struct kernel {
    const char *name;
    bool dear;
} kernels[] = {{"betweenness", true},     {"harmonic", false},     {"pagerank", false},
               {"eigenvector", false},    {"katz", false},         {"constraint", false},
               {"effective_size", false}, {"clustering", false},   {"coreness", false},
               {"component", false},      {"articulation", false}, {"leiden", false}};

static spil_status leiden(const spil_csr *g, double *value, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_leiden *l = NULL;
    uint32_t *of = NULL;
    TRY(NEW_ARRAY(of, g->n, err));
    TRY(spil_leiden_new(&l, g, NULL, SPIL_OBJECTIVE_MODULARITY, 1, err));
    TRY(spil_leiden_run(l, 1, of, value, err));
done:
    spil_leiden_free(l);
    spil_free(of);
    return rc;
}

static spil_status measure(const spil_csr *g, int graph, const char *name, const bench_machine *m,
                           double *value, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_metric_opts opts = SPIL_METRIC_OPTS_DEFAULTS;
    bench_needs needs = {0, 0};
    bool known = false;
    const clock_t start = clock();
    if (strcmp(name, "leiden") == 0)
        TRY(leiden(g, value, err));
    else
        TRY(spil_metric_find(name)->run(g, &opts, value, NULL, err));
    const double taken = (double)(clock() - start) / CLOCKS_PER_SEC;
    TRY(bench_needs_of(&needs, g, name, value, &known, err));
    const double in_row = needs.bytes / m->bytes_cpu, at_random = needs.looks / m->lines_cpu;
    const double least = in_row > at_random ? in_row : at_random;
    printf("| %s | %c | %.3g | %.1f | ", name, 'a' + graph, taken, taken * 1e9 / (double)g->m);
    if (known)
        printf("%.3g | %.3g | %.3g | %.0f%% |\n", needs.bytes / 1e6, needs.looks / 1e6, least,
               100 * least / taken);
    else
        printf("| | | |\n");
    fflush(stdout);
done:
    return rc;
}

static bool wanted(int argc, char **argv, const char *name, int graph)
{
    bool graphs = false, names = false, this_graph = false, this_name = false;
    for (int i = 1; i < argc; i++) {
        const bool letter = strlen(argv[i]) == 1;
        graphs = graphs || letter;
        names = names || !letter;
        this_graph = this_graph || (letter && argv[i][0] == 'a' + graph);
        this_name = this_name || strcmp(argv[i], name) == 0;
    }
    return (!graphs || this_graph) && (!names || this_name);
}

int main(int argc, char **argv)
{
    spil_err err = SPIL_ERR_INIT;
    spil_status rc = SPIL_OK;
    spil_csr *g = NULL;
    double *value = NULL;
    bench_machine m;
    TRY(bench_machine_measure(&m, &err));
    printf("One processor: %.1f GB/s in a row, %.0f million lines/s at random.\n\n"
           "| kernel | graph | processor, s | ns a link | MB in a row | million looks | least, s | "
           "share |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n",
           m.bytes_cpu / 1e9, m.lines_cpu / 1e6);
    for (int graph = 0; graph < 3; graph++) {
        TRY(bench_graph_of(&g, graph, SPIL_CSR_UNWEIGHTED, &err));
        TRY(NEW_ARRAY(value, g->n, &err));
        for (size_t i = 0; i < sizeof kernels / sizeof *kernels; i++)
            if (wanted(argc, argv, kernels[i].name, graph) && !(kernels[i].dear && graph == 1))
                TRY(measure(g, graph, kernels[i].name, &m, value, &err));
        spil_csr_free(g);
        spil_free(value);
        g = NULL;
        value = NULL;
    }
done:
    if (rc != SPIL_OK)
        fprintf(stderr, "bench_limit: %s\n", err.msg);
    spil_csr_free(g);
    spil_free(value);
    return rc != SPIL_OK;
}
