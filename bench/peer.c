/* peer.c - see peer.h. SPDX-License-Identifier: GPL-3.0-or-later */
#define _POSIX_C_SOURCE 200809L
#include "bench/peer.h"

#include <igraph/igraph.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const script = "bench/peer_graph_tool.py";

static void become_graph_tool(const int in[2], const int out[2], const char *pairs, spil_vid n,
                              spil_vid sources, unsigned threads)
{
    char vertices[16], count[16], some[16];
    (void)snprintf(vertices, sizeof vertices, "%u", n);
    (void)snprintf(some, sizeof some, "%u", sources);
    (void)snprintf(count, sizeof count, "%u", threads);
    (void)dup2(in[0], STDIN_FILENO);
    (void)dup2(out[1], STDOUT_FILENO);
    (void)!freopen("/dev/null", "w", stderr);
    close(in[0]), close(in[1]), close(out[0]), close(out[1]);
    execl("/usr/bin/python3", "python3", script, pairs, vertices, count, some, (char *)NULL);
    _exit(127);
}

bool bench_peer_open(bench_peer *peer, const char *pairs, spil_vid n, spil_vid sources,
                     unsigned threads)
{
    int in[2], out[2];
    *peer = (bench_peer){0};
    (void)signal(SIGPIPE, SIG_IGN);
    if (pipe(in) != 0 || pipe(out) != 0)
        return false;
    fflush(NULL);
    const pid_t pid = fork();
    if (pid < 0)
        return false;
    if (pid == 0)
        become_graph_tool(in, out, pairs, n, sources, threads);
    close(in[0]), close(out[1]);
    peer->pid = pid;
    peer->to = fdopen(in[1], "w");
    peer->from = fdopen(out[0], "r");
    if (peer->to && peer->from && fscanf(peer->from, "ready %31s", peer->version) == 1)
        return true;
    bench_peer_close(peer);
    return false;
}

void bench_peer_close(bench_peer *peer)
{
    if (peer->to)
        fclose(peer->to);
    if (peer->from)
        fclose(peer->from);
    if (peer->pid > 0)
        (void)waitpid(peer->pid, NULL, 0);
    *peer = (bench_peer){0};
}

double bench_peer_time(bench_peer *peer, const char *work)
{
    double seconds = -1;
    if (peer->pid == 0 || fprintf(peer->to, "%s\n", work) < 0 || fflush(peer->to) != 0)
        return -1;
    return fscanf(peer->from, "%lf", &seconds) == 1 ? seconds : -1;
}

double bench_peak_of_child(const char *who, const char *work, const char *file)
{
    int out[2], status = 0;
    double kilobytes = -1;
    if (pipe(out) != 0)
        return -1;
    fflush(NULL);
    const pid_t pid = fork();
    if (pid == 0) {
        (void)dup2(out[1], STDOUT_FILENO);
        close(out[0]), close(out[1]);
        execl("/proc/self/exe", "bench_speed", "--child", who, work, file, (char *)NULL);
        _exit(127);
    }
    close(out[1]);
    FILE *const from = fdopen(out[0], "r");
    if (pid < 0 || !from || fscanf(from, "peak %lf", &kilobytes) != 1)
        kilobytes = -1;
    if (from)
        fclose(from);
    if (pid > 0 && (waitpid(pid, &status, 0) != pid || status != 0))
        return -1;
    return kilobytes * 1024;
}

void bench_tell_peak(void)
{
    char line[256];
    double kilobytes = -1;
    FILE *const file = fopen("/proc/self/status", "r");
    while (file && fgets(line, sizeof line, file))
        if (sscanf(line, "VmHWM: %lf", &kilobytes) == 1)
            break;
    if (file)
        fclose(file);
    printf("peak %.0f\n", kilobytes);
}

/* ---- igraph by itself ---- */

static igraph_error_t igraph_work(const igraph_t *g, const char *work, igraph_vector_t *x,
                                  igraph_vector_int_t *whole)
{
    igraph_real_t value = 0;
    if (strcmp(work, "pagerank") == 0)
        return igraph_pagerank(g, IGRAPH_PAGERANK_ALGO_PRPACK, x, &value, igraph_vss_all(), false,
                               0.85, NULL, NULL);
    if (strcmp(work, "coreness") == 0)
        return igraph_coreness(g, whole, IGRAPH_ALL);
    if (strcmp(work, "component") == 0)
        return igraph_connected_components(g, whole, NULL, NULL, IGRAPH_WEAK);
    if (strcmp(work, "articulation") == 0)
        return igraph_articulation_points(g, whole);
    if (strcmp(work, "clustering") == 0)
        return igraph_transitivity_local_undirected(g, x, igraph_vss_all(),
                                                    IGRAPH_TRANSITIVITY_ZERO);
    if (strcmp(work, "constraint") == 0)
        return igraph_constraint(g, x, igraph_vss_all(), NULL);
    /* works that it would not end within a day, or does not have: reading is the least it needs */
    static const char *const read_alone[] = {"graph",          "eigenvector", "katz",
                                             "effective_size", "betweenness", "harmonic"};
    for (size_t i = 0; i < sizeof read_alone / sizeof *read_alone; i++)
        if (strcmp(work, read_alone[i]) == 0)
            return IGRAPH_SUCCESS;
    return IGRAPH_EINVAL;
}

int bench_igraph_alone(const char *work, const char *file)
{
    igraph_t g;
    igraph_vector_t x;
    igraph_vector_int_t whole;
    FILE *const in = fopen(file, "r");
    if (!in || igraph_read_graph_edgelist(&g, in, 0, false) != IGRAPH_SUCCESS ||
        igraph_simplify(&g, true, true, NULL) != IGRAPH_SUCCESS ||
        igraph_vector_init(&x, 0) != IGRAPH_SUCCESS ||
        igraph_vector_int_init(&whole, 0) != IGRAPH_SUCCESS)
        return 1;
    const int failed = igraph_work(&g, work, &x, &whole) != IGRAPH_SUCCESS;
    fclose(in);
    igraph_vector_destroy(&x);
    igraph_vector_int_destroy(&whole);
    igraph_destroy(&g);
    return failed;
}
