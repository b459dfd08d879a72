/* metric_effective_size.c - how many of a vertex's contacts are worth having.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     e(i) = k(i) - 2 t(i) / k(i)
 *
 * k the degree, t the links among i's contacts: each contact counts 1 less what it can also be
 * reached through (Burt 1992; in this form for links without weights Borgatti 1997, Connections
 * 20:35). 0 without contacts. t(i) is the number of triangles at i: see triangles.c. O(m^1.5).
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
