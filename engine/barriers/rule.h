/* rule.h - a rule sees a role that nobody recorded: a readable condition on links, attributes and
 * signals. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A rule is one file rule_<name>.c and one row in rules.def; a model file uses it by name, with its
 * own probability and reason, any number of times. A rule reads recorded facts alone and tells
 * which one it saw, so that every role has an origin.
 */
#ifndef SPIL_BARRIERS_RULE_H
#define SPIL_BARRIERS_RULE_H

#include "engine/barriers/score.h"
#include "engine/base/vec.h"

/* Links of an entity: link[row[e] .. row[e + 1]) are indices into facts->links, either end. */
typedef struct spil_link_index {
    size_t *row;
    uint32_t *link;
} spil_link_index;

#define SPIL_POWER_ATTRIBUTE "power_kwh" /* of an address: power used in a year */

typedef struct spil_rule_view {
    const spil_facts *facts;
    const spil_link_index *links;
    const spil_network *network; /* also: who is a hub; NULL: nobody */
    const spil_communities *communities;
    const spil_model *model;
    /* By index into facts->signals: the steps of this model that it is a signal of; 0: none. */
    const spil_step_mask *signal_steps;
} spil_rule_view;

typedef struct spil_rule_hit {
    uint32_t entity;
    spil_saw saw;
} spil_rule_hit;
typedef SPIL_VEC(spil_rule_hit) spil_rule_hits;

typedef struct spil_rule {
    const char *name, *summary; /* one sentence, for help and docs */
    bool needs_where, needs_at_least, needs_within_days;
    bool uses_evidence; /* rests on signals that count already: seats, but is no evidence again */
    /* Adds hits in any order; an entity that is hit twice counts once (its first hit), and one of
     * a kind that the role does not take not at all. */
    spil_status (*run)(const spil_rule_view *view, const spil_model_rule *rule,
                       spil_rule_hits *hits, spil_err *err);
} spil_rule;

extern const spil_rule *const spil_rules[];
extern const size_t spil_rule_count;
const spil_rule *spil_rule_find(const char *name); /* NULL when there is none */

spil_status spil_link_index_build(spil_link_index *out, const spil_facts *facts,
                                  spil_err *err) SPIL_CHECKED;
void spil_link_index_clear(spil_link_index *index);

spil_status spil_rule_add(spil_rule_hits *hits, uint32_t entity, spil_saw_kind kind,
                          size_t reference, spil_err *err) SPIL_CHECKED;
/* The other end of the link when it is of this kind and the entity is its from (or to) end, else
 * UINT32_MAX. */
uint32_t spil_link_target(const spil_facts *facts, uint32_t link, spil_link_kind kind,
                          uint32_t from);
uint32_t spil_link_origin(const spil_facts *facts, uint32_t link, spil_link_kind kind, uint32_t to);

/* A place that many pass through (hubs.h): that several share it says nothing. */
bool spil_rule_hub(const spil_rule_view *view, uint32_t entity);
/* The recorded use of the address is that of a home; without a recorded use it is none. */
bool spil_is_home(const spil_facts *facts, uint32_t address);
/* Different homes that e owns by a link that has not ended; *first: one of those links. */
size_t spil_homes_owned(const spil_rule_view *view, uint32_t e, size_t *first);

/* All conditions hold; *first is then the attribute that met the first one. */
bool spil_conditions_hold(const spil_facts *facts, uint32_t entity, const spil_condition *where,
                          size_t count, size_t *first);

#endif
