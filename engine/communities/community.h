/* community.h - communities: sets of closely linked vertices, and how sure we are of each.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A method is one file community_<method>.c and one row in communities.def. A community is a
 * candidate criminal collaboration, no more. The method runs `runs` times with different seeds, in
 * parallel; the run with the highest quality is kept (ties: the first; a consensus takes what all
 * say) and, in large networks, worked out further; all of them say how stable it is. Every
 * community is connected: one that is not is split. The result is the same for any number of
 * threads. Time: the runs, and O(runs x n + m); memory: runs x n labels, and for each thread what a
 * run needs.
 */
#ifndef SPIL_COMMUNITIES_COMMUNITY_H
#define SPIL_COMMUNITIES_COMMUNITY_H

#include "engine/base/progress.h"
#include "engine/graph/csr.h"

/* A vertex that belongs to none: where somebody stated the communities (run/scope.h). */
#define SPIL_NO_COMMUNITY UINT32_MAX

/* Open struct. Communities that a method found are numbered 0.. by size (largest first), ties by
 * their smallest vertex. */
typedef struct spil_partition {
    spil_vid n;
    uint32_t count;
    uint32_t *of;   /* n: community of the vertex, or SPIL_NO_COMMUNITY */
    double quality; /* what the method says of it: modularity for Leiden */
} spil_partition;

/* Vertices of part c: member[row[c] .. row[c + 1]), ascending. Caller: spil_free both. */
spil_status spil_partition_members(size_t **row, spil_vid **member, const spil_partition *part,
                                   spil_err *err) SPIL_CHECKED;

/* resolution 1 is plain modularity, whose communities grow with the region (Fortunato & Barthelemy
 * 2007): a village of 30 and one of 3000 people look alike to it. 0 takes what suits the size: at
 * least 1, else 2m / 3000, which makes the yardstick the same in any region (as Traag, Van Dooren &
 * Nesterov 2011 ask for). */
#define SPIL_VOLUME_KEPT_APART 3000.0 /* that 3000: ends of links */
typedef struct spil_community_opts {
    double resolution;
    uint64_t seed;
    unsigned runs;             /* at least 1; 20 or more for a stability worth printing */
    const double *edge_weight; /* csr->m values by edge number, or NULL: all 1 */
    spil_progress *progress;
} spil_community_opts;

#define SPIL_COMMUNITY_OPTS_DEFAULTS                                                               \
    {                                                                                              \
        .resolution = 0, .seed = 1, .runs = 20, .edge_weight = NULL, .progress = NULL              \
    }

/* One run; several threads run at once on one state. of: n labels of the caller, any numbering
 * below n. quality: set. */
typedef spil_status spil_run_labels(const void *state, uint64_t seed, uint32_t *of, double *quality,
                                    spil_err *err);

typedef struct spil_community_method {
    const char *name, *summary, *source, *cost;
    /* The resolution that suits the graph (resolution 0). NULL: that of modularity, above. */
    double (*fitting)(const spil_csr *g);
    /* What all runs on one graph share; *state goes to run and close. opts->resolution is set. */
    spil_status (*open)(void **state, const spil_csr *g, const spil_community_opts *opts,
                        spil_err *err);
    spil_run_labels *run;
    /* What all runs together say (labels: runs x n, row r is run r), in place of the best of them.
     * NULL allowed. */
    spil_status (*agree)(const void *state, const uint32_t *labels, unsigned runs, uint64_t seed,
                         uint32_t *of, double *quality, spil_err *err);
    /* Works the best run out further, by what all of them say (labels: as above): quality no lower
     * afterwards. NULL allowed. */
    spil_status (*polish)(const void *state, const uint32_t *labels, unsigned runs, uint64_t seed,
                          uint32_t *of, double *quality, spil_err *err);
    void (*close)(void *state); /* NULL allowed */
} spil_community_method;

extern const spil_community_method *const spil_community_methods[];
extern const size_t spil_community_method_count;
const spil_community_method *spil_community_method_find(const char *name);

/* Of one community. density: inner edges over pairs (1 for size 1); conductance: cut over the
 * smaller volume (0 when nothing leaves); stability: mean over the runs of the share of its pairs
 * that the run keeps together (co-membership), 1 for size 1. Unweighted. */
typedef struct spil_community_stats {
    spil_vid size;
    spil_eid inner_edges, cut_edges;
    double density, conductance, stability;
} spil_community_stats;

typedef struct spil_communities {
    spil_partition best;
    spil_community_stats *stats; /* best.count */
    double *membership; /* n: mean over the runs of the share of the vertex's community that the run
                           keeps with it; 1 where it is alone */
    unsigned runs;
    double resolution; /* that was used */
} spil_communities;

/* Communities that somebody stated: of has n labels below count or SPIL_NO_COMMUNITY, each label
 * is used; nothing is split. Membership and stability are 1: there is nothing to compare with;
 * quality is NaN. */
spil_status spil_communities_stated(spil_communities **out, const spil_csr *g, const uint32_t *of,
                                    uint32_t count, spil_err *err) SPIL_CHECKED;
spil_status spil_communities_find(spil_communities **out, const spil_csr *g,
                                  const spil_community_method *method,
                                  const spil_community_opts *opts, spil_err *err) SPIL_CHECKED;
void spil_communities_free(spil_communities *communities);

#endif
