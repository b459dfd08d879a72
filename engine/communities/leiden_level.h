/* leiden_level.h - the inside of Leiden: a level, what a run works with, and its three phases.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A level is a graph whose nodes are the vertices, or sets of vertices that an earlier level
 * joined. All three objectives (leiden.h) have the gain of putting node v into community c in
 * common:
 *
 *     links(v, c) - rate x (mass_v x other_c + other_v x mass_c)      two masses, or
 *     links(v, c) - rate x  mass_v x mass_c                           one mass (other is NULL)
 *
 * where a community's mass is the sum over its nodes. Links are doubles and, where all weights are
 * 1, whole numbers: sums are exact in any order. Open structs: the phases index them.
 */
#ifndef SPIL_COMMUNITIES_LEIDEN_LEVEL_H
#define SPIL_COMMUNITIES_LEIDEN_LEVEL_H

#include "engine/base/rng.h"
#include "engine/graph/csr.h"

/* Row v: col and weight from begin[v] up to end[v]; there may be gaps between rows. */
typedef struct spil_level {
    spil_vid n;
    const spil_eid *begin, *end;
    const spil_vid *col;
    const double *weight; /* NULL: all 1 */
    const double *mass, *other;
    double rate;
    double least; /* a smaller gain is none: 1e-9 of the mean weight of a link */
} spil_level;

/* Sums by community, one of a thread. All zero between uses. */
typedef struct spil_tally {
    double *sum;    /* n */
    uint32_t *seen; /* n + 1: the communities in it */
} spil_tally;

/* What a look at a node needs of a community, side by side: one cache miss instead of two. */
typedef struct spil_account {
    double links; /* of the node that is looked at; 0 between looks */
    double mass;
} spil_account;

/* Communities 0..n-1 of a level, some of them empty. */
typedef struct spil_ledger {
    uint32_t *label;       /* n */
    uint32_t *size;        /* n: nodes */
    spil_account *account; /* n */
    double *other;         /* n, or none */
    uint32_t *empty;       /* stack of empty communities */
    uint32_t empty_count;
} spil_ledger;

/* A level of our own making. */
typedef struct spil_level_rows {
    spil_eid *begin, *end;
    spil_vid *col;
    double *weight, *mass, *other;
    size_t nodes, entries; /* room */
} spil_level_rows;

/* The first above the ground; two for the others in turn; that of the core groups. */
enum { SPIL_LEIDEN_LEVELS = 4 };

/* Arrays of n, for the n of the graph; levels use the front of them. */
typedef struct spil_leiden_work {
    unsigned team, threads; /* there are; for this level: 1 when it is small */
    spil_tally *tally;      /* team */
    spil_ledger ledger;
    spil_vid *order;      /* the nodes by blocks in random order */
    spil_vid *queue;      /* moving: a ring; refining: members by community */
    unsigned char *flag;  /* moving: is in the queue; refining: is in company */
    uint32_t *node;       /* n: the node of this level that holds the vertex */
    uint32_t *first_node; /* n: the same for the first level above the ground */
    uint32_t *part;       /* refining: the part of the node, named by one of its nodes */
    uint32_t *map;        /* the node of the next level that holds this node */
    uint32_t *first;      /* n + 1: where each community's members begin */
    double *part_mass, *part_other;
    double *part_links; /* from the part to the rest of its community */
    spil_level_rows rows[SPIL_LEIDEN_LEVELS];
} spil_leiden_work;

/* Brings near what the looks at the nodes to come will read, a step of it a node: where the row is,
 * the row, and what of says of the neighbours. node: in the order of the looks, from the next one;
 * waiting: how many. */
static inline void spil_level_fetch(const spil_level *level, const uint32_t *of,
                                    const spil_vid *node, size_t waiting)
{
    enum { FIRST = 12, SECOND = 8, THIRD = 4, MOST = 32 };
    if (waiting <= FIRST)
        return;
    __builtin_prefetch(&level->begin[node[FIRST]]);
    __builtin_prefetch(&level->end[node[FIRST]]);
    __builtin_prefetch(&level->col[level->begin[node[SECOND]]]);
    const spil_eid begin = level->begin[node[THIRD]], end = level->end[node[THIRD]];
    for (spil_eid i = begin; i < end && i < begin + MOST; i++)
        __builtin_prefetch(&of[level->col[i]]);
}

/* Weight of an entry if it counts, else 0: without a branch, which would be mispredicted. */
static inline double spil_level_share(const spil_level *level, spil_eid i, bool counts)
{
    return level->weight ? level->weight[i] * counts : counts;
}

static inline double spil_level_pull(const spil_level *level, spil_vid v, double mass, double other)
{
    if (level->other)
        return level->rate * (level->mass[v] * other + level->other[v] * mass);
    return level->rate * level->mass[v] * mass;
}

/* 0..bound-1 for a bound below 2^32; the bias is below 2^-32. */
static inline uint32_t spil_leiden_below(spil_rng *rng, uint32_t bound)
{
    return (uint32_t)(((spil_rng_u64(rng) >> 32) * bound) >> 32);
}

/* Ledger of the labels that stand in work->ledger.label, all below level->n. */
void spil_leiden_count(spil_leiden_work *work, const spil_level *level);

/* Moves nodes between communities until none gains; the ledger holds before and after. seed: of
 * this call alone. Returns the number of moves. */
uint64_t spil_leiden_move(spil_leiden_work *work, const spil_level *level, uint64_t seed);

/* Splits each community into connected, well-linked parts: work->map and the next level's labels
 * in the ledger. Returns the number of parts. Labels are 0..communities-1 without gaps. */
uint32_t spil_leiden_refine(spil_leiden_work *work, const spil_level *level, uint32_t communities,
                            uint64_t seed);

/* The level whose nodes are the parts of work->map; built in rows. *next is made to point there. */
spil_status spil_leiden_aggregate(spil_level *next, spil_level_rows *rows, spil_leiden_work *work,
                                  const spil_level *level, uint32_t parts,
                                  spil_err *err) SPIL_CHECKED;

#endif
