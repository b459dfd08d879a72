/* analysis.h - the pipeline: from a case store to scores, actions and a target list, all kept in
 * the store. SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     facts -> network -> metrics -> communities -> scores -> actions -> (store)  spil_analyze
 *     actions -> target list -> (store) spil_choose_targets
 *
 * Each writes one run in one transaction. The same input, options and seed give the same rows.
 */
#ifndef SPIL_RUN_ANALYSIS_H
#define SPIL_RUN_ANALYSIS_H

#include "engine/base/progress.h"
#include "engine/interventions/target.h"
#include "engine/run/learned.h"
#include "engine/run/scope.h"
#include "engine/store/store.h"

typedef struct spil_analysis_opts {
    uint64_t seed;
    size_t draws;
    unsigned runs;           /* seeds of community detection, for stability */
    double resolution;       /* 0: what suits the size of the network (community.h) */
    spil_day as_of;          /* SPIL_NO_DAY: the newest date recorded */
    const char *method;      /* community method */
    const char *models;      /* folder of model files; NULL: the one that ships */
    size_t most_actions;     /* keep the largest */
    size_t deep_most;        /* communities with steps, entities and actions (score.h); 0: all */
    const spil_scope *scope; /* whom to score; NULL: the communities that the method finds */
    const char *const *rules_off; /* rules not to use: ids, or names of conditions; borrowed */
    size_t rules_off_count;
    const spil_learned *learned; /* effects in the place of the models'; borrowed */
    size_t learned_count;
    spil_progress *progress;
} spil_analysis_opts;

#define SPIL_ANALYSIS_OPTS_DEFAULTS                                                                \
    {                                                                                              \
        .seed = 1, .draws = 200, .runs = 20, .resolution = 0, .as_of = SPIL_NO_DAY,                \
        .method = "leiden", .most_actions = 20000, .deep_most = 500                                \
    }

typedef struct spil_analysis_summary {
    int64_t run;
    uint64_t entities, vertices, edges, links, communities, scored, actions;
    uint64_t deep;   /* of those scored: with steps, entities and actions */
    uint64_t unread; /* roles and signals that no model reads (unread.h), and which, in one line */
    char unread_text[240];
    bool
        looks_known; /* somebody recorded how often anybody looked (effort.h), or there is no signal
                      */
} spil_analysis_summary;

spil_status spil_analyze(spil_analysis_summary *out, spil_store *store,
                         const spil_analysis_opts *opts, spil_err *err) SPIL_CHECKED;

/* Chooses from the actions of the newest analysis; SPIL_NOT_FOUND when there is none. *run: the new
 * run. */
spil_status spil_choose_targets(int64_t *run, spil_store *store, const spil_list_opts *opts,
                                spil_progress *progress, spil_err *err) SPIL_CHECKED;

/* No limit on any partner's hours, twenty targets. */
spil_list_opts spil_list_defaults(void);
/* "municipality=40,police=16": sets those, all others keep theirs. SPIL_USAGE names the unknown
 * partner. */
spil_status spil_parse_hours(spil_list_opts *opts, const char *text, spil_err *err) SPIL_CHECKED;

#endif
