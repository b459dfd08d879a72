/* linear.h - vectors over the vertices, and the adjacency matrix times one.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sums run over fixed chunks that are added in order, so the bits do not depend on the threads.
 */
#ifndef SPIL_METRICS_LINEAR_H
#define SPIL_METRICS_LINEAR_H

#include "engine/graph/csr.h"

/* Below so many vertices waking threads costs more than the work: a product takes some 10
 * microseconds there, and on a busy or virtual machine a thread may take as long to wake. */
enum { SPIL_WORTH_THREADS = 32768 };

/* Space for the partial sums of vectors of length n: spil_linear_partials(n) doubles. */
size_t spil_linear_partials(spil_vid n);
double spil_dot(const double *a, const double *b, spil_vid n, double *partial);
/* y += factor * x */
void spil_add_scaled(double *y, double factor, const double *x, spil_vid n);
/* y(v) = sum over neighbours u of w(v,u) x(u); w = 1 unless weighted */
void spil_adjacency_times(const spil_csr *g, bool weighted, const double *x, double *y);
/* d(v) = sum of w(v,u) */
void spil_strengths(const spil_csr *g, bool weighted, double *d);

#endif
