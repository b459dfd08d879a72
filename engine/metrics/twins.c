/* twins.c - see twins.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Neighbours are added up as 64-bit marks: equal sums are the candidates, equal rows decide. A
 * vertex cannot have twins of both kinds: were u apart from v and w linked to it, w would be next
 * to u too, so u next to v.
 */
#include "engine/metrics/twins.h"

#include "engine/base/mem.h"

#include <stdlib.h>

typedef struct marked {
    uint64_t mark;
    spil_vid vertex;
} marked;

static int by_mark(const void *a, const void *b)
{
    const marked *const x = a, *const y = b;
    if (x->mark != y->mark)
        return x->mark < y->mark ? -1 : 1;
    return (x->vertex > y->vertex) - (x->vertex < y->vertex);
}

/* A number that looks random, always the same for v (Steele et al. 2014, SplitMix64). */
static uint64_t mark_of(spil_vid v)
{
    uint64_t z = ((uint64_t)v + 1) * UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static spil_vid degree(const spil_part *p, spil_vid v)
{
    return (spil_vid)(p->row[v + 1] - p->row[v]);
}

/* Whether u and v have the same neighbours, u and v themselves left out. */
static bool are_twins(const spil_part *p, spil_vid u, spil_vid v)
{
    spil_eid i = p->row[u], k = p->row[v];
    if (degree(p, u) != degree(p, v))
        return false;
    for (;; i++, k++) {
        i += i < p->row[u + 1] && p->col[i] == v;
        k += k < p->row[v + 1] && p->col[k] == u;
        if (i == p->row[u + 1] || k == p->row[v + 1])
            return i == p->row[u + 1] && k == p->row[v + 1];
        if (p->col[i] != p->col[k])
            return false;
    }
}

/* first[v]: the smallest of v's twins, or v. list: room for n. Returns how many have an earlier
 * twin. */
static spil_vid find_twins(const spil_part *p, bool linked, marked *list, spil_vid *first)
{
    spil_vid found = 0;
    for (spil_vid v = 0; v < p->n; v++) {
        list[v] = (marked){linked ? mark_of(v) : 0, v};
        for (spil_eid i = p->row[v]; i < p->row[v + 1]; i++)
            list[v].mark += mark_of(p->col[i]);
    }
    qsort(list, p->n, sizeof *list, by_mark);
    for (spil_vid begin = 0, at = 1; at < p->n; at++) {
        const spil_vid u = list[begin].vertex, v = list[at].vertex;
        if (list[at].mark != list[begin].mark) {
            begin = at;
        } else if (first[u] == u && first[v] == v && are_twins(p, u, v)) {
            first[v] = u;
            found++;
        }
    }
    return found;
}

/* Numbers in the order of the first twins, so that neighbours still stand near each other. */
static void number_classes(const spil_part *block, const spil_vid *first, spil_twins *t)
{
    spil_vid n = 0;
    for (spil_vid v = 0; v < block->n; v++) {
        const spil_vid class = first[v] == v ? n++ : t->of[first[v]];
        t->of[v] = class;
        t->copies[class]++;
        t->source[class] += block->source[v];
        t->target[class] += block->target[v];
    }
    t->part.n = n;
}

/* A class has the neighbours of its first, each class once, itself left out. */
static void fill_rows(const spil_part *block, const spil_vid *first, spil_twins *t)
{
    spil_eid filled = 0;
    for (spil_vid v = 0; v < block->n; v++) {
        if (first[v] != v)
            continue;
        t->name[t->of[v]] = block->name[v];
        for (spil_eid i = block->row[v]; i < block->row[v + 1]; i++) {
            const spil_vid u = block->col[i];
            if (first[u] == u)
                t->col[filled++] = t->of[u];
        }
        t->row[t->of[v] + 1] = filled;
    }
}

/* squares[class]: sum of source x target of its members. Twins apart have all their neighbours
 * between them, as many paths through each. */
static void count_between(const spil_part *block, const spil_vid *first, double *squares,
                          spil_twins *t)
{
    for (spil_vid v = 0; v < block->n; v++)
        squares[t->of[v]] += block->source[v] * block->target[v];
    for (spil_vid v = 0; v < block->n; v++) {
        const spil_vid class = t->of[v];
        if (first[v] != v || t->copies[class] < 2)
            continue;
        const double pairs = t->source[class] * t->target[class] - squares[class];
        const double each = pairs / degree(block, v);
        bool linked = false;
        for (spil_eid i = block->row[v]; i < block->row[v + 1]; i++)
            linked = linked || t->of[block->col[i]] == class;
        for (spil_eid i = t->row[class]; i < t->row[class + 1] && !linked; i++)
            t->between[t->col[i]] += each;
    }
}

static spil_status allocate(spil_twins *t, spil_vid n, spil_eid entries, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(NEW_ARRAY(t->of, n, err));
    TRY(NEW_ARRAY(t->between, n, err));
    TRY(NEW_ARRAY(t->row, (size_t)n + 1, err));
    TRY(NEW_ARRAY(t->col, entries, err));
    TRY(NEW_ARRAY(t->name, n, err));
    TRY(NEW_ARRAY(t->source, n, err));
    TRY(NEW_ARRAY(t->target, n, err));
    TRY(NEW_ARRAY(t->copies, n, err));
done:
    return rc;
}

spil_status spil_twins_merge(spil_twins *out, const spil_part *block, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_twins t = {.part = *block};
    marked *list = NULL;
    spil_vid *first = NULL;
    double *squares = NULL;
    TRY(NEW_ARRAY(list, block->n, err));
    TRY(NEW_ARRAY(first, block->n, err));
    for (spil_vid v = 0; v < block->n; v++)
        first[v] = v;
    if (find_twins(block, false, list, first) + find_twins(block, true, list, first) > 0) {
        TRY(NEW_ARRAY(squares, block->n, err));
        TRY(allocate(&t, block->n, block->row[block->n], err));
        number_classes(block, first, &t);
        fill_rows(block, first, &t);
        count_between(block, first, squares, &t);
        t.part = (spil_part){t.part.n, t.row, t.col, t.name, t.source, t.target, t.copies};
    }
    *out = t;
    t = (spil_twins){.of = NULL};
done:
    spil_twins_release(&t);
    spil_free(list);
    spil_free(first);
    spil_free(squares);
    return rc;
}

void spil_twins_release(spil_twins *twins)
{
    spil_free(twins->of);
    spil_free(twins->between);
    spil_free(twins->row);
    spil_free(twins->col);
    spil_free(twins->name);
    spil_free(twins->source);
    spil_free(twins->target);
    spil_free(twins->copies);
    *twins = (spil_twins){.of = NULL};
}
