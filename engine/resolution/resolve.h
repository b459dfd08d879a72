/* resolve.h - which entities of a case are the same: addresses, then companies, then persons.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     facts apart -> records -> blocks -> patterns counted -> weights estimated (linkage.h)
 *                                      -> pairs weighed -> groups (cluster.h) -> merges, doubtful
 *
 * Addresses come first, so that companies and persons meet at merged addresses; then companies, so
 * that persons share merged ones. Same facts and answers give the same result, for any number of
 * threads and any order of import. Entities below are positions in the facts, in their order.
 *
 * Time: about linear in entities and compared pairs; memory about 300 bytes an entity.
 */
#ifndef SPIL_RESOLUTION_RESOLVE_H
#define SPIL_RESOLUTION_RESOLVE_H

#include "engine/base/progress.h"
#include "engine/resolution/linkage.h"
#include "engine/store/store.h"

typedef struct spil_resolve_opts {
    double threshold; /* merged by itself from this probability on */
    double review;    /* shown to a person from this one on */
    spil_progress *progress;
} spil_resolve_opts;

#define SPIL_RESOLVE_OPTS_DEFAULTS                                                                 \
    {                                                                                              \
        .threshold = 0.5, .review = 0.3, .progress = NULL                                          \
    }

/* What a person said of a pair; in any order. */
typedef struct spil_known_pair {
    uint32_t a, b;
    bool same;
} spil_known_pair;

/* why: of a doubtful pair, why it is not merged; pattern, why: texts in the arena. */
typedef struct spil_weighed_pair {
    uint32_t a, b;
    double weight, probability;
    const char *pattern, *why;
} spil_weighed_pair;

/* One entity of a cluster, and the surest pair in it. */
typedef struct spil_merge_row {
    uint32_t entity, cluster, partner; /* cluster: its first entity */
    double weight, probability;
    const char *pattern;
} spil_merge_row;

typedef struct spil_resolved_kind {
    spil_entity_kind kind;
    uint64_t entities, compared, left_out, clusters, merged, doubtful; /* merged: entities fewer */
    spil_linkage model;
} spil_resolved_kind;

typedef struct spil_resolution {
    spil_merge_row *merges;      /* by cluster, then entity */
    spil_weighed_pair *doubtful; /* by kind, then the likeliest first */
    size_t merge_count, doubtful_count;
    spil_resolved_kind kinds[3]; /* address, company, person */
    spil_arena *arena;
} spil_resolution;

/* facts: apart (spil_store_load_facts_apart). */
spil_status spil_resolve_facts(spil_resolution **out, const spil_facts *facts,
                               const spil_known_pair *answers, size_t answer_count,
                               const spil_resolve_opts *opts, spil_err *err) SPIL_CHECKED;
void spil_resolution_free(spil_resolution *resolution);

/* The whole on a case: reads it with the answers it keeps, and puts the merges in the place of the
 * last run's, with their reasons and an audit entry. Inside a transaction. facts (may be NULL)
 * gives what `out` refers to. */
spil_status spil_resolve(spil_resolution **out, spil_facts **facts, spil_store *store,
                         const spil_resolve_opts *opts, spil_err *err) SPIL_CHECKED;

#endif
