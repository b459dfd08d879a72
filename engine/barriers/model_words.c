/* model_words.c - see model_fields.h: readers of what only model files know (kinds, partners,
 * facilitators, sources, conditions, and the steps and roles that rules name).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/barriers/model_fields.h"
#include "engine/barriers/rule.h"

#include <math.h>
#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/* ---- words ---- */

enum { WORDS_TOLD = 140 }; /* letters */

/* With the nearest word, or with all while they are few. */
static void fault_word(spil_yaml *yaml, const yaml_node_t *node, const char *what, const char *word,
                       const char *const *words, size_t count)
{
    const char *const near = spil_yaml_nearest(yaml, word, words, count);
    spil_str all = SPIL_STR_INIT;
    for (size_t i = 0; i < count; i++)
        spil_str_addf(&all, "%s%s", i ? ", " : "; expected one of ", words[i]);
    spil_yaml_fault(yaml, node, "unknown %s '%.60s'%s", what, word,
                    *near || all.length > WORDS_TOLD ? near : spil_str_text(&all));
    spil_str_free(&all);
}

static spil_kind_mask kind_bit(spil_yaml *yaml, const yaml_node_t *node, const char *key)
{
    spil_entity_kind kind;
    const char *const word = spil_yaml_scalar(yaml, node, key);
    if (!word)
        return 0;
    if (spil_entity_kind_find(word, &kind))
        return (spil_kind_mask)1 << kind;
    const char *words[SPIL_ENTITY_KIND_COUNT];
    for (unsigned k = 0; k < SPIL_ENTITY_KIND_COUNT; k++)
        words[k] = spil_entity_kind_info((spil_entity_kind)k)->name;
    fault_word(yaml, node, "kind", word, words, SPIL_ENTITY_KIND_COUNT);
    return 0;
}

/* spil_kind_mask: one kind or a list of kinds. */
spil_status spil_read_kinds(spil_yaml *yaml, const yaml_node_t *node, const spil_yaml_field *field,
                            void *record, spil_err *err)
{
    (void)err;
    spil_kind_mask mask = 0;
    if (node->type == YAML_SEQUENCE_NODE) {
        for (const yaml_node_item_t *item = node->data.sequence.items.start;
             item < node->data.sequence.items.top; item++)
            mask |= kind_bit(yaml, spil_yaml_node(yaml, *item), field->key);
        if (node->data.sequence.items.start == node->data.sequence.items.top)
            spil_yaml_fault(yaml, node, "'%s' is empty; at least one kind is needed", field->key);
    } else {
        mask = kind_bit(yaml, node, field->key);
    }
    memcpy((char *)record + field->offset, &mask, sizeof mask);
    return SPIL_OK;
}

spil_status spil_read_partner(spil_yaml *yaml, const yaml_node_t *node,
                              const spil_yaml_field *field, void *record, spil_err *err)
{
    (void)err;
    spil_partner partner;
    const char *const word = spil_yaml_scalar(yaml, node, field->key);
    if (!word)
        return SPIL_OK;
    if (spil_partner_find(word, &partner)) {
        memcpy((char *)record + field->offset, &partner, sizeof partner);
        return SPIL_OK;
    }
    const char *words[SPIL_PARTNER_COUNT];
    for (unsigned p = 0; p < SPIL_PARTNER_COUNT; p++)
        words[p] = spil_partner_id((spil_partner)p);
    fault_word(yaml, node, "partner", word, words, SPIL_PARTNER_COUNT);
    return SPIL_OK;
}

static const char *const facilitator_words[] = {"no", "aware", "unaware", "both"};

const char *spil_facilitator_word(spil_facilitator facilitator)
{
    return facilitator_words[facilitator];
}

spil_status spil_read_facilitator(spil_yaml *yaml, const yaml_node_t *node,
                                  const spil_yaml_field *field, void *record, spil_err *err)
{
    (void)err;
    const char *const *const words = facilitator_words;
    const char *const word = spil_yaml_scalar(yaml, node, field->key);
    if (!word)
        return SPIL_OK;
    for (unsigned i = 0; i < COUNT_OF(facilitator_words); i++)
        if (strcmp(word, words[i]) == 0) {
            const spil_facilitator facilitator = (spil_facilitator)i;
            memcpy((char *)record + field->offset, &facilitator, sizeof facilitator);
            return SPIL_OK;
        }
    spil_yaml_fault(yaml, node, "'facilitator' is '%.60s'; it is no, aware, unaware or both", word);
    return SPIL_OK;
}

/* "none": does not age. */
spil_status spil_read_half_life(spil_yaml *yaml, const yaml_node_t *node,
                                const spil_yaml_field *field, void *record, spil_err *err)
{
    const double never = HUGE_VAL;
    if (node->type != YAML_SCALAR_NODE || strcmp((char *)node->data.scalar.value, "none") != 0)
        return spil_yaml_real(yaml, node, field, record, err);
    memcpy((char *)record + field->offset, &never, sizeof never);
    return SPIL_OK;
}

/* Source of a number: an id of the list of sources. */
spil_status spil_read_source(spil_yaml *yaml, const yaml_node_t *node, const spil_yaml_field *field,
                             void *record, spil_err *err)
{
    (void)err;
    const spil_model *const model = spil_yaml_user(yaml);
    const char *const word = spil_yaml_scalar(yaml, node, field->key);
    const char *words[SPIL_MODEL_ITEMS_MOST];
    size_t count = 0;
    for (size_t i = 0; word && i < model->source_count; i++) {
        if (!model->sources[i].id)
            continue;
        if (strcmp(model->sources[i].id, word) == 0) {
            const char *const kept = model->sources[i].id;
            memcpy((char *)record + field->offset, &kept, sizeof kept);
            return SPIL_OK;
        }
        words[count++] = model->sources[i].id;
    }
    if (word)
        fault_word(yaml, node, "source", word, words, count);
    return SPIL_OK;
}

/* [a, b] into two doubles. */
static bool read_pair(spil_yaml *yaml, const yaml_node_t *node, const spil_yaml_field *field,
                      double pair[2])
{
    if (node->type != YAML_SEQUENCE_NODE ||
        node->data.sequence.items.top - node->data.sequence.items.start != 2) {
        spil_yaml_fault(yaml, node, "'%s' is a list of two numbers", field->key);
        return false;
    }
    for (int i = 0; i < 2; i++) {
        spil_yaml_field one = *field;
        one.offset = 0;
        const yaml_node_t *const item = spil_yaml_node(yaml, node->data.sequence.items.start[i]);
        const size_t before = spil_yaml_fault_count(yaml);
        (void)spil_yaml_real(yaml, item, &one, &pair[i], NULL);
        if (spil_yaml_fault_count(yaml) != before)
            return false;
    }
    return true;
}

spil_status spil_read_effect(spil_yaml *yaml, const yaml_node_t *node, const spil_yaml_field *field,
                             void *record, spil_err *err)
{
    (void)err;
    spil_model_barrier *const barrier = record;
    double pair[2];
    if (read_pair(yaml, node, field, pair)) {
        barrier->effect_a = pair[0];
        barrier->effect_b = pair[1];
    }
    return SPIL_OK;
}

spil_status spil_read_reach(spil_yaml *yaml, const yaml_node_t *node, const spil_yaml_field *field,
                            void *record, spil_err *err)
{
    (void)err;
    double pair[2];
    if (read_pair(yaml, node, field, pair))
        memcpy((char *)record + field->offset, pair, sizeof pair);
    return SPIL_OK;
}

/* Hashes of numbers and dates of birth: kept for resolution alone, and in no report. */
static bool is_hash(const char *attribute)
{
    return strcmp(attribute, "bsn_hash") == 0 || strcmp(attribute, "birth_hash") == 0;
}

/* A block of attribute: value. */
spil_status spil_read_where(spil_yaml *yaml, const yaml_node_t *node, const spil_yaml_field *field,
                            void *record, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_condition *where = NULL;
    if (node->type != YAML_MAPPING_NODE) {
        spil_yaml_fault(yaml, node, "'where' is a block of attribute: value");
        return SPIL_OK;
    }
    const yaml_node_pair_t *const pairs = node->data.mapping.pairs.start;
    const size_t count = (size_t)(node->data.mapping.pairs.top - pairs);
    if (count == 0 || count > field->most) {
        spil_yaml_fault(yaml, node, "'where' has between 1 and %zu conditions", field->most);
        return SPIL_OK;
    }
    TRY(NEW_ARRAY(where, count, err));
    memcpy((char *)record + field->offset, &where, sizeof where);
    memcpy((char *)record + field->count_offset, &count, sizeof count);
    for (size_t i = 0; i < count; i++) {
        spil_yaml_field part = {.key = "where", .offset = offsetof(spil_condition, attribute)};
        TRY(spil_yaml_text(yaml, spil_yaml_node(yaml, pairs[i].key), &part, &where[i], err));
        if (where[i].attribute && is_hash(where[i].attribute))
            spil_yaml_fault(yaml, spil_yaml_node(yaml, pairs[i].key),
                            "'%s' serves to tell persons apart and is no ground for a role",
                            where[i].attribute);
        part.offset = offsetof(spil_condition, value);
        TRY(spil_yaml_text(yaml, spil_yaml_node(yaml, pairs[i].value), &part, &where[i], err));
    }
done:
    return rc;
}

/* ["harm", "prior"]: which numbers of the model itself nobody measured. */
spil_status spil_read_assumed(spil_yaml *yaml, const yaml_node_t *node,
                              const spil_yaml_field *field, void *record, spil_err *err)
{
    (void)err;
    static const char *const words[] = {"harm", "prior"};
    spil_model *const model = record;
    if (node->type != YAML_SEQUENCE_NODE) {
        spil_yaml_fault(yaml, node, "'%s' of a model is a list: [harm, prior]", field->key);
        return SPIL_OK;
    }
    for (const yaml_node_item_t *item = node->data.sequence.items.start;
         item < node->data.sequence.items.top; item++) {
        const yaml_node_t *const each = spil_yaml_node(yaml, *item);
        const char *const word = spil_yaml_scalar(yaml, each, field->key);
        if (!word)
            continue;
        if (strcmp(word, "harm") == 0)
            model->harm_assumed = true;
        else if (strcmp(word, "prior") == 0)
            model->prior_assumed = true;
        else
            fault_word(yaml, each, "number", word, words, COUNT_OF(words));
    }
    return SPIL_OK;
}

/* ---- references of rules ---- */

static bool find_step(spil_yaml *yaml, const yaml_node_t *node, const char *key, size_t *step)
{
    const spil_model *const model = spil_yaml_user(yaml);
    const char *const word = spil_yaml_scalar(yaml, node, key);
    const char *words[SPIL_MODEL_STEPS_MOST];
    size_t count = 0;
    for (size_t i = 0; word && i < model->step_count; i++) {
        if (!model->steps[i].id)
            continue;
        if (strcmp(model->steps[i].id, word) == 0) {
            *step = i;
            return true;
        }
        words[count++] = model->steps[i].id;
    }
    if (word)
        fault_word(yaml, node, "step", word, words, count);
    return false;
}

spil_status spil_read_step_of(spil_yaml *yaml, const yaml_node_t *node,
                              const spil_yaml_field *field, void *record, spil_err *err)
{
    (void)err;
    spil_model_rule *const rule = record;
    if (!find_step(yaml, node, field->key, &rule->step))
        rule->step = SIZE_MAX;
    return SPIL_OK;
}

spil_status spil_read_role_of(spil_yaml *yaml, const yaml_node_t *node,
                              const spil_yaml_field *field, void *record, spil_err *err)
{
    (void)err;
    spil_model_rule *const rule = record;
    const spil_model *const model = spil_yaml_user(yaml);
    const char *const word = spil_yaml_scalar(yaml, node, field->key);
    if (!word || rule->step >= model->step_count)
        return SPIL_OK;
    const spil_model_step *const step = &model->steps[rule->step];
    const char *words[SPIL_MODEL_ITEMS_MOST];
    size_t count = 0;
    for (size_t i = 0; i < step->role_count; i++) {
        if (!step->roles[i].id)
            continue;
        if (strcmp(step->roles[i].id, word) == 0) {
            rule->role = i;
            return SPIL_OK;
        }
        words[count++] = step->roles[i].id;
    }
    fault_word(yaml, node, "role", word, words, count);
    return SPIL_OK;
}

spil_status spil_read_steps_of(spil_yaml *yaml, const yaml_node_t *node,
                               const spil_yaml_field *field, void *record, spil_err *err)
{
    (void)err;
    spil_model_rule *const rule = record;
    if (node->type != YAML_SEQUENCE_NODE) {
        spil_yaml_fault(yaml, node, "'steps' is a list of steps");
        return SPIL_OK;
    }
    for (const yaml_node_item_t *item = node->data.sequence.items.start;
         item < node->data.sequence.items.top; item++) {
        size_t step;
        if (find_step(yaml, spil_yaml_node(yaml, *item), field->key, &step))
            rule->steps |= (spil_step_mask)1 << step;
    }
    return SPIL_OK;
}

spil_status spil_read_rule_name(spil_yaml *yaml, const yaml_node_t *node,
                                const spil_yaml_field *field, void *record, spil_err *err)
{
    (void)err;
    spil_model_rule *const rule = record;
    const char *const word = spil_yaml_scalar(yaml, node, field->key);
    if (!word || (rule->rule = spil_rule_find(word)) != NULL)
        return SPIL_OK;
    const char *words[40];
    size_t count = 0;
    for (; count < spil_rule_count && count < COUNT_OF(words); count++)
        words[count] = spil_rules[count]->name;
    fault_word(yaml, node, "rule", word, words, count);
    return SPIL_OK;
}
