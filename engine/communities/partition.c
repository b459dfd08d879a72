/* partition.c - see partition.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/communities/partition.h"

#include "engine/base/mem.h"

#include <stdlib.h>
#include <string.h>

/* ---- tidy ---- */

typedef struct piece_info {
    spil_vid size, first; /* smallest vertex */
    uint32_t label;
} piece_info;

static int by_size(const void *left, const void *right)
{
    const piece_info *const a = left, *const b = right;
    if (a->size != b->size)
        return a->size > b->size ? -1 : 1;
    return a->first < b->first ? -1 : a->first > b->first;
}

/* Connected parts of equal label, numbered by their smallest vertex. queue: n. */
static uint32_t split(uint32_t *piece, const uint32_t *of, const spil_csr *g, spil_vid *queue)
{
    uint32_t count = 0;
    memset(piece, 0xff, g->n * sizeof *piece);
    for (spil_vid root = 0; root < g->n; root++) {
        if (piece[root] != UINT32_MAX)
            continue;
        spil_vid head = 0, tail = 0;
        queue[tail++] = root;
        piece[root] = count;
        while (head < tail) {
            const spil_vid v = queue[head++];
            for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++) {
                const spil_vid u = g->col[i];
                if (piece[u] == UINT32_MAX && of[u] == of[v]) {
                    piece[u] = count;
                    queue[tail++] = u;
                }
            }
        }
        count++;
    }
    return count;
}

spil_status spil_partition_tidy(uint32_t *of, uint32_t *count, const spil_csr *g, spil_err *err)
{
    spil_status rc = SPIL_OK;
    uint32_t *piece = NULL;
    spil_vid *queue = NULL;
    piece_info *parts = NULL;
    TRY(NEW_ARRAY(piece, g->n, err));
    TRY(NEW_ARRAY(queue, g->n, err));
    const uint32_t found = split(piece, of, g, queue);
    TRY(NEW_ARRAY(parts, found, err));
    for (spil_vid v = g->n; v-- > 0;) {
        parts[piece[v]].size++;
        parts[piece[v]].first = v;
        parts[piece[v]].label = piece[v];
    }
    if (found)
        qsort(parts, found, sizeof *parts, by_size);
    uint32_t *const number = queue; /* its work is done, and there are at most n parts */
    for (uint32_t p = 0; p < found; p++)
        number[parts[p].label] = p;
    for (spil_vid v = 0; v < g->n; v++)
        of[v] = number[piece[v]];
    *count = found;
done:
    spil_free(piece);
    spil_free(queue);
    spil_free(parts);
    return rc;
}

/* ---- describe ---- */

void spil_partition_describe(const spil_partition *part, const spil_csr *g,
                             spil_community_stats *stats)
{
    for (spil_vid v = 0; v < g->n; v++) {
        if (part->of[v] == SPIL_NO_COMMUNITY)
            continue;
        spil_community_stats *const mine = &stats[part->of[v]];
        mine->size++;
        for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++) {
            if (part->of[g->col[i]] != part->of[v])
                mine->cut_edges++;
            else if (g->col[i] > v)
                mine->inner_edges++;
        }
    }
    for (uint32_t c = 0; c < part->count; c++) {
        spil_community_stats *const each = &stats[c];
        const double size = (double)each->size;
        const spil_eid volume = 2 * each->inner_edges + each->cut_edges;
        const spil_eid rest = 2 * g->m - volume;
        const spil_eid smaller = volume < rest ? volume : rest;
        each->density = size < 2 ? 1 : (double)each->inner_edges / (size * (size - 1) / 2);
        each->conductance = each->cut_edges ? (double)each->cut_edges / (double)smaller : 0;
    }
}

/* ---- compare ---- */

spil_status spil_partition_members(size_t **row_out, spil_vid **member_out,
                                   const spil_partition *part, spil_err *err)
{
    spil_status rc = SPIL_OK;
    size_t *row = NULL;
    spil_vid *member = NULL;
    TRY(NEW_ARRAY(row, (size_t)part->count + 2, err));
    TRY(NEW_ARRAY(member, part->n, err));
    for (spil_vid v = 0; v < part->n; v++)
        if (part->of[v] != SPIL_NO_COMMUNITY)
            row[part->of[v] + 2]++;
    for (uint32_t c = 0; c < part->count; c++)
        row[c + 2] += row[c + 1];
    for (spil_vid v = 0; v < part->n; v++)
        if (part->of[v] != SPIL_NO_COMMUNITY)
            member[row[part->of[v] + 1]++] = v;
    *row_out = row;
    *member_out = member;
    row = NULL;
    member = NULL;
done:
    spil_free(row);
    spil_free(member);
    return rc;
}

spil_status spil_partition_compare(const spil_partition *part, const uint32_t *labels,
                                   unsigned runs, spil_community_stats *stats, double *membership,
                                   spil_progress *progress, spil_err *err)
{
    spil_status rc = SPIL_OK;
    size_t *row = NULL;
    spil_vid *member = NULL, *together = NULL;
    TRY(spil_partition_members(&row, &member, part, err));
    TRY(NEW_ARRAY(together, part->n, err)); /* by label: members of this part that have it */
    for (uint32_t c = 0; c < part->count; c++) {
        const spil_vid *const begin = member + row[c], *const end = member + row[c + 1];
        const double others = (double)(end - begin) - 1;
        double kept = 0;
        if (spil_stop_requested())
            break;
        for (unsigned r = 0; r < runs; r++) {
            const uint32_t *const label = labels + (size_t)r * part->n;
            for (const spil_vid *v = begin; v < end; v++)
                together[label[*v]]++;
            for (const spil_vid *v = begin; v < end; v++) {
                const double share = others > 0 ? ((double)together[label[*v]] - 1) / others : 1;
                membership[*v] += share;
                kept += share;
            }
            for (const spil_vid *v = begin; v < end; v++)
                together[label[*v]] = 0;
        }
        for (const spil_vid *v = begin; v < end; v++)
            membership[*v] /= runs;
        stats[c].stability = kept / ((others + 1) * runs);
        spil_progress_step(progress, 1);
    }
    rc = spil_check_stop(err);
done:
    spil_free(row);
    spil_free(member);
    spil_free(together);
    return rc;
}
