/* facts.h - everything recorded in a case, in memory: what graph, barriers and reports read.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Built by spil_store_load_facts, or by hand in tests: new, add ..., finish. After finish the order
 * is canonical and does not depend on the order of import: entities by key (spil_compare_natural),
 * links by (from, to, kind, type, since, weight, source digest, line), attributes, roles and
 * signals by entity, then by their own texts. Indices below are positions in these arrays. Texts
 * live in the arena.
 *
 *     entities  [0] [1] [2] ...                 signals of entity e: signals[signal_row[e] ..
 * signal_row[e+1]) signal_row 0   2   2  ...                 likewise attribute_row, role_row
 *
 * Open struct, immutable after finish.
 */
#ifndef SPIL_STORE_FACTS_H
#define SPIL_STORE_FACTS_H

#include "engine/base/mem.h"
#include "engine/base/text.h"
#include "engine/store/kinds.h"

/* Where a row came from: index into sources, line in that file (1 = first). */
typedef struct spil_origin {
    uint32_t source;
    uint64_t line;
} spil_origin;

typedef struct spil_source {
    int64_t id;
    const char *path, *sha256, *loader, *options;
    const char *grade, *owner, *basis, *purpose; /* "" when not stated */
    spil_day keep_until;
    uint64_t rows, accepted, rejected,
        merged; /* rows = accepted + rejected; merged: of the accepted */
} spil_source;

typedef struct spil_entity {
    int64_t id;
    spil_entity_kind kind;
    const char *key, *label, *type; /* type: the source's own word ("Crime", "Officer") */
    spil_origin origin;
} spil_entity;

typedef struct spil_attribute {
    int64_t id;
    uint32_t entity;
    const char *name, *value;
    spil_origin origin;
} spil_attribute;

typedef struct spil_link {
    int64_t id;
    uint32_t from, to;
    spil_link_kind kind;
    const char *type;
    double weight, confidence; /* > 0; 0..1 */
    spil_day since, until;     /* SPIL_NO_DAY when not stated */
    spil_origin origin;
} spil_link;

/* What else a source says of a link: the amount of a payment. */
typedef struct spil_detail {
    int64_t link_id; /* of the link */
    size_t link;     /* its position */
    const char *name, *value;
} spil_detail;

typedef struct spil_role {
    int64_t id;
    uint32_t entity;
    const char *model, *step, *role;
    double confidence;
    spil_origin origin;
} spil_role;

typedef struct spil_signal {
    int64_t id;
    uint32_t entity;
    const char *code;
    double strength, confidence; /* 0..1; confidence from the grade of row or source */
    spil_day date;
    spil_origin origin;
} spil_signal;

/* One of several entities of the store that were found to be the same (alias.h): the facts hold
 * them as one entity, which bears the smallest key of them, the longest label, and the rows of all.
 */
typedef struct spil_member {
    int64_t id;
    uint32_t entity;
    const char *key, *label, *type; /* its own */
    spil_origin origin;
} spil_member;

typedef struct spil_facts {
    spil_source *sources;
    spil_entity *entities;
    spil_attribute *attributes;
    spil_link *links;
    spil_detail *details; /* of links (facts_detail.h); none until they are asked for */
    spil_role *roles;
    spil_signal *signals;
    spil_member *members; /* of merged entities alone, by entity, then key */
    size_t source_count, entity_count, attribute_count, link_count, role_count, signal_count;
    size_t member_count, detail_count, detail_room;
    size_t *attribute_row, *role_row, *signal_row, *member_row; /* entity_count + 1 each */
    uint32_t *member_by_key;                                    /* member_count, in order of key */
    spil_day
        newest; /* latest since or signal date; SPIL_NO_DAY when none is. An until may be 9999 */
    spil_arena *arena;
    struct spil_facts_room *room; /* while building */
} spil_facts;

spil_status spil_facts_new(spil_facts **out, spil_err *err) SPIL_CHECKED;
void spil_facts_free(spil_facts *facts);

/* Texts are copied; NULL counts as "". Entity numbers given here are the order of adding (0, 1,
 * ...); finish translates them. */
spil_status spil_facts_add_source(spil_facts *facts, const spil_source *row,
                                  spil_err *err) SPIL_CHECKED;
spil_status spil_facts_add_entity(spil_facts *facts, const spil_entity *row,
                                  spil_err *err) SPIL_CHECKED;
spil_status spil_facts_add_attribute(spil_facts *facts, const spil_attribute *row,
                                     spil_err *err) SPIL_CHECKED;
spil_status spil_facts_add_link(spil_facts *facts, const spil_link *row,
                                spil_err *err) SPIL_CHECKED;
spil_status spil_facts_add_role(spil_facts *facts, const spil_role *row,
                                spil_err *err) SPIL_CHECKED;
spil_status spil_facts_add_signal(spil_facts *facts, const spil_signal *row,
                                  spil_err *err) SPIL_CHECKED;
spil_status spil_facts_add_member(spil_facts *facts, const spil_member *row,
                                  spil_err *err) SPIL_CHECKED;
/* Sorts and indexes. SPIL_RANGE when a row names an entity or source that is not there, or a key
 * twice. */
spil_status spil_facts_finish(spil_facts *facts, spil_err *err) SPIL_CHECKED;

/* First value of the attribute, or NULL. Binary search on key, its own or a member's: the entity or
 * UINT32_MAX. */
const char *spil_facts_attribute(const spil_facts *facts, uint32_t entity, const char *name);
uint32_t spil_facts_find(const spil_facts *facts, const char *key);
/* Label, or the key where there is no label. */
const char *spil_entity_name(const spil_entity *entity);

#endif
