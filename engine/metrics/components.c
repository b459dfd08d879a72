/* components.c - see components.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Union by smaller vertex with path halving (Rem's scheme as told by Patwary, Blair & Manne 2010):
 * the root of a set is its smallest vertex, so numbering the roots in order numbers the components
 * by first vertex. First every vertex is joined to its first neighbours; the set that most vertices
 * are in by then needs no more looking at (Sutton, Ben-Nun & Barak 2018, "Afforest"), since an edge
 * that leaves it is also seen from the other side.
 */
#include "engine/metrics/components.h"

#include "engine/base/mem.h"

enum { FIRST_NEIGHBOURS = 2, SAMPLE = 1024 };

static spil_vid find(spil_vid *root, spil_vid v)
{
    while (root[v] != v)
        v = root[v] = root[root[v]];
    return v;
}

static void unite(spil_vid *root, spil_vid a, spil_vid b)
{
    a = find(root, a);
    b = find(root, b);
    if (a < b)
        root[b] = a;
    else
        root[a] = b;
}

static void unite_row(const spil_csr *g, spil_vid *root, spil_vid v, spil_eid begin, spil_eid end)
{
    for (spil_eid i = begin; i < end && i < g->row[v + 1]; i++)
        unite(root, v, g->col[i]);
}

/* Root that most of an even sample of vertices have (Boyer & Moore's vote, so perhaps not the
 * largest: that only costs time). */
static spil_vid common_root(spil_vid *root, spil_vid n)
{
    spil_vid candidate = 0;
    uint32_t votes = 0;
    for (uint32_t i = 0; i < SAMPLE; i++) {
        const spil_vid r = find(root, (spil_vid)((uint64_t)i * n / SAMPLE));
        if (votes == 0)
            candidate = r;
        if (r == candidate)
            votes++;
        else
            votes--;
    }
    return candidate;
}

spil_status spil_components_find(const spil_csr *g, uint32_t *of, uint32_t *count, spil_err *err)
{
    (void)err;
    uint32_t next = 0;
    for (spil_vid v = 0; v < g->n; v++)
        of[v] = v;
    for (spil_vid v = 0; v < g->n; v++)
        unite_row(g, of, v, g->row[v], g->row[v] + FIRST_NEIGHBOURS);
    const spil_vid common = g->n ? common_root(of, g->n) : 0;
    for (spil_vid v = 0; v < g->n; v++)
        if (find(of, v) != find(of, common))
            unite_row(g, of, v, g->row[v] + FIRST_NEIGHBOURS, g->row[v + 1]);
    /* A root is smaller than the rest of its set, so it has its number already. */
    for (spil_vid v = 0; v < g->n; v++)
        of[v] = of[v] == v ? next++ : of[of[v]];
    *count = next;
    return SPIL_OK;
}
