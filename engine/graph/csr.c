/* csr.c - see csr.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Idea: put every arc in the row of both its ends in input order; then read the rows in order of
 * vertex and append each entry to the row of its other end. The second pass is the transpose of a
 * symmetric matrix, so it changes nothing but the order within the rows, which is now ascending:
 * two counting passes instead of a sort, and entries of the same pair stay in input order. Equal
 * neighbours then stand side by side and merge where they are.
 *
 * Time O(n + arcs), space two copies of the entries while building.
 */
#include "engine/graph/csr.h"

#include "engine/base/mem.h"

#include <math.h>
#include <string.h>

typedef struct entries { /* rows before merging */
    spil_eid *row;
    spil_vid *col;
    double *weight;
} entries;

static void entries_free(entries *e)
{
    spil_free(e->row);
    spil_free(e->col);
    spil_free(e->weight);
    *e = (entries){NULL, NULL, NULL};
}

static spil_status entries_new(entries *e, spil_vid n, spil_eid count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(NEW_ARRAY(e->row, (size_t)n + 1, err));
    TRY(NEW_ARRAY(e->col, count, err));
    TRY(NEW_ARRAY(e->weight, count, err));
done:
    return rc;
}

static spil_status check_arcs(spil_vid n, const spil_arc *arcs, spil_eid arc_count, spil_err *err)
{
    for (spil_eid i = 0; i < arc_count; i++) {
        const spil_arc *const a = &arcs[i];
        if (a->from >= n || a->to >= n)
            return spil_fail(err, SPIL_RANGE, "arc %llu names vertex '%u', outside 0..%lld",
                             (unsigned long long)i, a->from >= n ? a->from : a->to,
                             (long long)n - 1);
        if (!(a->weight > 0) || !isfinite(a->weight))
            return spil_fail(err, SPIL_RANGE, "arc %llu has weight '%g', not a finite number > 0",
                             (unsigned long long)i, a->weight);
    }
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

static void append(entries *e, spil_vid row, spil_vid col, double weight)
{
    const spil_eid place = e->row[row]++;
    e->col[place] = col;
    e->weight[place] = weight;
}

static void fill_in_input_order(entries *e, spil_vid n, const spil_arc *arcs, spil_eid arc_count)
{
    for (spil_eid i = 0; i < arc_count; i++)
        if (arcs[i].from != arcs[i].to) {
            append(e, arcs[i].from, arcs[i].to, arcs[i].weight);
            append(e, arcs[i].to, arcs[i].from, arcs[i].weight);
        }
    rewind_cursors(e->row, n);
}

/* to: row holds the same offsets as from. */
static void transpose(const entries *from, entries *to, spil_vid n)
{
    for (spil_vid v = 0; v < n; v++)
        for (spil_eid i = from->row[v]; i < from->row[v + 1]; i++)
            append(to, from->col[i], v, from->weight[i]);
    rewind_cursors(to->row, n);
}

/* Merges equal neighbours in place. Returns the number of entries left. */
static spil_eid merge_rows(entries *e, spil_vid n)
{
    spil_eid kept = 0, begin = 0;
    for (spil_vid v = 0; v < n; v++) {
        const spil_eid end = e->row[v + 1], first = kept;
        for (spil_eid i = begin; i < end; i++) {
            if (kept > first && e->col[kept - 1] == e->col[i]) {
                e->weight[kept - 1] += e->weight[i];
            } else {
                e->col[kept] = e->col[i];
                e->weight[kept++] = e->weight[i];
            }
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
    TRY(RESIZE_ARRAY(e->weight, entry_count, err));
    g->m = entry_count / 2;
    g->row = e->row;
    g->col = e->col;
    g->weight = e->weight;
    *e = (entries){NULL, NULL, NULL};
done:
    return rc;
}

spil_status spil_csr_build(spil_csr **out, spil_vid n, const spil_arc *arcs, spil_eid arc_count,
                           unsigned flags, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_csr *g = NULL;
    entries raw = {NULL, NULL, NULL}, sorted = {NULL, NULL, NULL};
    spil_eid count = 0;

    if (n == SPIL_NO_VERTEX)
        return spil_fail(err, SPIL_LIMIT, "%u vertices are more than 2^32 - 2", n);
    TRY(check_arcs(n, arcs, arc_count, err));
    for (spil_eid i = 0; i < arc_count; i++)
        count += arcs[i].from != arcs[i].to ? 2 : 0;
    TRY(NEW(g, err));
    g->n = n;
    TRY(entries_new(&raw, n, count, err));
    for (spil_eid i = 0; i < arc_count; i++)
        if (arcs[i].from != arcs[i].to) {
            raw.row[arcs[i].from + 1]++;
            raw.row[arcs[i].to + 1]++;
        }
    prefix_sums(raw.row, n);
    fill_in_input_order(&raw, n, arcs, arc_count);
    TRY(entries_new(&sorted, n, count, err));
    memcpy(sorted.row, raw.row, ((size_t)n + 1) * sizeof *raw.row);
    transpose(&raw, &sorted, n);
    entries_free(&raw);
    count = merge_rows(&sorted, n);
    TRY(hand_over(g, &sorted, count, err));
    if (flags & SPIL_CSR_EDGE_IDS)
        TRY(number_edges(g, err));
    *out = g;
    g = NULL;
done:
    entries_free(&raw);
    entries_free(&sorted);
    spil_csr_free(g);
    return rc;
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
