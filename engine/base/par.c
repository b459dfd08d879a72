/* par.c - see par.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/base/par.h"

#ifdef _OPENMP
#include <omp.h>
#endif

void spil_par_set_threads(unsigned threads)
{
#ifdef _OPENMP
    omp_set_num_threads(threads ? (int)threads : omp_get_num_procs());
#else
    (void)threads;
#endif
}

unsigned spil_par_threads(void)
{
#ifdef _OPENMP
    return (unsigned)omp_get_max_threads();
#else
    return 1;
#endif
}

unsigned spil_par_thread(void)
{
#ifdef _OPENMP
    return (unsigned)omp_get_thread_num();
#else
    return 0;
#endif
}

unsigned spil_par_team(void)
{
#ifdef _OPENMP
    return omp_in_parallel() ? 1 : (unsigned)omp_get_max_threads();
#else
    return 1;
#endif
}

double spil_ordered_sum(const double *values, size_t count)
{
    double total = 0;
    for (size_t begin = 0; begin < count; begin += SPIL_CHUNK) {
        const size_t end = count - begin < SPIL_CHUNK ? count : begin + SPIL_CHUNK;
        double part = 0;
        for (size_t i = begin; i < end; i++)
            part += values[i];
        total += part;
    }
    return total;
}
