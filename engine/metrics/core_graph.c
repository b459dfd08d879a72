/* core_graph.c - see core_graph.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/metrics/core_graph.h"

#include "engine/base/mem.h"

#include <string.h>

static bool is_leaf(const spil_csr *g, spil_vid v)
{
    if (spil_degree(g, v) != 1)
        return false;
    const spil_vid u = g->col[g->row[v]];
    return spil_degree(g, u) > 1 || u < v;
}

/* Gives the core's vertices their numbers; name doubles as the queue. */
static spil_vid number_core(const spil_csr *g, spil_core_graph *core)
{
    spil_vid end = 0, at = 0;
    memset(core->anchor, 0xff, (size_t)g->n * sizeof *core->anchor);
    for (spil_vid root = 0; root < g->n; root++) {
        if (core->anchor[root] != SPIL_NO_VERTEX || is_leaf(g, root))
            continue;
        core->anchor[root] = end;
        core->name[end++] = root;
        for (; at < end; at++)
            for (spil_eid i = g->row[core->name[at]]; i < g->row[core->name[at] + 1]; i++) {
                const spil_vid u = g->col[i];
                if (core->anchor[u] == SPIL_NO_VERTEX && !is_leaf(g, u)) {
                    core->anchor[u] = end;
                    core->name[end++] = u;
                }
            }
    }
    return end;
}

static void hang_leaves(const spil_csr *g, spil_core_graph *core)
{
    for (spil_vid v = 0; v < g->n; v++)
        if (is_leaf(g, v)) {
            core->anchor[v] = core->anchor[g->col[g->row[v]]];
            core->leaves[core->anchor[v]]++;
        }
}

/* Row x holds the degree less the leaves; appending each x to its neighbours' rows sorts them. */
static void fill_rows(const spil_csr *g, spil_core_graph *core, spil_vid n)
{
    spil_eid *const row = core->row;
    for (spil_vid x = 0; x < n; x++)
        row[x + 1] = row[x] + spil_degree(g, core->name[x]) - (spil_eid)core->leaves[x];
    for (spil_vid x = 0; x < n; x++)
        for (spil_eid i = g->row[core->name[x]]; i < g->row[core->name[x] + 1]; i++)
            if (!is_leaf(g, g->col[i]))
                core->col[row[core->anchor[g->col[i]]]++] = x;
    memmove(row + 1, row, (size_t)n * sizeof *row);
    row[0] = 0;
}

spil_status spil_core_graph_new(spil_core_graph **out, const spil_csr *g, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_core_graph *core = NULL;
    TRY(NEW(core, err));
    TRY(NEW_ARRAY(core->anchor, g->n, err));
    TRY(NEW_ARRAY(core->name, g->n, err));
    TRY(NEW_ARRAY(core->leaves, g->n, err));
    TRY(NEW_ARRAY(core->row, (size_t)g->n + 1, err));
    TRY(NEW_ARRAY(core->col, 2 * g->m, err));
    const spil_vid n = number_core(g, core);
    hang_leaves(g, core);
    fill_rows(g, core, n);
    core->part = (spil_part){n, core->row, core->col, core->name, NULL, core->leaves, NULL};
    *out = core;
    core = NULL;
done:
    spil_core_graph_free(core);
    return rc;
}

void spil_core_graph_free(spil_core_graph *core)
{
    if (!core)
        return;
    spil_free(core->anchor);
    spil_free(core->name);
    spil_free(core->leaves);
    spil_free(core->row);
    spil_free(core->col);
    spil_free(core);
}

bool spil_core_graph_is_leaf(const spil_core_graph *core, spil_vid v)
{
    return core->name[core->anchor[v]] != v;
}
