/* lengths.c - see lengths.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A source: settle the vertices in order of distance; count paths in that order, from the
 * neighbours one link nearer; add up dependencies in the reverse order. Sources fall into CHUNKS
 * fixed chunks, each with sums of its own that are added in order.
 */
#include "engine/metrics/lengths.h"

#include "engine/base/mem.h"
#include "engine/base/par.h"

#include <math.h>
#include <stdatomic.h>
#include <string.h>

enum { CHUNKS = 32 };

typedef struct entry { /* of the heap: smallest distance first, ties by vertex */
    double distance;
    spil_vid vertex;
} entry;

typedef struct search {
    const spil_csr *g;
    const double *length;
    double *distance, *paths, *share; /* n; share: dependency of the source on the vertex */
    uint32_t *place;                  /* n: position in settled, UINT32_MAX before */
    spil_vid *settled;                /* n, in order */
    spil_vid count;
    entry *heap; /* 2m + 1 */
    size_t heap_count;
} search;

static void search_free(search *s)
{
    spil_free(s->distance);
    spil_free(s->paths);
    spil_free(s->share);
    spil_free(s->place);
    spil_free(s->settled);
    spil_free(s->heap);
}

static spil_status search_new(search *s, const spil_csr *g, const double *length, spil_err *err)
{
    spil_status rc = SPIL_OK;
    *s = (search){.g = g, .length = length};
    TRY(NEW_ARRAY(s->distance, g->n, err));
    TRY(NEW_ARRAY(s->paths, g->n, err));
    TRY(NEW_ARRAY(s->share, g->n, err));
    TRY(NEW_ARRAY(s->place, g->n, err));
    TRY(NEW_ARRAY(s->settled, g->n, err));
    TRY(NEW_ARRAY(s->heap, 2 * g->m + 1, err));
done:
    return rc;
}

static bool before(entry a, entry b)
{
    return a.distance < b.distance || (a.distance <= b.distance && a.vertex < b.vertex);
}

static void push(search *s, entry e)
{
    size_t at = s->heap_count++;
    while (at > 0 && before(e, s->heap[(at - 1) / 2])) {
        s->heap[at] = s->heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    s->heap[at] = e;
}

static entry pop(search *s)
{
    const entry top = s->heap[0], last = s->heap[--s->heap_count];
    size_t at = 0;
    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= s->heap_count)
            break;
        if (child + 1 < s->heap_count && before(s->heap[child + 1], s->heap[child]))
            child++;
        if (!before(s->heap[child], last))
            break;
        s->heap[at] = s->heap[child];
        at = child;
    }
    s->heap[at] = last;
    return top;
}

static double length_of(const search *s, spil_eid i)
{
    return s->length ? s->length[i] : 1;
}

static void settle(search *s, spil_vid source)
{
    for (spil_vid v = 0; v < s->g->n; v++) {
        s->distance[v] = HUGE_VAL;
        s->paths[v] = s->share[v] = 0;
        s->place[v] = UINT32_MAX;
    }
    s->count = 0;
    s->heap_count = 0;
    s->distance[source] = 0;
    push(s, (entry){0, source});
    while (s->heap_count > 0) {
        const spil_vid v = pop(s).vertex;
        if (s->place[v] != UINT32_MAX)
            continue;
        s->place[v] = s->count;
        s->settled[s->count++] = v;
        for (spil_eid i = s->g->row[v]; i < s->g->row[v + 1]; i++) {
            const double d = s->distance[v] + length_of(s, i);
            if (d < s->distance[s->g->col[i]]) {
                s->distance[s->g->col[i]] = d;
                push(s, (entry){d, s->g->col[i]});
            }
        }
    }
}

/* Entry i of the row of v leads to a vertex that is one link nearer to the source. */
static bool leads_back(const search *s, spil_vid v, spil_eid i)
{
    const spil_vid u = s->g->col[i];
    return s->place[u] < s->place[v] &&
           fabs(s->distance[u] + length_of(s, i) - s->distance[v]) <= 1e-10 * s->distance[v];
}

static bool run_source(search *s, spil_vid source, double *vertex, double *edge)
{
    const spil_csr *const g = s->g;
    settle(s, source);
    s->paths[source] = 1;
    for (spil_vid k = 1; k < s->count; k++) {
        const spil_vid v = s->settled[k];
        for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
            if (leads_back(s, v, i))
                s->paths[v] += s->paths[g->col[i]];
        if (!isfinite(s->paths[v]))
            return false;
    }
    for (spil_vid k = s->count; k-- > 1;) {
        const spil_vid v = s->settled[k];
        const double each = (1 + s->share[v]) / s->paths[v];
        for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
            if (leads_back(s, v, i)) {
                const double part = s->paths[g->col[i]] * each;
                s->share[g->col[i]] += part;
                if (edge)
                    edge[g->edge[i]] += part / 2; /* each pair is met from both ends */
            }
        if (vertex)
            vertex[v] += s->share[v] / 2;
    }
    return true;
}

static spil_status run_chunk(const spil_csr *g, const double *length, spil_vid first, spil_vid end,
                             double *vertex, double *edge, spil_progress *progress)
{
    spil_status rc = SPIL_OK;
    search s = {0};
    TRY(search_new(&s, g, length, NULL));
    for (spil_vid source = first; source < end; source++) {
        TRY(spil_check_stop(NULL));
        if (!run_source(&s, source, vertex, edge)) {
            rc = SPIL_MATH;
            break;
        }
        spil_progress_step(progress, 1);
    }
done:
    search_free(&s);
    return rc;
}

static void add_up(double *out, const double *chunk, size_t length)
{
    if (!out)
        return;
    memset(out, 0, length * sizeof *out);
    for (int c = 0; c < CHUNKS; c++)
        for (size_t i = 0; i < length; i++)
            out[i] += chunk[(size_t)c * length + i];
}

spil_status spil_lengths_betweenness(const spil_csr *g, const double *length,
                                     spil_progress *progress, double *vertex, double *edge,
                                     spil_err *err)
{
    spil_status rc = SPIL_OK;
    double *vertices = NULL, *edges = NULL;
    atomic_int worst = SPIL_OK;
    const bool with_vertex = vertex != NULL, with_edge = edge != NULL;
    TRY(NEW_ARRAY(vertices, with_vertex ? CHUNKS * (size_t)g->n : 0, err));
    TRY(NEW_ARRAY(edges, with_edge ? CHUNKS * (size_t)g->m : 0, err));
    spil_progress_begin(progress, "betweenness", g->n);
#pragma omp parallel for default(none) shared(g, length, vertices, edges, worst, progress)         \
    firstprivate(with_vertex, with_edge) schedule(dynamic, 1) /* pieces differ in size */
    for (int c = 0; c < CHUNKS; c++) {
        const spil_vid first = (spil_vid)((uint64_t)g->n * (uint64_t)c / CHUNKS);
        const spil_vid end = (spil_vid)((uint64_t)g->n * (uint64_t)(c + 1) / CHUNKS);
        const spil_status status =
            run_chunk(g, length, first, end, with_vertex ? vertices + (size_t)c * g->n : NULL,
                      with_edge ? edges + (size_t)c * g->m : NULL, progress);
        if (status != SPIL_OK)
            atomic_store(&worst, (int)status);
    }
    if (atomic_load(&worst) != SPIL_OK) {
        rc = spil_fail(err, (spil_status)atomic_load(&worst), "betweenness with lengths: %s",
                       spil_status_text((spil_status)atomic_load(&worst)));
        goto done;
    }
    spil_progress_end(progress);
    add_up(vertex, vertices, g->n);
    add_up(edge, edges, g->m);
done:
    spil_free(vertices);
    spil_free(edges);
    return rc;
}

/* ---- distances ---- */

static void sum_distances(search *s, spil_vid source, double *harmonic, double *farness)
{
    double near = 0, far = 0;
    settle(s, source);
    for (spil_vid k = 1; k < s->count; k++) {
        near += 1 / s->distance[s->settled[k]];
        far += s->distance[s->settled[k]];
    }
    if (harmonic)
        harmonic[source] = near;
    if (farness)
        farness[source] = far;
}

spil_status spil_lengths_distances(const spil_csr *g, const double *length, spil_progress *progress,
                                   double *harmonic, double *farness, spil_err *err)
{
    spil_status rc = SPIL_OK;
    search *searches = NULL;
    const unsigned threads = spil_par_threads();
    TRY(NEW_ARRAY(searches, threads, err));
    for (unsigned t = 0; t < threads; t++)
        TRY(search_new(&searches[t], g, length, err));
    spil_progress_begin(progress, "distances", g->n);
#pragma omp parallel for default(none) shared(g, searches, harmonic, farness, progress)            \
    schedule(dynamic, 16) /* pieces differ in size */
    for (spil_vid v = 0; v < g->n; v++) {
        if (spil_stop_requested())
            continue;
        sum_distances(&searches[spil_par_thread()], v, harmonic, farness);
        spil_progress_step(progress, 1);
    }
    spil_progress_end(progress);
    TRY(spil_check_stop(err));
done:
    for (unsigned t = 0; searches && t < threads; t++)
        search_free(&searches[t]);
    spil_free(searches);
    return rc;
}

spil_status spil_lengths_of_weights(double **length, const spil_csr *g, double most,
                                    const char *measure, spil_err *err)
{
    if ((double)g->n * (double)g->m > most)
        return spil_fail(err, SPIL_LIMIT,
                         "%s with weights on %u entities and %llu links takes long and cannot be "
                         "sampled: ask for it exactly, or leave the weights out",
                         measure, g->n, (unsigned long long)g->m);
    const spil_status rc = NEW_ARRAY(*length, 2 * g->m, err);
    for (spil_eid i = 0; rc == SPIL_OK && i < 2 * g->m; i++)
        (*length)[i] = 1 / spil_weight(g, i);
    return rc;
}
