/* strategy_gnd.c - cut the network where a cut costs least. SPDX-License-Identifier:
 * GPL-3.0-or-later
 *
 * While a component is over the limit: part it by the sign of the second eigenvector of the
 * node-weighted Laplacian
 *
 *     L = D_B - B,   B_ij = A_ij (w_i + w_j - 1),   D_B the row sums of B,   w the cost of a vertex
 *
 * (power iteration on c I - L with c over its largest eigenvalue, the constant vector taken out),
 * and remove a cheap cover of the links between the parts: again and again the vertex with the
 * least remaining cost a link (Clarkson 1983, within twice the best), then those whose links are
 * covered anyway stay. Then thin (dismantle.h). Costs are 1, or the degree when weighted.
 *
 * O(m log n) a partition.
 */
#include "engine/base/mem.h"
#include "engine/base/rng.h"
#include "engine/interventions/dismantle.h"
#include "engine/interventions/pieces.h"
#include "engine/interventions/queue.h"

#include <math.h>
#include <string.h>

enum { ITERATIONS = 600 };

typedef struct gnd {
    const spil_csr *g;
    const spil_strategy_opts *opts;
    spil_vid *list; /* vertices of the component */
    uint32_t *of;   /* n: number of the component that v was last seen in */
    double *cost;   /* n */
    double *x, *y, *row_sum;
    uint8_t *gone;
    spil_vid *uncovered; /* n: links of v to the other part that nobody covers */
    double *left;        /* n: cost that is left */
    spil_queue queue;
} gnd;

static double link_weight(const gnd *d, spil_vid u, spil_vid v)
{
    return fmax(d->cost[u] + d->cost[v] - 1, 1e-9);
}

static spil_vid walk(gnd *d, spil_vid start, uint32_t number)
{
    spil_vid count = 0;
    d->list[count++] = start;
    d->of[start] = number;
    for (spil_vid at = 0; at < count; at++)
        for (spil_eid i = d->g->row[d->list[at]]; i < d->g->row[d->list[at] + 1]; i++) {
            const spil_vid u = d->g->col[i];
            if (!d->gone[u] && d->of[u] != number) {
                d->of[u] = number;
                d->list[count++] = u;
            }
        }
    return count;
}

/* ---- second eigenvector ---- */

static void centre(gnd *d, double *x, spil_vid count)
{
    double mean = 0, square = 0;
    for (spil_vid at = 0; at < count; at++)
        mean += x[d->list[at]];
    mean /= count;
    for (spil_vid at = 0; at < count; at++) {
        x[d->list[at]] -= mean;
        square += x[d->list[at]] * x[d->list[at]];
    }
    const double scale = square > 0 ? 1 / sqrt(square) : 1;
    for (spil_vid at = 0; at < count; at++)
        x[d->list[at]] *= scale;
}

/* y = (c I - L) x; the change of direction 1 - x.y/|y|. */
static double multiply(gnd *d, spil_vid count, double c)
{
    for (spil_vid at = 0; at < count; at++) {
        const spil_vid v = d->list[at];
        double sum = (c - d->row_sum[v]) * d->x[v];
        for (spil_eid i = d->g->row[v]; i < d->g->row[v + 1]; i++)
            if (!d->gone[d->g->col[i]])
                sum += link_weight(d, v, d->g->col[i]) * d->x[d->g->col[i]];
        d->y[v] = sum;
    }
    centre(d, d->y, count);
    double dot = 0;
    for (spil_vid at = 0; at < count; at++)
        dot += d->x[d->list[at]] * d->y[d->list[at]];
    return 1 - dot;
}

static void find_parts(gnd *d, spil_vid count, uint64_t stream)
{
    spil_rng rng = spil_rng_stream(d->opts->seed, stream);
    double c = 0;
    for (spil_vid at = 0; at < count; at++) {
        const spil_vid v = d->list[at];
        d->row_sum[v] = 0;
        for (spil_eid i = d->g->row[v]; i < d->g->row[v + 1]; i++)
            if (!d->gone[d->g->col[i]])
                d->row_sum[v] += link_weight(d, v, d->g->col[i]);
        c = fmax(c, 2 * d->row_sum[v]);
        d->x[v] = spil_rng_unit(&rng) - 0.5;
    }
    centre(d, d->x, count);
    for (int k = 0; k < ITERATIONS; k++) {
        const double change = multiply(d, count, c);
        for (spil_vid at = 0; at < count; at++)
            d->x[d->list[at]] = d->y[d->list[at]];
        if (change < 1e-12)
            break;
    }
}

/* ---- cover of the cut ---- */

static bool crosses(const gnd *d, spil_vid u, spil_vid v)
{
    return !d->gone[v] && (d->x[u] < 0) != (d->x[v] < 0);
}

static spil_status queue_up(gnd *d, spil_vid v, spil_err *err)
{
    const spil_vid rank = d->opts->rank ? d->opts->rank[v] : v;
    return spil_queue_push(&d->queue, (spil_queued){d->left[v] / d->uncovered[v], rank, v}, err);
}

/* A vertex that has all neighbours across in the cover need not be in it. */
static bool needed(const gnd *d, spil_vid v)
{
    for (spil_eid i = d->g->row[v]; i < d->g->row[v + 1]; i++)
        if (crosses(d, v, d->g->col[i]))
            return true;
    return false;
}

static spil_status cover(gnd *d, spil_vid count, spil_vid *order, size_t *made, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const size_t first = *made;
    for (spil_vid at = 0; at < count; at++) {
        const spil_vid v = d->list[at];
        d->uncovered[v] = 0;
        d->left[v] = d->cost[v];
        for (spil_eid i = d->g->row[v]; i < d->g->row[v + 1]; i++)
            d->uncovered[v] += crosses(d, v, d->g->col[i]);
        if (d->uncovered[v] > 0)
            TRY(queue_up(d, v, err));
    }
    while (d->queue.count > 0) {
        const spil_queued top = spil_queue_pop(&d->queue);
        const spil_vid v = top.vertex;
        if (d->gone[v] || d->uncovered[v] == 0 || d->left[v] / d->uncovered[v] != top.key)
            continue;
        order[(*made)++] = v;
        for (spil_eid i = d->g->row[v]; i < d->g->row[v + 1]; i++) {
            const spil_vid u = d->g->col[i];
            if (!crosses(d, v, u))
                continue;
            d->left[u] -= top.key;
            if (--d->uncovered[u] > 0)
                TRY(queue_up(d, u, err));
        }
        d->gone[v] = 1;
    }
    for (size_t i = *made; i-- > first;) { /* the last chosen are the first to be let off */
        const spil_vid v = order[i];
        d->gone[v] = 0;
        if (needed(d, v)) {
            d->gone[v] = 1;
            continue;
        }
        memmove(order + i, order + i + 1, (*made - i - 1) * sizeof *order);
        (*made)--;
    }
done:
    return rc;
}

static void fill_costs(gnd *d)
{
    for (spil_vid v = 0; v < d->g->n; v++)
        d->cost[v] = d->opts->weighted && spil_degree(d->g, v) > 0 ? spil_degree(d->g, v) : 1;
}

static spil_status allocate(gnd *d, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(NEW_ARRAY(d->list, d->g->n, err));
    TRY(NEW_ARRAY(d->of, d->g->n, err));
    TRY(NEW_ARRAY(d->cost, d->g->n, err));
    TRY(NEW_ARRAY(d->x, d->g->n, err));
    TRY(NEW_ARRAY(d->y, d->g->n, err));
    TRY(NEW_ARRAY(d->row_sum, d->g->n, err));
    TRY(NEW_ARRAY(d->gone, d->g->n, err));
    TRY(NEW_ARRAY(d->uncovered, d->g->n, err));
    TRY(NEW_ARRAY(d->left, d->g->n, err));
done:
    return rc;
}

static void release(gnd *d)
{
    spil_free(d->list);
    spil_free(d->of);
    spil_free(d->cost);
    spil_free(d->x);
    spil_free(d->y);
    spil_free(d->row_sum);
    spil_free(d->gone);
    spil_free(d->uncovered);
    spil_free(d->left);
    spil_free(d->queue.items);
}

spil_status spil_gnd_order(const spil_csr *g, spil_vid limit, const spil_strategy_opts *opts,
                           spil_vid *order, size_t *count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    gnd d = {.g = g, .opts = opts};
    size_t made = 0;
    uint32_t number = 0;
    TRY(allocate(&d, err));
    fill_costs(&d);
    for (spil_vid start = 0; start < g->n;) { /* the component of start, until it is small */
        TRY(spil_check_stop(err));
        if (d.gone[start] || d.of[start] == UINT32_MAX) {
            start++;
            continue;
        }
        const spil_vid size = walk(&d, start, ++number);
        if (size <= limit) {
            for (spil_vid at = 0; at < size; at++)
                d.of[d.list[at]] = UINT32_MAX;
            continue;
        }
        const size_t before = made;
        find_parts(&d, size, number);
        TRY(cover(&d, size, order, &made, err));
        if (made == before) { /* all on one side: any vertex will do */
            d.gone[start] = 1;
            order[made++] = start;
        }
    }
    *count = made;
done:
    release(&d);
    return rc;
}

static spil_status make_order(const spil_csr *g, const spil_strategy_opts *opts, size_t count,
                              spil_vid *order, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_vid *set = NULL;
    size_t size = 0;
    TRY(NEW_ARRAY(set, g->n, err));
    TRY(spil_dismantle(g, SPIL_BY_GND, spil_dismantle_limit(g->n, opts->share), opts, set, &size,
                       err));
    TRY(spil_dismantle_then_degree(g, set, size, opts, count, order, err));
done:
    spil_free(set);
    return rc;
}

const spil_strategy spil_strategy_gnd = {
    .name = "gnd",
    .summary = "Generalised network dismantling: part by the spectrum, remove a cheap cover of the "
               "cut, until all is under --share.",
    .source = "Ren, Gleinig, Helbing & Antulov-Fantulin 2019, PNAS 116:6554",
    .cost = "O(m log n) a partition",
    .order = make_order,
};
