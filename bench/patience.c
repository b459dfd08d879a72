/* patience.c - see patience.h. SPDX-License-Identifier: GPL-3.0-or-later */
#define _POSIX_C_SOURCE 200809L
#include "bench/patience.h"

#include "engine/metrics/distances.h"

#include <stdio.h>
#include <time.h>

typedef struct watch {
    double start, patience;
    double reckoned; /* seconds for all, from how far it is */
} watch;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void show(const char *label, uint64_t done, uint64_t total, void *user)
{
    watch *const w = user;
    const double taken = now() - w->start;
    if (!label || done == 0 || total == 0)
        return;
    w->reckoned = taken / (double)done * (double)total;
    fprintf(stderr, "\r# %s: %.2f%% after %.0f s, %.0f s in all   ", label,
            100 * (double)done / (double)total, taken, w->reckoned);
    if (taken > w->patience)
        spil_request_stop();
}

spil_status bench_harmonic_patiently(const spil_csr *g, double patience, double *value,
                                     double *seconds, double *cpu_seconds, bool *cut, spil_err *err)
{
    watch w = {now(), patience, 0};
    spil_progress progress = {.show = show, .user = &w};
    const clock_t first = clock();
    spil_status rc =
        spil_distances_sum(g, &progress, &(spil_distance_sums){.harmonic = value}, err);
    fprintf(stderr, "\n");
    *seconds = now() - w.start;
    *cpu_seconds = (double)(clock() - first) / CLOCKS_PER_SEC;
    *cut = rc == SPIL_CANCELLED && w.reckoned > 0;
    if (*cut) {
        *cpu_seconds *= w.reckoned / *seconds;
        *seconds = w.reckoned;
        spil_clear_stop();
        rc = SPIL_OK;
    }
    return rc;
}
