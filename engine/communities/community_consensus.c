/* community_consensus.c - what many runs of Leiden agree on. SPDX-License-Identifier:
 * GPL-3.0-or-later
 *
 * Lancichinetti & Fortunato 2012, "Consensus clustering in complex networks", Scientific Reports
 * 2:336; on links alone: Tandon, Albeshri, Thayananthan, Alhalabi & Fortunato 2019, "Fast consensus
 * clustering in complex networks", Physical Review E 99:042301. With R runs,
 *
 *     w(u,v) = (runs that put u and v in one community) / R     for each link u-v
 *
 * is the weight of the link in the next round; links below 0.2 are left out, but a vertex that
 * would lose all of them keeps its heaviest. R runs of Leiden on those weights give the next w,
 * until at most 2% of the links are undecided (0 < w < 1). Of the last round the run is kept that
 * has the highest modularity in the network itself; ties: the first.
 *
 * Unlike the paper no links are added between neighbours of a vertex: all links stay links of the
 * network, so that a community hangs together in it. Cost: rounds x R runs, each on fewer links
 * than the one before; a round adds O(R (n + m)); memory 2 R n labels and some 40 m bytes. Why it
 * is fast: no matrix of pairs; the R labels of a vertex lie side by side, so a link costs one or
 * two cache lines, not R; the runs of a round are parallel.
 */
#include "engine/base/mem.h"
#include "engine/base/progress.h"
#include "engine/communities/leiden.h"
#include "engine/communities/runs.h"
#include "engine/stats/draw.h"

#include <string.h>

static const double most_undecided = 0.02; /* of the links */
enum { LEAST_ONE_IN = 5, MOST_ROUNDS = 12 };

typedef struct consensus {
    const spil_csr *g;
    spil_leiden *leiden; /* of the network itself */
    double resolution;
} consensus;

/* The network that a round leaves: links and weights by number. */
typedef struct thinned {
    spil_csr *g;
    double *share;
} thinned;

/* What the labels of a round say of its links. */
typedef struct votes {
    const spil_csr *g;
    unsigned runs;
    uint32_t *of;      /* n x runs: the labels of a vertex side by side */
    uint32_t *common;  /* 2m: runs that keep the ends together */
    uint32_t *largest; /* n: of those, at the vertex */
} votes;

static void votes_free(votes *it)
{
    spil_free(it->of);
    spil_free(it->common);
    spil_free(it->largest);
}

static spil_status votes_new(votes *it, const spil_csr *g, unsigned runs, spil_err *err)
{
    spil_status rc = SPIL_OK;
    *it = (votes){.g = g, .runs = runs};
    TRY(NEW_ARRAY(it->of, (size_t)g->n * runs, err));
    TRY(NEW_ARRAY(it->common, 2 * g->m, err));
    TRY(NEW_ARRAY(it->largest, g->n, err));
done:
    return rc;
}

/* Returns the number of links on which the runs differ. labels: runs x n. */
static spil_eid votes_count(votes *it, const uint32_t *labels)
{
    const spil_csr *const g = it->g;
    const unsigned runs = it->runs;
    spil_eid undecided = 0; /* both entries of a link */
#pragma omp parallel for default(none) shared(it, g, runs, labels) schedule(static)
    for (spil_vid v = 0; v < g->n; v++)
        for (unsigned r = 0; r < runs; r++)
            it->of[(size_t)v * runs + r] = labels[(size_t)r * g->n + v];
#pragma omp parallel for default(none) shared(it, g, runs) schedule(dynamic, 256)                  \
    reduction(+ : undecided) /* hubs cost more */
    for (spil_vid v = 0; v < g->n; v++) {
        it->largest[v] = 0;
        for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++) {
            const uint32_t *const a = it->of + (size_t)v * runs;
            const uint32_t *const b = it->of + (size_t)g->col[i] * runs;
            uint32_t common = 0;
            for (unsigned r = 0; r < runs; r++)
                common += a[r] == b[r];
            it->common[i] = common;
            undecided += common > 0 && common < runs;
            if (common > it->largest[v])
                it->largest[v] = common;
        }
    }
    return undecided / 2;
}

/* Entry i stands in the row of v. */
static bool stays(const votes *it, spil_vid v, spil_eid i)
{
    const uint32_t common = it->common[i];
    return common > 0 && ((uint64_t)common * LEAST_ONE_IN >= it->runs || common == it->largest[v] ||
                          common == it->largest[it->g->col[i]]);
}

static void thinned_free(thinned *it)
{
    spil_csr_free(it->g);
    spil_free(it->share);
    *it = (thinned){NULL, NULL};
}

static spil_status thin(thinned *out, const votes *it, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_csr *const g = it->g;
    thinned next = {NULL, NULL};
    spil_arc *arcs = NULL;
    spil_eid count = 0;
    TRY(NEW_ARRAY(arcs, g->m, err));
    TRY(NEW_ARRAY(next.share, g->m, err));
    for (spil_vid v = 0; v < g->n; v++) /* in the order of the edge numbers */
        for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
            if (v < g->col[i] && stays(it, v, i)) {
                next.share[count] = (double)it->common[i] / it->runs;
                arcs[count++] = (spil_arc){v, g->col[i], 1};
            }
    TRY(spil_csr_build(&next.g, g->n, arcs, count, SPIL_CSR_EDGE_IDS | SPIL_CSR_UNWEIGHTED, err));
    *out = next;
    next = (thinned){NULL, NULL};
done:
    thinned_free(&next);
    spil_free(arcs);
    return rc;
}

/* labels: runs x n, in: of a round on g; out: of the next one, on what is left of g. *agreed:
 * they agree, and labels are as they were. */
static spil_status next_round(const consensus *it, thinned *left, uint32_t *labels, double *quality,
                              unsigned runs, uint64_t seed, bool *agreed, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_csr *const g = left->g ? left->g : it->g;
    votes vote = {.g = g};
    thinned next = {NULL, NULL};
    spil_leiden *leiden = NULL;
    TRY(votes_new(&vote, g, runs, err));
    const spil_eid undecided = votes_count(&vote, labels);
    *agreed = (double)undecided <= most_undecided * (double)g->m;
    if (*agreed)
        goto done;
    TRY(thin(&next, &vote, err));
    thinned_free(left);
    *left = next;
    TRY(spil_leiden_new(&leiden, left->g, left->share, SPIL_OBJECTIVE_MODULARITY, it->resolution,
                        err));
    rc = spil_runs_each(labels, quality, left->g->n, runs, spil_leiden_method_run, leiden, seed,
                        NULL, err);
done:
    spil_leiden_free(leiden);
    votes_free(&vote);
    return rc;
}

static spil_status agree(const void *state, const uint32_t *labels, unsigned runs, uint64_t seed,
                         uint32_t *of, double *quality, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const consensus *const it = state;
    const spil_vid n = it->g->n;
    thinned left = {NULL, NULL};
    uint32_t *now = NULL;
    double *reached = NULL;
    bool agreed = false;
    TRY(NEW_ARRAY(now, (size_t)runs * n, err));
    TRY(NEW_ARRAY(reached, runs, err));
    memcpy(now, labels, (size_t)runs * n * sizeof *now);
    for (unsigned round = 1; !agreed && round <= MOST_ROUNDS; round++) {
        TRY(spil_check_stop(err));
        TRY(next_round(it, &left, now, reached, runs, spil_key_join(~seed, round), &agreed, err));
    }
    for (unsigned r = 0; r < runs; r++)
        TRY(spil_leiden_quality(it->leiden, now + (size_t)r * n, &reached[r], err));
    const unsigned best = spil_runs_best(reached, runs);
    memcpy(of, now + (size_t)best * n, n * sizeof *of);
    *quality = reached[best];
done:
    thinned_free(&left);
    spil_free(now);
    spil_free(reached);
    return rc;
}

static spil_status run(const void *state, uint64_t seed, uint32_t *of, double *quality,
                       spil_err *err)
{
    return spil_leiden_run(((const consensus *)state)->leiden, seed, of, quality, err);
}

static void close_graph(void *state)
{
    consensus *const it = state;
    if (it)
        spil_leiden_free(it->leiden);
    spil_free(it);
}

static spil_status open_graph(void **state, const spil_csr *g, const spil_community_opts *opts,
                              spil_err *err)
{
    spil_status rc = SPIL_OK;
    consensus *it = NULL;
    TRY(NEW(it, err));
    it->g = g;
    it->resolution = opts->resolution;
    TRY(spil_leiden_new(&it->leiden, g, opts->edge_weight, SPIL_OBJECTIVE_MODULARITY,
                        opts->resolution, err));
    *state = it;
    it = NULL;
done:
    close_graph(it);
    return rc;
}

const spil_community_method spil_community_consensus = {
    .name = "consensus",
    .summary = "what the runs of Leiden agree on, found by running again on their agreement",
    .source = "Tandon, Albeshri, Thayananthan, Alhalabi & Fortunato 2019",
    .cost = "O(rounds x runs x m) in practice",
    .open = open_graph,
    .run = run,
    .agree = agree,
    .close = close_graph,
};
