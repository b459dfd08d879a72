/* leiden_iterate.c - see leiden_iterate.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An iteration moves nodes (leiden_move.c), splits the communities into parts (leiden_refine.c),
 * makes the parts the nodes of the next level (leiden_aggregate.c), and goes on there, until every
 * community is one node, hence connected. The next iteration starts from its result, and may take
 * apart what was joined.
 */
#include "engine/communities/leiden_iterate.h"

#include "engine/base/mem.h"
#include "engine/base/par.h"
#include "engine/base/progress.h"
#include "engine/communities/leiden_setup.h"
#include "engine/communities/partition.h"
#include "engine/stats/draw.h"

#include <string.h>

enum { WORTH_THREADS = 20000 }; /* vertices */

/* ---- what a run works with ---- */

void spil_leiden_work_free(spil_leiden_work *work)
{
    if (!work)
        return;
    for (unsigned t = 0; work->tally && t < work->team; t++) {
        spil_free(work->tally[t].sum);
        spil_free(work->tally[t].seen);
    }
    spil_free(work->tally);
    spil_free(work->ledger.label);
    spil_free(work->ledger.size);
    spil_free(work->ledger.account);
    spil_free(work->ledger.other);
    spil_free(work->ledger.empty);
    spil_free(work->order);
    spil_free(work->queue);
    spil_free(work->flag);
    spil_free(work->node);
    spil_free(work->first_node);
    spil_free(work->part);
    spil_free(work->map);
    spil_free(work->first);
    spil_free(work->part_mass);
    spil_free(work->part_other);
    spil_free(work->part_links);
    for (unsigned i = 0; i < SPIL_LEIDEN_LEVELS; i++) {
        spil_level_rows *const rows = &work->rows[i];
        spil_free(rows->begin);
        spil_free(rows->end);
        spil_free(rows->col);
        spil_free(rows->weight);
        spil_free(rows->mass);
        spil_free(rows->other);
    }
    spil_free(work);
}

spil_status spil_leiden_work_new(spil_leiden_work **out, spil_vid n, bool two, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_leiden_work *work = NULL;
    const size_t second = two ? n : 0;
    TRY(NEW(work, err));
    work->team = n < WORTH_THREADS ? 1 : spil_par_team();
    TRY(NEW_ARRAY(work->tally, work->team, err));
    for (unsigned t = 0; t < work->team; t++) {
        TRY(NEW_ARRAY(work->tally[t].sum, n, err));
        TRY(NEW_ARRAY(work->tally[t].seen, (size_t)n + 1, err));
    }
    TRY(NEW_ARRAY(work->ledger.label, n, err));
    TRY(NEW_ARRAY(work->ledger.size, n, err));
    TRY(NEW_ARRAY(work->ledger.account, n, err));
    TRY(NEW_ARRAY(work->ledger.other, second, err));
    TRY(NEW_ARRAY(work->ledger.empty, n, err));
    TRY(NEW_ARRAY(work->order, n, err));
    TRY(NEW_ARRAY(work->queue, n, err));
    TRY(NEW_ARRAY(work->flag, n, err));
    TRY(NEW_ARRAY(work->node, n, err));
    TRY(NEW_ARRAY(work->first_node, n, err));
    TRY(NEW_ARRAY(work->part, n, err));
    TRY(NEW_ARRAY(work->map, n, err));
    TRY(NEW_ARRAY(work->first, (size_t)n + 1, err));
    TRY(NEW_ARRAY(work->part_mass, n, err));
    TRY(NEW_ARRAY(work->part_other, second, err));
    TRY(NEW_ARRAY(work->part_links, n, err));
    *out = work;
    work = NULL;
done:
    spil_leiden_work_free(work);
    return rc;
}

/* ---- one iteration ---- */

uint32_t spil_leiden_number(uint32_t *of, uint32_t *number, spil_vid n)
{
    uint32_t count = 0;
    memset(number, 0xff, n * sizeof *number);
    for (spil_vid v = 0; v < n; v++) {
        if (number[of[v]] == UINT32_MAX)
            number[of[v]] = count++;
        of[v] = number[of[v]];
    }
    return count;
}

/* The parts inherit the communities of their members: ledger and vertices go on to the next level.
 * part: scratch. */
static void hand_down(spil_leiden_work *work, spil_vid n, spil_vid vertices)
{
    uint32_t *const label = work->part;
    for (spil_vid v = 0; v < n; v++)
        label[work->map[v]] = work->ledger.label[v];
    work->part = work->ledger.label;
    work->ledger.label = label;
    for (spil_vid v = 0; v < vertices; v++)
        work->node[v] = work->map[work->node[v]];
}

/* From *level, whose labels are in the ledger, to the next. *bottom: every community is one node,
 * and there is no next. */
static spil_status step(spil_leiden_work *work, spil_level *level, bool *bottom, spil_descent *way,
                        unsigned depth, uint64_t seed, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_level next;
    spil_level_rows *const rows = &work->rows[depth ? 1 + depth % 2 : 0];
    TRY(spil_check_stop(err));
    work->threads = level->n < WORTH_THREADS ? 1 : work->team;
    spil_leiden_count(work, level);
    (void)spil_leiden_move(work, level, spil_key_join(seed, 2 * depth));
    const uint32_t communities = spil_leiden_number(work->ledger.label, work->first, level->n);
    *bottom = communities == level->n;
    if (*bottom)
        return SPIL_OK;
    spil_leiden_count(work, level); /* anew: under the new numbers, without rounding */
    uint32_t parts =
        spil_leiden_refine(work, level, communities, spil_key_join(seed, 2 * depth + 1));
    if (parts == level->n) { /* no part has two nodes: communities become nodes */
        memcpy(work->map, work->ledger.label, level->n * sizeof *work->map);
        parts = communities;
        way->whole = true;
    }
    TRY(spil_leiden_aggregate(&next, rows, work, level, parts, err));
    hand_down(work, level->n, way->ground->n);
    *level = next;
done:
    return rc;
}

/* Labels of the first level's nodes, from those of their vertices. */
static void back_to_first(spil_leiden_work *work, const spil_level *first, const spil_descent *way)
{
    for (spil_vid v = 0; v < way->ground->n; v++) {
        work->node[v] = work->first_node[v];
        work->ledger.label[work->node[v]] = way->of[v];
    }
    (void)spil_leiden_number(work->ledger.label, work->first, first->n);
}

/* descents: from the first level. */
spil_status spil_leiden_iterate(spil_leiden_work *work, spil_descent *way, unsigned descents,
                                uint64_t seed, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_level level = *way->ground;
    bool bottom = false;
    memcpy(work->ledger.label, way->of, level.n * sizeof *way->of);
    for (spil_vid v = 0; v < level.n; v++)
        work->node[v] = v;
    TRY(step(work, &level, &bottom, way, 0, seed, err));
    const spil_level first = level;
    memcpy(work->first_node, work->node, way->ground->n * sizeof *work->node);
    for (unsigned i = 0; i < descents; i++) {
        const uint64_t own = i ? spil_key_join(~seed, i) : seed;
        if (i)
            back_to_first(work, &first, way);
        level = first;
        for (unsigned depth = 1; !bottom; depth++)
            TRY(step(work, &level, &bottom, way, depth, own, err));
        for (spil_vid v = 0; v < way->ground->n; v++)
            way->of[v] = work->ledger.label[work->node[v]];
        bottom = first.n == way->ground->n;
    }
done:
    return rc;
}

/* ---- the end of a run ---- */

/* Makes sure that communities hang together, and numbers them. */
spil_status spil_leiden_finish(const spil_leiden *leiden, spil_leiden_work *work,
                               const spil_descent *way, double *quality, spil_err *err)
{
    spil_status rc = SPIL_OK;
    uint32_t count = 0;
    if (way->whole) {
        TRY(spil_partition_tidy(way->of, &count, leiden->g, err));
        TRY(spil_leiden_quality(leiden, way->of, quality, err));
    } else {
        (void)spil_leiden_number(way->of, work->first, way->ground->n);
    }
done:
    return rc;
}
