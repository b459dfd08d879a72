/* metric_coreness.c - how deep in the dense middle a vertex lies.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The k-core is the largest subgraph in which every vertex has at least k neighbours; core(v) is
 * the largest k whose core holds v. Peel vertices in order of what degree is left: with the
 * vertices sorted by degree in buckets, lowering a degree by one swaps the vertex with the first of
 * its bucket and moves the border.
 *
 *     order:  | degree 1 | degree 2 | degree 3 |     begin[k]: first place of bucket k
 *
 * Batagelj & Zaversnik 2003, arXiv cs/0310049. O(n + m), each edge seen twice.
 */
#include "engine/base/mem.h"
#include "engine/metrics/metric.h"

enum { CHECK_EVERY = 1 << 16 };

typedef struct peeling {
    spil_vid *degree; /* n: what is left */
    spil_vid *order;  /* n */
    spil_vid *place;  /* n: where in order */
    spil_vid *begin;  /* largest degree + 2 */
} peeling;

static spil_vid largest_degree(const spil_csr *g)
{
    spil_vid largest = 0;
    for (spil_vid v = 0; v < g->n; v++)
        if (spil_degree(g, v) > largest)
            largest = spil_degree(g, v);
    return largest;
}

static void sort_by_degree(const spil_csr *g, peeling *p, spil_vid largest)
{
    for (spil_vid v = 0; v < g->n; v++)
        p->begin[(p->degree[v] = spil_degree(g, v)) + 1]++;
    for (spil_vid k = 0; k <= largest; k++)
        p->begin[k + 1] += p->begin[k];
    for (spil_vid v = 0; v < g->n; v++)
        p->order[p->place[v] = p->begin[p->degree[v]]++] = v;
    for (spil_vid k = largest + 1; k > 0; k--)
        p->begin[k] = p->begin[k - 1];
    p->begin[0] = 0;
}

static void lower(peeling *p, spil_vid u)
{
    const spil_vid to = p->begin[p->degree[u]]++, from = p->place[u];
    const spil_vid first = p->order[to];
    p->order[to] = u;
    p->order[from] = first;
    p->place[u] = to;
    p->place[first] = from;
    p->degree[u]--;
}

static spil_status peel(const spil_csr *g, peeling *p, spil_err *err)
{
    for (spil_vid i = 0; i < g->n; i++) {
        const spil_vid v = p->order[i];
        if (i % CHECK_EVERY == 0 && spil_stop_requested())
            break;
        for (spil_eid e = g->row[v]; e < g->row[v + 1]; e++)
            if (p->degree[g->col[e]] > p->degree[v])
                lower(p, g->col[e]);
    }
    return spil_check_stop(err);
}

static spil_status run(const spil_csr *g, const spil_metric_opts *opts, double *value,
                       spil_metric_note *note, spil_err *err)
{
    spil_status rc = SPIL_OK;
    peeling p = {NULL, NULL, NULL, NULL};
    const spil_vid largest = largest_degree(g);
    (void)opts, (void)note;
    TRY(NEW_ARRAY(p.degree, g->n, err));
    TRY(NEW_ARRAY(p.order, g->n, err));
    TRY(NEW_ARRAY(p.place, g->n, err));
    TRY(NEW_ARRAY(p.begin, (size_t)largest + 2, err));
    sort_by_degree(g, &p, largest);
    TRY(peel(g, &p, err));
    for (spil_vid v = 0; v < g->n; v++)
        value[v] = p.degree[v];
done:
    spil_free(p.degree);
    spil_free(p.order);
    spil_free(p.place);
    spil_free(p.begin);
    return rc;
}

const spil_metric spil_metric_coreness = {
    .name = "coreness",
    .label_en = "Coreness",
    .label_nl = "Kerngetal",
    .summary = "Largest k such that the entity stays while all with fewer than k links are taken "
               "away one by one.",
    .source = "Seidman 1983, Social Networks 5:269; Batagelj & Zaversnik 2003",
    .cost = "O(n + m)",
    .integral = true,
    .run = run,
};
