/* strategy_collective_influence.c - many links, and many links around.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     CI(v) = (k(v) - 1) * sum over u at distance l from v of (k(u) - 1)
 *
 * with k the degree, or the strength when weighted; l = opts->reach. l = 1 takes the direct
 * neighbours, as in Cavallaro et al. 2020. O(n * size of a ball).
 */
#include "engine/base/mem.h"
#include "engine/interventions/strategy.h"

typedef struct ball {
    uint32_t *stamp; /* n: last source that met the vertex, + 1 */
    spil_vid *queue; /* n */
} ball;

static double strength(const spil_csr *g, spil_vid v, bool weighted)
{
    double sum = 0;
    if (!weighted)
        return spil_degree(g, v);
    for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
        sum += g->weight[i];
    return sum;
}

/* Sum of k - 1 over the vertices at distance l from v. */
static double rim(const spil_csr *g, const double *k, spil_vid v, unsigned l, const ball *b)
{
    size_t first = 0, end = 1;
    b->queue[0] = v;
    b->stamp[v] = v + 1;
    for (unsigned d = 0; d < l; d++) {
        const size_t level_end = end;
        for (; first < level_end; first++)
            for (spil_eid i = g->row[b->queue[first]]; i < g->row[b->queue[first] + 1]; i++) {
                const spil_vid u = g->col[i];
                if (b->stamp[u] != v + 1) {
                    b->stamp[u] = v + 1;
                    b->queue[end++] = u;
                }
            }
    }
    double sum = 0;
    for (; first < end; first++)
        sum += k[b->queue[first]] - 1;
    return sum;
}

static spil_status score(const spil_csr *g, const spil_strategy_opts *opts, double *value,
                         spil_err *err)
{
    spil_status rc = SPIL_OK;
    double *k = NULL;
    ball b = {NULL, NULL};
    TRY(NEW_ARRAY(k, g->n, err));
    TRY(NEW_ARRAY(b.stamp, g->n, err));
    TRY(NEW_ARRAY(b.queue, g->n, err));
    for (spil_vid v = 0; v < g->n; v++)
        k[v] = strength(g, v, opts->weighted);
    for (spil_vid v = 0; v < g->n; v++)
        value[v] = (k[v] - 1) * rim(g, k, v, opts->reach, &b);
done:
    spil_free(k);
    spil_free(b.stamp);
    spil_free(b.queue);
    return rc;
}

const spil_strategy spil_strategy_collective_influence = {
    .name = "collective_influence",
    .summary = "Many links, and neighbours (at --reach steps) with many links, first.",
    .source = "Morone & Makse 2015, Nature 524:65",
    .cost = "O(n * ball) a step, of the component that changed",
    .score = score,
};
