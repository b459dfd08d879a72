/* metric_clustering.c - how many of a vertex's neighbours know each other.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * c(v) = 2 t(v) / (k(v) (k(v) - 1)), t(v) the triangles at v, 0 for a degree below 2 (Watts &
 * Strogatz 1998, Nature 393:440). With weights (Barrat et al. 2004, PNAS 101:3747) a triangle
 * counts by the links of v in it, w(v,j) and w(v,q), over their mean:
 *
 *     c(v) = sum over linked pairs {j, q} of contacts of (w(v,j) + w(v,q)) / (s(v) (k(v) - 1))
 *
 * O(m^1.5): each triangle is met once, from rows without the many links of hubs; see triangles.c
 * for the counting, ego.h for the weights.
 */
#include "engine/base/mem.h"
#include "engine/metrics/ego.h"
#include "engine/metrics/metric.h"
#include "engine/metrics/triangles.h"

static inline void closed(const spil_ego *ego, spil_contact *by, spil_contact *to, spil_vid q,
                          spil_vid j, double w)
{
    (void)ego, (void)q, (void)j, (void)w;
    by->sum += by->direct;
    to->sum += to->direct;
}

static double by_weight(const spil_ego *ego, spil_vid i)
{
    double sum = 0;
    const spil_vid degree = spil_degree(ego->g, i);
    if (degree < 2)
        return 0;
    SPIL_EGO_LINKS(ego, i, closed);
    for (spil_vid c = 0; c < degree; c++)
        sum += ego->contacts[c].sum;
    return sum / (degree - 1.0);
}

static spil_status run(const spil_csr *g, const spil_metric_opts *opts, double *value,
                       spil_metric_note *note, spil_err *err)
{
    spil_status rc = SPIL_OK;
    uint64_t *triangles = NULL;
    (void)note;
    if (opts->weighted)
        return spil_ego_run(g, true, by_weight, NULL, value, err);
    TRY(NEW_ARRAY(triangles, g->n, err));
    TRY(spil_triangles_count(g, triangles, err));
    for (spil_vid v = 0; v < g->n; v++)
        value[v] = spil_local_clustering(triangles[v], spil_degree(g, v));
done:
    spil_free(triangles);
    return rc;
}

const spil_metric spil_metric_clustering = {
    .name = "clustering",
    .label_en = "Local clustering",
    .label_nl = "Lokale clustering",
    .summary = "Share of the pairs of an entity's contacts that are linked themselves.",
    .source = "Watts & Strogatz 1998, Nature 393:440; Barrat et al. 2004, PNAS 101:3747",
    .cost = "O(m^1.5)",
    .run = run,
};
