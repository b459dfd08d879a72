/* alias.h - who is who: entities that were found to be the same, why, and what a person said of it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing that came in changes: entities, links and the rest keep the rows that their sources gave.
 * Entities with one cluster number are one, and spil_store_load_facts shows them as one (facts.h,
 * spil_member). Ids below are ids of entities. Writers work inside a transaction; reviewers' texts
 * are borrowed.
 */
#ifndef SPIL_STORE_ALIAS_H
#define SPIL_STORE_ALIAS_H

#include "engine/store/store.h"

/* One entity of a cluster of at least two, and the reasons: of the pair with the partner, the one
 * of the cluster that it resembles most. */
typedef struct spil_alias {
    int64_t entity, cluster, partner;
    const char *pattern; /* "surname=equal given=initial ..." */
    double weight;       /* bits */
    double probability;
} spil_alias;

typedef struct spil_resolution_row {
    const char *options, *weights; /* JSON texts */
    const char *version;
} spil_resolution_row;

/* Puts these merges in the place of all earlier ones. */
spil_status spil_store_put_aliases(spil_store *store, const spil_resolution_row *row,
                                   const spil_alias *aliases, size_t count,
                                   spil_err *err) SPIL_CHECKED;
/* In order of cluster and entity; texts are borrowed for the call. Stops at the first failure. */
spil_status spil_store_each_alias(spil_store *store,
                                  spil_status (*each)(const spil_alias *row, void *user,
                                                      spil_err *err),
                                  void *user, spil_err *err) SPIL_CHECKED;

/* All entities stand on their own again; answers stay. *count: how many were merged. */
spil_status spil_store_undo_aliases(spil_store *store, uint64_t *count, spil_err *err) SPIL_CHECKED;
/* This one stands on its own again, and it is noted as the reviewer's answer that it is none of
 * those it was merged with: no later run puts it back. SPIL_NOT_FOUND when it is not merged. */
spil_status spil_store_undo_alias(spil_store *store, int64_t entity, const char *reviewer,
                                  const char *reason, spil_err *err) SPIL_CHECKED;

typedef struct spil_answer {
    int64_t a, b; /* two different entities, in any order when putting; a < b when reading */
    bool same;
    const char *reviewer, *reason;
} spil_answer;

/* A later answer to the same pair takes the place of the earlier. */
spil_status spil_store_put_answer(spil_store *store, const spil_answer *row,
                                  spil_err *err) SPIL_CHECKED;
spil_status spil_store_each_answer(spil_store *store,
                                   spil_status (*each)(const spil_answer *row, void *user,
                                                       spil_err *err),
                                   void *user, spil_err *err) SPIL_CHECKED;

#endif
