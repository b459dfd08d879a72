/* community_labels.c - label propagation. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Raghavan, Albert & Kumara 2007, "Near linear time algorithm to detect community structures in
 * large-scale networks", Physical Review E 76:036106: every vertex has a label of its own; one by
 * one they take the label that the largest weight of their links leads to, until all have such a
 * label. A vertex keeps its label when that is among the best; else the best one is drawn, by a
 * hash of seed, vertex and label, so that the order of neighbours does not matter.
 *
 * Cost O(m) a round, a handful of rounds. Why it is fast: a vertex is looked at again only when a
 * neighbour took another label (as in Leiden's queue), and runs with different seeds are parallel.
 * It has no resolution: hubs spread their label far. A quick look, not the default. Quality:
 * modularity with the resolution in it.
 */
#include "engine/base/mem.h"
#include "engine/base/progress.h"
#include "engine/communities/leiden_setup.h"
#include "engine/communities/partition.h"
#include "engine/stats/draw.h"

enum { MOST_LOOKS = 50 }; /* a vertex, on average: ties may go round for ever */

typedef struct labels {
    const spil_level *ground;
    uint64_t seed;
    uint32_t *of;
    spil_tally tally;
    spil_vid *queue; /* n: a ring */
    unsigned char *waits;
    spil_vid head, count;
} labels;

static void push(labels *it, spil_vid v)
{
    const uint64_t n = it->ground->n, place = (uint64_t)it->head + it->count++;
    it->queue[place < n ? place : place - n] = v;
    it->waits[v] = 1;
}

static spil_vid pop(labels *it)
{
    const spil_vid v = it->queue[it->head];
    it->head = it->head + 1 == it->ground->n ? 0 : it->head + 1;
    it->count--;
    it->waits[v] = 0;
    return v;
}

static void start(labels *it)
{
    spil_rng rng = spil_rng_stream(it->seed, 0);
    spil_vid *const order = it->queue;
    for (spil_vid v = 0; v < it->ground->n; v++) { /* Fisher & Yates */
        const spil_vid at = spil_leiden_below(&rng, v + 1);
        order[v] = order[at];
        order[at] = v;
        it->of[v] = v;
        it->waits[v] = 1;
    }
    it->count = it->ground->n;
}

/* The label with the largest weight. */
static uint32_t look(const labels *it, spil_vid v)
{
    const spil_level *const g = it->ground;
    double *const sum = it->tally.sum;
    uint32_t *const seen = it->tally.seen, count = 0, to = it->of[v];
    for (spil_eid i = g->begin[v]; i < g->end[v]; i++) {
        const uint32_t label = it->of[g->col[i]];
        seen[count] = label;
        count += sum[label] == 0;
        sum[label] += g->weight ? g->weight[i] : 1;
    }
    const double own = sum[to];
    double best = own, draw = 0;
    const uint64_t key = spil_key_join(it->seed, v);
    for (uint32_t i = 0; i < count; i++) {
        const double weight = sum[seen[i]];
        if (weight < best || weight == own || weight == 0) /* 0: its sum was seen and cleared */
            continue;
        const double chance = spil_unit_at(key, seen[i]);
        if (weight > best || chance > draw) {
            to = seen[i];
            best = weight;
            draw = chance;
        }
    }
    for (uint32_t i = 0; i < count; i++)
        sum[seen[i]] = 0;
    return to;
}

static spil_status propagate(labels *it, spil_err *err)
{
    const spil_level *const g = it->ground;
    const uint64_t most = (uint64_t)MOST_LOOKS * g->n;
    start(it);
    for (uint64_t looks = 0; it->count && looks < most; looks++) {
        if (looks % 65536 == 0) {
            const spil_status rc = spil_check_stop(err);
            if (rc != SPIL_OK)
                return rc;
        }
        const spil_vid v = pop(it);
        const uint32_t to = look(it, v);
        if (to == it->of[v])
            continue;
        it->of[v] = to;
        for (spil_eid i = g->begin[v]; i < g->end[v]; i++)
            if (!it->waits[g->col[i]] && it->of[g->col[i]] != to)
                push(it, g->col[i]);
    }
    return SPIL_OK;
}

static spil_status run(const void *state, uint64_t seed, uint32_t *of, double *quality,
                       spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_leiden *const shared = state;
    labels it = {.ground = &shared->ground, .seed = seed, .of = of};
    const spil_vid n = it.ground->n;
    uint32_t count = 0;
    TRY(NEW_ARRAY(it.tally.sum, n, err));
    TRY(NEW_ARRAY(it.tally.seen, (size_t)n + 1, err));
    TRY(NEW_ARRAY(it.queue, n, err));
    TRY(NEW_ARRAY(it.waits, n, err));
    TRY(propagate(&it, err));
    TRY(spil_partition_tidy(of, &count, shared->g, err));
    rc = spil_leiden_quality(shared, of, quality, err);
done:
    spil_free(it.tally.sum);
    spil_free(it.tally.seen);
    spil_free(it.queue);
    spil_free(it.waits);
    return rc;
}

static spil_status open_graph(void **state, const spil_csr *g, const spil_community_opts *opts,
                              spil_err *err)
{
    spil_leiden *shared = NULL;
    const spil_status rc = spil_leiden_new(&shared, g, opts->edge_weight, SPIL_OBJECTIVE_MODULARITY,
                                           opts->resolution, err);
    if (rc == SPIL_OK)
        *state = shared;
    return rc;
}

const spil_community_method spil_community_labels = {
    .name = "labels",
    .summary = "label propagation: each takes the label most of its links lead to",
    .source = "Raghavan, Albert & Kumara 2007",
    .cost = "O(runs x m)",
    .open = open_graph,
    .run = run,
    .close = spil_leiden_method_close,
};
