/* bench_machine.c - what the machine can do: bytes a second in a row, and lines a second at random.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Prints both, and writes build/bench/machine.json. How far kernels are from them: bench_limit.c.
 */
#include "bench/machine.h"
#include "engine/base/par.h"

#include <stdio.h>

int main(void)
{
    spil_err err = SPIL_ERR_INIT;
    bench_machine m;
    if (bench_machine_measure(&m, &err) != SPIL_OK) {
        fprintf(stderr, "bench_machine: %s\n", err.msg);
        return 4;
    }
    printf("threads %u, in a row %.1f GB/s, 64-byte lines at random %.0f million/s; of a second of "
           "one processor %.1f GB and %.0f million\n",
           spil_par_threads(), m.bytes / 1e9, m.lines / 1e6, m.bytes_cpu / 1e9, m.lines_cpu / 1e6);
    FILE *const json = fopen("build/bench/machine.json", "w");
    if (!json) {
        perror("build/bench/machine.json");
        return 4;
    }
    fprintf(json,
            "{\"threads\": %u, \"bytes_per_s\": %.4g, \"lines_per_s\": %.4g, \"bytes_per_cpu_s\": "
            "%.4g, \"lines_per_cpu_s\": %.4g}\n",
            spil_par_threads(), m.bytes, m.lines, m.bytes_cpu, m.lines_cpu);
    return fclose(json) != 0;
}
