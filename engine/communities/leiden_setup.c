/* leiden_setup.c - see leiden_setup.h, leiden.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/communities/leiden_setup.h"

#include "engine/base/mem.h"
#include "engine/base/par.h"

#include <float.h>
#include <math.h>
#include <string.h>

void spil_leiden_free(spil_leiden *leiden)
{
    if (!leiden)
        return;
    spil_free(leiden->weight);
    spil_free(leiden->mass);
    spil_free(leiden->other);
    spil_free(leiden);
}

/* ---- weights ---- */

/* A weight of 0 becomes the smallest there is: the sums tell by their value whether a community was
 * seen. */
static spil_status weigh_entries(spil_leiden *it, const double *edge_weight, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_csr *const g = it->g;
    for (spil_eid e = 0; e < g->m; e++)
        if (!(edge_weight[e] >= 0) || !isfinite(edge_weight[e]))
            return spil_fail(err, SPIL_RANGE, "link %llu has weight '%g', not a finite number >= 0",
                             (unsigned long long)e, edge_weight[e]);
    TRY(NEW_ARRAY(it->weight, 2 * g->m, err));
    for (spil_eid i = 0; i < 2 * g->m; i++)
        it->weight[i] = fmax(edge_weight[g->edge[i]], DBL_MIN);
done:
    return rc;
}

/* it->mass: strengths; it->total. */
static spil_status add_strengths(spil_leiden *it, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_csr *const g = it->g;
    TRY(NEW_ARRAY(it->mass, g->n, err));
    for (spil_vid v = 0; v < g->n; v++) {
        if (!it->weight)
            it->mass[v] = spil_degree(g, v);
        for (spil_eid i = g->row[v]; it->weight && i < g->row[v + 1]; i++)
            it->mass[v] += it->weight[i];
    }
    it->total = spil_ordered_sum(it->mass, g->n);
done:
    return rc;
}

/* ---- two sides ---- */

enum { UNSEEN, ONE_SIDE, OTHER_SIDE, NO_SIDE };

/* Colours the component of root by turns. queue: n. Returns its size; *two: it came out. */
static spil_vid colour(const spil_csr *g, spil_vid root, unsigned char *side, spil_vid *queue,
                       bool *two)
{
    spil_vid head = 0, tail = 0;
    *two = true;
    side[root] = ONE_SIDE;
    queue[tail++] = root;
    while (head < tail) {
        const spil_vid v = queue[head++];
        for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++) {
            const spil_vid u = g->col[i];
            if (side[u] == UNSEEN) {
                side[u] = side[v] == ONE_SIDE ? OTHER_SIDE : ONE_SIDE;
                queue[tail++] = u;
            } else if (side[u] == side[v]) {
                *two = false;
            }
        }
    }
    return tail;
}

static spil_status take_sides(spil_leiden *it, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_csr *const g = it->g;
    unsigned char *side = NULL;
    spil_vid *queue = NULL;
    TRY(NEW_ARRAY(side, g->n, err));
    TRY(NEW_ARRAY(queue, g->n, err));
    TRY(NEW_ARRAY(it->other, g->n, err));
    for (spil_vid root = 0; root < g->n; root++) {
        bool two = false;
        if (side[root] != UNSEEN)
            continue;
        const spil_vid size = colour(g, root, side, queue, &two);
        for (spil_vid i = 0; !two && i < size; i++)
            side[queue[i]] = NO_SIDE;
    }
    for (spil_vid v = 0; v < g->n; v++) {
        const double k = it->mass[v];
        it->mass[v] = side[v] == ONE_SIDE ? 2 * k : side[v] == OTHER_SIDE ? 0 : k;
        it->other[v] = side[v] == ONE_SIDE ? 0 : side[v] == OTHER_SIDE ? k : k / 2;
    }
done:
    spil_free(side);
    spil_free(queue);
    return rc;
}

/* ---- all of it ---- */

static void stand_on_ground(spil_leiden *it)
{
    const spil_csr *const g = it->g;
    const double mean = g->m ? it->total / (2 * (double)g->m) : 0;
    double rate = it->resolution;
    if (it->objective != SPIL_OBJECTIVE_CPM)
        rate = it->total > 0 ? it->resolution / it->total : 0;
    it->ground = (spil_level){.n = g->n,
                              .begin = g->row,
                              .end = g->row + 1,
                              .col = g->col,
                              .weight = it->weight,
                              .mass = it->mass,
                              .other = it->other,
                              .rate = rate,
                              .least = 1e-9 * mean};
}

spil_status spil_leiden_new(spil_leiden **out, const spil_csr *g, const double *edge_weight,
                            spil_objective objective, double resolution, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_leiden *it = NULL;
    if (!(resolution >= 0) || !isfinite(resolution))
        return spil_fail(err, SPIL_RANGE, "resolution '%g' is not a finite number >= 0",
                         resolution);
    TRY(NEW(it, err));
    it->g = g;
    it->objective = objective;
    it->resolution = resolution;
    if (edge_weight)
        TRY(weigh_entries(it, edge_weight, err));
    TRY(add_strengths(it, err));
    if (objective == SPIL_OBJECTIVE_TWO_MODE)
        TRY(take_sides(it, err));
    for (spil_vid v = 0; objective == SPIL_OBJECTIVE_CPM && v < g->n; v++)
        it->mass[v] = 1;
    stand_on_ground(it);
    *out = it;
    it = NULL;
done:
    spil_leiden_free(it);
    return rc;
}

/* ---- quality ---- */

/* Weights of the entries whose ends share a label, by chunk of vertices. */
static double sum_inner(const spil_level *ground, const uint32_t *of, double *chunk)
{
    const spil_vid chunks = ground->n / SPIL_CHUNK + 1;
#pragma omp parallel for default(none) shared(ground, of, chunk, chunks)                           \
    schedule(static) if (chunks > 5)
    for (spil_vid c = 0; c < chunks; c++) {
        const spil_vid last = c + 1 < chunks ? (c + 1) * SPIL_CHUNK : ground->n;
        double sum = 0;
        for (spil_vid v = c * SPIL_CHUNK; v < last; v++)
            for (spil_eid i = ground->begin[v]; i < ground->end[v]; i++)
                sum += spil_level_share(ground, i, of[ground->col[i]] == of[v]);
        chunk[c] = sum;
    }
    return spil_ordered_sum(chunk, chunks);
}

static double product(const spil_leiden *it, double mass, double other)
{
    if (it->objective == SPIL_OBJECTIVE_CPM)
        return mass * (mass - 1);
    return it->other ? 2 * mass * other : mass * mass;
}

spil_status spil_leiden_quality(const spil_leiden *it, const uint32_t *of, double *quality,
                                spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_vid n = it->g->n;
    double *chunk = NULL, *mass = NULL, *other = NULL;
    TRY(NEW_ARRAY(chunk, n / SPIL_CHUNK + 1, err));
    TRY(NEW_ARRAY(mass, n, err));
    TRY(NEW_ARRAY(other, it->other ? n : 0, err));
    for (spil_vid v = 0; v < n; v++) {
        mass[of[v]] += it->mass[v];
        if (it->other)
            other[of[v]] += it->other[v];
    }
    for (spil_vid c = 0; c < n; c++)
        mass[c] = product(it, mass[c], it->other ? other[c] : 0);
    const double inner = sum_inner(&it->ground, of, chunk);
    const double pull = it->ground.rate * spil_ordered_sum(mass, n);
    *quality = it->total > 0 ? (inner - pull) / it->total : 0;
done:
    spil_free(chunk);
    spil_free(mass);
    spil_free(other);
    return rc;
}
