/* removal_bands.c - how much of a curve is chance: ties, and links that nobody recorded. See
 * removal.h. SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/base/mem.h"
#include "engine/interventions/removal_walk.h"

#include <gsl/gsl_sort_double.h>
#include <gsl/gsl_statistics_double.h>

/* Values of all curves, a row a point. */
typedef struct heap_of_curves {
    double *share, *efficiency; /* points * curves */
    size_t points, curves;
} heap_of_curves;

void spil_bands_free(spil_bands *bands)
{
    if (!bands)
        return;
    spil_free(bands->share);
    spil_free(bands->efficiency);
    spil_free(bands);
}

static spil_band band_of(double *values, size_t count)
{
    gsl_sort(values, 1, count);
    return (spil_band){.mean = gsl_stats_mean(values, 1, count),
                       .low = gsl_stats_quantile_from_sorted_data(values, 1, count, 0.05),
                       .high = gsl_stats_quantile_from_sorted_data(values, 1, count, 0.95),
                       .least = values[0],
                       .most = values[count - 1]};
}

static spil_status bands_of(spil_bands **out, const heap_of_curves *heap, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_bands *bands = NULL;
    TRY(NEW(bands, err));
    bands->curves = heap->curves;
    bands->count = heap->points;
    TRY(NEW_ARRAY(bands->share, heap->points, err));
    TRY(NEW_ARRAY(bands->efficiency, heap->points, err));
    for (size_t point = 0; point < heap->points; point++) {
        bands->share[point] = band_of(heap->share + point * heap->curves, heap->curves);
        bands->efficiency[point] = band_of(heap->efficiency + point * heap->curves, heap->curves);
    }
    *out = bands;
    bands = NULL;
done:
    spil_bands_free(bands);
    return rc;
}

static void keep(heap_of_curves *heap, size_t which, const spil_curve *curve)
{
    for (size_t point = 0; point < heap->points; point++) {
        heap->share[point * heap->curves + which] = curve->points[point].share;
        heap->efficiency[point * heap->curves + which] = curve->points[point].efficiency;
    }
}

typedef struct sample {
    const spil_csr *g;
    const spil_ranking *ranking;
    const spil_strategy_opts *opts;
    size_t count;
    bool efficiency;
    double missing;
} sample;

/* A curve of the order that is made from what is seen, measured on all of g. */
static spil_status one_curve(heap_of_curves *heap, size_t which, const sample *s,
                             const spil_csr *seen, const spil_strategy_opts *opts, spil_vid *order,
                             spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_curve *curve = NULL;
    spil_strategy_opts quiet = *opts;
    quiet.progress = NULL;
    const size_t block = opts->block > 0 ? opts->block : 1;
    TRY(spil_ranking_order(s->ranking, seen, &quiet, s->count, order, err));
    TRY(spil_curve_measure(&curve, s->g, order, s->count, block, s->efficiency, NULL, err));
    keep(heap, which, curve);
done:
    spil_curve_free(curve);
    return rc;
}

static spil_status over_ties(heap_of_curves *heap, size_t which, const sample *s, spil_vid *order,
                             spil_vid *rank, spil_err *err)
{
    spil_strategy_opts opts = *s->opts;
    opts.rank = rank;
    if (which == 0)
        opts.rank = NULL; /* lowest first */
    else if (which == 1)
        spil_rank_reversed(s->g->n, rank);
    else
        spil_rank_random(s->g->n, s->opts->seed, which, rank);
    return one_curve(heap, which, s, s->g, &opts, order, err);
}

static spil_status over_missing(heap_of_curves *heap, size_t which, const sample *s,
                                spil_vid *order, spil_vid *rank, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_csr *seen = NULL;
    (void)rank;
    TRY(spil_graph_thinned(&seen, s->g, s->missing, s->opts->seed, which, err));
    TRY(one_curve(heap, which, s, seen, s->opts, order, err));
done:
    spil_csr_free(seen);
    return rc;
}

static spil_status sample_curves(spil_bands **out, const sample *s, size_t curves,
                                 spil_status (*one)(heap_of_curves *, size_t, const sample *,
                                                    spil_vid *, spil_vid *, spil_err *),
                                 spil_err *err)
{
    spil_status rc = SPIL_OK;
    const size_t block = s->opts->block > 0 ? s->opts->block : 1;
    heap_of_curves heap = {.points = 1 + (s->count + block - 1) / block, .curves = curves};
    spil_vid *order = NULL, *rank = NULL;
    TRY(NEW_ARRAY(heap.share, heap.points * curves, err));
    TRY(NEW_ARRAY(heap.efficiency, heap.points * curves, err));
    TRY(NEW_ARRAY(order, s->count, err));
    TRY(NEW_ARRAY(rank, s->g->n, err));
    spil_progress_begin(s->opts->progress, "curves", curves);
    for (size_t which = 0; which < curves; which++) {
        TRY(spil_check_stop(err));
        TRY(one(&heap, which, s, order, rank, err));
        spil_progress_step(s->opts->progress, 1);
    }
    spil_progress_end(s->opts->progress);
    TRY(bands_of(out, &heap, err));
done:
    spil_free(heap.share);
    spil_free(heap.efficiency);
    spil_free(order);
    spil_free(rank);
    return rc;
}

spil_status spil_curve_over_ties(spil_bands **out, const spil_csr *g, const spil_ranking *ranking,
                                 const spil_strategy_opts *opts, size_t count, size_t draws,
                                 bool efficiency, spil_err *err)
{
    const sample s = {g, ranking, opts, count, efficiency, 0};
    return sample_curves(out, &s, draws + 2, over_ties, err);
}

spil_status spil_curve_over_missing(spil_bands **out, const spil_csr *g,
                                    const spil_ranking *ranking, const spil_strategy_opts *opts,
                                    size_t count, double missing, size_t draws, bool efficiency,
                                    spil_err *err)
{
    if (draws == 0)
        return spil_fail(err, SPIL_RANGE, "no draws asked for");
    const sample s = {g, ranking, opts, count, efficiency, missing};
    return sample_curves(out, &s, draws, over_missing, err);
}
