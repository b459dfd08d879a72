/* metric_clustering.c - how many of a vertex's neighbours know each other.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * c(v) = 2 t(v) / (k(v) (k(v) - 1)), t(v) the triangles at v, 0 for a degree below 2 (Watts &
 * Strogatz 1998, Nature 393:440). O(m^1.5): each triangle is met once, from rows without the many
 * links of hubs; see triangles.c for the counting.
 */
#include "engine/base/mem.h"
#include "engine/metrics/metric.h"
#include "engine/metrics/triangles.h"

static spil_status run(const spil_csr *g, const spil_metric_opts *opts, double *value,
                       spil_metric_note *note, spil_err *err)
{
    spil_status rc = SPIL_OK;
    uint64_t *triangles = NULL;
    (void)opts, (void)note;
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
    .source = "Watts & Strogatz 1998, Nature 393:440",
    .cost = "O(m^1.5)",
    .run = run,
};
