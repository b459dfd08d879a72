/* needs.c - see needs.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/needs.h"

#include "engine/base/mem.h"
#include "engine/metrics/betweenness.h"
#include "engine/metrics/brandes.h"
#include "engine/metrics/core_graph.h"
#include "engine/metrics/harmonic_sampled.h"
#include "engine/metrics/likeness.h"
#include "engine/metrics/metric.h"
#include "engine/metrics/narrow_wave.h"
#include "engine/metrics/triangles.h"
#include "engine/metrics/twins.h"
#include "engine/metrics/wave.h"

#include <math.h>
#include <string.h>

enum { LANES = SPIL_BRANDES_LANES, FAR = 255, EVERY = 16 };

/* Rows once: offsets of 8 bytes, and both ends of 4. */
static double rows_of(const spil_csr *g)
{
    return 8.0 * g->n + 8.0 * (double)g->m;
}

/* ---- triangles ---- */

/* wedges: marks that are looked at; closed: of them, found. See engine/metrics/triangles.c. */
static spil_status count_wedges(const spil_csr *g, double *wedges, double *closed, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_heads heads = {NULL, NULL, NULL};
    uint64_t *count = NULL;
    *wedges = *closed = 0;
    TRY(spil_heads_fill(&heads, g, false, err));
    TRY(NEW_ARRAY(count, g->n, err));
    TRY(spil_triangles_count(g, count, err));
    for (spil_eid i = 0; i < g->m; i++)
        *wedges += (double)(heads.row[heads.col[i] + 1] - heads.row[heads.col[i]]);
    for (spil_vid v = 0; v < g->n; v++)
        *closed += (double)count[v] / 3;
done:
    spil_heads_release(&heads);
    spil_free(count);
    return rc;
}

/* ---- searches from 512 sources ---- */

static void add_degree(spil_wave *w, void *context, spil_vid v, const spil_line *fresh)
{
    (void)fresh;
    const double degree = (double)(w->part->row[v + 1] - w->part->row[v]);
#pragma omp atomic
    *(double *)context += degree;
}

static void strip(spil_wave *w, void *context, spil_vid begin, spil_vid end, bool *reached)
{
    spil_wave_strip(w, context, begin, end, reached, add_degree);
}

/* Neighbours looked at by vertices that a level reaches, in every EVERY-th batch. */
static spil_status count_waves(const spil_csr *g, bench_needs *out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_core_graph *core = NULL;
    spil_wave wave = {.part = NULL};
    spil_vid *sources = NULL;
    double looked = 0, batches = 0;
    TRY(spil_core_graph_new(&core, g, err));
    TRY(spil_wave_init(&wave, &core->part, err));
    const spil_vid n = core->part.n, step = SPIL_WAVE_SOURCES;
    TRY(NEW_ARRAY(sources, n, err));
    for (spil_vid x = 0; x < n; x++)
        sources[x] = x;
    TRY(spil_likeness_sort(&core->part, sources, n, err));
    for (spil_vid first = step * (EVERY / 2); first + step <= n; first += step * EVERY) {
        TRY(spil_wave_run(&wave, sources + first, step, strip, NULL, &looked, err));
        batches++;
    }
    const double all = ceil((double)n / step);
    if (batches > 0)
        *out = (bench_needs){looked / batches * all * sizeof(spil_line), looked / batches * all};
done:
    spil_wave_release(&wave);
    spil_core_graph_free(core);
    spil_free(sources);
    return rc;
}

/* ---- searches from 64 sources, drawn ---- */

static void add_narrow_degree(spil_narrow_wave *w, void *context, spil_vid v, uint64_t fresh)
{
    (void)fresh;
    const double degree = spil_degree(w->g, v);
#pragma omp atomic
    *(double *)context += degree;
}

static spil_vid narrow_strip(spil_narrow_wave *w, void *context, spil_vid begin, spil_vid end)
{
    return spil_narrow_wave_strip(w, context, begin, end, add_narrow_degree);
}

/* The same in a batch of vertices that are alike, times the batches that the metric takes: a word a
 * look. */
static spil_status count_narrow_waves(const spil_csr *g, bench_needs *out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_metric_opts opts = SPIL_METRIC_OPTS_DEFAULTS;
    const spil_sampling how = {6 * opts.error, opts.confidence, opts.seed, NULL};
    spil_sampled sampled = {0};
    bool enough = false;
    spil_narrow_wave wave = {.g = NULL};
    spil_vid sources[SPIL_NARROW_SOURCES];
    double looked = 0, *value = NULL;
    TRY(NEW_ARRAY(value, g->n, err));
    TRY(spil_harmonic_sampled(g, &how, g->n, value, &sampled, &enough, err));
    TRY(spil_narrow_wave_init(&wave, g, err));
    for (unsigned i = 0; i < SPIL_NARROW_SOURCES; i++)
        sources[i] = g->n / 2 + i;
    TRY(spil_narrow_wave_run(&wave, sources, SPIL_NARROW_SOURCES, narrow_strip, NULL, &looked,
                             err));
    looked *= (double)sampled.draws / SPIL_NARROW_SOURCES;
    *out = (bench_needs){looked * sizeof(uint64_t), looked};
done:
    spil_narrow_wave_release(&wave);
    spil_free(value);
    return rc;
}

/* ---- Brandes, sixteen sources at a time ---- */

static void distances(const spil_part *p, spil_vid source, uint8_t *d, spil_vid *queue)
{
    spil_vid end = 1;
    for (spil_vid v = 0; v < p->n; v++)
        d[v * LANES] = FAR;
    queue[0] = source;
    d[source * LANES] = 0;
    for (spil_vid at = 0; at < end; at++)
        for (spil_eid i = p->row[queue[at]]; i < p->row[queue[at] + 1]; i++)
            if (d[p->col[i] * LANES] == FAR) {
                d[p->col[i] * LANES] = (uint8_t)(d[queue[at] * LANES] + 1);
                queue[end++] = p->col[i];
            }
}

/* Levels in which some lane reaches v, as bits; 64 levels are enough for the graphs of the bench.
 */
static uint64_t levels_of(const uint8_t *d)
{
    uint64_t levels = 0;
    for (int lane = 0; lane < LANES; lane++)
        levels |= d[lane] != FAR && d[lane] > 0 ? UINT64_C(1) << (d[lane] & 63) : 0;
    return levels;
}

/* Levels in which v adds up the row of u. */
static uint64_t added(const uint8_t *v, const uint8_t *u)
{
    uint64_t levels = 0;
    for (int lane = 0; lane < LANES; lane++)
        levels |= v[lane] == u[lane] + 1 && v[lane] != FAR ? UINT64_C(1) << (v[lane] & 63) : 0;
    return levels;
}

/* Both ways: the marks of all neighbours in each level of v, and the rows of those that count. */
static void count_batch(const spil_part *p, const uint8_t *d, bench_needs *out)
{
    for (spil_vid v = 0; v < p->n; v++) {
        const int levels = __builtin_popcountll(levels_of(d + (size_t)v * LANES));
        out->looks += 2.0 * levels * (double)(p->row[v + 1] - p->row[v]);
        for (spil_eid i = p->row[v]; i < p->row[v + 1]; i++)
            out->bytes +=
                2.0 * LANES * sizeof(double) *
                __builtin_popcountll(added(d + (size_t)v * LANES, d + (size_t)p->col[i] * LANES));
    }
}

static spil_status count_brandes(const spil_csr *g, bench_needs *out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_parts *parts = NULL;
    spil_twins twins = {.of = NULL};
    uint8_t *d = NULL;
    spil_vid *queue = NULL, *sources = NULL;
    double batches = 0;
    TRY(spil_parts_split(&parts, g, NULL, err));
    if (parts->count == 0)
        goto done;
    TRY(spil_twins_merge(&twins, &parts->part[0], err)); /* the other blocks are small */
    const spil_vid n = twins.part.n;
    TRY(NEW_ARRAY(d, (size_t)n * LANES, err));
    TRY(NEW_ARRAY(queue, n, err));
    TRY(NEW_ARRAY(sources, n, err));
    for (spil_vid x = 0; x < n; x++)
        sources[x] = x;
    TRY(spil_likeness_sort(&twins.part, sources, n, err));
    for (spil_vid first = 0; first + LANES <= n; first += LANES * EVERY, batches++) {
        for (int lane = 0; lane < LANES; lane++)
            distances(&twins.part, sources[first + (spil_vid)lane], d + lane, queue);
        count_batch(&twins.part, d, out);
    }
    if (batches > 0) {
        out->bytes *= n / (double)LANES / batches;
        out->looks *= n / (double)LANES / batches;
    }
done:
    spil_twins_release(&twins);
    spil_parts_free(parts);
    spil_free(d);
    spil_free(queue);
    spil_free(sources);
    return rc;
}

/* ---- the table ---- */

static double lowered(const spil_csr *g, const double *core)
{
    double sum = 0;
    for (spil_vid v = 0; v < g->n; v++)
        sum += spil_degree(g, v) - core[v];
    return sum;
}

/* Products with the rows that the solvers take, counted in a debugger on a and on c. */
static const double eigenvector_steps[2] = {71, 39}, katz_steps[2] = {55, 61};

/* A product reads the rows and one vector, at each end, and writes another; beside: bytes a vertex
 * that the step moves in its other vectors. */
static bench_needs needs_of_steps(const spil_csr *g, const double steps[2], double beside)
{
    const double count = steps[g->n >= 1000000], n = g->n;
    return (bench_needs){count * (rows_of(g) + (16 + beside) * n), count * 2 * (double)g->m};
}

spil_status bench_needs_of(bench_needs *out, const spil_csr *g, const char *name,
                           const double *value, bool *known, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const double n = g->n, ends = 2 * (double)g->m, rows = rows_of(g);
    const bool large =
        n * (double)g->m > 16 * 2e10; /* harmonic is sampled, see metric_harmonic.c */
    double wedges = 0, closed = 0;
    *known = true;
    *out = (bench_needs){0, 0};
    if (strcmp(name, "component") == 0) { /* two neighbours a vertex, and its set at the end */
        *out = (bench_needs){8 * n + 8 * n, 3 * n};
    } else if (strcmp(name, "coreness") == 0) { /* each end a degree; a lowered one four places */
        *out = (bench_needs){rows + 20 * n, n + ends + 4 * lowered(g, value)};
    } else if (strcmp(name, "articulation") == 0) { /* each end a look at where its vertex stands */
        *out = (bench_needs){rows + 24 * n, ends + 2 * n};
    } else if (strcmp(name, "pagerank") == 0) { /* 47 steps of floats, three of doubles */
        *out = (bench_needs){50 * rows + 47 * 16 * n + 3 * 32 * n, 50 * ends};
    } else if (strcmp(name, "leiden") == 0) { /* one sweep: each end its community */
        *out = (bench_needs){rows + 8 * n, ends + n};
    } else if (strcmp(name, "eigenvector") == 0) {
        *out = needs_of_steps(g, eigenvector_steps, 552);
    } else if (strcmp(name, "katz") == 0) { /* the eigenvalue first */
        const bench_needs first = needs_of_steps(g, eigenvector_steps, 552);
        const bench_needs then = needs_of_steps(g, katz_steps, 32);
        *out = (bench_needs){first.bytes + then.bytes, first.looks + then.looks};
    } else if (strcmp(name, "clustering") == 0 || strcmp(name, "effective_size") == 0) {
        /* degrees of ends; marks; a count a triangle */
        TRY(count_wedges(g, &wedges, &closed, err));
        *out = (bench_needs){rows + 4 * wedges, 2 * ends + wedges + closed};
    } else if (strcmp(name, "constraint") == 0) { /* three links of a triangle each gain from two */
        TRY(count_wedges(g, &wedges, &closed, err));
        *out = (bench_needs){2 * rows + 4 * wedges, 3 * ends + wedges + 6 * closed};
    } else if (strcmp(name, "harmonic") == 0) {
        TRY(large ? count_narrow_waves(g, out, err) : count_waves(g, out, err));
    } else if (strcmp(name, "betweenness") == 0 && !large) {
        TRY(count_brandes(g, out, err));
    } else {
        *known = false;
    }
done:
    return rc;
}
