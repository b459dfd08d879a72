/* csr.c - see csr.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Idea: count the entries of each row, put every arc in the row of both its ends in input order,
 * then sort each row where it stands, keeping the order of equal neighbours, and merge those. There
 * is one copy of the entries and no list of arcs: they are asked for twice. So the peak is what the
 * rows take before merging, 12 bytes an entry, or 4 without weights.
 *
 * Time O(n + arcs log d) for the largest row d; rows are sorted in parallel.
 */
#include "engine/graph/csr.h"

#include "engine/base/mem.h"

#include "engine/base/par.h"

#include <math.h>
#include <string.h>

enum { SHORT_ROW = 24 }; /* sorted by insertion */

typedef struct entries { /* rows before merging */
    spil_eid *row;
    spil_vid *col;
    double *weight; /* NULL: all 1 */
} entries;

static void entries_free(entries *e)
{
    spil_free(e->row);
    spil_free(e->col);
    spil_free(e->weight);
    *e = (entries){NULL, NULL, NULL};
}

static spil_status check_arc(spil_vid n, const spil_arc *a, spil_eid i, spil_err *err)
{
    if (a->from >= n || a->to >= n)
        return spil_fail(err, SPIL_RANGE, "arc %llu names vertex '%u', outside 0..%lld",
                         (unsigned long long)i, a->from >= n ? a->from : a->to, (long long)n - 1);
    if (!(a->weight > 0) || !isfinite(a->weight))
        return spil_fail(err, SPIL_RANGE, "arc %llu has weight '%g', not a finite number > 0",
                         (unsigned long long)i, a->weight);
    return SPIL_OK;
}

/* Turns the counts in row[1..n] into offsets; each row's cursor is then row[v]. */
static void prefix_sums(spil_eid *row, spil_vid n)
{
    for (spil_vid v = 0; v < n; v++)
        row[v + 1] += row[v];
}

/* After filling, cursor row[v] stands at the end of row v: move every offset back one place. */
static void rewind_cursors(spil_eid *row, spil_vid n)
{
    memmove(row + 1, row, (size_t)n * sizeof *row);
    row[0] = 0;
}

/* Counts the entries of row v in row[v + 1]. */
static spil_status count_entries(entries *e, spil_vid n, const spil_arc_source *arcs, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_arc a;
    TRY(NEW_ARRAY(e->row, (size_t)n + 1, err));
    TRY(arcs->rewind(arcs->user, err));
    for (spil_eid i = 0; arcs->next(arcs->user, &a); i++) {
        TRY(check_arc(n, &a, i, err));
        if (a.from != a.to) {
            e->row[a.from + 1]++;
            e->row[a.to + 1]++;
        }
    }
done:
    return rc;
}

static void append(entries *e, spil_vid row, spil_vid col, double weight)
{
    const spil_eid place = e->row[row]++;
    e->col[place] = col;
    if (e->weight)
        e->weight[place] = weight;
}

static spil_status fill_in_input_order(entries *e, spil_vid n, const spil_arc_source *arcs,
                                       spil_err *err)
{
    spil_arc a;
    const spil_status rc = arcs->rewind(arcs->user, err);
    if (rc != SPIL_OK)
        return rc;
    while (arcs->next(arcs->user, &a))
        if (a.from != a.to) {
            append(e, a.from, a.to, a.weight);
            append(e, a.to, a.from, a.weight);
        }
    rewind_cursors(e->row, n);
    return SPIL_OK;
}

/* ---- sorting rows ---- */

static void insert_sort(spil_vid *col, double *weight, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        const spil_vid c = col[i];
        const double w = weight ? weight[i] : 1;
        size_t at = i;
        for (; at > 0 && col[at - 1] > c; at--) {
            col[at] = col[at - 1];
            if (weight)
                weight[at] = weight[at - 1];
        }
        col[at] = c;
        if (weight)
            weight[at] = w;
    }
}

/* Two sorted neighbours of lengths left and count - left become one; room for left entries. */
static void merge_halves(spil_vid *col, double *weight, size_t left, size_t count, entries *room)
{
    size_t a = 0, b = left, to = 0;
    memcpy(room->col, col, left * sizeof *col);
    if (weight)
        memcpy(room->weight, weight, left * sizeof *weight);
    while (a < left) {
        const bool take_left = b == count || room->col[a] <= col[b];
        col[to] = take_left ? room->col[a] : col[b];
        if (weight)
            weight[to] = take_left ? room->weight[a] : weight[b];
        to++;
        a += take_left;
        b += !take_left;
    }
}

static void sort_row(spil_vid *col, double *weight, size_t count, entries *room)
{
    if (count <= SHORT_ROW) {
        insert_sort(col, weight, count);
        return;
    }
    for (size_t i = 0; i < count; i += SHORT_ROW)
        insert_sort(col + i, weight ? weight + i : NULL,
                    count - i < SHORT_ROW ? count - i : SHORT_ROW);
    for (size_t half = SHORT_ROW; half < count; half *= 2)
        for (size_t i = 0; i + half < count; i += 2 * half)
            merge_halves(col + i, weight ? weight + i : NULL, half,
                         count - i < 2 * half ? count - i : 2 * half, room);
}

static spil_status sort_rows(entries *e, spil_vid n, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const unsigned threads = spil_par_threads();
    entries *rooms = NULL; /* by thread */
    spil_eid longest = 0;
    for (spil_vid v = 0; v < n; v++)
        longest = e->row[v + 1] - e->row[v] > longest ? e->row[v + 1] - e->row[v] : longest;
    TRY(NEW_ARRAY(rooms, threads, err));
    for (unsigned t = 0; t < threads; t++) {
        TRY(NEW_ARRAY(rooms[t].col, longest, err));
        if (e->weight)
            TRY(NEW_ARRAY(rooms[t].weight, longest, err));
    }
#pragma omp parallel for default(none) shared(e, n, rooms)                                         \
    schedule(dynamic, 4096) if (n >= 8192) /* hubs cost more */
    for (spil_vid v = 0; v < n; v++)
        sort_row(e->col + e->row[v], e->weight ? e->weight + e->row[v] : NULL,
                 e->row[v + 1] - e->row[v], &rooms[spil_par_thread()]);
done:
    for (unsigned t = 0; rooms && t < threads; t++)
        entries_free(&rooms[t]);
    spil_free(rooms);
    return rc;
}

/* Merges equal neighbours in place. Returns the number of entries left. */
static spil_eid merge_rows(entries *e, spil_vid n)
{
    spil_eid kept = 0, begin = 0;
    for (spil_vid v = 0; v < n; v++) {
        const spil_eid end = e->row[v + 1], first = kept;
        for (spil_eid i = begin; i < end; i++) {
            if (kept > first && e->col[kept - 1] == e->col[i]) {
                if (e->weight)
                    e->weight[kept - 1] += e->weight[i];
                continue;
            }
            e->col[kept] = e->col[i];
            if (e->weight)
                e->weight[kept] = e->weight[i];
            kept++;
        }
        begin = end;
        e->row[v + 1] = kept;
    }
    return kept;
}

/* Rows are read in order, so the smaller ends of row w come up in the order of its entries: a
 * cursor a row finds the mirror of each entry. */
static spil_status number_edges(spil_csr *g, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_eid *cursor = NULL;
    uint32_t next = 0;
    if (g->m > UINT32_MAX)
        return spil_fail(err, SPIL_LIMIT, "%llu edges are more than 2^32 - 1",
                         (unsigned long long)g->m);
    TRY(NEW_ARRAY(g->edge, 2 * g->m, err));
    TRY(NEW_ARRAY(cursor, (size_t)g->n + 1, err));
    memcpy(cursor, g->row, ((size_t)g->n + 1) * sizeof *cursor);
    for (spil_vid v = 0; v < g->n; v++)
        for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
            if (g->col[i] > v) {
                g->edge[i] = next;
                g->edge[cursor[g->col[i]]++] = next++;
            }
done:
    spil_free(cursor);
    return rc;
}

static spil_status hand_over(spil_csr *g, entries *e, spil_eid entry_count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(RESIZE_ARRAY(e->col, entry_count, err)); /* give back what merging freed */
    if (e->weight)
        TRY(RESIZE_ARRAY(e->weight, entry_count, err));
    g->m = entry_count / 2;
    g->row = e->row;
    g->col = e->col;
    g->weight = e->weight;
    *e = (entries){NULL, NULL, NULL};
done:
    return rc;
}

spil_status spil_csr_build_from(spil_csr **out, spil_vid n, const spil_arc_source *arcs,
                                unsigned flags, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_csr *g = NULL;
    entries e = {NULL, NULL, NULL};
    if (n == SPIL_NO_VERTEX)
        return spil_fail(err, SPIL_LIMIT, "%u vertices are more than 2^32 - 2", n);
    TRY(count_entries(&e, n, arcs, err));
    TRY(NEW(g, err));
    g->n = n;
    prefix_sums(e.row, n);
    TRY(NEW_ARRAY(e.col, e.row[n], err));
    if (!(flags & SPIL_CSR_UNWEIGHTED))
        TRY(NEW_ARRAY(e.weight, e.row[n], err));
    TRY(fill_in_input_order(&e, n, arcs, err));
    TRY(sort_rows(&e, n, err));
    TRY(hand_over(g, &e, merge_rows(&e, n), err));
    if (flags & SPIL_CSR_EDGE_IDS)
        TRY(number_edges(g, err));
    *out = g;
    g = NULL;
done:
    entries_free(&e);
    spil_csr_free(g);
    return rc;
}

typedef struct list {
    const spil_arc *arcs;
    spil_eid count, at;
} list;

static spil_status list_rewind(void *user, spil_err *err)
{
    (void)err;
    ((list *)user)->at = 0;
    return SPIL_OK;
}

static bool list_next(void *user, spil_arc *arc)
{
    list *const l = user;
    if (l->at == l->count)
        return false;
    *arc = l->arcs[l->at++];
    return true;
}

spil_status spil_csr_build(spil_csr **out, spil_vid n, const spil_arc *arcs, spil_eid arc_count,
                           unsigned flags, spil_err *err)
{
    list l = {arcs, arc_count, 0};
    return spil_csr_build_from(out, n, &(spil_arc_source){list_rewind, list_next, &l}, flags, err);
}

void spil_csr_free(spil_csr *csr)
{
    if (!csr)
        return;
    spil_free(csr->row);
    spil_free(csr->col);
    spil_free(csr->weight);
    spil_free(csr->edge);
    spil_free(csr);
}
