/* triangles.c - see triangles.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every edge points from its end with the smaller degree to the other (ties by number), so a row
 * holds at most sqrt(2m) heads, and every triangle has one vertex with two heads that are joined:
 *
 *         u
 *        / \        mark the heads of u; for each head v, each head w of v that is
 *       v > w       marked closes the triangle u v w.
 *
 * Forward algorithm (Schank & Wagner 2005; Latapy 2008), O(m^1.5) and near to O(m) where most
 * degrees are small: a hub's links stand at their other ends, so nobody walks along them. A thread
 * marks in its own array of stamps and counts in its own array of whole numbers; whole numbers add
 * up the same in any order.
 */
#include "engine/metrics/triangles.h"

#include "engine/base/mem.h"
#include "engine/base/par.h"

static bool points(const spil_csr *g, spil_vid from, spil_vid to)
{
    const spil_vid a = spil_degree(g, from), b = spil_degree(g, to);
    return a < b || (a == b && from < to);
}

spil_status spil_heads_fill(spil_heads *heads, const spil_csr *g, bool with_from, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_eid kept = 0;
    *heads = (spil_heads){NULL, NULL, NULL};
    TRY(NEW_ARRAY(heads->row, (size_t)g->n + 1, err));
    TRY(NEW_ARRAY(heads->col, g->m, err));
    if (with_from)
        TRY(NEW_ARRAY(heads->from, g->m, err));
    for (spil_vid v = 0; v < g->n; v++) {
        for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
            if (points(g, v, g->col[i])) {
                if (with_from)
                    heads->from[kept] = i;
                heads->col[kept++] = g->col[i];
            }
        heads->row[v + 1] = kept;
    }
done:
    return rc; /* what was filled is released by the caller, who has to do so anyway */
}

void spil_heads_release(spil_heads *heads)
{
    spil_free(heads->row);
    spil_free(heads->col);
    spil_free(heads->from);
    *heads = (spil_heads){NULL, NULL, NULL};
}

/* mark[w] == u + 1 says that w is a head of u. */
static void close_triangles(const spil_heads *h, spil_vid u, spil_vid *mark, uint32_t *count)
{
    for (spil_eid i = h->row[u]; i < h->row[u + 1]; i++)
        mark[h->col[i]] = u + 1;
    for (spil_eid i = h->row[u]; i < h->row[u + 1]; i++) {
        const spil_vid v = h->col[i];
        uint32_t closed = 0;
        for (spil_eid j = h->row[v]; j < h->row[v + 1]; j++)
            if (mark[h->col[j]] == u + 1) {
                closed++;
                count[h->col[j]]++;
            }
        count[v] += closed;
        count[u] += closed;
    }
}

spil_status spil_triangles_count(const spil_csr *g, uint64_t *count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_vid n = g->n;
    const unsigned threads = spil_par_threads();
    spil_heads h = {NULL, NULL, NULL};
    spil_vid *mark = NULL;
    uint32_t *part = NULL; /* a vertex in 2^32 triangles seen by one thread has degree > 92,000 */
    TRY(spil_heads_fill(&h, g, false, err));
    TRY(NEW_ARRAY(mark, (size_t)threads * n, err));
    TRY(NEW_ARRAY(part, (size_t)threads * n, err));
#pragma omp parallel for default(none) shared(n, h, mark, part) schedule(dynamic, 512) if (n > 1024)
    for (spil_vid u = 0; u < n; u++) {
        const size_t mine = (size_t)spil_par_thread() * n;
        if (!spil_stop_requested())
            close_triangles(&h, u, mark + mine, part + mine);
    }
    TRY(spil_check_stop(err));
    for (spil_vid v = 0; v < n; v++) {
        count[v] = 0;
        for (unsigned t = 0; t < threads; t++)
            count[v] += part[(size_t)t * n + v];
    }
done:
    spil_heads_release(&h);
    spil_free(mark);
    spil_free(part);
    return rc;
}

double spil_local_clustering(uint64_t triangles, spil_vid degree)
{
    if (degree < 2)
        return 0;
    return 2.0 * (double)triangles / ((double)degree * ((double)degree - 1));
}
