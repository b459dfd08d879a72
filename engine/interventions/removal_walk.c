/* removal_walk.c - see removal_walk.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/interventions/removal_walk.h"

#include "engine/base/mem.h"

#include <math.h>

size_t spil_block_end(size_t point, size_t count, size_t block)
{
    return point * block < count ? point * block : count;
}

spil_status spil_curve_new(spil_curve **out, size_t count, size_t block, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_curve *curve = NULL;
    TRY(NEW(curve, err));
    curve->count = 1 + (count + block - 1) / block;
    TRY(NEW_ARRAY(curve->points, curve->count, err));
    *out = curve;
    curve = NULL;
done:
    spil_curve_free(curve);
    return rc;
}

spil_curve_point spil_sets_look(const spil_sets *sets, size_t removed)
{
    const double all = sets->left > 1 ? (double)sets->left * (sets->left - 1.0) : 0;
    return (spil_curve_point){.removed = removed,
                              .left = sets->left,
                              .largest = sets->largest,
                              .components = sets->components,
                              .fragmentation = all > 0 ? 1 - sets->pairs / all : 1,
                              .efficiency = (double)NAN};
}

void spil_walk_back(spil_curve *curve, spil_sets *sets, const spil_walk *walk)
{
    double area = 0;
    size_t at = walk->count;
    for (size_t point = curve->count; point-- > 0;) {
        const size_t end = spil_block_end(point, walk->count, walk->block);
        while (at > end) {
            area += sets->largest;
            walk->back(sets, walk->g, walk->order, --at);
        }
        curve->points[point] = spil_sets_look(sets, end);
    }
    const double before = curve->points[0].largest;
    for (size_t point = 0; point < curve->count; point++)
        curve->points[point].share = before > 0 ? curve->points[point].largest / before : 0;
    curve->robustness = walk->count > 0 ? area / (double)walk->count / walk->g->n : 1;
}
