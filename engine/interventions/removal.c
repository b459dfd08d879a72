/* removal.c - see removal.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sizes of components are counted backwards: start with all that is left at the end and put the
 * removed back one by one, joining sets (Newman & Ziff 2000, PRL 85:4104). So a whole curve takes
 * O((n + m) alpha). Efficiency goes forwards, component by component (pieces.h): a removal costs
 * one search of the component that changed.
 */
#include "engine/interventions/removal.h"

#include "engine/base/mem.h"
#include "engine/base/par.h"
#include "engine/interventions/pieces.h"
#include "engine/interventions/removal_walk.h"
#include "engine/metrics/distances.h"

#include <math.h>

/* ---- curves ---- */

void spil_curve_free(spil_curve *curve)
{
    if (!curve)
        return;
    spil_free(curve->points);
    spil_free(curve);
}

static void vertex_back(spil_sets *s, const spil_csr *g, const void *order, size_t i)
{
    spil_sets_add_with_links(s, g, ((const spil_vid *)order)[i]);
}

static spil_status score_nearness(const spil_csr *g, const spil_vid *name, void *user,
                                  double *score, spil_err *err)
{
    (void)name, (void)user;
    return spil_distances_sum(g, NULL, &(spil_distance_sums){.harmonic = score}, err);
}

/* Over those still there. copy: n. */
double spil_mean_nearness(const double *score, spil_vid n, double *copy)
{
    size_t left = 0;
    for (spil_vid v = 0; v < n; v++) {
        copy[v] = isnan(score[v]) ? 0 : score[v];
        left += isnan(score[v]) ? 0 : 1;
    }
    return left > 1 ? spil_ordered_sum(copy, n) / ((double)left * ((double)left - 1)) : 0;
}

static spil_status fill_efficiency(spil_curve *curve, const spil_csr *g, const spil_vid *order,
                                   size_t count, size_t block, spil_progress *progress,
                                   spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_pieces *pieces = NULL;
    double *copy = NULL;
    TRY(NEW_ARRAY(copy, g->n, err));
    TRY(spil_pieces_new(&pieces, g, false, score_nearness, NULL, err));
    spil_progress_begin(progress, "efficiency", count);
    curve->points[0].efficiency = spil_mean_nearness(spil_pieces_score(pieces), g->n, copy);
    for (size_t point = 1; point < curve->count; point++) {
        const size_t first = spil_block_end(point - 1, count, block),
                     end = spil_block_end(point, count, block);
        TRY(spil_check_stop(err));
        TRY(spil_pieces_remove(pieces, order + first, end - first, true, err));
        curve->points[point].efficiency = spil_mean_nearness(spil_pieces_score(pieces), g->n, copy);
        spil_progress_step(progress, end - first);
    }
    spil_progress_end(progress);
done:
    spil_pieces_free(pieces);
    spil_free(copy);
    return rc;
}

spil_status spil_curve_measure(spil_curve **out, const spil_csr *g, const spil_vid *order,
                               size_t count, size_t block, bool efficiency, spil_progress *progress,
                               spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_curve *curve = NULL;
    uint8_t *gone = NULL;
    spil_sets s = {0};
    TRY(spil_curve_new(&curve, count, block, err));
    TRY(NEW_ARRAY(gone, g->n, err));
    TRY(spil_sets_new(&s, g->n, err));
    for (size_t i = 0; i < count; i++)
        gone[order[i]] = 1;
    for (spil_vid v = 0; v < g->n; v++)
        if (!gone[v])
            spil_sets_add_with_links(&s, g, v);
    spil_walk_back(curve, &s, &(spil_walk){g, order, count, block, vertex_back});
    if (efficiency)
        TRY(fill_efficiency(curve, g, order, count, block, progress, err));
    *out = curve;
    curve = NULL;
done:
    spil_curve_free(curve);
    spil_free(gone);
    spil_sets_free(&s);
    return rc;
}

spil_status spil_curve_look(spil_curve_point *out, const spil_csr *g, spil_vid before,
                            bool efficiency, spil_err *err)
{
    spil_status rc = SPIL_OK;
    double *near = NULL;
    spil_sets s = {0};
    TRY(spil_sets_new(&s, g->n, err));
    for (spil_vid v = 0; v < g->n; v++)
        spil_sets_add_with_links(&s, g, v);
    spil_curve_point point = spil_sets_look(&s, 0);
    point.share = before > 0 ? (double)point.largest / before : 0;
    if (efficiency) {
        TRY(NEW_ARRAY(near, 2 * (size_t)g->n, err));
        TRY(spil_distances_sum(g, NULL, &(spil_distance_sums){.harmonic = near}, err));
        point.efficiency = spil_mean_nearness(near, g->n, near + g->n);
    }
    *out = point;
done:
    spil_sets_free(&s);
    spil_free(near);
    return rc;
}
