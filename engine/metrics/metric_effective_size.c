/* metric_effective_size.c - how many of a vertex's contacts are worth having.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     e(i) = k(i) - 2 t(i) / k(i)
 *
 * k the degree, t the links among i's contacts: each contact counts 1 less what it can also be
 * reached through (Burt 1992; in this form for links without weights Borgatti 1997, Connections
 * 20:35). 0 without contacts. t(i) is the number of triangles at i: see triangles.c. With weights
 * (Burt 1992, equation 2.2)
 *
 *     e(i) = sum over contacts j of (1 - sum over contacts q != j of p(i,q) m(j,q))
 *
 * p(i,q) the share of i's weight that goes to q, m(j,q) = w(j,q) / (the largest weight of j): what
 * i puts into q is lost on j when j is close to q. All 1, it is the form above. O(m^1.5): see
 * ego.h.
 */
#include "engine/base/mem.h"
#include "engine/metrics/ego.h"
#include "engine/metrics/metric.h"
#include "engine/metrics/triangles.h"

#include <math.h>

/* The sum of a contact is what is lost on it. */
static inline void lost(const spil_ego *ego, spil_contact *by, spil_contact *to, spil_vid q,
                        spil_vid j, double w)
{
    const double *const largest = ego->context;
    to->sum += by->direct * w / largest[j];
    by->sum += to->direct * w / largest[q];
}

static double by_weight(const spil_ego *ego, spil_vid i)
{
    double sum = 0;
    const spil_vid degree = spil_degree(ego->g, i);
    SPIL_EGO_LINKS(ego, i, lost);
    for (spil_vid c = 0; c < degree; c++)
        sum += 1 - ego->contacts[c].sum;
    return sum;
}

static spil_status run_by_weight(const spil_csr *g, double *value, spil_err *err)
{
    spil_status rc = SPIL_OK;
    double *largest = NULL; /* weight of each vertex */
    TRY(NEW_ARRAY(largest, g->n, err));
    for (spil_vid v = 0; v < g->n; v++)
        for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
            largest[v] = fmax(largest[v], spil_weight(g, i));
    rc = spil_ego_run(g, true, by_weight, largest, value, err);
done:
    spil_free(largest);
    return rc;
}

static spil_status run(const spil_csr *g, const spil_metric_opts *opts, double *value,
                       spil_metric_note *note, spil_err *err)
{
    spil_status rc = SPIL_OK;
    uint64_t *triangles = NULL;
    (void)note;
    if (opts->weighted)
        return run_by_weight(g, value, err);
    TRY(NEW_ARRAY(triangles, g->n, err));
    TRY(spil_triangles_count(g, triangles, err));
    for (spil_vid v = 0; v < g->n; v++) {
        const double k = spil_degree(g, v);
        value[v] = k > 0 ? k - 2 * (double)triangles[v] / k : 0;
    }
done:
    spil_free(triangles);
    return rc;
}

const spil_metric spil_metric_effective_size = {
    .name = "effective_size",
    .label_en = "Effective size",
    .label_nl = "Effectieve omvang",
    .summary = "Number of an entity's contacts, less those that its other contacts also lead to.",
    .source = "Burt 1992, Structural Holes; Borgatti 1997, Connections 20:35",
    .cost = "O(m^1.5)",
    .run = run,
};
