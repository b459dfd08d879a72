/* leiden.c - Leiden: levels, iterations and quality. See leiden.h; the phases are in
 * leiden_move.c, leiden_refine.c, leiden_aggregate.c. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An iteration moves nodes, splits the communities into parts, makes the parts the nodes of the
 * next level, and goes on there, until every community is one node, hence connected. The next
 * iteration starts from its result, and may take apart what was joined.
 */
#include "engine/communities/leiden.h"

#include "engine/base/mem.h"
#include "engine/base/par.h"
#include "engine/base/progress.h"
#include "engine/communities/leiden_level.h"
#include "engine/communities/leiden_setup.h"
#include "engine/communities/partition.h"
#include "engine/stats/draw.h"

#include <string.h>

/* What an iteration must gain for another to follow, a vertex: hundreds of vertices go on until
 * nothing moves; a million take two or three, the later of which gain in the fourth decimal. */
static const double gain_a_vertex = 2.5e-9;
/* Chance may still help where an iteration gained nothing: so many more are tried in a graph of one
 * vertex, 1 / n of them in one of n. */
enum { PATIENCE = 1000, MOST_ITERATIONS = 50 };
enum { WORTH_THREADS = 20000 }; /* vertices */

/* ---- what a run works with ---- */

static void work_free(spil_leiden_work *work)
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
    spil_free(work->part);
    spil_free(work->map);
    spil_free(work->first);
    spil_free(work->part_mass);
    spil_free(work->part_other);
    spil_free(work->part_links);
    for (int i = 0; i < 2; i++) {
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

static spil_status work_new(spil_leiden_work **out, spil_vid n, bool two, spil_err *err)
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
    TRY(NEW_ARRAY(work->part, n, err));
    TRY(NEW_ARRAY(work->map, n, err));
    TRY(NEW_ARRAY(work->first, (size_t)n + 1, err));
    TRY(NEW_ARRAY(work->part_mass, n, err));
    TRY(NEW_ARRAY(work->part_other, second, err));
    TRY(NEW_ARRAY(work->part_links, n, err));
    *out = work;
    work = NULL;
done:
    work_free(work);
    return rc;
}

/* ---- one iteration ---- */

/* Numbers the communities of the ledger 0.. by their first node. Returns how many there are. */
static uint32_t close_gaps(spil_leiden_work *work, spil_vid n)
{
    uint32_t *const number = work->first, *const label = work->ledger.label, count = 0;
    memset(number, 0xff, n * sizeof *number);
    for (spil_vid v = 0; v < n; v++) {
        const uint32_t c = label[v];
        if (number[c] == UINT32_MAX)
            number[c] = count++;
        label[v] = number[c];
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

/* of: labels below n to start from, and those reached. *whole is set when communities became nodes
 * as they were, so that they may not hang together. */
static spil_status iterate(spil_leiden_work *work, const spil_level *ground, uint64_t seed,
                           uint32_t *of, bool *whole, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_level level = *ground, next;
    memcpy(work->ledger.label, of, ground->n * sizeof *of);
    for (spil_vid v = 0; v < ground->n; v++)
        work->node[v] = v;
    for (unsigned depth = 0;; depth++) {
        TRY(spil_check_stop(err));
        work->threads = level.n < WORTH_THREADS ? 1 : work->team;
        spil_leiden_count(work, &level);
        (void)spil_leiden_move(work, &level, spil_key_join(seed, 2 * depth));
        const uint32_t communities = close_gaps(work, level.n);
        if (communities == level.n)
            break;
        spil_leiden_count(work, &level); /* anew: under the new numbers, without rounding */
        uint32_t parts =
            spil_leiden_refine(work, &level, communities, spil_key_join(seed, 2 * depth + 1));
        if (parts == level.n) { /* no part has two nodes: communities become nodes */
            memcpy(work->map, work->ledger.label, level.n * sizeof *work->map);
            parts = communities;
            *whole = true;
        }
        TRY(spil_leiden_aggregate(&next, &work->rows[depth % 2], work, &level, parts, err));
        hand_down(work, level.n, ground->n);
        level = next;
    }
    for (spil_vid v = 0; v < ground->n; v++)
        of[v] = work->ledger.label[work->node[v]];
done:
    return rc;
}

/* ---- a run ---- */

static void number_by_first(uint32_t *of, uint32_t *number, spil_vid n)
{
    uint32_t count = 0;
    memset(number, 0xff, n * sizeof *number);
    for (spil_vid v = 0; v < n; v++) {
        if (number[of[v]] == UINT32_MAX)
            number[of[v]] = count++;
        of[v] = number[of[v]];
    }
}

spil_status spil_leiden_run(const spil_leiden *leiden, uint64_t seed, uint32_t *of, double *quality,
                            spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_leiden_work *work = NULL;
    const spil_level *const ground = &leiden->ground;
    double reached = 0, before = 0;
    bool whole = false;
    unsigned idle = 0;
    TRY(work_new(&work, ground->n, ground->other != NULL, err));
    for (spil_vid v = 0; v < ground->n; v++)
        of[v] = v;
    for (unsigned i = 0; ground->n && i < MOST_ITERATIONS; i++) {
        TRY(iterate(work, ground, spil_key_join(seed, i), of, &whole, err));
        TRY(spil_leiden_quality(leiden, of, &reached, err));
        idle = i > 0 && reached - before <= gain_a_vertex * ground->n ? idle + 1 : 0;
        if (idle > PATIENCE / ground->n)
            break;
        before = reached;
    }
    if (whole) {
        uint32_t count = 0;
        TRY(spil_partition_tidy(of, &count, leiden->g, err));
        TRY(spil_leiden_quality(leiden, of, &reached, err));
    } else {
        number_by_first(of, work->first, ground->n);
    }
    *quality = reached;
done:
    work_free(work);
    return rc;
}

spil_status spil_leiden_method_run(const void *state, uint64_t seed, uint32_t *of, double *quality,
                                   spil_err *err)
{
    return spil_leiden_run(state, seed, of, quality, err);
}

void spil_leiden_method_close(void *state)
{
    spil_leiden_free(state);
}
