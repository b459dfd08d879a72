/* bench_machine.c - what the machine can do: bytes a second in a row, and lines a second at random.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A kernel's distance from the limit is the bytes it must move over the first figure, or the
 * vertices it must look up over the second. Prints both, and writes build/bench/machine.json.
 */
#define _POSIX_C_SOURCE 200809L
#include "engine/base/mem.h"
#include "engine/base/par.h"

#include <stdio.h>
#include <time.h>

enum { LINES = 1 << 21, LINE = 8, REPEATS = 5, LOOKS = 1 << 24 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double stream(const double *data, double *sum)
{
    double total = 0;
    const double start = now();
#pragma omp parallel for default(none) shared(data) reduction(+ : total) schedule(static)
    for (size_t i = 0; i < (size_t)LINES * LINE; i += 4)
        total += (data[i] + data[i + 1]) + (data[i + 2] + data[i + 3]);
    *sum += total;
    return (double)LINES * LINE * sizeof *data / (now() - start);
}

static double gather(const double *data, double *sum)
{
    double total = 0;
    const double start = now();
#pragma omp parallel for default(none) shared(data) reduction(+ : total) schedule(static)
    for (size_t i = 0; i < LOOKS; i++) {
        const uint64_t at = (i * UINT64_C(0x9e3779b97f4a7c15)) >> 43; /* 21 bits: LINES */
        total += data[at * LINE];
    }
    *sum += total;
    return LOOKS / (now() - start);
}

int main(void)
{
    spil_err err = SPIL_ERR_INIT;
    double *data = NULL, best_stream = 0, best_gather = 0, sum = 0;
    if (NEW_ARRAY(data, (size_t)LINES * LINE, &err) != SPIL_OK) {
        fprintf(stderr, "bench_machine: %s\n", err.msg);
        return 4;
    }
    for (int i = 0; i < REPEATS; i++) {
        const double s = stream(data, &sum), g = gather(data, &sum);
        best_stream = s > best_stream ? s : best_stream;
        best_gather = g > best_gather ? g : best_gather;
    }
    spil_free(data);
    printf("threads %u, in a row %.1f GB/s, 64-byte lines at random %.0f million/s (sum %g)\n",
           spil_par_threads(), best_stream / 1e9, best_gather / 1e6, sum);
    FILE *const json = fopen("build/bench/machine.json", "w");
    if (!json) {
        perror("build/bench/machine.json");
        return 4;
    }
    fprintf(json, "{\"threads\": %u, \"bytes_per_s\": %.4g, \"lines_per_s\": %.4g}\n",
            spil_par_threads(), best_stream, best_gather);
    return fclose(json) != 0;
}
