/* result_overview.c - the shown communities as a network of their own. See result_draft.h.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Linked pairs between members of two of them, drawn or not, are counted; positions by force, with
 * the run's seed. O(edges of the whole network + pairs log pairs).
 */
#include "engine/graph/igraph_view.h"
#include "engine/run/result_draft.h"

#include <stdlib.h>

static int by_ends(const void *left, const void *right)
{
    const spil_result_bridge *const a = left, *const b = right;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    return (a->to > b->to) - (a->to < b->to);
}

/* home: of each vertex the shown community, or SPIL_NOT_SHOWN. Counts only while out is NULL. */
static size_t walk_pairs(const spil_csr *csr, const uint32_t *home, spil_result_bridge *out)
{
    size_t count = 0;
    for (spil_vid v = 0; v < csr->n; v++)
        for (spil_eid at = csr->row[v]; home[v] != SPIL_NOT_SHOWN && at < csr->row[v + 1]; at++) {
            const uint32_t a = home[v], b = home[csr->col[at]];
            if (b == SPIL_NOT_SHOWN || a >= b) /* each pair of two communities once */
                continue;
            if (out)
                out[count] = (spil_result_bridge){a, b, 1};
            count++;
        }
    return count;
}

static void find_homes(const spil_draft *draft, uint32_t *home)
{
    const spil_results *const rows = draft->rows;
    for (spil_vid v = 0; v < draft->network->csr->n; v++)
        home[v] = SPIL_NOT_SHOWN;
    for (size_t c = 0; c < draft->result->community_count; c++) {
        const size_t k = draft->result->communities[c].number - 1;
        for (size_t i = rows->member_row[k]; i < rows->member_row[k + 1]; i++) {
            const spil_vid v = draft->network->vertex[rows->members[i].entity];
            if (v != SPIL_NO_VERTEX && home[v] == SPIL_NOT_SHOWN)
                home[v] = (uint32_t)c;
        }
    }
}

static spil_status place(const spil_draft *draft, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_result *const result = draft->result;
    spil_arc *arcs = NULL;
    spil_csr *csr = NULL;
    double *x = NULL, *y = NULL;
    const size_t n = result->community_count;
    TRY(NEW_ARRAY(arcs, result->bridge_count, err));
    TRY(NEW_ARRAY(x, n, err));
    TRY(NEW_ARRAY(y, n, err));
    for (size_t b = 0; b < result->bridge_count; b++)
        arcs[b] = (spil_arc){result->bridges[b].from, result->bridges[b].to, 1.0};
    TRY(spil_csr_build(&csr, (spil_vid)n, arcs, result->bridge_count, SPIL_CSR_EDGE_IDS, err));
    TRY(spil_igraph_layout(csr, result->run.seed, x, y, err));
    for (size_t c = 0; c < n; c++) {
        result->communities[c].x = x[c];
        result->communities[c].y = y[c];
    }
done:
    spil_csr_free(csr);
    spil_free(arcs);
    spil_free(x);
    spil_free(y);
    return rc;
}

spil_status spil_draft_overview(spil_draft *draft, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_result *const result = draft->result;
    const spil_csr *const csr = draft->network->csr;
    uint32_t *home = NULL;
    if (result->community_count == 0)
        return SPIL_OK;
    TRY(NEW_ARRAY(home, csr->n, err));
    find_homes(draft, home);
    const size_t pairs = walk_pairs(csr, home, NULL);
    TRY(DRAFT_ARRAY(draft, result->bridges, pairs, err));
    (void)walk_pairs(csr, home, result->bridges);
    qsort(result->bridges, pairs, sizeof *result->bridges, by_ends);
    for (size_t i = 0; i < pairs; i++) {
        spil_result_bridge *const last = &result->bridges[result->bridge_count];
        if (result->bridge_count > 0 && by_ends(last - 1, &result->bridges[i]) == 0)
            last[-1].pairs++;
        else
            result->bridges[result->bridge_count++] = result->bridges[i];
    }
    TRY(place(draft, err));
done:
    spil_free(home);
    return rc;
}
