/* projection.c - see projection.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * P x without P: the sum of x around each middle first, then each kept vertex v gets
 * (sum_h - x_v) / (d_h - 1) from each middle h beside it.
 */
#include "engine/graph/projection.h"

#include "engine/base/mem.h"

/* Kept vertices around v. */
static spil_vid kept_around(const spil_csr *g, const bool *keep, spil_vid v)
{
    spil_vid count = 0;
    for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
        count += keep[g->col[i]];
    return count;
}

static spil_eid count_arcs(const spil_csr *g, const bool *keep, spil_vid cap,
                           spil_projection_note *note)
{
    spil_eid arcs = 0;
    for (spil_vid v = 0; v < g->n; v++) {
        const spil_vid d = kept_around(g, keep, v);
        if (keep[v]) {
            arcs += d; /* both ways: twice what is needed */
            continue;
        }
        note->largest = d > note->largest ? d : note->largest;
        if (d <= cap) {
            arcs += d < 2 ? 0 : (spil_eid)d * (d - 1) / 2;
        } else {
            note->left_out++;
            note->weight_left_out += (double)d / 2;
        }
    }
    return arcs;
}

static spil_eid add_clique(spil_arc *arcs, const spil_csr *g, const bool *keep, spil_vid middle,
                           spil_vid d)
{
    spil_eid count = 0;
    for (spil_eid i = g->row[middle]; i < g->row[middle + 1]; i++)
        for (spil_eid j = i + 1; keep[g->col[i]] && j < g->row[middle + 1]; j++)
            if (keep[g->col[j]])
                arcs[count++] = (spil_arc){g->col[i], g->col[j], 1 / (double)(d - 1)};
    return count;
}

static spil_eid add_direct(spil_arc *arcs, const spil_csr *g, const bool *keep, spil_vid v)
{
    spil_eid count = 0;
    for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
        if (keep[g->col[i]] && g->col[i] > v)
            arcs[count++] = (spil_arc){v, g->col[i], g->weight[i]};
    return count;
}

spil_status spil_projection_build(spil_csr **out, spil_projection_note *note, const spil_csr *g,
                                  const bool *keep, spil_vid cap, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_arc *arcs = NULL;
    spil_eid count = 0;
    spil_projection_note own = {0};
    if (cap < 2)
        return spil_fail(err, SPIL_RANGE, "a projection's cap is '%lu', not 2 or more",
                         (unsigned long)cap);
    TRY(NEW_ARRAY(arcs, count_arcs(g, keep, cap, &own), err));
    for (spil_vid v = 0; v < g->n; v++) {
        const spil_vid d = keep[v] ? 0 : kept_around(g, keep, v);
        if (keep[v])
            count += add_direct(arcs + count, g, keep, v);
        else if (d >= 2 && d <= cap)
            count += add_clique(arcs + count, g, keep, v, d);
    }
    TRY(spil_csr_build(out, g->n, arcs, count, SPIL_CSR_EDGE_IDS, err));
    if (note)
        *note = own;
done:
    spil_free(arcs);
    return rc;
}

spil_status spil_projection_apply(double *y, const double *x, const spil_csr *g, const bool *keep,
                                  spil_err *err)
{
    spil_status rc = SPIL_OK;
    double *sum = NULL; /* around each middle */
    spil_vid *around = NULL;
    TRY(NEW_ARRAY(sum, g->n, err));
    TRY(NEW_ARRAY(around, g->n, err));
#pragma omp parallel for default(none) shared(g, keep, x, sum, around) schedule(dynamic, 1024)
    for (spil_vid v = 0; v < g->n; v++)
        for (spil_eid i = g->row[v]; !keep[v] && i < g->row[v + 1]; i++)
            if (keep[g->col[i]]) {
                sum[v] += x[g->col[i]];
                around[v]++;
            }
#pragma omp parallel for default(none) shared(g, keep, x, y, sum, around) schedule(dynamic, 1024)
    for (spil_vid v = 0; v < g->n; v++) {
        y[v] = 0;
        for (spil_eid i = g->row[v]; keep[v] && i < g->row[v + 1]; i++) {
            const spil_vid u = g->col[i];
            if (keep[u])
                y[v] += g->weight[i] * x[u];
            else if (around[u] > 1)
                y[v] += (sum[u] - x[v]) / (double)(around[u] - 1);
        }
    }
done:
    spil_free(sum);
    spil_free(around);
    return rc;
}
