/* linear.c - see linear.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/metrics/linear.h"

#include "engine/base/par.h"

size_t spil_linear_partials(spil_vid n)
{
    return (size_t)n / SPIL_CHUNK + 1;
}

double spil_dot(const double *a, const double *b, spil_vid n, double *partial)
{
    const size_t chunks = spil_linear_partials(n);
    double sum = 0;
#pragma omp parallel for default(none) shared(a, b, n, partial, chunks)                            \
    schedule(static) if (n >= SPIL_WORTH_THREADS)
    for (size_t c = 0; c < chunks; c++) {
        const size_t begin = c * SPIL_CHUNK, end = begin + SPIL_CHUNK < n ? begin + SPIL_CHUNK : n;
        double part = 0;
        for (size_t i = begin; i < end; i++)
            part += a[i] * b[i];
        partial[c] = part;
    }
    for (size_t c = 0; c < chunks; c++)
        sum += partial[c];
    return sum;
}

void spil_add_scaled(double *y, double factor, const double *x, spil_vid n)
{
#pragma omp parallel for default(none) shared(y, factor, x, n)                                     \
    schedule(static) if (n >= SPIL_WORTH_THREADS)
    for (spil_vid v = 0; v < n; v++)
        y[v] += factor * x[v];
}

void spil_adjacency_times(const spil_csr *g, bool weighted, const double *x, double *y)
{
#pragma omp parallel for default(none) shared(g, weighted, x, y)                                   \
    schedule(dynamic, 2048) if (g->n >= SPIL_WORTH_THREADS) /* hubs cost more */
    for (spil_vid v = 0; v < g->n; v++) {
        double sum = 0;
        if (weighted && g->weight)
            for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
                sum += g->weight[i] * x[g->col[i]];
        else
            for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
                sum += x[g->col[i]];
        y[v] = sum;
    }
}

void spil_strengths(const spil_csr *g, bool weighted, double *d)
{
    for (spil_vid v = 0; v < g->n; v++) {
        d[v] = weighted && g->weight ? 0 : spil_degree(g, v);
        for (spil_eid i = g->row[v]; weighted && g->weight && i < g->row[v + 1]; i++)
            d[v] += g->weight[i];
    }
}
