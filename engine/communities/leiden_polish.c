/* leiden_polish.c - the best of several runs of Leiden, worked out further.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ovelgoenne & Geyer-Schulz 2012, "An ensemble learning strategy for graph clustering",
 * Contemporary Mathematics 588:187: what all runs keep together becomes one node, a core group, and
 * the search goes on in the network of these. Restricted to links here: two vertices are in one
 * group when a path joins them whose links no run cuts. So a group is connected, and each run's
 * communities are unions of groups, from which to start. Cost: groups O(n + runs x links) at most
 * (a link that a run cuts is known by the first that does); an iteration O(links) of its network.
 *
 * Why it is fast. What all runs agree on is most of the network: the search has a fifth of the
 * nodes and links, and moves whole groups, which no vertex by itself would leave. And most of an
 * iteration's time goes to the ground, most of its gain comes from the levels above, which chance
 * lays out anew each time: so an iteration goes down from the first level several times, each from
 * the result of the last (a W-cycle, as multigrid calls it), before it looks at the ground again.
 */
#include "engine/base/mem.h"
#include "engine/communities/leiden_iterate.h"
#include "engine/communities/leiden_setup.h"
#include "engine/stats/draw.h"

#include <string.h>

/* Descents from the first level for each look at the ground, and what an iteration must gain for
 * another to follow. After the groups little is left to the vertices: one descent. */
enum { DESCENTS = 3, MOST_ITERATIONS = 12 };
static const double least_gain = 3e-5;
enum { SMALL = 12000 }; /* vertices: a run goes further than that by itself */

typedef struct polish {
    const spil_leiden *leiden;
    spil_leiden_work *work;
    spil_vid n;
    uint32_t *of;   /* labels of the vertices */
    double reached; /* their quality */
    uint64_t seed;
    bool whole; /* as in spil_descent */
} polish;

/* Iterates until that gains too little. group: the node that holds each vertex; NULL: the vertices
 * are the nodes, and way->of is it->of. */
static spil_status improve(polish *it, spil_descent *way, const uint32_t *group, unsigned descents,
                           uint64_t seed, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (unsigned i = 0; i < MOST_ITERATIONS; i++) {
        const double before = it->reached;
        TRY(spil_leiden_iterate(it->work, way, descents, spil_key_join(seed, i), err));
        for (spil_vid v = 0; group && v < it->n; v++)
            it->of[v] = way->of[group[v]];
        TRY(spil_leiden_quality(it->leiden, it->of, &it->reached, err));
        it->whole |= way->whole;
        if (it->reached - before < least_gain)
            break;
    }
done:
    return rc;
}

/* ---- core groups ---- */

static bool none_parts(const uint32_t *labels, unsigned runs, spil_vid n, spil_vid u, spil_vid v)
{
    for (size_t r = 0; r < runs; r++)
        if (labels[r * n + u] != labels[r * n + v])
            return false;
    return true;
}

/* group: n, the core group of each vertex. queue: n, scratch. Returns how many groups there are. */
static uint32_t find_groups(uint32_t *group, const spil_level *ground, const uint32_t *labels,
                            unsigned runs, spil_vid *queue)
{
    uint32_t count = 0;
    memset(group, 0xff, ground->n * sizeof *group);
    for (spil_vid root = 0; root < ground->n; root++) {
        spil_vid head = 0, tail = 0;
        if (group[root] != UINT32_MAX)
            continue;
        group[root] = count;
        queue[tail++] = root;
        while (head < tail) {
            const spil_vid v = queue[head++];
            for (spil_eid i = ground->begin[v]; i < ground->end[v]; i++) {
                const spil_vid u = ground->col[i];
                if (group[u] == UINT32_MAX && none_parts(labels, runs, ground->n, u, v)) {
                    group[u] = count;
                    queue[tail++] = u;
                }
            }
        }
        count++;
    }
    return count;
}

static spil_status improve_groups(polish *it, const uint32_t *labels, unsigned runs, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_level *const ground = &it->leiden->ground;
    spil_leiden_work *const work = it->work;
    uint32_t *group = NULL, *label = NULL;
    spil_level core;
    TRY(NEW_ARRAY(group, it->n, err));
    const uint32_t groups = find_groups(group, ground, labels, runs, work->queue);
    TRY(NEW_ARRAY(label, groups, err));
    (void)spil_leiden_number(it->of, work->first, it->n); /* so below the number of groups */
    for (spil_vid v = 0; v < it->n; v++)
        label[group[v]] = it->of[v];
    memcpy(work->map, group, it->n * sizeof *group);
    work->threads = work->team;
    TRY(spil_leiden_aggregate(&core, &work->rows[SPIL_LEIDEN_LEVELS - 1], work, ground, groups,
                              err));
    spil_descent way = {&core, label, false};
    TRY(improve(it, &way, group, DESCENTS, it->seed, err));
done:
    spil_free(group);
    spil_free(label);
    return rc;
}

/* ---- all of it ---- */

spil_status spil_leiden_polish(const spil_leiden *leiden, const uint32_t *labels, unsigned runs,
                               uint64_t seed, uint32_t *of, double *quality, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_vid n = leiden->ground.n;
    polish it = {.leiden = leiden, .n = n, .of = of, .seed = seed};
    spil_descent way = {&leiden->ground, of, false};
    if (n <= SMALL)
        return SPIL_OK;
    TRY(spil_leiden_work_new(&it.work, n, leiden->ground.other != NULL, err));
    TRY(spil_leiden_quality(leiden, of, &it.reached, err));
    if (runs > 1)
        TRY(improve_groups(&it, labels, runs, err));
    TRY(improve(&it, &way, NULL, runs > 1 ? 1 : DESCENTS, ~seed, err));
    way.whole = it.whole;
    TRY(spil_leiden_finish(leiden, it.work, &way, &it.reached, err));
    *quality = it.reached;
done:
    spil_leiden_work_free(it.work);
    return rc;
}
