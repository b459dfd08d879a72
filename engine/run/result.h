/* result.h - a finished run as a reader sees it: what reports, tables and exports are made of.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Made from the facts, the derived rows of a run and the model files; nothing in it depends on the
 * clock, the machine, or the order of import. Open struct, immutable once made; rows are in
 * result_rows.h. Tests fill one by hand with static arrays, and never free that.
 *
 *     sources drops rejects hubs counts    what came in
 *     unread                           what of it no model reads
 *     models                           against what it was held
 *     entities metrics                 everything that is shown, once
 *     recorded_...                     what is recorded of those entities
 *     bridges                          which communities are linked
 *     communities -> nodes edges       best chain first
 *                 -> chains -> steps -> roles -> holders
 *     targets -> reasons               in order
 */
#ifndef SPIL_RUN_RESULT_H
#define SPIL_RUN_RESULT_H

#include "engine/barriers/unread.h"
#include "engine/run/portfolio.h"
#include "engine/run/result_rows.h"
#include "engine/store/store.h"

typedef struct spil_result_run {
    const char *version, *command, *options; /* options: JSON text as the run was given */
    const char *input_digest;
    const char *fingerprint; /* digest of version, options, seed, input and models: one result, one
                                fingerprint, whatever the number of the run in its store */
    uint64_t seed;
    size_t draws;
    spil_day as_of;
} spil_result_run;

typedef struct spil_result_library {
    const char *name, *version;
} spil_result_library;

typedef struct spil_result {
    spil_result_run run;
    spil_result_library *libraries; /* of this program: what can change a figure or a drawing */
    spil_result_source *sources;
    spil_result_drop *drops;
    spil_result_reject *rejects; /* most rows first */
    spil_unread_row *unread;     /* roles and signals that no model reads; first: a source here */
    spil_result_hub *hubs;       /* highest degree first */
    spil_result_model *models;
    spil_result_moved *moved;                   /* most first */
    spil_result_entity *entities;               /* by key */
    spil_result_attribute *recorded_attributes; /* of those entities, as are the next two */
    spil_result_signal *recorded_signals;
    spil_result_recorded_role *recorded_roles;
    spil_result_metric *metrics;
    spil_result_community *communities;
    spil_result_bridge *bridges; /* by from, then to */
    spil_result_target *targets;
    size_t library_count, source_count, drop_count, reject_count, unread_count, hub_count,
        model_count, moved_count, entity_count, metric_count, community_count, target_count,
        recorded_attribute_count, recorded_signal_count, recorded_role_count, bridge_count;
    /* of the whole case */
    uint64_t entities_by_kind[SPIL_ENTITY_KIND_COUNT], links_by_kind[SPIL_LINK_KIND_COUNT];
    uint64_t attributes, roles, signals;
    spil_result_coverage coverage;
    uint64_t vertices, edges, all_communities, scored_communities, actions;
    double quality; /* modularity of the partition */
    /* of the list */
    double gain, possible;                  /* of the list; of all chains together */
    double hours_given[SPIL_PARTNER_COUNT]; /* HUGE_VAL: no limit */
    double hours_used[SPIL_PARTNER_COUNT];
    spil_result_portfolio portfolio; /* as kept with the list */
    struct spil_result_room *room;   /* what the texts and arrays live in; NULL when made by hand */
} spil_result;

typedef struct spil_result_opts {
    const char *models; /* folder of model files; NULL: the one that ships */
    size_t communities; /* show so many, and then those of the first targets, thrice as many at
                           most */
    size_t nodes;       /* draw at most so many of a community */
} spil_result_opts;

#define SPIL_RESULT_OPTS_DEFAULTS                                                                  \
    {                                                                                              \
        .models = NULL, .communities = 10, .nodes = 150                                            \
    }

/* run: a run of `targets` or `analyze`; 0: the newest list, else the newest analysis. Without a
 * list the targets are empty. SPIL_NOT_FOUND when there is no such run, SPIL_INPUT when a model
 * file is no longer the one that the run used. Caller: spil_result_free. */
spil_status spil_result_load(spil_result **out, spil_store *store, int64_t run,
                             const spil_result_opts *opts, spil_err *err) SPIL_CHECKED;
void spil_result_free(spil_result *result);

#endif
