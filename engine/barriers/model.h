/* model.h - a barrier model: a crime as a chain of business steps, with what shows and what stops
 * each. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Read from YAML (libyaml, document API) by spil_model_read, which checks everything and names
 * file, line and column of each fault. The format is told in docs/barrier-models.md. After Cornish
 * 1994 (crime scripts) and the Dutch barrier models (CCV).
 *
 *     model -> steps[] -> roles[]          who is needed
 *                      -> opportunities[]  what makes it easy
 *                      -> signals[]        what shows it, with likelihood ratios
 *                      -> barriers[]       what a partner can raise
 *           -> rules[]                     roles that structure shows though nobody recorded them
 *
 * A step is required or optional, may stand in a group of which one step is enough, and may have
 * no place in the order.
 *
 * Open structs, immutable; texts live in the model's arena. `assumed`: nobody measured the numbers
 * of this block; `source`: id of one of the model's sources, or "".
 */
#ifndef SPIL_BARRIERS_MODEL_H
#define SPIL_BARRIERS_MODEL_H

#include "engine/base/digest.h"
#include "engine/base/mem.h"
#include "engine/store/kinds.h"

typedef enum spil_partner {
#define PARTNER(id, en, nl) SPIL_PARTNER_##id,
#include "engine/barriers/partners.def"
#undef PARTNER
    SPIL_PARTNER_COUNT
} spil_partner;

typedef struct spil_names {
    const char *nl, *en;
} spil_names;

const char *spil_partner_id(spil_partner partner);
spil_names spil_partner_names(spil_partner partner);
bool spil_partner_find(const char *id, spil_partner *out);

typedef enum spil_facilitator {
    SPIL_FACILITATOR_NO,
    SPIL_FACILITATOR_AWARE,
    SPIL_FACILITATOR_UNAWARE,
    SPIL_FACILITATOR_BOTH
} spil_facilitator;

typedef uint32_t spil_kind_mask; /* bit k: entity kind k */
typedef uint64_t spil_step_mask; /* bit s: step s */

#define SPIL_NO_GROUP UINT32_MAX

enum {
    SPIL_MODEL_STEPS_MOST = 40, /* of a model */
    SPIL_MODEL_ITEMS_MOST = 60, /* roles, opportunities, signals, barriers of a step */
    SPIL_MODEL_SHIFTS_MOST = 8, /* of a barrier */
    SPIL_MODEL_RULES_MOST = 200,
    SPIL_MODEL_BYTES_MOST = 1 << 20
};

/* A likelihood ratio: its middle, 5% and 95% points; log-normal on either side of the middle. */
typedef struct spil_ratio {
    double mid, low, high;
} spil_ratio;

/* 5% and 95% points of a chance: log-odds normal on either side of the stated value. */
typedef struct spil_range {
    double low, high;
} spil_range;

/* Attribute equals value (ASCII case folded); a value that ends in '*' matches what begins so. */
typedef struct spil_condition {
    const char *attribute, *value;
} spil_condition;

typedef struct spil_model_source {
    const char *id, *text;
} spil_model_source;

typedef struct spil_model_role {
    const char *id, *source;
    spil_names names;
    spil_kind_mask kinds;
    uint32_t needed; /* head count, >= 1 */
    spil_facilitator facilitator;
    double unseen;           /* chance that somebody whom no record names fills an empty seat */
    double substitutability; /* 0 nobody can take over .. 1 anybody can */
    bool assumed;
} spil_model_role;

typedef struct spil_model_opportunity {
    const char *id, *source;
    spil_names names;
    spil_kind_mask applies_to;
    spil_condition *where;
    size_t where_count;
    bool has_ratio; /* with one it counts as evidence, in a family of its own */
    spil_ratio ratio;
    bool assumed;
} spil_model_opportunity;

typedef struct spil_model_signal {
    const char *code, *family, *source;
    spil_names names;
    spil_kind_mask applies_to;
    spil_ratio ratio;
    double half_life_days; /* > 0; HUGE_VAL when it does not age */
    spil_partner partner;  /* who would have it on record; unless stated, one with a barrier at the
                              step, against what the signal applies to where there is such */
    double found; /* chance that one look finds it where the step takes place (effort.h), 0..1 */
    bool assumed, partner_stated, found_stated;
} spil_model_signal;

#define SPIL_FOUND_UNSTATED 0.3 /* assumed */

/* Load that does not go away when the barrier stands: it comes back at another step, or elsewhere.
 */
typedef struct spil_model_shift {
    const char *to, *source; /* id of a step, or SPIL_ABROAD */
    size_t step;             /* SIZE_MAX: across the border */
    double share;            /* of what the barrier takes away, with its doubt */
    spil_range range;
    bool assumed;
} spil_model_shift;

#define SPIL_ABROAD "abroad"

typedef struct spil_model_barrier {
    const char *id, *basis, *source;
    spil_names names;
    spil_partner partner;
    spil_kind_mask applies_to;
    double effect_a, effect_b; /* Beta: chance that it takes the holder out of this step */
    double hours;              /* of the partner, > 0 */
    double lead_days;
    double cost; /* euro, beside the hours */
    bool covert; /* nobody sees it happen, so it warns nobody */
    spil_model_shift *shifts;
    size_t shift_count;  /* their shares add up to 1 at most */
    const char *learned; /* from which results the effect was learned; NULL: it is the file's */
    bool assumed;
} spil_model_barrier;

typedef struct spil_model_step {
    const char *id;
    spil_names names;
    bool required;
    /* Chance that the step is seen in a community that does not run the process (the model's prior
     * unless stated), and in one that does (0.9 unless stated); prior <= given. */
    double prior, given;
    /* Stated, or by half and twice the odds when assumed, or no width. */
    spil_range prior_range, given_range;
    bool assumed; /* prior and given */
    /* Steps with one any_of (they stand together) are ways to one end: the chain needs one of them.
     * group: their number from 0; SPIL_NO_GROUP: the step stands by itself. */
    const char *any_of; /* "" */
    uint32_t group;
    bool any_time; /* has no place in the order of the steps */
    spil_model_role *roles;
    spil_model_opportunity *opportunities;
    spil_model_signal *signals;
    spil_model_barrier *barriers;
    size_t role_count, opportunity_count, signal_count, barrier_count;
} spil_model_step;

struct spil_rule; /* rule.h */
typedef struct spil_model_rule {
    const char *id, *source;
    const struct spil_rule *rule; /* which condition, from rules.def */
    size_t step, role;            /* positions */
    double probability;
    double at_least;      /* the rule's own number (count of companies, ...) */
    double within_days;   /* the rule's own stretch of time */
    spil_step_mask steps; /* whose evidence it looks at; its own step unless stated */
    spil_condition *where;
    size_t where_count;
    bool has_ratio; /* with one it counts as evidence, in a family of its own; else it only seats */
    spil_ratio ratio;
    spil_names reason;
    bool assumed, off;
} spil_model_rule;

typedef struct spil_model {
    const char *id, *version, *reviewed_by, *path;
    spil_names names;
    spil_model_source *sources;
    double harm, prior;     /* prior: chance that an arbitrary community runs the process */
    spil_range prior_range; /* as of a step */
    /* Recovery after Duijn, Kashirin & Sloot 2014: attempts = horizon / attempt days, nearest
     * candidate first, success reach[distance - 1] x substitutability each. */
    double horizon_days, attempt_days, reach[2];
    spil_ratio role_ratio; /* what a recorded role says of its step */
    bool recovery_assumed, harm_assumed, prior_assumed, role_ratio_assumed;
    spil_model_step *steps;
    spil_model_rule *rules;
    size_t source_count, step_count, rule_count;
    char digest[SPIL_DIGEST_TEXT]; /* of the file's bytes */
    spil_arena *arena;
} spil_model;

/* SPIL_INPUT with the first fault and how many more there are; SPIL_NOT_FOUND when missing. */
spil_status spil_model_read(spil_model **out, const char *path, spil_err *err) SPIL_CHECKED;
void spil_model_free(spil_model *model);

/* Every fault of the file, a line each, in order; "" when it has none. Caller: spil_free. */
spil_status spil_model_faults(char **out, const char *path, spil_err *err) SPIL_CHECKED;

typedef struct spil_model_set {
    spil_model **models; /* by id */
    size_t count;
} spil_model_set;

/* Every *.yaml of the folder (NULL: the one that ships), by id; SPIL_INPUT when two have one id. */
spil_status spil_model_set_read(spil_model_set **out, const char *folder,
                                spil_err *err) SPIL_CHECKED;
void spil_model_set_free(spil_model_set *set);
/* The folder that ships with the program: $SPIL_MODELS, else datasets/models above the program's
 * own place, else the installed one. Caller: spil_free. */
spil_status spil_model_folder(char **out, spil_err *err) SPIL_CHECKED;

#endif
