/* leiden_refine.c - Leiden, second phase: communities fall into parts that hang together.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Traag, Waltman & van Eck 2019, MergeNodesSubset: within each community every node starts alone.
 * In random order, a node that is still alone and well linked to its community, that is
 *
 *     links(v, C - v) >= rate x mass_v x (mass_C - mass_v),
 *
 * joins a part of C that is well linked too and that it has links with, with a chance that grows
 * with exp(gain / theta) among the gains >= 0, staying alone (0) among them. So every part is
 * connected: a node joins only where it has a link. Cost O(links), twice.
 *
 * Why it is fast. Communities do not touch each other, so they are done in parallel, each with its
 * own random stream. Gains more than 37 theta below the best have a chance below 1e-16 and are
 * dropped, so most nodes need no exp at all.
 */
#include "engine/communities/leiden_level.h"

#include "engine/base/par.h"

#include <math.h>

static const double theta = 0.01; /* of the mean weight of a link, as in the paper */
static const double dropped_below = 37;

typedef struct crowd { /* one community at work */
    const spil_level *level;
    const spil_leiden_work *work;
    const spil_tally *tally;
    uint32_t community;
    double theta; /* in weight */
} crowd;

/* Is what has this mass and these links to the rest of the community well linked to it? */
static bool well_linked(const crowd *in, double mass, double other, double links)
{
    const spil_ledger *const k = &in->work->ledger;
    const double rest = k->account[in->community].mass - mass;
    double pull = mass * rest;
    if (in->level->other)
        pull = mass * (k->other[in->community] - other) + other * rest;
    return links >= in->level->rate * pull - in->level->least;
}

static bool part_well_linked(const crowd *in, uint32_t part)
{
    const spil_leiden_work *const w = in->work;
    return well_linked(in, w->part_mass[part], in->level->other ? w->part_other[part] : 0,
                       w->part_links[part]);
}

static void start_alone(const crowd *in, spil_vid v)
{
    const spil_level *const level = in->level;
    const spil_leiden_work *const w = in->work;
    double links = 0;
    for (spil_eid i = level->begin[v]; i < level->end[v]; i++)
        links += spil_level_share(level, i, w->ledger.label[level->col[i]] == in->community);
    w->part[v] = v;
    w->part_links[v] = links;
    w->part_mass[v] = level->mass[v];
    if (level->other)
        w->part_other[v] = level->other[v];
}

static uint32_t add_up(const crowd *in, spil_vid v)
{
    const spil_level *const level = in->level;
    const uint32_t *const label = in->work->ledger.label, *const part = in->work->part;
    double *const sum = in->tally->sum;
    uint32_t *const seen = in->tally->seen, count = 0;
    for (spil_eid i = level->begin[v]; i < level->end[v]; i++) {
        const spil_vid u = level->col[i];
        if (label[u] != in->community)
            continue;
        const double before = sum[part[u]];
        seen[count] = part[u];
        count += before == 0;
        sum[part[u]] = before + (level->weight ? level->weight[i] : 1);
    }
    return count;
}

static double gain_of(const crowd *in, spil_vid v, uint32_t part)
{
    const spil_leiden_work *const w = in->work;
    return in->tally->sum[part] - spil_level_pull(in->level, v, w->part_mass[part],
                                                  in->level->other ? w->part_other[part] : 0);
}

/* Keeps of the parts seen those that may be drawn, clears the sums of the others. *best: the
 * largest gain, 0 (to stay alone) at least. */
static uint32_t keep_likely(const crowd *in, spil_vid v, uint32_t count, double *best)
{
    uint32_t *const seen = in->tally->seen, kept = 0;
    *best = 0;
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t part = seen[i];
        const double gain = gain_of(in, v, part);
        if (gain < 0 || gain < *best - dropped_below * in->theta || !part_well_linked(in, part)) {
            in->tally->sum[part] = 0;
            continue;
        }
        seen[kept++] = part;
        *best = fmax(*best, gain);
    }
    return kept;
}

/* A part, or v itself: alone. *links: to that part. The tally is clear afterwards. */
static uint32_t draw_part(const crowd *in, spil_vid v, spil_rng *rng, double *links)
{
    uint32_t *const seen = in->tally->seen;
    double best = 0;
    const uint32_t count = keep_likely(in, v, add_up(in, v), &best);
    double total = exp(-best / in->theta); /* to stay */
    uint32_t chosen = v;
    *links = 0;
    for (uint32_t i = 0; i < count; i++) {
        const double chance = exp((gain_of(in, v, seen[i]) - best) / in->theta);
        total += chance;
        if (spil_rng_unit(rng) * total < chance) { /* as if drawn from all so far */
            chosen = seen[i];
            *links = in->tally->sum[chosen];
        }
    }
    for (uint32_t i = 0; i < count; i++)
        in->tally->sum[seen[i]] = 0;
    return chosen;
}

static void join(const crowd *in, spil_vid v, uint32_t part, double links)
{
    const spil_leiden_work *const w = in->work;
    w->part[v] = part;
    w->part_links[part] += w->part_links[v] - 2 * links;
    w->part_mass[part] += in->level->mass[v];
    if (in->level->other)
        w->part_other[part] += in->level->other[v];
    w->flag[v] = w->flag[part] = 1;
}

static void refine_one(const crowd *in, const spil_vid *member, uint32_t count, size_t waiting,
                       spil_rng *rng)
{
    const spil_leiden_work *const w = in->work;
    for (uint32_t i = 0; i < count; i++) {
        spil_level_fetch(in->level, w->ledger.label, member + i, waiting - i);
        start_alone(in, member[i]);
    }
    if (count < 2)
        return;
    for (uint32_t i = 0; i < count; i++) {
        const spil_vid v = member[i];
        double links = 0;
        if (w->flag[v] || !part_well_linked(in, v))
            continue;
        const uint32_t part = draw_part(in, v, rng, &links);
        if (part != v)
            join(in, v, part, links);
    }
}

/* work->queue: the nodes by community, in random order within each; work->first: where each
 * begins. */
static void list_members(spil_leiden_work *work, const spil_level *level, uint32_t communities)
{
    uint32_t *const first = work->first;
    first[0] = 0;
    for (uint32_t c = 0; c < communities; c++)
        first[c + 1] = first[c] + work->ledger.size[c];
    for (spil_vid i = 0; i < level->n; i++) {
        const spil_vid v = work->order[i];
        work->queue[first[work->ledger.label[v]]++] = v;
        work->flag[v] = 0;
    }
    for (uint32_t c = communities; c > 0; c--)
        first[c] = first[c - 1];
    first[0] = 0;
}

/* Parts get their numbers by community, so that neighbours stand near each other. */
static uint32_t number_parts(spil_leiden_work *work, const spil_level *level)
{
    uint32_t count = 0;
    uint32_t *const number = work->first; /* its work is done */
    for (spil_vid i = 0; i < level->n; i++) {
        const spil_vid v = work->queue[i];
        if (work->part[v] == v)
            number[v] = count++;
    }
    for (spil_vid v = 0; v < level->n; v++)
        work->map[v] = number[work->part[v]];
    return count;
}

uint32_t spil_leiden_refine(spil_leiden_work *work, const spil_level *level, uint32_t communities,
                            uint64_t seed)
{
    const double spread = theta * level->least * 1e9;
    list_members(work, level, communities);
#pragma omp parallel for default(none) num_threads(work->threads)                                  \
    shared(work, level, communities, seed, spread) schedule(dynamic, 8) /* sizes differ */
    for (uint32_t c = 0; c < communities; c++) {
        const crowd in = {level, work, &work->tally[spil_par_thread()], c, spread};
        spil_rng rng = spil_rng_stream(seed, c);
        refine_one(&in, work->queue + work->first[c], work->first[c + 1] - work->first[c],
                   level->n - work->first[c], &rng);
    }
    return number_parts(work, level);
}
