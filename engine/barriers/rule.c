/* rule.c - see rule.h: the table of rules, and what several of them need.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/barriers/rule.h"

#include "engine/base/text.h"

#include <string.h>

#define RULE(name) extern const spil_rule spil_rule_##name;
#include "engine/barriers/rules.def"
#undef RULE

const spil_rule *const spil_rules[] = {
#define RULE(name) &spil_rule_##name,
#include "engine/barriers/rules.def"
#undef RULE
};
const size_t spil_rule_count = sizeof spil_rules / sizeof *spil_rules;

const spil_rule *spil_rule_find(const char *name)
{
    for (size_t i = 0; i < spil_rule_count; i++)
        if (strcmp(spil_rules[i]->name, name) == 0)
            return spil_rules[i];
    return NULL;
}

spil_status spil_link_index_build(spil_link_index *out, const spil_facts *facts, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_link_index index = {NULL, NULL};
    TRY(NEW_ARRAY(index.row, facts->entity_count + 2, err));
    TRY(NEW_ARRAY(index.link, 2 * facts->link_count, err));
    size_t *const next = index.row + 1; /* next[e] becomes the begin of row e, then its end */
    for (size_t l = 0; l < facts->link_count; l++) {
        next[facts->links[l].from + 1]++;
        next[facts->links[l].to + 1]++;
    }
    for (size_t e = 0; e < facts->entity_count; e++)
        next[e + 1] += next[e];
    for (size_t l = 0; l < facts->link_count; l++) {
        index.link[next[facts->links[l].from]++] = (uint32_t)l;
        index.link[next[facts->links[l].to]++] = (uint32_t)l;
    }
    *out = index;
    index = (spil_link_index){NULL, NULL};
done:
    spil_link_index_clear(&index);
    return rc;
}

void spil_link_index_clear(spil_link_index *index)
{
    spil_free(index->row);
    spil_free(index->link);
    *index = (spil_link_index){NULL, NULL};
}

spil_status spil_rule_add(spil_rule_hits *hits, uint32_t entity, spil_saw_kind kind,
                          size_t reference, spil_err *err)
{
    return VEC_PUSH(*hits, ((spil_rule_hit){entity, {kind, reference}}), err);
}

uint32_t spil_link_target(const spil_facts *facts, uint32_t link, spil_link_kind kind,
                          uint32_t from)
{
    const spil_link *const each = &facts->links[link];
    return each->kind == kind && each->from == from && each->to != from ? each->to : UINT32_MAX;
}

uint32_t spil_link_origin(const spil_facts *facts, uint32_t link, spil_link_kind kind, uint32_t to)
{
    const spil_link *const each = &facts->links[link];
    return each->kind == kind && each->to == to && each->from != to ? each->from : UINT32_MAX;
}

bool spil_is_home(const spil_facts *facts, uint32_t address)
{
    static const char *const words[] = {"home",      "house",       "flat",       "apartment",
                                        "residence", "residential", "lodging",    "woning",
                                        "woonhuis",  "appartement", "woonfunctie"};
    if (facts->entities[address].kind != SPIL_ENTITY_address)
        return false;
    const char *const use = spil_facts_attribute(facts, address, "use");
    for (size_t i = 0; use && i < sizeof words / sizeof *words; i++)
        if (spil_text_equal_nocase(use, words[i]))
            return true;
    return false;
}

size_t spil_homes_owned(const spil_rule_view *view, uint32_t e, size_t *first)
{
    const spil_facts *const facts = view->facts;
    size_t count = 0;
    uint32_t last = UINT32_MAX;
    for (size_t i = view->links->row[e]; i < view->links->row[e + 1]; i++) {
        const uint32_t link = view->links->link[i]; /* equal ends are adjacent */
        const uint32_t home = spil_link_target(facts, link, SPIL_LINK_owns, e);
        if (home == UINT32_MAX || home == last || !spil_is_home(facts, home) ||
            (facts->links[link].until != SPIL_NO_DAY && facts->links[link].until <= facts->newest))
            continue;
        last = home;
        if (count++ == 0)
            *first = link;
    }
    return count;
}

static bool value_matches(const char *value, const char *wanted)
{
    const size_t length = strlen(wanted);
    if (length == 0 || wanted[length - 1] != '*')
        return spil_text_equal_nocase(value, wanted);
    for (size_t i = 0; i + 1 < length; i++) {
        const char one[2] = {value[i], '\0'}, other[2] = {wanted[i], '\0'};
        if (value[i] == '\0' || !spil_text_equal_nocase(one, other))
            return false;
    }
    return true;
}

bool spil_rule_hub(const spil_rule_view *view, uint32_t entity)
{
    const spil_vid v = view->network ? view->network->vertex[entity] : SPIL_NO_VERTEX;
    return v != SPIL_NO_VERTEX && view->network->hub[v];
}

bool spil_conditions_hold(const spil_facts *facts, uint32_t entity, const spil_condition *where,
                          size_t count, size_t *first)
{
    for (size_t c = 0; c < count; c++) {
        size_t a = facts->attribute_row[entity];
        const size_t end = facts->attribute_row[entity + 1];
        while (a < end && !(strcmp(facts->attributes[a].name, where[c].attribute) == 0 &&
                            value_matches(facts->attributes[a].value, where[c].value)))
            a++;
        if (a == end)
            return false;
        if (c == 0)
            *first = a;
    }
    return count > 0;
}
