/* machine.c - see machine.h. SPDX-License-Identifier: GPL-3.0-or-later */
#define _POSIX_C_SOURCE 200809L
#include "bench/machine.h"

#include "engine/base/mem.h"

#include <time.h>

enum { LINES = 1 << 21, LINE = 8, REPEATS = 5, LOOKS = 1 << 24 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double stream(const double *data)
{
    double total = 0;
#pragma omp parallel for default(none) shared(data) reduction(+ : total) schedule(static)
    for (size_t i = 0; i < (size_t)LINES * LINE; i += 4)
        total += (data[i] + data[i + 1]) + (data[i + 2] + data[i + 3]);
    return total;
}

static double gather(const double *data)
{
    double total = 0;
#pragma omp parallel for default(none) shared(data) reduction(+ : total) schedule(static)
    for (size_t i = 0; i < LOOKS; i++) {
        const uint64_t at = (i * UINT64_C(0x9e3779b97f4a7c15)) >> 43; /* 21 bits: LINES */
        total += data[at * LINE];
    }
    return total;
}

static void keep_best(double (*work)(const double *), const double *data, double amount,
                      double *rate, double *rate_cpu, volatile double *sum)
{
    const double start = now();
    const clock_t first = clock();
    *sum += work(data);
    const double taken = now() - start, cpu = (double)(clock() - first) / CLOCKS_PER_SEC;
    *rate = amount / taken > *rate ? amount / taken : *rate;
    *rate_cpu = cpu > 0 && amount / cpu > *rate_cpu ? amount / cpu : *rate_cpu;
}

spil_status bench_machine_measure(bench_machine *out, spil_err *err)
{
    double *data = NULL;
    volatile double sum = 0; /* so that nothing is left out */
    const spil_status rc = NEW_ARRAY(data, (size_t)LINES * LINE, err);
    *out = (bench_machine){0, 0, 0, 0};
    if (rc != SPIL_OK)
        return rc;
    for (size_t i = 0; i < (size_t)LINES * LINE; i++)
        data[i] = 1; /* pages that are there */
    for (int i = 0; i < REPEATS; i++) {
        keep_best(stream, data, (double)LINES * LINE * sizeof *data, &out->bytes, &out->bytes_cpu,
                  &sum);
        keep_best(gather, data, LOOKS, &out->lines, &out->lines_cpu, &sum);
    }
    spil_free(data);
    return SPIL_OK;
}
