/* summary.c - see summary.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/metrics/summary.h"

#include "engine/base/mem.h"
#include "engine/base/par.h"
#include "engine/graph/igraph_view.h"
#include "engine/metrics/blocks.h"
#include "engine/metrics/components.h"
#include "engine/metrics/distances.h"
#include "engine/metrics/metric.h"
#include "engine/metrics/triangles.h"

#include <math.h>
#include <stdlib.h>

const spil_summary_field spil_summary_fields[] = {
#define X(field, en, nl, formula) {#field, en, nl, formula, offsetof(spil_summary, field)},
    SPIL_SUMMARY_LIST(X)
#undef X
};

const size_t spil_summary_field_count = sizeof spil_summary_fields / sizeof spil_summary_fields[0];

static const double most_pair_work = 1e11;
enum { MOST_CLIQUE_EDGES = 50000, MOST_CLIQUE_CORE = 60 };
static const double undefined = (double)NAN;

double spil_summary_value(const spil_summary *summary, size_t field)
{
    return *(const double *)((const char *)summary + spil_summary_fields[field].offset);
}

void spil_summary_free(spil_summary *summary)
{
    if (!summary)
        return;
    spil_free(summary->component_size);
    spil_free(summary);
}

static double share(double part, double whole)
{
    return whole > 0 ? part / whole : undefined;
}

/* ---- links and degrees ---- */

static void count_links(spil_summary *s, const spil_csr *g)
{
    s->vertices = g->n;
    s->edges = (double)g->m;
    s->density = share(2 * s->edges, s->vertices * (s->vertices - 1));
    s->weight_max = g->m ? 0 : undefined;
    for (spil_vid v = 0; v < g->n; v++)
        for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
            if (g->col[i] > v) {
                s->weight_sum += spil_weight(g, i);
                s->weight_max = fmax(s->weight_max, spil_weight(g, i));
            }
}

/* Over both directions of each link: r = cov(k, k') / var(k). Whole numbers up to 2^53 are exact.
 */
static void correlate_degrees(spil_summary *s, const spil_csr *g)
{
    double sum = 0, squares = 0, products = 0;
    const double ends = 2 * s->edges;
    for (spil_vid v = 0; v < g->n; v++) {
        const double k = spil_degree(g, v);
        double around = 0;
        for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
            around += spil_degree(g, g->col[i]);
        sum += k * k;
        squares += k * k * k;
        products += k * around;
    }
    const double mean = share(sum, ends), variance = squares / ends - mean * mean;
    s->assortativity =
        variance > 1e-12 * mean * mean ? (products / ends - mean * mean) / variance : undefined;
}

static spil_status count_triangles(spil_summary *s, const spil_csr *g, spil_err *err)
{
    spil_status rc = SPIL_OK;
    uint64_t *triangles = NULL;
    double closed = 0, wedges = 0, clustering = 0;
    TRY(NEW_ARRAY(triangles, g->n, err));
    TRY(spil_triangles_count(g, triangles, err));
    for (spil_vid v = 0; v < g->n; v++) {
        const double k = spil_degree(g, v);
        closed += 2 * (double)triangles[v];
        wedges += k * (k - 1);
        clustering += spil_local_clustering(triangles[v], spil_degree(g, v));
    }
    s->transitivity = share(closed, wedges);
    s->mean_clustering = share(clustering, s->vertices);
done:
    spil_free(triangles);
    return rc;
}

/* ---- pieces ---- */

static int larger_first(const void *a, const void *b)
{
    const spil_vid x = *(const spil_vid *)a, y = *(const spil_vid *)b;
    return (x < y) - (x > y);
}

/* largest: set to the number of the largest component, the first of equals. */
static spil_status measure_components(spil_summary *s, const spil_csr *g, uint32_t *of,
                                      uint32_t *largest, spil_err *err)
{
    spil_status rc = SPIL_OK;
    double joined = 0;
    TRY(spil_components_find(g, of, &s->component_count, err));
    TRY(NEW_ARRAY(s->component_size, s->component_count, err));
    for (spil_vid v = 0; v < g->n; v++)
        s->component_size[of[v]]++;
    *largest = 0;
    for (uint32_t k = 1; k < s->component_count; k++)
        if (s->component_size[k] > s->component_size[*largest])
            *largest = k;
    for (uint32_t k = 0; k < s->component_count; k++)
        joined += (double)s->component_size[k] * ((double)s->component_size[k] - 1);
    s->components = s->component_count;
    s->fragmentation = 1 - share(joined, s->vertices * (s->vertices - 1));
    for (spil_vid v = 0; v < g->n; v++)
        if (of[v] == *largest)
            s->largest_edges += (double)spil_degree(g, v) / 2;
    if (s->component_count > 0) {
        s->largest = s->component_size[*largest];
        qsort(s->component_size, s->component_count, sizeof *s->component_size, larger_first);
    }
done:
    return rc;
}

static spil_status measure_distances(spil_summary *s, const spil_csr *g, const uint32_t *of,
                                     uint32_t largest, spil_progress *progress, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_distance_sums sums = {NULL, NULL, NULL};
    double far = 0;
    s->diameter = s->mean_path = s->efficiency = s->distance_fragmentation = undefined;
    if (s->vertices * s->edges > most_pair_work || g->n == 0)
        return SPIL_OK;
    TRY(NEW_ARRAY(sums.harmonic, g->n, err));
    TRY(NEW_ARRAY(sums.farness, g->n, err));
    TRY(NEW_ARRAY(sums.eccentricity, g->n, err));
    TRY(spil_distances_sum(g, progress, &sums, err));
    s->diameter = 0;
    for (spil_vid v = 0; v < g->n; v++)
        if (of[v] == largest) {
            s->diameter = fmax(s->diameter, sums.eccentricity[v]);
            far += (double)sums.farness[v];
        }
    s->mean_path = share(far, s->largest * (s->largest - 1));
    s->efficiency = share(spil_ordered_sum(sums.harmonic, g->n), s->vertices * (s->vertices - 1));
    s->distance_fragmentation = 1 - s->efficiency;
done:
    spil_free(sums.harmonic);
    spil_free(sums.farness);
    spil_free(sums.eccentricity);
    return rc;
}

static spil_status count_joints(spil_summary *s, const spil_csr *g, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_blocks *blocks = NULL;
    uint8_t *is = NULL;
    TRY(NEW_ARRAY(is, g->n, err));
    TRY(spil_blocks_find(&blocks, g, err));
    spil_blocks_articulation(blocks, is);
    for (spil_vid v = 0; v < g->n; v++)
        s->articulation_points += is[v];
    s->bridges = spil_blocks_bridges(blocks);
done:
    spil_blocks_free(blocks);
    spil_free(is);
    return rc;
}

/* ---- density in the middle ---- */

static spil_status find_core(spil_summary *s, const spil_csr *g, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_metric_opts opts = SPIL_METRIC_OPTS_DEFAULTS;
    double *core = NULL;
    TRY(NEW_ARRAY(core, g->n, err));
    TRY(spil_metric_find("coreness")->run(g, &opts, core, NULL, err));
    s->max_core = share(0, s->vertices);
    for (spil_vid v = 0; v < g->n; v++)
        s->max_core = fmax(s->max_core, core[v]);
done:
    spil_free(core);
    return rc;
}

static spil_status find_clique(spil_summary *s, const spil_csr *g, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_igraph *graph = NULL;
    s->clique_number = undefined;
    if (g->m > MOST_CLIQUE_EDGES || !(s->max_core <= MOST_CLIQUE_CORE))
        return SPIL_OK;
    TRY(spil_igraph_new(&graph, g, err));
    TRY(spil_igraph_figure_run(graph, SPIL_IGRAPH_CLIQUE_NUMBER, &s->clique_number, err));
done:
    spil_igraph_free(graph);
    return rc;
}

spil_status spil_summary_compute(spil_summary **out, const spil_csr *g, spil_progress *progress,
                                 spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_summary *s = NULL;
    uint32_t *of = NULL, largest = 0;
    TRY(NEW(s, err));
    TRY(NEW_ARRAY(of, g->n, err));
    count_links(s, g);
    correlate_degrees(s, g);
    TRY(count_triangles(s, g, err));
    TRY(measure_components(s, g, of, &largest, err));
    TRY(measure_distances(s, g, of, largest, progress, err));
    TRY(count_joints(s, g, err));
    TRY(find_core(s, g, err));
    TRY(find_clique(s, g, err));
    *out = s;
    s = NULL;
done:
    spil_summary_free(s);
    spil_free(of);
    return rc;
}
