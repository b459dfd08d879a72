/* result_rows.h - the rows of a result (result.h). SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Open structs. Texts are UTF-8, never NULL ("" when not stated), and live as
 * long as the result.
 * `entity`, `source`, `model` and `community` are positions in the arrays of spil_result, unless
 * the comment says otherwise. Rows hold no path of the machine: a source goes by its base name.
 */
#ifndef SPIL_RUN_RESULT_ROWS_H
#define SPIL_RUN_RESULT_ROWS_H

#include "engine/barriers/score.h"
#include "engine/base/text.h"

#define SPIL_NOT_SHOWN UINT32_MAX

/* ---- what came in ---- */

typedef struct spil_result_source {
    const char *name; /* base name; two files of one name carry eight digits of their digest too */
    const char *sha256, *loader, *options, *grade, *owner, *basis, *purpose;
    spil_day keep_until;
    uint64_t rows, accepted, rejected, merged;
} spil_result_source;

typedef struct spil_result_drop { /* a column left at the door */
    const char *source, *column, *reason;
    uint64_t rows; /* that had a value in it */
} spil_result_drop;

typedef struct spil_result_reject { /* rows of one source refused for one reason */
    const char *source, *column, *reason;
    uint64_t rows, first_line;
} spil_result_reject;

/* How much of the case the records speak of. */
typedef struct spil_result_coverage {
    uint64_t linked[SPIL_ENTITY_KIND_COUNT]; /* entities with a link */
    uint64_t told[SPIL_ENTITY_KIND_COUNT];   /* with a signal or a role */
    uint64_t dated_links, dated_signals;     /* links: with a begin or an end */
    spil_day first_signal, last_signal;      /* of the dated ones; SPIL_NO_DAY: none */
} spil_result_coverage;

/* Linked to so many others that it was kept apart: it makes no community (network.h). */
typedef struct spil_result_hub {
    const char *key, *name;
    spil_entity_kind kind;
    uint64_t degree, most; /* linked to so many others; so many are allowed */
} spil_result_hub;

/* An assumed number of a model and how far it moves the ranking, where that was kept (moved.h). */
typedef struct spil_result_moved {
    const char *number; /* model.step.item.number */
    double places;      /* mean places moved by the first of the ranking, at the worse end */
    double kept;        /* share of them that stay among the first */
    double share;       /* of the variance, with all others (total Sobol index); NaN: not asked */
} spil_result_moved;

/* One of the records that were merged into an entity: its own key, name and origin. */
typedef struct spil_result_alias {
    const char *key, *name;
    spil_origin origin;
} spil_result_alias;

/* An entity that is shown anywhere: in a community, as holder or as target. */
typedef struct spil_result_entity {
    const char *key, *name, *type; /* name: label, or key where there is none */
    spil_entity_kind kind;
    spil_origin origin;
    spil_result_alias *also; /* merged entities: all of its records, by key; else none */
    size_t also_count;
} spil_result_entity;

/* What is recorded of an entity that is shown, by entity; names: the model's own words, else the
 * code of the file. */
typedef struct spil_result_attribute {
    uint32_t entity;
    const char *name, *value;
    spil_origin origin;
} spil_result_attribute;

typedef struct spil_result_signal {
    uint32_t entity;
    const char *code;
    spil_names names;
    double strength, confidence;
    spil_day date;
    spil_origin origin;
} spil_result_signal;

typedef struct spil_result_recorded_role {
    uint32_t entity;
    spil_names names, step_names, model_names;
    double confidence;
    spil_origin origin;
} spil_result_recorded_role;

typedef struct spil_result_metric { /* a column beside the entities */
    const char *name;
    spil_names label;
    bool integral;
    double *values; /* entity_count; NAN where the entity is not analysed */
    bool sampled;   /* with the chance confidence all of the following holds, else all is 0: */
    double error, confidence; /* no value is off by more */
    uint32_t sure_ranks;      /* the first so many are in their true order, above all others */
    double top_error;         /* of the ten largest, as a share of their values */
} spil_result_metric;

/* ---- against what ---- */

typedef struct spil_result_model {
    const char *id, *version, *reviewed_by, *digest;
    spil_names names;
    spil_model_source *sources;
    size_t source_count, step_count;
    double harm, prior, horizon_days;
    size_t assumed, numbers; /* of the model's groups of numbers so many are assumed */
} spil_result_model;

/* ---- what was found ---- */

typedef struct spil_result_link {
    spil_link_kind kind;
    bool reversed; /* runs from the edge's `to` to its `from` */
    const char *type;
    double weight, confidence;
    spil_day since, until;
    spil_origin origin;
} spil_result_link;

typedef struct spil_result_edge {
    uint32_t from, to; /* positions in the community's nodes */
    double confidence; /* chance that at least one of the links is true */
    spil_result_link *links;
    size_t link_count;
} spil_result_edge;

typedef struct spil_result_node {
    uint32_t entity;
    double x, y; /* 0..1 each, y down; one scale for both */
    double membership, degree, betweenness;
    double fall; /* mean fall of the community's best chain when it is taken out; 0: none */
    bool holder, target, spil; /* spil: the largest fall of the community */
} spil_result_node;

typedef struct spil_result_holder {
    uint32_t entity;
    double q; /* chance that it fills the role */
    bool recorded;
} spil_result_holder;

typedef struct spil_result_role {
    const char *id;
    spil_names names;
    uint32_t needed;
    spil_facilitator facilitator;
    spil_result_holder *holders; /* by q, largest first */
    size_t holder_count;
} spil_result_role;

typedef struct spil_result_barrier {
    const char *id, *basis;
    spil_names names;
    spil_partner partner;
    double hours, lead_days, effect; /* effect: mean chance that it takes the holder out */
    bool assumed;
    const char *learned; /* from which results the effect was learned; NULL: it is the model's */
} spil_result_barrier;

typedef struct spil_result_step {
    const char *id;
    spil_names names;
    bool required, weakest;
    spil_spread probability, filled;
    double stand_ins;
    spil_result_role *roles;
    spil_result_barrier *barriers;
    size_t role_count, barrier_count;
    const char *any_of; /* name of the group of which one step is enough, or "" */
    bool any_time;
} spil_result_step;

typedef struct spil_result_fall {
    uint32_t entity;
    spil_spread fall;
} spil_result_fall;

typedef struct spil_result_chain {
    uint32_t model;
    spil_spread chain, process; /* all in place; runs at all */
    double value;               /* harm x mean chain: what the order goes by */
    spil_result_step *steps;
    spil_result_fall *falls; /* by mean, largest first */
    size_t step_count, fall_count;
} spil_result_chain;

typedef struct spil_result_community {
    uint32_t number; /* as the run numbers it, from 1 */
    spil_community_stats stats;
    spil_result_node *nodes; /* shown: at most opts->nodes of stats.size */
    spil_result_edge *edges; /* among them */
    spil_result_chain *chains;
    size_t node_count, edge_count, chain_count, left_out;
    double x, y; /* among the communities, in units of the layout, y down */
} spil_result_community;

/* Two shown communities whose members are linked. */
typedef struct spil_result_bridge {
    uint32_t from, to; /* positions in communities, from < to */
    uint64_t pairs;    /* linked pairs of members, drawn or not */
} spil_result_bridge;

/* ---- what is proposed ---- */

typedef enum spil_assumed { /* which of a target's numbers nobody measured */
                            SPIL_ASSUMED_EFFECT = 1,
                            SPIL_ASSUMED_RECOVERY = 2,
                            SPIL_ASSUMED_PRIOR = 4,
                            SPIL_ASSUMED_HARM = 8,
                            SPIL_ASSUMED_SIGNALS = 16,
                            SPIL_ASSUMED_ROLES = 32
} spil_assumed;

/* Why: a recorded fact, a rule of the model, or the place in the network. */
typedef struct spil_result_reason {
    spil_fact_kind kind;
    const char *code;             /* signal code, opportunity, role or rule id, "position" */
    spil_names names, step_names; /* step_names "" for position */
    const char *detail;           /* opportunity: "use = barn" as recorded; else "" */
    double value, share;          /* of the entity's mean fall */
    double strength, confidence;  /* signals and roles; NAN elsewhere */
    spil_day date;                /* signals */
    bool has_origin, assumed;
    spil_origin origin;
} spil_result_reason;

typedef enum spil_result_status {
    SPIL_TARGET_PROPOSED,
    SPIL_TARGET_ACCEPTED,
    SPIL_TARGET_REJECTED,
    SPIL_TARGET_HELD
} spil_result_status;

typedef struct spil_result_target {
    spil_result_status status; /* a named person's word, else proposed */
    uint32_t rank;             /* from 1 */
    uint32_t entity, model;
    uint32_t community;        /* position, or SPIL_NOT_SHOWN */
    uint32_t community_number; /* always */
    size_t step;
    const char *step_id;
    spil_names step_names;
    spil_result_barrier barrier;
    double effect, recovers;
    uint32_t candidates; /* stand-ins within two steps */
    spil_spread gain, fall;
    double marginal, stability;
    unsigned assumed; /* spil_assumed bits */
    spil_result_reason *reasons;
    size_t reason_count;
} spil_result_target;

#endif
