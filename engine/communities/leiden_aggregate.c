/* leiden_aggregate.c - Leiden, third phase: parts become the nodes of a smaller graph.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Links between two parts add up to one; links within a part vanish (they move with the node);
 * masses add up. Traag, Waltman & van Eck 2019, AggregateGraph. Cost O(n + links).
 *
 * Why it is fast. Each row is as long as the rows of its members together at most, so a stretch of
 * rows has its place before it is filled: stretches are filled in parallel. Within a stretch rows
 * close up, so that gaps stand between stretches alone: no memory is touched for what vanished, and
 * the next level reads rows that lie together.
 */
#include "engine/communities/leiden_level.h"

#include "engine/base/mem.h"
#include "engine/base/par.h"

enum { STRETCH = 256 }; /* parts */

static spil_status make_room(spil_level_rows *rows, size_t nodes, size_t entries, bool two,
                             spil_err *err)
{
    spil_status rc = SPIL_OK;
    if (nodes > rows->nodes) {
        rows->nodes = 0;
        TRY(RESIZE_ARRAY(rows->begin, nodes, err));
        TRY(RESIZE_ARRAY(rows->end, nodes, err));
        TRY(RESIZE_ARRAY(rows->mass, nodes, err));
        if (two)
            TRY(RESIZE_ARRAY(rows->other, nodes, err));
        rows->nodes = nodes;
    }
    if (entries > rows->entries) {
        rows->entries = 0;
        TRY(RESIZE_ARRAY(rows->col, entries, err));
        TRY(RESIZE_ARRAY(rows->weight, entries, err));
        rows->entries = entries;
    }
done:
    return rc;
}

/* work->queue: members by part, in the order of the nodes; work->first: where each part begins. */
static void list_members(spil_leiden_work *work, const spil_level *level, uint32_t parts)
{
    uint32_t *const first = work->first;
    for (uint32_t p = 0; p <= parts; p++)
        first[p] = 0;
    for (spil_vid v = 0; v < level->n; v++)
        first[work->map[v]]++;
    uint32_t next = 0;
    for (uint32_t p = 0; p <= parts; p++) {
        const uint32_t size = first[p];
        first[p] = next;
        next += size;
    }
    for (spil_vid v = 0; v < level->n; v++)
        work->queue[first[work->map[v]]++] = v;
    for (uint32_t p = parts; p > 0; p--)
        first[p] = first[p - 1];
    first[0] = 0;
}

/* Fills the row of a part from place on. Returns where it ends. */
static spil_eid fill_row(const spil_leiden_work *work, const spil_level *level,
                         spil_level_rows *rows, uint32_t part, spil_eid place,
                         const spil_tally *tally)
{
    double *const sum = tally->sum;
    uint32_t *const seen = tally->seen, count = 0;
    double mass = 0, other = 0;
    for (uint32_t m = work->first[part]; m < work->first[part + 1]; m++) {
        const spil_vid v = work->queue[m];
        spil_level_fetch(level, work->map, work->queue + m, level->n - m);
        mass += level->mass[v];
        if (level->other)
            other += level->other[v];
        for (spil_eid i = level->begin[v]; i < level->end[v]; i++) {
            const uint32_t to = work->map[level->col[i]];
            const double before = sum[to];
            seen[count] = to;
            count += before == 0;
            sum[to] = before + (level->weight ? level->weight[i] : 1);
        }
    }
    rows->begin[part] = place;
    for (uint32_t i = 0; i < count; i++) {
        rows->col[place] = seen[i];
        rows->weight[place] = sum[seen[i]];
        place += seen[i] != part;
        sum[seen[i]] = 0;
    }
    rows->end[part] = place;
    rows->mass[part] = mass;
    if (level->other)
        rows->other[part] = other;
    return place;
}

/* rows->begin of the first part of each stretch. */
static void lay_out(const spil_leiden_work *work, const spil_level *level, uint32_t parts,
                    spil_level_rows *rows)
{
    spil_eid place = 0;
    for (uint32_t p = 0; p < parts; p++) {
        if (p % STRETCH == 0)
            rows->begin[p] = place;
        for (uint32_t m = work->first[p]; m < work->first[p + 1]; m++)
            place += level->end[work->queue[m]] - level->begin[work->queue[m]];
    }
}

spil_status spil_leiden_aggregate(spil_level *next, spil_level_rows *rows, spil_leiden_work *work,
                                  const spil_level *level, uint32_t parts, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_eid entries = 0;
    const uint32_t stretches = parts / STRETCH + (parts % STRETCH != 0);
    for (spil_vid v = 0; v < level->n; v++)
        entries += level->end[v] - level->begin[v];
    TRY(make_room(rows, parts, entries + 1, level->other != NULL, err));
    list_members(work, level, parts);
    lay_out(work, level, parts, rows);
#pragma omp parallel for default(none) num_threads(work->threads)                                  \
    shared(work, level, rows, parts, stretches) schedule(dynamic, 1) /* parts differ in size */
    for (uint32_t s = 0; s < stretches; s++) {
        const uint32_t last = s + 1 < stretches ? (s + 1) * STRETCH : parts;
        spil_eid place = rows->begin[s * STRETCH];
        for (uint32_t p = s * STRETCH; p < last; p++)
            place = fill_row(work, level, rows, p, place, &work->tally[spil_par_thread()]);
    }
    *next = (spil_level){.n = parts,
                         .begin = rows->begin,
                         .end = rows->end,
                         .col = rows->col,
                         .weight = rows->weight,
                         .mass = rows->mass,
                         .other = level->other ? rows->other : NULL,
                         .rate = level->rate,
                         .least = level->least};
done:
    return rc;
}
